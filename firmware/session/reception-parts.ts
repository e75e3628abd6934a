/** What the reception stands on: devices, the rules of the place, and the table of journeys. */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { CodeScanner } from '../../drivers/code-scanner/code-scanner.ts';
import type { IdCardReader } from '../../drivers/id-card-reader/id-card-reader.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { RegionProfile } from '../region/profile.ts';
import type { ScreenBody } from '../screen/messages.ts';
import type { JourneyName } from '../screen/screen-parts.ts';
import type { Shown } from './ask-credential.ts';
import type { HelpAbout, HelpCall } from './help-desk.ts';
import type { Presence } from './presence.ts';
import type { Readiness } from './readiness.ts';
import type { Session, SessionScreen } from './session.ts';

/** What a tile starts. */
export type Journey =
  | {
      readonly asks: 'credential';
      /** Somebody else comes with the patient's credential. */
      readonly whose?: 'patient';
      /** Some of it is possible while insurance cannot settle. */
      readonly withoutInsurance?: true;
      /** All of it is possible while the hospital's system does not answer. */
      readonly withoutHospital?: true;
      readonly run: (session: Session, shown: Shown) => Promise<string>;
    }
  | {
      readonly asks: 'nothing';
      readonly withoutHospital?: true;
      /** There is something to do now; always when left out. */
      readonly offered?: () => boolean;
      readonly run: (session: Session) => Promise<string>;
    };

type Home = Extract<ScreenBody, { name: 'S-HOME' }>;
export type HomeNews = Pick<Home, 'notice' | 'station'>;

export interface ReceptionParts {
  readonly screen: SessionScreen & { resetSettings(): void };
  readonly clock: Clock;
  readonly profile: RegionProfile;
  readonly audit: AuditTrail;
  readonly cardReader: CardReader | undefined;
  readonly scanner: CodeScanner | undefined;
  /** Where a face check goes with it; without one an identity card opens nothing. */
  readonly idCardReader?: IdCardReader | undefined;
  readonly presence: Presence;
  readonly newId: (prefix: string) => string;
  /** The sign may be shown: our own agreement is active. */
  readonly designated: () => boolean;
  /** Whether the kiosk itself is fit to receive anybody; always where it is left out. */
  readonly readiness?: Readiness;
  /** Insurance can settle here now, as far as is known before anybody comes. */
  readonly insuranceOpen: () => boolean;
  /** Sign or insurance path changed. */
  readonly onInsuranceChanged: (listener: () => void) => Unsubscribe;
  /** Whether the hospital's system can be worked with now; always where nobody says. */
  readonly hospitalLine?: { readonly open: boolean; onChanged(listener: () => void): Unsubscribe };
  /** Zero touch: the most likely job of whoever puts a credential down. Each end is its word for counters and scenarios. */
  readonly serve: (session: Session, shown: Shown) => Promise<string>;
  /** One for each tile. */
  readonly journeys: Readonly<Record<JourneyName, Journey>>;
  /** Says where the money of a settlement is; needs no credential. */
  readonly findMoney: (session: Session, number: string | undefined) => Promise<string>;
  /** Shows the published prices over the home screen or a page of a session; needs no credential either. */
  readonly showPrices?: (session: Session, below: 'home' | 'page') => Promise<string>;
  /** What the first page says beside its tiles: 公告 of today, 医保服务e站. */
  readonly homeNews?: () => HomeNews;
  readonly callHelp?: (about: HelpAbout) => HelpCall;
  readonly onHelpButton?: (pressed: () => void) => Unsubscribe;
  readonly onEnded?: (end: string) => void;
}
