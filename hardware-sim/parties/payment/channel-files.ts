/** The file of one channel's day: every payment and refund between two cut-offs, as the channel saw them. */
import { dayText, parseSecond, secondText } from '../beijing-time.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { WireObject } from '../wire-json.ts';

const DAY_MS = 86_400_000;
const NOON = '12:00:00';

export interface ChannelEntry {
  readonly kind: 'charge' | 'refund';
  readonly orderNumber: string;
  readonly refundNumber: string | undefined;
  readonly channelNumber: string;
  readonly amountFen: number;
  readonly atMs: number;
}

export interface ChannelDay {
  readonly channel: string;
  readonly date: string;
  /** HH:mm:ss */
  readonly cutOff: string;
  readonly fileHour: number;
  readonly nowMs: number;
}

/** @throws ContractRefusal for what is no day, or one whose file is not there yet. */
export function channelFile(day: ChannelDay, entries: readonly ChannelEntry[]): WireObject {
  const { channel, date, cutOff, fileHour, nowMs } = day;
  const midnight = parseSecond(`${date} 00:00:00`);
  if (midnight === undefined) throw new ContractRefusal(400, 'malformed', 'no such day');
  const cutMs = (parseSecond(`${date} ${cutOff}`) ?? midnight) - midnight;
  const beginsMs = midnight + cutMs - (cutOff > NOON ? DAY_MS : 0);
  const endsMs = beginsMs + DAY_MS;
  const readyMs = Math.max(endsMs, midnight + DAY_MS + fileHour * 3_600_000);
  if (nowMs < readyMs) throw new ContractRefusal(409, 'notYet', `the file of ${dayText(midnight)} is not there yet`);
  const rows = entries
    .filter(({ atMs }) => atMs >= beginsMs && atMs < endsMs)
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ kind, orderNumber, refundNumber, channelNumber, amountFen, atMs }) => ({
      kind,
      orderNumber,
      refundNumber: refundNumber ?? null,
      channelNumber,
      amountFen,
      at: secondText(atMs),
    }));
  return { channel, date, cutOff, rows };
}
