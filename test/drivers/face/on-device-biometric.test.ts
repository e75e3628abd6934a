import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import type { FaceEvent, FaceReference, VerifyRequest } from '../../../drivers/face/biometric.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { type FacePolicy, usualFacePolicy } from '../../../drivers/face/face-policy.ts';
import { OnDeviceBiometric } from '../../../drivers/face/on-device-biometric.ts';
import { Secret } from '../../../drivers/secret.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const NO_CHALLENGE: FacePolicy = { ...usualFacePolicy, challenges: 0 };
const A_MINUTE = { timeoutMs: 60_000 };

async function onBench({ policy = NO_CHALLENGE, turns = [0] } = {}) {
  const clock = new ManualClock();
  const sim = new SimCamera({ clock, fps: 10 });
  const bus = busWith({ openFrameSource: (_address, signal) => sim.openFrameSource(signal) });
  const camera = new FrameCamera({ id: 'camera', address: 'sim:camera', bus, clock });
  const engine = new ScriptedEngine();
  const random = { bytes: (count: number) => Uint8Array.from({ length: count }, (_, at) => turns[at] ?? 0) };
  const face = new OnDeviceBiometric({ id: 'face', camera, startEngine: () => engine, clock, random, policy });
  const events: FaceEvent[] = [];
  face.onFaceEvent((event) => events.push(event));
  onTestFinished(async () => {
    await face.close();
    await camera.close();
  });
  await clock.pass(200);
  const consent = (sessionId = 'ses_1') =>
    new FaceConsent({ sessionId, purpose: 'matchWithIdPhoto', givenAtMs: clock.monotonicMs() });
  const reference = (): FaceReference & { readonly kind: 'rgb24' } => ({
    kind: 'rgb24',
    width: 102,
    height: 126,
    photo: new WipeableBytes(new Uint8Array(102 * 126 * 3).fill(7)),
  });
  const verify = async (request: Partial<VerifyRequest> = {}, ms = 5_000) => {
    const checking = face.verify(
      { sessionId: 'ses_1', consent: consent(), reference: reference(), ...request },
      A_MINUTE,
    );
    await clock.pass(ms);
    return checking;
  };
  const words = () => events.flatMap((event) => (event.event === 'guidance' ? [event.word] : []));
  return { clock, sim, camera, engine, face, events, consent, reference, verify, words };
}

describe('consent', () => {
  test.each<[string, (bench: Awaited<ReturnType<typeof onBench>>) => FaceConsent]>([
    ['of another session', ({ consent }) => consent('ses_2')],
    [
      'for another use',
      ({ clock }) =>
        new FaceConsent({ sessionId: 'ses_1', purpose: 'platformFaceCheck', givenAtMs: clock.monotonicMs() }),
    ],
    [
      'that was taken back',
      ({ consent }) => {
        const given = consent();
        given.takeBack();
        return given;
      },
    ],
    [
      'that is older than it holds',
      ({ clock }) =>
        new FaceConsent({ sessionId: 'ses_1', purpose: 'matchWithIdPhoto', givenAtMs: clock.monotonicMs() - 300_001 }),
    ],
    [
      'that is not given yet',
      ({ clock }) =>
        new FaceConsent({ sessionId: 'ses_1', purpose: 'matchWithIdPhoto', givenAtMs: clock.monotonicMs() + 60_000 }),
    ],
  ])('%s: not one frame is looked at, and the photo that was handed in is wiped', async (_what, consentOf) => {
    const bench = await onBench();
    const reference = bench.reference();
    const photo = reference.photo.reveal();
    expect(await bench.verify({ consent: consentOf(bench), reference })).toMatchObject({
      done: false,
      fault: 'authorisationRequired',
    });
    expect(bench.engine.pictures).toEqual([]);
    expect(reference.photo.wiped).toBe(true);
    expect(photo.every((byte) => byte === 0)).toBe(true);
  });

  test('taken back in the middle: the looking ends with the next frame', async () => {
    const { clock, engine, face, consent, reference } = await onBench();
    engine.sees = { faces: 0 };
    const given = consent();
    const checking = face.verify({ sessionId: 'ses_1', consent: given, reference: reference() }, A_MINUTE);
    await clock.pass(1_000);
    given.takeBack();
    await clock.pass(300);
    const looked = engine.pictures.length;
    expect(await checking).toMatchObject({ done: false, fault: 'authorisationRequired' });
    await clock.pass(2_000);
    expect(engine.pictures.length).toBe(looked);
  });

  test('taken back after the last frame: no verdict is given', async () => {
    const { clock, engine, face, consent, reference } = await onBench();
    const given = consent();
    engine.onCompare = () => given.takeBack();
    const checking = face.verify({ sessionId: 'ses_1', consent: given, reference: reference() }, A_MINUTE);
    await clock.pass(5_000);
    expect(await checking).toMatchObject({ done: false, fault: 'authorisationRequired' });
  });
});

