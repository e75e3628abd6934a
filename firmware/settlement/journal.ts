/**
 * The journal on the disk: append only, chained, read back with suspicion.
 *
 * One promise: what was appended together is found again together and
 * unchanged, or reading throws an error with a name. Spec: journal 1.1, 1.2.
 */
import type { RandomSource, Store } from '../ports.ts';
import type { Entry, Fact } from './facts.ts';
import type { Batch, JournalPort, SealedOrder } from './journal-port.ts';
import { type Row, readRow, rowOf, rowText } from './journal-row.ts';
import { bringUpToDate } from './journal-schema.ts';
import { JournalDamagedError } from './ledger-errors.ts';
import type { Moment } from './moment.ts';
import { closeOrder, type OpenOrder, openOrder } from './order-body.ts';
import { digest, type Seal } from './seal.ts';
import type { SettlementOrder } from './settlements.ts';

const GENESIS = new Uint8Array(32);
const ROW = '(?,?,?,?,?,?,?,?,?,?,?,?,?,?)';

export class Journal implements JournalPort {
  readonly #store: Store;
  readonly #seal: Seal;
  #head: { seq: number; mac: Uint8Array };
  /** The latest calendar time ever written, Unix ms: business time should not run behind it. */
  #wallHighMs: number;

  /** @throws JournalTooNewError, JournalDamagedError */
  constructor(store: Store, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
    bringUpToDate(store);
    // One statement, so one moment: another process may be writing.
    const ends = store.get(
      `SELECT (SELECT count(*) FROM journal) AS entries, (SELECT max(seq) FROM journal) AS seq,
        (SELECT max(last) FROM saga) AS written, (SELECT mac FROM journal ORDER BY seq DESC LIMIT 1) AS mac,
        (SELECT wall_ms FROM journal WHERE wall_ok = 1 ORDER BY seq DESC LIMIT 1) AS high`,
    );
    const end = (name: string): number => Number(ends?.[name] ?? 0);
    this.#head = { seq: end('seq'), mac: (ends?.['mac'] as Uint8Array | null) ?? GENESIS };
    // An entry that ran behind the calendar did not raise it.
    this.#wallHighMs = end('high');
    if (end('written') !== end('seq')) throw new JournalDamagedError(end('seq') + 1, 'entries at the end are missing');
    if (end('entries') !== end('seq')) throw new JournalDamagedError(this.#firstGap(), 'an entry is missing');
  }

  get length(): number {
    return this.#head.seq;
  }

  /** Hex of the last chain code: two journals with the same one are the same to the byte. */
  get headCode(): string {
    return Buffer.from(this.#head.mac).toString('hex');
  }

  append(batch: Batch): void {
    let { seq, mac } = this.#head;
    let wallHighMs = this.#wallHighMs;
    const rows: Row[] = batch.entries.map(({ at, fact }) => {
      seq += 1;
      const row = rowOf({ seq, at, fact }, batch.saga, at.wallMs >= wallHighMs, mac);
      wallHighMs = Math.max(wallHighMs, at.wallMs);
      mac = this.#seal.chain(mac, rowText(row));
      row.mac = mac;
      return row;
    });
    this.#store.transaction(() => {
      this.#insert(rows);
      this.#project(batch, rows.length, seq);
      this.#writeBeside(batch);
    });
    this.#head = { seq, mac };
    this.#wallHighMs = wallHighMs;
  }

