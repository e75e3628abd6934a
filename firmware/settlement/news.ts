/**
 * What others are told of a settlement, in the same transaction as its cause.
 *
 * Two kinds: it ended, or a person must look. Numbers and amounts, no person.
 */
import type { Saga } from './core.ts';
import type { Batch } from './journal-port.ts';

export function news(before: Saga, after: Saga): Batch['outbox'] {
  const { number, billId, plan, end, person, agreed } = after;
  const { totalFen, fundFen, accountFen, ownFen } = agreed;
  const what = { number, billId, plan, amounts: { totalFen, fundFen, accountFen, ownFen } };
  const told: { kind: string; key: string; body: string }[] = [];
  if (end && !before.end) {
    told.push({ kind: 'settlementEnded', key: `${number} ended`, body: JSON.stringify({ ...what, end }) });
  }
  if (person && !before.person) {
    told.push({
      kind: 'settlementCase',
      key: `${number} case`,
      body: JSON.stringify({ ...what, reason: person, stands: stands(after) }),
    });
  }
  return told;
}

/** Where money, claim and bill are when a person takes over: what must be looked up, and at whom. */
function stands({ lock, payment, insurance, confirm }: Saga) {
  const { final, touched, paidFen, refund } = payment;
  const claim = insurance.at === 'none' ? {} : { messageId: insurance.messageId };
  const settled = insurance.at === 'settled' ? { settlementId: insurance.centre.settlementId } : {};
  return {
    lock,
    payment: { order: final ?? (touched ? 'open' : 'none'), paidFen, refund },
    insurance: { at: insurance.at, ...claim, ...settled },
    confirm: confirm.at,
  };
}
