/**
 * The kiosk's charges and refunds of one day beside a payment channel's file.
 *
 * Pure. The file is the merchant's: what no settlement of this kiosk ever ordered is another terminal's and counted as
 * elsewhere. A channel's day may begin at another hour than midnight, so a line is looked for in the next file before
 * it is called missing.
 */
import type { Fen } from '../money.ts';
import { dateOf, dayAfter, otherDayOf, secondOfDay, UNSURE_MS } from './business-time.ts';
import { addElsewhere, type ComparedDay, compareDay, NOBODY_ELSE } from './compared-day.ts';
import { type BusinessDate, type ChargeLine, keys, type OrderLine, ownPart, type RefundLine } from './day-book.ts';
import type { Named, OurItem, TheirItem } from './match.ts';

export interface ChannelRow {
  readonly kind: 'charge' | 'refund';
  readonly orderNumber: string;
  readonly refundNumber: string | undefined;
  /** The channel's own number. */
  readonly channelNumber: string;
  readonly amountFen: Fen;
}

export interface ChannelQuestion {
  readonly date: BusinessDate;
  readonly channel: string;
  /** HH:mm:ss at which the channel's day begins. */
  readonly cutOff: string;
  readonly ours: readonly (ChargeLine | RefundLine)[];
  readonly rows: readonly ChannelRow[];
  money(key: string): ChargeLine | RefundLine | undefined;
  /** An order of ours that is not known as paid. */
  order(orderNumber: string): OrderLine | undefined;
  /** What we know of refunds of this order. */
  refundsOf(orderNumber: string): readonly RefundLine[];
  seenOn(key: string): BusinessDate | undefined;
  /** The channel's file of that day has come. */
  has(date: BusinessDate): boolean;
}

interface MoneyItem extends OurItem {
  readonly line: ChargeLine | RefundLine;
}

interface RowItem extends TheirItem {
  readonly row: ChannelRow;
}

const NOON_SECONDS = 43_200;

export function compareChannel(question: ChannelQuestion): ComparedDay {
  const { date, channel, ours, rows } = question;
  const theirs: RowItem[] = [];
  let elsewhere = NOBODY_ELSE;
  for (const row of rows) {
    const sums = ownPart(row.kind === 'charge' ? row.amountFen : 0 - row.amountFen);
    if (isOurs(row, question)) theirs.push({ key: keyOf(row), sums, number: row.channelNumber, row });
    else elsewhere = addElsewhere(elsewhere, sums);
  }
  return compareDay<MoneyItem, RowItem>(
    `channel ${channel}`,
    {
      date,
      ours: ours.map(itemOf),
      theirs,
      find: (key) => {
        const line = question.money(key);
        return line && itemOf(line);
      },
      seenOn: (key) => question.seenOn(key),
      unknown: ({ row }) => unknownMoney(row, question),
      missing: ({ line }) => missingMoney(line, question),
      moved: ({ line }) => (afterCutOff(line.at, question.cutOff) ? 'cutOff' : 'crossDay'),
      again: ({ row }) =>
        row.kind === 'charge'
          ? { name: 'chargeTwice', cause: `also as ${row.channelNumber}`, remedy: 'person' }
          : { name: 'refundTwice', cause: `also as ${row.channelNumber}`, remedy: 'person' },
    },
    elsewhere,
  );
}

/** Whether any settlement of this kiosk ever asked for this order. */
export function isOurs(row: ChannelRow, { money, order }: Pick<ChannelQuestion, 'money' | 'order'>): boolean {
  return (
    money(keyOf(row)) !== undefined ||
    money(keys.order(row.orderNumber)) !== undefined ||
    order(row.orderNumber) !== undefined
  );
}

export function keyOf(row: ChannelRow): string {
  return row.kind === 'charge' ? keys.order(row.orderNumber) : keys.refund(row.refundNumber ?? row.channelNumber);
}

function unknownMoney(row: ChannelRow, question: ChannelQuestion): Named & { readonly settlement: string | undefined } {
  const { orderNumber } = row;
  const order = question.order(orderNumber);
  const settlement = order?.settlement ?? question.money(keys.order(orderNumber))?.settlement;
  if (row.kind === 'charge') {
    const open = order?.fate === 'open';
    const cause = open ? 'the kiosk is still finding out' : 'the kiosk knows this order as unpaid';
    return { name: 'chargeWithoutBill', cause, remedy: open ? 'wait' : 'person', settlement };
  }
  // A second refund under a number of its own: one of them was asked for, this one was not.
  const twice = question.refundsOf(orderNumber).length > 0;
  const cause = twice ? 'another refund of this order was asked for here' : 'nobody here asked for it';
  return {
    name: twice ? 'refundTwice' : 'refundUnknown',
    cause,
    remedy: order?.fate === 'open' ? 'wait' : 'person',
    settlement,
  };
}

function missingMoney(line: ChargeLine | RefundLine, { cutOff, has }: ChannelQuestion): Named {
  const next = dayAfter(dateOf(line.at));
  if (afterCutOff(line.at, cutOff) && !has(next)) return { name: 'cutOff', cause: `after ${cutOff}`, remedy: 'wait' };
  const other = otherDayOf(line.at);
  if (other !== undefined && !has(other)) {
    return { name: 'crossDay', cause: `near midnight; may stand on ${other}`, remedy: 'wait' };
  }
  return { name: line.kind === 'charge' ? 'billWithoutCharge' : 'refundMissing', cause: '', remedy: 'person' };
}

/** A channel's day that begins in the evening is called by the day on which it ends. */
function afterCutOff(at: string, cutOff: string): boolean {
  const begins = secondOfDay(cutOff);
  return begins >= NOON_SECONDS && secondOfDay(at) >= begins - UNSURE_MS / 1_000;
}

function itemOf(line: ChargeLine | RefundLine): MoneyItem {
  const { key, date, settlement, sums } = line;
  return { key, date, settlement, sums, line };
}
