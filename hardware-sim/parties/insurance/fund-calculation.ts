/**
 * What the funds pay (the platform's side of 2204, 2206 and 2207).
 *
 * Pure arithmetic on integer fen and basis points, written from the reference,
 * section H. One promise: total = funds + hospital + person, and person =
 * account + cash, always, to the fen.
 */
import { LARGEST_FEN, priceTimes } from '../decimal.ts';
import type { FundPolicy } from './fund-policies.ts';

/** Share of an amount, half up: fen × basis points. */
export function shareOf(fen: number, basisPoints: number): number {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen > LARGEST_FEN) throw new RangeError('An amount is out of range.');
  const scaled = fen * basisPoints + 5_000;
  return (scaled - (scaled % 10_000)) / 10_000;
}

/** How one catalogue item is paid. */
export interface FeeRule {
  /** `chrgitm_lv`: 01 甲 02 乙 03 自费 */
  readonly level: '01' | '02' | '03';
  readonly selfPayBp: number;
  /** Ceiling price of one unit, yuan text. */
  readonly ceiling: string | undefined;
}

export interface LineSplit {
  readonly amountFen: number;
  readonly outOfScopeFen: number;
  readonly overLimitFen: number;
  readonly preSelfPayFen: number;
  readonly inScopeFen: number;
}

/** H.1. `undefined` when the amount is more than 1 fen away from price × quantity. */
export function splitLine(rule: FeeRule, price: string, quantity: string, amountFen: number): LineSplit | undefined {
  const expected = priceTimes(price, quantity);
  if (expected === undefined || amountFen < 0 || Math.abs(amountFen - expected) > 1) return undefined;
  if (rule.level === '03') {
    return { amountFen, outOfScopeFen: amountFen, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 0 };
  }
  const limit = rule.ceiling === undefined ? undefined : priceTimes(rule.ceiling, quantity);
  const overLimitFen = limit === undefined ? 0 : Math.max(0, amountFen - limit);
  const preSelfPayFen = shareOf(amountFen - overLimitFen, rule.selfPayBp);
  const inScopeFen = amountFen - overLimitFen - preSelfPayFen;
  return { amountFen, outOfScopeFen: 0, overLimitFen, preSelfPayFen, inScopeFen };
}

/** Σ of the lines, column by column. */
export function sumLines(lines: Iterable<LineSplit>): LineSplit {
  const sum = { amountFen: 0, outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 0 };
  for (const line of lines) {
    sum.amountFen += line.amountFen;
    sum.outOfScopeFen += line.outOfScopeFen;
    sum.overLimitFen += line.overLimitFen;
    sum.preSelfPayFen += line.preSelfPayFen;
    sum.inScopeFen += line.inScopeFen;
  }
  return sum;
}

/** What a year remembers about one person and insurance, fen. */
export interface YearSums {
  readonly deductibleFen: number;
  /** Pool-eligible, after the deductible: the walk of the bands starts here. */
  readonly eligibleFen: number;
  readonly poolPaidFen: number;
  /** 合规自付 that counts towards 大病. */
  readonly burdenFen: number;
  readonly largePaidFen: number;
  readonly assistancePaidFen: number;
}

export const NOTHING_THIS_YEAR: YearSums = {
  deductibleFen: 0,
  eligibleFen: 0,
  poolPaidFen: 0,
  burdenFen: 0,
  largePaidFen: 0,
  assistancePaidFen: 0,
};

export interface FundQuestion {
  readonly lines: LineSplit;
  readonly policy: FundPolicy;
  readonly year: YearSums;
  /** Which admission of the year this is, from 1; only for inpatient policies. */
  readonly admission: number;
  /** What 中途结算 of the same stay took of its deductible. */
  readonly stayDeductibleFen?: number;
  /** Whether the employer's 企业补充 pays its share. */
  readonly enterpriseBp?: number;
  /** Share of the in-scope rest that a commercial cover (商保) pays. */
  readonly commercialBp?: number;
  readonly civilServant: boolean;
  readonly assisted: boolean;
  readonly useAccount: boolean;
  readonly balanceFen: number;
  /** Family binding 家庭共济; 0 when there is none. */
  readonly familyBalanceFen: number;
}

export interface FundSplit {
  readonly lines: LineSplit;
  readonly deductibleFen: number;
  /** Ratio of the last band, basis points (`pool_prop_selfpay`). */
  readonly poolRatioBp: number;
  readonly basicFen: number;
  readonly civilServantFen: number;
  readonly enterpriseFen: number;
  readonly seriousFen: number;
  readonly largeFen: number;
  readonly assistanceFen: number;
  readonly otherFen: number;
  readonly commercialFen: number;
  readonly fundFen: number;
  readonly hospitalFen: number;
  readonly personFen: number;
  readonly accountFen: number;
  /** Part of `accountFen` that the family's account paid. */
  readonly mutualAidFen: number;
  readonly cashFen: number;
  readonly balanceAfterFen: number;
  /** What this settlement adds to the year. */
  readonly yearDelta: YearSums;
}

