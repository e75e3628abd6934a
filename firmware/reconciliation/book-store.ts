/**
 * The day book on the disk: lines made from the journal, kept up by looking at what the journal has gained.
 *
 * One promise: it never waits inside a transaction and never reads more than one settlement at a time, so whoever
 * settles at this moment is held up by nothing longer than one small write.
 */
import type { SqlRow, Store } from '../ports.ts';
import type { Journal } from '../settlement/journal.ts';
import { linesOf } from './book-of-settlement.ts';
import type { Anchor } from './business-time.ts';
import { anchorsOf } from './claims-of-settlement.ts';
import {
  type BookLine,
  type BusinessDate,
  type CashLine,
  type ClaimLine,
  keys,
  type LineKind,
  linesOfKind,
  type UnfinishedLine,
} from './day-book.ts';

/** By the centre's number, by our key, or as what takes back the settlement of a message. */
export type ClaimName = { readonly settlementId: string } | { readonly key: string } | { readonly voidOf: string };

export class BookStore {
  readonly #store: Store;
  readonly #journal: () => Pick<Journal, 'entries'>;

  /** @param journal opened when it is first needed */
  constructor(store: Store, journal: () => Pick<Journal, 'entries'>) {
    this.#store = store;
    this.#journal = journal;
  }

  /** Takes in what the journal gained since the last time. @param pause lets others run between two settlements */
  async refresh(pause: () => Promise<void>): Promise<void> {
    const seen = Number(this.mark('journalSeen') ?? '0');
    const head = Number(this.#store.get('SELECT max(seq) AS head FROM journal')?.['head'] ?? 0);
    if (head === seen) return;
    const changed = this.#store
      .all('SELECT DISTINCT saga FROM journal WHERE seq > ? AND seq <= ?', seen, head)
      .map((row) => String(row['saga']));
    for (const settlement of changed) {
      this.#takeIn(settlement);
      await pause();
    }
    this.setMark('journalSeen', String(head));
  }

  #takeIn(settlement: string): void {
    const entries = this.#journal().entries(settlement);
    const boots = [...new Set(entries.map(({ at }) => at.boot))];
    const own = anchorsOf(entries);
    const lines = linesOf(settlement, entries, {
      anchors: [...own, ...boots.flatMap((boot) => this.#anchors(boot))],
      claim: (settlementId) => this.bySettlementId(settlementId),
    });
    const before = this.ofSettlement(settlement);
    const texts = new Set(before.map((line) => JSON.stringify(line)));
    const gained = lines.filter((line) => !texts.delete(JSON.stringify(line)));
    const lost = before.filter((line) => texts.has(JSON.stringify(line)));
    this.#store.transaction(() => {
      // A day that had closed without this line has not closed.
      for (const { date } of [...gained, ...lost]) {
        this.#store.run("UPDATE recon_day SET state = 'open' WHERE date = ?", date);
      }
      this.#store.run('DELETE FROM recon_line WHERE saga = ?', settlement);
      for (const line of lines) {
        const also = line.kind === 'claim' ? (line.settlementId ?? null) : null;
        this.#store.run(
          'INSERT INTO recon_line VALUES(?,?,?,?,?,?)',
          ...[line.key, settlement, line.kind, line.date, JSON.stringify(line), also],
        );
      }
      // The journal of a settlement is read again whenever it grows; its anchors are there already then.
      for (const anchor of own) if (!this.#knows(anchor)) this.#insert(anchor);
    });
  }

  /** The centre told its time just now, outside of any settlement. */
  addAnchor(wallMs: number, businessMs: number): void {
    const boot = Number(this.#store.get("SELECT value FROM counter WHERE name = 'boot'")?.['value'] ?? 0);
    this.#insert({ boot, monoMs: undefined, wallMs, businessMs });
  }

  #insert({ boot, monoMs, wallMs, businessMs }: Anchor): void {
    this.#store.run('INSERT INTO recon_anchor VALUES(?,?,?,?)', boot, monoMs ?? null, wallMs, businessMs);
  }

