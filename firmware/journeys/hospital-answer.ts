/**
 * What the hospital answered, or the patient's way out of a journey: one place for "it cannot be reached" and "it cannot
 * be read".
 */
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import { Stop } from './stop.ts';

/** The value; `refused` says what a no means here. @throws Stop */
export function hospitalValue<Value, Reason extends string>(
  answer: PartyAnswer<Value, Reason>,
  refused: (reason: Reason) => Stop,
): Value {
  switch (answer.outcome) {
    case 'ok':
      return answer.value;
    case 'refused':
      throw refused(answer.reason);
    case 'malformed':
      throw new Stop('hospitalAnswerBroken');
    default:
      throw new Stop('hospitalUnreachable');
  }
}
