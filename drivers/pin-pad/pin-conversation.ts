/**
 * One PIN entry on an open pad, from its settings to its block or the card's word.
 *
 * One promise: however it ends, the pad's keys are off afterwards, or the link is
 * thrown away because nobody knows.
 */
import { type CommonFault, type Completion, completed, failed } from '../device.ts';
import type { Clock } from '../ports.ts';
import { WipeableBytes } from '../wipeable.ts';
import {
  CONTROL,
  cardStatusOf,
  GET_PIN,
  limitSeconds,
  maximumLength,
  minimumLength,
  pinBlockOf,
  pinMask,
} from './pad-commands.ts';
import { type PadDialogue, PadSilenceError } from './pad-dialogue.ts';
import { type EntryEnd, PinEntry } from './pin-entry.ts';
import type { PinBlockEntry, PinEntryOptions, PinPadEvent, PinPadFault, PresentedPin } from './pin-pad.ts';
import type { PinPadProfile } from './pin-pad-profile.ts';

export type EntryFault = PinPadFault | CommonFault;

export interface PinConversationOptions {
  readonly pad: PadDialogue;
  readonly profile: PinPadProfile;
  readonly clock: Clock;
  readonly tell: (event: PinPadEvent) => void;
  /** The pad did not say that its keys are off. */
  readonly inputStaysOn: (why: string) => void;
}

const USUAL_ENTRY_MS = 30_000;
/** The pad ends an entry itself; a pad that does not is ended by the host so much later, ms. */
const AFTER_PAD_LIMIT_MS = 2_000;
const VERIFIED = 0x9000;
const WRONG_PIN = 0x63c0;
const BLOCKED: readonly number[] = [0x6983, 0x63c0];

type Finish<Value> = (
  completion: 'enter' | 'auto',
) => Promise<Completion<Value | { readonly completion: 'cancel' }, PinPadFault>>;

export class PinConversation {
  readonly #options: PinConversationOptions;

  constructor(options: PinConversationOptions) {
    this.#options = options;
  }

  /** Rejects with `PadSilenceError`, `LinkLostError` or `signal.reason`. */
  block(limits: PinEntryOptions, start: string, signal: AbortSignal): Promise<Completion<PinBlockEntry, PinPadFault>> {
    const { pad, profile } = this.#options;
    return this.#enter<PinBlockEntry>(limits, start, signal, async (completion) => {
      const got = await pad.ask(GET_PIN, pinBlockOf, profile.answerMs, signal);
      if ('fault' in got) return failed(got.fault, got.detail);
      const { digits, block } = got;
      if (digits < limits.minDigits || digits > limits.maxDigits) {
        block.fill(0);
        return failed('hardwareError', 'the pad counted other digits than it was allowed');
      }
      return completed({ completion, digits, block: new WipeableBytes(block) });
    });
  }

  /** Rejects as `block` does. */
  present(
    limits: PinEntryOptions,
    start: string,
    present: string,
    signal: AbortSignal,
  ): Promise<Completion<PresentedPin, PinPadFault>> {
    const { pad, profile } = this.#options;
    return this.#enter<PresentedPin>(limits, start, signal, async (completion) => {
      const status = await pad.ask(present, cardStatusOf, profile.answerMs, signal);
      if (typeof status !== 'number') {
        return failed(status.fault === 'noPin' ? 'noMedia' : status.fault, status.detail);
      }
      if (status === VERIFIED) return completed({ completion, verified: true });
      if (BLOCKED.includes(status)) return completed({ completion, verified: false, triesLeft: 0 });
      if ((status & 0xfff0) === WRONG_PIN) return completed({ completion, verified: false, triesLeft: status & 0x0f });
      return failed('hardwareError', `the card answers ${status.toString(16)}`);
    });
  }

  async #enter<Value>(
    limits: PinEntryOptions,
    start: string,
    signal: AbortSignal,
    finish: Finish<Value>,
  ): Promise<Completion<Value | { readonly completion: 'cancel' }, PinPadFault>> {
    const { pad, profile, clock, tell } = this.#options;
    const limitMs = limits.entryLimitMs ?? USUAL_ENTRY_MS;
    for (const setting of [
      limitSeconds(limitMs / 1_000),
      pinMask(profile.maskByte),
      minimumLength(limits.minDigits),
      maximumLength(limits.maxDigits),
    ]) {
      const error = await pad.set(setting, profile.answerMs, signal);
      if (error) return failed(error.fault, error.detail);
    }
    const entry = new PinEntry(profile, limits, tell);
    let over = (_end: EntryEnd): void => undefined;
    const ended = new Promise<EntryEnd>((resolve) => {
      over = resolve;
    });
    const stopListening = pad.listenToKeys((code) => {
      const end = entry.key(code);
      if (end) {
        stopListening();
        over(end);
      }
    });
    try {
      const error = await pad.set(start, profile.answerMs, signal);
      if (error) return failed(error.fault, error.detail);
      const end = await endOf(ended, limitMs + AFTER_PAD_LIMIT_MS, clock, signal);
      switch (end) {
        case 'cancel':
          return completed({ completion: 'cancel' });
        case 'timeout':
          return failed('entryTimeout', 'nobody typed a PIN in time');
        case 'clearKey':
          return failed('fraudAttempt', 'the pad sent a key in the clear during a PIN entry');
        default:
          return await finish(end);
      }
    } finally {
      stopListening();
      await this.#inputOff();
    }
  }

  /** Not by the command's own signal: that may have fired, and the keys must be off all the same. */
  async #inputOff(): Promise<void> {
    const { pad, profile, inputStaysOn } = this.#options;
    try {
      const error = await pad.set(CONTROL.inputOff, profile.answerMs, new AbortController().signal);
      // It answered, and not that they are off.
      if (error) inputStaysOn(error.detail);
    } catch (error) {
      if (error instanceof PadSilenceError) inputStaysOn(error.message);
    }
  }
}

/** How the person ended it; `timeout` after the limit. Rejects with `signal.reason`. */
function endOf(ended: Promise<EntryEnd>, limitMs: number, clock: Clock, signal: AbortSignal): Promise<EntryEnd> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancelTimer();
      reject(signal.reason);
    };
    const cancelTimer = clock.timer(limitMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve('timeout');
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    ended.then((end) => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      resolve(end);
    }, reject);
  });
}
