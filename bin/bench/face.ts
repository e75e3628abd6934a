/**
 * The face chain, as the kiosk feels it: how long one look takes, and what the main loop notices of it.
 *
 * The floor of a look is the four models alone, on tensors that are ready; what
 * is above it is decoding, sampling and the way to the child and back. The main
 * loop's floor is the same loop without the engine at work. The faces are drawn.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { lumaOf } from '../../drivers/camera/jpeg-luma.ts';
import { EngineProcess } from '../../drivers/face/engine-process.ts';
import type { RunModel } from '../../drivers/face/face-chain.ts';
import { MODEL_PACKAGE, MODELS, type ModelName } from '../../drivers/face/model-table.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import { quantile } from '../../hardware-sim/bench/quantile.ts';
import { type ScenePicture, scenePicture } from '../../hardware-sim/devices/camera/scene-pictures.ts';
import { type Bench, type BenchRow, ratioRow, roundsOf } from './bench-row.ts';

const START_MS = 60_000;
const SCENES: readonly ScenePicture[] = ['jia-front', 'yi-again', 'bing-front', 'ding-again', 'two', 'hall'];
/** How late a timer of the main loop may be while faces are looked at, as a multiple of how late it is anyway. */
const TARGET_LOOP = 3;
const TICK_MS = 2;

export const face: Bench = {
  name: 'face',
  summary: 'detect, landmarks, embedding and liveness of one frame in the child; the main loop meanwhile',
  run: async (share) => {
    const missing = missingHere();
    if (missing) return [{ name: 'face', skipped: missing }];
    const engine = new EngineProcess({ clock: systemClock });
    try {
      const fromMs = performance.now();
      await engine.started(AbortSignal.timeout(START_MS));
      const startMs = performance.now() - fromMs;
      const { loadModels, modelFolder } = await import('../../drivers/face/onnx-transport.ts');
      const models = await loadModels(modelFolder());
      const rounds = roundsOf(150, share, 10);
      return [
        await chainRow(engine, models, rounds),
        await loopRow(engine, rounds),
        figure('face.engineStart', startMs, 'ms', 'child process, four models loaded and their hashes checked'),
        figure('face.engineMemory', residentMb(engine.processId), 'MB', 'resident, after the looks above'),
        lensRow(rounds),
      ];
    } finally {
      await engine.close();
    }
  },
};

async function chainRow(engine: EngineProcess, models: RunModel, rounds: number): Promise<BenchRow> {
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const scene = SCENES[(round + 5) % 4] as ScenePicture;
    const chain = await timed(() => look(engine, scene));
    const floor = await timed(() => modelsAlone(models));
    // The first looks only warm up.
    if (round < 0) continue;
    values.push(chain);
    floors.push(floor);
  }
  const note = '640 × 480 JPEG in, figures and a template handle out; floor: the four models alone';
  return ratioRow({ name: 'face.chain', unit: 'ms', values, floors, targetRatio: null, note });
}

/** How late the main loop's own timer is, with the engine at work without a pause, and in turns without. */
async function loopRow(engine: EngineProcess, rounds: number): Promise<BenchRow> {
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds / 10; round += 1) {
    floors.push(...(await lateness(() => Promise.resolve())));
    values.push(...(await lateness(() => look(engine, SCENES[round % SCENES.length] as ScenePicture))));
  }
  const note = `lateness of a ${TICK_MS} ms timer in the main process while the child looks at frame after frame`;
  return ratioRow({ name: 'face.mainLoop', unit: 'ms', values, floors, targetRatio: TARGET_LOOP, note });
}

async function lateness(work: () => Promise<void>): Promise<readonly number[]> {
  let going = true;
  const working = (async () => {
    while (going) {
      await work();
      await sleep(0);
    }
  })();
  const late: number[] = [];
  for (let tick = 0; tick < 100; tick += 1) {
    const fromMs = performance.now();
    await sleep(TICK_MS);
    late.push(performance.now() - fromMs - TICK_MS);
  }
  going = false;
  await working;
  return late;
}

async function look(engine: EngineProcess, scene: ScenePicture): Promise<void> {
  const picture = { encoding: 'jpeg', bytes: scenePicture(scene) } as const;
  const { template } = await engine.examine(picture, { template: true, liveness: true }, AbortSignal.timeout(START_MS));
  if (template !== undefined) await engine.forget([template]);
}

async function modelsAlone(models: RunModel): Promise<void> {
  for (const { name, form } of Object.values(MODELS)) await models(name, inputOf(name, form));
}

function inputOf(_name: ModelName, form: (typeof MODELS)[ModelName]['form']): Float32Array {
  const [width, height] = form.size;
  return new Float32Array(width * height * (form.planes === 'grey' ? 1 : 3)).fill(0.25);
}

function lensRow(rounds: number): BenchRow {
  const jpeg = scenePicture('hall');
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const fromMs = performance.now();
    lumaOf(jpeg);
    values.push(performance.now() - fromMs);
  }
  return figure('camera.lensLook', quantile(values, 0.5), 'ms', 'in the main process, twice a second');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const fromMs = performance.now();
  await work();
  return performance.now() - fromMs;
}

/** For information: nothing lies below it. */
function figure(name: string, value: number, unit: BenchRow['unit'], note: string): BenchRow {
  return { name, value, unit, floor: null, ratio: null, target: null, targetOf: 'value', ok: true, note };
}

function residentMb(processId: number | undefined): number {
  const status = `/proc/${processId}/status`;
  if (!existsSync(status)) return Number.NaN;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1]) / 1_024;
}

function missingHere(): string | undefined {
  const require = createRequire(import.meta.url);
  for (const name of ['onnxruntime-node', 'sharp', `${MODEL_PACKAGE}/package.json`]) {
    try {
      require.resolve(name);
    } catch {
      return `the optional package of ${name} is not installed (npm ci)`;
    }
  }
  return undefined;
}
