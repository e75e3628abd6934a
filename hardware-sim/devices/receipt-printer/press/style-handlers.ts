/** Commands that set how characters look, and the characters that the host downloads. */
import type { Picture } from '../paper.ts';
import { byteAt, choiceAt } from './arguments.ts';
import { fromColumns } from './column-dots.ts';
import type { Handler } from './handlers.ts';
import type { Press } from './press.ts';
import type { PrintState } from './print-state.ts';

const lowBit = (args: Uint8Array): boolean => (byteAt(args, 0) & 1) === 1;

function restyling(change: (state: PrintState, args: Uint8Array, press: Press) => void): Handler {
  return (press, args) => {
    change(press.state, args, press);
    press.state.restyle();
    return undefined;
  };
}

const underline = (value: number): 0 | 1 | 2 => (value === 1 || value === 2 ? value : 0);

const size = (state: PrintState['chinese'], scaleX: number, scaleY: number): void => {
  state.scaleX = scaleX;
  state.scaleY = scaleY;
};

export const styleHandlers: Readonly<Record<string, Handler>> = {
  'ESC @': (press) => void press.initialize(),
  'ESC !': restyling((state, args, press) => {
    const bits = byteAt(args, 0);
    state.font = bits & 0x01 ? 'b' : 'a';
    state.bold = (bits & 0x08) !== 0;
    for (const target of press.options.escStyleReachesChinese
      ? [state.singleByte, state.chinese]
      : [state.singleByte]) {
      size(target, bits & 0x20 ? 2 : 1, bits & 0x10 ? 2 : 1);
      target.underline = bits & 0x80 ? 1 : 0;
    }
  }),
  'ESC M': restyling((state, args) => {
    state.font = choiceAt(args, 0) === 1 ? 'b' : 'a';
  }),
  'ESC E': restyling((state, args) => {
    state.bold = lowBit(args);
  }),
  'ESC G': restyling((state, args) => {
    state.doubleStrike = lowBit(args);
  }),
  'ESC -': (press, args) => {
    const value = choiceAt(args, 0);
    if (value > 2) return 'outOfRange';
    press.state.singleByte.underline = underline(value);
    if (press.options.escStyleReachesChinese) press.state.chinese.underline = underline(value);
    press.state.restyle();
    return undefined;
  },
  'GS B': restyling((state, args) => {
    state.inverse = lowBit(args);
  }),
  'ESC V': restyling((state, args) => {
    state.rotated = choiceAt(args, 0) === 1;
  }),
  'ESC {': (press, args) => {
    if (!press.lineEmpty) return 'outOfRange';
    press.state.upsideDown = lowBit(args);
    return undefined;
  },
  'GS !': (press, args) => {
    const [scaleX, scaleY] = [(byteAt(args, 0) >> 4) + 1, (byteAt(args, 0) & 0x0f) + 1];
    if (scaleX > 8 || scaleY > 8) return 'outOfRange';
    size(press.state.singleByte, scaleX, scaleY);
    size(press.state.chinese, scaleX, scaleY);
    press.state.restyle();
    return undefined;
  },
  'ESC SP': (press, args) => {
    press.state.rightSpace = Math.round(byteAt(args, 0) * press.state.unitX);
    return undefined;
  },
  'FS !': restyling(({ chinese }, args) => {
    const bits = byteAt(args, 0);
    size(chinese, bits & 0x04 ? 2 : 1, bits & 0x08 ? 2 : 1);
    chinese.underline = bits & 0x80 ? 1 : 0;
  }),
  'FS W': restyling(({ chinese }, args) => size(chinese, lowBit(args) ? 2 : 1, lowBit(args) ? 2 : 1)),
  'FS -': (press, args) => {
    if (choiceAt(args, 0) > 2) return 'outOfRange';
    press.state.chinese.underline = underline(choiceAt(args, 0));
    press.state.restyle();
    return undefined;
  },
  'FS S': (press, args) => {
    press.state.chineseLeftSpace = Math.round(byteAt(args, 0) * press.state.unitX);
    press.state.chineseRightSpace = Math.round(byteAt(args, 1) * press.state.unitX);
    return undefined;
  },
  'FS 2': (press, args) => {
    press.state.userChinese.set(byteAt(args, 0) * 256 + byteAt(args, 1), fromColumns(args.subarray(2), 24, 24));
    return undefined;
  },
  'FS ?': (press, args) => {
    press.state.userChinese.delete(byteAt(args, 0) * 256 + byteAt(args, 1));
    return undefined;
  },
  'ESC %': (press, args) => {
    press.state.userGlyphsOn = lowBit(args);
    return undefined;
  },
  'ESC ?': (press, args) => {
    press.state.userGlyphs.delete(byteAt(args, 0));
    return undefined;
  },
  'ESC &': (press, args) => {
    const downloaded = downloadedGlyphs(args);
    for (const [code, picture] of downloaded) press.state.userGlyphs.set(code, picture);
    return downloaded.length > 0 ? undefined : 'outOfRange';
  },
};

/** `y c1 c2 [x d…]`: `y` bytes a column, `x` columns for each code. */
function downloadedGlyphs(args: Uint8Array): readonly (readonly [number, Picture])[] {
  const [rows, last] = [byteAt(args, 0), byteAt(args, 2)];
  const found: [number, Picture][] = [];
  let at = 3;
  for (let code = byteAt(args, 1); code <= last && at < args.length; code++) {
    const columns = byteAt(args, at);
    const bytes = args.subarray(at + 1, at + 1 + columns * rows);
    if (columns > 0) found.push([code, fromColumns(bytes, columns, rows * 8)]);
    at += 1 + columns * rows;
  }
  return found;
}
