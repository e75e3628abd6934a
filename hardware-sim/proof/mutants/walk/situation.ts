/** A patient with a bill, and how the parties are minded: what one walk goes through. */
import type { PersonReason } from '../../../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../../../firmware/settlement/settlements.ts';
import type { Broken } from './promises.ts';
import type { Parties } from './trip.ts';

export interface Situation {
  readonly title: string;
  /** Begun one after the other, the next as soon as the one before leaves the screen; `atOnce` = all together. */
  readonly orders: readonly SettlementOrder[];
  readonly atOnce?: boolean;
  /** How each ends when nothing goes wrong. */
  readonly ends: 'settled' | 'notSettled' | 'parked' | 'handedToPerson';
  readonly arrange?: (parties: Parties) => void;
  /** A person is right here for these reasons. */
  readonly persons?: readonly PersonReason[];
  /** The patient shows a payment code instead of scanning ours. */
  readonly showsCode?: boolean;
  /** Notes that are put in one after the other, fen. */
  readonly notes?: readonly number[];
  /** The production store instead of arrays. */
  readonly onStore?: boolean;
  /** One bit of an upload that waits turns on the disk before it is sent. */
  readonly turnsBit?: boolean;
  /** The calendar stands still. */
  readonly isCalendarDead?: boolean;
}

/** What a walk found. */
export interface Walked {
  readonly broken: readonly Broken[];
  readonly calls: readonly string[];
  /** Places at which the power could have gone. */
  readonly places: number;
  readonly states: readonly (string | undefined)[];
}
