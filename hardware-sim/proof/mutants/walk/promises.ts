/**
 * What the walk holds against the parties' ledgers: the names are those of `invariant-table.ts`, the list of all proofs;
 * the walk's own, W1 …, have their sentences here.
 */
import type { Call } from '../../../../firmware/settlement/call.ts';
import type { SettlementStatus } from '../../../../firmware/settlement/settlements.ts';
import { claims, formerCounts, type HasIntent, ownFen, type Parties, type Trip, takenFen } from './trip.ts';

/** Promises that only the walk looks after. */
export const ownPromises: Readonly<Record<string, string>> = {
  'I0 coreNeverThrows': 'The ledger throws only its own named refusals.',
  'W1 oneLiveSettlement': 'A kiosk has at most one settlement under way for a bill.',
  'W2 offSiteNeverReversed': 'An off-site settlement is only asked after: no 2601 is ever sent for it.',
  'W3 caseIsTold': 'When a person must look, the hospital’s staff are told.',
  'W4 sentAsWritten': 'An upload that is not as its cause wrote it is sent to nobody.',
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
  // A 2208 that may have left before is no beginning: it is sent again until it is definite.
  const isRepeated = step === 'ins.undo' && trip.mayHaveLeft.has(call.messageId);
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
  const { step, attempt } = call;
  if (attempt === 0) return;
  if (!hasIntent(trip.number, { step, attempt, key: keyOf(call, trip) })) say('I4 intentFirst', `${step} ${attempt}`);
  const confirmed = isConfirmed(trip, parties);
  const kept = takenFen(trip, parties) - trip.notesFen;
  switch (call.step) {
    case 'pay.refund':
      if (claims(trip, parties) > 0) say('P10 refundAfterInsurance', 'a claim still counts');
      if (!trip.seenPaid.has(call.orderNumber)) say('P11 refundAfterQuestion', call.orderNumber);
      return;
    case 'pay.return':
      if (!trip.seenPaid.has(call.orderNumber)) say('P11 refundAfterQuestion', call.orderNumber);
      if (!confirmed) say('P17 returnAfterConfirm', 'the hospital knows nothing of it');
      return;
    case 'hospital.unlock':
      if (kept !== 0 || claims(trip, parties) > 0)
        say('P12 unlockLast', `${kept} fen, ${claims(trip, parties)} claims`);
      return;
    case 'hospital.confirm': {
      // What is refused anyway does no harm, however late it comes.
      if (confirmed || parties.hospital.refuses) return;
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

export function atSlip(trip: Trip, parties: Parties, say: Say): void {
  if (!isConfirmed(trip, parties)) say('I7 oneUnmarkedSlip', 'printed before confirm');
  if (trip.slips.filter(({ isMarked }) => !isMarked).length > 1) say('I7 oneUnmarkedSlip', 'two unmarked slips');
}

/** Nothing more will happen. `persons`: reasons for which a person is right here. */
export function atEnd(trip: Trip, parties: Parties, persons: readonly string[], say: Say): void {
  const view = trip.said?.view;
  if (view?.state === 'handedToPerson') {
    if (view.reason === 'hospitalUnreadable')
      say('I6 everyOneEnds', 'it waits for people, and the hospital is well again');
    const needsLittle = view.reason === 'offSiteUnknown' || view.reason === 'refundHalfDone';
    const isRight =
      view.reason === 'hospitalUnreadable' || persons.includes(view.reason) || (needsLittle && trip.troubles > 0);
    if (!isRight) say('P4 personOnlyInNeed', `for ${view.reason}`);
    return;
  }
  const isRefusedBack = view?.state === 'settled' && persons.includes('returnRefused');
  if (!trip.hasEnded && !isRefusedBack) say('I6 everyOneEnds', `it is ${view?.state}`);
  else if (view?.state === 'settled') endsSettled(trip, parties, isRefusedBack, say);
  else endsWithNothing(trip, parties, say);
}

function endsSettled(trip: Trip, parties: Parties, isRefusedBack: boolean, say: Say): void {
  const { said, order } = trip;
  const wrong = (what: string): void => say('I5 endMeans', `settled: ${what}`);
  const fen = takenFen(trip, parties) - (said?.owedFen ?? 0);
  const isBackOpen =
    said?.view.state === 'settled' &&
    said.view.returns.some(({ state }) => state === 'refused' || state === 'underWay');
  if (isBackOpen && !isRefusedBack) wrong('a way back is open');
  if (!isBackOpen && fen !== ownFen(trip, parties) - order.paidBeforeFen) wrong(`${fen} fen`);
  const own = claims(trip, parties);
  const former = formerCounts(trip, parties);
  if (own !== (trip.isInsured ? 1 : 0) || former !== 0) wrong(`${own} claims, ${former} former`);
  if (!isConfirmed(trip, parties)) wrong('not confirmed');
  if (parties.centre.differsByFen !== 0) wrong('the centre settled other amounts');
}

function endsWithNothing(trip: Trip, parties: Parties, say: Say): void {
  const { said, order, number, orders, lastPayAnswer } = trip;
  const state = said?.view.state;
  const wrong = (what: string): void => say('I5 endMeans', `${state}: ${what}`);
  if (state !== 'notSettled' && state !== 'parked') wrong('no end');
  const fen = takenFen(trip, parties) - (said?.owedFen ?? 0);
  const own = claims(trip, parties);
  const confirmed = isConfirmed(trip, parties);
  if (fen !== 0 || own !== 0 || confirmed) wrong(`${fen} fen, ${own} claims, confirmed ${confirmed}`);
  if (order.former?.settlementId && formerCounts(trip, parties) !== 1) wrong('the former settlement is gone');
  const { broker, terminal, hospital } = parties;
  if ([...orders].some((one) => broker.isPayable(one) || terminal.isPayable(one))) wrong('its order can still be paid');
  const isOrderThere = [...orders].some((one) => broker.orders.get(one)?.paidFen === 0);
  if (isOrderThere && lastPayAnswer !== 'closed' && lastPayAnswer !== 'notFound') {
    say('P15 unpaidByQuestion', `ended after ${lastPayAnswer}`);
  }
  if (trip.lockTroubles === 0 && hospital.holder(order.billId) === number) say('P3 billIsGivenBack', number);
}

function isConfirmed({ order, number }: Trip, { hospital }: Parties): boolean {
  return hospital.bill(order.billId).confirmed?.by === number;
}
