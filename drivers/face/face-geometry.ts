/**
 * Where the parts of a face are, and what follows from that: how far, how
 * turned, how to lay it under a model.
 *
 * One promise: these are plain figures of points; nothing here sees a pixel.
 */
import type { Box, Similarity } from './raster.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Left and right as they are in the picture. */
export interface FacePoints {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly noseTip: Point;
  readonly leftMouth: Point;
  readonly rightMouth: Point;
}

export interface Detection {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** Where ArcFace-trained models expect the five points in a 112 × 112 picture (the public InsightFace template). */
const TEMPLATE_112: readonly Point[] = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/** Least squares over all five points; maps the template into the picture. */
export function alignment(points: FacePoints): Similarity {
  const targets = [points.leftEye, points.rightEye, points.noseTip, points.leftMouth, points.rightMouth];
  const from = centre(TEMPLATE_112);
  const to = centre(targets);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (const [index, source] of TEMPLATE_112.entries()) {
    const target = targets[index] ?? to;
    const sx = source.x - from.x;
    const sy = source.y - from.y;
    const tx = target.x - to.x;
    const ty = target.y - to.y;
    along += sx * tx + sy * ty;
    across += sx * ty - sy * tx;
    spread += sx * sx + sy * sy;
  }
  const a = along / spread;
  const b = across / spread;
  return { a, b, tx: to.x - a * from.x + b * from.y, ty: to.y - b * from.x - a * from.y };
}

/** The five points of the 68 of the usual (300-W) order, given as x, y, x, y … */
export function fivePoints(landmarks: Float32Array): FacePoints {
  const mean = (...indices: number[]): Point => {
    let x = 0;
    let y = 0;
    for (const index of indices) {
      x += landmarks[2 * index] ?? 0;
      y += landmarks[2 * index + 1] ?? 0;
    }
    return { x: x / indices.length, y: y / indices.length };
  };
  return {
    leftEye: mean(37, 38, 40, 41),
    rightEye: mean(43, 44, 46, 47),
    noseTip: mean(30),
    leftMouth: mean(48, 60),
    rightMouth: mean(54, 64),
  };
}

export function eyeDistance({ leftEye, rightEye }: FacePoints): number {
  return Math.hypot(rightEye.x - leftEye.x, rightEye.y - leftEye.y);
}

/** Degrees; 0 = eyes level, positive = head leaned clockwise in the picture. */
export function rollDegrees({ leftEye, rightEye }: FacePoints): number {
  return (Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x) * 180) / Math.PI;
}

/**
 * Degrees, roughly; positive = nose points to the right side of the picture.
 *
 * The tip of the nose stands before the plane of the eyes by about half their
 * distance, so its sideways shift is the sine of the turn. Good to some 5°.
 */
export function yawDegrees(points: FacePoints): number {
  const { leftEye, rightEye, noseTip } = points;
  const distance = eyeDistance(points);
  if (distance === 0) return 90;
  const alongX = (rightEye.x - leftEye.x) / distance;
  const alongY = (rightEye.y - leftEye.y) / distance;
  const middleX = (leftEye.x + rightEye.x) / 2;
  const middleY = (leftEye.y + rightEye.y) / 2;
  const shift = ((noseTip.x - middleX) * alongX + (noseTip.y - middleY) * alongY) / distance;
  // Eyes move together by the cosine while the nose moves out by the sine.
  return (Math.atan2(shift, NOSE_BEFORE_EYES) * 180) / Math.PI;
}

const NOSE_BEFORE_EYES = 0.55;

/** The same centre, `factor` times as large in both directions, square when asked. */
export function grown(box: Box, factor: number): Box {
  const width = box.width * factor;
  const height = box.height * factor;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** A square as high as the box, around its middle. */
export function squared(box: Box): Box {
  return { x: box.x + (box.width - box.height) / 2, y: box.y, width: box.height, height: box.height };
}

/** A box of the wanted size that stays inside the picture: moved when it can be, shrunk when it must be. */
export function inside(box: Box, width: number, height: number): Box {
  const shrink = Math.min(1, (width - 1) / box.width, (height - 1) / box.height);
  const fitted = grown(box, shrink);
  return {
    ...fitted,
    x: Math.min(Math.max(fitted.x, 0), width - 1 - fitted.width),
    y: Math.min(Math.max(fitted.y, 0), height - 1 - fitted.height),
  };
}

/** Keeps the surest of boxes that lie over each other; the surest first. */
export function distinct(detections: readonly Detection[], mostOverlap = 0.3): readonly Detection[] {
  const kept: Detection[] = [];
  for (const one of [...detections].sort((left, right) => right.score - left.score)) {
    if (kept.every((other) => overlap(one.box, other.box) < mostOverlap)) kept.push(one);
  }
  return kept;
}

/** Intersection over union. */
function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (one.width * one.height + other.width * other.height - shared);
}

/** -1 to 1; 0 for anything that has no direction. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let along = 0;
  let lengthOne = 0;
  let lengthOther = 0;
  for (let at = 0; at < one.length; at += 1) {
    const left = one[at] ?? 0;
    const right = other[at] ?? 0;
    along += left * right;
    lengthOne += left * left;
    lengthOther += right * right;
  }
  const length = Math.sqrt(lengthOne * lengthOther);
  return length > 0 ? along / length : 0;
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
