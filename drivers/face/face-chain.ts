/**
 * From a picture to what can be said about the face in it.
 *
 * Detect, landmarks, embedding, liveness, one after the other, over whatever
 * runs the models. One promise: it says what it saw and decides nothing; a
 * template leaves it only as a buffer that its caller owns and wipes.
 */

import type { FaceFigures, FaceReading } from './face-engine.ts';
import {
  alignment,
  type Detection,
  distinct,
  eyeDistance,
  fivePoints,
  grown,
  inside,
  rollDegrees,
  squared,
  yawDegrees,
} from './face-geometry.ts';
import { MODELS, type ModelName } from './model-table.ts';
import { alignedTensor, type Box, boxTensor, lightIn, type Raster, type TensorForm } from './raster.ts';

/** Runs one model on one input; what it gives back belongs to the caller. */
export type RunModel = (model: ModelName, input: Float32Array) => Promise<readonly Float32Array[]>;

export interface ChainResult {
  readonly reading: FaceReading;
  /** Of the largest face; `undefined` when there is none or it was not asked for. */
  readonly template: Float32Array | undefined;
}

/** Boxes the detector is less sure of are not looked at. */
const LEAST_SCORE = 0.65;
const LIVENESS_VIEW = 2.7;

/** @param wants what may be left out to save time: the template and liveness take half of the chain. */
export async function examinePicture(
  picture: Raster,
  run: RunModel,
  wants: { readonly template: boolean; readonly liveness: boolean },
): Promise<ChainResult> {
  const detections = await detect(picture, run);
  const bySize = [...detections].sort((one, other) => area(other.box) - area(one.box));
  const [largest, second] = bySize;
  if (!largest) return { reading: { faces: 0, largest: undefined }, template: undefined };

  const square = inside(squared(largest.box), picture.width, picture.height);
  const points = fivePoints(await landmarks(picture, square, run));
  const figures: FaceFigures = {
    score: largest.score,
    heightPx: largest.box.height,
    eyeDistancePx: eyeDistance(points),
    yawDegrees: yawDegrees(points),
    rollDegrees: rollDegrees(points),
    secondFaceShare: second ? area(second.box) / area(largest.box) : 0,
    ...lightIn(picture, largest.box),
    live: wants.liveness ? await liveShare(picture, square, run) : undefined,
  };
  const template = wants.template
    ? await first(run, 'embed', alignedTensor(picture, alignment(points), MODELS.embed.form))
    : undefined;
  return { reading: { faces: detections.length, largest: figures }, template };
}

async function detect(picture: Raster, run: RunModel): Promise<readonly Detection[]> {
  const whole: Box = { x: 0, y: 0, width: picture.width, height: picture.height };
  const input = boxTensor(picture, whole, MODELS.detect.form);
  const [scores, boxes] = await run('detect', input);
  input.fill(0);
  if (!scores || !boxes) throw new Error('The detector has two outputs, scores and boxes.');
  const found: Detection[] = [];
  for (let at = 0; at < scores.length / 2; at += 1) {
    const score = scores[2 * at + 1] ?? 0;
    if (score < LEAST_SCORE) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(4 * at, 4 * at + 4);
    const box = {
      x: left * picture.width,
      y: top * picture.height,
      width: (right - left) * picture.width,
      height: (bottom - top) * picture.height,
    };
    if (box.width > 4 && box.height > 4) found.push({ box, score });
  }
  return distinct(found);
}

/** In the picture's own coordinates. */
async function landmarks(picture: Raster, square: Box, run: RunModel): Promise<Float32Array> {
  const relative = await first(run, 'landmark', boxTensor(picture, square, MODELS.landmark.form));
  return relative.map((value, at) =>
    at % 2 === 0 ? square.x + value * square.width : square.y + value * square.height,
  );
}

async function liveShare(picture: Raster, square: Box, run: RunModel): Promise<number> {
  const view = inside(grown(square, LIVENESS_VIEW), picture.width, picture.height);
  const form: TensorForm = MODELS.liveness.form;
  const [live = 0, ...spoofs] = await first(run, 'liveness', boxTensor(picture, view, form));
  const highest = Math.max(live, ...spoofs);
  const share = (value: number): number => Math.exp(value - highest);
  return share(live) / [live, ...spoofs].reduce((sum, value) => sum + share(value), 0);
}

async function first(run: RunModel, model: ModelName, input: Float32Array): Promise<Float32Array> {
  const [output] = await run(model, input);
  input.fill(0);
  if (!output) throw new Error(`The ${model} model gave no output.`);
  return output;
}

function area(box: Box): number {
  return box.width * box.height;
}
