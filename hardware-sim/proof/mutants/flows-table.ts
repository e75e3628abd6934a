/** Mistakes in the order of things: stages, ways back, refunds of earlier settlements, the bill itself, the slip. */
import type { Mutant } from './mutant.ts';

const next = 'firmware/settlement/next.ts';
const flows = 'firmware/settlement/flows.ts';
const fold = 'firmware/settlement/fold.ts';
const foldFormer = 'firmware/settlement/fold-former.ts';
const foldReturn = 'firmware/settlement/fold-return.ts';
const nextPayment = 'firmware/settlement/next-payment.ts';
const walk = { killer: 'walk' } as const;

export const ofFlows: readonly Mutant[] = [
  {
    ...{ name: 'bill let go before the money', invariant: 'P12 unlockLast', ...walk },
    says: 'On the way back the bill is free before money and claim are undone.',
    changes: [
      {
        file: flows,
        find: "wayBack = ['endPayment', 'undoInsurance', 'refund', 'unlock']",
        replace: "wayBack = ['unlock', 'endPayment', 'undoInsurance', 'refund']",
      },
    ],
  },
  {
    ...{ name: 'bill kept after an unclear lock', invariant: 'P3 billIsGivenBack', ...walk },
    says: 'A bill whose lock got no answer is never let go.',
    changes: [
      {
        file: next,
        find: "return saga.lock === 'held' || saga.lock === 'unsure'",
        replace: "return saga.lock === 'held'",
      },
    ],
  },
  {
    ...{ name: 'unanswered confirmation taken as refused', invariant: 'I5 endMeans', ...walk },
    says: 'A confirmation without an answer turns the settlement back, although the hospital may have it.',
    changes: [
      {
        file: fold,
        find: 'if (unreadable < UNREADABLE_ANSWERS) return unclear;',
        replace: "if (finding.verdict === 'unknown') return withCause(saga, 'hospitalRefused', '');",
      },
    ],
  },
  {
    ...{ name: 'unreadable hospital that nobody is told of', invariant: 'W3 caseIsTold', ...walk },
    says: 'A hospital that nobody can read is asked again for ever, and nobody learns it.',
    changes: [{ file: fold, find: 'if (unreadable < UNREADABLE_ANSWERS) return unclear;', replace: 'return unclear;' }],
  },
  {
    ...{ name: 'unreadable hospital never asked again', invariant: 'I6 everyOneEnds', ...walk },
    says: 'Once people were told of a hospital that nobody can read, the kiosk waits for them although it is well again.',
    changes: [
      {
        file: 'firmware/settlement/next.ts',
        find: 'if (saga.person && !isStillAsked(saga.person)) return',
        replace: 'if (saga.person) return',
      },
    ],
  },
  {
    ...{
      name: 'refused confirmation believed at once',
      invariant: 'I5 endMeans',
      ...walk,
      where: 'paid, then settled',
    },
    says: 'A repeated confirmation is refused and believed, although the first copy may still be taken.',
    changes: [
      {
        file: fold,
        find: 'if (unsure && !refused) return { ...readable(saga), confirm: { ...unsure, refused: true, unreadable: 0 } };',
        replace: '',
      },
    ],
  },
  {
    ...{
      name: 'refused undo believed at once',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'a refund of some lines',
    },
    says: 'A repeated 2208 is refused and believed, although the first copy may still be done.',
    changes: [
      {
        file: 'firmware/settlement/next-insurance.ts',
        find: "const ms = stage === 'refused' && unclearFrom ? missingMs(unclearFrom, quarantineMs, present.now) : 0;",
        replace:
          "const ms = stage === 'refused' && unclearFrom ? missingMs(unclearFrom, quarantineMs, present.now) * 0 : 0;",
      },
    ],
  },
  {
    ...{ name: 'undo begun without a question', invariant: 'P4 personOnlyInNeed', ...walk },
    says: 'A refund does not ask first, and makes a case of what somebody else has undone long ago.',
    changes: [
      {
        file: 'firmware/settlement/next-insurance.ts',
        find: "if (!voiding && looked !== 'done') return ask('ins.findFormer', present);",
        replace: '',
      },
    ],
  },
  {
    ...{ name: 'undo that never left counts as begun', invariant: 'P5 beginUnderLock', ...walk },
    says: 'A 2208 that was unreachable is sent later, although a window has the bill by then (the bug that the walk found).',
    changes: [
      {
        file: foldFormer,
        find: 'return voiding.unclearFrom ? saga : untouched(saga);',
        replace: 'return saga;',
      },
    ],
  },
  {
    ...{ name: 'deposit confirmed before it is paid', invariant: 'P13 confirmWhatIs', ...walk },
    says: 'The hospital is told of a deposit before the money is there.',
    changes: [
      {
        file: flows,
        find: "deposit: same('lock', 'pay', 'confirm'),",
        replace: "deposit: same('lock', 'confirm', 'pay'),",
      },
    ],
  },
  {
    ...{ name: 'claim before the money', invariant: 'P7 claimAfterMoney', ...walk },
    says: 'Where the profile wants the money first, the claim is sent first.',
    changes: [
      {
        file: flows,
        find: "payThenSettle: ['lock', 'pay', 'settle', 'confirm'],",
        replace: "payThenSettle: ['lock', 'settle', 'pay', 'confirm'],",
      },
    ],
  },
  {
    ...{ name: 'conversion without insurance', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'A bill at own expense is taken over without a claim for it.',
    changes: [
      {
        file: flows,
        find: "conversion: same('lock', 'settle', 'confirm', 'return'),",
        replace: "conversion: same('lock', 'confirm', 'return'),",
      },
    ],
  },
  {
    ...{ name: 'registration without insurance', invariant: 'I0 coreNeverThrows', ...walk },
    says: 'A registration fee is confirmed with the fund’s share and without a claim.',
    changes: [
      { file: flows, find: 'registration: insured,', replace: "registration: same('lock', 'pay', 'confirm')," },
    ],
  },
  {
    ...{ name: 'remainder of deposits kept', invariant: 'I5 endMeans', ...walk },
    says: 'A discharge ends without giving back what the deposits were too much.',
    changes: [
      {
        file: flows,
        find: "payThenSettle: [...insured.payThenSettle, 'return'],",
        replace: 'payThenSettle: insured.payThenSettle,',
      },
    ],
  },
  {
    ...{ name: 'parked bill settles', invariant: 'I5 endMeans', ...walk },
    says: 'A bill that is put aside is settled after all.',
    changes: [{ file: flows, find: 'parked: same(),', replace: "parked: same('lock', 'settle')," }],
  },
  {
    ...{ name: 'undo skipped in a refund', invariant: 'P16 undoneBeforeAnew', ...walk },
    says: 'Kept lines settle anew while the former settlement still counts.',
    changes: [
      {
        file: flows,
        find: "refund: same('lock', 'undo', 'prepare', 'settle', 'confirm', 'return'),",
        replace: "refund: same('lock', 'prepare', 'settle', 'confirm', 'return'),",
      },
    ],
  },
  {
    ...{ name: 'money returned before the hospital knows', invariant: 'P17 returnAfterConfirm', ...walk },
    says: 'A refund gives money back before the hospital has confirmed it.',
    changes: [
      {
        file: flows,
        find: "refund: same('lock', 'undo', 'prepare', 'settle', 'confirm', 'return'),",
        replace: "refund: same('lock', 'undo', 'prepare', 'settle', 'return', 'confirm'),",
      },
    ],
  },
  {
    ...{ name: 'unanswered undo taken as done', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A 2208 of the former settlement without an answer counts as voided.',
    changes: [
      {
        file: foldFormer,
        find: "return withVoiding(saga, { ...voiding, stage: 'look', unclearFrom: at });",
        replace: "return { ...saga, formerPart: { at: 'voided' } };",
      },
    ],
  },
  {
    ...{ name: 'back to the start after an undo', invariant: 'I5 endMeans', ...walk },
    says: 'A refund that has undone and cannot settle anew ends as if nothing had happened, without a person.',
    changes: [
      {
        file: next,
        find: "if (formerPart.at === 'voided') {\n    return { do: 'record', fact: { phase: 'note', step: 'person', reason: 'refundHalfDone' } };\n  }",
        replace: '',
      },
    ],
  },
  {
    ...{ name: 'rehearsal believed over the centre', invariant: 'I5 endMeans', ...walk },
    says: 'A refund gives back what was rehearsed, although the kept lines cost less now.',
    changes: [
      {
        file: foldFormer,
        find: '  return { ...prepared, agreed: amounts, returns, legs: returns.map(newLeg) };',
        replace: '  return { ...prepared, agreed: amounts };',
      },
    ],
  },
  {
    ...{ name: 'way back under a new number', invariant: 'P2 oneNumberEach', ...walk },
    says: 'What goes back is sent under a number that the intent does not have.',
    changes: [
      {
        file: 'firmware/settlement/calls.ts',
        find: 'return { step, attempt, leg, by, orderNumber: order, refundNumber: key, amountFen };',
        replace: 'return { step, attempt, leg, by, orderNumber: order, refundNumber: key + attempt, amountFen };',
      },
    ],
  },
  {
    ...{ name: 'way back repeated without asking', invariant: 'I6 everyOneEnds', ...walk },
    says: 'An unclear way back is repeated for ever and never asked after.',
    changes: [
      {
        file: nextPayment,
        find: "return leg.refund === 'unsure' ? ask('pay.returnState', present) : effect(order.refundNumber, 'pay.return', present);",
        replace: "return effect(order.refundNumber, 'pay.return', present);",
      },
    ],
  },
  {
    ...{ name: 'way back without a question', invariant: 'P11 refundAfterQuestion', ...walk },
    says: 'Money of an earlier order goes back without asking whether that order was ever paid.',
    changes: [{ file: nextPayment, find: "if (!leg.charged) return ask('pay.returnQuery', present);", replace: '' }],
  },
  {
    ...{ name: 'unanswered way back taken as done', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'What was sent back without an answer counts as given back.',
    changes: [
      {
        file: foldReturn,
        find: "if (finding.verdict === 'unknown') return legs({ refund: 'unsure' });",
        replace: "if (finding.verdict === 'unknown') return legs({ refund: 'done' });",
      },
    ],
  },
  {
    ...{ name: 'way back that was empty stays shut', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'What the centre frees after all is not given back by a way that had nothing to carry before.',
    changes: [
      {
        file: foldFormer,
        find: 'legs: returns.map(newLeg)',
        replace:
          "legs: saga.legs.map((leg, at) => (returns[at]?.amountFen ? leg : { ...leg, refund: 'done' as const }))",
      },
    ],
  },
  {
    ...{ name: 'refused way back ends as settled', invariant: 'W3 caseIsTold', ...walk },
    says: 'A way back that was refused for good is forgotten, and nobody is told.',
    changes: [
      {
        file: next,
        find: "if (saga.legs.some(({ refund }) => refund === 'refused')) {",
        replace: 'if (saga.number === "") {',
      },
    ],
  },
  {
    ...{ name: 'second slip without its mark', invariant: 'I7 oneUnmarkedSlip', ...walk },
    says: 'Every slip is printed as if it were the first.',
    changes: [
      {
        file: 'firmware/settlement/journal-ledger.ts',
        find: 'copy: live.saga.copies + 1 }]',
        replace: 'copy: 1 }]',
      },
    ],
  },
  {
    ...{ name: 'printed before it is settled', invariant: 'I7 oneUnmarkedSlip', ...walk },
    says: 'A slip begins for whoever asks.',
    changes: [
      {
        file: 'firmware/settlement/journal-ledger.ts',
        find: "if (statusOf(live.saga).view.state !== 'settled') throw new NotAllowedError('Only what is settled is printed.');",
        replace: '',
      },
    ],
  },
];
