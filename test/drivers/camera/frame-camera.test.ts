import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CameraEvent } from '../../../drivers/camera/camera.ts';
import { FrameCamera } from '../../../drivers/camera/frame-camera.ts';
import { scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const SOON = { timeoutMs: 1_000 };

async function onBench() {
  const clock = new ManualClock();
  const sim = new SimCamera({ clock, fps: 10 });
  const bus = busWith({ openFrameSource: (_address, signal) => sim.openFrameSource(signal) });
  const camera = new FrameCamera({ id: 'camera', address: 'sim:camera', bus, clock });
  const events: CameraEvent[] = [];
  const states: string[] = [];
  camera.onCameraEvent((event) => events.push(event));
  camera.onStateChanged((state) => states.push(state));
  onTestFinished(() => camera.close());
  await clock.pass(200);
  /** Waits for a picture while time passes. */
  const picture = async (ms = 1_000) => {
    const taking = camera.takePicture({ timeoutMs: ms });
    await clock.pass(ms + 100);
    return taking;
  };
  return { clock, sim, camera, events, states, picture };
}

describe('a camera', () => {
  test('is online when it streams, and gives the next whole frame', async () => {
    const { camera, picture } = await onBench();
    expect(camera.state).toBe('online');
    const taken = await picture();
    expect(taken.done && taken.value.reveal()).toEqual(scenePicture('hall'));
  });

  test('a picture is of the moment after it was asked for, never an older one', async () => {
    const { clock, sim, camera } = await onBench();
    await clock.pass(500);
    sim.stepInFront('jia');
    const taking = camera.takePicture(SOON);
    await clock.pass(150);
    const taken = await taking;
    expect(taken.done && taken.value.reveal()).toEqual(scenePicture('jia-front'));
  });

  test('a frame that nobody asked for is zero before the next one comes', async () => {
    const clock = new ManualClock();
    const sim = new SimCamera({ clock, fps: 10 });
    const delivered: Uint8Array[] = [];
    const bus = busWith({
      openFrameSource: async (_address, signal) => {
        const source = await sim.openFrameSource(signal);
        return {
          ...source,
          onLost: (listener) => source.onLost(listener),
          close: () => source.close(),
          onFrame: (listener) =>
            source.onFrame((jpeg) => {
              delivered.push(jpeg);
              listener(jpeg);
            }),
        };
      },
    });
    const camera = new FrameCamera({ id: 'camera', address: 'sim:camera', bus, clock });
    onTestFinished(() => camera.close());
    await clock.pass(2_000);
    expect(delivered.length).toBeGreaterThan(10);
    expect(delivered.every((jpeg) => jpeg.every((byte) => byte === 0))).toBe(true);
  });

  test('nothing of a picture shows in what is printed of it', async () => {
    const { camera, picture } = await onBench();
    const taken = await picture();
    const printed = inspect({ taken, camera }, { depth: 9, showHidden: true }) + JSON.stringify(taken);
    expect(printed).toContain('▒▒▒');
    expect(printed).not.toMatch(/255, *216|ff d8|Uint8Array\(1\d{4}\)|"0":255/i);
  });

  test('a camera that is pulled ends the waiting at once, and comes back by itself', async () => {
    const { clock, sim, camera, picture, states } = await onBench();
    const taking = camera.takePicture({ timeoutMs: 10_000 });
    await clock.drain();
    sim.unplug();
    await clock.pass(60);
    expect(await taking).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(camera).toMatchObject({ state: 'powerOff', lens: 'unknown' });
    expect(await picture()).toMatchObject({ done: false, fault: 'deviceNotReady' });
    sim.plugIn();
    await clock.pass(6_000);
    expect(await picture()).toMatchObject({ done: true });
    expect(states).toEqual(['online', 'powerOff', 'online']);
  });

  test('a camera that stalls without a word is opened anew after 1.5 s', async () => {
    const { clock, sim, camera, events, picture } = await onBench();
    const taking = camera.takePicture({ timeoutMs: 10_000 });
    sim.hang();
    await clock.pass(1_700);
    expect(await taking).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(events).toContainEqual({ event: 'frozen', stalls: 1 });
    sim.wake();
    await clock.pass(6_000);
    expect(await picture()).toMatchObject({ done: true });
    expect(camera.state).toBe('online');
  });

  test('three stalls in a row are a broken camera, until it has streamed for five seconds', async () => {
    const { clock, sim, camera } = await onBench();
    for (let stall = 0; stall < 3; stall += 1) {
      sim.hang();
      await clock.pass(1_700);
      sim.wake();
      await clock.pass(900);
    }
    expect(camera.state).toBe('hardwareError');
    await clock.pass(6_000);
    expect(camera.state).toBe('online');
  });

  test('frames that are no pictures are said as a broken camera, and pictures again are one again', async () => {
    const { clock, sim, camera, picture } = await onBench();
    for (let frame = 0; frame < 40; frame += 1) sim.faults.nextFrame(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9));
    await clock.pass(2_500);
    expect(await camera.takePicture(SOON)).toMatchObject({ done: false, fault: 'cameraInoperable' });
    await clock.pass(3_000);
    expect(await picture()).toMatchObject({ done: true });
  });

  test('a canceled wait is over at once and the next one gets its own frame', async () => {
    const { clock, camera, picture } = await onBench();
    const controller = new AbortController();
    const taking = camera.takePicture({ timeoutMs: 10_000, signal: controller.signal });
    await clock.drain();
    controller.abort();
    await clock.pass(60);
    expect(await taking).toMatchObject({ done: false, fault: 'canceled' });
    expect(await picture()).toMatchObject({ done: true });
  });

  test('closed: offline, and no timer left running', async () => {
    const { clock, camera } = await onBench();
    await camera.close();
    await clock.pass(10_000);
    expect(camera.state).toBe('offline');
    expect(clock.waiting).toBe(0);
  });
});

describe('the lens', () => {
  test('[part of SZ-268b] a covered lens is told in less than five seconds, and a free one again by itself', async () => {
    const { clock, sim, camera, events } = await onBench();
    expect(camera.lens).toBe('clear');
    sim.coverLens();
    await clock.pass(4_500);
    expect(camera.lens).toBe('covered');
    sim.uncoverLens();
    await clock.pass(2_000);
    expect(camera.lens).toBe('clear');
    expect(events).toEqual([
      { event: 'lensChanged', lens: 'clear' },
      { event: 'lensChanged', lens: 'covered' },
      { event: 'lensChanged', lens: 'clear' },
    ]);
    expect(camera.state).toBe('online');
  });

  test('a hand that passes by is no covered lens', async () => {
    const { clock, sim, camera } = await onBench();
    sim.coverLens();
    await clock.pass(900);
    sim.uncoverLens();
    await clock.pass(5_000);
    expect(camera.lens).toBe('clear');
  });
});
