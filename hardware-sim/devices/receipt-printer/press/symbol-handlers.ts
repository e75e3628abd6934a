/** Two-dimensional codes: `GS ( k` and the legacy `GS Z` + `ESC Z` of Chinese boards. */
import type { SymbolMark } from '../paper.ts';
import { byteAt, wordAt } from './arguments.ts';
import type { Handler } from './handlers.ts';
import type { Outcome, Press } from './press.ts';
import { families, type QrCorrection, qrOf, type SymbolFamily } from './symbol-store.ts';
import { symbolText } from './symbol-text.ts';

const corrections: Readonly<Record<number, QrCorrection | undefined>> = {
  48: 'low',
  49: 'medium',
  50: 'quartile',
  51: 'high',
};
const legacyCorrections: Readonly<Record<string, QrCorrection | undefined>> = {
  L: 'low',
  M: 'medium',
  Q: 'quartile',
  H: 'high',
};
/** Dots of a symbol that is stood for by a labelled box. */
const BOX = { width: 240, height: 120 };

function print(
  press: Press,
  type: SymbolFamily,
  bytes: Uint8Array,
  modules: SymbolMark['modules'],
  dots: number,
): Outcome {
  const size = modules ? { width: modules.length * dots, height: modules.length * dots } : BOX;
  if (size.width > press.lineWidth) return 'outOfRange';
  const data = symbolText(bytes);
  const mark = { kind: 'symbol', x: 0, ...size, type, data, caption: 'none', captionText: '' } as const;
  return press.placeAlone(modules ? { ...mark, modules } : mark);
}

function twoDimensional(press: Press, args: Uint8Array): Outcome {
  const family = families[byteAt(args, 2)];
  if (!family) return 'outOfRange';
  const { symbols } = press;
  const [wanted, value] = [byteAt(args, 3), byteAt(args, 4)];
  if (wanted === 80) {
    symbols.store(family, args.slice(5));
    return undefined;
  }
  if (wanted === 81) {
    const bytes = symbols.data(family);
    if (!bytes || bytes.length === 0) return 'outOfRange';
    if (family !== 'qr') return print(press, family, bytes, undefined, 0);
    const modules = symbols.qrModules();
    return modules ? print(press, 'qr', bytes, modules, symbols.moduleDots) : 'outOfRange';
  }
  if (family === 'qr' && wanted === 67) {
    if (value < 1 || value > 16) return 'outOfRange';
    symbols.moduleDots = value;
  } else if (family === 'qr' && wanted === 69) {
    const correction = corrections[value];
    if (!correction) return 'outOfRange';
    symbols.correction = correction;
  }
  // Models, rows, columns and options shape a code, not what it says; fn 82 is a question for the machine.
  return undefined;
}

/** `v r k nL nH data`: version, correction as a letter, module size. */
function legacy(press: Press, args: Uint8Array): Outcome {
  const bytes = args.slice(5);
  if (!press.options.legacySymbols) {
    press.text(symbolText(bytes));
    return undefined;
  }
  if (bytes.length === 0 || wordAt(args, 3) !== bytes.length) return 'outOfRange';
  const kind = press.state.legacySymbol;
  if (kind !== 2) return print(press, kind === 1 ? 'dataMatrix' : 'pdf417', bytes, undefined, 0);
  const modules = qrOf(bytes, legacyCorrections[String.fromCharCode(byteAt(args, 1))] ?? 'low');
  const dots = Math.min(Math.max(byteAt(args, 2), 1), 16);
  return modules ? print(press, 'qr', bytes, modules, dots) : 'outOfRange';
}

export const symbolHandlers: Readonly<Record<string, Handler>> = {
  'GS ( k': twoDimensional,
  'GS Z': (press, args) => {
    if (byteAt(args, 0) > 2) return 'outOfRange';
    press.state.legacySymbol = byteAt(args, 0);
    return undefined;
  },
  'ESC Z': legacy,
};
