/**
 * Decimal text and exact integers: the one place where the parties turn yuan,
 * prices and quantities into integers and back. Nothing passes through binary
 * floating point.
 */

/** Largest amount that the fund arithmetic keeps exact, fen (9 thousand million yuan). */
export const LARGEST_FEN = 900_000_000_000;

/** Reads plain decimal text scaled by 10^`places`; `undefined` for anything else or for lost digits. */
export function parseDecimal(text: string, places: number): bigint | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,20}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (/[^0]/.test(fraction.slice(places))) return undefined;
  const scaled = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return sign === '-' ? -scaled : scaled;
}

/** Yuan text → fen. */
export function parseFen(text: string): number | undefined {
  const scaled = parseDecimal(text, 2);
  if (scaled === undefined) return undefined;
  const fen = Number(scaled);
  return Math.abs(fen) > LARGEST_FEN ? undefined : fen;
}

/** 1205 → `12.05` */
export function fenText(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError('An amount must be whole fen.');
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Basis points → four decimals, 1000 → `0.1000`. */
export function ratioText(basisPoints: number): string {
  const digits = String(basisPoints).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** Price (≤ 6 decimals, yuan) × quantity (≤ 4 decimals) → fen, half up. `undefined` when one is no decimal. */
export function priceTimes(price: string, quantity: string): number | undefined {
  const microYuan = parseDecimal(price, 6);
  const tenThousandths = parseDecimal(quantity, 4);
  if (microYuan === undefined || tenThousandths === undefined || microYuan < 0n || tenThousandths < 0n)
    return undefined;
  const fen = Number((microYuan * tenThousandths + 50_000_000n) / 100_000_000n);
  return fen > LARGEST_FEN ? undefined : fen;
}
