/**
 * Takes a signed price list into catalogue.db (Z-5.1.2, Z-5.2.3, Z-5.3.2).
 *
 * One promise: nothing of a list is shown before two people's signatures held, every line fitted, no code was in force
 * twice on one day and the last row was written; then all of it is shown at once (SZ-174). What changed since the
 * edition before is kept with both signers and the time.
 */
import { createHash } from 'node:crypto';
import type { Store } from '../ports.ts';
import {
  mustBeSigned,
  type PackRefusal,
  PackRefusedError,
  type PackSignature,
  type Trust,
} from '../region/pack-signatures.ts';
import { compareDecimals } from '../region/rules/decimals.ts';
import { clearPlace, indexPlace, makeTables, otherPlace, type Place, piecesTable } from './catalogue-tables.ts';
import type { PriceEdition, PriceItem } from './price-item.ts';
import { PriceListError, readEdition, readItems } from './price-list-file.ts';
import { pieces, type Romanize, searchWords } from './search-words.ts';

export interface SignedPriceList {
  readonly list: Uint8Array;
  /** Content of signatures.json; `undefined` when there is none. */
  readonly signatures: Uint8Array | undefined;
}

export type Signer = Omit<PackSignature, 'signature'>;

export type ImportRefusal =
  | PackRefusal
  /** A line does not fit, or a code would be in force twice. */
  | 'notTheForm'
  | 'otherInstitution'
  /** Not newer than what is shown. */
  | 'olderVersion'
  /** The number of the edition that is shown, and other prices. */
  | 'sameVersionOtherPrices';

export type ImportOutcome =
  | {
      readonly outcome: 'imported';
      readonly edition: PriceEdition;
      readonly signers: readonly Signer[];
      readonly changes: { readonly added: number; readonly changed: number; readonly removed: number };
      /** Codes that a public hospital sells above what it pays (SZ-181); the first hundred. */
      readonly dearer: readonly string[];
    }
  | { readonly outcome: 'shownAlready' }
  | { readonly outcome: 'refused'; readonly reason: ImportRefusal; readonly detail: string };

export interface ImportParts {
  readonly store: Store;
  readonly trust: Trust;
  /** `fixmedins_code` of this kiosk's hospital. */
  readonly institution: string;
  readonly romanize: Romanize;
  /** Unix ms. */
  readonly nowMs: number;
}

/** Items that are written between two flushes. */
const BATCH = 4_000;
const MOST_DEARER = 100;

export function importPriceList({ list, signatures }: SignedPriceList, parts: ImportParts): ImportOutcome {
  try {
    const signers = mustBeSigned('prices', list, signatures, parts.trust);
    const edition = readEdition(list);
    const digest = createHash('sha256').update(list).digest('hex');
    makeTables(parts.store);
    const before = shown(parts.store);
    const refused = unwanted(edition, digest, before, parts.institution);
    if (refused) return refused;
    const place = otherPlace(before?.place);
    clearPlace(parts.store, place);
    const dearer = fill(parts, list, place, edition);
    mustNotOverlap(parts.store, place);
    const who = signers.map(({ personId, duty, signedAt }) => ({ personId, duty, signedAt }));
    const changes = show(parts, { edition, digest, place, before, signers: who });
    return { outcome: 'imported', edition, signers: who, changes, dearer };
  } catch (error) {
    if (error instanceof PackRefusedError) return { outcome: 'refused', reason: error.refusal, detail: error.message };
    if (error instanceof PriceListError) return { outcome: 'refused', reason: 'notTheForm', detail: error.message };
    throw error;
  }
}

interface Shown {
  readonly version: number;
  readonly digest: string;
  readonly place: Place;
}

function shown(store: Store): Shown | undefined {
  return store.get('SELECT version, digest, place FROM edition JOIN in_force USING (version)') as unknown as
    | Shown
    | undefined;
}

function unwanted(
  edition: PriceEdition,
  digest: string,
  before: Shown | undefined,
  institution: string,
): ImportOutcome | undefined {
  const refuse = (reason: ImportRefusal, detail: string): ImportOutcome => ({ outcome: 'refused', reason, detail });
  if (edition.institution !== institution) {
    return refuse('otherInstitution', `The list is of ${edition.institution}; this kiosk stands in ${institution}.`);
  }
  if (!before || edition.version > before.version) return undefined;
  if (edition.version < before.version) {
    return refuse(
      'olderVersion',
      `Edition ${edition.version} is older than edition ${before.version}, which is shown.`,
    );
  }
  if (digest === before.digest) return { outcome: 'shownAlready' };
  return refuse(
    'sameVersionOtherPrices',
    `Another list was shown as edition ${edition.version} before; give it a number of its own.`,
  );
}

