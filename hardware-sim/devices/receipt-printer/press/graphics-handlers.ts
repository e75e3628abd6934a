/**
 * `GS ( L` and `GS 8 L`: pictures into the print buffer and out of it, and logos
 * by key code in NV memory and RAM. Questions about memory are the machine's.
 */
import type { Picture } from '../paper.ts';
import { byteAt, wordAt } from './arguments.ts';
import { fromColumns } from './column-dots.ts';
import type { Handler } from './handlers.ts';
import { pictureMark, printAlone } from './picture-handlers.ts';
import type { Outcome, Press } from './press.ts';

const MONOCHROME = 0x30;
/** Only `GS ( L` functions with this first parameter are graphics. */
const GRAPHICS = 0x30;

function raster(args: Uint8Array, at: number, dataAt: number): Picture | undefined {
  const [width, height] = [wordAt(args, at), wordAt(args, at + 2)];
  const bytes = ((width + 7) >> 3) * height;
  if (width === 0 || height === 0 || args.length < dataAt + bytes) return undefined;
  return { width, height, bits: args.slice(dataAt, dataAt + bytes) };
}

function columns(args: Uint8Array, at: number, dataAt: number): Picture | undefined {
  const [width, height] = [wordAt(args, at), wordAt(args, at + 2)];
  const rows = (height + 7) & ~7;
  const bytes = (rows >> 3) * width;
  if (width === 0 || height === 0 || args.length < dataAt + bytes) return undefined;
  return { ...fromColumns(args.subarray(dataAt, dataAt + bytes), width, rows), height };
}

/** fn 112, 113: `m fn a bx by c xL xH yL yH data`. */
function store(press: Press, args: Uint8Array, read: typeof raster): Outcome {
  const [tone, scaleX, scaleY] = [byteAt(args, 2), byteAt(args, 3), byteAt(args, 4)];
  const picture = read(args, 6, 10);
  if (!picture || scaleX < 1 || scaleX > 2 || scaleY < 1 || scaleY > 2) return 'outOfRange';
  if (tone !== MONOCHROME && tone !== 0x34) return 'outOfRange';
  press.logos.buffered = { picture, scaleX, scaleY };
  return undefined;
}

/** fn 67, 68, 83, 84: `m fn a kc1 kc2 b xL xH yL yH c data`; only the first colour is kept. */
function keep(press: Press, args: Uint8Array, memory: 'nv' | 'ram', read: typeof raster): Outcome {
  const picture = byteAt(args, 2) === MONOCHROME ? read(args, 6, 11) : undefined;
  return picture && press.logos.keep(memory, wordAt(args, 3), picture) ? undefined : 'outOfRange';
}

/** fn 69, 85: `m fn kc1 kc2 x y`. An unknown key prints nothing. */
function printKept(press: Press, args: Uint8Array, memory: 'nv' | 'ram'): Outcome {
  const [scaleX, scaleY] = [byteAt(args, 4), byteAt(args, 5)];
  if (scaleX < 1 || scaleX > 2 || scaleY < 1 || scaleY > 2) return 'outOfRange';
  return printAlone(press, press.logos[memory].get(wordAt(args, 2)), scaleX, scaleY);
}

function printBuffered(press: Press): Outcome {
  const buffered = press.logos.buffered;
  if (!buffered) return 'outOfRange';
  press.logos.buffered = undefined;
  return press.placeAlone(pictureMark(press, buffered.picture, buffered.scaleX, buffered.scaleY));
}

const clears = (args: Uint8Array): boolean => String.fromCharCode(...args.subarray(2, 5)) === 'CLR';

const functions: Readonly<Record<number, Handler>> = {
  2: (press) => printBuffered(press),
  50: (press) => printBuffered(press),
  65: (press, args) => (clears(args) ? void press.logos.nv.clear() : 'outOfRange'),
  66: (press, args) => (press.logos.nv.delete(wordAt(args, 2)) ? undefined : 'outOfRange'),
  67: (press, args) => keep(press, args, 'nv', raster),
  68: (press, args) => keep(press, args, 'nv', columns),
  69: (press, args) => printKept(press, args, 'nv'),
  81: (press, args) => (clears(args) ? void press.logos.ram.clear() : 'outOfRange'),
  82: (press, args) => (press.logos.ram.delete(wordAt(args, 2)) ? undefined : 'outOfRange'),
  83: (press, args) => keep(press, args, 'ram', raster),
  84: (press, args) => keep(press, args, 'ram', columns),
  85: (press, args) => printKept(press, args, 'ram'),
  112: (press, args) => store(press, args, raster),
  113: (press, args) => store(press, args, columns),
};

/** Functions that only answer; the machine serves them. */
const questions = [0, 48, 51, 64, 80];

function graphics(press: Press, body: Uint8Array): Outcome {
  const wanted = byteAt(body, 1);
  if (byteAt(body, 0) !== GRAPHICS) return 'outOfRange';
  if (questions.includes(wanted)) return undefined;
  return functions[wanted]?.(press, body) ?? (functions[wanted] ? undefined : 'outOfRange');
}

export const graphicsHandlers: Readonly<Record<string, Handler>> = {
  'GS ( L': (press, args) => graphics(press, args.subarray(2)),
  'GS 8 L': (press, args) => graphics(press, args.subarray(4)),
};
