/** The thread that draws sheets: opening a Chinese font must not hold up the hall. One sheet in, one SVG out. */
import { parentPort } from 'node:worker_threads';
import { emptySheet } from '../devices/receipt-printer/paper.ts';
import { paperSvg } from '../devices/receipt-printer/paper-svg.ts';
import type { DrawingOrder, DrawingResult } from './paper-drawer.ts';

const PRINT_AREA_DOTS = 576;

parentPort?.on('message', ({ number, sheet }: DrawingOrder) => {
  const result: DrawingResult = { number, svg: paperSvg(sheet) };
  parentPort?.postMessage(result);
});

/** Opens both fonts before the first slip needs them. */
const style = { font: 'a', scaleX: 1, scaleY: 1, underline: 0, inverse: false, rotated: false } as const;
const marks = [false, true].map(
  (bold) => ({ kind: 'glyph', x: 0, width: 24, height: 24, text: '医', style: { ...style, bold } }) as const,
);
const line = { y: 0, height: 24, marks, upsideDown: false, turned: 0, left: 0, burnt: 24, whole: true } as const;
paperSvg({ ...emptySheet(PRINT_AREA_DOTS), lines: [line] });