  #insert(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const values = rows.flatMap((row) => {
      const { seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac } = row;
      return [seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac];
    });
    // One statement for all: its text depends only on how many there are.
    this.#store.run(`INSERT INTO journal VALUES${Array(rows.length).fill(ROW).join(',')}`, ...values);
  }

  /** The settlement's own line, which also says where its entries are. */
  #project({ saga, projection }: Batch, added: number, seq: number): void {
    if (projection) {
      const { bill, plan, state, ended } = projection;
      const known =
        'ON CONFLICT(id) DO UPDATE SET state = excluded.state, ended = excluded.ended, last = excluded.last';
      this.#store.run(
        `INSERT INTO saga VALUES(?,?,?,?,?,?,?) ${known}`,
        ...[saga, bill, plan, state, ended ? 1 : 0, seq - added + 1, seq],
      );
    } else if (added > 0) {
      this.#store.run('UPDATE saga SET last = ? WHERE id = ?', seq, saga);
    }
  }

  #writeBeside({ saga, seal, shred, messageIds, counters, outbox }: Batch): void {
    if (seal) this.#store.run('INSERT INTO sealed VALUES(?,?)', saga, seal.bytes);
    if (shred) {
      this.#store.run('UPDATE sealed SET body = zeroblob(length(body)) WHERE saga = ?', saga);
      this.#store.run('DELETE FROM sealed WHERE saga = ?', saga);
    }
    for (const id of messageIds) this.#store.run('INSERT INTO message VALUES(?)', id);
    for (const { kind, key, body } of outbox) {
      this.#store.run('INSERT INTO outbox(kind, key, body, acked) VALUES(?,?,?,0)', kind, key, body);
    }
    for (const [name, value] of Object.entries(counters)) this.#count(name, value);
  }

  beginBoot(): number {
    const boot = (this.counter('boot') ?? 0) + 1;
    this.#store.transaction(() => this.#count('boot', boot));
    return boot;
  }

  #count(name: string, value: number): void {
    this.#store.run(
      'INSERT INTO counter VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value',
      ...[name, value],
    );
  }

  counter(name: string): number | undefined {
    const value = this.#store.get('SELECT value FROM counter WHERE name = ?', name)?.['value'];
    return value === undefined ? undefined : Number(value);
  }

  /** The entries of one settlement in their order, each checked. @throws JournalDamagedError */
  entries(saga: string): readonly Entry[] {
    return this.#store
      .all(
        `SELECT journal.* FROM saga JOIN journal ON seq BETWEEN first AND last AND journal.saga = saga.id
          WHERE saga.id = ? ORDER BY seq`,
        saga,
      )
      .map((row) => this.#checked(readRow(row)));
  }

  sealOrder(saga: string, order: SettlementOrder, random: RandomSource): SealedOrder {
    const bytes = this.#seal.close(saga, JSON.stringify(openOrder(order)), random);
    return { bytes, digest: digest(bytes) };
  }

  openOrder(saga: string, sealed: string): SettlementOrder {
    const bytes = this.#store.get('SELECT body FROM sealed WHERE saga = ?', saga)?.['body'] as Uint8Array | undefined;
    const text = bytes && digest(bytes) === sealed ? this.#seal.open(saga, bytes) : undefined;
    if (text === undefined) throw new JournalDamagedError(0, 'a sealed order does not open');
    return closeOrder(JSON.parse(text) as OpenOrder);
  }

  wasGiven(messageId: string): boolean {
    return this.#store.get('SELECT 1 AS given FROM message WHERE id = ?', messageId) !== undefined;
  }

  openNumbers(): readonly string[] {
    return this.#store
      .all('SELECT id FROM saga INDEXED BY one_live WHERE ended = 0 ORDER BY rowid')
      .map((row) => String(row['id']));
  }

  hasOpen(bill: string): boolean {
    return this.#store.get('SELECT 1 AS live FROM saga WHERE bill = ? AND ended = 0', bill) !== undefined;
  }

  /** Walks the chain. */
  verify(count = this.#head.seq): void {
    const from = Math.max(0, this.#head.seq - count);
    let expected: Uint8Array | undefined = from === 0 ? GENESIS : undefined;
    const newest = new Map<string, number>();
    for (let seq = from + 1; seq <= this.#head.seq; seq += 1) {
      const found = this.#store.get('SELECT * FROM journal WHERE seq = ?', seq);
      if (!found) throw new JournalDamagedError(seq, 'the entry is missing');
      const row = readRow(found);
      this.#checked(row);
      if (expected && !same(row.prev, expected))
        throw new JournalDamagedError(seq, 'it does not follow the entry before it');
      expected = row.mac;
      newest.set(row.saga, seq);
    }
    for (const [saga, seq] of newest) {
      const last = this.#store.get('SELECT last FROM saga WHERE id = ?', saga)?.['last'];
      if (last !== seq) throw new JournalDamagedError(seq, 'its settlement does not know it');
    }
  }

  close(): void {
    this.#store.close();
  }

  #checked(row: Row): Entry {
    if (!same(this.#seal.chain(row.prev, rowText(row)), row.mac)) {
      throw new JournalDamagedError(row.seq, 'its code does not match its content');
    }
    const at: Moment = { boot: row.boot, monoMs: row.monoMs, wallMs: row.wallMs };
    return { seq: row.seq, at, fact: JSON.parse(row.body) as Fact };
  }

  #firstGap(): number {
    const gap = this.#store.get(
      'SELECT min(seq) + 1 AS gap FROM journal a WHERE NOT EXISTS(SELECT 1 FROM journal b WHERE b.seq = a.seq + 1)',
    );
    const first = this.#store.get('SELECT min(seq) AS seq FROM journal')?.['seq'];
    return Number(first) > 1 ? 1 : Number(gap?.['gap'] ?? 1);
  }
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
