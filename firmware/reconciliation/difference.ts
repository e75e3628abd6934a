/**
 * A difference between the kiosk's day book and another party's, by name.
 *
 * One promise: what a party's day has more or less than ours is the sum of its differences, to the fen, and each one
 * has a name, a cause, and either a rule that resolves it or a number under which a person does.
 */
import type { BusinessDate } from './day-book.ts';
import type { Sums } from './sums.ts';

/** `kiosk` compares the journal with itself, `cash` with the counted box; a channel is named as the broker names it. */
export type Counterparty = 'kiosk' | 'centre' | 'hospital' | 'cash' | `channel ${string}`;

/** Each name and what it says to a cashier. */
export const differenceNames = {
  centreOnly: 'the centre has a settlement that this kiosk does not count (中心多)',
  kioskOnly: 'the centre does not have this settlement (机构多)',
  claimRejected: 'the centre does not pay this claim (拒付)',
  amountDiffers: 'both have it, with different amounts (金额不一致)',
  unclear: 'the other book says a word that is in no list',
  hospitalMissing: 'settled here, and not in the hospital’s list',
  hospitalOnly: 'in the hospital’s list as ours, and not in the journal',
  hospitalTwice: 'the hospital’s list has it twice',
  chargeWithoutBill: 'money was taken, and no bill is settled by it (有款无单)',
  billWithoutCharge: 'a bill is settled, and the channel has no money for it (有单无款)',
  chargeTwice: 'the channel took the money twice (重复扣款)',
  refundMissing: 'given back here, and not in the channel’s file',
  refundTwice: 'the channel gave back twice, or more than was taken',
  refundUnknown: 'the channel gave back what nobody here asked for',
  crossDay: 'the same thing stands on another day in the other book (跨日)',
  cutOff: 'made after the channel’s cut-off; expected in the next file (切账)',
  fileLate: 'the other party’s books for this day have not come',
  fileBroken: 'a line of the other party’s file cannot be read',
  unfinished: 'a settlement of this day has not ended',
  cashShort: 'two people counted less in the cash box than the journal stacked (现金短款)',
  cashOver: 'two people counted more in the cash box than the journal stacked (现金长款)',
  unexplained: 'the sums differ by more than the differences explain',
} as const;

export type DifferenceName = keyof typeof differenceNames;

/**
 * What becomes of it. `agreed`: the same thing was found elsewhere, nothing is left to do. `wait`: time or the other
 * party's next file resolves it. `reverse`: 2601 by the message. `person`: nothing but a person can.
 */
export type Remedy = 'agreed' | 'wait' | 'reverse' | 'person';

/** As a comparison finds it. */
export interface Found {
  readonly party: Counterparty;
  readonly name: DifferenceName;
  /** Of the line; with party, day and name it is found again on every later look. */
  readonly key: string;
  /** Theirs − ours. */
  readonly off: Sums;
  readonly settlement: string | undefined;
  /** For staff: the other party's words, another day, a case. No person. */
  readonly cause: string;
  readonly remedy: Remedy;
}

export type DifferenceState = 'open' | 'resolved' | 'closed';

/** As it is kept. */
export interface Difference extends Found {
  /** `dif_20261122_3` */
  readonly number: string;
  readonly date: BusinessDate;
  readonly state: DifferenceState;
  /** How it ended: a rule's word, or the note of the two people who closed it. */
  readonly ending: string;
  readonly closedBy: readonly string[];
}

/** Sums of one party's day. `unexplained` is never anything but nothing when every line was read. */
export interface DayTotals {
  readonly party: Counterparty;
  readonly ours: Sums;
  readonly theirs: Sums;
  /** Lines of other terminals in the same book: not ours to explain. */
  readonly elsewhere: { readonly count: number; readonly sums: Sums };
}
