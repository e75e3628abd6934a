/**
 * Spreads an amount over lines by the largest remainder, so that the parts add
 * up to the fen (SZ-242). One promise: no part exceeds its line.
 */
import type { Fen } from '../money.ts';

/**
 * @param amountFen what to spread, 0 ≤ amount ≤ sum of `linesFen`
 * @param linesFen the lines' own amounts, the weights
 * @returns one part per line; their sum is `amountFen`
 */
export function spreadOverLines(amountFen: Fen, linesFen: readonly Fen[]): readonly Fen[] {
  const total = linesFen.reduce((sum, line) => sum + line, 0);
  if (amountFen < 0 || amountFen > total) throw new RangeError(`${amountFen} fen cannot be spread over ${total} fen`);
  if (total === 0) return linesFen.map(() => 0);
  const shares = linesFen.map((line, index) => {
    // BigInt: fen × fen leaves the safe integers at 950,000 yuan.
    const product = BigInt(amountFen) * BigInt(line);
    return { index, whole: Number(product / BigInt(total)), rest: product % BigInt(total) };
  });
  let left = amountFen - shares.reduce((sum, share) => sum + share.whole, 0);
  const parts = shares.map((share) => share.whole);
  for (const share of [...shares].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left === 0) break;
    parts[share.index] = share.whole + 1;
    left -= 1;
  }
  return parts;
}
