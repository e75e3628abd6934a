/**
 * What can happen to a card, its reader and the line between them, at the n-th command that reaches the chip.
 *
 * Hands do what hands can do (pull, unplug, plug in again); what they can't (noise on the contacts, a reader that
 * sends everything twice, a chip that takes its time) bends what the chip answers.
 */
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import type { VirtualCard } from '../../../hardware-sim/devices/virtual-card.ts';

export const DISTURBANCES = [
  'pulled',
  'unplugged',
  'replugged',
  'hung',
  'noisy',
  'silent',
  'stale',
  'doubled',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

const SILENCE = new Uint8Array(0);
/** No status word of any card, and a length that no record has. */
const NOISE = Uint8Array.of(0x5a, 0xff, 0x00, 0xa5, 0x5a);

/** A card as the disturbed reader meets it: until the n-th command after `strikeAt(n)` it is as it is. */
export class DisturbedCard implements VirtualCard {
  readonly label: string;
  readonly atr: Uint8Array;
  readonly #card: VirtualCard;
  readonly #kind: Disturbance;
  #at = Number.POSITIVE_INFINITY;
  #commands = 0;
  #before: Uint8Array = SILENCE;

  constructor(card: VirtualCard, kind: Disturbance) {
    this.#card = card;
    this.#kind = kind;
    this.label = card.label;
    this.atr = card.atr;
  }

  strikeAt(command: number): void {
    this.#at = this.#commands + command;
  }

  /** Whether the n-th command was reached. */
  get struck(): boolean {
    return this.#commands >= this.#at;
  }

  reset(): void {
    this.#card.reset();
  }

  transmit(apdu: Uint8Array): Uint8Array {
    this.#commands += 1;
    const struckNow = this.#commands === this.#at;
    if (struckNow && this.#kind === 'doubled') this.#card.transmit(Uint8Array.from(apdu));
    const answer = this.#card.transmit(apdu);
    const before = this.#before;
    this.#before = answer;
    if (!struckNow) return answer;
    if (this.#kind === 'noisy') return NOISE;
    if (this.#kind === 'silent') return SILENCE;
    // An answer that was meant for the command before.
    return this.#kind === 'stale' ? before : answer;
  }
}

/** Lets hands act while the n-th command from now is under way; the other kinds are the card's own. */
export function disturbAtCommand(slot: SimCardSlot, kind: Disturbance, at: number): void {
  let commands = 0;
  slot.onApdu(() => {
    commands += 1;
    if (commands !== at) return;
    if (kind === 'pulled') slot.remove();
    if (kind === 'unplugged' || kind === 'replugged') slot.unplug();
    if (kind === 'replugged') slot.plugIn();
    if (kind === 'hung') slot.hang();
  });
}

/** Puts everything right again: out with what hangs, in with the same card. */
export function mend(slot: SimCardSlot, card: VirtualCard): void {
  slot.remove();
  slot.unplug();
  slot.plugIn();
  slot.insert(card);
}
