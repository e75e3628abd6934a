/**
 * A 居民身份证 reader with a SAM_A module on any byte link (serial, TCP, HID adaptor).
 *
 * It promises that every read ends: with a card, or with one word for why not;
 * that the photo reaches only whoever asked for it; and that it keeps nothing.
 */

import { type FramedLinkOptions, openFramedLink } from '../byte-link/framed-link.ts';
import type { CardMedia, CardReaderEvent } from '../card-reader/card-reader.ts';
import { CommandQueue } from '../command-queue.ts';
import { type Completion, completed, type DeviceState, failed, type LastFault } from '../device.ts';
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import { CardField } from './card-field.ts';
import { cardIn } from './chip-message.ts';
import type { IdCard, IdCardReader, IdCardReadFault, IdCardReadOptions } from './id-card-reader.ts';
import { SamDialogue, SamSilenceError } from './sam-dialogue.ts';
import type { SamAnswer } from './sam-frame.ts';
import { moduleNumberOf } from './sam-module-number.ts';
import { type SamReaderProfile, USUAL_SAM_READER } from './sam-reader-profile.ts';
import { faultOfStatus, moduleIsUnfit, SAM_STATUS } from './sam-status.ts';

/** The address may be serial, TCP or HID. */
export interface SamIdCardReaderOptions extends FramedLinkOptions {
  /** The device map's id. */
  readonly id: string;
  readonly clock: Clock;
  readonly profile?: SamReaderProfile;
}

/** Questions without an answer, one after the other, until the link is thrown away. */
const MOST_SILENCES = 2;
/** Between two questions to a module that says it can not work, ms. */
const UNFIT_WATCH_MS = 5_000;

type ReadCompletion = Completion<IdCard, IdCardReadFault>;

export class SamIdCardReader implements IdCardReader {
  readonly id: string;
  readonly deviceClass = 'idCardReader';
  readonly #clock: Clock;
  readonly #profile: SamReaderProfile;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #field: CardField;
  readonly #cardListeners = new Set<(event: CardReaderEvent) => void>();
  readonly #stateListeners = new Set<(state: DeviceState) => void>();
  #sam: SamDialogue | undefined;
  #identity: string | undefined;
  #unfit: LastFault | undefined;
  #readFault: LastFault | undefined;
  #told: DeviceState = 'starting';
  #silences = 0;
  #awakeUntilMs = 0;
  #cancelLook: Unsubscribe | undefined;

