/**
 * Entry of the face engine's process: the models and the decoder, nothing of the kiosk.
 *
 * One promise: it never outlives its parent, and it opens nothing for writing.
 */
import { serveEngine } from './serve-engine.ts';

serveEngine(async () => {
  // A package that is not installed is said in words, so it is brought in where somebody listens.
  const { loadModels, modelFolder } = await import('./onnx-transport.ts');
  const { decodePicture } = await import('./picture-transport.ts');
  return { run: await loadModels(process.argv[2] ?? modelFolder()), decode: decodePicture };
});
