/**
 * What must hold of the parties' ledgers, at every instant and in every crash state: the one list there is.
 *
 * None of the rules reads our journal, but for the set of durable intents that I4 is about; `invariants.ts`
 * says when each kind is looked at. I10 (same seed, byte-identical journal) is a comparison of two runs: see `soak.ts`.
 *
 * One exception has a name: a settlement whose bill lock ran out at the hospital and whose bill went to somebody
 * else meanwhile ("lost") may still hold money or a claim, until it has given them back.
 */
import type { Call } from '../../firmware/settlement/facts.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import { flowOf } from './flow-table.ts';
import type { BillFile, Ledgers, SettlementRecord } from './ledgers.ts';
import { netFen, refundedFen } from './parties/payment-gateway.ts';
import { type DurableIntents, intentName } from './watched-journal.ts';

/** One thing that must hold. `check` answers what is wrong, or nothing. */
export interface Rule<Given extends readonly unknown[]> {
  readonly name: string;
  readonly says: string;
  readonly check: (...given: Given) => string | undefined;
}

/** Longest way of a settlement whose parties are well and whose patient pays or leaves, ms beyond the order's life. */
const WELL_MS = 15 * 60_000;

const bill = (billId: string, ledgers: Ledgers) => ledgers.hospital.bills.get(billId);
const isLost = (record: SettlementRecord, ledgers: Ledgers): boolean =>
  bill(record.billId, ledgers)?.lostBy.has(record.number) ?? false;
const isConfirmed = (record: SettlementRecord, ledgers: Ledgers): boolean =>
  bill(record.billId, ledgers)?.confirmed?.by === record.number;
const state = (record: SettlementRecord) => record.said?.view.state;

/** What the payer is out of pocket for this settlement, fen. */
export function takenFen(record: SettlementRecord, ledgers: Ledgers): number {
  let sum = 0;
  for (const number of record.orders) {
    const order = ledgers.gateway.orders.get(number);
    if (order) sum += netFen(order);
  }
  return sum;
}

/** Claims of this settlement that count at the centre. */
export function liveClaims(record: SettlementRecord, ledgers: Ledgers): number {
  let count = 0;
  for (const messageId of record.messages) if (ledgers.centre.claims.get(messageId)?.state === 'live') count += 1;
  return count;
}

function liveOrders({ orders }: SettlementRecord, { gateway }: Ledgers): number {
  let count = 0;
  for (const number of orders) {
    const order = gateway.orders.get(number);
    if (order && netFen(order) > 0) count += 1;
  }
  return count;
}

function wrongEnd(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const { view } = record.said ?? {};
  const taken = takenFen(record, ledgers);
  const claims = liveClaims(record, ledgers);
  const confirmed = isConfirmed(record, ledgers);
  if (view?.state === 'settled') {
    const wanted = flowOf(record.flow).claims;
    const paid = taken === record.collectFen && claims === wanted && confirmed;
    return paid
      ? undefined
      : `settled with ${taken} of ${record.collectFen} fen, ${claims} claims, confirmed ${confirmed}`;
  }
  if (view?.state === 'notSettled') {
    const clean = taken === 0 && claims === 0 && !confirmed;
    return clean ? undefined : `not settled with ${taken} fen, ${claims} claims, confirmed ${confirmed}`;
  }
  return undefined;
}

