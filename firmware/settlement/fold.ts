/**
 * `state = fold(journal)`: the only way a settlement's state comes about.
 *
 * Pure. A definite outcome is never overwritten: what contradicts it later
 * hands the settlement to a person instead of being believed or forgotten.
 */
import { isCommitted, lockIsOver } from './course.ts';
import type { Entry, Fact, Found, GiveUpReason, OrderFact } from './facts.ts';
import { foldCash, noteInserted, stacking } from './fold-cash.ts';
import { foldFormer } from './fold-former.ts';
import { foldInsurance } from './fold-insurance.ts';
import { foldPayment } from './fold-payment.ts';
import { foldReturn } from './fold-return.ts';
import { FIRST_STEP_ATTEMPTS, UNLOCK_ATTEMPTS, UNREADABLE_ANSWERS } from './limits.ts';
import type { Moment } from './moment.ts';
import { type Arrival, isStillAsked, newSaga, type Saga, withCause, withPerson } from './saga.ts';
import type { NotSettledReason } from './settlements.ts';

/** What an order of the journal's first edition does not say: it knew one flow. */
const FIRST_EDITION = {
  flow: 'outpatient',
  collect: 'code',
  paidBeforeFen: 0,
  former: null,
  anew: false,
  returns: [],
} as const;

/** @throws Error when the first entry is not an order: that is not a settlement's journal. */
export function foldAll(number: string, entries: readonly Entry[]): Saga {
  const [first, ...rest] = entries;
  if (first?.fact.phase !== 'note' || first.fact.step !== 'order') {
    throw new Error(`The journal of ${number} does not begin with an order.`);
  }
  const written: Partial<OrderFact> = first.fact.body;
  const collectFen = first.fact.body.agreed.ownFen;
  let saga = newSaga(number, { ...FIRST_EDITION, collectFen, ...written } as OrderFact);
  for (const entry of rest) saga = fold(saga, entry.fact, entry.at);
  return saga;
}

export function fold(saga: Saga, fact: Fact, at: Moment): Saga {
  switch (fact.phase) {
    case 'intent': {
      const { step, attempt, key, afterQuarantine, leg } = fact;
      const asked = {
        ...saga,
        inFlight: { step, attempt, afterQuarantine, ...(leg !== undefined && { leg }) },
        attempts: { ...saga.attempts, [step]: attempt },
      };
      if (step === 'ins.settle') return { ...asked, insurance: { at: 'asked', messageId: key } };
      if (step === 'pay.charge') return { ...asked, payment: { ...saga.payment, codeShown: false } };
      if (step === 'ins.void' && saga.insurance.at === 'settled') {
        return { ...asked, insurance: { ...saga.insurance, voiding: { messageId: key, stage: 'ask' } } };
      }
      if (step === 'ins.undo') {
        const before = saga.formerPart.at === 'counts' ? saga.formerPart.voiding : undefined;
        const voiding = { ...before, messageId: key, stage: 'ask' } as const;
        return { ...asked, formerPart: { at: 'counts', voiding, looked: 'done' } };
      }
      if (step === 'cash.stack') return stacking(asked);
      return asked;
    }
    case 'outcome': {
      const afterQuarantine = saga.inFlight?.afterQuarantine ?? false;
      return foldFound({ ...saga, inFlight: undefined }, fact.found, { at, late: false, afterQuarantine });
    }
    case 'note':
      return foldNote(saga, fact, at);
  }
}

function foldNote(saga: Saga, fact: Extract<Fact, { phase: 'note' }>, at: Moment): Saga {
  switch (fact.step) {
    case 'order':
      return saga;
    case 'answer':
    case 'late':
      return foldFound(saga, fact.found, { at, late: fact.step === 'late', afterQuarantine: false });
    case 'giveUp':
      return giveUp(saga, fact.reason);
    case 'restarted':
      return {
        ...saga,
        restarted: true,
        payment: { ...saga.payment, last: 'other', codeShown: false },
      };
    case 'codeShown':
      return { ...saga, payment: { ...saga.payment, codeShown: true } };
    case 'cashOpened':
      return { ...saga, payment: { ...saga.payment, openedAt: saga.payment.openedAt ?? at } };
    case 'noteInserted':
      return noteInserted(saga, fact.amountFen, fact.counterFen);
    case 'payAbsent':
      return { ...saga, payment: { ...saga.payment, final: 'unpaid' } };
    case 'person':
      return withPerson(saga, fact.reason);
    case 'end':
      return { ...saga, end: fact.end };
    case 'caseClosed':
      return { ...saga, closing: fact.closing, end: 'byPerson' };
    case 'paidOut':
      return { ...saga, paidOutFen: saga.paidOutFen + fact.amountFen };
    case 'copyBegun':
      return { ...saga, copies: fact.copy };
    case 'copyEnded':
      return saga;
  }
}

/** Leaving counts only while nothing has moved for sure; afterwards the settlement goes on to its end. */
function giveUp(saga: Saga, reason: GiveUpReason): Saga {
  const { payment, leaving } = saga;
  if (isCommitted(saga)) return saga;
  if (leaving !== undefined && leaving !== 'payOrderExpired') return saga;
  // Ask once more before the order is closed: the phone may have paid in this very second.
  return { ...saga, leaving: reason, payment: { ...payment, last: 'other', codeShown: false } };
}

