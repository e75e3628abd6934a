/**
 * `next(state, now) → one action`: everything that a settlement ever does is decided here.
 *
 * Pure. One promise: no call that moves money is made while an earlier one of
 * the same kind is unknown, except as a repeat under the same key.
 */
import { direction, isInsured, lockIsOver, lockLifeMs, stagesOf } from './course.ts';
import type { CallStep, EffectStep, Fact, QuestionStep, Waiting } from './facts.ts';
import { type BackStage, type Stage, wayBack } from './flows.ts';
import { CASE_PAUSE_MS } from './limits.ts';
import { elapsedMs, type Now } from './moment.ts';
import { nextInsurance, nextUndo, nextVoid } from './next-insurance.ts';
import { nextEndPayment, nextPay, nextRefund, nextReturn } from './next-payment.ts';
import { isStillAsked, type Saga } from './saga.ts';

export type Decision =
  /** Journal this and ask again. */
  | { readonly do: 'record'; readonly fact: Fact }
  /** Journal the intent, then call. `newMessageId`: allocated in the intent's own transaction. */
  | {
      readonly do: 'effect';
      readonly step: EffectStep;
      readonly key: { readonly is: string } | 'newMessageId';
      readonly afterQuarantine: boolean;
    }
  | { readonly do: 'ask'; readonly step: QuestionStep }
  /** `step`: the call that is made when the pause is over; none while only time has to pass. */
  | { readonly do: 'wait'; readonly ms: number; readonly waiting: Waiting; readonly step?: CallStep }
  /** Nothing, until an answer or a person comes. */
  | { readonly do: 'rest'; readonly waiting: Waiting | undefined };

/** Steps that may not be called again before this monotonic time of this boot, ms. */
export type Pace = Readonly<Partial<Record<CallStep, number>>>;

export interface Present {
  readonly now: Now;
  readonly pace: Pace;
}

export function next(saga: Saga, present: Present): Decision {
  if (saga.end) return { do: 'rest', waiting: undefined };
  if (saga.person && !isStillAsked(saga.person)) return { do: 'rest', waiting: 'person' };
  if (saga.inFlight) return { do: 'rest', waiting: undefined };
  const decision = direction(saga).go === 'forward' ? goForward(saga, present) : goBack(saga, present);
  return decision.do === 'wait' ? keepLock(saga, decision, present) : decision;
}

function goForward(saga: Saga, present: Present): Decision {
  for (const stage of stagesOf(saga)) {
    const decision = forward(saga, stage, present);
    if (decision) return decision;
  }
  if (saga.legs.some(({ refund }) => refund === 'refused')) {
    return { do: 'record', fact: { phase: 'note', step: 'person', reason: 'returnRefused' } };
  }
  return { do: 'record', fact: { phase: 'note', step: 'end', end: saga.flow === 'parked' ? 'parked' : 'settled' } };
}

function goBack(saga: Saga, present: Present): Decision {
  const { formerPart } = saga;
  // What was begun to be undone is found out first; what is undone cannot be had back, so a person must go on.
  if (formerPart.at === 'counts' && formerPart.voiding) return nextUndo(saga, formerPart, present);
  if (formerPart.at === 'voided') {
    return { do: 'record', fact: { phase: 'note', step: 'person', reason: 'refundHalfDone' } };
  }
  for (const stage of wayBack) {
    const decision = back(saga, stage, present);
    if (decision) return decision;
  }
  return { do: 'record', fact: { phase: 'note', step: 'end', end: 'notSettled' } };
}

/**
 * A pause is the time to renew the bill lock: as long as money or insurance is unclear no window and no other kiosk
 * may settle the bill. Due at half its life, and in the first pause after a boot: nobody knows how long it was off.
 */
function keepLock(saga: Saga, pause: Extract<Decision, { do: 'wait' }>, { now, pace }: Present): Decision {
  const { lockedAt } = saga;
  const confirming = saga.attempts['hospital.confirm'] !== undefined;
  if (saga.lock !== 'held' || !lockedAt || confirming || pause.step === 'hospital.unlock') return pause;
  // Nothing of it can be paid or claimed any more, so nobody is kept from settling the bill for as long as a channel
  // takes to give back: the lock ends by its own time, which the usual minutes of a refund fit into.
  if (onlyGoesBack(saga)) return pause;
  const dueMs = lockedAt.boot === now.boot ? missingMs(lockedAt, lockLifeMs(saga) / 2, now) : 0;
  const ms = Math.max(dueMs, (pace['hospital.lock'] ?? now.monoMs) - now.monoMs);
  if (ms > 0) return ms < pause.ms ? { ...pause, ms } : pause;
  return { do: 'effect', step: 'hospital.lock', key: { is: saga.number }, afterQuarantine: false };
}

