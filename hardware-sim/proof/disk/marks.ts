/** The marks that a recorded life leaves in the write log. */

/** A call of the ledger returned: up to this entry nothing may ever be missing. */
export interface Mark {
  readonly mark: 'acknowledged';
  readonly seq: number;
  readonly mac: string;
  readonly outbox: number;
  /** Its place on the tape. */
  readonly at: number;
}

export function markText(mark: Mark): string {
  return JSON.stringify(mark);
}

export function readMark(text: string): Mark {
  return JSON.parse(text) as Mark;
}
