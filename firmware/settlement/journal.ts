/**
 * The journal on the disk: append only, chained, read back with suspicion.
 *
 * One promise: what was appended together is found again together and
 * unchanged, or reading throws an error with a name. Spec: journal 1.1, 1.2.
 */
import type { RandomSource, Store } from '../ports.ts';
import { claimPlace, sealClaimKey } from './claim-key.ts';
import type { Entry } from './facts.ts';
import { ChainReader, chained, GENESIS } from './journal-chain.ts';
import type { Batch, JournalPort, SealedOrder } from './journal-port.ts';
import { CODED, codedRow, FOLDED, INSERTION, type Row, rowOf, valuesOf } from './journal-row.ts';
import { bringUpToDate } from './journal-schema.ts';
import { JournalDamagedError } from './ledger-errors.ts';
import { closeOrder, type OpenOrder, openOrder } from './order-body.ts';
import { SqlOutbox, type Told } from './outbox.ts';
import { digest, type Seal } from './seal.ts';
import type { SettlementOrder } from './settlements.ts';
import { MONEY_MESSAGE } from './turn.ts';

/** Settlements at whose ends the journal's end is looked for, besides those that are open. */
const RECENT = 256;
/** The counter of the entry up to which an opening has walked the chain. */
const LOOKED_AT = 'lookedAt';
/** Rows that a walk reads at once. */
const AT_ONCE = 512;
/**
 * What changes in a settlement's own line. Of an open one `ended` is not named: an index would be written with it. The
 * first rows that others are told of stay the first, the last grow.
 */
const LINE = `last = ?, state = coalesce(?, state),
  told_first = CASE told_first WHEN 0 THEN ? ELSE told_first END, told_last = max(told_last, ?)`;
const OPEN_LINE = `UPDATE saga SET ${LINE} WHERE id = ?`;
const ENDED_LINE = `UPDATE saga SET ended = 1, ${LINE} WHERE id = ?`;
const NOTHING_TOLD: Told = { first: 0, last: 0 };
/** Where the sealed order of a settlement lies. */
const OF_ORDER = 'id = (SELECT 2 * first FROM saga WHERE saga.id = ?)';
// Put together once: a text that is made at each call is also hashed at each call.
const ORDER = `SELECT body FROM sealed WHERE ${OF_ORDER}`;
const OVERWRITE_ORDER = `UPDATE sealed SET body = zeroblob(length(body)) WHERE ${OF_ORDER}`;
const DELETE_ORDER = `DELETE FROM sealed WHERE ${OF_ORDER}`;
const ENTRIES = `SELECT ${FOLDED} FROM journal WHERE saga = ?1
  AND seq BETWEEN (SELECT first FROM saga WHERE id = ?1) AND (SELECT last FROM saga WHERE id = ?1) ORDER BY seq`;
const WALK = `SELECT ${CODED} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`;

export class Journal implements JournalPort {
  readonly uploads: SqlOutbox;
  readonly #store: Store;
  readonly #seal: Seal;
  #head: { seq: number; mac: Uint8Array };
  /** The latest calendar time ever written, Unix ms: business time should not run behind it. */
  #wallHighMs: number;
  /** The highest message id ever given: what is higher was not. */
  #newestMessage: string;
  #messagePlace: number | undefined;
  /** Settlements that have not ended and their bills, from the first question on. */
  #open: Map<string, string> | undefined;