/** Of one bill, whenever something happened to it. */
export const billRules: readonly Rule<[BillFile, Ledgers]>[] = [
  {
    name: 'I1 oneCharge',
    says: 'A bill has at most one live charge at any instant.',
    check: ({ records }, ledgers) => {
      let count = 0;
      for (const record of records) if (!isLost(record, ledgers)) count += liveOrders(record, ledgers);
      return count > 1 ? `${count} live charges` : undefined;
    },
  },
  {
    name: 'I2 oneClaim',
    says: 'A bill has at most one claim that counts at any instant.',
    check: ({ billId }, ledgers) => {
      let count = 0;
      for (const { state: at, messageId } of ledgers.centre.claimsOf(billId)) {
        const record = ledgers.records.get(ledgers.senders.get(messageId) ?? '');
        if (at === 'live' && !(record && isLost(record, ledgers))) count += 1;
      }
      return count > 1 ? `${count} live claims` : undefined;
    },
  },
  {
    name: 'I3 refundWithinCharge',
    says: 'Never more goes back than was charged, order by order.',
    check: ({ records }, { gateway }) => {
      for (const { orders } of records) {
        for (const number of orders) {
          const order = gateway.orders.get(number);
          if (order && refundedFen(order) > order.paidFen) return `${refundedFen(order)} of ${order.paidFen} fen`;
        }
      }
      return undefined;
    },
  },
  {
    name: 'I5 endMeans',
    says: 'Settled means confirmed, own part paid, one claim; any other end means none of the three.',
    check: ({ records }, ledgers) => {
      for (const record of records) {
        if (record.endedAtMs === undefined) continue;
        const said = state(record);
        if (said !== 'settled' && said !== 'notSettled') return `${record.number} ended as ${said}`;
        const wrong = wrongEnd(record, ledgers);
        if (wrong) return `${record.number} ${wrong}`;
      }
      return undefined;
    },
  },
  {
    name: 'I7 oneUnmarkedSlip',
    says: 'A settlement has at most one slip without a duplicate mark, and none before the hospital confirmed.',
    check: ({ records }, ledgers) => {
      for (const record of records) {
        const slips = ledgers.slips.get(record.number) ?? [];
        if (slips.length > 0 && !isConfirmed(record, ledgers)) return `${record.number} printed before confirm`;
        if (slips.filter(({ marked }) => !marked).length > 1) return `${record.number} has two unmarked slips`;
      }
      return undefined;
    },
  },
  {
    name: 'P1 moneyIsWhereSaid',
    says: 'What the kiosk says about a bill’s money is never contradicted by the parties’ ledgers.',
    check: ({ records }, ledgers) => {
      for (const record of records) {
        const wrong = wronglySaid(record, ledgers);
        if (wrong) return `${record.number} ${wrong}`;
      }
      return undefined;
    },
  },
  {
    name: 'P2 oneNumberEach',
    says: 'One settlement uses one order number, one refund number an order and one settling message for its life.',
    check: ({ records }) => {
      for (const { number, orders, refunds, messages } of records) {
        if (orders.size > 1) return `${number} used ${orders.size} order numbers`;
        if (messages.size > 1) return `${number} sent ${messages.size} settling messages`;
        if (new Set(refunds.values()).size !== refunds.size) return `${number} used two refund numbers for an order`;
      }
      return undefined;
    },
  },
  {
    name: 'P3 billIsGivenBack',
    says: 'A settlement that ended as not settled no longer holds its bill, unless unlocking itself met trouble.',
    check: ({ records }, ledgers) => {
      for (const record of records) {
        if (record.endedAtMs === undefined || state(record) !== 'notSettled' || record.lockTroubles > 0) continue;
        const own = bill(record.billId, ledgers);
        if (own && ledgers.hospital.holderOf(own) === record.number) return `${record.number} still holds it`;
      }
      return undefined;
    },
  },
  {
    name: 'P4 personOnlyInNeed',
    says: 'A person is called only when parties contradict each other or refuse what must be undone.',
    check: ({ records }) => {
      for (const { number, said, needsPerson, troubles } of records) {
        if (said?.view.state !== 'handedToPerson' || needsPerson) continue;
        // Off-site, what is not found is never reversed: any trouble may end there.
        if (said.view.reason !== 'offSiteUnknown' || troubles === 0) return `${number} for ${said.view.reason}`;
      }
      return undefined;
    },
  },
  {
    name: 'P15 unpaidByQuestion',
    says: 'An order counts as unpaid only after a question said so, not because a close was taken.',
    check: ({ records }, { gateway }) => {
      for (const record of records) {
        if (record.endedAtMs === undefined || state(record) !== 'notSettled') continue;
        const { lastPayAnswer: last, orders, number } = record;
        const open = [...orders].some((order) => gateway.orders.get(order)?.paidFen === 0);
        if (open && last !== 'closed' && last !== 'notFound') return `${number} ended after ${last}`;
      }
      return undefined;
    },
  },
];

