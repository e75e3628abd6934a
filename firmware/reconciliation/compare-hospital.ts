/** The kiosk's settled bills of one day beside the hospital's list of its confirmations. Pure. */
import { otherDayOf } from './business-time.ts';
import { type ComparedDay, compareDay, NOBODY_ELSE } from './compared-day.ts';
import { type BillLine, type BusinessDate, keys } from './day-book.ts';
import type { Found } from './difference.ts';
import type { Named, OurItem, TheirItem } from './match.ts';
import { NOTHING, type Sums, sumsOf } from './sums.ts';

/** A row of the hospital's day, as far as it is compared. */
export interface HospitalRow extends Sums {
  readonly settlementNumber: string;
  readonly receiptNumber: string;
  readonly centreSettlementId: string | undefined;
  readonly payOrderNumber: string | undefined;
}

export interface HospitalQuestion {
  readonly date: BusinessDate;
  readonly ours: readonly BillLine[];
  readonly rows: readonly HospitalRow[];
  bill(key: string): BillLine | undefined;
  /** A settlement that has not ended may be confirmed in the next moment. */
  isOpen(settlement: string): boolean;
  seenOn(key: string): BusinessDate | undefined;
  /** The hospital's list of that day has come. */
  has(date: BusinessDate): boolean;
}

interface BillItem extends OurItem {
  readonly line: BillLine;
}

interface RowItem extends TheirItem {
  readonly row: HospitalRow;
}

export function compareHospital(question: HospitalQuestion): ComparedDay {
  const { date, ours, rows } = question;
  const theirs = rows.map((row) => ({
    key: keys.bill(row.settlementNumber),
    sums: sumsOf(row),
    number: row.receiptNumber,
    row,
  }));
  return compareDay<BillItem, RowItem>(
    'hospital',
    {
      date,
      ours: ours.map(itemOf),
      theirs,
      find: (key) => {
        const line = question.bill(key);
        return line && itemOf(line);
      },
      seenOn: (key) => question.seenOn(key),
      unknown: ({ row }) => unknownBill(row, question),
      missing: ({ line }) => missingBill(line, question),
      moved: () => 'crossDay',
      again: () => ({ name: 'hospitalTwice', cause: '', remedy: 'person' }),
    },
    NOBODY_ELSE,
    theirs.flatMap(({ key, row }) => otherNames(key, row, question.bill(key))),
  );
}

function unknownBill({ settlementNumber }: HospitalRow, { isOpen }: HospitalQuestion) {
  return isOpen(settlementNumber)
    ? ({
        name: 'hospitalOnly',
        cause: 'the kiosk is still confirming',
        remedy: 'wait',
        settlement: settlementNumber,
      } as const)
    : ({ name: 'hospitalOnly', cause: '', remedy: 'person', settlement: settlementNumber } as const);
}

function missingBill(line: BillLine, { has }: HospitalQuestion): Named {
  const other = otherDayOf(line.at);
  return other !== undefined && !has(other)
    ? { name: 'crossDay', cause: `confirmed near midnight; may stand on ${other}`, remedy: 'wait' }
    : { name: 'hospitalMissing', cause: '', remedy: 'person' };
}

/** The same amounts under another payment order or another claim are not the same bill. */
function otherNames(key: string, row: HospitalRow, line: BillLine | undefined): readonly Omit<Found, 'party'>[] {
  if (!line) return [];
  const wrong = [
    ...(row.payOrderNumber === line.payOrderNumber ? [] : ['payment order']),
    ...(row.centreSettlementId === line.centreSettlementId ? [] : ['centre settlement']),
  ];
  if (wrong.length === 0) return [];
  const cause = `another ${wrong.join(' and another ')}`;
  return [
    { name: 'amountDiffers', key: `${key} names`, off: NOTHING, settlement: line.settlement, cause, remedy: 'person' },
  ];
}

function itemOf(line: BillLine): BillItem {
  const { key, date, settlement, sums } = line;
  return { key, date, settlement, sums, line };
}
