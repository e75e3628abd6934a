/**
 * Which intents are mirrored: enough for another machine to find out what a dead kiosk left open (journal 1.3).
 *
 * Order and refund numbers follow from the settlement's own, so the first intent that moves money says all of them;
 * a message id follows from nothing, so each one is told.
 */
import type { EffectStep } from './facts.ts';
import { orderNumber, type Saga } from './saga.ts';

export interface MirroredIntent {
  readonly step: EffectStep;
  readonly attempt: number;
  /** Idempotence key as the party gets it. */
  readonly partyKey: string;
}

const MONEY: readonly EffectStep[] = ['pay.create', 'pay.charge', 'cash.stack', 'ins.settle', 'ins.undo', 'ins.void'];

export function intentNews(before: Saga, after: Saga): MirroredIntent | undefined {
  const { inFlight } = after;
  if (!inFlight || !MONEY.includes(inFlight.step)) return undefined;
  const { step, attempt } = inFlight;
  if (before.inFlight?.step === step && before.inFlight.attempt === attempt) return undefined;
  const messageId = messageIdOf(after, step);
  const first = MONEY.every((one) => before.attempts[one] === undefined);
  if (messageId === undefined && !first) return undefined;
  return { step, attempt, partyKey: messageId ?? orderNumber(after) };
}

function messageIdOf({ insurance, formerPart }: Saga, step: EffectStep): string | undefined {
  switch (step) {
    case 'ins.settle':
      return insurance.at === 'none' ? undefined : insurance.messageId;
    case 'ins.void':
      return insurance.at === 'settled' ? insurance.voiding?.messageId : undefined;
    case 'ins.undo':
      return formerPart.at === 'counts' ? formerPart.voiding?.messageId : undefined;
    default:
      return undefined;
  }
}