function foldFound(saga: Saga, found: Found, arrival: Arrival): Saga {
  switch (found.step) {
    case 'hospital.lock':
    case 'hospital.confirm':
    case 'hospital.unlock':
      return foldHospital(saga, found, arrival);
    case 'pay.create':
    case 'pay.charge':
    case 'pay.close':
    case 'pay.refund':
    case 'pay.query':
    case 'pay.refundState':
      return foldPayment(saga, found, arrival);
    case 'pay.return':
    case 'pay.returnQuery':
    case 'pay.returnState':
      return foldReturn(saga, found, arrival);
    case 'cash.stack':
    case 'cash.counter':
      return foldCash(saga, found, arrival);
    case 'ins.undo':
    case 'ins.prepare':
    case 'ins.findFormer':
      return foldFormer(saga, found, arrival);
    case 'ins.settle':
    case 'ins.reverse':
    case 'ins.void':
    case 'ins.find':
      return foldInsurance(saga, found, arrival);
  }
}

type HospitalFound = Extract<Found, { step: 'hospital.lock' | 'hospital.confirm' | 'hospital.unlock' }>;

function foldHospital(saga: Saga, found: HospitalFound, { at, late }: Arrival): Saga {
  switch (found.step) {
    case 'hospital.lock':
      return late ? saga : foldLock(saga, found, at);
    case 'hospital.confirm':
      return foldConfirm(saga, found, at, late);
    case 'hospital.unlock': {
      const { finding, attempt } = found;
      const definite = finding.verdict === 'ok' || (finding.verdict === 'fail' && finding.reason !== 'unreachable');
      return definite || attempt >= UNLOCK_ATTEMPTS ? { ...saga, lock: 'released' } : saga;
    }
  }
}

function foldConfirm(
  saga: Saga,
  { finding }: Extract<HospitalFound, { step: 'hospital.confirm' }>,
  at: Moment,
  late: boolean,
): Saga {
  const { confirm } = saga;
  if (confirm.at === 'done') return saga;
  if (finding.verdict === 'ok') {
    if (confirm.at === 'refused') return withPerson(saga, 'hospitalContradicts');
    return { ...readable(saga), confirm: { at: 'done', ...finding.value } };
  }
  const unsure = confirm.at === 'unsure' ? confirm : undefined;
  const refused = unsure?.refused ?? false;
  if (finding.verdict === 'unknown') {
    const unreadable = (unsure?.unreadable ?? 0) + (finding.unreadable ? 1 : 0);
    // An answer that cannot be read may be a yes: the refusal before it is no longer the hospital's last word.
    const stands = refused && !finding.unreadable;
    const unclear: Saga = { ...saga, confirm: { at: 'unsure', unclearFrom: at, refused: stands, unreadable } };
    if (unreadable < UNREADABLE_ANSWERS) return unclear;
    return unclear.person ? unclear : withPerson(unclear, 'hospitalUnreadable');
  }
  // A late refusal says nothing of the attempts after it; one of those is asked or will be.
  if (late || finding.reason === 'unreachable') return saga;
  // An earlier copy that was not answered may still arrive and be taken.
  if (unsure && !refused) return { ...readable(saga), confirm: { ...unsure, refused: true, unreadable: 0 } };
  const no: Saga = { ...readable(saga), confirm: { at: 'refused' } };
  return withCause(no, 'hospitalRefused', finding.detail || finding.reason);
}

/** A case that was one only because nobody could read the hospital ends with the first answer that can be read. */
function readable(saga: Saga): Saga {
  return saga.person && isStillAsked(saga.person) && !saga.closing ? { ...saga, person: undefined } : saga;
}

const lockRefusals: Readonly<Record<string, NotSettledReason>> = {
  lockedElsewhere: 'billLockedElsewhere',
  alreadySettled: 'billAlreadySettled',
  changed: 'billChanged',
};

function foldLock(saga: Saga, { finding, attempt }: Extract<Found, { step: 'hospital.lock' }>, at: Moment): Saga {
  if (finding.verdict === 'ok') return { ...saga, lock: 'held', lockedAt: at };
  if (finding.verdict === 'fail' && finding.reason !== 'unreachable') {
    const reason = lockRefusals[finding.reason] ?? 'hospitalRefused';
    return withCause({ ...saga, lock: 'refused' }, reason, finding.detail || finding.reason);
  }
  if (saga.lock === 'held') {
    // Not renewed this time. Once it has run out nothing new is begun under it.
    const over = !isCommitted(saga) && saga.insurance.at === 'none' && lockIsOver(saga, at);
    return over ? withCause(saga, 'partyUnreachable', 'hospital: lock') : saga;
  }
  const unsure: Saga = finding.verdict === 'unknown' ? { ...saga, lock: 'unsure' } : saga;
  return attempt >= FIRST_STEP_ATTEMPTS ? withCause(unsure, 'partyUnreachable', 'hospital: lock') : unsure;
}
