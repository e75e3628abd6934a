/**
 * A decoded picture in memory, and the few ways a face model looks at one.
 *
 * One promise: every function here reads inside the picture whatever box or
 * point it is given, and what it makes is a buffer of its own that its caller
 * can wipe.
 */

/** Eight bits each of red, green and blue, row by row, no padding. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a model wants its numbers. `planes` are in the order they are fed. */
export interface TensorForm {
  readonly size: readonly [width: number, height: number];
  readonly planes: 'rgb' | 'bgr' | 'grey';
  /** (value - mean) / scale */
  readonly mean: number;
  readonly scale: number;
}

/** Maps a point of the model's input to a point of the picture: x' = a·x - b·y + tx, y' = b·x + a·y + ty. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/** The whole box, stretched to the model's size; what lies outside the picture repeats its edge. */
export function boxTensor(picture: Raster, box: Box, form: TensorForm): Float32Array {
  const [width, height] = form.size;
  const stepX = box.width / width;
  const stepY = box.height / height;
  return sampled(picture, form, (x, y) => [box.x + (x + 0.5) * stepX - 0.5, box.y + (y + 0.5) * stepY - 0.5]);
}

/** The part of the picture that the similarity lays over the model's input. */
export function alignedTensor(picture: Raster, toPicture: Similarity, form: TensorForm): Float32Array {
  const { a, b, tx, ty } = toPicture;
  return sampled(picture, form, (x, y) => [a * x - b * y + tx, b * x + a * y + ty]);
}

function sampled(
  picture: Raster,
  form: TensorForm,
  source: (x: number, y: number) => readonly [number, number],
): Float32Array {
  const [width, height] = form.size;
  const area = width * height;
  const tensor = new Float32Array(area * (form.planes === 'grey' ? 1 : 3));
  const { mean, scale } = form;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = source(x, y);
      const at = y * width + x;
      const red = bilinear(picture, fromX, fromY, 0);
      const green = bilinear(picture, fromX, fromY, 1);
      const blue = bilinear(picture, fromX, fromY, 2);
      if (form.planes === 'grey') {
        tensor[at] = (RED * red + GREEN * green + BLUE * blue - mean) / scale;
      } else {
        tensor[at] = ((form.planes === 'rgb' ? red : blue) - mean) / scale;
        tensor[area + at] = (green - mean) / scale;
        tensor[2 * area + at] = ((form.planes === 'rgb' ? blue : red) - mean) / scale;
      }
    }
  }
  return tensor;
}

function bilinear({ width, height, rgb }: Raster, x: number, y: number, channel: number): number {
  const atX = Math.min(Math.max(x, 0), width - 1);
  const atY = Math.min(Math.max(y, 0), height - 1);
  const left = Math.floor(atX);
  const top = Math.floor(atY);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const partX = atX - left;
  const partY = atY - top;
  const value = (column: number, row: number): number => rgb[(row * width + column) * 3 + channel] ?? 0;
  const above = value(left, top) * (1 - partX) + value(right, top) * partX;
  const below = value(left, bottom) * (1 - partX) + value(right, bottom) * partX;
  return above * (1 - partY) + below * partY;
}

export interface LightReading {
  /** 0 (black) to 255. */
  readonly meanLuma: number;
  /** Share of pixels at either end of the scale, 0 to 1. */
  readonly clippedShare: number;
  /** Variance of the Laplacian: small when the picture is out of focus or moved. */
  readonly sharpness: number;
}

/** How light and how sharp the part inside the box is, looked at as 64 × 64 grey points. */
export function lightIn(picture: Raster, box: Box): LightReading {
  const side = 64;
  const grey = boxTensor(picture, box, { size: [side, side], planes: 'grey', mean: 0, scale: 1 });
  let sum = 0;
  let clipped = 0;
  for (const value of grey) {
    sum += value;
    if (value < 4 || value > 251) clipped += 1;
  }
  let edges = 0;
  let edgeSquares = 0;
  let count = 0;
  const at = (x: number, y: number): number => grey[y * side + x] ?? 0;
  for (let y = 1; y < side - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1) {
      const edge = 4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1);
      edges += edge;
      edgeSquares += edge * edge;
      count += 1;
    }
  }
  const meanEdge = edges / count;
  const reading = {
    meanLuma: sum / grey.length,
    clippedShare: clipped / grey.length,
    sharpness: edgeSquares / count - meanEdge * meanEdge,
  };
  grey.fill(0);
  return reading;
}
