/**
 * A chip-card reader on any slot that the device bus can open.
 *
 * It promises that every read ends: with a card, or with one word for why not;
 * and that the chip is let go whatever happened. It keeps nothing it read.
 */
import { CommandQueue } from '../command-queue.ts';
import { type CommandOptions, type Completion, type DeviceState, failed, type LastFault } from '../device.ts';
import { restFor } from '../pause.ts';
import type { Clock, DeviceBus, Unsubscribe } from '../ports.ts';
import { storageCardIn } from './atr.ts';
import type { CardAuthentication } from './card-authentication.ts';
import type {
  CardMedia,
  CardReader,
  CardReaderEvent,
  CardReadFault,
  EjectFault,
  SocialSecurityCard,
} from './card-reader.ts';
import { readSocialSecurityCard } from './social-security-card.ts';
import { SupervisedSlot } from './supervised-slot.ts';

export interface ChipCardReaderOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address of the slot, e.g. `pcsc:Yizhan Virtual*`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** The plug-in step for version 3 cards; without it they end as `securityFail`. */
  readonly authentication?: CardAuthentication;
  /** The reader moves cards by a motor. */
  readonly motor?: boolean;
}

/** A motor needs a second; so long the slot is waited for, ms. */
const PUSHED_OUT_MS = 3_000;

type EjectCompletion = Completion<void, EjectFault>;
type ReadCompletion = Completion<SocialSecurityCard, CardReadFault>;

export class ChipCardReader implements CardReader {
  readonly id: string;
  readonly deviceClass = 'cardReader';
  readonly #clock: Clock;
  readonly #authentication: CardAuthentication | undefined;
  readonly #queue: CommandQueue;
  readonly #slot: SupervisedSlot;
  readonly #motor: boolean;
  #readFault: LastFault | undefined;

  constructor(options: ChipCardReaderOptions) {
    const { id, address, bus, clock } = options;
    this.id = id;
    this.#clock = clock;
    this.#authentication = options.authentication;
    this.#motor = options.motor ?? false;
    this.#queue = new CommandQueue(clock);
    this.#slot = new SupervisedSlot({ address, bus, clock, lost: () => this.#queue.drop() });
  }

  get state(): DeviceState {
    return this.#slot.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#slot.lastFault ?? this.#readFault;
  }

  get identity(): string | undefined {
    return this.#slot.readerName;
  }

  get media(): CardMedia {
    return this.#slot.media;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return {
      chip: true,
      cardTakenSensor: true,
      retains: false,
      ejects: this.#motor,
      authenticatesVersion3: this.#authentication !== undefined,
    };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#slot.onStateChanged(listener);
  }

  onCardEvent(listener: (event: CardReaderEvent) => void): Unsubscribe {
    return this.#slot.onMediaEvent(listener);
  }

  async readSocialSecurityCard(options: CommandOptions): Promise<ReadCompletion> {
    const completion = await this.#queue.run<ReadCompletion, CardReadFault>(options, (signal) => this.#read(signal));
    this.#noteFault(completion);
    return completion;
  }

  async ejectMedia(options: CommandOptions): Promise<EjectCompletion> {
    if (!this.#motor) return failed('unsupportedCommand', 'this reader moves no cards');
    return this.#queue.run<EjectCompletion, EjectFault>(options, (signal) => this.#eject(signal));
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.#slot.close();
  }

  async #read(signal: AbortSignal): Promise<ReadCompletion> {
    if (this.state !== 'online') return failed('deviceNotReady', 'the card reader is not there');
    if (this.media === 'notPresent') return failed('noMedia', 'no card is in the slot');
    if (this.media === 'invalid') return failed('invalidMedia', 'what is in the slot does not answer');
    // Nothing that such a card answers could be a social-security card, so nobody waits for it.
    const storage = storageCardIn(this.#slot.atr);
    if (storage) return failed('protocolNotSupported', `${storage}: a storage card without a processor`);
    const connection = await this.#slot.connect(signal);
    if (!connection) return failed('deviceNotReady', 'the card reader is not there');
    try {
      return await readSocialSecurityCard(connection, { signal, authentication: this.#authentication });
    } finally {
      await this.#slot.letGo(connection);
    }
  }

  async #eject(signal: AbortSignal): Promise<EjectCompletion> {
    if (this.state !== 'online') return failed('deviceNotReady', 'the card reader is not there');
    if (this.media === 'notPresent') return failed('noMedia', 'no card is in the slot');
    if (this.media === 'invalid') return failed('invalidMedia', 'what is in the slot does not answer');
    const connection = await this.#slot.connect(signal);
    if (!connection) return failed('deviceNotReady', 'the card reader is not there');
    await this.#slot.letGo(connection, 'eject');
    if (!(await this.#isEmptyWithin(PUSHED_OUT_MS, signal)))
      return failed('mediaJammed', 'the card is still in the slot');
    return { done: true, value: undefined };
  }

  #isEmptyWithin(ms: number, signal: AbortSignal): Promise<boolean> {
    const empty = new AbortController();
    const look = (): void => {
      if (this.media === 'notPresent') empty.abort();
    };
    const stop = this.#slot.onMediaEvent(look);
    look();
    return restFor(this.#clock, ms, [empty.signal, signal]).then(() => {
      stop();
      return empty.signal.aborted;
    });
  }

  /** Cards go wrong every day; a read that never ended is the reader's own fault until one ends well. */
  #noteFault(completion: ReadCompletion): void {
    if (completion.done) this.#readFault = undefined;
    else if (completion.fault === 'timeOut' || completion.fault === 'hardwareError') {
      this.#readFault = { fault: completion.fault, detail: completion.detail, atWallMs: this.#clock.wallMs() };
    }
  }
}