describe('the verdict', () => {
  test('the same person: accepted, and the words say how far it may be trusted', async () => {
    const { verify } = await onBench();
    expect(await verify()).toEqual({
      done: true,
      value: {
        decision: 'accept',
        reasons: [],
        liveness: 'passed',
        turns: 0,
        padLevel: 'rgbHeuristic',
        decidedBy: 'onDevice',
        policyId: 'national-default-1',
        modelManifestId: 'scripted-1',
        next: 'goOn',
      },
    });
  });

  test('[part of SZ-213d] somebody else: rejected, and another way is offered at once', async () => {
    const { engine, verify } = await onBench();
    engine.sees = { who: 0.8 };
    expect(await verify()).toMatchObject({
      value: { decision: 'reject', reasons: ['notTheSamePerson'], next: 'useAnotherWay' },
    });
  });

  test('a close call may be tried again, three times in a session, then another way; a new session starts anew', async () => {
    const { engine, verify, consent } = await onBench();
    engine.sees = { who: 0.58 };
    const nexts = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const ended = await verify();
      nexts.push(ended.done && [ended.value.decision, ended.value.reasons, ended.value.next]);
    }
    expect(nexts).toEqual([
      ['retry', ['closeCall'], 'tryAgain'],
      ['retry', ['closeCall'], 'tryAgain'],
      ['retry', ['closeCall'], 'useAnotherWay'],
    ]);
    expect(await verify()).toMatchObject({ done: false, fault: 'sequenceError' });
    expect(await verify({ sessionId: 'ses_2', consent: consent('ses_2') })).toMatchObject({ done: true });
  });

  test('a picture that the filter does not call live is never accepted, however well it matches', async () => {
    const { engine, verify } = await onBench();
    engine.sees = { who: 0, figures: { live: 0.3 } };
    expect(await verify()).toMatchObject({ value: { decision: 'retry', reasons: ['notLive'], liveness: 'failed' } });
  });

  test('an engine whose figures are no numbers accepts nobody', async () => {
    const { engine, verify } = await onBench();
    engine.sees = { who: Number.NaN };
    const ended = await verify({}, 60_100);
    expect(ended).not.toMatchObject({ value: { decision: 'accept' } });

    const once = await onBench({ policy: { ...NO_CHALLENGE, frames: 1 } });
    once.engine.sees = { who: Number.NaN };
    expect(await once.verify()).toMatchObject({ value: { decision: 'reject', next: 'useAnotherWay' } });
  });

  test('no score, no vector and no picture is in what comes out', async () => {
    const { face, verify, events } = await onBench();
    const printed = inspect([await verify(), events, face.capabilities(), face.lastFault], { depth: 9 });
    expect(printed).not.toMatch(/cosine|score|Float32|Uint8|0\.\d{3}/i);
    expect(face.capabilities()).toMatchObject({ certifiedPad: false, onlyWay: false, persistence: 'clear' });
  });

  test.each<[string, Partial<FacePolicy>]>([
    ['accepts what no measurement supports', { acceptFrom: 0.39 }],
    ['would try again above what it accepts', { retryFrom: 0.5 }],
    ['looks at no frame', { frames: 0 }],
    ['calls everything live', { liveFrom: 0 }],
    ['asks for less than no turn', { challenges: -1 }],
    ['calls a straight head turned', { turnedFrom: 10 }],
    ['has a quality figure that is none', { quality: { ...usualFacePolicy.quality, leastLuma: Number.NaN } }],
  ])('a policy that %s is refused', async (_what, wrong) => {
    await expect(onBench({ policy: { ...usualFacePolicy, ...wrong } })).rejects.toThrow(RangeError);
  });
});

