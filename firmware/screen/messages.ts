/**
 * The contract between the firmware and the patient screen.
 *
 * The firmware pushes the whole current screen; the page draws it and sends intents that carry the screen's id, so an
 * intent for a screen that is no longer shown is refused. Everything in here is already masked; words are ids and
 * values, never sentences (those are in kiosk-ui/text). Money is integer fen.
 */
import type { AffairScreen } from './affair-screens.ts';
import type { HomeScreen } from './home-screen.ts';
import type { LookIntent, ScreenSettings } from './looks.ts';
import type { PriceIntent, PriceScreen } from './price-screens.ts';
import type {
  ActingFor,
  BillOnScreen,
  BusyWork,
  CardHint,
  CareCategory,
  ConsentItem,
  DepositOnScreen,
  FaceGuidance,
  FaceTurn,
  HelpLine,
  InjuryCause,
  JourneyName,
  MenuName,
  PayMethod,
  Refusal,
  Signer,
  SplitLine,
  UncoveredLine,
} from './screen-parts.ts';
import type { HeadsetToPage, SpeakMessage, VoiceIntent, VoiceOnScreen } from './voice-choice.ts';
import type { WayScreen, WithoutCardIntent } from './way-screens.ts';

/** The second screen's contract: its page may know this file and no other. */
export type { BoardView, FromBoard, ToBoard } from '../../drivers/queue-display/board-pages.ts';
export type * from './affair-screens.ts';
export type * from './looks.ts';
export type * from './price-screens.ts';
export type * from './screen-parts.ts';
export type * from './voice-choice.ts';

export type ScreenBody =
  | HomeScreen
  /** The three pictures of how to show a credential; `problem` says why we are here. */
  | ({
      readonly name: 'S-ID-HELP';
      readonly problem: string;
      readonly staffCode: string;
      /** 亲友代办: whose credential is wanted; the visitor's own when left out. */
      readonly whose?: 'patient' | 'proxy';
      /** Somebody without any of them can say who is meant by a number. */
      readonly withoutCard?: true;
    } & Partial<CardHint>)
  /** Something is being asked of a party; `slow` after 3 s. */
  | ({ readonly name: 'S-BUSY'; readonly work: BusyWork; readonly slow: boolean } & CardHint)
  /** 人脸信息单独同意: asked before the camera is looked through at all. */
  | { readonly name: 'S-FACE-ASK'; readonly place: 'kiosk' | 'platform' }
  /** The face is looked at; what to change, in one word at a time, or to which side to turn. */
  | { readonly name: 'S-FACE'; readonly guidance: FaceGuidance; readonly turn: FaceTurn }
  | ({
      readonly name: 'S-WHO';
      readonly maskedName: string;
      /** `insutype`, e.g. `310`. */
      readonly insuranceType: string;
      /** 参保地区划, six digits. */
      readonly insuredArea: string;
      readonly local: boolean;
    } & CardHint)
  | ({ readonly name: 'S-BILL'; readonly bills: readonly BillOnScreen[]; readonly totalFen: number } & CardHint)
  | ({
      readonly name: 'S-CONSENT';
      readonly items: readonly ConsentItem[];
      readonly totalFen: number;
      readonly signature: 'none' | 'required';
      /** Who may sign where a signature is required; all three when the place names nobody. */
      readonly signers?: readonly Signer[];
    } & CardHint)
  /** Said before the first debit: this kiosk can't print now. */
  | ({ readonly name: 'S-PAPER-WARN'; readonly problem: string } & CardHint)
  | ({
      readonly name: 'S-SPLIT';
      readonly totalFen: number;
      readonly parts: readonly SplitLine[];
      readonly ownFen: number;
      /** Shown apart, although account and own part pay it (Z-6.2.1). */
      readonly uncovered?: readonly UncoveredLine[];
      readonly account: { readonly used: boolean; readonly mayChange: boolean };
      readonly methods: readonly PayMethod[];
      /** 出院: taken off; then `ownFen` is the rest, and what is too much goes back. */
      readonly deposit?: DepositOnScreen;
    } & CardHint)
  | ({
      readonly name: 'S-PAY';
      readonly ownFen: number;
      /** Text of the QR code that the patient's phone scans. */
      readonly payCode: string;
      readonly status: 'waiting' | 'userPaying';
    } & CardHint)
  /** Money is moving: 正在确认, 请勿离开. No way out until it is known. */
  | ({ readonly name: 'S-CONFIRMING'; readonly number: string } & CardHint)
  /** The result is not known yet and will be found out without the patient. */
  | ({ readonly name: 'S-RECOVER'; readonly number: string } & CardHint)
  | ({
      readonly name: 'S-DONE';
      readonly totalFen: number;
      readonly ownFen: number;
      readonly fundFen: number;
      readonly accountFen: number;
      readonly number: string;
      /** 下一步, from the hospital. */
      readonly nextStep: string;
      /** `taken`, `left`: what the printer's eye sees, where it has one. */
      readonly paper: 'printing' | 'ready' | 'unconfirmed' | 'taken' | 'left';
      readonly rating: 'open' | 'given';
    } & CardHint)
  | ({
      readonly name: 'S-NOPAPER';
      readonly number: string;
      /** Text of a QR that gets the slip on a phone or at another kiosk; holds no personal data. */
      readonly slipCode: string;
      readonly ownFen: number;
      readonly nextStep: string;
      readonly problem: string;
    } & CardHint)
  /** A refusal before money moved: what happened, what to do, where a person is. */
  | ({ readonly name: 'S-STOP' } & Refusal & CardHint)
  /** A bill that cannot be settled now (duplicate, changed, held by a rule). */
  | ({ readonly name: 'S-HELD' } & Refusal & CardHint)
  /** 不用医保: a clear page, and nothing is chosen for the patient (SZ-231). */
  | ({ readonly name: 'S-OWN-EXPENSE'; readonly totalFen: number; readonly department: string } & CardHint)
  /** 补记账: nothing was taken; under this number the bill is settled with insurance later. */
  | ({
      readonly name: 'S-PARKED';
      readonly number: string;
      readonly totalFen: number;
      readonly department: string;
      /** Last day, yyyy-MM-dd, when the hospital said it. */
      readonly until: string | undefined;
      readonly paper: 'printing' | 'ready' | 'none';
    } & CardHint)
  /** How it happened, before a trauma bill is counted (SZ-258). */
  | ({ readonly name: 'S-INJURY'; readonly department: string; readonly visitDate: string } & CardHint)
  /** Which category this visit counts for (Z-8.3.4); `chosen` is what the filing and the diagnosis say. */
  | ({
      readonly name: 'S-CATEGORY';
      readonly categories: readonly CareCategory[];
      readonly chosen: string;
      readonly department: string;
    } & CardHint)
  /** 事前提醒: things to know before going on; none of them stops anything. */
  | ({
      readonly name: 'S-REMIND';
      readonly reasons: readonly string[];
      /** The centre's own words, long numbers masked. */
      readonly says?: readonly string[];
    } & CardHint)
  /** Money came back, or nothing was taken: says which. */
  | ({
      readonly name: 'S-NOT-SETTLED';
      readonly reason: string;
      readonly staffCode: string;
      /** `withStaff`: a person is finding out; the number is the case's. */
      readonly refund: 'nothingTaken' | 'refunded' | 'refundComing' | 'withStaff';
      readonly number: string;
      /** A fault stopped it: the bill can be kept for later. */
      readonly offers?: readonly 'park'[];
    } & CardHint)
  | ({ readonly name: 'S-TAKE-CARD' } & CardHint)
  /** Idle warning with count-down over the screen below. */
  | { readonly name: 'S-STILL-THERE' }
  /** `call`: the guide desk is being called; `none` where nobody can be. */
  | { readonly name: 'S-HELP'; readonly call: 'none' | 'calling' | 'coming' | 'unanswered' }
  | { readonly name: 'S-OUT'; readonly reason: string; readonly staffCode: string }
  | PriceScreen
  | WayScreen
  | AffairScreen;

