/** Exact comparison of the decimal texts of bills and lists: prices and quantities never become floating numbers. */

export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

/** @throws RangeError for a text that is no plain decimal. */
export function decimal(text: string): Decimal {
  const match = /^(\d{1,16})(?:\.(\d{1,8}))?$/.exec(text);
  if (!match) throw new RangeError('Not a plain decimal.');
  const [, whole = '0', fraction = ''] = match;
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** Below zero when `one` is less. */
export function compareDecimals(one: string, other: string): number {
  const [left, right] = [decimal(one), decimal(other)];
  const places = Math.max(left.places, right.places);
  const difference = scaled(left, places) - scaled(right, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `one` + `other`, as decimal text. */
export function addDecimals(one: string, other: string): string {
  const [left, right] = [decimal(one), decimal(other)];
  const places = Math.max(left.places, right.places);
  const digits = (scaled(left, places) + scaled(right, places)).toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function scaled({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places);
}