describe('what the person is told', () => {
  test.each<[string, object]>([
    ['noFace', { faces: 0 }],
    ['twoFaces', { faces: 2, figures: { secondFaceShare: 0.6 } }],
    ['tooFar', { figures: { heightPx: 70 } }],
    ['turnedAway', { figures: { yawDegrees: -30 } }],
    ['tooDark', { figures: { meanLuma: 12 } }],
    ['tooBright', { figures: { meanLuma: 230 } }],
    ['blurred', { figures: { sharpness: 5 } }],
  ])('%s, once, and good as soon as it is', async (word, sees) => {
    const { clock, engine, face, consent, reference, words } = await onBench();
    engine.sees = sees;
    const checking = face.verify({ sessionId: 'ses_1', consent: consent(), reference: reference() }, A_MINUTE);
    await clock.pass(2_000);
    expect(words()).toEqual([word]);
    engine.sees = { who: 0 };
    await clock.pass(2_000);
    expect(words()).toEqual([word, 'good']);
    expect(await checking).toMatchObject({ value: { decision: 'accept' } });
  });

  test('covered, when nothing can be seen through the lens', async () => {
    const { clock, sim, face, consent, reference, words } = await onBench();
    sim.coverLens();
    await clock.pass(4_000);
    const checking = face.verify({ sessionId: 'ses_1', consent: consent(), reference: reference() }, A_MINUTE);
    await clock.pass(1_000);
    expect(words()).toEqual(['covered']);
    sim.uncoverLens();
    await clock.pass(5_000);
    expect(await checking).toMatchObject({ value: { decision: 'accept' } });
  });

  test('a person who changes places with another is matched from the start', async () => {
    const { clock, engine, face, consent, reference } = await onBench({ policy: { ...NO_CHALLENGE, frames: 5 } });
    const checking = face.verify({ sessionId: 'ses_1', consent: consent(), reference: reference() }, A_MINUTE);
    await clock.pass(250);
    engine.sees = { who: 0.9 };
    await clock.pass(3_000);
    expect(await checking).toMatchObject({ value: { decision: 'reject', reasons: ['notTheSamePerson'] } });
  });
});

describe('the turn of the head', () => {
  const policy: FacePolicy = { ...usualFacePolicy, challenges: 2 };

  /** Follows, or does not, whatever is asked. */
  const withPerson = async (yawFor: (turn: string) => number, who = 0) => {
    const bench = await onBench({ policy, turns: [0, 1] });
    bench.face.onFaceEvent((event) => {
      if (event.event !== 'challenge') return;
      bench.engine.sees = { who: event.turn === 'straight' ? 0 : who, figures: { yawDegrees: yawFor(event.turn) } };
    });
    return bench;
  };
  const obedient = (turn: string): number => (turn === 'left' ? 30 : turn === 'right' ? -30 : 0);

  test('who follows is accepted, each turn asked for in the order that chance gave', async () => {
    const { verify, events } = await withPerson(obedient);
    expect(await verify()).toMatchObject({ value: { decision: 'accept', turns: 2 } });
    const turns = events.flatMap((event) => (event.event === 'challenge' ? [event.turn] : []));
    expect(turns).toEqual(['left', 'straight', 'right', 'straight']);
  });

  test('who does not follow may try again', async () => {
    const { verify } = await withPerson(() => 0);
    expect(await verify({}, 20_000)).toMatchObject({
      value: { decision: 'retry', reasons: ['challengeNotMet'], liveness: 'failed', next: 'tryAgain' },
    });
  });

  test('another face that follows in the person’s place is noticed', async () => {
    const { verify } = await withPerson(obedient, 0.7);
    expect(await verify()).toMatchObject({ value: { decision: 'retry', reasons: ['personChanged'] } });
  });

  test('who can’t turn the head is not asked to', async () => {
    const { verify, events } = await withPerson(() => 0);
    expect(await verify({ noAction: true })).toMatchObject({ value: { decision: 'accept', turns: 0 } });
    expect(events.some(({ event }) => event === 'challenge')).toBe(false);
  });
});

