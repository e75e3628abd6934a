/**
 * The in-memory depth of a card slot: what the device bus of virtual time hands out.
 *
 * It adds nothing to the physical slot but the port's manners: lost once, said
 * once; a connection never outlives the power it was made with.
 */
import {
  type CardConnection,
  CardGoneError,
  type CardSlot,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../../drivers/ports.ts';
import type { SimCardSlot } from './card-slot.ts';

export class MemoryCardSlot implements CardSlot {
  readonly readerName: string;
  readonly #slot: SimCardSlot;
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  readonly #unsubscribes: Unsubscribe[] = [];
  #disconnect: () => Promise<void> = async () => undefined;
  #lost: LinkLostError | undefined;
  #open = true;

  private constructor(slot: SimCardSlot) {
    this.#slot = slot;
    this.readerName = slot.readerName;
    const onPlug = (pluggedIn: boolean): void => {
      if (pluggedIn) return;
      const lost = new LinkLostError('the card reader was unplugged');
      this.#lost = lost;
      this.#end();
      const listeners = [...this.#lostListeners];
      this.#lostListeners.clear();
      for (const listener of listeners) listener(lost);
    };
    this.#unsubscribes.push(slot.onPluggedChanged(onPlug));
  }

  static async open(slot: SimCardSlot, signal: AbortSignal): Promise<CardSlot> {
    signal.throwIfAborted();
    if (!slot.pluggedIn) throw new LinkLostError('no card reader is plugged in');
    if (slot.hung) await neverUnlessLost(slot, signal);
    return new MemoryCardSlot(slot);
  }

  media(): SlotMedia {
    return this.#slot.media();
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    if (!this.#open) return () => undefined;
    const unsubscribe = this.#slot.onMediaChanged(listener);
    this.#unsubscribes.push(unsubscribe);
    return unsubscribe;
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const lost = this.#lost;
    if (lost) queueMicrotask(() => listener(lost));
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  async connect(signal: AbortSignal): Promise<CardConnection> {
    signal.throwIfAborted();
    this.#mustBeOpen();
    if (this.#slot.hung) await neverUnlessLost(this.#slot, signal);
    const atr = this.#slot.power();
    if (!atr) throw new CardGoneError('no answering chip is in the slot');
    const connection = this.#connection(atr, this.#slot.powerOns);
    this.#disconnect = connection.disconnect;
    return connection;
  }

  async close(): Promise<void> {
    this.#end();
    this.#lostListeners.clear();
    await this.#disconnect();
  }

  #connection(atr: Uint8Array, powerOn: number): CardConnection {
    let connected = true;
    const slot = this.#slot;
    return {
      atr,
      transmit: async (apdu, signal) => {
        this.#mustBeOpen();
        if (!connected || slot.powerOns !== powerOn) throw new CardGoneError('this connection has ended');
        return await slot.transmit(apdu, signal);
      },
      disconnect: (how) => {
        const own = connected && slot.powerOns === powerOn;
        if (own) slot.powerOff();
        if (own && how === 'eject') slot.eject();
        connected = false;
        return Promise.resolve();
      },
    };
  }

  #mustBeOpen(): void {
    if (!this.#open) throw new LinkLostError('the card slot was closed or lost');
  }

  #end(): void {
    this.#open = false;
    for (const unsubscribe of this.#unsubscribes.splice(0)) unsubscribe();
  }
}

/** What asking a hung reader feels like: nothing, until the caller gives up or the cable is pulled. */
function neverUnlessLost(slot: SimCardSlot, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (reason: unknown): void => {
      signal.removeEventListener('abort', onAbort);
      unsubscribe();
      reject(reason);
    };
    const onAbort = (): void => end(signal.reason);
    const unsubscribe = slot.onPluggedChanged(() => end(new LinkLostError('the card reader was unplugged')));
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
