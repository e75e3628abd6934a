/** A whole check: virtual camera over TCP, production's driver, the real models in their child. */
import { webcrypto } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { FaceConsent } from '../../../drivers/face/consent.ts';
import { EngineProcess } from '../../../drivers/face/engine-process.ts';
import { usualFacePolicy } from '../../../drivers/face/face-policy.ts';
import { OnDeviceBiometric } from '../../../drivers/face/on-device-biometric.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { WipeableBytes } from '../../../drivers/wipeable.ts';
import { openCameraDoor } from '../../../hardware-sim/devices/camera/camera-door.ts';
import type { PersonId } from '../../../hardware-sim/devices/camera/invented-people-table.ts';
import { chipPhoto } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { missingForFaces } from './engine-bench.ts';

const missing = missingForFaces();
const random = { bytes: (count: number) => webcrypto.getRandomValues(new Uint8Array(count)) };

/** A kiosk's face corner, with hands that follow what the screen asks for. */
async function corner({ obeys = true } = {}) {
  const sim = new SimCamera({ clock: systemClock });
  const door = await openCameraDoor(sim);
  const bus = createDeviceBus({ clock: systemClock });
  const camera = new FrameCamera({ id: 'camera', address: door.address, bus, clock: systemClock });
  const engines: EngineProcess[] = [];
  const face = new OnDeviceBiometric({
    id: 'face',
    camera,
    clock: systemClock,
    random,
    policy: { ...usualFacePolicy, challenges: 2 },
    startEngine: () => {
      const engine = new EngineProcess({ clock: systemClock });
      engines.push(engine);
      return engine;
    },
  });
  face.onFaceEvent((event) => {
    if (event.event !== 'challenge' || !obeys) return;
    if (event.turn === 'straight') sim.faceCamera();
    else sim.turn(event.turn);
  });
  onTestFinished(async () => {
    await face.close();
    await camera.close();
    await bus.close();
    await door.close();
  });
  await expect.poll(() => face.state, { timeout: 120_000 }).toBe('online');
  let session = 0;
  const verify = (person: PersonId, timeoutMs = 60_000) => {
    session += 1;
    const sessionId = `ses_${session}`;
    const consent = new FaceConsent({
      sessionId,
      purpose: 'matchWithIdPhoto',
      givenAtMs: systemClock.monotonicMs(),
    });
    const reference = { kind: 'jpeg', photo: new WipeableBytes(chipPhoto(person)) } as const;
    return face.verify({ sessionId, consent, reference }, { timeoutMs });
  };
  return { sim, face, engines, verify };
}

describe.skipIf(missing !== undefined)(`a face check${missing ? ` (${missing})` : ''}`, () => {
  test('the person on the card, another day: accepted; somebody else: rejected', async () => {
    const { sim, verify } = await corner();
    sim.stepInFront('jia', 'again');
    expect(await verify('jia')).toMatchObject({ value: { decision: 'accept', liveness: 'passed', next: 'goOn' } });
    sim.stepInFront('ding');
    expect(await verify('jia')).toMatchObject({
      value: { decision: 'reject', reasons: ['notTheSamePerson'], next: 'useAnotherWay' },
    });
  });

  test('a print that is held up does not turn its head when it is asked to', async () => {
    const { sim, verify } = await corner({ obeys: false });
    sim.holdUp('print');
    expect(await verify('jia')).toMatchObject({ value: { decision: 'retry', reasons: ['challengeNotMet'] } });
  });

  test('the engine dies in the middle: a fault, then the same kiosk checks again', async () => {
    const { sim, face, engines, verify } = await corner();
    const checking = verify('yi');
    process.kill(engines[0]?.processId as number, 'SIGKILL');
    expect(await checking).toMatchObject({ done: false, fault: 'deviceNotReady' });
    await expect.poll(() => face.state, { timeout: 120_000 }).toBe('online');
    sim.stepInFront('yi');
    expect(await verify('yi')).toMatchObject({ value: { decision: 'accept' } });
    expect(engines).toHaveLength(2);
  });
});
