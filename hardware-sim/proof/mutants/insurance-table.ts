/** Mistakes with claims: settling, asking after, reversing, voiding, undoing. */
import type { Mutant } from './mutant.ts';

const next = 'firmware/settlement/next.ts';
const nextInsurance = 'firmware/settlement/next-insurance.ts';
const foldInsurance = 'firmware/settlement/fold-insurance.ts';
const course = 'firmware/settlement/course.ts';
const walk = { killer: 'walk' } as const;

export const ofInsurance: readonly Mutant[] = [
  {
    ...{ name: 'settled again without a reversal', invariant: 'P2 oneNumberEach', ...walk },
    says: 'A 2207 without an answer is followed by another one under a new message id.',
    changes: [
      {
        file: next,
        find: "case 'unknown':\n          return nextInsurance(saga, insurance, present);\n        case 'settled':\n          return undefined;",
        replace:
          "case 'unknown':\n          return { do: 'effect', step: 'ins.settle', key: 'newMessageId', afterQuarantine: false };\n        case 'settled':\n          return undefined;",
      },
    ],
  },
  {
    ...{ name: 'no quarantine after “not found”', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A reversal that found nothing is repeated at once, and a 2207 on its way arrives after it.',
    changes: [
      {
        file: nextInsurance,
        find: "if (ms > 0) return { do: 'wait', ms, waiting: 'quarantine' };\n  return effect(messageId, 'ins.reverse'",
        replace: "return effect(messageId, 'ins.reverse'",
      },
    ],
  },
  {
    ...{ name: 'one “not found” is enough', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A 2207 that one reversal did not find never was.',
    changes: [
      {
        file: foldInsurance,
        find: 'if (arrival.afterQuarantine) return insurance.saidSettled',
        replace: 'if (insurance.at) return insurance.saidSettled',
      },
    ],
  },
  {
    ...{ name: 'second reversal skipped', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'After the quarantine nobody asks again: the 2207 counts as never been.',
    changes: [
      {
        file: nextInsurance,
        find: "return effect(messageId, 'ins.reverse', present, 'party', true);",
        replace:
          "return { do: 'record', fact: { phase: 'note', step: 'answer', found: { step: 'ins.reverse', attempt: 0, finding: { verdict: 'ok', value: { reversed: 'notFound' } } } } };",
      },
      {
        file: 'firmware/settlement/fold.ts',
        find: "late: fact.step === 'late', afterQuarantine: false });",
        replace: "late: fact.step === 'late', afterQuarantine: true });",
      },
    ],
  },
  {
    ...{
      name: 'unanswered reversal taken as done',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'paid, then settled',
    },
    says: 'A reversal without an answer counts as reversed.',
    changes: [
      {
        file: foldInsurance,
        find: "if (finding.verdict === 'unknown') return unknown(saga, insurance, { lingering: true });",
        replace: "if (finding.verdict === 'unknown') return reversed(saga, insurance, 'reversed');",
      },
    ],
  },
  {
    ...{
      name: 'adopted while a reversal lingers',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'paid, then settled',
    },
    says: 'A 2207 is adopted although a second copy of its reversal may still arrive (the bug that the soak found).',
    changes: [
      {
        file: foldInsurance,
        find: 'quarantineFrom: insurance.quarantineFrom ?? arrival.at, lingering: true });',
        replace: 'quarantineFrom: insurance.quarantineFrom ?? arrival.at });',
      },
    ],
  },
  {
    ...{
      name: 'adopted after an unclear reversal',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'paid, then settled',
    },
    says: 'A 2207 that is found is adopted although an unanswered reversal of it may still arrive.',
    changes: [
      {
        file: foldInsurance,
        find: 'if (centre && !insurance.lingering) return settled(saga, insurance.messageId, centre);',
        replace: 'if (centre) return settled(saga, insurance.messageId, centre);',
      },
      {
        file: foldInsurance,
        find: "if (finding.verdict === 'unknown') return unknown(saga, insurance, { lingering: true });",
        replace:
          "if (finding.verdict === 'unknown') return unknown(saga, insurance, { lingering: true, lookedUp: 'no' });",
      },
    ],
  },
  {
    ...{
      name: 'late answer believed while it is reversed',
      invariant: 'P1 moneyIsWhereSaid',
      ...walk,
      where: 'paid, then settled',
    },
    says: 'A 2207’s own late answer is adopted while its reversal is under way.',
    changes: [
      {
        file: foldInsurance,
        find: "const beingReversed = insurance.lingering || saga.inFlight?.step === 'ins.reverse';",
        replace: 'const beingReversed = false;',
      },
    ],
  },
  {
    ...{ name: 'late answer over a definite one', invariant: 'I9 doneStays', ...walk },
    says: 'A 2207 that was reversed for sure is settled again by its own late answer.',
    changes: [
      {
        file: foldInsurance,
        find: "return finding.verdict === 'ok' && !undone ? contradicts(saga) : saga;",
        replace:
          "return finding.verdict === 'ok' && undone ? settled(saga, insurance.messageId, finding.value) : saga;",
      },
    ],
  },
  {
    ...{ name: 'unanswered 2207 taken as refused', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A 2207 without an answer counts as never sent, and the money goes back.',
    changes: [
      {
        file: foldInsurance,
        find: "          lookedUp: 'no',\n          lookUps: 0,\n          lingering: false,",
        replace:
          "          ...(saga.flow && { at: 'gone' as const, how: 'neverSent' as const }),\n          lookedUp: 'no',\n          lookUps: 0,\n          lingering: false,",
      },
      {
        file: foldInsurance,
        find: "    case 'unknown':\n      return {\n        ...saga,",
        replace: "    case 'unknown':\n      return {\n        ...withCause(saga, 'partyUnreachable', ''),",
      },
    ],
  },
  {
    ...{ name: 'unanswered 2208 taken as done', invariant: 'P1 moneyIsWhereSaid', ...walk },
    says: 'A 2208 without an answer counts as voided.',
    changes: [
      {
        file: foldInsurance,
        find: "const stage = finding.verdict === 'unknown' ? 'look' : 'refused';\n  return { ...saga, insurance:",
        replace:
          "const stage = 'refused';\n  if (finding.verdict === 'unknown') return gone(saga, insurance.messageId, 'voided');\n  return { ...saga, insurance:",
      },
    ],
  },
  {
    ...{ name: 'refund without undoing insurance', invariant: 'P10 refundAfterInsurance', ...walk },
    says: 'On the way back money is returned and the claim is left standing.',
    changes: [
      {
        file: 'firmware/settlement/flows.ts',
        find: "wayBack = ['endPayment', 'undoInsurance', 'refund', 'unlock']",
        replace: "wayBack = ['endPayment', 'refund', 'unlock']",
      },
    ],
  },
  {
    ...{ name: 'off-site settlement reversed blindly', invariant: 'W2 offSiteNeverReversed', ...walk },
    says: 'An off-site 2207 that is unclear is reversed like a local one.',
    changes: [
      {
        file: nextInsurance,
        find: 'if (saga.offSite) return nextOffSite(saga, insurance, present);',
        replace: '',
      },
    ],
  },
  {
    ...{ name: 'one fen off accepted', invariant: 'I5 endMeans', ...walk },
    says: 'What the centre settled need not be what was agreed.',
    changes: [
      {
        file: foldInsurance,
        find: "return names.every((name) => name === 'balanceAfterFen' || agreed[name] === answered[name]);",
        replace: 'return names.every((name) => Math.abs((agreed[name] ?? 0) - (answered[name] ?? 0)) <= 1);',
      },
    ],
  },
  {
    ...{ name: 'settled under a lock that ran out', invariant: 'P5 beginUnderLock', ...walk },
    says: 'A 2207 is begun although the bill may be somebody else’s by now.',
    changes: [
      {
        file: next,
        find: "return saga.lock === 'held' && !(nothingMoved(saga) && lockIsOver(saga, present.now))",
        replace: "return saga.lock === 'held'",
      },
    ],
  },
  {
    ...{ name: 'first 2207 after a boot', invariant: 'P6 nothingBegunForNobody', ...walk },
    says: 'A claim is sent for the first time although the machine started again and nobody stands there.',
    changes: [
      {
        file: course,
        find: "if (isInsured(saga) && insurance.at === 'none') return back('patientGone');",
        replace: '',
      },
    ],
  },
  {
    ...{ name: 'money asked for after a boot', invariant: 'P6 nothingBegunForNobody', ...walk },
    says: 'A payment is asked for although the machine started again and nobody stands there.',
    changes: [{ file: course, find: "if (saga.collectFen > 0 && !paid) return back('patientGone');", replace: '' }],
  },
  {
    ...{ name: 'confirmed without a claim', invariant: 'P13 confirmWhatIs', ...walk },
    says: 'The hospital is told of a settlement whose claim is unclear.',
    changes: [
      {
        file: next,
        find: "case 'unknown':\n          return nextInsurance(saga, insurance, present);\n        case 'settled':\n          return undefined;",
        replace: "case 'unknown':\n        case 'settled':\n          return undefined;",
      },
      {
        file: 'firmware/settlement/calls.ts',
        find: "if (isInsured(saga) && insurance.at !== 'settled') throw new Error('Only a settlement that counts is confirmed.');",
        replace: '',
      },
    ],
  },
];
