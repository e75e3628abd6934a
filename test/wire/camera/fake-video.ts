/**
 * The virtual camera as a video device for the unmodified ffmpeg, for tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FAKE_V4L2_SOURCE, openV4l2Stage, type V4l2Stage } from '../../../hardware-sim/devices/camera/v4l2-stage.ts';
import type { SimCamera } from '../../../hardware-sim/devices/camera/virtual-camera.ts';

/** What is missing on this machine, as the way to get it; `undefined` when nothing is. */
export function missingForVideo(): string | undefined {
  const needed = [
    ['/usr/bin/ffmpeg', 'ffmpeg'],
    ['/usr/bin/cc', 'gcc'],
    ['/usr/include/linux/videodev2.h', 'linux-libc-dev'],
  ] as const;
  const missing = needed.filter(([path]) => !existsSync(path)).map(([, name]) => name);
  return missing.length > 0 ? `apt-get install ${missing.join(' ')}` : undefined;
}

export interface FakeVideo {
  readonly stage: V4l2Stage;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function fakeVideo(camera: SimCamera): Promise<FakeVideo> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-fake-v4l2-'));
  const library = join(folder, 'fake-v4l2.so');
  const words = ['-shared', '-fPIC', '-O2', '-o', library, fileURLToPath(FAKE_V4L2_SOURCE), '-ldl'];
  const { status, stderr } = spawnSync('/usr/bin/cc', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the fake video device could not be compiled: ${stderr}`);
  const stage = await openV4l2Stage(camera);
  return {
    stage,
    environment: { ...stage.environment, LD_PRELOAD: library },
    close: async () => {
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
