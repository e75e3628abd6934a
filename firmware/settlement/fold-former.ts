/**
 * What is learnt about the settlement that a refund undoes, and about the kept lines that settle anew.
 *
 * 2208 voids the whole of it or nothing. A definite no, before anything was undone, ends the refund with nothing
 * changed; after it, only a person can go on.
 */
import type { Found } from './facts.ts';
import { type Arrival, type Saga, type Voiding, withCause } from './saga.ts';

type FormerFound = Extract<Found, { step: 'ins.undo' | 'ins.prepare' | 'ins.findFormer' }>;

export function foldFormer(saga: Saga, found: FormerFound, { late }: Arrival): Saga {
  if (found.step === 'ins.prepare') return late ? saga : foldPrepare(saga, found);
  const { formerPart } = saga;
  if (formerPart.at !== 'counts' || !formerPart.voiding) return saga;
  const { voiding } = formerPart;
  if (found.step === 'ins.undo') {
    const { finding } = found;
    if (finding.verdict === 'ok') return { ...saga, formerPart: { at: 'voided' } };
    if (late || (finding.verdict === 'fail' && finding.reason === 'unreachable')) return saga;
    return withVoiding(saga, { ...voiding, stage: finding.verdict === 'unknown' ? 'look' : 'refused' });
  }
  const { finding } = found;
  if (voiding.stage === 'ask' || finding.verdict === 'unknown') return saga;
  if (finding.verdict === 'fail' && finding.reason === 'unreachable') return saga;
  // An unclear 2208 is asked again under its own number: only its own answer, or its refusal of what is void, is definite.
  if (voiding.stage === 'look') return withVoiding(saga, { ...voiding, stage: 'ask' });
  if (finding.verdict === 'ok' && finding.value.state === 'voided') return { ...saga, formerPart: { at: 'voided' } };
  if (finding.verdict === 'ok' && finding.value.state === 'counts') {
    const untouched: Saga = { ...saga, formerPart: { at: 'counts', voiding: undefined } };
    return withCause(untouched, 'insuranceRefused', 'the settlement cannot be undone');
  }
  return { ...saga, person: saga.person ?? 'voidRefused' };
}

function foldPrepare(saga: Saga, { finding }: Extract<Found, { step: 'ins.prepare' }>): Saga {
  if (finding.verdict === 'ok') return { ...saga, prepared: true };
  // Repeated until it is definite: it changes nothing that counts.
  if (finding.verdict === 'unknown' || finding.reason === 'unreachable') return saga;
  return withCause(saga, finding.reason === 'amountsDiffer' ? 'amountsDiffer' : 'insuranceRefused', finding.detail);
}

function withVoiding(saga: Saga, voiding: Voiding): Saga {
  return { ...saga, formerPart: { at: 'counts', voiding } };
}
