/**
 * The camera: our transport and the unmodified ffmpeg, on a V4L2 device of the kernel's (its own test driver, vivid).
 *
 * vivid has no Motion JPEG, so ffmpeg makes it; of a camera that has, it is copied.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { NoSuchDoor, runCase, until } from '../case-run.ts';
import { emulatedClock } from '../emulated-clock.ts';

const ADDRESS = 'v4l2:/dev/video0?size=640x360&fps=15&format=yuyv422';

await runCase(async (run) => {
  if (!existsSync('/usr/bin/ffmpeg')) throw new NoSuchDoor('ffmpeg is not installed');
  const bus = createDeviceBus({ clock: emulatedClock });
  run.atEnd(() => bus.close());
  await run.step('the kernel has a camera', (signal) => until(signal, () => existsSync('/dev/video0'), 20));
  const camera = await run.step('it opens', (signal) => bus.openFrameSource(ADDRESS, signal));
  run.atEnd(() => camera.close());
  await run.step('ten frames come, each a whole JPEG', async (signal) => {
    const frames: Uint8Array[] = [];
    camera.onFrame((jpeg) => frames.push(Uint8Array.from(jpeg)));
    await until(signal, () => frames.length >= 10);
    for (const jpeg of frames) assert.deepEqual([jpeg[0], jpeg[1], jpeg.at(-2), jpeg.at(-1)], [0xff, 0xd8, 0xff, 0xd9]);
  });
  await run.step('a second one is turned away: one host for one camera', async (signal) => {
    await assert.rejects(bus.openFrameSource(ADDRESS, signal), LinkLostError);
  });
  await run.step('closed, it can be opened again', async (signal) => {
    await camera.close();
    const again = await bus.openFrameSource(ADDRESS, signal);
    await again.close();
  });
});
