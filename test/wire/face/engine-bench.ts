/** The real engine in its child, and ways to look at it, for tests. */
import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';
import { EngineProcess } from '../../../drivers/face/engine-process.ts';
import type { PictureBytes } from '../../../drivers/face/face-engine.ts';
import { MODEL_PACKAGE } from '../../../drivers/face/model-table.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { PersonId } from '../../../hardware-sim/devices/camera/invented-people-table.ts';
import { chipPhoto, type ScenePicture, scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';

/** What is missing on this machine, as the way to get it; `undefined` when nothing is. */
export function missingForFaces(): string | undefined {
  const require = createRequire(import.meta.url);
  for (const name of ['onnxruntime-node', 'sharp', `${MODEL_PACKAGE}/package.json`]) {
    try {
      require.resolve(name);
    } catch {
      return `npm ci (optional package ${name})`;
    }
  }
  return undefined;
}

export const BOTH = { template: true, liveness: true };
export const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);
export const scene = (name: ScenePicture): PictureBytes => ({ encoding: 'jpeg', bytes: scenePicture(name) });
export const chip = (person: PersonId): PictureBytes => ({ encoding: 'jpeg', bytes: chipPhoto(person) });

/** Ends when its caller closes it. */
export async function startedEngine(): Promise<EngineProcess> {
  const engine = new EngineProcess({ clock: systemClock });
  await engine.started(within(60_000));
  return engine;
}

/** Ends with the test. */
export async function runningEngine(): Promise<EngineProcess> {
  const engine = await startedEngine();
  onTestFinished(() => engine.close());
  return engine;
}

/** A template of the largest face. */
export async function templateOf(engine: EngineProcess, picture: PictureBytes): Promise<number> {
  const { template } = await engine.examine(picture, BOTH, within(30_000));
  if (template === undefined) throw new Error('no face in this picture');
  return template;
}
