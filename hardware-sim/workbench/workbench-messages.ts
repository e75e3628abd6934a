/**
 * The contract between the workbench's server and its page.
 *
 * Snapshots are whole: a page that was away knows everything from the newest
 * one. Everybody in them is invented. Money is integer fen, times Unix ms.
 */

import type { BayWords, Seen } from '../bays/bay.ts';
import type { BillKind } from '../parties/bills/bills.ts';
import type { PayRoute } from '../parties/people/patients.ts';
import type { HandName } from '../world/hands.ts';

export interface OpenBillView {
  readonly billId: string;
  readonly totalFen: number;
  readonly heldBy: 'kiosk' | 'window' | undefined;
}

export interface PersonView {
  readonly key: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** yyyy-MM-dd */
  readonly born: string;
  readonly hasCard: boolean;
  readonly hasECredential: boolean;
  readonly insurances: readonly {
    readonly kind: 'employee' | 'resident';
    readonly status: 'normal' | 'paused' | 'ended';
    readonly balanceFen: number;
    readonly offSite: boolean;
  }[];
  readonly wallet: { readonly route: PayRoute; readonly balanceFen: number };
  /** The phone waits for its password. */
  readonly askedForPassword: boolean;
  readonly openBills: readonly OpenBillView[];
}

export interface CabinetView {
  readonly powered: boolean;
  readonly insuranceLineUp: boolean;
  readonly hospitalLineUp: boolean;
  readonly reader: {
    readonly pluggedIn: boolean;
    /** What lies in the slot, whether or not the reader sees it. */
    readonly card:
      | { readonly label: string; readonly holder: string | undefined; readonly face: 'right' | 'wrong' }
      | undefined;
    /** What the reader sees. */
    readonly media: 'notPresent' | 'mute' | 'present';
  };
  readonly printer: {
    readonly pluggedIn: boolean;
    readonly connected: boolean;
    readonly coverOpen: boolean;
    readonly paperMm: number;
    readonly paper: 'full' | 'low' | 'out';
    readonly printing: boolean;
    /** Words for what stops it, in no order. */
    readonly faults: readonly ('cutterJammed' | 'cutterError' | 'headHot' | 'hung')[];
    readonly cuts: number;
    readonly unknownBytes: number;
  };
}

/** One more device of the cabinet, drawn as its bay says (`hardware-sim/bays/bay.ts`). */
export interface BayView {
  readonly id: string;
  readonly words: BayWords;
  readonly lamp: 'well' | 'busy' | 'wrong' | 'unplugged';
  readonly seen: readonly Seen[];
  readonly hands: readonly {
    readonly name: string;
    readonly words: BayWords;
    readonly look: 'main' | 'breaks' | 'mends' | undefined;
    readonly with: readonly (string | number)[];
    readonly can: boolean;
  }[];
}

