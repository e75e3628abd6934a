/**
 * One card slot under supervision: opened again after every loss, its media told as a story.
 *
 * What any driver of a chip in a slot needs, whoever's card it is. One promise:
 * a chip that was powered is let go, and a slot that does not let go is opened anew.
 */
import type { DeviceState, LastFault } from '../device.ts';
import type { CardConnection, CardSlot, Clock, DeviceBus, SlotMedia, Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { abortable } from './abortable.ts';
import type { CardMedia, CardReaderEvent } from './card-reader.ts';
import { MediaStory } from './media-story.ts';

export interface SupervisedSlotOptions {
  /** The device map's address of the slot, e.g. `pcsc:Yizhan Virtual*`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** The slot is gone: what was accepted before must not run after. */
  readonly lost: () => void;
}

/** A reader that does not let go of a chip within this time hangs, ms. */
const LETTING_GO_MS = 1_000;
const NO_ATR = new Uint8Array(0);

export class SupervisedSlot {
  readonly #clock: Clock;
  readonly #lostFirst: () => void;
  readonly #supervisor: Supervisor<CardSlot>;
  readonly #story = new MediaStory();
  readonly #mediaListeners = new Set<(event: CardReaderEvent) => void>();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  #stopWatching: Unsubscribe | undefined;
  #readerName: string | undefined;

  constructor(options: SupervisedSlotOptions) {
    this.#clock = options.clock;
    this.#lostFirst = options.lost;
    this.#supervisor = new Supervisor<CardSlot>({
      clock: options.clock,
      open: (signal) => openSlot(options, signal),
      ready: (slot) => this.#ready(slot),
      lost: () => this.#lost(),
    });
    this.#supervisor.onStateChanged((state) => this.#stateChanged(state));
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  /** As the bus knows it; `undefined` until it was opened once. */
  get readerName(): string | undefined {
    return this.#readerName;
  }

  get media(): CardMedia {
    return this.#story.media;
  }

  /** Of the chip that lies in the slot; empty when none answers. */
  get atr(): Uint8Array {
    const media = this.#supervisor.link?.media();
    return media?.kind === 'present' ? media.atr : NO_ATR;
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onMediaEvent(listener: (event: CardReaderEvent) => void): Unsubscribe {
    this.#mediaListeners.add(listener);
    return () => this.#mediaListeners.delete(listener);
  }

  /** Powers the chip; `undefined` when the reader is not there. Rejects as the port says. */
  async connect(signal: AbortSignal): Promise<CardConnection | undefined> {
    const slot = this.#supervisor.link;
    if (!slot) return undefined;
    const connecting = slot.connect(signal);
    try {
      return await abortable(connecting, signal);
    } catch (error) {
      // A connection that comes after its caller has gone is let go at once.
      connecting.then((late) => late.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  /** Whatever letting go says, the command has its own result; only a reader that never answers is opened anew. */
  async letGo(connection: CardConnection, pushing?: 'eject'): Promise<void> {
    let cancelTimer: Unsubscribe = () => undefined;
    const tooLong = new Promise<'hangs'>((resolve) => {
      cancelTimer = this.#clock.timer(LETTING_GO_MS, () => resolve('hangs'));
    });
    const gone = connection.disconnect(pushing).then(
      () => 'gone' as const,
      () => 'gone' as const,
    );
    const how = await Promise.race([gone, tooLong]);
    cancelTimer();
    if (how === 'hangs') {
      this.#supervisor.restart('the card reader does not let go of the chip').catch(() => undefined);
    }
  }

  close(): Promise<void> {
    return this.#supervisor.close();
  }

  #ready(slot: CardSlot): Promise<void> {
    this.#readerName = slot.readerName;
    this.#stopWatching = slot.onMediaChanged((media) => this.#sees(media));
    return Promise.resolve();
  }

  #lost(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#story.lost();
    this.#lostFirst();
  }

  /** Who is told `online` may read at once, so what lies in the slot is told after that. */
  #stateChanged(state: DeviceState): void {
    for (const listener of [...this.#stateListeners]) listener(state);
    const slot = this.#supervisor.link;
    if (state === 'online' && slot) this.#sees(slot.media());
  }

  #sees(media: SlotMedia): void {
    if (this.state !== 'online') return;
    for (const event of this.#story.sees(media)) {
      for (const listener of [...this.#mediaListeners]) listener(event);
    }
  }
}

async function openSlot(options: SupervisedSlotOptions, signal: AbortSignal): Promise<Opened<CardSlot>> {
  const slot = await options.bus.openCardSlot(options.address, signal);
  return { link: slot, onLost: (listener) => slot.onLost(listener), close: () => slot.close() };
}
