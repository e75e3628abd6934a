/**
 * One reader as the PC/SC daemon keeps it: a slot, its handles, who may use it.
 *
 * It promises the rules of sharing of the real daemon: one exclusive handle or
 * many shared ones, a transaction shuts the others out, and a handle whose card
 * was taken out says so until it is disconnected.
 */
import { CardGoneError, LinkLostError } from '../../drivers/ports.ts';
import type { SimCardSlot } from './card-slot.ts';
import { offeredProtocol, PROTOCOL, type ReaderState, SCARD, STATE } from './pcsc-daemon-wire.ts';

export type ShareMode = 'exclusive' | 'shared' | 'direct';
export type Disposition = 'leave' | 'reset' | 'unpower' | 'eject';

/** A program's hold on a reader. `stale`: what happened to the card behind its back. */
interface Hold {
  readonly id: number;
  share: ShareMode;
  stale: typeof SCARD.removedCard | typeof SCARD.resetCard | undefined;
}

interface Connected {
  readonly rv: number;
  readonly handle: number;
  readonly protocol: number;
}

const MOST_EVENTS = 0xffff;
const NOTHING = new Uint8Array(0);

export class PcscDaemonReader {
  readonly #slot: SimCardSlot;
  readonly #changed: () => void;
  readonly #newHandle: () => number;
  readonly #holds = new Map<number, Hold>();
  readonly #waitingForLock: (() => void)[] = [];
  #lock: { readonly handle: number; depth: number } | undefined;
  #events = 0;
  #present: boolean;
  #powered = false;
  #protocol = 0;

