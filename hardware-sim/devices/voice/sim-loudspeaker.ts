/**
 * A loudspeaker and the ears in front of it: plays what it is given as long as it lasts, and what was heard is kept.
 *
 * It knows WAV and loudness and nothing of words; silence is heard as nothing. The second screen is such a loudspeaker
 * too: `test/browser` hears that one.
 */
import { type Clock, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';

export interface Heard {
  readonly ms: number;
  /** Root of the mean square of what came out, 0 to 1. */
  readonly loudness: number;
}

export class SimLoudspeaker {
  readonly heard: Heard[] = [];
  readonly #clock: Clock;
  readonly #listeners = new Set<(there: boolean) => void>();
  #plugged = true;
  #stuck = false;
  #turnedDown = false;
  #playing: ((error: Error) => void) | undefined;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  get there(): boolean {
    return this.#plugged;
  }

  onChanged(listener: (there: boolean) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  unplug(): void {
    this.#plugged = false;
    this.#playing?.(new LinkLostError('the loudspeaker was unplugged'));
    for (const listener of [...this.#listeners]) listener(false);
  }

  plugIn(): void {
    this.#plugged = true;
    for (const listener of [...this.#listeners]) listener(true);
  }

  /** The sound card takes what it is given and never comes to its end. */
  stick(): void {
    this.#stuck = true;
  }

  free(): void {
    this.#stuck = false;
  }

  /** The knob is at zero: it plays, and nobody hears it. */
  turnDown(down: boolean): void {
    this.#turnedDown = down;
  }

  play(wav: Uint8Array, signal: AbortSignal): Promise<void> {
    if (!this.#plugged) return Promise.reject(new LinkLostError('there is no loudspeaker'));
    const sound = soundIn(wav);
    if (!sound) return Promise.reject(new Error('this is no WAV'));
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        cancel();
        signal.removeEventListener('abort', onAbort);
        this.#playing = undefined;
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const cancel = this.#clock.timer(this.#stuck ? 2 ** 30 : sound.ms, () => {
        if (!this.#turnedDown && sound.loudness > 0.001) this.heard.push(sound);
        end(resolve);
      });
      this.#playing = (error) => end(() => reject(error));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** 16-bit PCM, one channel, as RIFF WAVE has it; `undefined` for anything else. */
export function soundIn(wav: Uint8Array): Heard | undefined {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const word = (at: number): string => String.fromCharCode(...wav.subarray(at, at + 4));
  if (wav.length < 44 || word(0) !== 'RIFF' || word(8) !== 'WAVE') return undefined;
  let rate = 0;
  for (let at = 12; at + 8 <= wav.length; ) {
    const length = view.getUint32(at + 4, true);
    if (word(at) === 'fmt ' && at + 24 <= wav.length) {
      const plain = view.getUint16(at + 8, true) === 1 && view.getUint16(at + 22, true) === 16;
      if (!plain || view.getUint16(at + 10, true) !== 1) return undefined;
      rate = view.getUint32(at + 12, true);
    }
    if (word(at) === 'data') {
      const whole = at + 8 + length <= wav.length;
      return whole && rate > 0 ? loudnessOf(view, { from: at + 8, length, rate }) : undefined;
    }
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function loudnessOf(
  view: DataView,
  { from, length, rate }: { readonly from: number; readonly length: number; readonly rate: number },
): Heard {
  const samples = Math.floor(length / 2);
  let squares = 0;
  for (let at = 0; at < samples; at += 1) squares += (view.getInt16(from + 2 * at, true) / 32_768) ** 2;
  return { ms: Math.round((1_000 * samples) / rate), loudness: samples === 0 ? 0 : Math.sqrt(squares / samples) };
}
