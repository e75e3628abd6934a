/**
 * A voice made of two halves: who makes the speech, and who plays it.
 *
 * One promise: at most a few sentences wait, the newest count, and each ends with a word before its deadline.
 */
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import {
  type Loudspeaker,
  type Sentence,
  type SpeechMaker,
  type Voice,
  type VoiceFault,
  VoiceMissingError,
} from './voice.ts';

export interface SpokenVoiceOptions {
  /** The device map's id. */
  readonly id: string;
  readonly clock: Clock;
  readonly maker: SpeechMaker;
  readonly loudspeaker: Loudspeaker;
}

/** Waiting beside the one that is spoken: a hall that is further behind hears numbers of people who have gone. */
const MOST_WAITING = 3;
/** Longest sentence, UTF-16 units: longer ones are nobody's call. */
const LONGEST_TEXT = 120;

type Said = Completion<'heard', VoiceFault>;

export class SpokenVoice implements Voice {
  readonly id: string;
  readonly deviceClass = 'voice';
  readonly #options: SpokenVoiceOptions;
  readonly #queue: CommandQueue;
  readonly #listeners = new Set<(state: DeviceState) => void>();
  readonly #stopWatching: Unsubscribe;
  readonly #waiting: AbortController[] = [];
  #state: DeviceState;
  #lastFault: LastFault | undefined;

  constructor(options: SpokenVoiceOptions) {
    this.id = options.id;
    this.#options = options;
    this.#queue = new CommandQueue(options.clock);
    this.#state = options.loudspeaker.there ? 'online' : 'powerOff';
    this.#stopWatching = options.loudspeaker.onChanged((there) => {
      if (!there) this.#queue.drop();
      this.#is(there ? 'online' : 'powerOff');
    });
  }

  get state(): DeviceState {
    return this.#state;
  }

  get lastFault(): LastFault | undefined {
    return this.#lastFault;
  }

  get identity(): string | undefined {
    return undefined;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { languages: 'zh en', mostWaiting: MOST_WAITING };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async say(sentences: readonly Sentence[], options: CommandOptions): Promise<Said> {
    if (sentences.length === 0 || sentences.some(({ text }) => text === '' || text.length > LONGEST_TEXT)) {
      return failed('invalidData', 'a sentence is 1 to 120 characters');
    }
    const overtaken = new AbortController();
    const stop = (): void => overtaken.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) stop();
    this.#waiting.push(overtaken);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()?.abort();
    const said = await this.#queue
      .run<Said, VoiceFault>({ timeoutMs: options.timeoutMs, signal: overtaken.signal }, (signal) => {
        this.#nextTurn(overtaken);
        return this.#speak(sentences, signal);
      })
      .finally(() => {
        this.#nextTurn(overtaken);
        options.signal?.removeEventListener('abort', stop);
      });
    const ours = !said.done && said.fault === 'canceled' && !options.signal?.aborted;
    const word: Said = ours ? failed('overtaken', 'newer sentences came') : said;
    if (word.done) this.#lastFault = undefined;
    else this.#lastFault = { fault: word.fault, detail: word.detail, atWallMs: this.#options.clock.wallMs() };
    return word;
  }

  async close(): Promise<void> {
    this.#stopWatching();
    this.#queue.drop();
    this.#is('offline');
    await this.#options.loudspeaker.close();
  }

  async #speak(sentences: readonly Sentence[], signal: AbortSignal): Promise<Said> {
    const { maker, loudspeaker } = this.#options;
    if (!loudspeaker.there) throw new LinkLostError('there is no loudspeaker');
    try {
      let coming = sentences[0] && maker.make(sentences[0], signal);
      for (const [place] of sentences.entries()) {
        const wav = await coming;
        // The next one is made while this one is heard, so that there is no gap between them.
        const next = sentences[place + 1];
        coming = next && maker.make(next, signal);
        coming?.catch(() => undefined);
        if (wav) await loudspeaker.play(wav, signal);
      }
      return completed('heard');
    } catch (error) {
      if (error instanceof VoiceMissingError) return failed('voiceMissing', error.message);
      if (error instanceof NotHeardError) return failed('notHeard', error.message);
      throw error;
    }
  }

  /** It is being spoken, or over: nothing overtakes it any more. */
  #nextTurn(one: AbortController): void {
    const at = this.#waiting.indexOf(one);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  #is(state: DeviceState): void {
    if (state === this.#state || this.#state === 'offline') return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/** The loudspeaker is there and did not play it to its end. */
export class NotHeardError extends Error {
  override readonly name = 'NotHeardError';
}
