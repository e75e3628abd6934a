/**
 * 清机: what two people counted in the cash box, laid beside the notes that the journal stacked since the last time.
 *
 * One promise: every stacked note is counted once and by two; what is too little or too much stands under a number
 * until a second count agrees or two people close it, and no month closes over a box that nobody counted.
 */
import type { Fen } from '../money.ts';
import type { BookStore } from './book-store.ts';
import { type ComparedDay, NOBODY_ELSE } from './compared-day.ts';
import { type BusinessDate, type CashLine, ownPart } from './day-book.ts';
import type { Found } from './difference.ts';
import type { StatementStore } from './statement-store.ts';
import { isNothing, minus, type Sums, sumOf } from './sums.ts';

export interface CashCounting {
  /** Staff numbers of the two who stood in front of the open box. */
  readonly by: readonly [string, string];
  /** What they counted: face value, fen → notes. */
  readonly notes: ReadonlyMap<Fen, number>;
  /** The acceptor's own sum since the last time, where it tells one, fen. */
  readonly deviceFen?: Fen;
}

/** As it is kept: one time that the box was emptied. */
export interface CashCount {
  /** `emp_20261122_1` */
  readonly number: string;
  readonly date: BusinessDate;
  /** Business time, yyyy-MM-dd HH:mm:ss */
  readonly at: string;
  readonly by: readonly [string, string];
  readonly notes: readonly (readonly [Fen, number])[];
  readonly countedFen: Fen;
  readonly deviceFen: Fen | undefined;
  /** Keys of the journal's lines that this box held. */
  readonly lines: readonly string[];
  /** Who counted it first, when it was counted again. */
  readonly before: readonly { readonly by: readonly string[]; readonly countedFen: Fen }[];
}

export class CountRefusedError extends Error {
  override readonly name = 'CountRefusedError';
}

export interface CashBooks {
  readonly book: BookStore;
  readonly statements: StatementStore;
}

const PARTY = 'cash';
const STAFF_NUMBER = /^[A-Za-z0-9_-]{2,20}$/;
const MOST_NOTES = 10_000;
const MOST_FACE_FEN = 1_000_000;

/**
 * Writes one count down. With the number of an earlier one it is counted again: the same notes, other eyes.
 *
 * @throws CountRefusedError
 */
export function writeCount(
  counting: CashCounting,
  { date, at, again }: { readonly date: BusinessDate; readonly at: string; readonly again?: string | undefined },
  books: CashBooks,
): CashCount {
  const { by, notes, deviceFen } = counting;
  checkPeople(by);
  for (const [face, count] of notes) {
    const isNote = Number.isSafeInteger(face) && face > 0 && face <= MOST_FACE_FEN;
    if (!isNote || !Number.isSafeInteger(count) || count < 0 || count > MOST_NOTES) {
      throw new CountRefusedError('Say each face value once, with how many notes there are.');
    }
  }
  const countedFen = [...notes].reduce((sum, [face, count]) => sum + face * count, 0);
  const heard = { by, at, notes: [...notes], countedFen, deviceFen };
  if (again !== undefined) return countAgain(again, heard, books);
  const lines = uncounted(books);
  // What lies in the escrow or is being found out may yet fall into the box on one side only.
  if (books.book.openCash().length > 0) throw new CountRefusedError('A payment in notes is not over: count after it.');
  const ofDay = countsOf(date, books);
  const number = `emp_${date.replaceAll('-', '')}_${ofDay.length + 1}`;
  const count: CashCount = { number, date, ...heard, lines: lines.map(({ key }) => key), before: [] };
  keep(date, [...ofDay, count], books);
  return count;
}

function countAgain(
  number: string,
  heard: Pick<CashCount, 'by' | 'at' | 'notes' | 'countedFen' | 'deviceFen'>,
  books: CashBooks,
): CashCount {
  const date = dateIn(number);
  const ofDay = date === undefined ? [] : countsOf(date, books);
  const known = ofDay.find((one) => one.number === number);
  if (!known || date === undefined) throw new CountRefusedError(`There is no count ${number}.`);
  const { by, countedFen } = known;
  const count: CashCount = {
    ...known,
    ...heard,
    deviceFen: heard.deviceFen ?? known.deviceFen,
    before: [...known.before, { by, countedFen }],
  };
  keep(
    date,
    ofDay.map((one) => (one.number === number ? count : one)),
    books,
  );
  return count;
}

/** `undefined` on a day on which nobody emptied the box. */
export function compareCash(date: BusinessDate, books: CashBooks): ComparedDay | undefined {
  const counts = countsOf(date, books);
  if (counts.length === 0) return undefined;
  const found: Found[] = [];
  const all: { ours: Sums; theirs: Sums }[] = [];
  for (const count of counts) {
    const ours = sumOf(count.lines.map((key) => books.book.find('cash', key)?.sums ?? ownPart(0)));
    const theirs = ownPart(count.countedFen);
    all.push({ ours, theirs });
    const off = minus(theirs, ours);
    if (isNothing(off)) continue;
    found.push({
      ...{ party: PARTY, name: off.ownFen < 0 ? 'cashShort' : 'cashOver', key: count.number, off },
      ...{ settlement: undefined, cause: causeOf(count, ours.ownFen), remedy: 'person' },
    });
  }
  const sums = (side: 'ours' | 'theirs') => sumOf(all.map((one) => one[side]));
  return { found, totals: { party: PARTY, ours: sums('ours'), theirs: sums('theirs'), elsewhere: NOBODY_ELSE } };
}

/** Stacked notes that no count has held yet, up to and with this day. */
export function uncounted({ book, statements }: CashBooks, until?: BusinessDate): readonly CashLine[] {
  const counted = new Set(
    book.cashDays().flatMap((date) => countsOf(date, { statements }).flatMap(({ lines }) => lines)),
  );
  return book.cash().filter(({ key, date }) => !counted.has(key) && (until === undefined || date <= until));
}

/** What the acceptor counted says on whose side to look first. */
function causeOf({ deviceFen, countedFen, by, before }: CashCount, journalFen: Fen): string {
  const who = `counted by ${by.join(' and ')}${before.length > 0 ? `, ${before.length + 1} times` : ''}`;
  if (deviceFen === undefined) return who;
  if (deviceFen === journalFen) return `${who}; the acceptor says what the journal says`;
  return deviceFen === countedFen
    ? `${who}; the acceptor says what was counted`
    : `${who}; the acceptor says a third sum`;
}

function checkPeople([first, second]: readonly [string, string]): void {
  for (const id of [first, second]) {
    if (!STAFF_NUMBER.test(id)) throw new CountRefusedError('A staff number has 2–20 letters and digits.');
  }
  if (first === second) throw new CountRefusedError('It takes two people.');
}

function countsOf(date: BusinessDate, { statements }: Pick<CashBooks, 'statements'>): readonly CashCount[] {
  return statements.body<readonly CashCount[]>(PARTY, date) ?? [];
}

function keep(date: BusinessDate, counts: readonly CashCount[], { book, statements }: CashBooks): void {
  statements.keep(PARTY, date, counts, []);
  book.noteCashDay(date);
}

function dateIn(number: string): BusinessDate | undefined {
  const digits = /^emp_(\d{4})(\d{2})(\d{2})_\d+$/.exec(number);
  return digits ? `${digits[1]}-${digits[2]}-${digits[3]}` : undefined;
}
