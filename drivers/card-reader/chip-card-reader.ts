/**
 * A chip-card reader on any slot that the device bus can open.
 *
 * It promises that every read ends: with a card, or with one word for why not;
 * and that the chip is let go whatever happened. It keeps nothing it read.
 */
import { CommandQueue } from '../command-queue.ts';
import { type CommandOptions, type Completion, type DeviceState, failed, type LastFault } from '../device.ts';
import type { CardConnection, CardSlot, Clock, DeviceBus, SlotMedia, Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import { abortable } from './abortable.ts';
import type { CardAuthentication } from './card-authentication.ts';
import type { CardMedia, CardReader, CardReaderEvent, CardReadFault, SocialSecurityCard } from './card-reader.ts';
import { MediaStory } from './media-story.ts';
import { readSocialSecurityCard } from './social-security-card.ts';

export interface ChipCardReaderOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address of the slot, e.g. `pcsc:Yizhan Virtual*`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** The plug-in step for version 3 cards; without it they end as `securityFail`. */
  readonly authentication?: CardAuthentication;
}

/** A reader that does not let go of a chip within this time hangs, ms. */
const LETTING_GO_MS = 1_000;

type ReadCompletion = Completion<SocialSecurityCard, CardReadFault>;

export class ChipCardReader implements CardReader {
  readonly id: string;
  readonly deviceClass = 'cardReader';
  readonly #clock: Clock;
  readonly #authentication: CardAuthentication | undefined;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<CardSlot>;
  readonly #story = new MediaStory();
  readonly #cardListeners = new Set<(event: CardReaderEvent) => void>();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  #stopWatching: Unsubscribe | undefined;
  #identity: string | undefined;
  #readFault: LastFault | undefined;

  constructor(options: ChipCardReaderOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#authentication = options.authentication;
    this.#queue = new CommandQueue(options.clock);
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
    return this.#supervisor.lastFault ?? this.#readFault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get media(): CardMedia {
    return this.#story.media;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return {
      chip: true,
      cardTakenSensor: true,
      retains: false,
      authenticatesVersion3: this.#authentication !== undefined,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onCardEvent(listener: (event: CardReaderEvent) => void): Unsubscribe {
    this.#cardListeners.add(listener);
    return () => this.#cardListeners.delete(listener);
  }

  async readSocialSecurityCard(options: CommandOptions): Promise<ReadCompletion> {
    const completion = await this.#queue.run<ReadCompletion, CardReadFault>(options, (signal) => this.#read(signal));
    this.#noteFault(completion);
    return completion;
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.#supervisor.close();
  }

  async #read(signal: AbortSignal): Promise<ReadCompletion> {
    const slot = this.#supervisor.link;
    if (!slot) return failed('deviceNotReady', 'the card reader is not there');
    if (this.media === 'notPresent') return failed('noMedia', 'no card is in the slot');
    if (this.media === 'invalid') return failed('invalidMedia', 'what is in the slot does not answer');
    const connection = await connect(slot, signal);
    try {
      return await readSocialSecurityCard(connection, { signal, authentication: this.#authentication });
    } finally {
      await this.#letGo(connection);
    }
  }

  /** Whatever letting go says, the read has its own result; only a reader that never answers is opened anew. */
  async #letGo(connection: CardConnection): Promise<void> {
    let cancelTimer: Unsubscribe = () => undefined;
    const tooLong = new Promise<'hangs'>((resolve) => {
      cancelTimer = this.#clock.timer(LETTING_GO_MS, () => resolve('hangs'));
    });
    const gone = connection.disconnect().then(
      () => 'gone' as const,
      () => 'gone' as const,
    );
    const how = await Promise.race([gone, tooLong]);
    cancelTimer();
    if (how === 'hangs') {
      this.#supervisor.restart('the card reader does not let go of the chip').catch(() => undefined);
    }
  }

  #ready(slot: CardSlot): Promise<void> {
    this.#identity = slot.readerName;
    this.#stopWatching = slot.onMediaChanged((media) => this.#sees(media));
    return Promise.resolve();
  }

  #lost(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#story.lost();
    this.#queue.drop();
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
      for (const listener of [...this.#cardListeners]) listener(event);
    }
  }

  /** Cards go wrong every day; a read that never ended is the reader's own fault until one ends well. */
  #noteFault(completion: ReadCompletion): void {
    if (completion.done) this.#readFault = undefined;
    else if (completion.fault === 'timeOut' || completion.fault === 'hardwareError') {
      this.#readFault = { fault: completion.fault, detail: completion.detail, atWallMs: this.#clock.wallMs() };
    }
  }
}

async function openSlot(options: ChipCardReaderOptions, signal: AbortSignal): Promise<Opened<CardSlot>> {
  const slot = await options.bus.openCardSlot(options.address, signal);
  return { link: slot, onLost: (listener) => slot.onLost(listener), close: () => slot.close() };
}

/** A connection that comes after its caller has gone is let go at once. */
async function connect(slot: CardSlot, signal: AbortSignal): Promise<CardConnection> {
  const connecting = slot.connect(signal);
  try {
    return await abortable(connecting, signal);
  } catch (error) {
    connecting.then((late) => late.disconnect()).catch(() => undefined);
    throw error;
  }
}
