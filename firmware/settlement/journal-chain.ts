/**
 * The chain of codes over the journal's rows, batch by batch.
 *
 * What one transaction wrote has one code, in its last row: an HMAC over the code before it and all its rows. So a
 * batch is whole and unchanged, and stands where it stood, or reading it throws. Rows of the first edition have a code
 * each, which is a batch of one.
 */
import type { SqlRow } from '../ports.ts';
import type { Entry, Fact } from './facts.ts';
import { type CodedRow, codedRow, type Row, rowText } from './journal-row.ts';
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
  #openSeq: number | undefined;
  /** Code of the batch before; `undefined` = rows of one settlement, which do not follow each other. */
  #head: Uint8Array | undefined;

  constructor(seal: Seal, head?: Uint8Array) {
    this.#seal = seal;
    this.#head = head;
  }

  /** @throws JournalDamagedError at the end of a batch that is not what was written */
  follow({ seq, text, mac, prev }: CodedRow): void {
    this.#text += text;
    this.#openSeq = seq;
    if (mac) this.#close(seq, prev ?? GENESIS, mac);
  }

  /** The same, and what it says. */
  read(row: SqlRow): Entry {
    const coded = codedRow(row);
    const { seq } = coded;
    this.follow(coded);
    const at: Moment = { boot: Number(row['boot']), monoMs: Number(row['mono_ms']), wallMs: Number(row['wall_ms']) };
    return { seq, at, fact: factOf(seq, String(row['body'])) };
  }

  /** Nothing follows. @throws JournalDamagedError when a batch has not ended */
  end(): void {
    if (this.#openSeq !== undefined) {
      throw new JournalDamagedError(this.#openSeq, 'the entries that follow it are missing');
    }
  }

  #close(seq: number, prev: Uint8Array, mac: Uint8Array): void {
    if (!same(this.#seal.chain(prev, this.#text), mac)) {
      throw new JournalDamagedError(seq, 'its code does not match its content');
    }
    if (this.#head && !same(prev, this.#head)) {
      throw new JournalDamagedError(seq, 'it does not follow the entry before it');
    }
    if (this.#head) this.#head = mac;
    this.#text = '';
    this.#openSeq = undefined;
  }
}

/** Read before its batch's code is: so it may be anything. */
function factOf(seq: number, body: string): Fact {
  try {
    return JSON.parse(body) as Fact;
  } catch {
    throw new JournalDamagedError(seq, 'its content cannot be read');
  }
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
