/**
 * What must hold of the parties' ledgers, at every instant and in every crash state: the one list there is.
 *
 * None of the rules reads our journal, but for the set of durable intents that I4 is about; `invariants.ts` says when
 * each kind is looked at. I10 (same seed, byte-identical journal) is a comparison of two runs: see `soak.ts`.
 *
 * One exception has a name: a settlement whose bill lock ran out at the hospital and whose bill went to somebody
 * else meanwhile ("lost") may still hold money or a claim, until it has given them back.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import { UNREADABLE_ANSWERS } from '../../firmware/settlement/limits.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import * as books from './books.ts';
import { flowOf } from './flow-table.ts';
import type { Ledgers, VisitFile } from './ledgers.ts';
import { netFen, refundedFen } from './parties/payment-gateway.ts';
import { wronglySaid, wrongView } from './said-and-so.ts';
import type { SettlementRecord } from './settlement-record.ts';
import { type DurableIntents, intentName } from './watched-journal.ts';

/** One thing that must hold. `check` answers what is wrong, or nothing. */
export interface Rule<Given extends readonly unknown[]> {
  readonly name: string;
  readonly says: string;
  readonly check: (...given: Given) => string | undefined;
}

/** Longest way of a settlement whose parties are well and whose patient pays or leaves, ms beyond the order's life. */
const WELL_MS = 15 * 60_000;

/** The first record of a visit that something is wrong with. */
const eachRecord =
  (check: (record: SettlementRecord, ledgers: Ledgers) => string | undefined) =>
  ({ records }: VisitFile, ledgers: Ledgers): string | undefined => {
    for (const record of records) {
      const wrong = check(record, ledgers);
      if (wrong !== undefined) return `${record.number} (${record.order.flow}) ${wrong}`;
    }
    return undefined;
  };