  constructor(slot: SimCardSlot, newHandle: () => number, changed: () => void) {
    this.#slot = slot;
    this.#newHandle = newHandle;
    this.#changed = changed;
    this.#present = slot.media().kind !== 'notPresent';
    slot.onMediaChanged((media) => this.#onMedia(media.kind !== 'notPresent'));
    slot.onPluggedChanged((pluggedIn) => this.#onPlugged(pluggedIn));
  }

  get name(): string {
    return this.#slot.readerName;
  }

  get pluggedIn(): boolean {
    return this.#slot.pluggedIn;
  }

  holds(handle: number): boolean {
    return this.#holds.has(handle);
  }

  state(): ReaderState {
    const media = this.#slot.media();
    const held = [...this.#holds.values()];
    return {
      name: this.name,
      events: this.#events,
      state:
        media.kind === 'present'
          ? STATE.present | STATE.powered | STATE.negotiable
          : media.kind === 'mute'
            ? STATE.present | STATE.swallowed
            : STATE.absent,
      sharing: held.some(({ share }) => share === 'exclusive') ? -1 : held.length,
      atr: media.kind === 'present' ? media.atr : NOTHING,
      protocol: this.#protocol,
    };
  }

  async connect(share: ShareMode, preferred: number): Promise<Connected> {
    await this.#alive();
    while (this.#lock && !this.#exclusivelyHeld()) await new Promise<void>((go) => this.#waitingForLock.push(go));
    const rv = this.#mayConnect(share, preferred);
    if (rv !== SCARD.success) return { rv, handle: 0, protocol: 0 };
    const id = this.#newHandle();
    this.#holds.set(id, { id, share, stale: undefined });
    if (share === 'exclusive') this.#lock = { handle: id, depth: 1 };
    this.#changed();
    return { rv, handle: id, protocol: this.#protocol };
  }

  reconnect(handle: number, share: ShareMode, preferred: number, how: Disposition): Connected {
    const hold = this.#holds.get(handle);
    if (!hold) return { rv: SCARD.readerUnavailable, handle, protocol: 0 };
    if (this.#lockedBySomeoneElse(handle)) return { rv: SCARD.sharingViolation, handle, protocol: 0 };
    if (how !== 'leave') this.#resetCard(how, handle);
    hold.stale = undefined;
    this.#holds.delete(handle);
    const rv = this.#mayConnect(share, preferred);
    this.#holds.set(handle, hold);
    if (rv !== SCARD.success) return { rv, handle, protocol: 0 };
    hold.share = share;
    if (share === 'exclusive') this.#lock = { handle, depth: 1 };
    this.#changed();
    return { rv, handle, protocol: this.#protocol };
  }

  async disconnect(handle: number, how: Disposition): Promise<number> {
    if (!this.#holds.has(handle)) return SCARD.success;
    while (how !== 'leave' && this.#lockedBySomeoneElse(handle)) {
      await new Promise<void>((go) => this.#waitingForLock.push(go));
    }
    if (how !== 'leave') this.#resetCard(how, handle);
    this.#holds.delete(handle);
    if (this.#lock?.handle === handle) this.#unlock();
    this.#changed();
    return SCARD.success;
  }

  /** The program behind a handle is gone; what it left in the card must not be found by the next one. */
  abandon(handle: number): void {
    if (!this.#holds.delete(handle)) return;
    if (this.#lock?.handle === handle) {
      this.#resetCard('reset', handle);
      this.#unlock();
    }
    this.#changed();
  }

  begin(handle: number): number {
    const rv = this.status(handle);
    if (rv !== SCARD.success) return rv;
    if (this.#lock) this.#lock.depth += 1;
    else this.#lock = { handle, depth: 1 };
    return SCARD.success;
  }

  end(handle: number, how: Disposition): number {
    const hold = this.#holds.get(handle);
    if (!hold) return SCARD.readerUnavailable;
    if (this.#lockedBySomeoneElse(handle)) return SCARD.sharingViolation;
    const floor = hold.share === 'exclusive' ? 1 : 0;
    if (!this.#lock || this.#lock.depth <= floor) return SCARD.notTransacted;
    if (how !== 'leave') this.#resetCard(how, handle);
    this.#lock.depth -= 1;
    if (this.#lock.depth === 0) this.#unlock();
    return SCARD.success;
  }

  status(handle: number): number {
    const hold = this.#holds.get(handle);
    if (!hold) return SCARD.readerUnavailable;
    if (this.#lockedBySomeoneElse(handle)) return SCARD.sharingViolation;
    return hold.stale ?? SCARD.success;
  }

  async transmit(handle: number, protocol: number, apdu: Uint8Array): Promise<{ rv: number; answer: Uint8Array }> {
    const rv = this.status(handle);
    if (rv !== SCARD.success) return { rv, answer: NOTHING };
    if (!this.#present) return { rv: SCARD.noSmartcard, answer: NOTHING };
    if (protocol !== PROTOCOL.raw && protocol !== this.#protocol) {
      return { rv: SCARD.protocolMismatch, answer: NOTHING };
    }
    try {
      return { rv: SCARD.success, answer: await this.#slot.transmit(apdu) };
    } catch (error) {
      if (error instanceof CardGoneError) return { rv: SCARD.notTransacted, answer: NOTHING };
      if (error instanceof LinkLostError) return { rv: SCARD.readerUnavailable, answer: NOTHING };
      throw error;
    }
  }

  #mayConnect(share: ShareMode, preferred: number): number {
    if (!this.pluggedIn) return SCARD.readerUnavailable;
    if (this.#exclusivelyHeld()) return SCARD.sharingViolation;
    if (share === 'exclusive' && this.#holds.size > 0) return SCARD.sharingViolation;
    if (share === 'direct') return SCARD.success;
    if (!this.#present) return SCARD.noSmartcard;
    const media = this.#slot.media();
    if (!this.#powered) this.#powered = this.#slot.power() !== undefined;
    if (!this.#powered || media.kind !== 'present') return SCARD.unpoweredCard;
    const offered = offeredProtocol(media.atr);
    const protocol = preferred & PROTOCOL.raw ? PROTOCOL.raw : this.#protocol || preferred & offered;
    if (!(preferred & protocol)) return SCARD.protocolMismatch;
    this.#protocol = protocol;
    return SCARD.success;
  }

  #resetCard(how: Exclude<Disposition, 'leave'>, by: number): void {
    for (const hold of this.#holds.values()) if (hold.id !== by) hold.stale ??= SCARD.resetCard;
    this.#protocol = 0;
    if (how === 'reset') this.#powered = this.#slot.power() !== undefined;
    else {
      this.#slot.powerOff();
      this.#powered = false;
    }
    if (how === 'eject') this.#slot.eject();
  }

  #onMedia(present: boolean): void {
    this.#present = present;
    this.#powered = false;
    this.#protocol = 0;
    this.#events = this.#events === MOST_EVENTS ? 0 : this.#events + 1;
    if (!present) for (const hold of this.#holds.values()) hold.stale = SCARD.removedCard;
    this.#changed();
  }

  #onPlugged(pluggedIn: boolean): void {
    this.#holds.clear();
    this.#unlock();
    this.#events = 0;
    this.#powered = false;
    this.#protocol = 0;
    this.#present = pluggedIn && this.#slot.media().kind !== 'notPresent';
    this.#changed();
  }

  #exclusivelyHeld(): boolean {
    return [...this.#holds.values()].some(({ share }) => share === 'exclusive');
  }

  #lockedBySomeoneElse(handle: number): boolean {
    return this.#lock !== undefined && this.#lock.handle !== handle;
  }

  #unlock(): void {
    this.#lock = undefined;
    for (const go of this.#waitingForLock.splice(0)) go();
  }

  /** A hung reader answers nothing until its cable is pulled. */
  #alive(): Promise<void> {
    if (!this.#slot.hung) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.#slot.onPluggedChanged(() => {
        stop();
        resolve();
      });
    });
  }
}
