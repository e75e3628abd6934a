/**
 * One turn of one settlement: facts in, everything that follows from them, and the one action to do now.
 *
 * Pure but for the message id it may ask for; the caller makes all of it durable at once.
 */
import { effectCall, fold, next, questionCall, type Saga } from './core.ts';
import type { Fact } from './facts.ts';
import type { Now } from './moment.ts';
import type { Pacing } from './pacing.ts';
import type { Action } from './settlement-ledger.ts';

/** The counter that remembers the place of the last message id of money. */
export const MONEY_MESSAGE = 'moneyMessage';

export interface TurnInput {
  readonly saga: Saga;
  readonly facts: readonly Fact[];
  readonly now: Now;
  readonly pacing: Pacing;
  /** A call is out: facts are folded, but nothing new is begun. */
  readonly running: boolean;
  readonly newMessageId: () => { readonly id: string; readonly place: number };
}

export interface Turn {
  readonly saga: Saga;
  /** What must be written, the given facts first. */
  readonly written: readonly Fact[];
  readonly messageIds: readonly string[];
  readonly counters: Readonly<Record<string, number>>;
  readonly action: Action;
}

export function takeTurn({ saga: before, facts, now, pacing, running, newMessageId }: TurnInput): Turn {
  const written: Fact[] = [];
  const messageIds: string[] = [];
  const counters: Record<string, number> = {};
  let saga = before;
  const record = (fact: Fact): void => {
    written.push(fact);
    saga = fold(saga, fact, now);
  };
  const freshKey = (): string => {
    const { id, place } = newMessageId();
    messageIds.push(id);
    counters[MONEY_MESSAGE] = place;
    return id;
  };
  for (const fact of facts) record(fact);
  const end = (action: Action): Turn => ({ saga, written, messageIds, counters, action });
  if (running) return end({ do: 'rest', ended: false, waiting: undefined });
  for (;;) {
    const decision = next(saga, { now, pace: pacing.pace });
    switch (decision.do) {
      case 'record':
        record(decision.fact);
        continue;
      case 'effect': {
        const { step, afterQuarantine } = decision;
        const attempt = (saga.attempts[step] ?? 0) + 1;
        const key = decision.key === 'newMessageId' ? freshKey() : decision.key.is;
        const leg = step === 'pay.return' ? { leg: saga.returns.findIndex((one) => one.refundNumber === key) } : {};
        record({ phase: 'intent', step, attempt, key, afterQuarantine, ...leg });
        return end({ do: 'call', call: effectCall(saga, step, attempt, key) });
      }
      case 'ask':
        return end({ do: 'call', call: questionCall(saga, decision.step) });
      case 'wait':
        return end({ do: 'wait', ms: decision.ms, waiting: decision.waiting, misses: pacing.misses(decision.step) });
      case 'rest':
        return end({ do: 'rest', ended: saga.end !== undefined, waiting: decision.waiting });
    }
  }
}

/**
 * Whether these facts may be lost in a power cut without harm, so that no commit of their own is spent on them: an
 * order that a phone can pay was opened, and waits. Without that the order counts as unknown and is asked after, which
 * happens to it after a power cut anyway. No money has moved, and nothing was shown as done.
 */
export function mayWait({ payment }: Saga, facts: readonly Fact[]): boolean {
  if (payment.closedAt) return false;
  return facts.every((fact) => {
    if (fact.phase === 'outcome') return fact.found.step === 'pay.create' && fact.found.finding.verdict === 'ok';
    if (fact.phase !== 'note' || fact.step !== 'answer' || fact.found.step !== 'pay.query') return false;
    const { finding } = fact.found;
    return finding.verdict === 'ok' && (finding.value.state === 'waiting' || finding.value.state === 'userPaying');
  });
}
