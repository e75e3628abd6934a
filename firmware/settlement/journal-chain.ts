/**
 * The chain of codes over the journal's rows, batch by batch.
 *
 * What one transaction wrote has one code, in its last row: an HMAC over the code before it and all its rows. So a
 * batch is whole and unchanged, and stands where it stood, or reading it throws. Rows of the first edition have a code
 * each, which is a batch of one.
 */
import type { Entry, Fact } from './facts.ts';
import { type Row, rowText } from './journal-row.ts';
import { JournalDamagedError } from './ledger-errors.ts';
import type { Moment } from './moment.ts';
import type { Seal } from './seal.ts';

/** The code before the first. */
export const GENESIS = new Uint8Array(32);

/** Gives the last row of a batch its code. */
export function chained(rows: readonly Row[], prev: Uint8Array, seal: Seal): readonly Row[] {
  const last = rows.at(-1);
  if (!last) return rows;
  return [...rows.slice(0, -1), { ...last, prev, mac: seal.chain(prev, rows.map(rowText).join('')) }];
}

export class ChainReader {
  readonly #seal: Seal;
  #text = '';
  #open: Row | undefined;
  /** Code of the batch before; `undefined` = rows of one settlement, which do not follow each other. */
  #head: Uint8Array | undefined;

  constructor(seal: Seal, head?: Uint8Array) {
    this.#seal = seal;
    this.#head = head;
  }

  /** @throws JournalDamagedError at the end of a batch that is not what was written */
  read(row: Row): Entry {
    this.#text += rowText(row);
    this.#open = row;
    if (row.mac.length > 0) this.#close(row);
    const at: Moment = { boot: row.boot, monoMs: row.monoMs, wallMs: row.wallMs };
    return { seq: row.seq, at, fact: factOf(row) };
  }

  /** Nothing follows. @throws JournalDamagedError when a batch has not ended */
  end(): void {
    if (this.#open) throw new JournalDamagedError(this.#open.seq, 'the entries that follow it are missing');
  }

  #close({ seq, prev, mac }: Row): void {
    if (!same(this.#seal.chain(prev, this.#text), mac)) {
      throw new JournalDamagedError(seq, 'its code does not match its content');
    }
    if (this.#head && !same(prev, this.#head)) {
      throw new JournalDamagedError(seq, 'it does not follow the entry before it');
    }
    if (this.#head) this.#head = mac;
    this.#text = '';
    this.#open = undefined;
  }
}

/** Read before its batch's code is: so it may be anything. */
function factOf({ seq, body }: Row): Fact {
  try {
    return JSON.parse(body) as Fact;
  } catch {
    throw new JournalDamagedError(seq, 'its content cannot be read');
  }
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