  /** @throws JournalTooNewError, JournalDamagedError */
  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
    bringUpToDate(store, seal);
    this.uploads = new SqlOutbox(store, seal);
    // One statement, so one moment: another process may be writing. What is looked at does not grow with the journal.
    const ends = store.get(
      `SELECT (SELECT max(seq) FROM journal) AS seq,
        (SELECT mac FROM journal ORDER BY seq DESC LIMIT 1) AS mac,
        (SELECT wall_ms FROM journal WHERE wall_ok = 1 ORDER BY seq DESC LIMIT 1) AS high,
        (SELECT max(id) FROM message) AS message,
        (SELECT place FROM message ORDER BY id DESC LIMIT 1) AS place,
        max((SELECT coalesce(max(last), 0) FROM saga WHERE ended = 0),
          (SELECT coalesce(max(last), 0) FROM (SELECT last FROM saga ORDER BY rowid DESC LIMIT ${RECENT}))) AS written`,
    );
    const end = (name: string): number => Number(ends?.[name] ?? 0);
    this.#head = { seq: end('seq'), mac: (ends?.['mac'] as Uint8Array | null) ?? GENESIS };
    // An entry that ran behind the calendar did not raise it.
    this.#wallHighMs = end('high');
    this.#newestMessage = String(ends?.['message'] ?? '');
    this.#messagePlace = typeof ends?.['place'] === 'number' ? ends['place'] : undefined;
    if (end('written') > end('seq')) throw new JournalDamagedError(end('seq') + 1, 'entries at the end are missing');
  }

  get length(): number {
    return this.#head.seq;
  }

  get headCode(): string {
    return Buffer.from(this.#head.mac).toString('hex');
  }

  append(batch: Batch): void {
    let { seq } = this.#head;
    let wallHighMs = this.#wallHighMs;
    const plain = batch.entries.map(({ at, fact }) => {
      seq += 1;
      const row = rowOf({ seq, at, fact }, batch.saga, at.wallMs >= wallHighMs);
      wallHighMs = Math.max(wallHighMs, at.wallMs);
      return row;
    });
    const rows = chained(plain, this.#head.mac, this.#seal);
    this.#store.transaction(() => {
      this.#insert(rows);
      const told = this.uploads.write(batch.outbox, batch.entries.at(-1)?.at.wallMs ?? 0, batch.saga);
      this.#project(batch, rows.length, seq, told);
      this.#writeBeside(batch, seq - rows.length + 1);
    });
    this.#head = { seq, mac: rows.at(-1)?.mac ?? this.#head.mac };
    this.#wallHighMs = wallHighMs;
    this.#remember(batch);
  }

  /** What is asked before every settlement and every message, so that no question of it goes to the disk. */
  #remember({ saga, projection, messageIds, counters }: Batch): void {
    if (projection?.ended) this.#open?.delete(saga);
    else if (projection) this.#open?.set(saga, projection.bill);
    for (const id of messageIds) if (id > this.#newestMessage) this.#newestMessage = id;
    this.#messagePlace = counters[MONEY_MESSAGE] ?? this.#messagePlace;
  }

  #insert(rows: readonly Row[]): void {
    // Row by row: the engine takes longer for several in one statement, and has one statement less to prepare.
    for (const row of rows) this.#store.run(INSERTION, ...valuesOf(row));
  }

  /** The settlement's own line, which also says where its entries and its uploads are. What has not changed is not written. */
  #project({ saga, projection, seal }: Batch, added: number, seq: number, told: Told | undefined): void {
    if (projection && seal) {
      const { bill, plan, state } = projection;
      const known = [saga, bill, plan, state, projection.ended ? 1 : 0, seq - added + 1, seq];
      this.#store.run('INSERT INTO saga VALUES(?,?,?,?,?,?,?,?,?)', ...known, told?.first ?? 0, told?.last ?? 0);
      return;
    }
    if (added === 0 && !projection) return;
    const { first, last } = told ?? NOTHING_TOLD;
    const text = projection?.ended ? ENDED_LINE : OPEN_LINE;
    this.#store.run(text, seq, projection?.state ?? null, first, last, saga);
  }

  #writeBeside({ saga, seal, shred, messageIds, counters }: Batch, first: number): void {
    if (seal) this.#store.run('INSERT INTO sealed VALUES(?,?,?)', 2 * first, saga, seal.bytes);
    if (seal?.claim) this.#store.run('INSERT INTO sealed VALUES(?,?,?)', 2 * first + 1, claimPlace(saga), seal.claim);
    if (shred) {
      this.#store.run(OVERWRITE_ORDER, saga);
      this.#store.run(DELETE_ORDER, saga);
    }
    for (const id of messageIds) this.#store.run('INSERT INTO message VALUES(?,?)', id, counters[MONEY_MESSAGE] ?? -1);
  }

  beginBoot(): number {
    const boot = (this.counter('boot') ?? 0) + 1;
    this.#store.transaction(() => {
      this.#count('boot', boot);
      this.#count(LOOKED_AT, this.#head.seq);
    });
    return boot;
  }

  #count(name: string, value: number): void {
    this.#store.run(
      'INSERT INTO counter VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value',
      ...[name, value],
    );
  }

  counter(name: string): number | undefined {
    if (name === MONEY_MESSAGE) return this.#messagePlace;
    const value = this.#store.get('SELECT value FROM counter WHERE name = ?', name)?.['value'];
    return value === undefined ? undefined : Number(value);
  }

  /** The entries of one settlement in their order, each checked. @throws JournalDamagedError */
  entries(saga: string): readonly Entry[] {
    const chain = new ChainReader(this.#seal);
    const entries = this.#store.all(ENTRIES, saga).map((row) => chain.read(row));
    chain.end();
    return entries;
  }

  sealOrder(saga: string, order: SettlementOrder, random: RandomSource): SealedOrder {
    const bytes = this.#seal.close(saga, JSON.stringify(openOrder(order)), random);
    const claim = order.question && sealClaimKey(this.#seal, saga, order.question, random);
    return { bytes, digest: digest(bytes), ...(claim && { claim }) };
  }

  openOrder(saga: string, sealed: string): SettlementOrder {
    const bytes = this.#store.get(ORDER, saga)?.['body'] as Uint8Array | undefined;
    const text = bytes && digest(bytes) === sealed ? this.#seal.open(saga, bytes) : undefined;
    if (text === undefined) throw new JournalDamagedError(0, 'a sealed order does not open');
    return closeOrder(JSON.parse(text) as OpenOrder);
  }

  wasGiven(messageId: string): boolean {
    if (messageId > this.#newestMessage) return false;
    return this.#store.get('SELECT 1 AS given FROM message WHERE id = ?', messageId) !== undefined;
  }

  openNumbers(): readonly string[] {
    return [...this.#openBills().keys()];
  }

  hasOpen(bill: string): boolean {
    for (const open of this.#openBills().values()) if (open === bill) return true;
    return false;
  }

  #openBills(): Map<string, string> {
    this.#open ??= new Map(
      this.#store
        .all('SELECT id, bill FROM saga INDEXED BY one_live WHERE ended = 0 ORDER BY rowid')
        .map((row) => [String(row['id']), String(row['bill'])]),
    );
    return this.#open;
  }

  /** Walks the chain: its last `count` entries and what no opening has looked at, or all. */
  verify(count = this.#head.seq): void {
    const from = Math.min(this.#head.seq - count, this.counter(LOOKED_AT) ?? this.#head.seq - RECENT);
    const before = this.#store.get(
      'SELECT seq, mac FROM journal WHERE seq <= ? AND length(mac) > 0 ORDER BY seq DESC LIMIT 1',
      from,
    );
    const chain = new ChainReader(this.#seal, (before?.['mac'] as Uint8Array | undefined) ?? GENESIS);
    const newest = new Map<string, number>();
    let seq = Number(before?.['seq'] ?? 0);
    while (seq < this.#head.seq) {
      const rows = this.#store.all(WALK, seq, AT_ONCE);
      for (const row of rows) {
        seq += 1;
        if (row['seq'] !== seq) throw new JournalDamagedError(seq, 'an entry is missing');
        chain.follow(codedRow(row));
        newest.set(String(row['saga']), seq);
      }
      if (rows.length === 0) throw new JournalDamagedError(seq + 1, 'an entry is missing');
    }
    chain.end();
    for (const [saga, seq] of newest) {
      const line = this.#store.get('SELECT last FROM saga WHERE id = ?', saga);
      if (line?.['last'] !== seq) throw new JournalDamagedError(seq, 'its settlement does not know it');
    }
  }

  close(): void {
    this.#store.close();
  }
}