/** A sheet is fetched as `/paper/<id>.svg` or `/paper/<id>.txt`; a new `version` means that it looks different. */
export interface SheetView {
  readonly id: number;
  readonly version: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export interface PaperView {
  /** What hangs from the head; `undefined` when nothing has been printed or fed yet. */
  readonly atHead: SheetView | undefined;
  /** Cut slips that nobody has taken, oldest first. */
  readonly outlet: readonly SheetView[];
  /** Taken by a hand, newest first; only the last few are kept. */
  readonly tray: readonly SheetView[];
}

export interface LedgersView {
  readonly claims: readonly {
    readonly settlementId: string;
    readonly billId: string | undefined;
    readonly state: 'live' | 'voided' | 'reversed';
    readonly totalFen: number;
    readonly fundFen: number;
    readonly accountFen: number;
    readonly cashFen: number;
  }[];
  readonly bills: readonly {
    readonly billId: string;
    readonly person: string;
    readonly totalFen: number;
    readonly state: 'open' | 'held' | 'atWindow' | 'settledByKiosk' | 'settledAtWindow';
  }[];
  readonly orders: readonly {
    readonly orderNumber: string;
    readonly state: 'waiting' | 'userPaying' | 'paid' | 'closed' | 'refunded';
    readonly amountFen: number;
    readonly paidFen: number;
    readonly refundedFen: number;
  }[];
  /** What must never be so; empty when the books agree. */
  readonly violations: readonly string[];
}

type Both = readonly [zh: string, en: string];

interface Span {
  readonly least: number;
  readonly most: number;
}

/** One settlement as the kiosk's own journal tells it; nobody is named in it. */
export interface KioskStory {
  /** `set_…` */
  readonly number: string;
  readonly billId: string;
  readonly title: Both;
  /** Where the money and the claim are now, in one sentence. */
  readonly now: Both;
  readonly lines: readonly { readonly atMs: number; readonly text: Both; readonly answer: Both | undefined }[];
  readonly takenFen: Span;
  readonly claims: Span;
  readonly owedFen: number;
  /** A person must go on, under this number. */
  readonly caseNumber: string | undefined;
  readonly isOpenCase: boolean;
}

/** A settlement as the hospital was told of it. */
export interface ToldMoney {
  readonly settlementNumber: string;
  readonly word: string;
  readonly amountFen: number | undefined;
  readonly caseNumber: string | undefined;
  readonly followedBy: string | undefined;
  readonly toldAt: string;
}

/** Everything that the cashier hears of one number. */
export interface CashierView {
  readonly typed: string;
  /** `undefined`: no number of a settlement was typed. */
  readonly number: string | undefined;
  readonly kiosk: KioskStory | undefined;
  readonly hospital: ToldMoney | undefined;
  readonly parties:
    | {
        readonly paidFen: number;
        readonly refundedFen: number;
        readonly claims: number;
        readonly confirmed: boolean;
      }
    | undefined;
}

export interface Snapshot {
  /** What the hospital's cashier has to look after, newest first. */
  readonly openMoney: readonly ToldMoney[];
  /** Where the kiosk's screen is; `undefined` before the kiosk is up. */
  readonly screenUrl: string | undefined;
  readonly person: string;
  readonly people: readonly PersonView[];
  readonly cabinet: CabinetView;
  readonly bays: readonly BayView[];
  readonly paper: PaperView;
  /** A payment code is on the kiosk's screen, for so many fen. */
  readonly payableFen: number | undefined;
  readonly ledgers: LedgersView;
  readonly staff: {
    readonly doctors: readonly { readonly code: string; readonly name: string }[];
    readonly departments: readonly { readonly code: string; readonly name: string }[];
  };
}

export type WireParty = 'insurance' | 'hospital' | 'payment' | 'card' | 'printer' | 'scanner';

/** One thing that went over a wire; its bytes are fetched as `/wire/<sequence>`. */
export interface WireRow {
  readonly sequence: number;
  readonly atMs: number;
  readonly party: WireParty;
  /** `ask`: to the party or device; `tell`: from it; `exchange`: both. */
  readonly way: 'ask' | 'tell' | 'exchange';
  /** Transaction number, method and path, APDU or printer commands. */
  readonly what: string;
  readonly outcome: 'done' | 'refused' | 'noAnswer' | undefined;
  /** What came of it, in a word or in the other side's own words. */
  readonly words: string;
  /** Only asking how things are: worth hiding. */
  readonly poll: boolean;
}

export interface WireDetail {
  readonly sequence: number;
  readonly parts: readonly { readonly title: string; readonly text: string; readonly cut: boolean }[];
}

export type FromServer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'rows'; readonly rows: readonly WireRow[] }
  /** What the cashier asked for. */
  | { readonly type: 'money'; readonly money: CashierView }
  /** The hand did what it wanted. */
  | { readonly type: 'done'; readonly what: string }
  /** It could not be done, in English. */
  | { readonly type: 'notDone'; readonly what: string; readonly why: string };

export type FromPage =
  | { readonly do: HandName; readonly with?: string | number }
  | { readonly bay: string; readonly hand: string; readonly with?: string | number }
  | { readonly person: string }
  /** For the person who stands there. */
  | { readonly addBill: BillKind }
  /** Where is the money of this number? */
  | { readonly findMoney: string }
  | {
      readonly closeCase: string;
      readonly by: readonly [string, string];
      readonly claim: 'counts' | 'none';
      readonly keptFen: number;
      readonly note: string;
    };

export type { BillKind, HandName, PayRoute };
