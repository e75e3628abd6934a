/** Pictures in the column order of dot-matrix heads, turned into rows. */
import type { Picture } from '../paper.ts';

export interface Stretch {
  readonly x: number;
  readonly y: number;
}

/** `height / 8` bytes a column, highest bit on top; each dot becomes `stretch.x` × `stretch.y` dots. */
export function fromColumns(
  bytes: Uint8Array,
  columns: number,
  rows: number,
  stretch: Stretch = { x: 1, y: 1 },
): Picture {
  const width = columns * stretch.x;
  const height = rows * stretch.y;
  const stride = (width + 7) >> 3;
  const bits = new Uint8Array(stride * height);
  const bytesPerColumn = rows >> 3;
  for (let column = 0; column < columns; column++) {
    for (let part = 0; part < bytesPerColumn; part++) {
      const value = bytes[column * bytesPerColumn + part] ?? 0;
      for (let bit = 0; bit < 8; bit++) {
        if ((value & (0x80 >> bit)) === 0) continue;
        for (let dy = 0; dy < stretch.y; dy++) {
          const start = ((part * 8 + bit) * stretch.y + dy) * stride;
          for (let x = column * stretch.x; x < (column + 1) * stretch.x; x++) {
            bits[start + (x >> 3)] = (bits[start + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
          }
        }
      }
    }
  }
  return { width, height, bits };
}
