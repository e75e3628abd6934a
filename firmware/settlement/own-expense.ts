/**
 * The split of a bill that no insurance shares: everything is the person's own part (全自费).
 */
import type { SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';

export function ownExpense(totalFen: Fen): SettlementAmounts {
  return {
    totalFen,
    outOfScopeFen: totalFen,
    overLimitFen: 0,
    preSelfPayFen: 0,
    inScopeFen: 0,
    deductibleFen: 0,
    basicFundFen: 0,
    civilServantFen: 0,
    enterpriseFen: 0,
    seriousIllnessFen: 0,
    largeAmountFen: 0,
    assistanceFen: 0,
    otherFundFen: 0,
    fundFen: 0,
    hospitalFen: 0,
    personFen: totalFen,
    accountFen: 0,
    mutualAidFen: 0,
    ownFen: totalFen,
    balanceAfterFen: undefined,
  };
}
