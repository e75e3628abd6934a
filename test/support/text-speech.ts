/**
 * Speech for ears that are programs: the words travel inside the sound, so they are known only by who plays it.
 *
 * One promise: a word counts as heard when it has been played to its end, and what was cut off counts as far as it came.
 */
import { type Clock, LinkLostError } from '../../drivers/ports.ts';
import type { Loudspeaker, Manner, Sentence, SpeechMaker } from '../../drivers/voice/voice.ts';

/** Takes no time of its own; the sound lasts as long as its text. */
export function textMaker({ msPerLetter }: { readonly msPerLetter: number }): SpeechMaker {
  return {
    make: (sentence, signal) => {
      if (signal.aborted) return Promise.reject(signal.reason);
      return Promise.resolve(new TextEncoder().encode(JSON.stringify({ sentence, msPerLetter })));
    },
  };
}

export class TextLoudspeaker implements Loudspeaker {
  /** Sentences that were played to their end. */
  readonly heard: string[] = [];
  /** What was played of those that were cut off. */
  readonly cut: string[] = [];
  readonly manners: (Manner | undefined)[] = [];
  readonly #clock: Clock;
  readonly #onHeard: (text: string) => void;
  readonly #listeners = new Set<(there: boolean) => void>();
  there = true;
  playing = false;
  asked = 0;

  constructor(clock: Clock, onHeard: (text: string) => void = () => undefined) {
    this.#clock = clock;
    this.#onHeard = onHeard;
  }

  onChanged(listener: (there: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  play(wav: Uint8Array, signal: AbortSignal): Promise<void> {
    if (!this.there) return Promise.reject(new LinkLostError('there is no headset'));
    const { sentence, msPerLetter } = JSON.parse(new TextDecoder().decode(wav)) as {
      readonly sentence: Sentence;
      readonly msPerLetter: number;
    };
    this.asked += 1;
    this.manners.push(sentence.manner);
    const startedMs = this.#clock.monotonicMs();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        cancel();
        this.playing = false;
        const letters = Math.floor((this.#clock.monotonicMs() - startedMs) / msPerLetter);
        this.cut.push(sentence.text.slice(0, letters));
        reject(signal.reason);
      };
      const cancel = this.#clock.timer(sentence.text.length * msPerLetter, () => {
        signal.removeEventListener('abort', onAbort);
        this.playing = false;
        this.heard.push(sentence.text);
        this.#onHeard(sentence.text);
        resolve();
      });
      this.playing = true;
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