  #knows({ boot, monoMs }: Anchor): boolean {
    const query = 'SELECT 1 AS there FROM recon_anchor WHERE boot = ? AND mono_ms = ?';
    return this.#store.get(query, boot, monoMs ?? null) !== undefined;
  }

  #anchors(boot: number): readonly Anchor[] {
    return this.#store.all('SELECT * FROM recon_anchor WHERE boot = ?', boot).map((row) => ({
      boot,
      monoMs: row['mono_ms'] === null ? undefined : Number(row['mono_ms']),
      wallMs: Number(row['wall_ms']),
      businessMs: Number(row['business_ms']),
    }));
  }

  ofDay(date: BusinessDate): readonly BookLine[] {
    return this.#store.all('SELECT body FROM recon_line WHERE date = ? ORDER BY rowid', date).map(lineIn);
  }

  find<Kind extends LineKind>(kind: Kind, key: string): Extract<BookLine, { kind: Kind }> | undefined {
    const row = this.#store.get('SELECT body FROM recon_line WHERE key = ? AND kind = ?', key, kind);
    return row && linesOfKind([lineIn(row)], kind)[0];
  }

  /** A claim by the centre's own number. */
  bySettlementId(settlementId: string): ClaimLine | undefined {
    const row = this.#store.get('SELECT body FROM recon_line WHERE also = ?', settlementId);
    return row && linesOfKind([lineIn(row)], 'claim')[0];
  }

  /** The line that takes back what a message made. */
  voidOfMessage(messageId: string): ClaimLine | undefined {
    const claim = this.find('claim', keys.message(messageId));
    const all = claim ? linesOfKind(this.ofSettlement(claim.settlement), 'claim') : [];
    return all.find(({ reversal }) => reversal);
  }

  ofSettlement(settlement: string): readonly BookLine[] {
    return this.#store.all('SELECT body FROM recon_line WHERE saga = ? ORDER BY rowid', settlement).map(lineIn);
  }

  /** However the other book names it. */
  claim(by: ClaimName): ClaimLine | undefined {
    if ('settlementId' in by) return this.bySettlementId(by.settlementId);
    return 'key' in by ? this.find('claim', by.key) : this.voidOfMessage(by.voidOf);
  }

  /** Days on which something happened, oldest first. */
  days(): readonly BusinessDate[] {
    return this.#store.all('SELECT DISTINCT date FROM recon_line ORDER BY date').map((row) => String(row['date']));
  }

  /** Stacked notes of all days, by settlement. */
  cash(): readonly CashLine[] {
    const rows = this.#store.all("SELECT body FROM recon_line WHERE kind = 'cash' ORDER BY rowid");
    return linesOfKind(rows.map(lineIn), 'cash');
  }

  /** Settlements that take notes and have not ended. */
  openCash(): readonly UnfinishedLine[] {
    const rows = this.#store.all("SELECT body FROM recon_line WHERE kind = 'unfinished'");
    return linesOfKind(rows.map(lineIn), 'unfinished').filter(({ cash }) => cash === true);
  }

  /** Days on which the cash box was counted. */
  cashDays(): readonly BusinessDate[] {
    return JSON.parse(this.mark('cashDays') ?? '[]') as BusinessDate[];
  }

  noteCashDay(date: BusinessDate): void {
    this.setMark('cashDays', JSON.stringify([...new Set([...this.cashDays(), date])].sort()));
  }

  /** Whether this kiosk ever gave this message id to money. */
  gaveMessage(messageId: string): boolean {
    return this.#store.get('SELECT 1 AS given FROM message WHERE id = ?', messageId) !== undefined;
  }

  mark(name: string): string | undefined {
    const value = this.#store.get('SELECT value FROM recon_mark WHERE name = ?', name)?.['value'];
    return value === undefined ? undefined : String(value);
  }

  setMark(name: string, value: string): void {
    const update = 'ON CONFLICT(name) DO UPDATE SET value = excluded.value';
    this.#store.run(`INSERT INTO recon_mark VALUES(?,?) ${update}`, name, value);
  }
}

/** Read beside a running kiosk. */
export function claimsOfDay(store: Store, date: BusinessDate): readonly BookLine[] {
  return store.all("SELECT body FROM recon_line WHERE date = ? AND kind = 'claim' ORDER BY rowid", date).map(lineIn);
}

function lineIn(row: SqlRow): BookLine {
  return JSON.parse(String(row['body'])) as BookLine;
}