/** @throws PriceListError */
function fill(parts: ImportParts, list: Uint8Array, place: Place, edition: PriceEdition): readonly string[] {
  const { store, romanize } = parts;
  const dearer: string[] = [];
  const items = readItems(list);
  for (let id = 0, done = false; !done; ) {
    store.transaction(() => {
      for (let count = 0; count < BATCH; count += 1) {
        const next = items.next();
        done = next.done === true;
        if (next.done) return;
        id += 1;
        write(store, place, id, next.value.item, romanize);
        if (dearer.length < MOST_DEARER && soldDearer(next.value.item, edition)) dearer.push(next.value.item.code);
      }
    });
  }
  try {
    indexPlace(store, place);
  } catch (error) {
    if (!/UNIQUE/.test(String(error))) throw error;
    throw new PriceListError(1, 'a code begins twice on one day');
  }
  return dearer;
}

function write(store: Store, place: Place, id: number, item: PriceItem, romanize: Romanize): void {
  const { names, beginnings } = searchWords(item, romanize);
  store.run(
    `INSERT INTO item_${place} (id, kind, code, from_day, until_day, names, body) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[id, item.kind, item.code, item.from, item.until ?? null, names.join('\n'), JSON.stringify(item)],
  );
  for (const word of beginnings) {
    store.run(`INSERT INTO word_${place} (kind, word, item) VALUES (?, ?, ?)`, item.kind, word, id);
  }
  const found = new Set(names.flatMap(pieces));
  store.run(`INSERT INTO ${piecesTable(place, item.kind)} (rowid, piece) VALUES (?, ?)`, id, [...found].join(' '));
}

function soldDearer(item: PriceItem, { ownership }: PriceEdition): boolean {
  if (ownership !== 'public' || item.kind === 'service' || item.purchasePrice === undefined) return false;
  return compareDecimals(item.price, item.purchasePrice) > 0;
}

/** @throws PriceListError when a code is in force twice on one day: nobody could say what it costs. */
function mustNotOverlap(store: Store, place: Place): void {
  const twice = store.get(`
    SELECT code FROM (
      SELECT code, until_day, LEAD(from_day) OVER (PARTITION BY code ORDER BY from_day) AS next_day FROM item_${place})
    WHERE next_day IS NOT NULL AND (until_day IS NULL OR until_day > next_day) LIMIT 1`);
  if (twice) throw new PriceListError(1, `${String(twice['code'])} is in force twice on one day`);
}

interface Showing {
  readonly edition: PriceEdition;
  readonly digest: string;
  readonly place: Place;
  readonly before: Shown | undefined;
  readonly signers: readonly Signer[];
}

/** The last transaction: what changed, who signed, and from now on this edition. */
function show(parts: ImportParts, { edition, digest, place, before, signers }: Showing) {
  const { store, nowMs } = parts;
  return store.transaction(() => {
    const insert = store.run(
      `INSERT INTO edition (version, head, digest, place, imported_ms, signers, added, changed, removed)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)`,
      ...[edition.version, JSON.stringify(edition), digest, place, nowMs, JSON.stringify(signers)],
      before ? 0 : edition.items,
    );
    if (insert.changes !== 1) throw new Error('The edition was not written.');
    if (before) keepChanges(store, edition.version, before.place, place);
    store.run(
      'INSERT INTO in_force (one, version) VALUES (1, ?) ON CONFLICT DO UPDATE SET version = excluded.version',
      edition.version,
    );
    const row = store.get('SELECT added, changed, removed FROM edition WHERE version = ?', edition.version);
    return { added: Number(row?.['added']), changed: Number(row?.['changed']), removed: Number(row?.['removed']) };
  });
}

function keepChanges(store: Store, version: number, before: Place, after: Place): void {
  store.run(
    `INSERT INTO change (version, code, from_day, what, before, after)
     SELECT ?, code, from_day, CASE WHEN was.body IS NULL THEN 'added' ELSE 'changed' END, was.body, now.body
     FROM item_${after} AS now LEFT JOIN item_${before} AS was USING (code, from_day)
     WHERE was.body IS NULL OR was.body <> now.body`,
    version,
  );
  store.run(
    `INSERT INTO change (version, code, from_day, what, before, after)
     SELECT ?, was.code, was.from_day, 'removed', was.body, NULL
     FROM item_${before} AS was LEFT JOIN item_${after} AS now USING (code, from_day)
     WHERE now.body IS NULL`,
    version,
  );
  for (const what of ['added', 'changed', 'removed'] as const) {
    store.run(
      `UPDATE edition SET ${what} = (SELECT count(*) FROM change WHERE change.version = ?1 AND what = '${what}')
       WHERE version = ?1`,
      version,
    );
  }
}
