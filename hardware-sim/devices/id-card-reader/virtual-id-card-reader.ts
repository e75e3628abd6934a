/**
 * An identity-card reader on the bench: a plate for the card, a security module
 * under it, and a serial cable.
 *
 * It can only be brought into states that hands bring about; what hands cannot do
 * to it stands in `faults`.
 */
import type { ByteLink, Clock, Unsubscribe } from '../../../drivers/ports.ts';
import { SerialPlug } from '../serial-plug.ts';
import { type ModuleFaults, SecurityModule } from './security-module.ts';
import type { VirtualIdCard } from './virtual-id-cards.ts';

export class VirtualIdCardReader {
  readonly plug: SerialPlug;
  readonly #module: SecurityModule;
  readonly #cardListeners = new Set<(card: VirtualIdCard | undefined) => void>();
  #hung = false;

  constructor(options: { readonly clock: Clock }) {
    this.plug = new SerialPlug({
      clock: options.clock,
      hears: (bytes) => {
        if (!this.#hung) this.#module.hear(bytes);
      },
    });
    this.#module = new SecurityModule(options.clock, (bytes) => {
      if (!this.#hung) this.plug.say(bytes);
    });
  }

  // Hands

  /** Puts a card on the plate; another one that lies there is taken away first. */
  present(card: VirtualIdCard): void {
    if (this.#module.card) this.takeAway();
    this.#module.cardIn(card);
    this.#toldCard();
  }

  takeAway(): VirtualIdCard | undefined {
    const { card } = this.#module;
    if (!card) return undefined;
    this.#module.cardOut();
    this.#toldCard();
    return card;
  }

  unplug(): void {
    this.#hung = false;
    this.#module.powerOff();
    this.plug.pull();
  }

  plugIn(): void {
    this.plug.pushIn();
  }

  /** The controller stops in the middle of whatever it says; pulling the cable ends it. */
  hang(): void {
    this.#hung = true;
    this.plug.silence();
  }

  /** A motor starts beside the cable. */
  noise(bytes: Uint8Array): void {
    this.plug.say(bytes);
  }

  // What the workbench and every depth can see and use

  get faults(): ModuleFaults {
    return this.#module.faults;
  }

  get card(): VirtualIdCard | undefined {
    return this.#module.card;
  }

  get pluggedIn(): boolean {
    return this.plug.pluggedIn;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** Modules that find a card again although it never left exist too. */
  findsAgain(again: boolean): void {
    this.#module.findsAgain = again;
  }

  onCardChanged(listener: (card: VirtualIdCard | undefined) => void): Unsubscribe {
    this.#cardListeners.add(listener);
    return () => this.#cardListeners.delete(listener);
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    return this.plug.openByteLink(signal);
  }

  #toldCard(): void {
    for (const listener of [...this.#cardListeners]) listener(this.#module.card);
  }
}
