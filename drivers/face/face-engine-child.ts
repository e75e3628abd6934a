/**
 * Entry of the face engine's process: the models and the decoder, nothing of the kiosk.
 *
 * One promise: it never outlives its parent, and it opens nothing for writing.
 */
import type { EngineMessage, EngineRequest } from './engine-messages.ts';
import { EngineRoom } from './engine-room.ts';
import { MODEL_MANIFEST_ID } from './model-table.ts';

const send = process.send?.bind(process);
if (!send) throw new Error('The face engine is started by the kiosk.');
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGINT', () => undefined);

const tell = (message: EngineMessage): void => {
  if (process.connected) send(message);
};

async function load(): Promise<void> {
  const { loadModels, modelFolder } = await import('./onnx-transport.ts');
  const { decodePicture } = await import('./picture-transport.ts');
  const room = new EngineRoom({ run: await loadModels(process.argv[2] ?? modelFolder()), decode: decodePicture }, tell);
  process.on('message', (request: EngineRequest) => room.take(request));
  tell({ tell: 'ready', manifest: MODEL_MANIFEST_ID });
}

load().catch((error: unknown) => {
  // Words of a loader about packages and model files; no picture has been seen yet.
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  tell({ tell: 'unfit', why: why.slice(0, 120) });
});
