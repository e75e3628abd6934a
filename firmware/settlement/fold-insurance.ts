/**
 * What an answer of the insurance platform means for a settlement.
 *
 * An unknown 2207 becomes known only by a question, a reversal or its own late
 * answer. It is adopted only while no reversal of it can still arrive.
 */
import type { CentreSettlement, SettlementAmounts } from '../insurance/insurance-platform.ts';
import type { Found } from './facts.ts';
import { FIND_ATTEMPTS, REFUSALS } from './limits.ts';
import { type Arrival, type InsurancePart, type Saga, withCause, withPerson } from './saga.ts';

export type InsuranceFound = Extract<Found, { step: 'ins.settle' | 'ins.reverse' | 'ins.void' | 'ins.find' }>;
type Unknown = Extract<InsurancePart, { at: 'unknown' }>;
type Settled = Extract<InsurancePart, { at: 'settled' }>;

export function foldInsurance(saga: Saga, found: InsuranceFound, arrival: Arrival): Saga {
  switch (found.step) {
    case 'ins.settle':
      return arrival.late ? foldLateSettle(saga, found) : foldSettle(saga, found);
    case 'ins.find':
      return foldFind(saga, found, arrival);
    case 'ins.reverse':
      return foldReverse(saga, found, arrival);
    case 'ins.void':
      return foldVoid(saga, found, arrival);
  }
}

function foldSettle(saga: Saga, { finding }: Extract<Found, { step: 'ins.settle' }>): Saga {
  const { insurance } = saga;
  if (insurance.at !== 'asked') return saga;
  const { messageId } = insurance;
  switch (finding.verdict) {
    case 'ok':
      return settled(saga, messageId, finding.value);
    case 'fail':
      return finding.reason === 'unreachable'
        ? withCause(gone(saga, messageId, 'neverSent'), 'partyUnreachable', finding.detail)
        : withCause(gone(saga, messageId, 'refused'), 'insuranceRefused', finding.detail || finding.reason);
    case 'unknown':
      return {
        ...saga,
        insurance: {
          at: 'unknown',
          messageId,
          lookedUp: 'no',
          lookUps: 0,
          lingering: false,
          quarantineFrom: undefined,
          saidSettled: false,
          refusals: 0,
        },
      };
  }
}

/** The answer of a 2207 that had been given up. */
function foldLateSettle(saga: Saga, { finding }: Extract<Found, { step: 'ins.settle' }>): Saga {
  const { insurance } = saga;
  if (finding.verdict === 'unknown') return saga;
  switch (insurance.at) {
    case 'unknown': {
      if (finding.verdict === 'ok') {
        const beingReversed = insurance.lingering || saga.inFlight?.step === 'ins.reverse';
        if (beingReversed) return unknown(saga, insurance, { saidSettled: true });
        return settled(saga, insurance.messageId, finding.value);
      }
      const how = finding.reason === 'unreachable' ? 'neverSent' : 'refused';
      const reason = how === 'refused' ? 'insuranceRefused' : 'partyUnreachable';
      return withCause(gone(saga, insurance.messageId, how), reason, finding.detail);
    }
    case 'settled': {
      const same = finding.verdict === 'ok' && finding.value.settlementId === insurance.centre.settlementId;
      return same ? saga : contradicts(saga);
    }
    case 'gone': {
      // Reversed or voided: it had been settled, and no longer is. Anything else was believed never to have been.
      const undone = insurance.how === 'reversed' || insurance.how === 'voided';
      return finding.verdict === 'ok' && !undone ? contradicts(saga) : saga;
    }
    case 'none':
    case 'asked':
      return saga;
  }
}

function foldFind(saga: Saga, { finding }: Extract<Found, { step: 'ins.find' }>, arrival: Arrival): Saga {
  const { insurance } = saga;
  if (finding.verdict === 'fail' && finding.reason === 'unreachable') return saga;
  if (insurance.at === 'settled') {
    const named = finding.verdict === 'ok' ? finding.value.centre : null;
    // Its late answer was adopted while this question was out: one message, two settlements.
    if (named && named.settlementId !== insurance.centre.settlementId) return contradicts(saga);
    return foldFindWhileVoiding(saga, insurance, finding);
  }
  if (insurance.at !== 'unknown') return saga;
  if (finding.verdict === 'ok') {
    const { centre } = finding.value;
    if (centre && !insurance.lingering) return settled(saga, insurance.messageId, centre);
    if (centre && insurance.refusals > 0) return withPerson(saga, 'reversalRefused');
    const lookUps = insurance.lookUps + 1;
    const quarantineFrom = saga.offSite ? (insurance.quarantineFrom ?? arrival.at) : insurance.quarantineFrom;
    return unknown(saga, insurance, { lookedUp: 'absent', lookUps: saga.offSite ? lookUps : 0, quarantineFrom });
  }
  if (saga.offSite) {
    return finding.verdict === 'fail' ? withPerson(saga, 'offSiteUnknown') : saga;
  }
  if (finding.verdict === 'fail') return unknown(saga, insurance, { lookedUp: 'failed', lookUps: 0 });
  const lookUps = insurance.lookUps + 1;
  return lookUps >= FIND_ATTEMPTS
    ? unknown(saga, insurance, { lookedUp: 'failed', lookUps: 0 })
    : unknown(saga, insurance, { lookUps });
}

