/** One-dimensional bar codes: `GS k` and what sets their height, width and caption. */
import type { SymbolMark } from '../paper.ts';
import { byteAt, choiceAt } from './arguments.ts';
import { barcodeKinds } from './barcode-kinds.ts';
import type { Handler } from './handlers.ts';
import type { Outcome, Press } from './press.ts';

const captions = ['none', 'above', 'below', 'both'] as const;
const CAPTION_DOTS = 28;
/** A kind that is not drawn as bars is stood for by a labelled box of this many modules. */
const BOX_MODULES = 90;

function dataOf(args: Uint8Array): string {
  const from = byteAt(args, 0) >= 65 ? 2 : 1;
  const ended = from === 1 && args[args.length - 1] === 0;
  let data = '';
  for (const byte of args.subarray(from, ended ? args.length - 1 : args.length)) data += String.fromCharCode(byte);
  return data;
}

function barcode(press: Press, args: Uint8Array): Outcome {
  const kind = barcodeKinds[byteAt(args, 0)];
  if (!kind) return 'outOfRange';
  const data = dataOf(args);
  const bars = kind.fits.test(data) ? (kind.bars ? kind.bars(data) : undefined) : undefined;
  const nothingToDraw = kind.bars !== undefined && bars === undefined && kind.type === 'code128';
  if (!kind.fits.test(data) || nothingToDraw) {
    press.text(data.replace(/[^\x20-\x7e]/g, ''));
    return 'outOfRange';
  }
  const { state } = press;
  const width = (bars?.length ?? BOX_MODULES) * state.barcodeModule;
  if (width > press.lineWidth) return 'outOfRange';
  const captionLines = state.caption === 'none' ? 0 : state.caption === 'both' ? 2 : 1;
  const says = kind.says?.(data) ?? data;
  const mark: SymbolMark = {
    kind: 'symbol',
    x: 0,
    width,
    height: state.barcodeHeight + captionLines * CAPTION_DOTS,
    type: kind.type,
    data: says,
    caption: state.caption,
    captionText: says,
  };
  return press.placeAlone(bars ? { ...mark, modules: [bars] } : mark);
}

export const barcodeHandlers: Readonly<Record<string, Handler>> = {
  'GS k': barcode,
  'GS h': (press, args) => {
    if (byteAt(args, 0) === 0) return 'outOfRange';
    press.state.barcodeHeight = byteAt(args, 0);
    return undefined;
  },
  'GS w': (press, args) => {
    const dots = byteAt(args, 0);
    if (dots < 1 || dots > 6) return 'outOfRange';
    press.state.barcodeModule = dots;
    return undefined;
  },
  'GS H': (press, args) => {
    const caption = captions[choiceAt(args, 0)];
    if (!caption) return 'outOfRange';
    press.state.caption = caption;
    return undefined;
  },
};
