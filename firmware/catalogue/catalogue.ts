/**
 * The published prices as they are shown, searched and held against bills.
 *
 * One promise: every answer is of one edition, the one in force at that moment, and names it; screen, paper and bill
 * check ask here and nowhere else, so they change together (SZ-174).
 */
import type { Store } from '../ports.ts';
import type { PublishedPrice, PublishedPrices } from '../region/published-prices.ts';
import { makeTables, type Place, piecesTable } from './catalogue-tables.ts';
import type { Signer } from './import-price-list.ts';
import { type ItemKind, inForceOn, nameOf, type PriceEdition, type PriceItem } from './price-item.ts';
import { folded, MAX_QUERY, matchOf } from './search-words.ts';

export interface ShownEdition extends PriceEdition {
  readonly importedMs: number;
  readonly signers: readonly Signer[];
  readonly changes: { readonly added: number; readonly changed: number; readonly removed: number };
}

export interface PriceQuestion {
  readonly kind: ItemKind;
  /** Code, name, pinyin or initials, or the beginning of one; of a name and its pinyin also a part. */
  readonly text: string;
  /** yyyy-MM-dd */
  readonly day: string;
  readonly most: number;
}

export interface Found {
  readonly version: number;
  readonly items: readonly PriceItem[];
  /** There are more than `most`. */
  readonly more: boolean;
}

export interface PriceChange {
  readonly what: 'added' | 'changed' | 'removed';
  readonly code: string;
  readonly from: string;
  readonly before: PriceItem | undefined;
  readonly after: PriceItem | undefined;
}

interface Edition extends ShownEdition {
  readonly place: Place;
}

export class Catalogue {
  readonly #openStore: () => Store;
  #store: Store | undefined;
  #known: Edition | undefined;

  /** `openStore` is called with the first question. */
  constructor(openStore: () => Store) {
    this.#openStore = openStore;
  }

  /** `undefined` = no list was ever taken. */
  edition(): ShownEdition | undefined {
    return this.#edition();
  }

  /** The item of this code that holds on this day. */
  item(code: string, day: string): PriceItem | undefined {
    const edition = this.#edition();
    if (!edition) return undefined;
    return this.#periods(edition.place, code).find((item) => inForceOn(item, day));
  }

  /** First what begins so, in the order of the alphabet, then what has it inside. */
  search({ kind, text, day, most }: PriceQuestion): Found {
    const edition = this.#edition();
    const query = [...folded(text)].slice(0, MAX_QUERY).join('');
    if (!edition || query === '') return { version: edition?.version ?? 0, items: [], more: false };
    const { place, version } = edition;
    const ids = new Set(this.#beginning(place, kind, query, day, most + 1));
    const match = matchOf(query);
    if (ids.size <= most && match !== undefined) {
      for (const id of this.#containing({ place, kind, query, match, day, most: most + 1 })) ids.add(id);
    }
    const items = [...ids].slice(0, most).flatMap((id) => this.#byId(place, id));
    return { version, items: exactFirst(items, query), more: ids.size > most };
  }

  /** What the bill check holds bills against; `undefined` while no list was ever taken. */
  pricesInForce(): PublishedPrices | undefined {
    const edition = this.#edition();
    if (!edition) return undefined;
    const { place, ownership } = edition;
    return {
      of: (code) => {
        const periods = this.#periods(place, code)
          .filter((item) => payable(item, ownership))
          .map(published);
        return periods.length > 0 ? periods : undefined;
      },
    };
  }

  /** What an edition changed, by code. */
  changes(version: number, most = 1_000): readonly PriceChange[] {
    return this.#open()
      .all('SELECT * FROM change WHERE version = ? ORDER BY code, from_day LIMIT ?', version, most)
      .map((row) => ({
        what: row['what'] as PriceChange['what'],
        code: String(row['code']),
        from: String(row['from_day']),
        before: row['before'] === null ? undefined : read(row['before']),
        after: row['after'] === null ? undefined : read(row['after']),
      }));
  }

  /** Every edition that was ever shown, newest first. */
  editions(): readonly ShownEdition[] {
    return this.#open().all('SELECT * FROM edition ORDER BY version DESC').map(editionOf);
  }

  /** Every item of the edition in force, in the list's order; for exports (Y4-8). */
  *everything(): Generator<PriceItem> {
    const edition = this.#edition();
    for (let after = 0; edition; ) {
      const rows = this.#open().all(
        `SELECT id, body FROM item_${edition.place} WHERE id > ? ORDER BY id LIMIT 500`,
        after,
      );
      if (rows.length === 0) return;
      after = Number(rows.at(-1)?.['id']);
      yield* rows.map(({ body }) => read(body));
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = undefined;
  }

  #open(): Store {
    if (!this.#store) {
      this.#store = this.#openStore();
      makeTables(this.#store);
    }
    return this.#store;
  }

  /** Asked each time: a list may have been taken by another thread meanwhile. */
  #edition(): Edition | undefined {
    const version = this.#open().get('SELECT version FROM in_force')?.['version'];
    if (version === undefined) return undefined;
    if (this.#known?.version !== version) {
      const row = this.#open().get('SELECT * FROM edition WHERE version = ?', version);
      this.#known = row && editionOf(row);
    }
    return this.#known;
  }

  #periods(place: Place, code: string): readonly PriceItem[] {
    return this.#open()
      .all(`SELECT body FROM item_${place} WHERE code = ? ORDER BY from_day`, code)
      .map(({ body }) => read(body));
  }

  #byId(place: Place, id: number): readonly PriceItem[] {
    const row = this.#open().get(`SELECT body FROM item_${place} WHERE id = ?`, id);
    return row ? [read(row['body'])] : [];
  }

