/**
 * What the walk holds against the parties' ledgers: the names are those of `invariant-table.ts`, the list of all proofs;
 * the walk's own, W1 …, have their sentences here.
 */

import type { Call } from '../../../../firmware/settlement/call.ts';
import type { EffectStep } from '../../../../firmware/settlement/facts.ts';
import type { SettlementStatus } from '../../../../firmware/settlement/settlements.ts';
import { claims, formerCounts, type HasIntent, ownFen, type Parties, type Trip, takenFen } from './trip.ts';

/** Promises that only the walk looks after. */
export const ownPromises: Readonly<Record<string, string>> = {
  'W1 oneLiveSettlement': 'A kiosk has at most one settlement under way for a bill.',
  'W2 offSiteNeverReversed': 'An off-site settlement is only asked after: no 2601 is ever sent for it.',
  'W3 caseIsTold': 'When a person must look, the hospital’s staff are told.',
};

export interface Broken {
  readonly invariant: string;
  readonly detail: string;
}

type Say = (invariant: string, detail: string) => void;

const BEGINNINGS: readonly string[] = ['pay.create', 'pay.charge', 'cash.stack', 'ins.settle', 'ins.undo'];

/** A call leaves the kiosk in its `life`-th life. */
export function atSend(call: Call, trip: Trip, parties: Parties, life: number, say: Say): void {
  const { step } = call;
  const { order, number } = trip;
  const isRefund = order.flow === 'refund';
  // A 2208 that was sent before is no beginning: it is sent again until it is definite.
  const isRepeated = step === 'ins.undo' && parties.senders.has(call.messageId);
  if (BEGINNINGS.includes(step) && !(step === 'ins.settle' && isRefund) && !isRepeated) {
    const holder = parties.hospital.holder(order.billId);
    if (holder !== number) say('P5 beginUnderLock', `${step} while held by ${holder}`);
    // After a cut between intent and call nobody knows that it was never sent.
    if (life !== trip.begunLife && !(step === 'ins.undo' && call.attempt > 1)) {
      say('P6 nothingBegunForNobody', `${step} in life ${life} of ${trip.begunLife}`);
    }
  }
  if (step === 'ins.settle') {
    if (order.plan === 'payThenSettle' && takenFen(trip, parties) < trip.collectFen) say('P7 claimAfterMoney', step);
    if (formerCounts(trip, parties) > 0) say('P16 undoneBeforeAnew', 'the former one counts');
  }
  if (step === 'pay.close' && trip.lastPayAnswer !== 'open' && trip.lastPayAnswer !== 'notFound') {
    say('P9 closeAfterQuestion', `the last answer was ${trip.lastPayAnswer}`);
  }
  if (step === 'ins.reverse' && order.question?.insuredArea.slice(0, 4) !== '9901')
    say('W2 offSiteNeverReversed', step);
  if (step === 'ins.settle' || step === 'ins.void' || step === 'ins.undo') {
    const before = parties.senders.get(call.messageId);
    const mine = `${number} ${step}`;
    if (before !== undefined && before !== mine) say('P8 messageIdsAreNew', `${call.messageId} was ${before}`);
    parties.senders.set(call.messageId, mine);
  }
  oneNumberEach(trip, say);
}

function oneNumberEach({ orders, refunds, messages, returned, order }: Trip, say: Say): void {
  if (orders.size > 1 || refunds.size > 1) say('P2 oneNumberEach', `${orders.size} orders, ${refunds.size} refunds`);
  if (messages.size > 1) say('P2 oneNumberEach', `${messages.size} settling messages`);
  const agreed = new Set(order.returns.map(({ refundNumber }) => refundNumber));
  if (![...returned].every((number) => agreed.has(number))) say('P2 oneNumberEach', 'returned under a new number');
}

/** An effect reaches its party, which has not acted yet. */
export function atArrival(call: Call, trip: Trip, parties: Parties, hasIntent: HasIntent, say: Say): void {
  const { attempt } = call;
  if (attempt === 0) return;
  // Only effects have an attempt of their own.
  const step = call.step as EffectStep;
  const intent = { phase: 'intent', step, attempt, key: keyOf(call, trip), afterQuarantine: false } as const;
  if (!hasIntent(trip.number, intent)) say('I4 intentFirst', `${step} ${attempt}`);
  const isConfirmed = parties.hospital.bill(trip.order.billId).confirmed?.by === trip.number;
  const kept = takenFen(trip, parties) - trip.notesFen;
  switch (call.step) {
    case 'pay.refund':
      if (claims(trip, parties) > 0) say('P10 refundAfterInsurance', 'a claim still counts');
      if (!trip.seenPaid.has(call.orderNumber)) say('P11 refundAfterQuestion', call.orderNumber);
      return;
    case 'pay.return':
      if (!trip.seenPaid.has(call.orderNumber)) say('P11 refundAfterQuestion', call.orderNumber);
      if (!isConfirmed) say('P17 returnAfterConfirm', 'the hospital knows nothing of it');
      return;
    case 'hospital.unlock':
      if (kept !== 0 || claims(trip, parties) > 0)
        say('P12 unlockLast', `${kept} fen, ${claims(trip, parties)} claims`);
      return;
    case 'hospital.confirm': {
      // What is refused anyway does no harm, however late it comes.
      if (isConfirmed || parties.hospital.refuses) return;
      const isThere = claims(trip, parties) === (trip.isInsured ? 1 : 0) && formerCounts(trip, parties) === 0;
      if (!isThere || takenFen(trip, parties) < trip.collectFen) say('P13 confirmWhatIs', `${kept} fen`);
      return;
    }
    default:
  }
}

