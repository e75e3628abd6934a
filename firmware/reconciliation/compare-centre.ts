/**
 * The kiosk's claims of one day beside the centre's: what 3201 and 3202 answered, read against the journal.
 *
 * Pure. The centre answers for the whole institution; what another terminal sent is told by its message id and is
 * counted as elsewhere. A line that only the centre has is reversed only when the journal says of its very message
 * that nothing of it may count.
 */
import type { BrokenLine, Comparison } from '../insurance/statements.ts';
import type { ClaimName } from './book-store.ts';
import { otherDayOf } from './business-time.ts';
import { addElsewhere, type ComparedDay, compareDay, NOBODY_ELSE } from './compared-day.ts';
import { type BusinessDate, type ClaimLine, keys, type MessageLine } from './day-book.ts';
import type { Found } from './difference.ts';
import type { Named, OurItem, TheirItem } from './match.ts';
import { tellsRejection } from './rejection-words-table.ts';
import { NOTHING, type Sums } from './sums.ts';

/** A line of the 3202 answer, without its person. */
export interface CentreRow {
  readonly settlementId: string;
  readonly messageId: string;
  readonly result: Comparison;
  readonly reversal: boolean;
  readonly memo: string;
  /** Of the centre's own record; `ownFen` is not the centre's business and is 0. */
  readonly sums: Sums;
}

/** What the centre answered about one day. */
export interface CentreDay {
  /** Keys of every line that we had when it was asked. */
  readonly asked: readonly string[];
  /** What we said: every line that was summed up or filed, with its amounts at that time. */
  readonly filed: readonly { readonly key: string; readonly sums: Sums }[];
  /** What does not agree, or all; empty when 3201 agreed. */
  readonly rows: readonly CentreRow[];
  readonly broken: readonly BrokenLine[];
}

export interface CentreQuestion {
  readonly date: BusinessDate;
  readonly ours: readonly ClaimLine[];
  readonly answer: CentreDay;
  claim(by: ClaimName): ClaimLine | undefined;
  message(messageId: string): MessageLine | undefined;
  /** Sent by this kiosk, as the place of its sequence says. */
  isOurs(messageId: string): boolean;
  seenOn(key: string): BusinessDate | undefined;
  /** The centre has answered for that day. */
  has(date: BusinessDate): boolean;
}

interface ClaimItem extends OurItem {
  readonly line: ClaimLine;
}

interface RowItem extends TheirItem {
  readonly messageId: string;
}

export function compareCentre(question: CentreQuestion): ComparedDay {
  const { date, answer } = question;
  const memos = new Map<string, string>();
  const listed = new Set<string>();
  const theirs: RowItem[] = [];
  const more: Omit<Found, 'party'>[] = [];
  let elsewhere = NOBODY_ELSE;

  for (const row of answer.rows) {
    const line = lineOfRow(row, question);
    if (!line && row.messageId !== '' && !question.isOurs(row.messageId)) {
      elsewhere = addElsewhere(elsewhere, row.sums);
      continue;
    }
    const key = line?.key ?? (row.messageId === '' ? `record ${row.settlementId}` : keys.message(row.messageId));
    listed.add(key);
    if (row.memo !== '') memos.set(key, row.memo);
    if (row.result === 'unclear') {
      more.push({
        name: 'unclear',
        key,
        off: NOTHING,
        settlement: line?.settlement,
        cause: row.memo,
        remedy: 'person',
      });
    }
    if (row.result === 'institutionMore') continue;
    theirs.push({ key, sums: row.sums, number: row.settlementId, messageId: row.messageId });
  }
  // Only what does not agree is listed: a line that was filed and is not listed stands at the centre as it was filed.
  for (const { key, sums } of answer.filed) {
    if (listed.has(key)) continue;
    theirs.push({ key, sums: withoutOwn(sums), number: '', messageId: '' });
  }
  for (const { line, why } of answer.broken) {
    more.push({
      name: 'fileBroken',
      key: `line ${line}`,
      off: NOTHING,
      settlement: undefined,
      cause: why,
      remedy: 'wait',
    });
  }
  return compareDay<ClaimItem, RowItem>(
    'centre',
    {
      date,
      ours: question.ours.map(itemOf),
      theirs,
      find: (key) => {
        const line = question.claim({ key });
        return line && itemOf(line);
      },
      seenOn: (key) => question.seenOn(key),
      unknown: (item) => unknownRecord(item, question),
      missing: ({ line }) => missingAtCentre(line, memos.get(line.key) ?? '', question),
      moved: () => 'crossDay',
      again: () => ({ name: 'centreOnly', cause: 'the centre lists it twice', remedy: 'person' }),
    },
    elsewhere,
    more,
  );
}

/** The platform may name a reversal by its own message or by the one that it takes back. */
function lineOfRow(row: CentreRow, { claim }: Pick<CentreQuestion, 'claim'>): ClaimLine | undefined {
  const byNumber = claim({ settlementId: row.settlementId });
  if (byNumber || row.messageId === '') return byNumber;
  const byMessage = claim({ key: keys.message(row.messageId) });
  if (!byMessage || byMessage.reversal === row.reversal) return byMessage;
  return row.reversal ? claim({ voidOf: row.messageId }) : undefined;
}

/** Keys of the lines that the centre has, as far as they are ours. */
export function keysAtCentre(answer: CentreDay, claim: CentreQuestion['claim']): readonly string[] {
  const listed = answer.rows.map((row) => ({ row, key: lineOfRow(row, { claim })?.key }));
  const named = new Set(listed.map(({ key }) => key));
  const asFiled = answer.filed.filter(({ key }) => !named.has(key)).map(({ key }) => key);
  return [...asFiled, ...listed.flatMap(({ row, key }) => (row.result === 'institutionMore' ? [] : (key ?? [])))];
}

function unknownRecord(
  { messageId }: RowItem,
  { message }: CentreQuestion,
): Named & { settlement: string | undefined } {
  const line = message(messageId);
  if (!line) {
    const cause = messageId === '' ? 'the centre does not say which message made it' : 'no journal has this message';
    return { name: 'centreOnly', cause, remedy: 'person', settlement: undefined };
  }
  const { settlement } = line;
  const named = { name: 'centreOnly', settlement } as const;
  if (line.fate === 'open') return { ...named, cause: 'the kiosk is still finding out', remedy: 'wait' };
  if (line.offSite) return { ...named, cause: 'off-site: not reversed without a person', remedy: 'person' };
  return { ...named, cause: `message ${messageId} may not count`, remedy: 'reverse' };
}

function missingAtCentre(line: ClaimLine, memo: string, { has, answer }: CentreQuestion): Named {
  if (!answer.asked.includes(line.key)) return { name: 'kioskOnly', cause: 'not asked about yet', remedy: 'wait' };
  if (tellsRejection(memo)) return { name: 'claimRejected', cause: memo, remedy: 'person' };
  const other = line.exact ? undefined : otherDayOf(line.at);
  if (other !== undefined && !has(other)) {
    return { name: 'crossDay', cause: `made near midnight; may stand on ${other}`, remedy: 'wait' };
  }
  return { name: 'kioskOnly', cause: memo, remedy: 'person' };
}

function itemOf(line: ClaimLine): ClaimItem {
  const { key, date, settlement, sums } = line;
  return { key, date, settlement, sums: withoutOwn(sums), line };
}

function withoutOwn(sums: Sums): Sums {
  return { ...sums, ownFen: 0 };
}
