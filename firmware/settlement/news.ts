/**
 * What others are told of a settlement, in the same transaction as its cause.
 *
 * Pure: it follows from the state before, the state after, and what the order said it would owe. The clear part is
 * numbers and amounts, no person; what names one comes sealed from the order.
 */
import { isConfirmed, owedFen } from './course.ts';
import { intentNews } from './news-of-intents.ts';
import type { NewRow, UploadKind } from './outbox-rows.ts';
import { caseNumber, cashTaskNumber, isStillAsked, parkedNumber, type Saga } from './saga.ts';
import type { OwedUpload } from './settlements.ts';

export function news(before: Saga, after: Saga, owed: readonly OwedUpload[] = []): readonly NewRow[] {
  // Most turns change nothing that others are told.
  if (before === after) return [];
  const told: NewRow[] = [];
  const tell = (kind: UploadKind, event: string, body: Readonly<Record<string, unknown>>): void => {
    told.push({ kind, key: `${after.number} ${event}`, body: JSON.stringify({ ...what(after), ...body }) });
  };
  const intent = intentNews(before, after);
  if (intent) tell('intentMirror', `intent ${intent.step} ${intent.attempt}`, { ...intent });
  const named = { caseNumber: caseNumber(after) };
  // One that may still end by itself can come again: its attempt tells one time from the other.
  const attempt = after.attempts['hospital.confirm'];
  if (after.person && after.person !== before.person) {
    const mayEnd = isStillAsked(after.person);
    const event = mayEnd ? `${after.person} ${attempt}` : 'case';
    tell('settlementCase', event, { ...named, reason: after.person, stands: stands(after) });
    if (mayEnd) tell('authorityAlarm', `${event} alarm`, { ...alarmOf(after), settlement: after.number });
  }
  if (after.closing && !before.closing) tell('settlementCase', 'caseClosed', { ...named, closed: true });
  if (before.person && !after.person) {
    tell('settlementCase', `${before.person} over ${attempt}`, { ...named, closed: true });
  }
  for (const { place, end } of endedLegs(before, after)) {
    const { refundNumber, amountFen } = after.returns[place] ?? {};
    tell('returnEnded', `return ${place} ${end}`, { refundNumber, amountFen, end });
  }
  const cashFen = owedFen(after);
  if (cashFen > owedFen(before)) {
    tell('cashOwed', `cashOwed ${cashFen}`, { taskNumber: cashTaskNumber(after), amountFen: cashFen });
  }
  if (after.end && !before.end) {
    tell('settlementEnded', 'ended', { end: after.end, returnedFen: refundedFen(after) });
    if (after.end === 'parked') tell('billParked', 'parked', { parkedNumber: parkedNumber(after) });
    if (after.end !== 'settled')
      told.push(...owed.filter(({ on }) => on === after.end).map((one) => rowOf(after, one)));
  }
  if (isSettledForOthers(after) && !isSettledForOthers(before)) {
    tell('settledTotals', 'totals', centreOf(after));
    told.push(...owed.filter(({ on }) => on === 'settled').map((one) => rowOf(after, one)));
  }
  return told;
}

/** A fault of a party that no line watch sees: it answers, and nobody can read what. */
function alarmOf(saga: Saga) {
  return { fault: caseNumber(saga), number: 1, stage: 'alarm', class: 'high', reason: saga.person };
}

/** A way back that only a person can go on with keeps nothing from the platform that a settled bill owes it. */
function isSettledForOthers(saga: Saga): boolean {
  return saga.end === 'settled' || (saga.person !== undefined && isConfirmed(saga));
}

function what({ number, billId, flow, plan, agreed, former }: Saga) {
  const { totalFen, fundFen, accountFen, ownFen } = agreed;
  const undone = former ? { formerNumber: former.settlementNumber } : {};
  return { number, billId, flow, plan, ...undone, amounts: { totalFen, fundFen, accountFen, ownFen } };
}

/** What a settlement that failed had taken, and has given back by the route it came. */
function refundedFen({ payment: { final, refund, paidFen } }: Saga): number {
  return final === 'paid' && refund === 'done' ? paidFen : 0;
}

/** What the centre and the hospital made of it: an upload names its settlement by these. */
function centreOf({ insurance, confirm }: Saga) {
  const receipt = confirm.at === 'done' ? { receiptNumber: confirm.receiptNumber } : {};
  if (insurance.at !== 'settled') return receipt;
  const { settlementId, messageId, settledAt } = insurance.centre;
  return { settlementId, messageId, settledAt, ...receipt };
}

function rowOf(saga: Saga, { kind, part, facts, person, waitsForContent }: OwedUpload): NewRow {
  const { number, insurance } = saga;
  const amounts = insurance.at === 'settled' ? insurance.centre.amounts : saga.agreed;
  return {
    kind,
    key: `${number} ${kind}${part === undefined ? '' : ` ${part}`}`,
    body: JSON.stringify({ ...what(saga), ...centreOf(saga), amounts, ...facts }),
    person: person.reveal(),
    ...(waitsForContent ? { hold: 'content' as const } : {}),
  };
}

/** Ways back by their original route that came to an end in this turn; the cashier's are told as cash that is owed. */
function endedLegs(
  before: Saga,
  after: Saga,
): readonly { readonly place: number; readonly end: 'returned' | 'refused' }[] {
  if (before.legs === after.legs) return [];
  return after.legs.flatMap(({ refund }, place) => {
    const changed = refund !== before.legs[place]?.refund && after.returns[place]?.by !== 'cashier';
    if (!changed || (refund !== 'done' && refund !== 'refused')) return [];
    return [{ place, end: refund === 'done' ? 'returned' : 'refused' }];
  });
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
