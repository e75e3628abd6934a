/** Page mode: entering, leaving, its area, direction and vertical positions. */
import { choiceAt, signedWordAt, wordAt } from './arguments.ts';
import type { Handler } from './handlers.ts';
import { type Direction, PageArea } from './page-area.ts';
import type { Press } from './press.ts';

/** The whole page before `ESC W`: the paper's width, and this height in dots. */
const DEFAULT_PAGE_DOTS = 831;

function print(press: Press): void {
  if (!press.page) return;
  if (!press.lineEmpty) press.endLine();
  press.emit(press.page.toOp());
}

function direction(value: number): Direction | undefined {
  return value === 0 || value === 1 || value === 2 || value === 3 ? value : undefined;
}

export const pageHandlers: Readonly<Record<string, Handler>> = {
  'ESC L': (press) => {
    if (!press.lineEmpty || press.page) return 'outOfRange';
    press.page = new PageArea({ x: 0, y: 0, width: press.options.widthDots, height: DEFAULT_PAGE_DOTS });
    return undefined;
  },
  'ESC S': (press) => {
    if (!press.page) return 'outOfRange';
    press.dropLine();
    press.page = undefined;
    return undefined;
  },
  FF: (press) => {
    if (!press.page) return void press.endLineAndFeed(press.state.lineSpacing);
    print(press);
    press.page = undefined;
    return undefined;
  },
  'ESC FF': (press) => (press.page ? void print(press) : 'outOfRange'),
  CAN: (press) => {
    if (!press.page) return 'outOfRange';
    press.dropLine();
    press.page.clear();
    return undefined;
  },
  'ESC T': (press, args) => {
    const way = direction(choiceAt(args, 0));
    if (way === undefined || !press.page) return 'outOfRange';
    if (!press.lineEmpty) press.endLine();
    press.page.setDirection(way);
    return undefined;
  },
  'ESC W': (press, args) => {
    const { unitX, unitY } = press.state;
    const [x, y] = [Math.round(wordAt(args, 0) * unitX), Math.round(wordAt(args, 2) * unitY)];
    const [width, height] = [Math.round(wordAt(args, 4) * unitX), Math.round(wordAt(args, 6) * unitY)];
    if (!press.page || width === 0 || height === 0 || x >= press.options.widthDots) return 'outOfRange';
    if (!press.lineEmpty) press.endLine();
    press.page.setArea({ x, y, width: Math.min(width, press.options.widthDots - x), height });
    return undefined;
  },
  'GS $': (press, args) => moveDown(press, Math.round(wordAt(args, 0) * press.state.unitY), false),
  'GS \\': (press, args) => moveDown(press, Math.round(signedWordAt(args, 0) * press.state.unitY), true),
};

function moveDown(press: Press, dots: number, relative: boolean): 'outOfRange' | undefined {
  if (!press.page) return 'outOfRange';
  // What stands on the line keeps its place; only what follows moves.
  const { x } = press;
  if (x > 0) {
    press.endLine(0);
    if (relative) press.page.moveDown(-24, true);
    press.moveTo(x);
  }
  return press.page.moveDown(dots, relative) ? undefined : 'outOfRange';
}
