/** A presence sensor in a test's hand: it says what it is told to, at once. */
import type { PresenceSensor, PresenceWord } from '../../firmware/session/presence.ts';

export class PresenceInHand implements PresenceSensor {
  #word: PresenceWord = 'here';
  readonly #listeners = new Set<(word: PresenceWord) => void>();

  now(): PresenceWord {
    return this.#word;
  }

  onChanged(listener: (word: PresenceWord) => void): () => boolean {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  says(word: PresenceWord): void {
    this.#word = word;
    for (const listener of this.#listeners) listener(word);
  }
}
