/**
 * The slot of a card reader on the bench, with the hands that use it.
 *
 * One physical slot serves every depth: the in-memory `CardSlot` for the
 * device bus, and `media`, `power`, `transmit` for the wire doors. Consequences
 * follow from physics, so no state can be set that hands could not bring about.
 */
import {
  CardGoneError,
  type CardSlot,
  type Clock,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../../drivers/ports.ts';
import { CardSlotFaults } from './card-slot-faults.ts';
import {
  type CardFace,
  type CardInterface,
  EJECT_MS,
  type Pending,
  type SimCardSlotOptions,
} from './card-slot-options.ts';
import { MemoryCardSlot } from './memory-card-slot.ts';
import type { VirtualCard } from './virtual-card.ts';

const EMPTY: SlotMedia = { kind: 'notPresent' };
const SILENCE = new Uint8Array(0);

export class SimCardSlot {
  readonly readerName: string;
  readonly faults = new CardSlotFaults();
  readonly #clock: Clock;
  readonly #by: CardInterface;
  readonly #apduMs: number;
  readonly #motor: boolean;
  #mouth: VirtualCard | undefined;
  readonly #mediaListeners = new Set<(media: SlotMedia) => void>();
  readonly #plugListeners = new Set<(pluggedIn: boolean) => void>();
  readonly #apduListeners = new Set<(apdu: Uint8Array, answer: Uint8Array | undefined) => void>();
  #card: VirtualCard | undefined;
  #face: CardFace = 'right';
  #pluggedIn = true;
  #hung = false;
  #powerOns = 0;
  #powered = false;
  #pending: Pending | undefined;

  constructor({ clock, by = 'contacts', apduMs = 12, motor = false, readerName }: SimCardSlotOptions) {
    this.#clock = clock;
    this.#by = by;
    this.#apduMs = apduMs;
    this.#motor = motor;
    this.readerName = readerName ?? 'Yizhan Virtual Reader 00 00';
  }

  // Hands

  /** @throws Error when a card is in the slot already: two do not fit. */
  insert(card: VirtualCard, options: { readonly face?: CardFace } = {}): void {
    if (this.#card ?? this.#mouth) throw new Error('There is a card in this slot already.');
    this.#card = card;
    this.#face = options.face ?? 'right';
    this.#sayMedia();
  }

  /** Pulls the card out, whatever it is doing. */
  remove(): VirtualCard | undefined {
    const card = this.#card ?? this.#mouth;
    this.#mouth = undefined;
    if (!this.#card) return card;
    this.#card = undefined;
    this.#cutPower(new CardGoneError('the card was taken out'));
    this.#sayMedia();
    return card;
  }

  /** What a motor has pushed out and nobody has taken yet. */
  get atMouth(): VirtualCard | undefined {
    return this.#mouth;
  }

  /** The reader's own push; without a motor, a cable or a controller nothing moves. */
  eject(): void {
    if (!this.#motor) return;
    const card = this.#card;
    this.#clock.timer(EJECT_MS, () => {
      if (this.#card === card && this.#pluggedIn && !this.#hung) this.#mouth = this.remove();
    });
  }

  /** Out, the other way round, and in again. */
  turnOver(): void {
    const face = this.#face === 'right' ? 'wrong' : 'right';
    const card = this.remove();
    if (card) this.insert(card, { face });
  }

  /** Pulls the reader's cable. A card may be put in or taken out meanwhile; nobody sees it. */
  unplug(): void {
    if (!this.#pluggedIn) return;
    this.#pluggedIn = false;
    this.#hung = false;
    this.#cutPower(new LinkLostError('the card reader was unplugged'));
    for (const listener of [...this.#plugListeners]) listener(false);
  }

  plugIn(): void {
    if (this.#pluggedIn) return;
    this.#pluggedIn = true;
    for (const listener of [...this.#plugListeners]) listener(true);
  }

  /** The reader's controller stops: it answers nothing and reports nothing until its cable is pulled. */
  hang(): void {
    this.#hung = true;
  }

  // What the workbench and every depth can see and use

  get pluggedIn(): boolean {
    return this.#pluggedIn;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** The card that lies in the slot, plugged in or not, and which way. */
  get card(): { readonly card: VirtualCard; readonly face: CardFace } | undefined {
    return this.#card ? { card: this.#card, face: this.#face } : undefined;
  }

  /** How often a chip was powered on: two equal counts mean that it is still the same powered chip. */
  get powerOns(): number {
    return this.#powerOns;
  }

  /** What the reader sees; without its cable it sees nothing. */
  media(): SlotMedia {
    if (!this.#card || !this.#pluggedIn) return EMPTY;
    if (this.#by === 'field') {
      // A card without an antenna may lie there for as long as it likes: the reader sees nothing.
      return this.#card.fieldAtr ? { kind: 'present', atr: this.#card.fieldAtr } : EMPTY;
    }
    if (this.#face === 'wrong' || this.#card.atr.length === 0) return { kind: 'mute' };
    return { kind: 'present', atr: this.#card.atr };
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    this.#mediaListeners.add(listener);
    return () => this.#mediaListeners.delete(listener);
  }

  onPluggedChanged(listener: (pluggedIn: boolean) => void): Unsubscribe {
    this.#plugListeners.add(listener);
    return () => this.#plugListeners.delete(listener);
  }

  /** Watches the contacts: each APDU that reached the chip with its answer, `undefined` when none came. */
  onApdu(listener: (apdu: Uint8Array, answer: Uint8Array | undefined) => void): Unsubscribe {
    this.#apduListeners.add(listener);
    return () => this.#apduListeners.delete(listener);
  }

  /** Resets the chip and gives its ATR; `undefined` when none answers. */
  power(): Uint8Array | undefined {
    const media = this.media();
    if (media.kind !== 'present') return undefined;
    this.#cutPower(new CardGoneError('the chip was reset'));
    this.#card?.reset();
    this.#powered = true;
    this.#powerOns += 1;
    return media.atr;
  }

  powerOff(): void {
    this.#cutPower(new CardGoneError('the chip was powered off'));
  }

  /**
   * One APDU to the powered chip, `apduMs` of the clock later its answer. A chip that says
   * nothing at all (empty answer) keeps the caller waiting, like a hung reader does.
   * Rejects with `CardGoneError`, `LinkLostError` or `signal.reason`.
   */
  transmit(apdu: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (!this.#pluggedIn) return Promise.reject(new LinkLostError('the card reader is not plugged in'));
    const card = this.#card;
    if (!card || !this.#powered) return Promise.reject(new CardGoneError('no powered chip is in the slot'));
    if (this.#pending) return Promise.reject(new Error('A chip takes one APDU at a time.'));
    if (this.faults.strikesThisApdu()) {
      return this.#wait(signal, this.#apduMs / 2, () => {
        this.#sayApdu(apdu, undefined);
        this.remove();
      });
    }
    if (this.#apduMs > 0) {
      return this.#wait(signal, this.#apduMs, (answer) => {
        if (!this.#hung) answer(this.#chipAnswer(card, apdu));
      });
    }
    const answer = this.#hung ? SILENCE : this.#chipAnswer(card, apdu);
    return answer.length > 0 ? Promise.resolve(answer) : this.#wait(signal);
  }

  /** The in-memory form for a `DeviceBus`. A hung reader does not open: it waits for the signal. */
  openCardSlot(signal: AbortSignal): Promise<CardSlot> {
    return MemoryCardSlot.open(this, signal);
  }

  /** An APDU under way: ends by `then`, by the loss of power or by the signal, whichever comes first. */
  #wait(
    signal: AbortSignal | undefined,
    afterMs = 0,
    then?: (answer: (bytes: Uint8Array) => void) => void,
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const pending: Pending = { fail: (error) => end(() => reject(error)) };
      const onAbort = (): void => end(() => reject(signal?.reason));
      let cancelTimer: Unsubscribe | undefined;
      const end = (settle: () => void): void => {
        if (this.#pending !== pending) return;
        this.#pending = undefined;
        cancelTimer?.();
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      this.#pending = pending;
      signal?.addEventListener('abort', onAbort, { once: true });
      if (!then) return;
      const answer = (bytes: Uint8Array): void => {
        if (bytes.length > 0) end(() => resolve(bytes));
      };
      cancelTimer = this.#clock.timer(afterMs, () => then(answer));
    });
  }

  #chipAnswer(card: VirtualCard, apdu: Uint8Array): Uint8Array {
    const answer = card.transmit(apdu);
    this.#sayApdu(apdu, answer.length > 0 ? answer : undefined);
    return answer;
  }

  #sayApdu(apdu: Uint8Array, answer: Uint8Array | undefined): void {
    for (const listener of this.#apduListeners) listener(apdu, answer);
  }

  /** A hung controller does not even say that its chip is gone. */
  #cutPower(why: Error): void {
    this.#powered = false;
    if (!this.#hung) this.#pending?.fail(why);
  }

  #sayMedia(): void {
    if (!this.#pluggedIn || this.#hung) return;
    const media = this.media();
    for (const listener of [...this.#mediaListeners]) listener(media);
  }
}
