/** Mistakes with payment orders, charges, notes and refunds. */
import type { Mutant } from './mutant.ts';

const next = 'firmware/settlement/next.ts';
const nextPayment = 'firmware/settlement/next-payment.ts';
const foldPayment = 'firmware/settlement/fold-payment.ts';
const foldCash = 'firmware/settlement/fold-cash.ts';
const walk = { killer: 'walk' } as const;

export const ofMoney: readonly Mutant[] = [
  {
    ...{ name: 'new pay key on retry', invariant: 'P2 oneNumberEach', ...walk },
    says: 'An order that got no answer is opened again under another number.',
    changes: [
      {
        file: nextPayment,
        find: "if (!payment.openedAt) return effect(orderNumber(saga), 'pay.create', present);",
        replace:
          "if (!payment.openedAt) return effect(orderNumber(saga) + (saga.attempts['pay.create'] ?? ''), 'pay.create', present);",
      },
    ],
  },
  {
    ...{ name: 'not found taken as unpaid', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'An order that is not found counts as unpaid, although it may be on its way.',
    changes: [
      {
        file: foldPayment,
        find: 'return payment.final ? saga : change(saga, { last, userPaying: false });',
        replace: "return payment.final ? saga : change(saga, { last, final: 'unpaid' });",
      },
    ],
  },
  {
    ...{ name: 'close trusted without a question', invariant: 'P15 unpaidByQuestion', ...walk },
    says: 'A close that was taken makes the order unpaid, and nobody asks.',
    changes: [
      {
        file: foldPayment,
        find: "change(saga, { last: 'close', closedAt: arrival.at });",
        replace: "change(saga, { last: 'close', closedAt: arrival.at, final: 'unpaid' });",
      },
    ],
  },
  {
    ...{ name: 'unanswered close trusted', invariant: 'I5 endMeans', ...walk },
    says: 'A close without an answer makes the order unpaid.',
    changes: [
      {
        file: foldPayment,
        find: "if (finding.verdict === 'unknown') return change(saga, { last: 'close' });",
        replace: "if (finding.verdict === 'unknown') return change(saga, { last: 'close', final: 'unpaid' });",
      },
    ],
  },
  {
    ...{
      name: 'no quarantine for a closed order',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'a broker that forgets what it closed',
    },
    says: 'An order that is not found right after its close is given up at once.',
    changes: [
      {
        file: nextPayment,
        find: 'if (missingMs(closedAt, saga.quarantineMs, present.now) > 0)',
        replace: 'if (saga.quarantineMs < 0)',
      },
    ],
  },
  {
    ...{ name: 'no last question before the close', invariant: 'P9 closeAfterQuestion', ...walk },
    says: 'A patient who leaves has the order closed without asking whether it was paid in this second.',
    changes: [
      {
        file: 'firmware/settlement/fold.ts',
        find: "return { ...saga, leaving: reason, payment: { ...payment, last: 'other', codeShown: false } };",
        replace: "return { ...saga, leaving: reason, payment: { ...payment, last: 'question', codeShown: false } };",
      },
    ],
  },
  {
    ...{ name: 'overpaid order accepted', invariant: 'I5 endMeans', ...walk },
    says: 'An order that was paid with more than it says is as good as paid.',
    changes: [
      {
        file: foldPayment,
        find: 'return answer.paidFen === saga.collectFen ? paid',
        replace: 'return answer.paidFen >= saga.collectFen ? paid',
      },
    ],
  },
  {
    ...{ name: 'unanswered sale taken as unpaid', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A card sale without an answer never was.',
    changes: [
      {
        file: foldPayment,
        find: "if (finding.verdict === 'unknown') return touched;",
        replace: "if (finding.verdict === 'unknown') return withCause(saga, 'paymentRefused', '');",
      },
    ],
  },
  {
    ...{ name: 'card sale repeated after silence', invariant: 'I1 oneCharge', ...walk },
    says: 'A card sale that got no answer is made again instead of being asked after.',
    changes: [
      {
        file: nextPayment,
        find: "if (!touched) return effect(orderNumber(saga), 'pay.charge', present, 'payment');",
        replace:
          "if (!touched || (saga.payment.final === undefined && last !== 'question')) return effect(orderNumber(saga), 'pay.charge', present, 'payment');",
      },
    ],
  },
  {
    ...{ name: 'refund under a new number', invariant: 'P2 oneNumberEach', ...walk },
    says: 'A refund that got no answer is asked for again under another number.',
    changes: [
      {
        file: nextPayment,
        find: "return effect(refundNumber(saga), 'pay.refund', present);",
        replace: "return effect(refundNumber(saga) + (saga.attempts['pay.refund'] ?? ''), 'pay.refund', present);",
      },
    ],
  },
  {
    ...{ name: 'refund repeated without asking', invariant: 'I6 everyOneEnds', ...walk },
    says: 'An unclear refund is repeated for ever and never asked after, so a refusal of the number is never understood.',
    changes: [
      {
        file: nextPayment,
        find: "return ask('pay.refundState', present);",
        replace: "return effect(refundNumber(saga), 'pay.refund', present);",
      },
    ],
  },
  {
    ...{ name: 'refund before a question', invariant: 'P11 refundAfterQuestion', ...walk },
    says: 'Money goes back although only the sale’s own answer said that it was paid.',
    changes: [
      { file: nextPayment, find: "if (!payment.paidByQuestion) return ask('pay.query', present);", replace: '' },
    ],
  },
  {
    ...{ name: 'unanswered refund taken as done', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A refund without an answer counts as given back.',
    changes: [
      {
        file: foldPayment,
        find: "if (finding.verdict === 'unknown') return change(saga, { refund: 'unsure' });",
        replace: "if (finding.verdict === 'unknown') return change(saga, { refund: 'done' });",
      },
    ],
  },
  {
    ...{ name: 'confirm without money', invariant: 'P7 claimAfterMoney', ...walk },
    says: 'An order that was opened is taken for one that was paid.',
    changes: [
      {
        file: next,
        find: "return saga.collectFen === 0 || saga.payment.final === 'paid' ? undefined : nextPay(saga, present);",
        replace: 'return saga.collectFen === 0 || saga.payment.touched ? undefined : nextPay(saga, present);',
      },
    ],
  },
  {
    ...{ name: 'giving up after the money moved', invariant: 'I9 doneStays', ...walk },
    says: 'A patient who walks away takes back what the hospital may already have confirmed.',
    changes: [{ file: 'firmware/settlement/fold.ts', find: '  if (isCommitted(saga)) return saga;\n', replace: '' }],
  },
  {
    ...{ name: 'deposits not taken off', invariant: 'I5 endMeans', ...walk },
    says: 'A discharge collects the whole own part although deposits were paid.',
    changes: [
      {
        file: 'firmware/settlement/order-fact.ts',
        find: "collectFen: flow === 'parked' ? 0 : Math.max(0, agreed.ownFen - paidBeforeFen),",
        replace: "collectFen: flow === 'parked' ? 0 : agreed.ownFen,",
      },
    ],
  },
  {
    ...{ name: 'cash credited in the escrow', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A note counts as soon as it is put in, and not when it is stacked.',
    changes: [
      {
        file: foldCash,
        find: 'return withCash(saga, { ...cash, note: { amountFen, counterFen, asked: false } });',
        replace:
          'return withCash(saga, { stackedFen: cash.stackedFen + amountFen, note: { amountFen, counterFen, asked: false } });',
      },
    ],
  },
  {
    ...{ name: 'unanswered stack taken as stacked', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A note whose stacking got no answer counts as stacked.',
    changes: [
      {
        file: foldCash,
        find: "return found.finding.verdict === 'fail' ? givenBack(saga) : saga;",
        replace: "return found.finding.verdict === 'fail' ? givenBack(saga) : stacked(saga);",
      },
    ],
  },
  {
    ...{ name: 'note stacked again without its counter', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'After a boot or silence the acceptor is told to stack once more, and its “nothing there” is believed.',
    changes: [
      { file: nextPayment, find: "if (note.asked) return ask('cash.counter', present, 'payment');", replace: '' },
    ],
  },
  {
    ...{ name: 'note forgotten at the end', invariant: 'I5 endMeans', ...walk },
    says: 'When time is up, a note that may have been stacked is not asked after.',
    changes: [{ file: nextPayment, find: 'if (note?.asked) return nextNote(saga, note, present);', replace: '' }],
  },
  {
    ...{ name: 'payment side’s end ignored', invariant: 'I6 everyOneEnds', ...walk },
    says: 'An order that the payment side calls closed is asked after for ever.',
    changes: [
      {
        file: foldPayment,
        find: "const unpaid = change(saga, { final: 'unpaid', userPaying: false });",
        replace: "const unpaid = change(saga, { last: 'other', userPaying: false });",
      },
    ],
  },
];