  #beginning(place: Place, kind: ItemKind, query: string, day: string, most: number): readonly number[] {
    return this.#open()
      .all(
        `SELECT word.item AS id FROM word_${place} AS word JOIN item_${place} AS item ON item.id = word.item
         WHERE word.kind = ? AND word.word >= ? AND word.word < ?
           AND item.from_day <= ? AND (item.until_day IS NULL OR ? < item.until_day)
         ORDER BY word.word LIMIT ?`,
        ...[kind, query, `${query}\u{10ffff}`, day, day, most * WORDS_OF_ONE],
      )
      .map(({ id }) => Number(id))
      .filter((id, at, all) => all.indexOf(id) === at)
      .slice(0, most);
  }

  #containing(sought: {
    readonly place: Place;
    readonly kind: ItemKind;
    readonly query: string;
    readonly match: string;
    readonly day: string;
    readonly most: number;
  }): readonly number[] {
    const { place, kind, query, match, day, most } = sought;
    const table = piecesTable(place, kind);
    return this.#open()
      .all(
        `SELECT item.id AS id FROM ${table} JOIN item_${place} AS item ON item.id = ${table}.rowid
         WHERE ${table} MATCH ? AND instr(item.names, ?) > 0
           AND item.from_day <= ? AND (item.until_day IS NULL OR ? < item.until_day)
         LIMIT ?`,
        ...[match, query, day, day, most],
      )
      .map(({ id }) => Number(id));
  }
}

/** One item may begin so by its name, its pinyin and its initials, and by two names. */
const WORDS_OF_ONE = 4;

function exactFirst(items: readonly PriceItem[], query: string): readonly PriceItem[] {
  const exact = (item: PriceItem): boolean => folded(item.code) === query || folded(nameOf(item)) === query;
  return [...items.filter(exact), ...items.filter((item) => !exact(item))];
}

/** SZ-142: an item of a for-profit hospital's own is charged only when it is filed. */
function payable(item: PriceItem, ownership: PriceEdition['ownership']): boolean {
  return ownership !== 'forProfit' || item.kind !== 'service' || item.ownItemFiling !== '';
}

function published({ price, unit, list, from, until }: PriceItem): PublishedPrice {
  return { price, unit, list, from, ...(until === undefined ? {} : { until }) };
}

function editionOf(row: Readonly<Record<string, unknown>>): Edition {
  return {
    ...(JSON.parse(String(row['head'])) as PriceEdition),
    place: row['place'] as Place,
    importedMs: Number(row['imported_ms']),
    signers: JSON.parse(String(row['signers'])) as readonly Signer[],
    changes: { added: Number(row['added']), changed: Number(row['changed']), removed: Number(row['removed']) },
  };
}

/** What was checked when it was taken. */
function read(body: unknown): PriceItem {
  return JSON.parse(String(body)) as PriceItem;
}
