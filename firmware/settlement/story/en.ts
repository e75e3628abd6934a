/** The story in English. */
import type { StoryWords } from './story-words.ts';

export const en: StoryWords = {
  flow: {
    outpatient: 'outpatient settlement',
    registration: 'registration fee',
    deposit: 'inpatient deposit',
    discharge: 'discharge settlement',
    selfPay: 'bill at own expense',
    refund: 'refund',
    conversion: 'own expense turned into insurance',
    parked: 'parked bill',
  },
  plan: { payThenSettle: 'pay, then settle', settleThenPay: 'settle, then pay' },
  asked: {
    'hospital.lock': 'asked the hospital to lock the bill',
    'hospital.confirm': 'asked the hospital to confirm the bill as settled',
    'hospital.unlock': 'asked the hospital to release the bill',
    'pay.create': 'asked the payment side for an order that a phone can pay',
    'pay.charge': 'asked for the charge',
    'pay.close': 'asked to close or reverse the order',
    'pay.refund': 'asked to refund by the original route',
    'pay.return': 'asked to give one part back by its original route',
    'pay.query': 'asked how the order stands',
    'pay.refundState': 'asked how the refund stands',
    'pay.returnQuery': 'asked whether that route had been paid',
    'pay.returnState': 'asked how that part stands',
    'cash.stack': 'asked the note acceptor to take the note',
    'cash.counter': 'read the counter of the note acceptor',
    'ins.settle': 'asked the insurance platform to settle (2207/2304)',
    'ins.find': 'asked the insurance platform for this settlement (5201, 5203)',
    'ins.reverse': 'asked the insurance platform to reverse the message (2601)',
    'ins.void': 'asked the insurance platform to void the settlement (2208/2305)',
    'ins.undo': 'asked the insurance platform to void the earlier settlement (2208/2305)',
    'ins.findFormer': 'asked the insurance platform for the earlier settlement (5203)',
    'ins.prepare': 'asked the insurance platform to split the kept lines anew (2205, 2204, 2206)',
  },
  done: 'done',
  found: {
    waiting: 'not paid',
    userPaying: 'being paid',
    paid: 'paid',
    closed: 'closed',
    refunded: 'refunded',
    notFound: 'not there',
    pending: 'refund taken in',
    failed: 'refund failed',
    reversed: 'reversed',
    counts: 'it counts',
    voided: 'voided',
  },
  refused: (reason) => `refused (${reason})`,
  later: {
    laterStay: 'refused: a later hospital stay was settled and must be undone first',
    laterOutpatient: 'refused: a later outpatient visit was settled and must be undone first',
    laterPharmacy: 'refused: a later pharmacy purchase was settled and must be undone first',
    laterSettlement: 'refused: something was settled later and must be undone first',
  },
  noAnswer: (why) => `no answer that can be relied on (${why})`,
  late: 'late answer',
  agreed: ({ total, fund, account, own }) =>
    `the patient agreed: total ${total}, fund ${fund}, account ${account}, own part ${own} yuan`,
  paidBefore: (yuan) => `${yuan} yuan had been paid before`,
  goesBack: (yuan) => `${yuan} yuan are to go back by their routes`,
  giveUp: {
    patientGaveUp: 'the patient gave up',
    patientGone: 'the patient is gone',
    payOrderExpired: 'the time to pay was over',
  },
  restarted: 'the kiosk started again; nobody stands in front of it',
  codeShown: 'the patient showed a payment code',
  cashOpened: 'notes are taken from now on',
  noteInserted: (yuan) => `a note of ${yuan} yuan was put in`,
  payAbsent: 'after it was closed, the order was never paid',
  person: {
    offSiteUnknown: 'a person must look: the off-site settlement stays unclear',
    reversalRefused: 'a person must look: the reversal was refused',
    voidRefused: 'a person must look: voiding was refused',
    refundRefused: 'a person must give the money back: the refund was refused',
    paymentContradicts: 'a person must look: the payment side contradicts itself',
    insuranceContradicts: 'a person must look: the insurance platform contradicts itself',
    hospitalContradicts: 'a person must look: the hospital contradicts itself',
    hospitalUnreadable:
      'a person must look whether the hospital has it: its answers cannot be read; the kiosk still asks',
    refundHalfDone: 'a person must go on: the earlier settlement is undone, the rest could not be done',
    returnRefused: 'a person must give the money back: one original route is closed',
    cashMismatch: 'a person must count: the note acceptor’s counter does not fit; the money is fenced',
  },
  caseClosed: (by, claim, kept, note) =>
    `${by.join(' and ')} closed the case: claim ${claim === 'counts' ? 'counts' : 'is none'}, kept ${kept} yuan; ${note}`,
  paidOut: (by, yuan) => `cashier ${by} handed out ${yuan} yuan`,
  end: {
    settled: 'ended: done',
    notSettled: 'ended: not settled, nothing kept',
    parked: 'ended: parked under its number',
    byPerson: 'ended by people',
  },
  copyBegun: (copy) => (copy === 1 ? 'the slip begins to print' : `the slip begins to print again (copy ${copy})`),
  copyEnded: { printed: 'the slip is printed', unconfirmed: 'the slip may not be printed', failed: 'no slip' },
  now: ({ word, takenFen, owedFen, caseNumber }, yuan) => {
    switch (word) {
      case 'nothingTaken':
        return 'Nothing has been taken.';
      case 'parked':
        return 'Nothing has been taken; the bill waits under its number to be settled with insurance.';
      case 'findingOut':
        return `Whether it was paid is being found out, ${yuan(takenFen.most)} yuan at most; do not pay again.`;
      case 'held':
        return `${yuan(takenFen.most)} yuan were paid and the bill is being settled; if that fails they go back.`;
      case 'kept':
        return `${yuan(takenFen.most)} yuan were paid and the bill is settled.`;
      case 'goingBack':
        return 'Money is on its way back by its original route; not all has arrived.';
      case 'returned':
        return 'All that was to go back went back by its original route.';
      case 'atCashier':
        return `${yuan(owedFen)} yuan wait for the patient at the cashier’s window.`;
      case 'withPerson':
        return `A person looks after it, case ${caseNumber}.`;
      case 'closedByPerson':
        return `People have closed case ${caseNumber}.`;
    }
  },
  claimsNow: {
    none: 'No settlement counts at the centre.',
    one: 'One settlement counts at the centre.',
    open: 'What the centre holds is being found out.',
  },
};
