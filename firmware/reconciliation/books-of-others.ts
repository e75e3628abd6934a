/**
 * What reconciliation asks of hospital and payment broker: lists of days that are over. Both are parts of larger
 * contracts (docs/interfaces); no more is used here than what stands in this file.
 */
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { ChannelRow } from './compare-channel.ts';
import type { HospitalRow } from './compare-hospital.ts';
import type { BusinessDate } from './day-book.ts';

export interface HospitalDays {
  /** Confirmations of this kiosk on a day that is over, by the time of the hospital. */
  dayStatement(
    date: BusinessDate,
  ): Promise<PartyAnswer<{ readonly date: BusinessDate; readonly rows: readonly HospitalRow[] }, 'notYet'>>;
}

/** One file of one channel; it comes the morning after. */
export interface ChannelFile {
  readonly channel: string;
  /** The channel's day, from cut-off to cut-off. */
  readonly date: BusinessDate;
  /** HH:mm:ss at which the channel's day begins. */
  readonly cutOff: string;
  readonly rows: readonly ChannelRow[];
}

export interface ChannelFiles {
  /** The channels through which this merchant is paid. */
  channels(): Promise<PartyAnswer<readonly string[], never>>;
  channelStatement(date: BusinessDate, channel: string): Promise<PartyAnswer<ChannelFile, 'notYet' | 'unknownChannel'>>;
}