export type ScreenName = ScreenBody['name'];

/** One whole screen. `deadline` is relative, so the page needs no clock of ours. */
export interface Screen {
  readonly id: string;
  readonly settings: ScreenSettings;
  readonly voice: VoiceOnScreen;
  readonly help: HelpLine;
  /** 亲友代办: both masked; on every page of this session. */
  readonly actingFor?: ActingFor | undefined;
  /** 关爱版: somebody hesitates, and is asked whether a person should come. */
  readonly helpOffered?: true;
  /** Published prices can be looked at from here, and back again (SZ-185). */
  readonly prices: boolean;
  /** Time left and whole length, ms; `undefined` when this screen never ends by itself. */
  readonly deadline: { readonly leftMs: number; readonly wholeMs: number } | undefined;
  readonly body: ScreenBody;
}

export type Intent =
  /** A tile of the home screen or of the menu. */
  | { readonly do: 'start'; readonly journey: JourneyName }
  /** A tile that opens other tiles. */
  | { readonly do: 'menu'; readonly menu: MenuName }
  /** One of the things on S-CHOOSE. */
  | { readonly do: 'choose'; readonly id: string }
  /** An amount key, or an amount that was typed. */
  | { readonly do: 'amount'; readonly amountFen: number }
  /** The one big button of a screen: 确认, 同意, 继续, 知道了. */
  | { readonly do: 'confirm' }
  /** 不同意, 不是我 */
  | { readonly do: 'decline' }
  | { readonly do: 'pay'; readonly method: PayMethod }
  | { readonly do: 'useAccount'; readonly use: boolean }
  | { readonly do: 'sign'; readonly signer: Signer }
  /** 不用医保, on to its own page. */
  | { readonly do: 'ownExpense' }
  /** 先记账，以后补 */
  | { readonly do: 'park' }
  /** 取号 */
  | { readonly do: 'takeTicket' }
  | { readonly do: 'injury'; readonly cause: InjuryCause }
  | { readonly do: 'category'; readonly code: string }
  /** 查询我的付款 */
  | { readonly do: 'findMoney' }
  | PriceIntent
  /** Twelve letters and digits as typed. */
  | { readonly do: 'number'; readonly number: string }
  | WithoutCardIntent
  /** 不做了 */
  | { readonly do: 'cancel' }
  | { readonly do: 'rate'; readonly stars: 1 | 2 | 3 | 4 | 5 }
  | { readonly do: 'help' }
  | VoiceIntent
  | LookIntent;

/** Firmware → page. */
export type ToPage =
  | { readonly type: 'screen'; readonly screen: Screen }
  /** The intent named a screen that is gone; the current one follows. */
  | { readonly type: 'refused'; readonly screenId: string }
  | HeadsetToPage;

/** Page → firmware. */
export type FromPage =
  | { readonly type: 'intent'; readonly screenId: string; readonly intent: Intent }
  /** The page has drawn this screen (used for start-up marks and measurements). */
  | { readonly type: 'drawn'; readonly screenId: string }
  | SpeakMessage;
