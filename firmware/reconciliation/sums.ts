/** The four sums that parties' books are compared in, whole fen. */
import type { Fen } from '../money.ts';

export interface Sums {
  /** 医疗费总额 */
  readonly totalFen: Fen;
  /** 基金支付 */
  readonly fundFen: Fen;
  /** 个人账户支付 */
  readonly accountFen: Fen;
  /** 自付: what went through a payment channel or the cash box. */
  readonly ownFen: Fen;
}

export const NOTHING: Sums = { totalFen: 0, fundFen: 0, accountFen: 0, ownFen: 0 };

export function plus(left: Sums, right: Sums): Sums {
  return {
    totalFen: left.totalFen + right.totalFen,
    fundFen: left.fundFen + right.fundFen,
    accountFen: left.accountFen + right.accountFen,
    ownFen: left.ownFen + right.ownFen,
  };
}

export function minus(left: Sums, right: Sums): Sums {
  return plus(left, negative(right));
}

export function negative({ totalFen, fundFen, accountFen, ownFen }: Sums): Sums {
  // 0 - x: a negative zero would be another text in a row of the database.
  return { totalFen: 0 - totalFen, fundFen: 0 - fundFen, accountFen: 0 - accountFen, ownFen: 0 - ownFen };
}

export function sumOf(items: Iterable<Sums>): Sums {
  let sum = NOTHING;
  for (const item of items) sum = plus(sum, item);
  return sum;
}

export function isNothing({ totalFen, fundFen, accountFen, ownFen }: Sums): boolean {
  return totalFen === 0 && fundFen === 0 && accountFen === 0 && ownFen === 0;
}

/** Only what every compared book knows; other fields of a row are left behind. */
export function sumsOf({ totalFen, fundFen, accountFen, ownFen }: Sums): Sums {
  return { totalFen, fundFen, accountFen, ownFen };
}
