/**
 * A kiosk's word that a bill is settled, and what must be so for the hospital to
 * believe it: its kind, its sums, and that every fen which goes back is named.
 */
import type { HospitalBill, SettledAs } from '../bills/hospital-bill.ts';
import { ContractRefusal, textField, wholeField } from '../json-exchange.ts';
import { fieldOf, isList, isObject, type WireObject } from '../wire-json.ts';

export interface Leg {
  readonly orderNumber: string;
  readonly refundNumber: string;
  readonly amountFen: number;
}

export interface Owed {
  readonly taskNumber: string;
  readonly amountFen: number;
}

export interface Confirmation {
  readonly settlementNumber: string;
  readonly kind: SettledAs;
  readonly centreSettlementId: string | undefined;
  readonly centreVisitId: string | undefined;
  readonly centreMessageId: string | undefined;
  readonly formerSettlementNumber: string | undefined;
  readonly totalFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
  readonly ownFen: number;
  readonly depositFen: number;
  readonly paidBy: 'code' | 'card' | 'cash' | 'none';
  readonly payOrderNumber: string | undefined;
  readonly returns: readonly Leg[];
  readonly owed: readonly Owed[];
  readonly parkedNumber: string | undefined;
}

const KINDS: readonly SettledAs[] = [
  'outpatient',
  'registration',
  'deposit',
  'discharge',
  'selfPay',
  'refund',
  'conversion',
];
const PAID_BY: readonly Confirmation['paidBy'][] = ['code', 'card', 'cash', 'none'];

/** @throws ContractRefusal 400 */
export function readConfirmation(body: WireObject): Confirmation {
  const optional = (name: string) => (fieldOf(body, name) == null ? undefined : textField(body, name));
  const list = (name: string) => {
    const value = fieldOf(body, name);
    if (!isList(value)) throw malformed(`${name} is no list`);
    return value.map((one) => {
      if (!isObject(one)) throw malformed(`${name} holds what is no object`);
      return one;
    });
  };
  return {
    settlementNumber: textField(body, 'settlementNumber'),
    kind: wordField(body, 'kind', KINDS),
    centreSettlementId: optional('centreSettlementId'),
    centreVisitId: optional('centreVisitId'),
    centreMessageId: optional('centreMessageId'),
    formerSettlementNumber: optional('formerSettlementNumber'),
    totalFen: wholeField(body, 'totalFen'),
    fundFen: wholeField(body, 'fundFen'),
    accountFen: wholeField(body, 'accountFen'),
    ownFen: wholeField(body, 'ownFen'),
    depositFen: wholeField(body, 'depositFen'),
    paidBy: wordField(body, 'paidBy', PAID_BY),
    payOrderNumber: optional('payOrderNumber'),
    returns: list('returns').map((leg) => ({
      orderNumber: textField(leg, 'orderNumber'),
      refundNumber: textField(leg, 'refundNumber'),
      amountFen: wholeField(leg, 'amountFen'),
    })),
    owed: list('owed').map((task) => ({
      taskNumber: textField(task, 'taskNumber'),
      amountFen: wholeField(task, 'amountFen'),
    })),
    parkedNumber: optional('parkedNumber'),
  };
}

/** @throws ContractRefusal 400 when the word is none of them. */
export function wordField<Word extends string>(body: WireObject, name: string, words: readonly Word[]): Word {
  const text = textField(body, name);
  const word = words.find((one) => one === text);
  if (word === undefined) throw malformed(`${name} is none of ${words.join(', ')}`);
  return word;
}

/** What goes back in all. */
export function givenBack({ returns, owed }: Confirmation): number {
  return [...returns, ...owed].reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** @throws ContractRefusal 400 when a confirmation of this bill can't be true. */
export function requireFits(bill: HospitalBill, said: Confirmation): void {
  const { kind, fundFen, accountFen, ownFen, depositFen } = said;
  const asOwnExpense = kind === 'selfPay' && (bill.kind === 'outpatient' || bill.kind === 'registration');
  if (kind !== bill.kind && !asOwnExpense) throw malformed(`a ${bill.kind} bill is not settled as ${kind}`);
  if (fundFen + accountFen + ownFen > said.totalFen) throw malformed('the parts are more than the total');
  const insured = needsCentre(bill, said);
  if (insured && said.centreSettlementId === undefined) throw malformed('no centreSettlementId');
  if (!insured && (said.centreSettlementId !== undefined || fundFen + accountFen > 0 || ownFen !== said.totalFen)) {
    throw malformed('insurance in what is at own expense');
  }
  if (depositFen > 0 && kind !== 'discharge') throw malformed('deposits are taken off at discharge only');
  if (depositFen > ownFen) throw malformed('more deposits than own part');
  requireCollected(said);
  const backFen = givenBack(said);
  if (bill.discharge) {
    if (backFen !== bill.discharge.depositFen - depositFen) throw malformed('the deposits are not all accounted for');
    return;
  }
  const former = bill.refund?.former ?? bill.conversion?.former;
  if (!former) {
    if (backFen > 0) throw malformed('money back from nothing');
    return;
  }
  if (said.formerSettlementNumber !== former.settlementNumber) throw malformed('formerSettlementNumber is another');
  if (backFen !== Math.max(0, former.ownFen - ownFen)) throw malformed('what goes back is not the difference');
}

function requireCollected({ kind, ownFen, depositFen, paidBy, payOrderNumber }: Confirmation): void {
  const collects = kind !== 'refund' && kind !== 'conversion' && ownFen > depositFen;
  if (collects !== (paidBy !== 'none')) throw malformed('paidBy does not fit what was to be taken');
  const ordered = paidBy === 'code' || paidBy === 'card';
  if (ordered && payOrderNumber === undefined) throw malformed('no payOrderNumber');
}

function needsCentre(bill: HospitalBill, { kind, totalFen, centreSettlementId }: Confirmation): boolean {
  switch (kind) {
    case 'deposit':
    case 'selfPay':
      return false;
    // Somebody without insurance leaves the hospital too.
    case 'discharge':
      return centreSettlementId !== undefined || bill.uploaded !== null;
    case 'refund':
      return totalFen > 0 && bill.refund?.former.centre != null;
    default:
      return true;
  }
}

export function malformed(detail: string): ContractRefusal {
  return new ContractRefusal(400, 'malformed', detail);
}
