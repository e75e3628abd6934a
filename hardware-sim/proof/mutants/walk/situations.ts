/** Every flow, every way to pay, and parties in every mood that a walk needs. */
import { ownExpense } from '../../../../firmware/settlement/own-expense.ts';
import { bill, FORMER, insured, leg, ownBill, refund } from './orders.ts';
import type { Situation } from './situation.ts';
import type { Parties } from './trip.ts';

const settleFirst = { plan: 'settleThenPay' } as const;

/** What was paid and settled before a refund begins. */
const formerly =
  (keptFen: number, more: (parties: Parties) => void = () => undefined) =>
  (parties: Parties): void => {
    parties.centre.settledBefore(FORMER, insured(4_000));
    parties.broker.paidBefore('before-1', 4_000);
    parties.centre.splits = insured(keptFen);
    more(parties);
  };

export const situations: readonly Situation[] = [
  { title: 'paid, then settled', orders: [bill(4_000)], ends: 'settled' },
  { title: 'settled, then paid', orders: [bill(4_000, settleFirst)], ends: 'settled' },
  { title: 'a registration fee', orders: [bill(500, { flow: 'registration' })], ends: 'settled' },
  { title: 'nothing to pay', orders: [bill(0)], ends: 'settled' },
  {
    ...{ title: 'nobody pays for what was settled', orders: [bill(4_000, settleFirst)], ends: 'notSettled' },
    arrange: ({ broker }) => {
      broker.paysAfterMs = undefined;
    },
  },
  {
    ...{ title: 'paid in the last moment', orders: [bill(4_000)], ends: 'settled' },
    arrange: ({ broker }) => {
      broker.paysAfterMs = 8_100;
    },
  },
  {
    ...{ title: 'refused by the hospital', orders: [bill(4_000)], ends: 'notSettled' },
    arrange: ({ hospital }) => {
      hospital.refuses = true;
    },
  },
  {
    ...{ title: 'a card, and the hospital refuses', orders: [bill(4_000, { collect: 'card' })], ends: 'notSettled' },
    arrange: ({ hospital }) => {
      hospital.refuses = true;
    },
  },
  {
    ...{ title: 'refused by the centre', orders: [bill(4_000)], ends: 'notSettled' },
    arrange: ({ centre }) => {
      centre.refuses = true;
    },
  },
  {
    ...{ title: 'one fen off at the centre', orders: [bill(4_000, settleFirst)], ends: 'notSettled' },
    arrange: ({ centre }) => {
      centre.differsByFen = 1;
    },
  },
  {
    // A 2208 that was not answered and is then refused: whether it still counts only a person can find out.
    ...{ title: 'a centre that cannot be asked', orders: [bill(4_000)], ends: 'settled', persons: ['voidRefused'] },
    arrange: ({ centre }) => {
      centre.canFind = false;
    },
  },
  {
    ...{ title: 'the phone pays too much', orders: [bill(4_000)], ends: 'notSettled' },
    arrange: ({ broker }) => {
      broker.extraFen = 100;
    },
  },
  {
    ...{ title: 'a broker that forgets what it closed', orders: [bill(4_000, settleFirst)], ends: 'settled' },
    arrange: ({ broker }) => {
      broker.keepsTombstones = false;
    },
  },
  { title: 'the patient shows a code', orders: [bill(4_000)], ends: 'settled', showsCode: true },
  {
    ...{ title: 'off-site', ends: 'settled', persons: ['offSiteUnknown'] },
    orders: [bill(4_000)].map((order) => ({
      ...order,
      question: order.question && { ...order.question, insuredArea: '880100' },
    })),
  },
  { title: 'a deposit by phone', orders: [ownBill('deposit')], ends: 'settled' },
  { title: 'own expense by card', orders: [ownBill('selfPay', { collect: 'card' })], ends: 'settled' },
  {
    ...{ title: 'a card that its bank refuses', orders: [ownBill('selfPay', { collect: 'card' })], ends: 'notSettled' },
    arrange: ({ terminal }) => {
      terminal.bank = 'declined';
    },
  },
  {
    ...{ title: 'a deposit in notes', orders: [ownBill('deposit', { collect: 'cash' })], ends: 'settled' },
    notes: [2_000, 2_000, 2_000, 2_000],
  },
  {
    ...{ title: 'deposits that are too much', ends: 'settled' },
    orders: [bill(4_000, { flow: 'discharge', paidBeforeFen: 10_000, returns: [leg(5_000), leg(1_000, 2)] })],
    arrange: ({ broker }) => {
      broker.paidBefore('before-1', 5_000);
      broker.paidBefore('before-2', 5_000);
    },
  },
  {
    ...{ title: 'a deposit that cannot go back by its route', ends: 'settled', persons: ['returnRefused'] },
    orders: [bill(4_000, { flow: 'discharge', paidBeforeFen: 5_000, returns: [leg(1_000)] })],
    arrange: ({ broker }) => {
      broker.paidBefore('before-1', 5_000);
      broker.expired = true;
    },
  },
  {
    ...{ title: 'deposits that are too little', ends: 'settled' },
    orders: [bill(4_000, { flow: 'discharge', paidBeforeFen: 1_500, ...settleFirst })],
  },
  { title: 'a refund of some lines', orders: [refund()], ends: 'settled', arrange: formerly(1_500) },
  {
    ...{ title: 'kept lines that cost less than rehearsed', ends: 'settled', arrange: formerly(1_000) },
    orders: [refund({ returns: [{ ...leg(2_500), mostFen: 4_000 }] })],
  },
  {
    // Nothing was to go back by it; what undoing frees must still find the way.
    ...{ title: 'a way back that was empty when it was rehearsed', ends: 'settled', arrange: formerly(3_999) },
    orders: [refund({ agreed: insured(4_000), returns: [{ ...leg(0), mostFen: 4_000 }] })],
  },
  {
    ...{ title: 'a refund of the whole', ends: 'settled', arrange: formerly(0) },
    orders: [refund({ agreed: ownExpense(0), anew: false, returns: [leg(4_000)] })],
  },
  {
    ...{ title: 'a refund that a later settlement blocks', orders: [refund()], ends: 'notSettled' },
    arrange: formerly(1_500, ({ centre }) => {
      centre.blocksVoid = true;
    }),
  },
  {
    ...{ title: 'a refund of what somebody else has undone', orders: [refund()], ends: 'notSettled' },
    arrange: formerly(1_500, ({ centre }) => {
      centre.undoElsewhere(FORMER);
    }),
  },
  {
    ...{ title: 'a refund that the centre leaves half done', orders: [refund()], ends: 'handedToPerson' },
    persons: ['refundHalfDone'],
    arrange: formerly(1_500, ({ centre }) => {
      centre.refuses = true;
    }),
  },
  {
    ...{ title: 'own expense that insurance takes over', ends: 'settled' },
    orders: [
      bill(4_000, {
        ...{ flow: 'conversion', paidBeforeFen: 30_000, returns: [leg(26_000)] },
        former: { settlementNumber: 'set_before', settlementId: null },
      }),
    ],
    arrange: ({ broker }) => broker.paidBefore('before-1', 30_000),
  },
  { title: 'a parked bill', orders: [bill(4_000, { flow: 'parked', agreed: ownExpense(30_000) })], ends: 'parked' },
  {
    ...{ title: 'two bills in one second', atOnce: true, ends: 'settled', isCalendarDead: true },
    orders: [bill(0), bill(0, {}, 2)],
  },
  {
    ...{ title: 'the calendar comes again', ends: 'settled', isCalendarDead: true, onStore: true },
    orders: [bill(0), bill(0, {}, 2)],
  },
  { title: 'on the store', orders: [bill(4_000)], ends: 'settled', onStore: true },
  { title: 'a bit turns on the store', orders: [bill(4_000)], ends: 'settled', onStore: true, turnsBit: true },
  { title: 'a deposit on the store', orders: [ownBill('deposit')], ends: 'settled', onStore: true },
  // Last, for its many calls make it the longest of all.
  {
    ...{ title: 'a hospital that nobody can read', orders: [bill(4_000)], ends: 'settled' },
    arrange: ({ hospital }) => {
      hospital.unreadable = 16;
    },
  },
];
