/**
 * Compares one day with everything that is known by now, and keeps what was found.
 *
 * It asks nobody: what parties said lies in the store. So a day can be looked at again whenever a later file, a later
 * entry of the journal or a person has changed what is known.
 */
import type { Store } from '../ports.ts';
import { type BookStore, claimsOfDay } from './book-store.ts';
import type { ChannelFile } from './books-of-others.ts';
import { businessOf } from './business-of-day.ts';
import { dayAfter, midnight } from './business-time.ts';
import { type CentreDay, compareCentre } from './compare-centre.ts';
import { compareChannel } from './compare-channel.ts';
import { compareHospital, type HospitalRow } from './compare-hospital.ts';
import type { ComparedDay } from './compared-day.ts';
import { compareCash } from './count-cash.ts';
import { type BookLine, type BusinessDate, type ChargeLine, keys, linesOfKind, type RefundLine } from './day-book.ts';
import type { DayState, DayView } from './day-view.ts';
import type { Counterparty, DayTotals, Difference, Found } from './difference.ts';
import type { DifferenceStore } from './difference-store.ts';
import type { StatementStore } from './statement-store.ts';
import { NOTHING } from './sums.ts';

export interface Shelves {
  readonly store: Store;
  readonly book: BookStore;
  readonly statements: StatementStore;
  readonly differences: DifferenceStore;
  /** Of this merchant, as the broker last named them; `undefined` = not asked yet. */
  channels(): readonly string[] | undefined;
  /** Sequence numbers of this kiosk's messages. */
  readonly messageSequence: { readonly first: number; readonly last: number };
}

/** A party's books are late from this time of the next day on. */
const LATE_AFTER_MS = 12 * 3_600_000;

export interface Look {
  readonly view: DayView;
  readonly changed: readonly Difference[];
}

/** @param nowMs business time */
export function lookAtDay(date: BusinessDate, shelves: Shelves, nowMs: number): Look {
  const { differences, book } = shelves;
  const lines = book.ofDay(date);
  const channels = shelves.channels();
  const parties = partiesOf(lines, channels ?? []);
  const changed: Difference[] = [...differences.replace('kiosk', date, unfinished(lines))];
  const totals: DayTotals[] = [];
  for (const party of parties) {
    const compared = compare(party, date, lines, shelves);
    if (compared) totals.push(compared.totals);
    const why = book.mark(brokenMark(party, date)) ?? '';
    changed.push(...differences.replace(party, date, compared ? compared.found : notCome(party, date, nowMs, why)));
  }
  const cash = compareCash(date, shelves);
  if (cash) {
    totals.push(cash.totals);
    changed.push(...differences.replace('cash', date, cash.found));
  }
  // Books that never come are let go by two people, under their number.
  const letGo = (party: Counterparty) =>
    differences.ofDay(date).some((one) => one.party === party && one.name === 'fileLate' && one.state === 'closed');
  const has = (party: Counterparty) => shelves.statements.has(party, date) || letGo(party);
  const night = has('centre') && has('hospital');
  const morning = channels !== undefined && parties.every(has);
  const all = differences.ofDay(date);
  const state = stateOf(night, morning, all);
  keepDay(shelves.store, date, state, totals);
  return { view: { date, state, totals, differences: all, business: businessOf(lines) }, changed };
}

function stateOf(night: boolean, morning: boolean, all: readonly Difference[]): DayState {
  if (!night) return 'open';
  if (!morning) return 'centreAndHospital';
  return all.some(({ state }) => state === 'open') ? 'channels' : 'closed';
}

