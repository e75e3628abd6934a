/**
 * What can go wrong with the ledger itself. Each has a name, a fixed sentence and no personal data.
 */

/** The journal was written by a newer edition of this program: this one must not touch it. */
export class JournalTooNewError extends Error {
  override readonly name = 'JournalTooNewError';
  constructor(found: number, known: number) {
    super(`The journal has schema ${found}; this edition knows up to ${known}.`);
  }
}

/** The file is a database, but not ours: another program's, or one that was put in the journal's place. */
export class JournalForeignError extends Error {
  override readonly name = 'JournalForeignError';
  constructor() {
    super('The database holds the tables of another program and no journal.');
  }
}

/** There was a journal on this machine, and now there is none. */
export class JournalMissingError extends Error {
  override readonly name = 'JournalMissingError';
  constructor() {
    super('This machine had a journal; its database is gone, empty or another one.');
  }
}

/** A row, its place in the chain or a sealed body is not what was written. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';
  readonly seq: number;
  readonly reason: string;
  constructor(seq: number, reason: string) {
    super(`The journal is damaged at entry ${seq}: ${reason}.`);
    this.seq = seq;
    this.reason = reason;
  }
}

/**
 * A transaction threw, so nobody knows what is on the disk. The process must end
 * and read the journal again; until then every call is refused.
 */
export class LedgerStoppedError extends Error {
  override readonly name = 'LedgerStoppedError';
  constructor(reason: string) {
    super(`The ledger stopped: ${reason}. The journal must be read again by a new process.`);
  }
}

/** A settlement for this bill is still under way at this kiosk. */
export class BillUnderWayError extends Error {
  override readonly name = 'BillUnderWayError';
  constructor() {
    super('A settlement for this bill has not ended yet.');
  }
}

/** The order, the number or the moment does not allow what was asked. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}

/** What stands on the disk is not what this edition may work on; reading it again changes nothing. */
export function isOfTheJournal(error: unknown): boolean {
  return (
    error instanceof JournalTooNewError ||
    error instanceof JournalForeignError ||
    error instanceof JournalMissingError ||
    error instanceof JournalDamagedError
  );
}
