/**
 * The contract of a queue display (叫号屏), for a text display on a wire and for a web page on a second screen alike
 * (XFS4IoT TextTerminal).
 *
 * One promise: a number is shown whole or not at all, and a name only in its masked form; what does not fit is refused
 * before anything is sent, never cut.
 */
import type { CommandOptions, Completion, Device } from '../device.ts';
import type { Unsubscribe } from '../ports.ts';
import type { Secret } from '../secret.ts';

/** `请A012号到3号窗口`: the number first, then where to go, and a name only as 张*三. */
export interface QueueCall {
  /** 1–8 letters or digits, e.g. `A012`. */
  readonly number: string;
  /** e.g. `3号窗口`. */
  readonly place: string;
  /** The same in ASCII, e.g. `WINDOW 3`, for displays without Chinese characters. */
  readonly placeLatin?: string;
  /** Masked by the caller: first character, `*`, last; a name without a mask is refused. Shown only where it fits. */
  readonly maskedName?: Secret<string>;
}

/** `textTooWide`: a row would have to be cut. `unsupportedText`: the display's font lacks a character, or it is no text. */
export type DisplayFault = 'textTooWide' | 'unsupportedText';

/** `shown`: the display said so. `unconfirmed`: it can't say, the bytes have left. */
export interface Shown {
  readonly proof: 'shown' | 'unconfirmed';
  /** Whether the masked name had room beside the number. */
  readonly name: 'shown' | 'leftOut' | 'none';
}

export type QueueDisplayEvent =
  /** Say it aloud now, the `time`-th of three times; the words are the caller's, never name and illness. */
  | { readonly event: 'voiceWanted'; readonly number: string; readonly place: string; readonly time: number }
  /** Called three times, and nobody came as far as anybody said. */
  | { readonly event: 'callEnded'; readonly number: string };

export interface QueueDisplay extends Device {
  readonly deviceClass: 'queueDisplay';
  /** Half-width cells of a row; a Chinese character takes two. */
  readonly cells: number;
  readonly rows: number;
  onQueueEvent(listener: (event: QueueDisplayEvent) => void): Unsubscribe;
  /**
   * Shows a call and asks for the voice, three times in all. Ends with the first showing; another `call`, `notice` or
   * `clear` ends the repeats. The voice is asked for even when the display is lost: people listen too.
   */
  call(call: QueueCall, options: CommandOptions): Promise<Completion<Shown, DisplayFault>>;
  /** The person has come: no more repeats. What is shown stays. */
  answered(number: string): void;
  /** One text a row from the top, centred: 暂停服务, zone, slogan. */
  notice(rows: readonly string[], options: CommandOptions): Promise<Completion<Shown, DisplayFault>>;
  clear(options: CommandOptions): Promise<Completion<Shown, DisplayFault>>;
}