/** After an unclear 2208: does the settlement still count? */
function foldFindWhileVoiding(
  saga: Saga,
  insurance: Settled,
  finding: Extract<Found, { step: 'ins.find' }>['finding'],
): Saga {
  const { voiding } = insurance;
  if (!voiding || voiding.stage === 'ask') return saga;
  if (voiding.stage === 'look') {
    // Whatever the question says, the 2208 is asked again: only its own answer, or its refusal of what is
    // already void, is definite.
    return { ...saga, insurance: { ...insurance, voiding: { ...voiding, stage: 'ask' } } };
  }
  if (finding.verdict === 'unknown') return saga;
  const absent = finding.verdict === 'ok' && finding.value.centre === null;
  return absent ? gone(saga, insurance.messageId, 'voided') : withPerson(saga, 'voidRefused');
}

function foldReverse(saga: Saga, { finding }: Extract<Found, { step: 'ins.reverse' }>, arrival: Arrival): Saga {
  const { insurance } = saga;
  if (insurance.at !== 'unknown') return saga;
  if (finding.verdict === 'ok' && finding.value.reversed === 'reversed') return reversed(saga, insurance, 'reversed');
  if (arrival.late) return saga;
  if (finding.verdict === 'unknown') return unknown(saga, insurance, { lingering: true });
  if (finding.verdict === 'ok') {
    if (arrival.afterQuarantine) return insurance.saidSettled ? contradicts(saga) : reversed(saga, insurance, 'absent');
    // A second copy of this very reversal may still be on its way: from now on it is never adopted.
    return unknown(saga, insurance, { quarantineFrom: insurance.quarantineFrom ?? arrival.at, lingering: true });
  }
  if (finding.reason === 'unreachable') return saga;
  const refusals = insurance.refusals + 1;
  if (refusals >= REFUSALS) return withPerson(saga, 'reversalRefused');
  return unknown(saga, insurance, { refusals, lookedUp: 'no', lookUps: 0 });
}

function foldVoid(saga: Saga, { finding }: Extract<Found, { step: 'ins.void' }>, arrival: Arrival): Saga {
  const { insurance } = saga;
  if (insurance.at !== 'settled' || !insurance.voiding) return saga;
  if (finding.verdict === 'ok') return gone(saga, insurance.messageId, 'voided');
  if (arrival.late) return saga;
  if (finding.verdict === 'fail' && finding.reason === 'unreachable') return saga;
  const stage = finding.verdict === 'unknown' ? 'look' : 'refused';
  return { ...saga, insurance: { ...insurance, voiding: { ...insurance.voiding, stage } } };
}

function settled(saga: Saga, messageId: string, centre: CentreSettlement): Saga {
  const next: Saga = { ...saga, insurance: { at: 'settled', messageId, centre, voiding: undefined } };
  return sameToTheFen(saga.agreed, centre.amounts)
    ? next
    : withCause(next, 'amountsDiffer', 'the centre settled other amounts');
}

/** Every amount but the balance, which other people's payments may change in between. */
export function sameToTheFen(agreed: SettlementAmounts, answered: SettlementAmounts): boolean {
  const names = Object.keys(agreed) as (keyof SettlementAmounts)[];
  return names.every((name) => name === 'balanceAfterFen' || agreed[name] === answered[name]);
}

function reversed(saga: Saga, insurance: Unknown, how: 'reversed' | 'absent'): Saga {
  return withCause(gone(saga, insurance.messageId, how), 'insuranceReversed', '');
}

function gone(saga: Saga, messageId: string, how: Extract<InsurancePart, { at: 'gone' }>['how']): Saga {
  return { ...saga, insurance: { at: 'gone', messageId, how } };
}

function unknown(saga: Saga, insurance: Unknown, part: Partial<Unknown>): Saga {
  return { ...saga, insurance: { ...insurance, ...part } };
}

function contradicts(saga: Saga): Saga {
  return withPerson(saga, 'insuranceContradicts');
}
