/**
 * Amounts of one settlement: `setlinfo` of 2206, 2207 and 5203 (protocols/insurance.md B.8).
 *
 * One promise: amounts leave this file only when they add up to the fen (identities 1, 3 and 4). An amount that the
 * platform left out counts as nothing only where the identities then still hold, and never where a person pays it.
 */
import { JsonNumber } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { type Fen, formatYuan } from '../money.ts';
import type { SettlementAmounts } from './insurance-platform.ts';

/** Editions and queries spell the same amount differently. */
const OWN_PART = ['psn_cash_pay', 'pdn_cash_pay', 'cash_payamt'];
const PERSON_PART = ['psn_part_amt', 'psn_pay'];

/** An amount as the interface writes it, from fen. */
export function yuan(fen: Fen): JsonNumber {
  return new JsonNumber(formatYuan(fen));
}

/** `fund_pay_type` 商业健康保险, for which `setlinfo` has no field of its own. */
const COMMERCIAL = '620100';

/**
 * @param details `setldetail` of this very settlement
 * @throws FieldError naming the missing amount or the broken identity; amounts themselves are not told.
 */
export function readSettlementAmounts(info: Fields, details: readonly Fields[] = []): SettlementAmounts {
  const orNothing = (name: string): Fen => notNegative(info.optionalAmount(name) ?? 0, name);
  const needed = (...names: readonly string[]): Fen => {
    const name = names.find((candidate) => info.has(candidate)) ?? names[0] ?? '';
    return notNegative(info.amount(name), name);
  };
  const amounts: SettlementAmounts = {
    totalFen: needed('medfee_sumamt'),
    outOfScopeFen: needed('fulamt_ownpay_amt'),
    overLimitFen: needed('overlmt_selfpay'),
    preSelfPayFen: needed('preselfpay_amt'),
    inScopeFen: needed('inscp_scp_amt'),
    deductibleFen: orNothing('act_pay_dedc'),
    basicFundFen: orNothing('hifp_pay'),
    civilServantFen: orNothing('cvlserv_pay'),
    enterpriseFen: orNothing('hifes_pay'),
    seriousIllnessFen: orNothing('hifmi_pay'),
    largeAmountFen: orNothing('hifob_pay'),
    assistanceFen: orNothing('maf_pay'),
    // Newer editions name 伤残人员保障 apart; on screen and paper it is one of the other funds.
    otherFundFen: orNothing('oth_pay') + orNothing('hifdm_pay'),
    fundFen: needed('fund_pay_sumamt'),
    hospitalFen: orNothing('hosp_part_amt'),
    personFen: needed(...PERSON_PART),
    accountFen: needed('acct_pay'),
    mutualAidFen: orNothing('acct_mulaid_pay'),
    ownFen: needed(...OWN_PART),
    balanceAfterFen: info.optionalAmount('balc'),
  };
  mustAddUp(amounts);
  const commercialFen = commercialOf(details);
  return commercialFen > 0 && commercialFen <= amounts.otherFundFen ? { ...amounts, commercialFen } : amounts;
}

/**
 * `setldetail`, for a part of a part: what cannot be read in it is left out and never makes a settlement unclear.
 * @param output of 2206, 2207, or of a 5203 that tells one settlement
 */
export function settlementDetails(output: Fields): readonly Fields[] {
  return orElse(() => output.optionalList('setldetail'), []);
}

function commercialOf(details: readonly Fields[]): Fen {
  return details.reduce((sum, row) => {
    const fen = orElse(() => (row.text('fund_pay_type') === COMMERCIAL ? row.amount('fund_payamt') : 0), 0);
    return sum + Math.max(0, fen);
  }, 0);
}

function orElse<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof FieldError) return otherwise;
    throw error;
  }
}

function mustAddUp(amounts: SettlementAmounts): void {
  const { totalFen, outOfScopeFen, overLimitFen, preSelfPayFen, inScopeFen } = amounts;
  const { fundFen, personFen, hospitalFen, accountFen, ownFen } = amounts;
  if (totalFen !== outOfScopeFen + overLimitFen + preSelfPayFen + inScopeFen) {
    throw new FieldError('setlinfo does not add up: medfee_sumamt is not the sum of its four classes');
  }
  if (totalFen !== fundFen + personFen + hospitalFen) {
    throw new FieldError('setlinfo does not add up: medfee_sumamt is not fund + person + hospital');
  }
  if (personFen !== accountFen + ownFen) {
    throw new FieldError('setlinfo does not add up: psn_part_amt is not acct_pay + psn_cash_pay');
  }
}

/** What is odd without being wrong for the patient; for staff, never a reason to stop. */
export type AmountWarning =
  /** Identity 2: the single funds do not make `fund_pay_sumamt` (a fund that this edition does not name). */
  | 'fundPartsDiffer'
  /** Identity 5: the family share is larger than the account part, so this region reports it apart. */
  | 'mutualAidApart';

export function amountWarnings(amounts: SettlementAmounts): readonly AmountWarning[] {
  const warnings: AmountWarning[] = [];
  const funds =
    amounts.basicFundFen +
    amounts.civilServantFen +
    amounts.enterpriseFen +
    amounts.seriousIllnessFen +
    amounts.largeAmountFen +
    amounts.assistanceFen +
    amounts.otherFundFen;
  if (funds !== amounts.fundFen) warnings.push('fundPartsDiffer');
  if (amounts.mutualAidFen > amounts.accountFen) warnings.push('mutualAidApart');
  return warnings;
}

function notNegative(fen: Fen, name: string): Fen {
  if (fen < 0) throw new FieldError(`amount ${name} is negative`);
  return fen;
}
