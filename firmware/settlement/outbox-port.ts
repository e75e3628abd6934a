/**
 * What may be asked of the outbox, wherever it lies.
 *
 * The ledger has one door for all of it, `outbox(name, …)`; `outboxOf` gives that door its methods back. Rows are
 * written by their causes (`Batch.outbox`); `add` is for causes that are no settlement: a fault of the line, dispensing.
 */
import type { Failure, Lane, LaneState, NewRow, RowView, Span, UploadKind, WaitingRow } from './outbox-rows.ts';
import type { SettlementLedger } from './settlement-ledger.ts';

export interface Tally {
  readonly rows: number;
  readonly acked: number;
  readonly heldForPerson: number;
  readonly heldForContent: number;
}

export interface Retention {
  /** Sealed parts of rows that were acknowledged before are overwritten and removed, Unix ms. */
  readonly sealedBeforeMs: number;
  /** Rows that were acknowledged before are deleted, Unix ms. */
  readonly rowsBeforeMs: number;
}

/** Every method's last argument is the present, Unix ms. */
export interface OutboxStore {
  /** One transaction; a key that is known already is left as it is. */
  add(rows: readonly NewRow[], nowMs: number): void;
  /** The oldest rows of a lane that may be sent, at most `limit`. */
  next(lane: Lane, limit: number, nowMs: number): readonly WaitingRow[];
  /** The receiver has them. Unknown keys and a second time do no harm. */
  ack(keys: readonly string[], nowMs: number): void;
  failed(failures: readonly Failure[], nowMs: number): void;
  /** Lets a held row go, its sealed part with these members of a JSON object changed; its time stays. False when no such row waits. */
  amend(key: string, changed: string | undefined, nowMs: number): boolean;
  /** Of all rows of a kind: how many there are, are acknowledged, are held. */
  tally(kind: UploadKind, nowMs: number): Tally;
  state(nowMs: number): readonly LaneState[];
  /** The oldest rows that are not acknowledged, at most `limit`. */
  waiting(limit: number, nowMs: number): readonly RowView[];
  row(key: string, nowMs: number): (RowView & { readonly body: string; readonly acked: boolean }) | undefined;
  /** The newest rows of a kind, newest first. */
  latest(kind: UploadKind, limit: number, nowMs: number): readonly { readonly key: string; readonly body: string }[];
  /** Highest id so far; 0 of an empty outbox. */
  head(nowMs: number): number;
  span(lane: Lane, fromId: number, toId: number, nowMs: number): Span;
  /** Only what was acknowledged. → rows whose seal was shredded, rows deleted */
  tidy(
    retention: Retention,
    nowMs: number,
  ): {
    readonly shredded: number;
    readonly deleted: number;
  };
}

type WithoutNow<Method> = Method extends (...args: [...infer Args, number]) => infer Answer
  ? (...args: Args) => Answer
  : never;

/** The same in the ledger's time. */
export type OutboxAsks = { readonly [Name in keyof OutboxStore]: WithoutNow<OutboxStore[Name]> };

/** The same from any thread. */
export type Outbox = {
  readonly [Name in keyof OutboxStore]: (
    ...args: Parameters<OutboxAsks[Name]>
  ) => Promise<ReturnType<OutboxAsks[Name]>>;
};

export type OutboxAsk = {
  readonly [Name in keyof OutboxStore]: { readonly ask: Name; readonly args: Parameters<OutboxAsks[Name]> };
}[keyof OutboxStore];

/** Answers one ask: the ledger's side of the door. */
export function askOutbox(outbox: OutboxStore, { ask, args }: OutboxAsk, nowMs: number): unknown {
  const method = outbox[ask] as (...all: readonly unknown[]) => unknown;
  return method.call(outbox, ...args, nowMs);
}

const names: readonly (keyof OutboxStore)[] = [
  'add',
  'next',
  'ack',
  'failed',
  'amend',
  'tally',
  'state',
  'waiting',
  'row',
  'latest',
  'head',
  'span',
  'tidy',
];

/** The caller's side of the door. */
export function outboxOf(ledger: Pick<SettlementLedger, 'outbox'>): Outbox {
  const entries = names.map(
    (ask) => [ask, (...args: readonly unknown[]) => ledger.outbox({ ask, args } as unknown as OutboxAsk)] as const,
  );
  return Object.fromEntries(entries) as unknown as Outbox;
}