function compare(
  party: Counterparty,
  date: BusinessDate,
  lines: readonly BookLine[],
  shelves: Shelves,
): ComparedDay | undefined {
  const { book, statements } = shelves;
  const seenOn = (key: string) => statements.seenOn(party, key, date);
  const has = (day: BusinessDate) => statements.has(party, day);
  if (party === 'centre') {
    const answer = statements.body<CentreDay>(party, date);
    return (
      answer &&
      compareCentre({
        date,
        answer,
        ours: linesOfKind(lines, 'claim'),
        claim: (by) => book.claim(by),
        message: (messageId) => book.find('message', keys.message(messageId)),
        isOurs: (messageId) => book.gaveMessage(messageId) || inSequence(messageId, shelves),
        seenOn,
        has,
      })
    );
  }
  if (party === 'hospital') {
    const rows = statements.body<readonly HospitalRow[]>(party, date);
    const isOpen = (settlement: string) => linesOfKind(book.ofSettlement(settlement), 'unfinished').length > 0;
    const bill = (key: string) => book.find('bill', key);
    return rows && compareHospital({ date, rows, ours: linesOfKind(lines, 'bill'), bill, isOpen, seenOn, has });
  }
  const file = statements.body<ChannelFile>(party, date);
  if (!file) return undefined;
  const money = [...linesOfKind(lines, 'charge'), ...linesOfKind(lines, 'refund')];
  return compareChannel({
    date,
    channel: file.channel,
    cutOff: file.cutOff,
    ours: money.filter((line) => channelOf(line, shelves) === party),
    rows: file.rows,
    money: (key) => book.find('charge', key) ?? book.find('refund', key),
    order: (orderNumber) => book.find('order', keys.order(orderNumber)),
    refundsOf: (orderNumber) => {
      const charge = book.find('charge', keys.order(orderNumber));
      const all = charge ? linesOfKind(book.ofSettlement(charge.settlement), 'refund') : [];
      return all.filter((refund) => refund.orderNumber === orderNumber);
    },
    seenOn,
    has,
  });
}

/** Where a file has it, it belongs; else where the broker said that the money came from. */
function channelOf(line: ChargeLine | RefundLine, { book, statements, channels }: Shelves): Counterparty {
  const seen = statements.partyOf(line.key);
  if (seen) return seen;
  const charge = line.kind === 'charge' ? line : book.find('charge', keys.order(line.orderNumber));
  const route = charge?.route;
  const known = channels() ?? [];
  return `channel ${route ?? known[0] ?? 'unknown'}`;
}

/** A route through which money went and that the broker does not name is waited for all the same. */
function partiesOf(lines: readonly BookLine[], channels: readonly string[]): readonly Counterparty[] {
  const routes = linesOfKind(lines, 'charge').flatMap(({ route }) => route ?? []);
  const names = [...new Set([...channels, ...routes])];
  return ['centre', 'hospital', ...names.map((name) => `channel ${name}` as const)];
}

function inSequence(messageId: string, { messageSequence }: Shelves): boolean {
  const place = Number(messageId.slice(-4));
  return place >= messageSequence.first && place <= messageSequence.last;
}

function unfinished(lines: readonly BookLine[]): readonly Found[] {
  return linesOfKind(lines, 'unfinished').map(({ key, settlement, caseNumber }) => ({
    party: 'kiosk',
    name: 'unfinished',
    key,
    off: NOTHING,
    settlement,
    cause: caseNumber ?? 'the kiosk is still at it',
    remedy: caseNumber === undefined ? 'wait' : 'person',
  }));
}

/** Under this mark stands why a party's books of a day came and could not be read. */
export function brokenMark(party: Counterparty, date: BusinessDate): string {
  return `broken ${party} ${date}`;
}

function notCome(party: Counterparty, date: BusinessDate, nowMs: number, why: string): readonly Found[] {
  if (why !== '') {
    const broken = { key: 'file', off: NOTHING, settlement: undefined, cause: why };
    return [{ party, name: 'fileBroken', remedy: 'wait', ...broken }];
  }
  if (nowMs < midnight(dayAfter(date)) + LATE_AFTER_MS) return [];
  const file = { key: 'file', off: NOTHING, settlement: undefined, cause: 'asked again until it comes' };
  return [{ party, name: 'fileLate', remedy: 'wait', ...file }];
}

function keepDay(store: Store, date: BusinessDate, state: DayState, totals: readonly DayTotals[]): void {
  const replace = 'ON CONFLICT(date) DO UPDATE SET state = excluded.state, totals = excluded.totals';
  store.run(`INSERT INTO recon_day VALUES(?,?,?) ${replace}`, date, state, JSON.stringify(totals));
}

/** As it was last looked at; `undefined` for a day that nobody looked at. */
export function dayAsKept(date: BusinessDate, store: Store, differences: DifferenceStore): DayView | undefined {
  const row = store.get('SELECT state, totals FROM recon_day WHERE date = ?', date);
  if (!row) return undefined;
  const totals = JSON.parse(String(row['totals'])) as readonly DayTotals[];
  const business = businessOf(claimsOfDay(store, date));
  return { date, state: String(row['state']) as DayState, totals, differences: differences.ofDay(date), business };
}
