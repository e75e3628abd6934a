/**
 * Money is integer fen, read from and written to decimal text, never through
 * binary floating point. One promise: no amount is rounded here.
 */

/** An amount in fen (1/100 yuan), an integer within ±10^13. */
export type Fen = number;

const YUAN = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/;

/**
 * Reads decimal yuan such as `12`, `12.5`, `-0.05`. Answers `undefined` for anything
 * else: exponents, more than two decimals that are not zero, blanks, signs like `+`.
 */
export function parseYuan(text: string): Fen | undefined {
  const plain = /^-?\d{1,12}\.\d{2}0+$/.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  const match = YUAN.exec(plain);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const fen = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/** `1205` → `12.05`; the one form in which money is shown and sent. */
export function formatYuan(fen: Fen): string {
  const magnitude = Math.abs(fen);
  const text = `${Math.floor(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')}`;
  return fen < 0 ? `-${text}` : text;
}
