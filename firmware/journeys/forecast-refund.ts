/**
 * What a refund will come to, before anything is undone: old, new and difference.
 *
 * One promise: asking changes nothing, at nobody. A 2206 cannot tell it: as long as the old settlement stands, its
 * deductible and its account money are spent. So fund, account and own part of the old settlement are laid over its
 * lines, as the fee list does it, and the kept lines add up. It is a forecast and called one; once the old settlement
 * is undone the centre's own split decides, and never lets the patient pay more than before.
 */
import { recordedOverLines } from '../documents/allocation.ts';
import type { BillLine, RefundBill } from '../hospital/bill.ts';
import type { SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import { ownExpense } from '../settlement/own-expense.ts';

export interface RefundForecast {
  readonly old: { readonly totalFen: Fen; readonly fundFen: Fen; readonly accountFen: Fen; readonly ownFen: Fen };
  readonly kept: SettlementAmounts;
  /** What goes back to the patient's pocket, fen. */
  readonly backFen: Fen;
  /** What goes back to the personal account (个人账户), fen. */
  readonly accountBackFen: Fen;
}

/** @param formerLines all lines of the settlement that is undone, as `refundable` gives them */
export function forecastRefund(bill: RefundBill, formerLines: readonly BillLine[]): RefundForecast {
  const { former, refundedLineNumbers } = bill.refund;
  const lines = formerLines.map(({ amountFen, level }) => ({ amountFen, covered: level !== '03' }));
  const isKept = formerLines.map(({ lineNumber }) => !refundedLineNumbers.includes(lineNumber));
  const ofKept = (parts: readonly Fen[]): Fen =>
    parts.reduce((sum, part, place) => sum + (isKept[place] ? part : 0), 0);
  const keptFen = (sumFen: Fen): Fen => ofKept(recordedOverLines(sumFen, lines));

  const totalFen = ofKept(lines.map(({ amountFen }) => amountFen));
  const fundFen = keptFen(former.fundFen);
  const withAccountFen = keptFen(former.fundFen + former.accountFen);
  // What neither patient nor fund nor account paid is the hospital's own share.
  const notOwnFen = keptFen(former.totalFen - former.ownFen);
  const ownFen = totalFen - notOwnFen;
  const accountFen = withAccountFen - fundFen;
  const outOfScopeFen = ofKept(lines.map(({ amountFen, covered }) => (covered ? 0 : amountFen)));
  const kept: SettlementAmounts = {
    ...ownExpense(totalFen),
    outOfScopeFen,
    inScopeFen: totalFen - outOfScopeFen,
    basicFundFen: fundFen,
    fundFen,
    hospitalFen: notOwnFen - withAccountFen,
    personFen: accountFen + ownFen,
    accountFen,
    ownFen,
  };
  return { old: former, kept, backFen: former.ownFen - ownFen, accountBackFen: former.accountFen - accountFen };
}
