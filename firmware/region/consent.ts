/**
 * Who must be asked before something that no fund pays is charged (Z-6.2.4, N-15b, SZ-255, Y3-14a).
 *
 * One promise: prices are compared as the exact decimals of the bill, never as rounded numbers, and a line that was
 * performed without consent is never offered for consent after the fact.
 */
import type { Bill, BillLine } from '../hospital/hospital-gateway.ts';
import type { FeeSplit } from '../insurance/insurance-platform.ts';
import type { Fen } from '../money.ts';
import type { ConsentRule, RegionProfile } from './profile.ts';

export interface ConsentItem {
  readonly billId: string;
  readonly lineNumber: string;
  readonly name: string;
  readonly specification: string;
  readonly unit: string;
  /** Decimal text, as the bill has them. */
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amountFen: Fen;
  /** `unitPrice`: dear by itself. `sum`: one of several cheaper ones that add up. */
  readonly because: 'unitPrice' | 'sum';
}

export interface ConsentQuestion {
  /** Something has to be asked before anything is charged. */
  readonly due: boolean;
  readonly items: readonly ConsentItem[];
  /** Sum of `items`. */
  readonly totalFen: Fen;
  /** 未事先告知: already performed without a consent id; for the desk, not for the patient's touch. */
  readonly notToldBefore: readonly ConsentItem[];
  /** Not asked because of an emergency; to be noted. */
  readonly exempted: readonly ConsentItem[];
}

/** Lines whose split came from 2204 at the kiosk, by bill id; splits that the hospital uploaded are in the bill. */
export type SplitsByBill = ReadonlyMap<string, readonly FeeSplit[]>;

interface OwnExpense {
  readonly bill: Bill;
  readonly line: BillLine;
}

/** @param bills Every bill of the visit that is to be judged; the running sum goes over all bills of one visit. */
export function consentDue(
  bills: readonly Bill[],
  profile: Pick<RegionProfile, 'consent'>,
  splits: SplitsByBill = new Map(),
): ConsentQuestion {
  const rule = profile.consent;
  const visits = Map.groupBy(bills, (bill) => bill.outpatientNumber);
  const items: ConsentItem[] = [];
  const notToldBefore: ConsentItem[] = [];
  const exempted: ConsentItem[] = [];
  for (const visit of visits.values()) {
    for (const { bill, line, because } of needingConsent(visit, rule, splits)) {
      if (line.consentId !== undefined) continue;
      const item = consentItem(bill, line, because);
      if (bill.emergency && rule.emergencyExempt) exempted.push(item);
      else if (line.performed) notToldBefore.push(item);
      else items.push(item);
    }
  }
  const totalFen = items.reduce((sum, item) => sum + item.amountFen, 0);
  return { due: items.length > 0, items, totalFen, notToldBefore, exempted };
}

function needingConsent(
  visit: readonly Bill[],
  rule: ConsentRule,
  splits: SplitsByBill,
): readonly (OwnExpense & { readonly because: ConsentItem['because'] })[] {
  const lines = visit.flatMap((bill) => ownExpenseLines(bill, splits.get(bill.billId) ?? bill.uploaded?.splits ?? []));
  const dear = lines.filter(({ line }) => reaches(scaledFen(line.unitPrice), rule.unitPriceFen, rule));
  const cheaper = lines.filter((one) => !dear.includes(one));
  // Emergency lines are not asked for, so they do not push others over the mark either.
  const counted = cheaper.filter(({ bill }) => !(bill.emergency && rule.emergencyExempt));
  const sumFen = counted.reduce((sum, { line }) => sum + line.amountFen, 0);
  const addUp = cheaper.length > 0 && reaches(BigInt(sumFen) * SCALE, rule.sumFen, rule);
  return lines.flatMap((one) => {
    if (dear.includes(one)) return { ...one, because: 'unitPrice' as const };
    return addUp ? { ...one, because: 'sum' as const } : [];
  });
}

/** 自费 by the hospital's own level or by the centre's split; lines that cost nothing ask nothing. */
function ownExpenseLines(bill: Bill, splits: readonly FeeSplit[]): readonly OwnExpense[] {
  const centre = new Map(splits.map((split) => [split.lineNumber, split]));
  return bill.lines
    .filter((line) => line.amountFen > 0)
    .filter((line) => {
      const split = centre.get(line.lineNumber);
      return line.level === '03' || split?.level === '03' || split?.outOfScopeFen === line.amountFen;
    })
    .map((line) => ({ bill, line }));
}

/** Unit prices have up to six decimals of a yuan, so they are compared in 1/10000 fen. */
const SCALE = 10_000n;

/** @throws RangeError for a text that the hospital's contract does not allow. */
function scaledFen(unitPrice: string): bigint {
  const match = /^(\d{1,16})(?:\.(\d{1,8}))?$/.exec(unitPrice);
  if (!match) throw new RangeError('A unit price is decimal yuan.');
  const [, whole = '0', fraction = ''] = match;
  // More than six decimals cannot make a price smaller than it is: the rest is cut only when it is zero.
  const rest = fraction.slice(6);
  const scaled = BigInt(whole + fraction.slice(0, 6).padEnd(6, '0'));
  return /[1-9]/.test(rest) ? scaled + 1n : scaled;
}

function reaches(scaled: bigint, thresholdFen: Fen, rule: ConsentRule): boolean {
  const threshold = BigInt(thresholdFen) * SCALE;
  return rule.comparison === 'atLeast' ? scaled >= threshold : scaled > threshold;
}

function consentItem(bill: Bill, line: BillLine, because: ConsentItem['because']): ConsentItem {
  const { lineNumber, name, specification, unit, quantity, unitPrice, amountFen } = line;
  return { billId: bill.billId, lineNumber, name, specification, unit, quantity, unitPrice, amountFen, because };
}
