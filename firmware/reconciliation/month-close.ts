/**
 * Closes a month 月对账: every day closed, and the centre's totals of the whole month the same as ours.
 *
 * One promise: it refuses with an open difference and says which. What two people have closed is the only thing by
 * which the month may differ, line by line.
 */
import type { PlatformAnswer } from '../insurance/insurance-platform.ts';
import { formatYuan } from '../money.ts';
import { askCentre } from './ask-centre.ts';
import type { ClaimName } from './book-store.ts';
import { dayAfter, isDate, timeText } from './business-time.ts';
import { type CentreDay, keysAtCentre } from './compare-centre.ts';
import { type CashBooks, uncounted } from './count-cash.ts';
import { type BusinessDate, type ClaimLine, linesOfKind } from './day-book.ts';
import type { MonthView } from './day-view.ts';
import type { Reconciliation } from './reconciliation.ts';

/** Days of yyyy-MM. @throws RangeError when it is no month. */
export function daysOf(month: string): readonly BusinessDate[] {
  const first = `${month}-01`;
  if (!isDate(first)) throw new RangeError(`"${month}" is no month.`);
  const days: BusinessDate[] = [];
  for (let date = first; date.startsWith(`${month}-`); date = dayAfter(date)) days.push(date);
  return days;
}

/** Pure of the network: which days and differences stand in the way. */
export function monthView(
  month: string,
  reconciliation: Pick<Reconciliation, 'book' | 'differences' | 'statements' | 'view'>,
): MonthView {
  const { book, differences } = reconciliation;
  const [firstEver] = book.days();
  const days = daysOf(month).filter((date) => firstEver !== undefined && date >= firstEver);
  const open = differences.open(`${month}-01`, `${month}-31`);
  const because = [
    ...open.map(({ number, name, party }) => `${number} ${name} (${party})`),
    ...days
      .filter((date) => reconciliation.view(date)?.state !== 'closed')
      .filter((date) => !open.some((difference) => difference.date === date))
      .map((date) => `${date} ${reconciliation.view(date)?.state ?? 'open'}`),
    ...boxNotCounted(`${month}-31`, reconciliation),
  ];
  return { month, closed: because.length === 0 && book.mark(closedMark(month)) !== undefined, because };
}

/** Notes of the month that two people have not counted (清机). */
function boxNotCounted(until: BusinessDate, books: CashBooks): readonly string[] {
  const left = uncounted(books, until);
  const fen = left.reduce((sum, { sums }) => sum + sums.ownFen, 0);
  return fen === 0 ? [] : [`cash box not counted: ${formatYuan(fen)} yuan of ${left.length} settlements`];
}

export async function closeMonth(month: string, reconciliation: Reconciliation): Promise<MonthView> {
  const nowMs = await reconciliation.businessNow();
  if (typeof nowMs !== 'number') return refused(month, [`nobody tells what day it is: ${nowMs.why}`]);
  const days = daysOf(month);
  const last = days.at(-1) ?? '';
  if (timeText(nowMs).slice(0, 10) <= last) return refused(month, ['the month is not over']);
  const before = monthView(month, reconciliation);
  if (before.because.length > 0) return { ...before, closed: false };

  const ours = days.flatMap((date) => linesOfKind(reconciliation.book.ofDay(date), 'claim'));
  const answer = await askCentre(reconciliation.enquiry({ from: days[0] ?? last, to: last }, ours));
  const because = unexplained(answer, ours, reconciliation);
  if (because.length > 0) return refused(month, because);
  reconciliation.book.setMark(closedMark(month), timeText(nowMs));
  reconciliation.shredKeys(days);
  return { month, closed: true, because: [] };
}

/** Lines by which the centre's month differs from ours, and that nobody has closed. */
function unexplained(
  answer: PlatformAnswer<CentreDay>,
  ours: readonly ClaimLine[],
  { book, differences }: Reconciliation,
): readonly string[] {
  if (answer.outcome !== 'ok') return [`the centre does not answer for the month: ${answer.outcome}`];
  const { rows, broken } = answer.value;
  const claim = (by: ClaimName) => book.claim(by);
  const ended = (key: string) =>
    differences.withKey('centre', key).some(({ state, name }) => state === 'closed' || name === 'crossDay');
  const there = new Set(keysAtCentre(answer.value, claim));
  const absent = ours
    .filter(({ key }) => !there.has(key) && !ended(key))
    .map(({ key }) => `the centre’s month lacks ${key}`);
  const others = rows
    .filter(
      ({ result, messageId }) => result !== 'equal' && result !== 'institutionMore' && book.gaveMessage(messageId),
    )
    .flatMap((row) => {
      const key = claim({ settlementId: row.settlementId })?.key ?? claim({ key: `message ${row.messageId}` })?.key;
      const agrees = key !== undefined && row.result === 'centreMore' && there.has(key);
      return agrees || ended(key ?? `message ${row.messageId}`)
        ? []
        : [`the centre’s month has ${row.settlementId} otherwise`];
    });
  return [...absent, ...others, ...broken.map(({ line, why }) => `line ${line} of the centre’s month: ${why}`)];
}

function refused(month: string, because: readonly string[]): MonthView {
  return { month, closed: false, because };
}

function closedMark(month: string): string {
  return `closed ${month}`;
}
