import { expect, onTestFinished, test } from 'vitest';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { OnDeviceBiometric } from '../../../drivers/face/on-device-biometric.ts';
import { RestingEngine } from '../../../drivers/face/resting-engine.ts';
import { SpareEngine } from '../../../drivers/face/spare-engine.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const BOTH = { template: true, liveness: true };
const never = new AbortController().signal;
const picture = () => ({ encoding: 'jpeg', bytes: new Uint8Array(4) }) as const;

function onBench() {
  const clock = new ManualClock();
  const started: ScriptedEngine[] = [];
  const closed = new Set<ScriptedEngine>();
  const start = () => {
    const made = new ScriptedEngine();
    const close = made.close.bind(made);
    made.close = () => {
      closed.add(made);
      return close();
    };
    started.push(made);
    return made;
  };
  const spares = new SpareEngine({ clock, start });
  const open = () =>
    new RestingEngine({ clock, restAfterMs: 60_000, start: () => spares.take(), rested: () => spares.rest() });
  const living = () => started.filter((one) => !closed.has(one)).length;
  return { clock, started, spares, open, living };
}

test('an engine that is lost has its successor loaded already, and another spare behind it', async () => {
  const { clock, started, open, living } = onBench();
  const first = open();
  await first.started(never);
  expect(started).toHaveLength(1);
  await clock.pass(3_000);
  expect(started).toHaveLength(2);
  started[0]?.crash();
  await clock.drain();
  const second = open();
  onTestFinished(() => second.close());
  await second.started(never);
  expect(started).toHaveLength(2);
  expect((await second.examine(picture(), BOTH, never)).reading.faces).toBe(1);
  expect([started[0]?.pictures.length, started[1]?.pictures.length]).toEqual([0, 1]);
  await clock.pass(3_000);
  expect([started.length, living()]).toEqual([3, 3]);
});

test('when faces are no longer looked at neither engine is in memory, and no timer is left', async () => {
  const { clock, open, living } = onBench();
  const engine = open();
  await engine.started(never);
  await clock.pass(3_000);
  expect(living()).toBe(2);
  await clock.pass(60_000);
  expect([engine.resting, living()]).toEqual([true, 0]);
  await engine.examine(picture(), BOTH, never);
  await clock.pass(3_000);
  expect(living()).toBe(2);
  await engine.close();
  expect([living(), clock.waiting]).toEqual([0, 0]);
});

test('a spare that dies while it waits is nobody’s loss', async () => {
  const { clock, started, open } = onBench();
  const engine = open();
  const losses: string[] = [];
  engine.onLost(({ message }) => losses.push(message));
  await engine.started(never);
  await clock.pass(3_000);
  started[1]?.crash();
  await clock.drain();
  expect(losses).toEqual([]);
  started[0]?.crash();
  await clock.drain();
  const next = open();
  await next.started(never);
  expect(started).toHaveLength(3);
  await next.close();
});

test('the face check is online again within a tenth of a second of the loss', async () => {
  const { clock, started, open } = onBench();
  const twin = new SimCamera({ clock });
  const bus = busWith({ openFrameSource: (_address, signal) => twin.openFrameSource(signal) });
  const camera = new FrameCamera({ id: 'camera', address: 'sim:camera', bus, clock });
  const random = new SeededRandom(1, 'face');
  const face = new OnDeviceBiometric({ id: 'face', camera, clock, random, startEngine: open });
  await clock.pass(5_000);
  expect(face.state).toBe('online');
  started[0]?.crash();
  await clock.drain();
  expect(face.state).not.toBe('online');
  await clock.pass(100);
  expect([face.state, started.length]).toEqual(['online', 2]);
  await face.close();
  await camera.close();
});
