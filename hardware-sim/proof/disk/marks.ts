/** What a recorded life is told, and the marks that it leaves in the write log. */
import type { Sabotage } from './sabotage.ts';

export interface RecordedLife {
  /** Holds the database; every change below it is recorded. */
  readonly folder: string;
  readonly seed: number;
  readonly ledger: 'thisThread' | 'worker';
  readonly sabotage?: Sabotage;
  /** Pages after which the log is copied into the database; the engine's own default when absent. */
  readonly checkpointPages?: number;
  readonly bills: { readonly first: number; readonly count: number };
  /** Virtual ms at which this life begins. */
  readonly startMs: number;
  /** The process kills itself after so many acknowledgements; an orderly close when absent. */
  readonly killAfter?: number;
}

export type Mark =
  /** A call of the ledger returned: up to this entry nothing may ever be missing. */
  | { readonly mark: 'acknowledged'; readonly seq: number; readonly mac: string; readonly outbox: number }
  /** A party did what it was asked: its intent may not be missing from now on. */
  | { readonly mark: 'effect'; readonly number: string; readonly step: string; readonly attempt: number }
  | { readonly mark: 'time'; readonly ms: number };

export function markText(mark: Mark): string {
  return JSON.stringify(mark);
}

export function readMark(text: string): Mark {
  return JSON.parse(text) as Mark;
}
