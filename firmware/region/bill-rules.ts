/**
 * What is wrong with a bill before any fund is asked (Z-6.2.2, Z-8.3.3, SZ-248).
 *
 * One promise: a bill without troubles belongs to this institution, adds up to the fen, has a diagnosis and charges no
 * order twice. Nothing is corrected here; a held line is for the desk.
 */
import type { Bill, BillLine } from '../hospital/hospital-gateway.ts';
import type { ReasonId } from '../reasons.ts';

export interface BillTrouble {
  readonly reason: Extract<
    ReasonId,
    'foreignInstitution' | 'billTotalsDiffer' | 'diagnosisMissing' | 'duplicateCharge'
  >;
  readonly billId: string;
  /** The lines that are held; empty when the whole bill is meant. */
  readonly lineNumbers: readonly string[];
}

/** Troubles of all bills, gravest first: another's bill, wrong sums, no diagnosis, a second charge. */
export function billTroubles(bills: readonly Bill[], institutionCode: string): readonly BillTrouble[] {
  const whole = (reason: BillTrouble['reason'], wrong: (bill: Bill) => boolean): readonly BillTrouble[] =>
    bills.filter(wrong).map(({ billId }) => ({ reason, billId, lineNumbers: [] }));
  return [
    ...whole('foreignInstitution', (bill) => !billsThrough(bill, institutionCode)),
    ...whole('billTotalsDiffer', (bill) => !addsUp(bill)),
    ...whole('diagnosisMissing', (bill) => !bill.diagnoses.some(({ code }) => code.trim() !== '')),
    ...secondCharges(bills),
  ];
}

/**
 * Whether a bill settles through this institution: its own, or one of an internet hospital that belongs to it (N-5).
 * A stranger's is never settled here, whoever sends it (SZ-248, N-14).
 */
export function billsThrough(bill: Bill, institutionCode: string): boolean {
  if (bill.internet !== undefined && bill.internet.parentCode !== institutionCode) return false;
  return bill.institutionCode === institutionCode;
}

/** The second and every later line of one order, over all open bills; the first may be right. */
function secondCharges(bills: readonly Bill[]): readonly BillTrouble[] {
  const seen = new Set<string>();
  const isSecond = (key: string): boolean => {
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
  return bills.flatMap(({ billId, lines }) => {
    const held = lines.filter((line) => {
      const sameOrder = line.orderId !== '' && isSecond(`order ${line.orderId}`);
      return isSecond(`line ${billId} ${line.lineNumber}`) || sameOrder;
    });
    if (held.length === 0) return [];
    return { reason: 'duplicateCharge' as const, billId, lineNumbers: held.map(({ lineNumber }) => lineNumber) };
  });
}

function addsUp(bill: Bill): boolean {
  const sum = bill.lines.reduce((total, line) => total + line.amountFen, 0);
  if (bill.lines.length === 0 || sum !== bill.totalFen || !bill.lines.every(priceFits)) return false;
  if (!bill.uploaded) return true;
  const amounts = new Map(bill.lines.map((line) => [line.lineNumber, line.amountFen]));
  const { splits } = bill.uploaded;
  return (
    new Set(splits.map((split) => split.lineNumber)).size === bill.lines.length &&
    splits.length === bill.lines.length &&
    splits.every(
      (split) =>
        split.amountFen === amounts.get(split.lineNumber) &&
        split.amountFen === split.outOfScopeFen + split.overLimitFen + split.preSelfPayFen + split.inScopeFen,
    )
  );
}

/** 2204 refuses a line whose amount is more than one fen from price × quantity; so do we, before it is sent. */
function priceFits(line: BillLine): boolean {
  const price = decimal(line.unitPrice);
  const quantity = decimal(line.quantity);
  const unit = 10n ** BigInt(price.places + quantity.places);
  const product = price.digits * quantity.digits * 100n;
  const rounded = (2n * product + unit) / (2n * unit);
  const difference = BigInt(line.amountFen) - rounded;
  return -1n <= difference && difference <= 1n;
}

function decimal(text: string): { readonly digits: bigint; readonly places: number } {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}
