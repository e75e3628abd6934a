/** What a session stands on, and how it ends. */
import type { CardReader } from '../../drivers/card-reader/card-reader.ts';
import type { CodeScanner } from '../../drivers/code-scanner/code-scanner.ts';
import type { IdCardReader } from '../../drivers/id-card-reader/id-card-reader.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { TimerRules } from '../region/profile.ts';
import type { ActingFor, Intent, ScreenBody, ScreenSettings, TextSize, VoiceOnScreen } from '../screen/messages.ts';
import type { HelpAbout, HelpCall } from './help-desk.ts';
import type { Presence } from './presence.ts';
import type { Session } from './session.ts';

/** The screen hub, as far as a session uses it. */
export interface SessionScreen {
  /** `continuing`: the id of the screen that asks the same and is only told anew; it keeps its id. */
  show(body: ScreenBody, deadline?: { readonly leftMs: number; readonly wholeMs: number }, continuing?: string): string;
  proposeTextSize(textSize: TextSize): void;
  /** Missing where no page has a head for it. */
  actFor?(both: ActingFor): void;
  /** 关爱版; missing where no page has a place for it. */
  offerHelp?(offered: boolean): void;
  onIntent(listener: (screenId: string, intent: Intent) => void): Unsubscribe;
  /** Somebody listens by a headset, or has pressed one of its keys; never called where there is none. */
  onAttended(listener: () => void): Unsubscribe;
  readonly voice: Pick<VoiceOnScreen, 'headset'>;
  readonly settings: Pick<ScreenSettings, 'textSize' | 'language' | 'home'>;
}

/** `closed`: the kiosk's cabinet was opened. */
export type SessionEnd = 'canceled' | 'timeOut' | 'finished' | 'closed';

/** Thrown by `ask` when the session is over; only the reception catches it. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
  readonly end: SessionEnd;

  constructor(end: SessionEnd) {
    super(`the session ended: ${end}`);
    this.end = end;
  }
}

export interface SessionParts {
  readonly id: string;
  readonly screen: SessionScreen;
  readonly clock: Clock;
  readonly timers: TimerRules;
  readonly cardReader: CardReader | undefined;
  readonly scanner: CodeScanner | undefined;
  readonly idCardReader?: IdCardReader | undefined;
  readonly presence: Presence;
  /** Shows the published prices until the patient has seen enough; then the question stands as it was (SZ-185). */
  /** Calls the guide desk about the screen that is shown. */
  readonly callHelp?: (about: HelpAbout) => HelpCall;
  /** The button with Braille beside the screen. */
  readonly onHelpButton?: (pressed: () => void) => Unsubscribe;
  readonly showPrices?: (session: Session, below: 'page') => Promise<unknown>;
}
