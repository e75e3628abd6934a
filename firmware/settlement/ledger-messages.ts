/**
 * What passes between this thread and the ledger's worker.
 *
 * Time and randomness travel with each question, so the worker has neither of
 * its own and behaves like the ledger in this thread. Secrets are opened only
 * for the crossing.
 */
import {
  BillUnderWayError,
  JournalDamagedError,
  JournalForeignError,
  JournalTooNewError,
  LedgerStoppedError,
  NotAllowedError,
} from './ledger-errors.ts';
import { closeOrder, type OpenOrder, openOrder } from './order-body.ts';
import type { Ledger, Resumed } from './settlement-ledger.ts';
import type { SettlementOrder } from './settlements.ts';

export interface WorkerStart {
  readonly path: string;
  readonly sealingKey: Uint8Array;
  /** One 32-bit number: how many questions were put through the port. The worker sleeps on it. */
  readonly bell: SharedArrayBuffer;
  readonly monoMs: number;
  readonly wallMs: number;
}

export interface LedgerQuestion {
  readonly id: number;
  readonly name: keyof Ledger;
  readonly args: readonly unknown[];
  readonly monoMs: number;
  readonly wallMs: number;
  /** Only of what draws numbers: an array costs more to hand over than all the rest. */
  readonly random?: Uint8Array;
}

export type LedgerReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: SentError };

interface SentError {
  readonly name: string;
  readonly message: string;
  readonly seq: number;
  readonly reason: string;
}

/** Random bytes that one call can need at most: a number and a nonce. */
export const RANDOM_BYTES = 48;

export function packArgs(name: keyof Ledger, args: readonly unknown[]): readonly unknown[] {
  return name === 'begin' ? [openOrder(args[0] as SettlementOrder)] : args;
}

export function unpackArgs(name: keyof Ledger, args: readonly unknown[]): readonly unknown[] {
  return name === 'begin' ? [closeOrder(args[0] as OpenOrder)] : args;
}

export function packValue(name: keyof Ledger, value: unknown): unknown {
  if (name !== 'resume') return value;
  return (value as readonly Resumed[]).map(({ step, order }) => ({ step, order: openOrder(order) }));
}

export function unpackValue(name: keyof Ledger, value: unknown): unknown {
  if (name !== 'resume') return value;
  const resumed = value as readonly { readonly step: Resumed['step']; readonly order: OpenOrder }[];
  return resumed.map(({ step, order }): Resumed => ({ step, order: closeOrder(order) }));
}

export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: 'The ledger threw.', seq: 0, reason: '' };
  const { seq, reason } = error instanceof JournalDamagedError ? error : { seq: 0, reason: '' };
  return { name: error.name, message: error.message, seq, reason };
}

const kinds = {
  BillUnderWayError,
  JournalDamagedError,
  JournalForeignError,
  JournalTooNewError,
  LedgerStoppedError,
  NotAllowedError,
};

/** The same kind of error with the same words. */
export function unpackError({ name, message, seq, reason }: SentError): Error {
  const error = name === 'JournalDamagedError' ? new JournalDamagedError(seq, reason) : new Error(message);
  const kind = (kinds as Readonly<Record<string, { readonly prototype: Error }>>)[name];
  if (kind) Object.setPrototypeOf(error, kind.prototype);
  Object.defineProperty(error, 'name', { value: name });
  error.message = message;
  return error;
}