describe('what is left behind', () => {
  test('every picture that was looked at is zero, every template forgotten, the reference wiped: after any end', async () => {
    for (const sees of [{ who: 0 }, { who: 0.9 }, { figures: { live: 0 } }]) {
      const { engine, verify, reference, events } = await onBench();
      engine.sees = sees;
      const handed = reference();
      await verify({ reference: handed });
      expect(engine.pictures.length).toBeGreaterThan(3);
      expect(engine.pictures.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
      expect(engine.templates.size).toBe(0);
      expect(handed.photo.wiped).toBe(true);
      expect(events.at(-1)).toEqual({ event: 'dataCleared' });
    }
  });

  test('a check that is canceled leaves as little', async () => {
    const { clock, engine, face, consent, reference } = await onBench();
    engine.sees = { faces: 0 };
    const controller = new AbortController();
    const handed = reference();
    const request = { sessionId: 'ses_1', consent: consent(), reference: handed };
    const checking = face.verify(request, { timeoutMs: 60_000, signal: controller.signal });
    await clock.pass(1_000);
    controller.abort();
    await clock.pass(100);
    expect(await checking).toMatchObject({ done: false, fault: 'canceled' });
    expect(handed.photo.wiped).toBe(true);
    expect(engine.pictures.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe('what is not its to decide', () => {
  test('a chip photo in its own coding is refused by name, and wiped', async () => {
    const { verify } = await onBench();
    const photo = new WipeableBytes(new Uint8Array(1_024).fill(9));
    expect(await verify({ reference: { kind: 'wlt', photo } })).toMatchObject({
      done: false,
      fault: 'formatNotSupported',
    });
    expect(photo.wiped).toBe(true);
  });

  test('a number in place of a photo is refused', async () => {
    const { verify } = await onBench();
    const reference: FaceReference = { kind: 'platformSubject', subject: new Secret('990000200001010000') };
    expect(await verify({ reference })).toMatchObject({ done: false, fault: 'modeNotSupported' });
  });

  test('a reference without a face, or with two, matches nobody', async () => {
    for (const faces of [0, 2]) {
      const { engine, verify } = await onBench();
      engine.onChip = { faces };
      expect(await verify()).toMatchObject({ done: false, fault: 'invalidData' });
    }
  });
});

describe('camera and engine lost', () => {
  test('the engine crashes: the check ends, the engine is back a moment later, and the next check works', async () => {
    const { clock, engine, face, consent, reference, verify } = await onBench();
    engine.sees = { faces: 0 };
    const checking = face.verify({ sessionId: 'ses_1', consent: consent(), reference: reference() }, A_MINUTE);
    await clock.pass(500);
    engine.crash();
    await clock.pass(20);
    expect(await checking).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(face.state).toBe('powerOff');
    await clock.pass(1_000);
    expect(face.state).toBe('online');
    engine.sees = { who: 0 };
    expect(await verify()).toMatchObject({ value: { decision: 'accept' } });
  });

  test('the engine is not there: a fault and no accept; the kiosk goes on', async () => {
    const { clock, engine, face, verify } = await onBench();
    engine.broken = true;
    engine.crash();
    await clock.pass(1_000);
    expect(face.state).toBe('powerOff');
    expect(await verify()).toMatchObject({ done: false, fault: 'deviceNotReady' });
  });

  test('the camera is pulled in the middle: the check ends with a fault, and the state is the camera’s', async () => {
    const { clock, sim, engine, face, consent, reference, verify } = await onBench();
    engine.sees = { faces: 0 };
    const checking = face.verify({ sessionId: 'ses_1', consent: consent(), reference: reference() }, A_MINUTE);
    await clock.pass(500);
    sim.unplug();
    await clock.pass(100);
    expect(await checking).toMatchObject({ done: false, fault: 'readFailed' });
    expect(face.state).toBe('powerOff');
    sim.plugIn();
    engine.sees = { who: 0 };
    await clock.pass(6_000);
    expect(face.state).toBe('online');
    expect(await verify()).toMatchObject({ done: true });
  });

  test('nobody comes: the deadline ends it', async () => {
    const { clock, engine, face, consent, reference } = await onBench();
    engine.sees = { faces: 0 };
    const request = { sessionId: 'ses_1', consent: consent(), reference: reference() };
    const checking = face.verify(request, { timeoutMs: 3_000 });
    await clock.pass(3_100);
    expect(await checking).toMatchObject({ done: false, fault: 'timeOut' });
    expect(engine.templates.size).toBe(0);
  });

  test('a hung engine keeps nobody longer than the deadline', async () => {
    const { clock, engine, face, consent, reference } = await onBench();
    engine.hung = true;
    const request = { sessionId: 'ses_1', consent: consent(), reference: reference() };
    const checking = face.verify(request, { timeoutMs: 3_000 });
    await clock.pass(3_100);
    expect(await checking).toMatchObject({ done: false, fault: 'timeOut' });
  });
});

test('its self-test looks at a wall and at nobody, and says when the engine does not work', async () => {
  const { clock, camera, engine, face } = await onBench();
  const frames = camera.frames;
  engine.onChip = { faces: 0 };
  expect(await face.selfTest({ timeoutMs: 5_000 })).toEqual({ done: true, value: undefined });
  expect(engine.pictures).toHaveLength(1);
  expect(camera.frames).toBe(frames);
  engine.onChip = { faces: 1 };
  expect(await face.selfTest({ timeoutMs: 5_000 })).toMatchObject({ done: false, fault: 'hardwareError' });
  engine.broken = true;
  engine.crash();
  await clock.pass(500);
  expect(await face.selfTest({ timeoutMs: 5_000 })).toMatchObject({ done: false, fault: 'deviceNotReady' });
});
