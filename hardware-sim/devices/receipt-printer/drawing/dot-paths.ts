/** Dots and modules as SVG path data: one rectangle for each run of black in a row. */
import type { PictureMark } from '../paper.ts';

function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

/** Calls `black` for every run of black in a row of `width` cells. */
function runs(width: number, isBlack: (x: number) => boolean, black: (from: number, length: number) => void): void {
  let from = -1;
  for (let x = 0; x <= width; x++) {
    const dark = x < width && isBlack(x);
    if (dark && from < 0) from = x;
    if (!dark && from >= 0) {
      black(from, x - from);
      from = -1;
    }
  }
}

/** What of a picture is on paper, in dots from its top left corner. */
export function picturePath(mark: Pick<PictureMark, 'picture' | 'scaleX' | 'scaleY' | 'width'>): string {
  const { picture, scaleX, scaleY } = mark;
  const stride = (picture.width + 7) >> 3;
  const shown = Math.min(picture.width, Math.ceil(mark.width / scaleX));
  let path = '';
  for (let y = 0; y < picture.height; y++) {
    const row = y * stride;
    const isBlack = (x: number): boolean => ((picture.bits[row + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
    runs(shown, isBlack, (from, length) => {
      const width = Math.min(length * scaleX, mark.width - from * scaleX);
      path += rectangle(from * scaleX, y * scaleY, width, scaleY);
    });
  }
  return path;
}

/** Rows of modules filling `width` × `height` dots. */
export function modulesPath(rows: readonly (readonly boolean[])[], width: number, height: number): string {
  let path = '';
  const moduleHeight = height / rows.length;
  for (const [index, row] of rows.entries()) {
    const moduleWidth = width / row.length;
    runs(
      row.length,
      (x) => row[x] === true,
      (from, length) => {
        path += rectangle(from * moduleWidth, index * moduleHeight, length * moduleWidth, moduleHeight);
      },
    );
  }
  return path;
}