/** The order is final, no claim counts or may come to count, and the channel has said that it takes the refund in. */
function onlyGoesBack({ payment, insurance, formerPart }: Saga): boolean {
  const unclaimed = insurance.at === 'none' || insurance.at === 'gone';
  return unclaimed && formerPart.at !== 'voided' && payment.final === 'paid' && payment.refundTaken;
}

function nothingMoved({ insurance, formerPart, confirm }: Saga): boolean {
  const undoing = formerPart.at === 'voided' || (formerPart.at === 'counts' && formerPart.voiding !== undefined);
  return insurance.at === 'none' && !undoing && confirm.at === 'none';
}

/** What this stage still needs; `undefined` = it is done. */
function forward(saga: Saga, stage: Stage, present: Present): Decision | undefined {
  switch (stage) {
    case 'lock':
      // A 2207 is begun only under a lock that holds: otherwise somebody else may have settled the bill.
      return saga.lock === 'held' && !(nothingMoved(saga) && lockIsOver(saga, present.now))
        ? undefined
        : effect(saga.number, 'hospital.lock', present);
    case 'pay':
      return saga.collectFen === 0 || saga.payment.final === 'paid' ? undefined : nextPay(saga, present);
    case 'undo':
      return saga.formerPart.at === 'counts' ? nextUndo(saga, saga.formerPart, present) : undefined;
    case 'prepare':
      return saga.anew && !saga.prepared ? effect(saga.number, 'ins.prepare', present) : undefined;
    case 'settle': {
      const { insurance } = saga;
      if (!isInsured(saga)) return undefined;
      switch (insurance.at) {
        case 'none':
          return { do: 'effect', step: 'ins.settle', key: 'newMessageId', afterQuarantine: false };
        case 'unknown':
          return nextInsurance(saga, insurance, present);
        case 'settled':
          return undefined;
        case 'asked':
        case 'gone':
          throw new Error(`A settlement cannot go forward from a 2207 that is ${insurance.at}.`);
      }
      break;
    }
    case 'confirm':
      return saga.confirm.at === 'done' ? undefined : nextConfirm(saga, present);
    case 'return':
      return nextReturn(saga, present);
  }
}

/** A refusal of a repetition counts only when the copy that was not answered is dead and the hospital says it again. */
function nextConfirm({ number, confirm, quarantineMs, person }: Saga, present: Present): Decision {
  const refused = confirm.at === 'unsure' && confirm.refused;
  if (person && confirm.at === 'unsure' && confirm.unclearFrom.boot === present.now.boot) {
    const pauseMs = missingMs(confirm.unclearFrom, CASE_PAUSE_MS, present.now);
    if (pauseMs > 0) return { do: 'wait', ms: pauseMs, waiting: 'person', step: 'hospital.confirm' };
  }
  const ms = refused ? missingMs(confirm.unclearFrom, quarantineMs, present.now) : 0;
  return ms > 0 ? { do: 'wait', ms, waiting: 'quarantine' } : effect(number, 'hospital.confirm', present);
}

function back(saga: Saga, stage: BackStage, present: Present): Decision | undefined {
  const { payment, insurance } = saga;
  switch (stage) {
    case 'endPayment':
      return payment.touched && payment.final === undefined ? nextEndPayment(saga, present) : undefined;
    case 'undoInsurance':
      switch (insurance.at) {
        case 'none':
        case 'gone':
          return undefined;
        case 'unknown':
          return nextInsurance(saga, insurance, present);
        case 'settled':
          return nextVoid(insurance, present);
        case 'asked':
          throw new Error('A 2207 without an outcome is in flight.');
      }
      break;
    case 'refund':
      // Notes cannot go back by themselves: what was stacked is owed at the cashier's window.
      if (saga.collect === 'cash') return undefined;
      return payment.final === 'paid' && payment.refund !== 'done' ? nextRefund(saga, present) : undefined;
    case 'unlock':
      return saga.lock === 'held' || saga.lock === 'unsure'
        ? effect(saga.number, 'hospital.unlock', present)
        : undefined;
  }
}

/** An effect under this key, as soon as its pause is over. */
export function effect(
  key: string,
  step: EffectStep,
  present: Present,
  waiting: Waiting = 'party',
  afterQuarantine = false,
): Decision {
  return paused(step, present, waiting) ?? { do: 'effect', step, key: { is: key }, afterQuarantine };
}

export function ask(step: QuestionStep, present: Present, waiting: Waiting = 'party'): Decision {
  return paused(step, present, waiting) ?? { do: 'ask', step };
}

function paused(step: CallStep, { now, pace }: Present, waiting: Waiting): Decision | undefined {
  const ms = (pace[step] ?? now.monoMs) - now.monoMs;
  return ms > 0 ? { do: 'wait', ms, waiting, step } : undefined;
}

/** ms that are still missing until `lifeMs` have surely passed since a moment. */
export function missingMs(since: Parameters<typeof elapsedMs>[0], lifeMs: number, now: Now): number {
  return Math.max(0, lifeMs - elapsedMs(since, now));
}
