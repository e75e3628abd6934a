/**
 * Any card, with a chip that misbehaves: broken contacts, worn memory, malice.
 *
 * It bends what comes out of the card it wraps and leaves the rest alone.
 */
import type { VirtualCard } from './virtual-card.ts';

/**
 * `cut` keeps only the first bytes of every answer's data · `statusLost` one byte and no status word ·
 * `only` gives the same bytes to everything · `announcesForever` 61xx without end ·
 * `neverAgrees` 6Cxx without end · `silentFrom` says nothing from its n-th APDU on (since reset).
 */
export type Mischief =
  | { readonly kind: 'cut'; readonly toBytes: number }
  | { readonly kind: 'statusLost' }
  | { readonly kind: 'only'; readonly bytes: Uint8Array }
  | { readonly kind: 'announcesForever' }
  | { readonly kind: 'neverAgrees' }
  | { readonly kind: 'silentFrom'; readonly apdu: number };

/** What a slot takes for a chip that does not answer at all. */
const SILENCE = new Uint8Array(0);

export class MischievousCard implements VirtualCard {
  readonly #card: VirtualCard;
  readonly #mischief: Mischief;
  #apdus = 0;

  constructor(card: VirtualCard, mischief: Mischief) {
    this.#card = card;
    this.#mischief = mischief;
  }

  get label(): string {
    return this.#card.label;
  }

  get atr(): Uint8Array {
    return this.#card.atr;
  }

  reset(): void {
    this.#apdus = 0;
    this.#card.reset();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    this.#apdus += 1;
    const honest = this.#card.transmit(apdu);
    const mischief = this.#mischief;
    switch (mischief.kind) {
      case 'cut':
        // The data is cut, not the status word: a record that ends too early.
        return Uint8Array.of(...honest.slice(0, -2).slice(0, mischief.toBytes), ...honest.slice(-2));
      case 'statusLost':
        return honest.slice(0, 1);
      case 'only':
        return mischief.bytes;
      case 'announcesForever':
        return Uint8Array.of(0x00, 0x61, 0x01);
      case 'neverAgrees':
        return Uint8Array.of(0x6c, this.#apdus & 0xff || 1);
      case 'silentFrom':
        return this.#apdus >= mischief.apdu ? SILENCE : honest;
    }
  }
}
