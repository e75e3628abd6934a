/** Why a bill may be kept for later (补记账), by what stopped its settlement: fault, broken card, no code at hand (SZ-240). */
import type { ParkReason } from '../hospital/second-thoughts.ts';
import type { ReasonId } from '../reasons.ts';

const parkReasons: Readonly<Partial<Record<ReasonId, ParkReason>>> = {
  insuranceUnreachable: 'lineDown',
  insuranceAnswerBroken: 'lineDown',
  insuranceIdentity: 'lineDown',
  eligibilityUnknown: 'lineDown',
  clockWrong: 'lineDown',
  // After the own part was paid, and is back.
  partyUnreachable: 'lineDown',
  insuranceReversed: 'lineDown',
  cardBroken: 'cardBroken',
  noCredential: 'noCode',
};

/** `undefined`: what stopped it is no fault, and waiting does not help. */
export function parkReasonOf(reason: ReasonId): ParkReason | undefined {
  return parkReasons[reason];
}
