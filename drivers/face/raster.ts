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
  const stepX = box.width / form.size[0];
  const stepY = box.height / form.size[1];
  const startX = box.x + stepX / 2 - 0.5;
  const startY = box.y + stepY / 2 - 0.5;
  return sampled(picture, form, { xx: stepX, xy: 0, x: startX, yx: 0, yy: stepY, y: startY });
}

/** The part of the picture that the similarity lays over the model's input. */
export function alignedTensor(picture: Raster, { a, b, tx, ty }: Similarity, form: TensorForm): Float32Array {
  return sampled(picture, form, { xx: a, xy: -b, x: tx, yx: b, yy: a, y: ty });
}

/** Where a point of the input lies in the picture: x' = xx·x + xy·y + x0, y' likewise. */
interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x: number;
  readonly yx: number;
  readonly yy: number;
  readonly y: number;
}

/** Bilinear. One flat loop, because it runs for a quarter of a million pixels in each look. */
function sampled({ width, height, rgb }: Raster, form: TensorForm, from: Affine): Float32Array {
  const [across, down] = form.size;
  const { mean, scale, planes } = form;
  const area = across * down;
  const grey = planes === 'grey';
  const tensor = new Float32Array(grey ? area : area * 3);
  const redPlane = planes === 'bgr' ? 2 * area : 0;
  const bluePlane = planes === 'bgr' ? 0 : 2 * area;
  let at = 0;
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const x = Math.min(Math.max(from.xx * column + from.xy * row + from.x, 0), width - 1);
      const y = Math.min(Math.max(from.yx * column + from.yy * row + from.y, 0), height - 1);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const right = left + 1 < width ? 3 : 0;
      const below = top + 1 < height ? width * 3 : 0;
      const corner = (top * width + left) * 3;
      const partX = x - left;
      const partY = y - top;
      const w00 = (1 - partX) * (1 - partY);
      const w10 = partX * (1 - partY);
      const w01 = (1 - partX) * partY;
      const w11 = partX * partY;
      const mixed = (channel: number): number =>
        w00 * (rgb[corner + channel] as number) +
        w10 * (rgb[corner + right + channel] as number) +
        w01 * (rgb[corner + below + channel] as number) +
        w11 * (rgb[corner + right + below + channel] as number);
      const red = mixed(0);
      const green = mixed(1);
      const blue = mixed(2);
      if (grey) tensor[at] = (RED * red + GREEN * green + BLUE * blue - mean) / scale;
      else {
        tensor[redPlane + at] = (red - mean) / scale;
        tensor[area + at] = (green - mean) / scale;
        tensor[bluePlane + at] = (blue - mean) / scale;
      }
      at += 1;
    }
  }
  return tensor;
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
