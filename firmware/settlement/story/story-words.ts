/**
 * The sentences in which a settlement's story is told, by language. A cashier reads them, so they name what was done
 * and not how; the transaction's number stands behind it for whoever rings the other side.
 */
import type { LaterSettlement } from '../../insurance/refusal-words.ts';
import type { PayOrderState, RefundState } from '../../payment/payment-gateway.ts';
import type { CallStep, EndWord, GiveUpReason, PersonReason } from '../facts.ts';
import type { Flow } from '../flows.ts';
import type { MoneyPlace } from '../money-place.ts';

export type FoundWord = PayOrderState | RefundState | 'reversed' | 'counts' | 'voided';

export interface StoryWords {
  readonly flow: Readonly<Record<Flow, string>>;
  readonly plan: Readonly<Record<'payThenSettle' | 'settleThenPay', string>>;
  readonly asked: Readonly<Record<CallStep, string>>;
  readonly done: string;
  /** What a question found. */
  readonly found: Readonly<Record<FoundWord, string>>;
  readonly refused: (reason: string) => string;
  /** Why the centre does not undo a settlement: a later one builds on it. */
  readonly later: Readonly<Record<LaterSettlement, string>>;
  readonly noAnswer: (why: string) => string;
  readonly late: string;
  readonly agreed: (yuan: Readonly<Record<'total' | 'fund' | 'account' | 'own', string>>) => string;
  readonly paidBefore: (yuan: string) => string;
  readonly goesBack: (yuan: string) => string;
  readonly giveUp: Readonly<Record<GiveUpReason, string>>;
  readonly restarted: string;
  readonly codeShown: string;
  readonly cashOpened: string;
  readonly noteInserted: (yuan: string) => string;
  readonly payAbsent: string;
  readonly person: Readonly<Record<PersonReason, string>>;
  readonly caseClosed: (by: readonly string[], claim: 'counts' | 'none', keptYuan: string, note: string) => string;
  readonly paidOut: (by: string, yuan: string) => string;
  readonly end: Readonly<Record<EndWord, string>>;
  readonly copyBegun: (copy: number) => string;
  readonly copyEnded: Readonly<Record<'printed' | 'unconfirmed' | 'failed', string>>;
  /** One sentence: where the money is now. */
  readonly now: (place: MoneyPlace, yuan: (fen: number) => string) => string;
  readonly claimsNow: Readonly<Record<'none' | 'one' | 'open', string>>;
}
