/**
 * Who carries rows of one lane to their receiver.
 *
 * A desk turns a row into the receiver's call and its answer into one of four words. It keeps nothing: order, pauses
 * and repetition are the drain's.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { Lane, UploadKind } from '../settlement/outbox-rows.ts';

export interface UploadItem {
  readonly kind: UploadKind;
  /** The same for every repetition: the receiver takes it once. */
  readonly key: string;
  /** JSON object without a person. */
  readonly body: string;
  /** JSON object that was sealed. */
  readonly person: Secret<string> | undefined;
  /** When its cause happened, Unix ms. */
  readonly madeMs: number;
}

export type UploadAnswer =
  /** The receiver has it, now or from before. */
  | { readonly outcome: 'taken' }
  /** A definite no. `hopeless`: it can't become a yes by asking again, so a person looks at once. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly hopeless?: boolean }
  /** It certainly did not leave. */
  | { readonly outcome: 'unreachable'; readonly reason: string }
  /** It may have arrived: the same again under the same key. */
  | { readonly outcome: 'unknown'; readonly reason: string };

export interface UploadDesk {
  /** Rows that one call can carry. */
  readonly atOnce: number;
  /** One answer for each item, in their order. */
  deliver(items: readonly UploadItem[]): Promise<readonly UploadAnswer[]>;
  /** Whether the receiver answers anything at all; without it a row that nobody answers is waited for. */
  answers?(): Promise<boolean>;
}

/** A lane without a desk keeps its rows until one is there. */
export type UploadDesks = Readonly<Partial<Record<Lane, UploadDesk>>>;
