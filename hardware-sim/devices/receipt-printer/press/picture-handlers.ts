/** Column pictures, raster pictures, downloaded pictures and the old NV logos. */
import type { Picture, PictureMark } from '../paper.ts';
import { byteAt, choiceAt, wordAt } from './arguments.ts';
import { fromColumns } from './column-dots.ts';
import type { Handler } from './handlers.ts';
import type { Outcome, Press } from './press.ts';

/** A picture as a mark: scaled, and cut off at the edge of the print area. */
export function pictureMark(press: Press, picture: Picture, scaleX: number, scaleY: number): PictureMark {
  const width = Math.min(picture.width * scaleX, Math.max(0, press.lineWidth));
  return { kind: 'picture', x: 0, width, height: picture.height * scaleY, picture, scaleX, scaleY };
}

export function printAlone(press: Press, picture: Picture | undefined, scaleX: number, scaleY: number): Outcome {
  if (!picture) return 'outOfRange';
  return press.placeAlone(pictureMark(press, picture, scaleX, scaleY));
}

/** Modes 0-3 of raster and logo commands: bit 0 doubles the width, bit 1 the height. */
const scales = (mode: number): readonly [number, number] => [mode & 1 ? 2 : 1, mode & 2 ? 2 : 1];

/** 8-dot rows are three dots tall, low density is two dots wide. */
const columnStretch: Readonly<Record<number, { readonly rows: number; readonly x: number; readonly y: number }>> = {
  0: { rows: 8, x: 2, y: 3 },
  1: { rows: 8, x: 1, y: 3 },
  32: { rows: 24, x: 2, y: 1 },
  33: { rows: 24, x: 1, y: 1 },
};

export const pictureHandlers: Readonly<Record<string, Handler>> = {
  'ESC *': (press, args) => {
    const stretch = columnStretch[byteAt(args, 0)];
    const columns = wordAt(args, 1);
    if (!stretch || columns === 0) return 'outOfRange';
    const room = Math.max(0, press.lineWidth - press.x);
    const shown = Math.min(columns, Math.ceil(room / stretch.x));
    if (shown === 0) return 'outOfRange';
    const picture = fromColumns(args.subarray(3), shown, stretch.rows, stretch);
    const mark = pictureMark(press, picture, 1, 1);
    press.place({ ...mark, width: Math.min(mark.width, room) });
    return undefined;
  },
  'GS v 0': (press, args) => {
    const mode = choiceAt(args, 0);
    const [bytesAcross, height] = [wordAt(args, 1), wordAt(args, 3)];
    if (mode > 3 || bytesAcross === 0 || height === 0) return 'outOfRange';
    const picture = { width: bytesAcross * 8, height, bits: args.slice(5) };
    return printAlone(press, picture, ...scales(mode));
  },
  'GS *': (press, args) => {
    const [columns, rows] = [byteAt(args, 0) * 8, byteAt(args, 1) * 8];
    if (args.length < 3) return 'outOfRange';
    press.state.downloadedPicture = fromColumns(args.subarray(2), columns, rows);
    return undefined;
  },
  'GS /': (press, args) => {
    const mode = choiceAt(args, 0);
    if (mode > 3) return 'outOfRange';
    return printAlone(press, press.state.downloadedPicture, ...scales(mode));
  },
  'FS q': (press, args) => {
    const pictures: Picture[] = [];
    let at = 1;
    while (pictures.length < byteAt(args, 0) && at + 4 < args.length) {
      const [columns, rows] = [wordAt(args, at) * 8, wordAt(args, at + 2) * 8];
      const bytes = (columns * rows) >> 3;
      if (at + 4 + bytes > args.length) break;
      pictures.push(fromColumns(args.subarray(at + 4, at + 4 + bytes), columns, rows));
      at += 4 + bytes;
    }
    press.logos.old = pictures;
    return pictures.length === byteAt(args, 0) ? undefined : 'outOfRange';
  },
  'FS p': (press, args) => {
    const mode = choiceAt(args, 1);
    if (mode > 3) return 'outOfRange';
    return printAlone(press, press.logos.old[byteAt(args, 0) - 1], ...scales(mode));
  },
};