  constructor(options: SamIdCardReaderOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#profile = options.profile ?? USUAL_SAM_READER;
    this.#queue = new CommandQueue(options.clock);
    this.#field = new CardField({
      clock: options.clock,
      profile: this.#profile,
      tell: (events) => this.#tell(events),
      unfit: (status) => this.#becomeUnfit(status),
    });
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: (signal) => openFramedLink(options, signal),
      ready: (link, signal) => this.#ready(link, signal),
      lost: () => this.#lost(),
    });
    this.#supervisor.onStateChanged(() => this.#stateChanged());
    this.#supervisor.start();
  }

  get state(): DeviceState {
    const { state } = this.#supervisor;
    return state === 'online' && this.#unfit ? 'hardwareError' : state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault ?? this.#unfit ?? this.#readFault;
  }

  /** SAM 模块号, once the module has told it. */
  get identity(): string | undefined {
    return this.#identity;
  }

  get media(): CardMedia {
    return this.#field.media;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { contactless: true, cardTakenSensor: this.#field.seesRemoval, photo: true, fingerprints: false };
  }

  attend(): void {
    this.#stayAwake();
    if (this.#cancelLook) this.#lookLater();
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onCardEvent(listener: (event: CardReaderEvent) => void): Unsubscribe {
    this.#cardListeners.add(listener);
    return () => this.#cardListeners.delete(listener);
  }

  async readIdCard(options: IdCardReadOptions): Promise<ReadCompletion> {
    const completion = await this.#queue.run<ReadCompletion, IdCardReadFault>(options, (signal) =>
      this.#read(options, signal),
    );
    if (completion.done) this.#readFault = undefined;
    else if (completion.fault === 'timeOut' || completion.fault === 'hardwareError') {
      const { fault, detail } = completion;
      this.#readFault = { fault, detail, atWallMs: this.#clock.wallMs() };
    }
    return completion;
  }

  close(): Promise<void> {
    this.#queue.drop();
    return this.#supervisor.close();
  }

  get #online(): SamDialogue | undefined {
    return this.#supervisor.link && this.#sam;
  }

  async #read(options: IdCardReadOptions, signal: AbortSignal): Promise<ReadCompletion> {
    const sam = this.#online;
    if (!sam) return failed('deviceNotReady', 'the identity card reader is not there');
    if (this.#unfit) return failed('hardwareError', this.#unfit.detail);
    if (this.media === 'invalid') return failed('invalidMedia', 'what lies on the reader is no identity card');
    this.#stayAwake();
    try {
      const answer = await this.#field.read(sam, signal);
      this.#silences = 0;
      if (!answer) return failed('noMedia', 'no card was found');
      return this.#outcome(answer, options);
    } catch (error) {
      if (!(error instanceof SamSilenceError)) throw error;
      if (error.damaged) return failed('hardwareError', error.message);
      // What it may still say belongs to nothing that is asked from now on.
      this.#restart(error.message);
      return failed('timeOut', error.message);
    }
  }

  #outcome(answer: SamAnswer, options: IdCardReadOptions): ReadCompletion {
    if (answer.status !== SAM_STATUS.done) {
      const { fault, detail } = faultOfStatus(answer.status);
      if (moduleIsUnfit(answer.status)) this.#becomeUnfit(answer.status);
      else if (fault === 'noMedia') this.#field.left();
      return failed(fault, detail);
    }
    this.#field.wasRead();
    return cardIn(answer.data, options.photoTo);
  }

  async #ready(link: ByteLink, signal: AbortSignal): Promise<void> {
    const sam = new SamDialogue(link, this.#clock);
    this.#sam = sam;
    const { answerMs } = this.#profile;
    try {
      const { status } = await sam.ask('state', answerMs, signal);
      this.#unfit = status === SAM_STATUS.done ? undefined : this.#faultNow(status);
      this.#identity = await moduleNumberOf(sam, answerMs, signal);
    } catch (error) {
      throw error instanceof SamSilenceError ? new LinkLostError(error.message) : error;
    }
  }

  #lost(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    this.#sam?.end(new LinkLostError('the identity card reader is gone'));
    this.#sam = undefined;
    this.#unfit = undefined;
    this.#silences = 0;
    this.#field.lost();
    this.#queue.drop();
  }

  #lookLater(): void {
    this.#cancelLook?.();
    const { watchMs, idleWatchMs } = this.#profile;
    const calmMs = this.#clock.monotonicMs() < this.#awakeUntilMs ? watchMs : idleWatchMs;
    this.#cancelLook = this.#clock.timer(this.#unfit ? UNFIT_WATCH_MS : calmMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#cancelLook = undefined;
    const ended = await this.#queue.run({ timeoutMs: this.#profile.answerMs * 4 }, async (signal) => {
      const sam = this.#online;
      if (!sam) return completed(undefined);
      try {
        if (this.#unfit) await this.#askState(sam, signal);
        else await this.#field.look(sam, signal);
        this.#silences = 0;
      } catch (error) {
        if (!(error instanceof SamSilenceError)) throw error;
        this.#silences += 1;
        if (this.#silences >= MOST_SILENCES) this.#restart(error.message);
      }
      return completed(undefined);
    });
    if (!this.#online) return;
    if (ended.done) this.#lookLater();
    else this.#restart('the reader did not end an exchange');
  }

  async #askState(sam: SamDialogue, signal: AbortSignal): Promise<void> {
    const { status } = await sam.ask('state', this.#profile.answerMs, signal);
    if (status !== SAM_STATUS.done) return;
    this.#unfit = undefined;
    this.#readFault = undefined;
    this.#stateChanged();
  }

  #becomeUnfit(status: number): void {
    this.#unfit = this.#faultNow(status);
    this.#stateChanged();
  }

  #faultNow(status: number): LastFault {
    return { ...faultOfStatus(status), atWallMs: this.#clock.wallMs() };
  }

  #restart(why: string): void {
    this.#supervisor.restart(why).catch(() => undefined);
  }

  #stateChanged(): void {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    for (const listener of [...this.#stateListeners]) listener(state);
    if (state === 'online' || state === 'hardwareError') {
      this.#stayAwake();
      this.#lookLater();
    }
  }

  #stayAwake(): void {
    this.#awakeUntilMs = this.#clock.monotonicMs() + this.#profile.idleAfterMs;
  }

  #tell(events: readonly CardReaderEvent[]): void {
    if (events.length > 0) this.#stayAwake();
    for (const event of events) for (const listener of [...this.#cardListeners]) listener(event);
  }
}