function keyOf(call: Call, { number }: Trip): string {
  if ('refundNumber' in call) return call.refundNumber;
  if ('messageId' in call) return call.messageId;
  if (call.step === 'cash.stack') return `${number.replace('set_', 'pay_')} ${call.attempt}`;
  return 'orderNumber' in call && call.step !== 'hospital.confirm' ? (call.orderNumber ?? number) : number;
}

/** After everything that happened. */
export function atInstant(trip: Trip, parties: Parties, say: Say): void {
  const live = claims(trip, parties);
  if (live + formerCounts(trip, parties) > 1) say('I2 oneClaim', `${live} of its own`);
  let charges = 0;
  for (const number of trip.orders) {
    for (const { orders } of [parties.broker, parties.terminal]) {
      const order = orders.get(number);
      if (order?.state === 'paid' && order.amountFen > 0) charges += Math.ceil(order.paidFen / order.amountFen);
    }
  }
  if (charges > 1 && parties.broker.extraFen === 0) say('I1 oneCharge', `${charges} live charges`);
  const { money } = trip;
  if (!money) return;
  const fen = takenFen(trip, parties);
  // That a phone pays more than was asked is learnt by asking.
  if (fen < money.takenFen.least || fen > money.takenFen.most + parties.broker.extraFen) {
    say('P1 moneyIsWhereSaid', `${fen} fen, said ${money.word} ${money.takenFen.least}–${money.takenFen.most}`);
  }
  const count = live + formerCounts(trip, parties);
  if (count < money.claims.least || count > money.claims.most) {
    say('P1 moneyIsWhereSaid', `${count} claims, said ${money.claims.least}–${money.claims.most}`);
  }
}

/** What is said of it, one after the other. */
export function atSaid(before: SettlementStatus | undefined, after: SettlementStatus | undefined, say: Say): void {
  const state = before?.view.state;
  if (before && after && before.copies > after.copies) say('I9 doneStays', 'a copy that was begun is not known');
  if (state !== 'settled' && state !== 'notSettled' && state !== 'parked') return;
  if (after?.view.state !== state) say('I9 doneStays', `${state}, then ${after?.view.state}`);
}

export function atSlip({ slips, order, number }: Trip, { hospital }: Parties, say: Say): void {
  const isConfirmed = hospital.bill(order.billId).confirmed?.by === number;
  if (!isConfirmed) say('I7 oneUnmarkedSlip', 'printed before confirm');
  if (slips.filter(({ isMarked }) => !isMarked).length > 1) say('I7 oneUnmarkedSlip', 'two unmarked slips');
}

/** Nothing more will happen. `persons`: reasons for which a person is right here. */
export function atEnd(trip: Trip, parties: Parties, persons: readonly string[], say: Say): void {
  const { said, order, number } = trip;
  const state = said?.view.state;
  if (said?.view.state === 'handedToPerson') {
    const { reason } = said.view;
    const needsLittle = reason === 'offSiteUnknown' || reason === 'refundHalfDone';
    if (!persons.includes(reason) && !(needsLittle && trip.troubles > 0)) say('P4 personOnlyInNeed', `for ${reason}`);
    return;
  }
  const isWithPerson = state === 'settled' && persons.includes('returnRefused');
  if (!trip.hasEnded && !isWithPerson) return say('I6 everyOneEnds', `it is ${state}`);
  const fen = takenFen(trip, parties) - (said?.owedFen ?? 0);
  const own = claims(trip, parties);
  const former = formerCounts(trip, parties);
  const isConfirmed = parties.hospital.bill(order.billId).confirmed?.by === number;
  const wrong = (what: string): void => say('I5 endMeans', `${state}: ${what}`);
  if (state === 'settled') {
    const left = trip.said?.view.state === 'settled' ? trip.said.view.returns : [];
    if (left.some((leg) => leg.state === 'refused' || leg.state === 'underWay')) {
      if (!persons.includes('returnRefused')) wrong('a way back is open');
    } else if (fen !== ownFen(trip, parties) - order.paidBeforeFen) wrong(`${fen} fen`);
    if (own !== (trip.isInsured ? 1 : 0) || former !== 0) wrong(`${own} claims, ${former} former`);
    if (!isConfirmed) wrong('not confirmed');
    if (parties.centre.differsByFen !== 0) wrong('the centre settled other amounts');
    return;
  }
  if (state !== 'notSettled' && state !== 'parked') return wrong('no end');
  if (fen !== 0 || own !== 0 || isConfirmed) wrong(`${fen} fen, ${own} claims, confirmed ${isConfirmed}`);
  if (order.former?.settlementId && former !== 1) wrong('the former settlement is gone');
  if ([...trip.orders].some((one) => parties.broker.isPayable(one) || parties.terminal.isPayable(one))) {
    wrong('its order can still be paid');
  }
  const isOrderThere = [...trip.orders].some((one) => parties.broker.orders.get(one)?.paidFen === 0);
  if (isOrderThere && trip.lastPayAnswer !== 'closed' && trip.lastPayAnswer !== 'notFound') {
    say('P15 unpaidByQuestion', `ended after ${trip.lastPayAnswer}`);
  }
  if (trip.lockTroubles === 0 && parties.hospital.holder(order.billId) === number) say('P3 billIsGivenBack', number);
}
