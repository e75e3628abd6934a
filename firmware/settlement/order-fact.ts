/**
 * What of an order is written in the clear, after a last look at it.
 *
 * Nothing in it names a person; amounts are whole fen and add up, or the order is refused.
 */
import type { SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { RandomSource } from '../ports.ts';
import { isInsured } from './course.ts';
import type { OrderFact } from './facts.ts';
import { NotAllowedError } from './ledger-errors.ts';
import { LEAST_QUARANTINE_MS } from './limits.ts';
import type { LedgerFacts } from './settlement-ledger.ts';
import type { SettlementOrder } from './settlements.ts';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * `set_` and twelve letters and digits that can be read aloud: of 0 and O none is there, of 1, I and L only the I.
 * 60 random bits.
 */
export function newNumber(random: RandomSource): string {
  return `set_${[...random.bytes(12)].map((byte) => ALPHABET[byte % 32]).join('')}`;
}

/**
 * The number that a person means who read it off a screen or a slip: `CUXM YSF9 H2JD`, the full `set_…`, or the
 * `pay_…`, `ref_…`, `acc_…`, `owe_…` or `case_…` of the same settlement. Anything else stays as it was typed.
 */
export function numberFromPerson(typed: string): string {
  const bare = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:set|pay|ref|acc|owe|case)_/, '')
    .replace(/[\s-]/g, '');
  // The one letter of its shape that a number can hold.
  const read = bare.replace(/[1l]/g, 'i');
  return read.length === 12 && [...read].every((letter) => ALPHABET.includes(letter)) ? `set_${read}` : typed;
}

/** @throws NotAllowedError for an order that must not be settled as it stands. */
export function orderFact(order: SettlementOrder, facts: LedgerFacts, sealed: string): OrderFact {
  const { agreed, question, flow, plan, collect, former, anew, returns, paidBeforeFen } = order;
  checkAmounts(agreed);
  const settles = isInsured(order);
  if (settles || former?.settlementId) {
    if (!question) throw new NotAllowedError('Insurance is asked about a visit of a person.');
    if (settles && agreed.totalFen !== question.totalFen) {
      throw new NotAllowedError('The total is not the one that was asked about.');
    }
  } else if (agreed.fundFen !== 0 || agreed.accountFen !== 0) {
    throw new NotAllowedError('Without insurance no fund and no account pays.');
  }
  if ((flow === 'refund' || flow === 'conversion') !== (former !== null)) {
    throw new NotAllowedError('A refund names what it undoes, a conversion what it takes over.');
  }
  if (flow === 'conversion' && former?.settlementId) throw new NotAllowedError('What is converted had no insurance.');
  checkReturns(order);
  if (!(order.payOrderLifeMs > 0 && Number.isFinite(order.payOrderLifeMs))) {
    throw new NotAllowedError('A payment order needs a life.');
  }
  if (!Number.isFinite(order.quarantineMs)) throw new NotAllowedError('A quarantine needs a length.');
  return {
    flow,
    billId: order.billId,
    billVersion: order.billVersion,
    plan,
    agreed,
    collect,
    paidBeforeFen,
    collectFen: flow === 'parked' ? 0 : Math.max(0, agreed.ownFen - paidBeforeFen),
    former,
    anew,
    returns,
    consentId: order.consentId ?? null,
    sessionId: order.sessionId,
    offSite: question !== null && question.insuredArea.slice(0, 4) !== facts.areaCode.slice(0, 4),
    payOrderLifeMs: order.payOrderLifeMs,
    quarantineMs: Math.max(order.quarantineMs, LEAST_QUARANTINE_MS),
    sealed,
  };
}

function checkAmounts(agreed: SettlementAmounts): void {
  for (const [name, fen] of Object.entries(agreed)) {
    if (fen === undefined && name === 'balanceAfterFen') continue;
    if (!Number.isSafeInteger(fen)) throw new NotAllowedError(`${name} is not a whole number of fen.`);
  }
  if (agreed.ownFen < 0) throw new NotAllowedError('The own part is negative.');
  if (agreed.totalFen !== agreed.fundFen + agreed.personFen + agreed.hospitalFen) {
    throw new NotAllowedError('Fund, person and hospital do not make up the total.');
  }
  // Some regions keep the family's share apart from the account's: both forms add up (insurance.md B.8, 5).
  const rest = agreed.personFen - agreed.accountFen - agreed.ownFen;
  if (rest !== 0 && rest !== agreed.mutualAidFen) {
    throw new NotAllowedError('Account and own part do not make up the person’s part.');
  }
}

/** To the fen: what was paid before and is not the own part any more goes back, each leg under a number of its own. */
function checkReturns({ flow, agreed, returns, paidBeforeFen }: SettlementOrder): void {
  if (!Number.isSafeInteger(paidBeforeFen) || paidBeforeFen < 0) {
    throw new NotAllowedError('What was paid before is a whole amount of fen.');
  }
  const brings = flow === 'discharge' || flow === 'refund' || flow === 'conversion';
  if (!brings && (paidBeforeFen > 0 || returns.length > 0)) {
    throw new NotAllowedError('Nothing was paid before for such a bill.');
  }
  if (flow !== 'discharge' && brings && agreed.ownFen > paidBeforeFen) {
    throw new NotAllowedError('The patient would have to pay more than before: that is for the window.');
  }
  const sound = returns.every(
    ({ amountFen, mostFen }) =>
      Number.isSafeInteger(amountFen) && Number.isSafeInteger(mostFen) && amountFen >= 0 && amountFen <= mostFen,
  );
  if (!sound) throw new NotAllowedError('Each way back has an amount, no more than came by it.');
  const sum = returns.reduce((total, { amountFen }) => total + amountFen, 0);
  if (sum !== Math.max(0, paidBeforeFen - agreed.ownFen) && brings) {
    throw new NotAllowedError('What goes back is not what was paid before less the own part.');
  }
  if (new Set(returns.map(({ refundNumber }) => refundNumber)).size !== returns.length) {
    throw new NotAllowedError('Two ways back have one number.');
  }
}
