/**
 * How an unknown 2207 is found out, and how a settlement that counts is undone.
 *
 * Ask first; found is adopted. Not found: 2601, a quarantine that outlives
 * every message on its way, 2601 again, and only then it never was. Off-site
 * settlements are only asked after.
 */
import { ask, type Decision, effect, missingMs, type Present } from './next.ts';
import type { FormerPart, InsurancePart, Saga, Voiding } from './saga.ts';

type FormerCounts = Extract<FormerPart, { at: 'counts' }>;

export function nextInsurance(
  saga: Saga,
  insurance: Extract<InsurancePart, { at: 'unknown' }>,
  present: Present,
): Decision {
  if (saga.offSite) return nextOffSite(saga, insurance, present);
  if (insurance.lookedUp === 'no') return ask('ins.find', present);
  const { quarantineFrom, messageId } = insurance;
  if (!quarantineFrom) return effect(messageId, 'ins.reverse', present);
  const ms = missingMs(quarantineFrom, saga.quarantineMs, present.now);
  if (ms > 0) return { do: 'wait', ms, waiting: 'quarantine' };
  return effect(messageId, 'ins.reverse', present, 'party', true);
}

function nextOffSite(saga: Saga, insurance: Extract<InsurancePart, { at: 'unknown' }>, present: Present): Decision {
  const { quarantineFrom, lookUps } = insurance;
  if (!quarantineFrom) return ask('ins.find', present);
  if (lookUps >= 2) return { do: 'record', fact: { phase: 'note', step: 'person', reason: 'offSiteUnknown' } };
  const ms = missingMs(quarantineFrom, saga.quarantineMs, present.now);
  if (ms > 0) return { do: 'wait', ms, waiting: 'quarantine' };
  return ask('ins.find', present);
}

/** 2208 until definite; an unclear one is looked up before it is repeated under its own message id. */
export function nextVoid(insurance: Extract<InsurancePart, { at: 'settled' }>, present: Present): Decision {
  return untilVoid(insurance.voiding, present, 'ins.void', 'ins.find');
}

/**
 * The same for the settlement that a refund undoes. A patient who is gone before it began has nothing undone. A
 * refusal says nothing of an earlier copy that was not answered: until that one is dead nobody asks what counts.
 */
export function nextUndo({ quarantineMs }: Saga, { voiding, looked }: FormerCounts, present: Present): Decision {
  if (!voiding && looked !== 'done') return ask('ins.findFormer', present);
  const { unclearFrom, stage } = voiding ?? {};
  const ms = stage === 'refused' && unclearFrom ? missingMs(unclearFrom, quarantineMs, present.now) : 0;
  if (ms > 0) return { do: 'wait', ms, waiting: 'quarantine' };
  return untilVoid(voiding, present, 'ins.undo', 'ins.findFormer');
}

function untilVoid(
  voiding: Voiding | undefined,
  present: Present,
  step: 'ins.void' | 'ins.undo',
  question: 'ins.find' | 'ins.findFormer',
): Decision {
  if (!voiding) {
    const first = effect('', step, present);
    return first.do === 'effect' ? { ...first, key: 'newMessageId' } : first;
  }
  return voiding.stage === 'ask' ? effect(voiding.messageId, step, present) : ask(question, present);
}
