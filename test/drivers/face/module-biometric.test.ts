/** A face module that matches by itself, on its twin: the same contract as the kiosk's own check. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { onModuleBench, photoOf } from './module-bench.ts';

describe('the module’s word', () => {
  test('the person on the photo: accepted, without a claim of liveness that no report stands behind', async () => {
    const { twin, face, verify, events } = await onModuleBench();
    expect([face.state, face.identity]).toEqual(['online', 'YZ-VIRTUAL-FACE-1.0']);
    expect(face.capabilities()).toMatchObject({ certifiedPad: false, persistence: 'clear', onlyWay: false });
    twin.stepInFront('jia');
    expect(await verify()).toEqual({
      done: true,
      value: {
        decision: 'accept',
        reasons: [],
        liveness: 'notChecked',
        turns: 0,
        padLevel: 'none',
        decidedBy: 'module',
        policyId: 'ef-aa',
        modelManifestId: 'YZ-VIRTUAL-FACE-1.0',
        next: 'goOn',
      },
    });
    expect(events.map((event) => event.event)).toEqual([
      ...['presentSubject', 'subjectDetected', 'guidance', 'removeSubject', 'dataCleared'],
    ]);
  });

  test('[part of SZ-213d] somebody else: rejected, and another way at once; a picture held up: not live', async () => {
    const { twin, verify } = await onModuleBench({ padLevel: 'nirOr3d' });
    twin.stepInFront('yi');
    expect(await verify()).toMatchObject({
      value: { decision: 'reject', reasons: ['notTheSamePerson'], next: 'useAnotherWay' },
    });
    twin.holdUpPictureOf('jia');
    expect(await verify()).toMatchObject({
      value: { decision: 'retry', reasons: ['notLive'], liveness: 'failed', next: 'tryAgain' },
    });
  });

  test('nobody comes: the module gives up, and it may be tried again', async () => {
    const { verify, events } = await onModuleBench();
    expect(await verify()).toMatchObject({ value: { decision: 'retry', reasons: ['noFace'] } });
    expect(events).toContainEqual({ event: 'guidance', word: 'noFace' });
  });

  test('a module that recognises somebody it was not given is not believed', async () => {
    const { twin, verify } = await onModuleBench();
    twin.faults.inventsUsers = true;
    twin.stepInFront('jia');
    expect(await verify()).toMatchObject({ done: false, fault: 'hardwareError' });
  });

  test('no face on the photo, a broken camera, an encrypted line: a word, never an accept', async () => {
    const { twin, verify, request } = await onModuleBench();
    twin.stepInFront('jia');
    expect(await verify(request('nobody'))).toMatchObject({ done: false, fault: 'invalidData' });
    twin.faults.cameraBroken = true;
    expect(await verify()).toMatchObject({ done: false, fault: 'hardwareError' });
    twin.faults.wantsEncryption = true;
    expect(await verify()).toMatchObject({ done: false, fault: 'hardwareError' });
  });
});

describe('what is left behind', () => {
  test('after any end the module knows nobody and the photo is zero', async () => {
    for (const who of ['jia', 'yi', undefined] as const) {
      const { twin, verify, request } = await onModuleBench();
      if (who) twin.stepInFront(who);
      const asked = request();
      const photo = asked.reference.kind === 'jpeg' ? asked.reference.photo.reveal() : new Uint8Array(1);
      await verify(asked);
      expect(twin.people).toEqual([]);
      expect(photo.every((byte) => byte === 0)).toBe(true);
    }
  });

  test('a kiosk that died in the middle leaves somebody in it: the next one opens it and they are gone', async () => {
    const { twin, clock, face, request } = await onModuleBench();
    void face.verify(request(), { timeoutMs: 30_000 });
    await clock.pass(600);
    expect(twin.people).toEqual(['jia']);
    twin.unplug();
    twin.plugIn();
    await clock.pass(3_000);
    expect([twin.people, face.state]).toEqual([[], 'online']);
  });

  test('a module that says it forgot and did not is taken out of service, with the reason', async () => {
    const { twin, clock, face, verify } = await onModuleBench();
    twin.faults.keepsPeople = true;
    twin.stepInFront('jia');
    await verify();
    await clock.pass(3_000);
    expect([face.state, face.lastFault?.detail]).toEqual([
      'powerOff',
      'the module says that it forgot, and knows people',
    ]);
  });

  test('no vector, no picture and no score is in what comes out', async () => {
    const { twin, face, verify, events } = await onModuleBench();
    twin.stepInFront('jia');
    expect(inspect([await verify(), events, face.lastFault], { depth: 9 })).not.toMatch(/Uint8|Float|score|cosine/);
  });
});

describe('consent', () => {
  test('none: the module hears nothing; the photo is wiped', async () => {
    const { twin, clock, consent, verify, request } = await onModuleBench();
    const given = consent();
    given.takeBack();
    const before = twin.plug.passed;
    expect(await verify({ ...request(), consent: given })).toMatchObject({ fault: 'authorisationRequired' });
    await clock.pass(1_000);
    expect(twin.plug.passed).toBe(before);
  });

  test('taken back while it looks: it is told to stop, and forgets', async () => {
    const { twin, clock, face, consent, request } = await onModuleBench();
    const given = consent();
    const checking = face.verify({ ...request(), consent: given }, { timeoutMs: 30_000 });
    await clock.pass(1_500);
    given.takeBack();
    await clock.pass(1_000);
    expect(await checking).toMatchObject({ done: false, fault: 'authorisationRequired' });
    expect(twin.people).toEqual([]);
  });
});

test('what is no JPEG is refused without a decoder, and with one it is opened', async () => {
  const { verify, request } = await onModuleBench();
  const wlt = () =>
    ({ ...request(), reference: { kind: 'wlt', photo: new WipeableBytes(new Uint8Array(1_024)) } }) as const;
  expect(await verify(wlt())).toMatchObject({ fault: 'formatNotSupported' });
  const subject = { kind: 'platformSubject', subject: new Secret('990000200001010000') } as const;
  expect(await verify({ ...request(), reference: subject })).toMatchObject({ fault: 'formatNotSupported' });

  const opener = await onModuleBench({
    decodePhoto: () => Promise.resolve({ kind: 'jpeg', photo: new WipeableBytes(photoOf('jia')) }),
  });
  opener.twin.stepInFront('jia');
  expect(await opener.verify({ ...opener.request(), reference: wlt().reference })).toMatchObject({
    value: { decision: 'accept' },
  });
});

test('three attempts a session, a new session anew', async () => {
  const { twin, verify, request } = await onModuleBench();
  twin.holdUpPictureOf('jia');
  const nexts = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const ended = await verify();
    nexts.push(ended.done && ended.value.next);
  }
  expect(nexts).toEqual(['tryAgain', 'tryAgain', 'useAnotherWay']);
  expect(await verify()).toMatchObject({ fault: 'sequenceError' });
  expect(await verify(request('jia', 'ses_2'))).toMatchObject({ done: true });
});

test('its self-test asks the module for its state and opens no lens', async () => {
  const { twin, clock, face } = await onModuleBench();
  const testing = face.selfTest({ timeoutMs: 5_000 });
  await clock.pass(500);
  expect(await testing).toEqual({ done: true, value: undefined });
  twin.hang();
  const again = face.selfTest({ timeoutMs: 1_000 });
  await clock.pass(1_500);
  expect(await again).toMatchObject({ done: false, fault: 'timeOut' });
});
