/**
 * Runs the face models on onnxruntime's CPU provider. Native: loaded in the engine's child only.
 *
 * One promise: a model file whose hash is not the pinned one is never run.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { RunModel } from './face-chain.ts';
import { MODEL_PACKAGE, MODELS, type ModelFile, type ModelName } from './model-table.ts';

/** Where the model package lies. @throws Error when it is not installed. */
export function modelFolder(): string {
  return dirname(createRequire(import.meta.url).resolve(`${MODEL_PACKAGE}/package.json`));
}

/** Loads every model. @throws Error that names the file which is missing or not the pinned one. */
export async function loadModels(folder: string): Promise<RunModel> {
  const sessions = new Map<ModelName, InferenceSession>();
  for (const model of Object.values(MODELS)) sessions.set(model.name, await load(folder, model));
  return async (name, input) => {
    const session = sessions.get(name);
    const shape = session?.inputMetadata[0];
    if (!session || !shape?.isTensor) throw new Error(`The ${name} model takes no tensor.`);
    const feeds = { [shape.name]: new Tensor('float32', input, shape.shape as number[]) };
    const outputs = await session.run(feeds);
    return session.outputNames.map((output) => outputs[output]?.data as Float32Array);
  };
}

async function load(folder: string, { file, sha256 }: ModelFile): Promise<InferenceSession> {
  const bytes = await readFile(join(folder, file));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${file} is not the pinned file`);
  return InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    // A kiosk has a browser beside it: more threads, or threads that spin, cost three to five times.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Without it every look leaves holes: 340 MB after 1,200 looks, growing; with it 218 (docs/performance.md).
    enableCpuMemArena: true,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}