/** Of one visit, whenever something happened to it. */
export const visitRules: readonly Rule<[VisitFile, Ledgers]>[] = [
  {
    name: 'I1 oneCharge',
    says: 'A bill has at most one live charge at any instant.',
    check: ({ records }, ledgers) => {
      let count = 0;
      for (const record of records) if (!books.isLost(record, ledgers)) count += books.liveCharges(record, ledgers);
      return count > 1 ? `${count} live charges` : undefined;
    },
  },
  {
    name: 'I2 oneClaim',
    says: 'A visit has at most one claim that counts at any instant.',
    check: ({ visitId }, ledgers) => {
      let count = 0;
      for (const { state, messageId } of ledgers.centre.claimsOf(visitId)) {
        const record = ledgers.records.get(ledgers.senders.get(messageId) ?? '');
        if (state === 'live' && !(record && books.isLost(record, ledgers))) count += 1;
      }
      return count > 1 ? `${count} live claims` : undefined;
    },
  },
  {
    name: 'I3 refundWithinCharge',
    says: 'Never more goes back than was charged, order by order.',
    check: eachRecord((record, ledgers) => {
      for (const number of [...record.orders, ...record.returned.values()]) {
        const order = ledgers.orderOf(number);
        if (order && refundedFen(order) > order.paidFen) return `${refundedFen(order)} of ${order.paidFen} fen`;
      }
      return undefined;
    }),
  },
  {
    name: 'I5 endMeans',
    says: 'Settled means confirmed, paid to the fen, one claim; not settled means none of the three.',
    check: eachRecord((record, ledgers) => {
      if (record.endedAtMs === undefined) return undefined;
      const said = books.stateOf(record);
      const known = said === 'settled' || said === 'notSettled' || said === 'parked' || said === 'closedByPerson';
      return known ? wrongView(record, ledgers) : `ended as ${said}`;
    }),
  },
  {
    name: 'I7 oneUnmarkedSlip',
    says: 'A settlement has at most one slip without a duplicate mark, and none before the hospital confirmed.',
    check: eachRecord((record, ledgers) => {
      const slips = ledgers.slips.get(record.number) ?? [];
      if (slips.length > 0 && !books.isConfirmed(record, ledgers)) return 'printed before confirm';
      return slips.filter(({ marked }) => !marked).length > 1 ? 'has two unmarked slips' : undefined;
    }),
  },
  {
    name: 'P1 moneyIsWhereSaid',
    says: 'What the kiosk says about a bill and its money is never contradicted by the parties’ ledgers.',
    check: eachRecord(wronglySaid),
  },
  {
    name: 'P2 oneNumberEach',
    says: 'One settlement uses one order number, one refund number an order and one settling message for its life.',
    check: eachRecord(({ orders, refunds, returned, messages, order }) => {
      if (orders.size > 1) return `used ${orders.size} order numbers`;
      if (messages.size > 1) return `sent ${messages.size} settling messages`;
      const own = [...refunds.keys()].filter((refundNumber) => !refundNumber.startsWith('staff_'));
      if (own.length > 1) return 'used two refund numbers for its order';
      const agreed = new Set(order.returns.map(({ refundNumber }) => refundNumber));
      return [...returned.keys()].every((number) => agreed.has(number)) ? undefined : 'returned under a new number';
    }),
  },
  {
    name: 'P3 billIsGivenBack',
    says: 'A settlement that ended as not settled no longer holds its bill, unless unlocking itself met trouble.',
    check: eachRecord((record, ledgers) => {
      if (record.endedAtMs === undefined || record.lockTroubles > 0 || books.stateOf(record) !== 'notSettled') return;
      const bill = books.billOf(record, ledgers);
      return bill && ledgers.hospital.holderOf(bill) === record.number ? 'still holds its bill' : undefined;
    }),
  },
  {
    name: 'P4 personOnlyInNeed',
    says: 'A person is called only when parties contradict each other or refuse what must be undone.',
    check: eachRecord((record, ledgers) => {
      const { said, needsPerson, troubles, differsByFen } = record;
      if (said?.view.state !== 'handedToPerson' || needsPerson) return undefined;
      const { reason } = said.view;
      if (reason === 'hospitalUnreadable') return record.unreadable >= UNREADABLE_ANSWERS ? undefined : `for ${reason}`;
      // What another kiosk's refund has undone and not brought to its end is nothing to go on with.
      if (reason === 'insuranceContradicts' && books.undoneByOthers(record, ledgers)) return undefined;
      // Off-site, what is not found is never reversed; a refund that has undone has no way back: any trouble may do.
      const needsLittle = reason === 'offSiteUnknown' || reason === 'refundHalfDone';
      return needsLittle && (troubles > 0 || differsByFen !== 0) ? undefined : `for ${reason}`;
    }),
  },
  {
    name: 'P15 unpaidByQuestion',
    says: 'An order counts as unpaid only after a question said so, not because a close was taken.',
    check: eachRecord((record, ledgers) => {
      if (record.endedAtMs === undefined || books.stateOf(record) !== 'notSettled') return undefined;
      const { lastPayAnswer: last, orders } = record;
      const isUnpaid = [...orders].some((number) => ledgers.orderOf(number)?.paidFen === 0);
      return isUnpaid && last !== 'closed' && last !== 'notFound' ? `ended after ${last}` : undefined;
    }),
  },
];

/** The key that the intent of a call must have been written with; `undefined` = any of this step and attempt. */
function keyOf(call: Call, number: string): string {
  if ('refundNumber' in call) return call.refundNumber;
  if ('messageId' in call) return call.messageId;
  if (call.step === 'cash.stack') return `${number.replace('set_', 'pay_')} ${call.attempt}`;
  return 'orderNumber' in call && call.step !== 'hospital.confirm' ? call.orderNumber : number;
}

const BEGINNINGS: ReadonlySet<Call['step']> = new Set([
  'pay.create',
  'pay.charge',
  'cash.stack',
  'ins.settle',
  'ins.undo',
]);

