/**
 * Bar codes of `GS k`: which kinds there are, what data each can hold, and what it says.
 * A check digit that was sent is printed as sent, not verified, as printers do.
 */
import { code128Bars } from './code128-bars.ts';
import { codabarBars, code39Bars, eanBars, itfBars, upcEBars } from './linear-bars.ts';

export interface BarcodeKind {
  readonly type: string;
  readonly fits: RegExp;
  /** Modules, `true` = black; `undefined` when this simulator can't draw the kind. */
  readonly bars?: (data: string) => readonly boolean[] | undefined;
  /** What a scanner reads, where the data as sent has more in it. */
  readonly says?: (data: string) => string;
}

const upcA: BarcodeKind = {
  type: 'upcA',
  fits: /^\d{11,12}$/,
  bars: (data) => eanBars(`0${withCheckDigit(data, 11)}`),
  says: (data) => withCheckDigit(data, 11),
};
const upcE: BarcodeKind = { type: 'upcE', fits: /^(\d{6,8}|\d{11,12})$/, bars: upcEBars };
const ean13: BarcodeKind = {
  type: 'ean13',
  fits: /^\d{12,13}$/,
  bars: (data) => eanBars(withCheckDigit(data, 12)),
  says: (data) => withCheckDigit(data, 12),
};
const ean8: BarcodeKind = {
  type: 'ean8',
  fits: /^\d{7,8}$/,
  bars: (data) => eanBars(withCheckDigit(data, 7)),
  says: (data) => withCheckDigit(data, 7),
};
const code39: BarcodeKind = {
  type: 'code39',
  fits: /^\*?[0-9A-Z $%+\-./]+\*?$/,
  bars: code39Bars,
  says: (data) => data.replace(/^\*|\*$/g, ''),
};
const itf: BarcodeKind = { type: 'itf', fits: /^(\d\d)+$/, bars: itfBars };
const codabar: BarcodeKind = { type: 'codabar', fits: /^[A-Da-d][0-9$+\-./:]+[A-Da-d]$/, bars: codabarBars };
const code93: BarcodeKind = { type: 'code93', fits: /^[\0-\x7f]+$/ };
const code128: BarcodeKind = {
  type: 'code128',
  fits: /^\{[ABC][\0-\xff]+$/,
  bars: (data) => code128Bars(data)?.bars,
  says: (data) => code128Bars(data)?.text ?? data,
};
const gs1: BarcodeKind = { type: 'gs1-128', fits: /^[\x20-\x7e]+$/ };
const dataBar = (type: string): BarcodeKind => ({ type, fits: /^[\x20-\x7e]+$/ });
const code128Auto: BarcodeKind = {
  type: 'code128',
  fits: /^[\x20-\x7e]+$/,
  bars: (data) => code128Bars(`{B${data.replaceAll('{', '{{')}`)?.bars,
};

/** By `m` of `GS k`: 0-6 with NUL at the end, 65-79 with a length. */
export const barcodeKinds: Readonly<Record<number, BarcodeKind | undefined>> = {
  0: upcA,
  1: upcE,
  2: ean13,
  3: ean8,
  4: code39,
  5: itf,
  6: codabar,
  65: upcA,
  66: upcE,
  67: ean13,
  68: ean8,
  69: code39,
  70: itf,
  71: codabar,
  72: code93,
  73: code128,
  74: gs1,
  75: dataBar('gs1DataBarOmni'),
  76: dataBar('gs1DataBarTruncated'),
  77: dataBar('gs1DataBarLimited'),
  78: dataBar('gs1DataBarExpanded'),
  79: code128Auto,
};

/** The check digit of EAN and UPC, added when only the first `count` digits were sent. */
export function withCheckDigit(digits: string, count: number): string {
  if (digits.length !== count) return digits;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += Number(digits[count - 1 - index]) * (index % 2 === 0 ? 3 : 1);
  return digits + ((10 - (sum % 10)) % 10);
}
