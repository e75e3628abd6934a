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
import { JournalDamagedError, JournalTooNewError } from './ledger-errors.ts';
import type { Moment } from './moment.ts';
import { closeOrder, type OpenOrder, openOrder } from './order-body.ts';
import { digest, type Seal } from './seal.ts';
import type { SettlementOrder } from './settlements.ts';

export const JOURNAL_VERSION = 1;

const SCHEMA = `
CREATE TABLE journal(
  seq INTEGER PRIMARY KEY,
  saga TEXT NOT NULL, step TEXT NOT NULL, n INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK(phase IN ('intent','outcome','note')),
  key TEXT, verdict TEXT, body TEXT NOT NULL,
  boot INTEGER NOT NULL, mono_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, wall_ok INTEGER NOT NULL,
  prev BLOB NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_intent ON journal(saga, step, n) WHERE phase = 'intent';
CREATE INDEX journal_saga ON journal(saga, seq);
CREATE TABLE saga(
  id TEXT PRIMARY KEY, bill TEXT NOT NULL, plan TEXT NOT NULL, state TEXT NOT NULL, ended INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_live ON saga(bill) WHERE ended = 0;
CREATE TABLE sealed(saga TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, acked INTEGER NOT NULL
) STRICT;
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE message(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${JOURNAL_VERSION};
`;

const GENESIS = new Uint8Array(32);

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
    const version = Number(store.get('PRAGMA user_version')?.['user_version'] ?? 0);
    if (version > JOURNAL_VERSION) throw new JournalTooNewError(version, JOURNAL_VERSION);
    if (version === 0) store.transaction(() => store.exec(SCHEMA));
    const last = store.get('SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1');
    this.#head = { seq: Number(last?.['seq'] ?? 0), mac: (last?.['mac'] as Uint8Array | undefined) ?? GENESIS };
    this.#wallHighMs = this.counter('wallHigh') ?? 0;
    const written = this.counter('journalHead') ?? 0;
    if (written !== this.#head.seq) throw new JournalDamagedError(this.#head.seq + 1, 'entries at the end are missing');
    const rows = Number(store.get('SELECT count(*) AS n FROM journal')?.['n']);
    if (rows !== this.#head.seq) throw new JournalDamagedError(this.#firstGap(), 'an entry is missing');
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
      return { ...row, mac };
    });
    this.#store.transaction(() => {
      for (const row of rows) this.#insert(row);
      this.#writeBeside(batch);
      this.#setCounters({ ...batch.counters, journalHead: seq, wallHigh: wallHighMs });
    });
    this.#head = { seq, mac };
    this.#wallHighMs = wallHighMs;
  }

  #insert(row: Row): void {
    const { seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac } = row;
    this.#store.run(
      'INSERT INTO journal VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
      ...[seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac],
    );
  }

  #writeBeside({ saga, projection, seal, shred, messageIds, outbox }: Batch): void {
    if (projection) {
      const { bill, plan, state, ended } = projection;
      this.#store.run(
        'INSERT INTO saga VALUES(?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET state = excluded.state, ended = excluded.ended',
        ...[saga, bill, plan, state, ended ? 1 : 0],
      );
    }
    if (seal) this.#store.run('INSERT INTO sealed VALUES(?,?)', saga, seal.bytes);
    if (shred) {
      this.#store.run('UPDATE sealed SET body = zeroblob(length(body)) WHERE saga = ?', saga);
      this.#store.run('DELETE FROM sealed WHERE saga = ?', saga);
    }
    for (const id of messageIds) this.#store.run('INSERT INTO message VALUES(?)', id);
    for (const { kind, key, body } of outbox) {
      this.#store.run('INSERT INTO outbox(kind, key, body, acked) VALUES(?,?,?,0)', kind, key, body);
    }
  }

  beginBoot(): number {
    const boot = (this.counter('boot') ?? 0) + 1;
    this.#store.transaction(() => this.#setCounters({ boot }));
    return boot;
  }

  /** Within the caller's transaction. */
  #setCounters(counters: Readonly<Record<string, number>>): void {
    const given = Object.entries(counters);
    // One statement for all: the text depends only on how many there are.
    const rows = given.map(() => '(?,?)').join(',');
    const update = 'ON CONFLICT(name) DO UPDATE SET value = excluded.value';
    this.#store.run(`INSERT INTO counter VALUES${rows} ${update}`, ...given.flat());
  }

  counter(name: string): number | undefined {
    const value = this.#store.get('SELECT value FROM counter WHERE name = ?', name)?.['value'];
    return value === undefined ? undefined : Number(value);
  }

  /** The entries of one settlement in their order, each checked. @throws JournalDamagedError */
  entries(saga: string): readonly Entry[] {
    return this.#store
      .all('SELECT * FROM journal WHERE saga = ? ORDER BY seq', saga)
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
    for (let seq = from + 1; seq <= this.#head.seq; seq += 1) {
      const found = this.#store.get('SELECT * FROM journal WHERE seq = ?', seq);
      if (!found) throw new JournalDamagedError(seq, 'the entry is missing');
      const row = readRow(found);
      this.#checked(row);
      if (expected && !same(row.prev, expected))
        throw new JournalDamagedError(seq, 'it does not follow the entry before it');
      expected = row.mac;
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
