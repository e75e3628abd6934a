/**
 * Spreads amounts over the lines of a bill by the largest remainder, so that
 * the parts add up to the fen (SZ-242). One promise: no part exceeds its line.
 */
import type { Fen } from '../money.ts';

/**
 * @param amountFen what to spread, 0 ≤ amount ≤ sum of `linesFen`
 * @param linesFen the lines' own amounts, the weights, ≥ 0
 * @returns one part per line; their sum is `amountFen`
 * @throws RangeError for an amount that does not fit
 */
export function spreadOverLines(amountFen: Fen, linesFen: readonly Fen[]): readonly Fen[] {
  const total = linesFen.reduce((sum, line) => sum + line, 0);
  if (linesFen.some((line) => line < 0)) throw new RangeError('A line of less than nothing can take no part.');
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

/**
 * 医保记账 of each line; the rest of a line is 个人现金. Lines that the insurance does not cover get a
 * part only of what the covered ones cannot hold (an account that may pay for them): a wholly self-paid
 * item that seems half paid by the fund would be a false paper.
 *
 * @param recordedFen what the patient does not pay in cash, 0 ≤ recorded ≤ sum of all lines
 */
export function recordedOverLines(
  recordedFen: Fen,
  lines: readonly { readonly amountFen: Fen; readonly covered: boolean }[],
): readonly Fen[] {
  const coveredFen = lines.map((line) => (line.covered ? line.amountFen : 0));
  const coverable = Math.min(
    recordedFen,
    coveredFen.reduce((sum, line) => sum + line, 0),
  );
  const first = spreadOverLines(coverable, coveredFen);
  const rest = spreadOverLines(
    recordedFen - coverable,
    lines.map((line, index) => line.amountFen - (first[index] ?? 0)),
  );
  return first.map((part, index) => part + (rest[index] ?? 0));
}
