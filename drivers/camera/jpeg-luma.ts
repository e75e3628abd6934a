/**
 * How light a JPEG picture is, block by block, without decoding it.
 *
 * It reads only the DC value of each luminance block (ITU-T T.81, baseline and
 * extended Huffman): an eighth of the picture in each direction, enough to see
 * a covered lens. One promise: hostile bytes give `undefined`, never an error
 * and never more work than the picture is long, which is held to one megabyte.
 */

import { type HuffmanSpec, TYPICAL_TABLES } from './huffman-table.ts';
import { DcScan, type FrameForm, type HuffmanTables } from './jpeg-scan.ts';

export interface LumaReading {
  /** 0 (black) to 255. */
  readonly mean: number;
  /** Standard deviation over the blocks: near 0 for a wall of one colour, a hand or a lens cap. */
  readonly spread: number;
}

const MOST_SIDE = 4_096;
/** A Full HD camera's frame is a third of this; a longer one would hold the main loop. Bytes. */
export const LONGEST_LOOK = 1_048_576;
const SOF = new Set([0xc0, 0xc1]);
const OTHER_SOF = new Set([0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** `undefined`: no baseline JPEG, or a broken one. */
export function lumaOf(jpeg: Uint8Array): LumaReading | undefined {
  const tables: Record<HuffmanSpec['key'], HuffmanSpec> = { dc0: spec(0), dc1: spec(1), ac0: spec(2), ac1: spec(3) };
  const dcSteps: [number, number, number, number] = [1, 1, 1, 1];
  let form: FrameForm | undefined;
  let restartEvery = 0;
  let at = 2;
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8 || jpeg.length > LONGEST_LOOK) return undefined;
  while (at + 4 <= jpeg.length) {
    if (jpeg[at] !== 0xff) return undefined;
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const size = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    const segment = jpeg.subarray(at + 4, at + 2 + size);
    if (size < 2 || segment.length !== size - 2 || OTHER_SOF.has(marker)) return undefined;
    at += 2 + size;
    if (marker === 0xdb && !readSteps(segment, dcSteps)) return undefined;
    if (marker === 0xc4 && !readTables(segment, tables)) return undefined;
    if (marker === 0xdd) restartEvery = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0);
    if (SOF.has(marker)) {
      form = frameForm(segment);
      if (!form) return undefined;
    }
    if (marker === 0xda) {
      return form && scanned(jpeg.subarray(at), segment, { form, tables, dcSteps, restartEvery });
    }
  }
  return undefined;
}

interface Picture {
  readonly form: FrameForm;
  readonly tables: HuffmanTables;
  readonly dcSteps: readonly number[];
  readonly restartEvery: number;
}

function scanned(data: Uint8Array, header: Uint8Array, picture: Picture): LumaReading | undefined {
  const { form, tables, dcSteps, restartEvery } = picture;
  const scan = DcScan.of(header, form, tables, restartEvery);
  const values = scan?.luma(data);
  if (!values || values.length === 0) return undefined;
  const step = (dcSteps[form.lumaStep] ?? 1) / 8;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    const luma = Math.min(255, Math.max(0, value * step + 128));
    sum += luma;
    squares += luma * luma;
  }
  const mean = sum / values.length;
  return { mean, spread: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

/** Quantisation tables: only the first value of each, the DC's. */
function readSteps(segment: Uint8Array, steps: number[]): boolean {
  let at = 0;
  while (at < segment.length) {
    const head = segment[at] ?? 0;
    const wide = head >> 4;
    const table = head & 15;
    if (wide > 1 || table > 3 || at + 65 + 64 * wide > segment.length) return false;
    steps[table] = wide === 1 ? ((segment[at + 1] ?? 0) << 8) | (segment[at + 2] ?? 0) : (segment[at + 1] ?? 0);
    at += 65 + 64 * wide;
  }
  return true;
}

function readTables(segment: Uint8Array, tables: Record<HuffmanSpec['key'], HuffmanSpec>): boolean {
  let at = 0;
  while (at < segment.length) {
    const head = segment[at] ?? 0;
    const key = ({ 0: 'dc0', 1: 'dc1', 16: 'ac0', 17: 'ac1' } as const)[head];
    const counts = [...segment.subarray(at + 1, at + 17)];
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (!key || counts.length < 16 || total > 256 || at + 17 + total > segment.length) return false;
    tables[key] = { key, counts, values: [...segment.subarray(at + 17, at + 17 + total)] };
    at += 17 + total;
  }
  return true;
}

function frameForm(segment: Uint8Array): FrameForm | undefined {
  const height = ((segment[1] ?? 0) << 8) | (segment[2] ?? 0);
  const width = ((segment[3] ?? 0) << 8) | (segment[4] ?? 0);
  const count = segment[5] ?? 0;
  const sized = width > 0 && height > 0 && width <= MOST_SIDE && height <= MOST_SIDE;
  if (segment[0] !== 8 || !sized || (count !== 1 && count !== 3) || segment.length < 6 + 3 * count) return undefined;
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0] = segment.subarray(6 + 3 * index, 8 + 3 * index);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) return undefined;
  return { width, height, components, lumaStep: (segment[8] ?? 0) & 3 };
}

function spec(index: number): HuffmanSpec {
  return TYPICAL_TABLES[index] as HuffmanSpec;
}
