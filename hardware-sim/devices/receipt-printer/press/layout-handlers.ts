/** Commands that set where data prints: alignment, positions, tabs, margins, motion units. */
import { byteAt, choiceAt, signedWordAt, wordAt } from './arguments.ts';
import type { Handler } from './handlers.ts';
import { CELL_DOTS, DEFAULT_LINE_SPACING, DOTS_PER_INCH } from './print-state.ts';

const alignments = ['left', 'center', 'right'] as const;

export const layoutHandlers: Readonly<Record<string, Handler>> = {
  HT: (press) => {
    const { tabs, singleByte, rightSpace, font } = press.state;
    const cell = ((font === 'b' ? 9 : CELL_DOTS) + rightSpace) * singleByte.scaleX;
    const next = tabs.find((column) => column * cell > press.x);
    return next === undefined ? 'outOfRange' : press.moveTo(next * cell);
  },
  'ESC D': (press, args) => {
    const end = args.indexOf(0);
    press.state.tabs = [...args.subarray(0, end < 0 ? args.length : end)];
    return undefined;
  },
  'ESC a': (press, args) => {
    const align = alignments[choiceAt(args, 0)];
    if (!align || (!press.lineEmpty && !press.page)) return 'outOfRange';
    press.state.align = align;
    return undefined;
  },
  'ESC $': (press, args) => press.moveTo(Math.round(wordAt(args, 0) * press.state.unitX)),
  'ESC \\': (press, args) => press.moveTo(press.x + Math.round(signedWordAt(args, 0) * press.state.unitX)),
  'GS L': (press, args) => {
    if (!press.lineEmpty) return 'outOfRange';
    const { state, options } = press;
    state.marginLeft = Math.min(Math.round(wordAt(args, 0) * state.unitX), options.widthDots);
    state.areaWidth = Math.min(state.areaWidth, options.widthDots - state.marginLeft);
    return undefined;
  },
  'GS W': (press, args) => {
    if (!press.lineEmpty) return 'outOfRange';
    const { state, options } = press;
    state.areaWidth = Math.min(Math.round(wordAt(args, 0) * state.unitX), options.widthDots - state.marginLeft);
    return undefined;
  },
  'GS P': (press, args) => {
    const { state } = press;
    state.unitX = byteAt(args, 0) === 0 ? 1 : DOTS_PER_INCH / byteAt(args, 0);
    state.unitY = byteAt(args, 1) === 0 ? 1 : DOTS_PER_INCH / byteAt(args, 1);
    return undefined;
  },
  'GS T': (press, args) => {
    if (choiceAt(args, 0) === 1 && !press.lineEmpty) press.endLine();
    else press.dropLine();
    return undefined;
  },
  'ESC 2': (press) => {
    press.state.lineSpacing = DEFAULT_LINE_SPACING;
    return undefined;
  },
  'ESC 3': (press, args) => {
    press.state.lineSpacing = Math.round(byteAt(args, 0) * press.state.unitY);
    return undefined;
  },
};
