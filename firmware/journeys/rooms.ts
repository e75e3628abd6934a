/**
 * What a journey may use. It asks, it never moves money itself and never
 * touches a wire: each room behind these names answers in plain words.
 */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { Biometric } from '../../drivers/face/biometric.ts';
import type { IdCardReader } from '../../drivers/id-card-reader/id-card-reader.ts';
import type { PagePrinter } from '../../drivers/page-printer/page-printer.ts';
import type { ReceiptPrinter } from '../../drivers/receipt-printer/receipt-printer.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { PriceRoom } from '../catalogue/price-room.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { HospitalGateway } from '../hospital/hospital-gateway.ts';
import type { HospitalServices } from '../hospital/hospital-services.ts';
import type { CodeUse, InsurancePlatform } from '../insurance/insurance-platform.ts';
import type { InsuranceReviews } from '../insurance/insurance-reviews.ts';
import type { PlatformCalendar } from '../insurance/platform-calendar.ts';
import type { Clock } from '../ports.ts';
import type { SettlementGate } from '../region/gate.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { RuleBook } from '../region/rule-book.ts';
import type { ShownCodes } from '../session/shown-codes.ts';
import type { Settlements } from '../settlement/settlements.ts';
import type { StaffKey } from '../staff/staff-key.ts';
import type { Notices } from './notices.ts';

export interface Rooms {
  readonly config: KioskConfig;
  readonly profile: RegionProfile;
  readonly clock: Clock;
  readonly insurance: InsurancePlatform;
  /** Whether this kiosk's calendar is the platform's. */
  readonly calendar: Pick<PlatformCalendar, 'wrong'>;
  /** Filings and reviews at the platform. */
  readonly reviews: InsuranceReviews;
  readonly hospital: HospitalGateway;
  /** Papers, daily lists, help: what of the hospital has nothing to do with paying. */
  readonly services: HospitalServices;
  readonly settlements: Settlements;
  readonly gate: SettlementGate;
  readonly audit: AuditTrail;
  /** The rule pack in force. */
  readonly rules: RuleBook;
  readonly notices: Notices;
  /** The published prices; `undefined` where none are ever taken. */
  readonly prices: PriceRoom | undefined;
  readonly cardReader: CardReader | undefined;
  readonly printer: ReceiptPrinter | undefined;
  /** A4. */
  readonly pagePrinter?: PagePrinter | undefined;
  /** Both or neither: an identity card is a way in where the face of who put it down can be matched. */
  readonly idCardReader?: IdCardReader | undefined;
  readonly face?: Biometric | undefined;
  /** Somebody of the staff can vouch here with their own key. */
  readonly staffKey?: StaffKey | undefined;
  /** A bank terminal is there: money can go back to a card. */
  readonly hasTerminal: boolean;
  /** What a code is shown for on this way; 结算 when left out. */
  readonly codeUse?: CodeUse;
  /** Codes that went to the centre from here. */
  readonly shownCodes: ShownCodes;
  /** What the presence sensor says; `unknown` where there is none or it is broken. */
  readonly someoneThere: () => 'here' | 'gone' | 'unknown';
  /** Somebody came or went. */
  readonly onPresenceChanged: (listener: () => void) => () => void;
  /** New ids: `con_…`. */
  newId(prefix: string): string;
  /** A number that people read aloud: `held_…` and twelve letters and digits. */
  newNumber(prefix: string): string;
}

/** How a journey ended, in a word for scenarios, counters and audit. */
export type JourneyEnd =
  | 'settled'
  | 'settledWithoutPaper'
  | 'notSettled'
  | 'resolving'
  | 'handedToPerson'
  | 'stopped'
  | 'declined'
  | 'noBill'
  /** 补记账: the bill is kept for later under a number. */
  | 'parked'
  /** "Where is my money" was answered. */
  | 'moneyFound'
  /** Somebody looked at the published prices. */
  | 'pricesShown'
  /** 补打: a slip was printed once more. */
  | 'reprinted'
  /** 补打: looked at, nothing printed. */
  | 'papersShown'
  /** 一日清单 was looked at. */
  | 'dayListShown'
  /** 我的医保 was looked at. */
  | 'recordsShown'
  /** 办事指南. */
  | 'guidesRead'
  /** 投诉: it has a number. */
  | 'complained'
  /** What became of a complaint was looked at. */
  | 'complaintSeen'
  /** 取号: in the clinic's queue. */
  | 'checkedIn'
  /** 退费: all of it is back where it came from. */
  | 'refunded'
  /** 退费 is done, and some of the money is still on its way or waits at the cashier. */
  | 'refundOpen';
