/**
 * The virtual camera as a `/dev/video` file, for programs that know only those.
 *
 * Without a kernel module there is no such file, so a small library
 * (`fake-v4l2.c`, preloaded into the unmodified ffmpeg) answers for one name and
 * looks into a folder that this stage keeps: the frame of this moment, and
 * whether the camera hangs or is unplugged. Linux, a C compiler.
 */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimCamera } from './virtual-camera.ts';

/** The source of the library; `cc -shared -fPIC -O2 -o OUT SOURCE -ldl`. */
export const FAKE_V4L2_SOURCE = new URL('./fake-v4l2.c', import.meta.url);

export interface V4l2Stage {
  /** What ffmpeg is told to open. */
  readonly path: string;
  /** For ffmpeg's environment, beside `LD_PRELOAD`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when the folder shows what the camera sees now. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function openV4l2Stage(camera: SimCamera): Promise<V4l2Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-video-'));
  const path = '/dev/v4l/by-id/usb-Yizhan_Virtual_Camera-video-index0';
  const flag = async (name: string, set: boolean): Promise<void> => {
    if (set) await mkdir(join(folder, name), { recursive: true });
    else await rm(join(folder, name), { recursive: true, force: true });
  };
  const show = async (): Promise<void> => {
    await writeFile(join(folder, 'next'), camera.frame());
    await rename(join(folder, 'next'), join(folder, 'frame'));
    await flag('hung', camera.hung);
    await flag('unplugged', !camera.pluggedIn);
  };
  let turn = show();
  const again = (): void => {
    turn = turn.then(show);
  };
  const unsubscribes = [camera.onSceneChanged(again), camera.onPluggedChanged(again)];
  await turn;
  return {
    path,
    environment: { YIZHAN_VIDEO_PATH: path, YIZHAN_VIDEO_FOLDER: folder },
    settled: () => turn,
    close: async () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
      await turn;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
