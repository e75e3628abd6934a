/**
 * Screens of the ways beside the outpatient's bill: the menu, a choice, a stay, a refund, a queue ticket.
 *
 * Part of the contract in messages.ts, under its rules: masked already, ids and values, never sentences.
 */
import type {
  CardHint,
  Choice,
  ChoiceQuestion,
  DischargeTicks,
  JobName,
  LineToReturn,
  MenuName,
  MoneyOnScreen,
  ResultOnScreen,
  ReturnOnScreen,
  StaffProblem,
  StaffPurpose,
  StayOffer,
  TypedNumber,
} from './screen-parts.ts';

export type WithoutCardIntent =
  /** 没有医保卡 */
  | { readonly do: 'withoutCard' }
  /** A number or a day as typed on S-TYPE. */
  | { readonly do: 'typed'; readonly text: string };

export type WayScreen =
  /**
   * What else somebody may have come for; the first job is the most likely one. `nothingToPay`: a credential was put
   * down and there is no bill; otherwise a tile of the home screen that opens these.
   */
  | ({
      readonly name: 'S-MENU';
      readonly of: 'nothingToPay' | MenuName;
      readonly jobs: readonly JobName[];
    } & CardHint)
  /** One of several things; what is `off` stands there with its reason and cannot be touched. */
  | ({ readonly name: 'S-CHOOSE'; readonly ask: ChoiceQuestion; readonly choices: readonly Choice[] } & CardHint)
  /** 没有医保卡: a number is typed, or the barcode of a hospital card or wristband held up. */
  | { readonly name: 'S-TYPE'; readonly of: TypedNumber }
  /** 工作人员钥匙: somebody of the staff vouches for what the patient cannot show. */
  | ({
      readonly name: 'S-STAFF';
      readonly purpose: StaffPurpose;
      /** The key is wanted, then its PIN. */
      readonly step: 'insert' | 'pin';
      readonly problem: StaffProblem;
    } & CardHint)
  /** A stay in hospital: where, what is left of the deposits, and what can be done now. */
  | ({
      readonly name: 'S-STAY';
      readonly maskedName: string;
      readonly ward: string;
      readonly bed: string;
      /** yyyy-MM-dd */
      readonly admittedOn: string;
      readonly feesFen: number;
      /** Below zero when the patient owes. */
      readonly balanceFen: number;
      /** Present once the discharge is ordered. */
      readonly ticks: DischargeTicks | undefined;
      readonly offers: readonly StayOffer[];
    } & CardHint)
  /** 取号: the number as it is called, and where. */
  | ({
      readonly name: 'S-TICKET';
      readonly ticket: string;
      readonly place: string;
      readonly waitingBefore: number;
      readonly expectedMinutes: number | undefined;
      readonly paper: 'printing' | 'ready' | 'unconfirmed' | 'none';
    } & CardHint)
  /** 好差评, after a service whose result page has no room for it. */
  | ({ readonly name: 'S-RATE' } & CardHint)
  /** 预缴金: an amount key, or an amount within the limits. */
  | ({
      readonly name: 'S-DEPOSIT';
      readonly maskedName: string;
      readonly bed: string;
      readonly balanceFen: number;
      readonly amounts: readonly number[];
      readonly minFen: number;
      readonly maxFen: number;
    } & CardHint)
  /** 退费: which lines go back; a line that is done stays. */
  | ({
      readonly name: 'S-REFUND-LINES';
      readonly department: string;
      /** yyyy-MM-dd */
      readonly settledOn: string;
      readonly lines: readonly LineToReturn[];
    } & CardHint)
  /** Old, new and difference before anything is undone (Z-6.2.3); a forecast until the centre has settled anew. */
  | ({
      readonly name: 'S-REFUND';
      readonly oldOwnFen: number;
      readonly newOwnFen: number;
      readonly backFen: number;
      /** Back to the personal account (个人账户). */
      readonly accountBackFen: number;
      readonly ways: readonly ReturnOnScreen[];
    } & CardHint)
  /** How a way ended whose money goes in more than one piece: each piece says itself how far it is. */
  | ({
      readonly name: 'S-RESULT';
      /** `open`: something is left for the window. */
      readonly progress: 'done' | 'underWay' | 'open';
      readonly returns: readonly ReturnOnScreen[];
      readonly number: string;
      readonly paper: 'printing' | 'ready' | 'unconfirmed' | 'none';
    } & ResultOnScreen &
      CardHint)
  /** Which settlement is meant: its number is scanned off a slip or typed; `problem` says why it is asked again. */
  | {
      readonly name: 'S-MONEY-ASK';
      readonly of: 'money' | 'complaint';
      readonly problem: 'none' | 'unknownNumber' | 'notASlip';
    }
  /** "Where is my money": one sentence, an amount where one is known, and nothing of a person. */
  | {
      readonly name: 'S-MONEY';
      readonly number: string;
      readonly word: MoneyOnScreen;
      readonly amountFen: number | undefined;
      /** When the hospital last heard of it, yyyy-MM-dd HH:mm:ss; absent when this kiosk knows it itself. */
      readonly toldAt: string | undefined;
    };
