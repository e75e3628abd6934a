/**
 * What is learnt about the settlement that a refund undoes, and about the kept lines that settle anew.
 *
 * 2208 voids the whole of it or nothing. A definite no, before anything was undone, ends the refund with nothing
 * changed; after it, only a person can go on.
 */
import type { SettlementAmounts } from '../insurance/insurance-platform.ts';
import { laterSettlementIn } from '../insurance/refusal-words.ts';
import type { Found } from './facts.ts';
import { sameToTheFen } from './fold-insurance.ts';
import { FIND_ATTEMPTS } from './limits.ts';
import { type Arrival, newLeg, type Saga, type Voiding, withCause, withPerson } from './saga.ts';

type FormerFound = Extract<Found, { step: 'ins.undo' | 'ins.prepare' | 'ins.findFormer' }>;

export function foldFormer(saga: Saga, found: FormerFound, { late, at }: Arrival): Saga {
  if (found.step === 'ins.prepare') return late ? saga : foldPrepare(saga, found);
  const { formerPart } = saga;
  if (formerPart.at !== 'counts') return saga;
  const { voiding } = formerPart;
  if (!voiding) return found.step === 'ins.findFormer' ? lookedAtFirst(saga, formerPart.looked, found.finding) : saga;
  if (found.step === 'ins.undo') {
    const { finding } = found;
    if (finding.verdict === 'ok') return { ...saga, formerPart: { at: 'voided' } };
    if (late) return saga;
    if (finding.verdict === 'fail' && finding.reason === 'unreachable') {
      // Nothing of it has ever left: nothing is begun, the patient may still go, and the bill's lock is looked at again.
      return voiding.unclearFrom ? saga : untouched(saga);
    }
    if (finding.verdict === 'unknown') return withVoiding(saga, { ...voiding, stage: 'look', unclearFrom: at });
    const blockedBy = laterSettlementIn(finding.detail);
    return withVoiding(saga, { ...voiding, stage: 'refused', ...(blockedBy && { blockedBy }) });
  }
  const { finding } = found;
  if (voiding.stage === 'ask' || finding.verdict === 'unknown') return saga;
  if (finding.verdict === 'fail' && finding.reason === 'unreachable') return saga;
  // An unclear 2208 is asked again under its own number: only its own answer, or its refusal of what is void, is definite.
  if (voiding.stage === 'look') return withVoiding(saga, { ...voiding, stage: 'ask' });
  if (finding.verdict === 'ok' && finding.value.state === 'voided') {
    // Every copy of our own was refused, so somebody else has undone it: whether that refund goes on, only people know.
    if (!voiding.unclearFrom) return withPerson(saga, 'insuranceContradicts');
    return { ...saga, formerPart: { at: 'voided' } };
  }
  const { blockedBy } = voiding;
  // What something later builds on has not been undone: where nobody can be asked, these words are definite enough.
  const stands = blockedBy !== undefined && !voiding.unclearFrom && finding.verdict === 'fail';
  if (stands || (finding.verdict === 'ok' && finding.value.state === 'counts')) {
    return withCause(untouched(saga), blockedBy ?? 'insuranceRefused', 'the settlement cannot be undone');
  }
  return withPerson(saga, 'voidRefused');
}

/**
 * Before the first 2208: what somebody else has undone is not begun. Where nobody answers the question, or the platform
 * has none, the 2208 itself will tell.
 */
function lookedAtFirst(
  saga: Saga,
  looked: number | 'done',
  finding: Extract<Found, { step: 'ins.findFormer' }>['finding'],
): Saga {
  if (looked === 'done') return saga;
  const isUnanswered =
    finding.verdict === 'unknown' || (finding.verdict === 'fail' && finding.reason === 'unreachable');
  if (isUnanswered) {
    const looks = looked + 1;
    return {
      ...saga,
      formerPart: { at: 'counts', voiding: undefined, looked: looks < FIND_ATTEMPTS ? looks : 'done' },
    };
  }
  if (finding.verdict === 'ok' && finding.value.state === 'voided') {
    return withCause({ ...saga, formerPart: { at: 'elsewhere' } }, 'formerUndone', 'undone before this refund began');
  }
  return untouched(saga);
}

function untouched(saga: Saga): Saga {
  return { ...saga, formerPart: { at: 'counts', voiding: undefined, looked: 'done' } };
}

function foldPrepare(saga: Saga, { finding }: Extract<Found, { step: 'ins.prepare' }>): Saga {
  if (finding.verdict === 'ok') return splitAnew(saga, finding.value);
  // Repeated until it is definite: it changes nothing that counts.
  if (finding.verdict === 'unknown' || finding.reason === 'unreachable') return saga;
  return withCause(saga, 'insuranceRefused', finding.detail);
}

/**
 * A rehearsal cannot know what undoing frees (deductible, yearly sums), so the centre's word now is what counts: what
 * goes back is cut anew, route by route. Only a patient who would have to pay more than before is for a person.
 */
function splitAnew(saga: Saga, amounts: SettlementAmounts): Saga {
  const prepared: Saga = { ...saga, prepared: true };
  if (sameToTheFen(saga.agreed, amounts)) return prepared;
  let leftFen = saga.paidBeforeFen - amounts.ownFen;
  const returns = saga.returns.map((leg) => {
    const amountFen = Math.min(Math.max(0, leftFen), leg.mostFen);
    leftFen -= amountFen;
    return { ...leg, amountFen };
  });
  if (leftFen !== 0 || amounts.totalFen !== saga.agreed.totalFen) {
    return withCause(saga, 'amountsDiffer', 'the kept lines split otherwise than was agreed');
  }
  // Nothing has gone back before the kept lines are split: a leg that had nothing to carry may have something now.
  return { ...prepared, agreed: amounts, returns, legs: returns.map(newLeg) };
}

function withVoiding(saga: Saga, voiding: Voiding): Saga {
  return { ...saga, formerPart: { at: 'counts', voiding, looked: 'done' } };
}