function wronglySaid(record: SettlementRecord, ledgers: Ledgers): string | undefined {
  const view = record.said?.view;
  switch (view?.state) {
    case 'settled': {
      const confirmed = bill(record.billId, ledgers)?.confirmed;
      const id = view.centre.settlementId;
      if (confirmed?.receiptNumber !== view.receiptNumber) return 'shows a receipt that is not the hospital’s';
      if (ledgers.centre.bySettlementId(id)?.state !== 'live') return 'shows a settlement that does not count';
      return wrongEnd(record, ledgers);
    }
    case 'notSettled': {
      const everPaid = [...record.orders].some((number) => (ledgers.gateway.orders.get(number)?.paidFen ?? 0) > 0);
      if (everPaid !== (view.refund === 'refunded')) return `says ${view.refund}, ever paid: ${everPaid}`;
      return wrongEnd(record, ledgers);
    }
    case 'awaitingPayment': {
      if (isConfirmed(record, ledgers)) return 'asks for money of a confirmed bill';
      const order = ledgers.gateway.orders.get(view.payCode.slice('pay:'.length));
      if (!order || !record.orders.has(order.number)) return 'shows a code of no order';
      if (order.refunds.size > 0) return 'asks for money that went back';
      const claims = liveClaims(record, ledgers);
      return claims === (record.order.plan === 'settleThenPay' ? 1 : 0) ? undefined : `asks with ${claims} claims`;
    }
    case 'preparing':
      if (isConfirmed(record, ledgers)) return 'prepares a confirmed bill';
      return record.order.plan === 'payThenSettle' && liveClaims(record, ledgers) > 0 ? 'prepares a claim' : undefined;
    default:
      return undefined;
  }
}

/** The key that the intent of a call must have been written with. */
function keyOf(call: Call, number: string): string {
  if ('refundNumber' in call) return call.refundNumber;
  if ('messageId' in call) return call.messageId;
  return 'orderNumber' in call && call.step !== 'hospital.confirm' ? call.orderNumber : number;
}

/** Of a call that leaves the kiosk in its `boot`-th life. */
export const sendRules: readonly Rule<[Call, SettlementRecord, Ledgers, number]>[] = [
  {
    name: 'P5 settleUnderLock',
    says: 'A claim is sent only while the hospital holds the bill for this settlement.',
    check: ({ step }, { billId, number }, ledgers) => {
      const own = bill(billId, ledgers);
      if (step !== 'ins.settle' || !own) return undefined;
      const holder = ledgers.hospital.holderOf(own);
      return holder === number ? undefined : `held by ${holder ?? 'nobody'}, confirmed by ${own.confirmed?.by}`;
    },
  },
  {
    name: 'P6 nothingBegunForNobody',
    says: 'No claim is sent for the first time, and no money asked for, after the kiosk started again.',
    check: ({ step }, { begunBoot }, _ledgers, boot) =>
      boot !== begunBoot && (step === 'ins.settle' || step === 'pay.create' || step === 'pay.charge')
        ? `${step} in life ${boot}, begun in ${begunBoot}`
        : undefined,
  },
  {
    name: 'P7 claimAfterMoney',
    says: 'Where money comes first, a claim is sent only when all of it is there.',
    check: ({ step }, record, ledgers) => {
      if (step !== 'ins.settle' || record.order.plan !== 'payThenSettle') return undefined;
      const taken = takenFen(record, ledgers);
      return taken === record.collectFen ? undefined : `${taken} of ${record.collectFen} fen`;
    },
  },
  {
    name: 'P8 messageIdsAreNew',
    says: 'No message id of money is ever used for two things, whatever the calendar does.',
    check: (call, { number }, { senders }) => {
      if (!('messageId' in call) || (call.step !== 'ins.settle' && call.step !== 'ins.void')) return undefined;
      const before = senders.get(call.messageId);
      const mine = call.step === 'ins.settle' ? number : `${number} void`;
      return before === undefined || before === mine ? undefined : `${call.messageId} was ${before}`;
    },
  },
  {
    name: 'P9 closeAfterQuestion',
    says: 'An order is closed only right after a question said that it is not paid.',
    check: ({ step }, { lastPayAnswer }) =>
      step === 'pay.close' && lastPayAnswer !== 'open' && lastPayAnswer !== 'notFound'
        ? `the last answer was ${lastPayAnswer}`
        : undefined,
  },
];

