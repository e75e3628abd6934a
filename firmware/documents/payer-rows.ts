/**
 * Who pays what of a settlement (一站式结算): every fund, the hospital, the account, and large what the patient pays.
 *
 * One promise: the rows add up to the total to the fen; where the single funds do not, only their sum is printed (Y4-11).
 */
import type { PaperBlock } from '../../drivers/receipt-printer/paper-document.ts';
import type { SettlementAmounts } from '../insurance/insurance-platform.ts';
import { type Fen, formatYuan } from '../money.ts';
import { lines, pair, type Say } from './bilingual-rows.ts';
import type { PaperTextId } from './text/zh.ts';

/** Rows that add up to the total; a row "of it" is part of the row above. */
export function payerRows(amounts: SettlementAmounts, say: Say, insured: boolean): readonly PaperBlock[] {
  const { commercialFen = 0 } = amounts;
  const funds: readonly (readonly [PaperTextId, Fen])[] = [
    ['basic', amounts.basicFundFen],
    ['seriousIllness', amounts.seriousIllnessFen],
    ['assistance', amounts.assistanceFen],
    ['civilServant', amounts.civilServantFen],
    ['largeAmount', amounts.largeAmountFen],
    ['enterprise', amounts.enterpriseFen],
    ['commercial', commercialFen],
    ['otherFund', amounts.otherFundFen - commercialFen],
  ];
  // A region may have a fund that the interface has no field for; then only their sum is the whole truth.
  const complete = funds.reduce((sum, [, fen]) => sum + fen, 0) === amounts.fundFen;
  const rows: readonly (readonly [PaperTextId, Fen])[] = [
    ...(complete ? funds.filter(([id, fen]) => fen !== 0 || id === 'basic') : [['fund', amounts.fundFen] as const]),
    ['hospital', amounts.hospitalFen],
    ['account', amounts.accountFen],
    [amounts.mutualAidFen > amounts.accountFen ? 'mutualAidApart' : 'mutualAid', amounts.mutualAidFen],
  ];
  const shown = rows.filter(
    ([id, fen], index) => fen !== 0 || (index === 0 && insured && (id === 'basic' || id === 'fund')),
  );
  return [
    ...pair(say('total'), formatYuan(amounts.totalFen)),
    ...shown.flatMap(([id, fen]) => pair(say(id), formatYuan(fen))),
    { kind: 'feed', lines: 1 },
    ...lines(
      { zh: `${say('own').zh} ${formatYuan(amounts.ownFen)}`, en: say('own').en },
      { bold: true, size: 2, align: 'center' },
    ),
    // Within what account and patient pay, so it is said beside the sum and never added to it.
    ...(amounts.overLimitFen > 0 ? pair(say('overLimit'), formatYuan(amounts.overLimitFen)) : []),
  ];
}
