/**
 * The model files that the on-device engine runs, each pinned by its hash.
 *
 * They come inside the npm package `faceplugin-face-recognition-js` 0.0.1 (MIT
 * in its package.json); only the files are used, none of its code. Where the
 * weights were trained is not documented: see docs/face.md before a rollout.
 */
import type { TensorForm } from './raster.ts';

export type ModelName = 'detect' | 'landmark' | 'embed' | 'liveness';

export interface ModelFile {
  readonly name: ModelName;
  /** Path inside `MODEL_PACKAGE`. */
  readonly file: string;
  readonly sha256: string;
  /** What the model is fed. */
  readonly form: TensorForm;
}

export const MODEL_PACKAGE = 'faceplugin-face-recognition-js';

/** Said in capabilities and beside each decision, so that a result can be traced to its weights. */
export const MODEL_MANIFEST_ID = 'faceplugin-0.0.1';

export const MODELS: Readonly<Record<ModelName, ModelFile>> = {
  detect: {
    name: 'detect',
    file: 'model/fr_detect.onnx',
    sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    form: { size: [320, 240], planes: 'rgb', mean: 127, scale: 128 },
  },
  landmark: {
    name: 'landmark',
    file: 'model/fr_landmark.onnx',
    sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    form: { size: [64, 64], planes: 'grey', mean: 0, scale: 256 },
  },
  /** BGR: fed in RGB, genuine pairs score visibly lower. */
  embed: {
    name: 'embed',
    file: 'model/fr_feature.onnx',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    form: { size: [112, 112], planes: 'bgr', mean: 127, scale: 128 },
  },
  /** BGR, raw 0 to 255: scaled to 0–1 it answers nonsense. Class 0 of its three is "live". */
  liveness: {
    name: 'liveness',
    file: 'model/fr_liveness.onnx',
    sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    form: { size: [128, 128], planes: 'bgr', mean: 0, scale: 1 },
  },
};