/** Of an effect that reaches its party, just before the party acts. */
export const arrivalRules: readonly Rule<[Call, SettlementRecord, Ledgers, DurableIntents]>[] = [
  {
    name: 'I4 intentFirst',
    says: 'No effect reaches a party without an earlier durable intent under the same key.',
    check: (call, { number }, _ledgers, intents) => {
      if (call.attempt === 0) return undefined;
      const key = keyOf(call, number);
      const there = intents.has(intentName(number, call.step, call.attempt, key));
      return there ? undefined : `${call.step} ${call.attempt} under ${key}`;
    },
  },
  {
    name: 'P10 refundAfterInsurance',
    says: 'Money goes back only when no claim of the settlement counts.',
    check: ({ step }, record, ledgers) =>
      step === 'pay.refund' && liveClaims(record, ledgers) > 0 ? 'a claim still counts' : undefined,
  },
  {
    name: 'P11 refundAfterQuestion',
    says: 'Money goes back only after a question was answered with “paid”.',
    check: ({ step }, { sawPaid }) => (step === 'pay.refund' && !sawPaid ? 'nobody had asked' : undefined),
  },
  {
    name: 'P12 unlockLast',
    says: 'The bill is let go only when no money and no claim of the settlement is left.',
    check: ({ step }, record, ledgers) => {
      if (step !== 'hospital.unlock') return undefined;
      const [taken, claims] = [takenFen(record, ledgers), liveClaims(record, ledgers)];
      return taken === 0 && claims === 0 ? undefined : `${taken} fen and ${claims} claims`;
    },
  },
  {
    name: 'P13 confirmWhatIs',
    says: 'The hospital is told of a settlement only when its claim counts and its money is there.',
    check: (call, record, ledgers) => {
      if (call.step !== 'hospital.confirm' || isConfirmed(record, ledgers)) return undefined;
      const claim = ledgers.centre.bySettlementId(call.centre.settlementId)?.state;
      const taken = takenFen(record, ledgers);
      if (claim === 'live' && taken === record.collectFen) return undefined;
      return `claim ${claim}, ${taken} of ${record.collectFen} fen`;
    },
  },
];

/** Of what is said of a settlement, one after the other, also before and after a crash. */
export const saidRule: Rule<[before: SettlementStatus, after: SettlementStatus | undefined]> = {
  name: 'I9 doneStays',
  says: 'Nothing that was shown as done is undone by a crash.',
  check: ({ number, view, copies }, after) => {
    if (after && copies > after.copies) return `${number}: copy ${copies} was begun, ${after.copies} are known`;
    if (view.state !== 'settled' && view.state !== 'notSettled') return undefined;
    return view.state === after?.view.state ? undefined : `${number}: ${view.state}, then ${after?.view.state}`;
  },
};

/** Of a world that has come to rest; answers every bad thing found. */
export const endRules: readonly {
  readonly name: string;
  readonly says: string;
  readonly check: (ledgers: Ledgers) => readonly string[];
}[] = [
  {
    name: 'I6 everyOneEnds',
    says: 'Every settlement ends, or waits for a person; undisturbed ones within a quarter of an hour.',
    check: ({ records }) =>
      [...records.values()].flatMap((record) => {
        const { number, endedAtMs, begunAtMs, order, troubles } = record;
        if (endedAtMs === undefined) return state(record) === 'handedToPerson' ? [] : [`${number} never ended`];
        const tookMs = endedAtMs - begunAtMs - order.payOrderLifeMs;
        return troubles === 0 && tookMs > WELL_MS ? [`${number} took ${tookMs} ms too long`] : [];
      }),
  },
  {
    name: 'I8 uploadedOnce',
    says: 'Every outbox key reaches the server exactly once in effect.',
    check: ({ records, uploads }) => [
      ...uploads.contradictions.map((key) => `${key} came with two contents`),
      ...[...records.values()]
        .filter(({ number, endedAtMs }) => endedAtMs !== undefined && !uploads.effects.has(`${number} ended`))
        .map(({ number }) => `the end of ${number} was never uploaded`),
    ],
  },
  {
    name: 'P14 zeroUnexplainedFen',
    says: 'All money and all claims at rest belong to confirmed bills, or to a case that a person has.',
    check: (ledgers) => {
      const owners = new Map<string, SettlementRecord>();
      for (const record of ledgers.records.values()) for (const number of record.orders) owners.set(number, record);
      const explained = (record: SettlementRecord | undefined): boolean =>
        record !== undefined && (isConfirmed(record, ledgers) || state(record) === 'handedToPerson');
      const fen = [...ledgers.gateway.orders.values()]
        .filter((order) => netFen(order) !== 0 && !explained(owners.get(order.number)))
        .map(({ number }) => `money of ${number}`);
      const claims = [...ledgers.centre.claims.values()]
        .filter(({ state: at, messageId, billId }) => {
          const sender = ledgers.senders.get(messageId) ?? '';
          if (at !== 'live' || bill(billId, ledgers)?.confirmed?.by === sender) return false;
          return !explained(ledgers.records.get(sender));
        })
        .map(({ settlementId }) => `claim ${settlementId}`);
      return [...fen, ...claims];
    },
  },
];
