/** Presses of the five keys: told to whoever listens, one word a press. */
import type { Unsubscribe } from '../ports.ts';
import { HEADSET_KEYS, type HeadsetKey } from './cabinet.ts';
import type { InputSettler } from './input-settler.ts';

export class HeadsetKeys {
  readonly #listeners = new Set<(key: HeadsetKey) => void>();

  onPressed(listener: (key: HeadsetKey) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** False when this input is none of the keys. `tell`: its board is ready, so what went down was pressed just now. */
  takes({ input, active }: InputSettler, tell: boolean): boolean {
    const key = HEADSET_KEYS.find((one) => `${one}Key` === input.senses);
    if (key === undefined) return false;
    if (tell && active) for (const listener of [...this.#listeners]) listener(key);
    return true;
  }
}