/** Of a call that leaves the kiosk in its `boot`-th life. */
export const sendRules: readonly Rule<[Call, SettlementRecord, Ledgers, number]>[] = [
  {
    name: 'P5 beginUnderLock',
    says: 'Money and claims are begun only while the hospital holds the bill for this settlement.',
    check: ({ step, attempt }, record, ledgers) => {
      const bill = books.billOf(record, ledgers);
      if (!bill || !BEGINNINGS.has(step) || (step === 'ins.undo' && attempt > 1)) return undefined;
      if (step === 'ins.settle' && record.order.flow === 'refund') return undefined;
      const holder = ledgers.hospital.holderOf(bill);
      return holder === record.number ? undefined : `${step}: held by ${holder}, confirmed by ${bill.confirmed?.by}`;
    },
  },
  {
    name: 'P6 nothingBegunForNobody',
    says: 'No claim is sent for the first time, and no money asked for, after the kiosk started again.',
    check: ({ step, attempt }, { begunBoot, order }, _ledgers, boot) => {
      if (boot === begunBoot || !BEGINNINGS.has(step) || (step === 'ins.undo' && attempt > 1)) return undefined;
      // A refund that has undone is for ever on its way to its end.
      return step === 'ins.settle' && order.flow === 'refund' ? undefined : `${step} in life ${boot} of ${begunBoot}`;
    },
  },
  {
    name: 'P7 claimAfterMoney',
    says: 'Where money comes first, a claim is sent only when all of it is there.',
    check: ({ step }, record, ledgers) => {
      if (step !== 'ins.settle' || record.order.plan !== 'payThenSettle') return undefined;
      const kept = books.keptFen(record, ledgers);
      return kept >= record.collectFen ? undefined : `${kept} of ${record.collectFen} fen`;
    },
  },
  {
    name: 'P8 messageIdsAreNew',
    says: 'No message id of money is ever used for two things, whatever the calendar does.',
    check: (call, { number }, { senders }) => {
      if (call.step !== 'ins.settle' && call.step !== 'ins.void' && call.step !== 'ins.undo') return undefined;
      const before = senders.get(call.messageId);
      const mine = call.step === 'ins.settle' ? number : `${number} ${call.step.slice(4)}`;
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
  {
    name: 'P16 undoneBeforeAnew',
    says: 'Kept lines settle anew only when the former settlement no longer counts.',
    check: ({ step }, record, ledgers) =>
      step === 'ins.settle' && books.formerCounts(record, ledgers) > 0 ? 'the former one counts' : undefined,
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
      step === 'pay.refund' && books.claimsOf(record, ledgers) > 0 ? 'a claim still counts' : undefined,
  },
  {
    name: 'P11 refundAfterQuestion',
    says: 'Money goes back only after a question was answered with “paid” for that very order.',
    check: (call, { seenPaid }) =>
      (call.step === 'pay.refund' || call.step === 'pay.return') && !seenPaid.has(call.orderNumber)
        ? `nobody had asked after ${call.orderNumber}`
        : undefined,
  },
  {
    name: 'P12 unlockLast',
    says: 'The bill is let go only when no money and no claim of the settlement is left; notes are owed.',
    check: ({ step }, record, ledgers) => {
      if (step !== 'hospital.unlock') return undefined;
      const kept = books.keptFen(record, ledgers) - books.notesFen(record, ledgers);
      const claims = books.claimsOf(record, ledgers);
      return kept === 0 && claims === 0 ? undefined : `${kept} fen and ${claims} claims`;
    },
  },
  {
    name: 'P13 confirmWhatIs',
    says: 'The hospital is told of a settlement only when its claim counts and its money is there.',
    check: (call, record, ledgers) => {
      if (call.step !== 'hospital.confirm' || books.isConfirmed(record, ledgers)) return undefined;
      const claim = call.centre && ledgers.centre.bySettlementId(call.centre.settlementId)?.state;
      const isInsured = flowOf(record.order.flow).isInsured && (record.order.flow !== 'refund' || record.order.anew);
      const kept = books.keptFen(record, ledgers);
      const former = books.formerCounts(record, ledgers);
      if ((isInsured ? claim === 'live' : claim === null) && kept >= record.collectFen && former === 0)
        return undefined;
      return `claim ${claim}, former ${former}, ${kept} of ${record.collectFen} fen`;
    },
  },
  {
    name: 'P17 returnAfterConfirm',
    says: 'Earlier money goes back only for what the hospital has confirmed.',
    check: ({ step }, record, ledgers) =>
      step === 'pay.return' && !books.isConfirmed(record, ledgers) ? 'the hospital knows nothing of it' : undefined,
  },
];

/** Of what is said of a settlement, one after the other, also before and after a crash. */
export const saidRule: Rule<[before: SettlementStatus, after: SettlementStatus | undefined]> = {
  name: 'I9 doneStays',
  says: 'Nothing that was shown as done is undone by a crash.',
  check: ({ number, view, copies }, after) => {
    if (after && copies > after.copies) return `${number}: copy ${copies} was begun, ${after.copies} are known`;
    if (view.state !== 'settled' && view.state !== 'notSettled' && view.state !== 'parked') return undefined;
    // A way back that was refused stays a case of what is settled, until two people close it.
    if (view.state === 'settled' && after?.view.state === 'closedByPerson') return undefined;
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
        const { number, endedAtMs, handedAtMs, begunAtMs, order, troubles } = record;
        const waits = books.stateOf(record) === 'handedToPerson' || record.needsPerson;
        if (endedAtMs === undefined) return waits ? [] : [`${number} (${order.flow}) never ended`];
        const tookMs = (handedAtMs ?? endedAtMs) - begunAtMs - order.payOrderLifeMs;
        return troubles === 0 && tookMs > WELL_MS ? [`${number} took ${tookMs} ms too long`] : [];
      }),
  },
  {
    name: 'I8 uploadedOnce',
    says: 'Every outbox key reaches the server exactly once in effect.',
    check: ({ records, uploads }) => [
      ...uploads.contradictions.map((key) => `${key} came with two contents`),
      ...[...records.values()].flatMap(({ number, endedAtMs, order, said }) => {
        // What is settled owes it although a person still looks after a way back.
        const due = (order.owed ?? [])
          .filter(({ on }) => on === said?.view.state)
          .map(({ kind }) => `${number} ${kind}`);
        const all = endedAtMs === undefined ? due : [`${number} ended`, ...due];
        return all.filter((key) => !uploads.effects.has(key)).map((key) => `${key} was never uploaded`);
      }),
    ],
  },
  {
    name: 'P14 zeroUnexplainedFen',
    says: 'All money and all claims at rest belong to confirmed bills, or to a case that a person has.',
    check: (ledgers) => {
      const owners = new Map<string, SettlementRecord>();
      const returners = new Map<string, SettlementRecord>();
      for (const record of ledgers.records.values()) {
        for (const number of record.orders) owners.set(number, record);
        for (const number of [...record.refunds.keys(), ...record.returned.keys()]) returners.set(number, record);
      }
      const isExplained = (record: SettlementRecord | undefined): boolean =>
        record !== undefined && (books.isConfirmed(record, ledgers) || record.needsPerson || isWithPerson(record));
      const orders = [...ledgers.gateway.orders.values(), ...ledgers.terminal.orders.values()];
      const fen = orders.filter((order) => netFen(order) !== 0 && !isExplained(owners.get(order.number)));
      const back = orders.flatMap(({ refunds }) => [...refunds.keys()].filter((number) => !returners.has(number)));
      const claims = [...ledgers.centre.claims.values()].filter(({ state, messageId, visitId }) => {
        const sender = ledgers.senders.get(messageId) ?? '';
        if (state !== 'live' || ledgers.hospital.bills.get(visitId)?.confirmed?.by === sender) return false;
        return !isExplained(ledgers.records.get(sender));
      });
      return [
        ...fen.map(({ number }) => `money of ${number}`),
        ...back.map((number) => `refund ${number}`),
        ...claims.map(({ settlementId }) => `claim ${settlementId}`),
      ];
    },
  },
];

function isWithPerson(record: SettlementRecord): boolean {
  return books.stateOf(record) === 'handedToPerson' || books.stateOf(record) === 'closedByPerson';
}
