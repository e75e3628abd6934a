/** What the screen hub is made with, what it keeps of the page that is shown, and who listens to it. */
import type { Clock } from '../../drivers/ports.ts';
import type { FromPage, HelpLine, Intent, ScreenBody } from './messages.ts';
import type { ActingFor } from './screen-parts.ts';
import type { HeadsetToPage, SpeakMessage } from './spoken-unit.ts';

/** How long a screen lives by itself, ms. The session ends it; the hub only tells the page. */
export interface ScreenDeadline {
  readonly leftMs: number;
  readonly wholeMs: number;
}

export interface PageConnection {
  send(message: FromPage): void;
  close(): void;
}

export interface ScreenHubOptions {
  readonly clock: Clock;
  readonly help: HelpLine;
}

export type IntentListener = (screenId: string, intent: Intent) => void;
export type DrawnListener = (screenId: string) => void;
export type SpeakListener = (message: SpeakMessage, answer: (message: HeadsetToPage) => void) => void;

export interface Shown {
  readonly id: string;
  readonly body: ScreenBody;
  readonly deadline: { readonly endsAtMs: number; readonly wholeMs: number } | undefined;
}

/** What stands beside every page. */
export interface Aside {
  readonly actingFor: ActingFor | undefined;
  readonly prices: boolean;
  readonly helpOffered: boolean;
}