/** H.2. Changes nothing; the caller books `yearDelta` and the balances. */
export function allocateFunds(question: FundQuestion): FundSplit {
  const { lines, policy, year } = question;
  const scope = lines.inScopeFen;
  const deductibleFen = Math.min(scope, deductibleLeft(question));
  const eligible = scope - deductibleFen;
  const pool = walkPool(policy, year, eligible);

  const preCounts = policy.serious?.preSelfPayCounts ?? false;
  const burden = deductibleFen + (eligible - pool.paidFen) + (preCounts ? lines.preSelfPayFen : 0);
  const largeFen = policy.large
    ? Math.min(shareOf(pool.uncoveredFen, policy.large.ratioBp), Math.max(0, policy.large.capFen - year.largePaidFen))
    : 0;
  const seriousFen = policy.serious ? seriousIllness(policy.serious, year.burdenFen, burden) : 0;

  let rest = Math.max(0, scope - pool.paidFen - largeFen - seriousFen);
  const otherFen = shareOf(rest, policy.maternityBp);
  rest -= otherFen;
  const civilServantFen = question.civilServant ? shareOf(rest, policy.civilServantBp) : 0;
  rest -= civilServantFen;
  const enterpriseFen = shareOf(rest, question.enterpriseBp ?? policy.enterpriseBp);
  const personalRest =
    scope +
    (preCounts ? lines.preSelfPayFen : 0) -
    pool.paidFen -
    largeFen -
    seriousFen -
    otherFen -
    civilServantFen -
    enterpriseFen;
  const assistanceFen = question.assisted ? assistance(policy, year, personalRest) : 0;

  const commercialFen = shareOf(personalRest - assistanceFen, question.commercialBp ?? 0);

  const named = pool.paidFen + civilServantFen + enterpriseFen + seriousFen + largeFen + assistanceFen + otherFen;
  const fundFen = named + commercialFen;
  const hospitalFen = Math.min(policy.hospitalPartFen, lines.amountFen - fundFen);
  const personFen = lines.amountFen - fundFen - hospitalFen;
  const paid = payFromAccount(question, personFen);
  return {
    lines,
    deductibleFen,
    poolRatioBp: pool.lastRatioBp,
    basicFen: pool.paidFen,
    civilServantFen,
    enterpriseFen,
    seriousFen,
    largeFen,
    assistanceFen,
    otherFen,
    commercialFen,
    fundFen,
    hospitalFen,
    personFen,
    accountFen: paid.ownFen + paid.familyFen,
    mutualAidFen: paid.familyFen,
    cashFen: personFen - paid.ownFen - paid.familyFen,
    balanceAfterFen: question.balanceFen - paid.ownFen,
    yearDelta: {
      // A stay's deductible is its own; it does not use up the year's outpatient one.
      deductibleFen: policy.deductible.kind === 'year' ? deductibleFen : 0,
      eligibleFen: eligible,
      poolPaidFen: pool.paidFen,
      burdenFen: burden,
      largePaidFen: largeFen,
      assistancePaidFen: assistanceFen,
    },
  };
}

function deductibleLeft({ policy, year, admission, stayDeductibleFen = 0 }: FundQuestion): number {
  if (policy.deductible.kind === 'year') return Math.max(0, policy.deductible.fen - year.deductibleFen);
  const steps = policy.deductible.fen;
  const whole = steps[Math.min(Math.max(1, admission), steps.length) - 1] ?? 0;
  return Math.max(0, whole - stayDeductibleFen);
}

function walkPool(policy: FundPolicy, year: YearSums, eligible: number) {
  let paidFen = 0;
  let uncoveredFen = 0;
  let capLeft = Math.max(0, policy.capFen - year.poolPaidFen);
  let lastRatioBp = policy.bands[0]?.ratioBp ?? 0;
  for (const { fen, ratioBp } of piecesOf(policy.bands, year.eligibleFen, eligible)) {
    lastRatioBp = ratioBp;
    const payment = shareOf(fen, ratioBp);
    if (payment <= capLeft) {
      paidFen += payment;
      capLeft -= payment;
      continue;
    }
    paidFen += capLeft;
    uncoveredFen += fen - Math.ceil((capLeft * 10_000) / ratioBp);
    capLeft = 0;
  }
  return { paidFen, uncoveredFen, lastRatioBp };
}

/** Cuts `from … from + length` where the bands change. */
function piecesOf(bands: FundPolicy['bands'], from: number, length: number) {
  const pieces: { readonly fen: number; readonly ratioBp: number }[] = [];
  let at = from;
  const end = from + length;
  for (const band of bands) {
    const stop = Math.min(end, band.upToFen ?? end);
    if (stop <= at) continue;
    pieces.push({ fen: stop - at, ratioBp: band.ratioBp });
    at = stop;
  }
  return pieces;
}

function seriousIllness(rule: NonNullable<FundPolicy['serious']>, before: number, burden: number): number {
  const start = Math.max(0, before - rule.thresholdFen);
  const end = Math.max(0, before + burden - rule.thresholdFen);
  return piecesOf(rule.bands, start, end - start).reduce((sum, piece) => sum + shareOf(piece.fen, piece.ratioBp), 0);
}

function assistance(policy: FundPolicy, year: YearSums, rest: number): number {
  const rule = policy.assistance;
  if (!rule) return 0;
  const payable = shareOf(Math.max(0, rest - rule.deductibleFen), rule.ratioBp);
  return Math.min(payable, Math.max(0, rule.capFen - year.assistancePaidFen));
}

function payFromAccount(question: FundQuestion, personFen: number) {
  if (!question.useAccount) return { ownFen: 0, familyFen: 0 };
  const own = question.policy.accountMayPayOwnExpense ? 0 : question.lines.outOfScopeFen;
  const allowed = Math.max(0, personFen - own);
  const ownFen = Math.min(Math.max(0, question.balanceFen), allowed);
  return { ownFen, familyFen: Math.min(question.familyBalanceFen, allowed - ownFen) };
}
