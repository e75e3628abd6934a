/**
 * A PIN pad of the ZT588/ZT598 family on any byte link (serial, TCP, HID adaptor).
 *
 * It promises that a PIN leaves the pad only under the pad's key or to the card
 * in the pad's own slot, that every entry ends with a word, and that the pad's
 * keys are off when no entry runs.
 */
import { openFramedLink } from '../byte-link/framed-link.ts';
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { Supervisor } from '../supervisor.ts';
import {
  accountPartOf,
  CONTROL,
  flawOfLimits,
  type PadError,
  type PadInformation,
  presentPin,
  startPin,
  textToShow,
} from './pad-commands.ts';
import { PadDialogue, PadSilenceError } from './pad-dialogue.ts';
import { askPad, setUpPad, type ZtPinPadOptions } from './pad-opening.ts';
import { type EntryFault, PinConversation } from './pin-conversation.ts';
import { loadPinKey } from './pin-key-loading.ts';
import type {
  LoadPinKeyOptions,
  PinBlockEntry,
  PinBlockOptions,
  PinPad,
  PinPadEvent,
  PinPadFault,
  PinPadKeys,
  PresentedPin,
  PresentToCardOptions,
} from './pin-pad.ts';
import { capabilitiesOf, type PinPadProfile, ZT588_LIKE } from './pin-pad-profile.ts';

const MOST_SILENCES = 2;

type Done<Value> = Completion<Value, PinPadFault>;

export class ZtPinPad implements PinPad {
  readonly id: string;
  readonly deviceClass = 'pinPad';
  readonly #clock: Clock;
  readonly #profile: PinPadProfile;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<ByteLink>;
  readonly #listeners = new Set<(event: PinPadEvent) => void>();
  #pad: PadDialogue | undefined;
  #identity: string | undefined;
  #keys: PinPadKeys = 'unknown';
  #fault: LastFault | undefined;
  #silences = 0;
  #cancelWatch: Unsubscribe | undefined;

  constructor(options: ZtPinPadOptions) {
    this.id = options.id;
    this.#clock = options.clock;
    this.#profile = options.profile ?? ZT588_LIKE;
    this.#queue = new CommandQueue(options.clock);
    this.#supervisor = new Supervisor<ByteLink>({
      clock: options.clock,
      open: (signal) => openFramedLink(options, signal),
      ready: (link, signal) => this.#ready(link, signal),
      lost: () => this.#lost(),
    });
    this.#supervisor.onStateChanged((state) => {
      if (state === 'online') this.#watchLater();
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault ?? this.#fault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get keys(): PinPadKeys {
    return this.#keys;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return capabilitiesOf(this.#profile);
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onPinPadEvent(listener: (event: PinPadEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  enterPinBlock(options: PinBlockOptions): Promise<Done<PinBlockEntry>> {
    const wrong = flawOfLimits(options);
    if (wrong) return Promise.resolve(failed('invalidData', wrong));
    const account = options.format === 'iso1' ? '' : accountPartOf(options.account?.reveal() ?? '');
    if (account === undefined) return Promise.resolve(failed('invalidData', 'this format binds to 13–19 digits'));
    return this.#run(options, (pad, signal) =>
      this.#conversation(pad).block(options, startPin(options, account), signal),
    );
  }

  presentPinToCard(options: PresentToCardOptions): Promise<Done<PresentedPin>> {
    const { presentCommand } = this.#profile;
    const wrong = flawOfLimits(options);
    if (presentCommand === undefined) return Promise.resolve(failed('unsupportedCommand', 'this pad has no card slot'));
    if (wrong) return Promise.resolve(failed('invalidData', wrong));
    const start = startPin({ format: 'iso1', keySet: 0, maxDigits: options.maxDigits }, '');
    const present = presentPin(presentCommand, options.select);
    return this.#run(options, (pad, signal) => this.#conversation(pad).present(options, start, present, signal));
  }

  loadPinKey(options: LoadPinKeyOptions): Promise<Done<void>> {
    return this.#run(options, async (pad, signal) => {
      const loaded = await loadPinKey(pad, options, this.#profile.answerMs, signal);
      if (loaded.done && this.#keys === 'pinKeyMissing') this.#keys = 'loaded';
      return loaded;
    });
  }

  beep(options: CommandOptions): Promise<Done<void>> {
    return this.#run(options, (pad, signal) => this.#set(pad, CONTROL.beep, signal));
  }

  /** Asks the pad now, as it is asked every `watchMs`: who it is, and whether it holds its master key. */
  look(options: CommandOptions): Promise<Done<void>> {
    return this.#run(options, async (pad, signal) => {
      this.#learned(await askPad(pad, this.#profile, signal));
      return completed(undefined);
    });
  }

  showText(text: string, options: CommandOptions): Promise<Done<void>> {
    const { displayCommand } = this.#profile;
    if (displayCommand === undefined) return Promise.resolve(failed('unsupportedCommand', 'this pad has no display'));
    return this.#run(options, (pad, signal) => this.#set(pad, textToShow(displayCommand, text), signal));
  }

  close(): Promise<void> {
    this.#queue.drop();
    return this.#supervisor.close();
  }

  /** One command in its turn; a pad that does not answer is thrown away and opened anew. */
  async #run<Value>(
    options: CommandOptions,
    command: (pad: PadDialogue, signal: AbortSignal) => Promise<Done<Value>>,
  ): Promise<Done<Value>> {
    const completion = await this.#queue.run<Done<Value>, PinPadFault>(options, async (signal) => {
      const pad = this.#supervisor.link && this.#pad;
      if (!pad) return failed('deviceNotReady', 'the PIN pad is not there');
      try {
        return await command(pad, signal);
      } catch (error) {
        if (!(error instanceof PadSilenceError)) throw error;
        this.#restart(error.message);
        return failed('timeOut', error.message);
      }
    });
    if (completion.done) this.#fault = undefined;
    else this.#note(completion.fault, completion.detail);
    return completion;
  }

  #conversation(pad: PadDialogue): PinConversation {
    const tell = (event: PinPadEvent): void => {
      for (const listener of [...this.#listeners]) listener(event);
    };
    const inputStaysOn = (why: string): void => this.#restart(why);
    return new PinConversation({ pad, profile: this.#profile, clock: this.#clock, tell, inputStaysOn });
  }

  async #set(pad: PadDialogue, body: string, signal: AbortSignal): Promise<Done<void>> {
    const error = await pad.set(body, this.#profile.answerMs, signal);
    return error ? failed(error.fault, error.detail) : completed(undefined);
  }

  #note(fault: EntryFault, detail: string): void {
    if (fault === 'keyNoValue') this.#keys = 'masterKeyMissing';
    if (fault === 'keyNotFound') this.#keys = 'pinKeyMissing';
    this.#fault = { fault, detail, atWallMs: this.#clock.wallMs() };
  }

  async #ready(link: ByteLink, signal: AbortSignal): Promise<void> {
    const pad = new PadDialogue(link, this.#clock);
    this.#pad = pad;
    try {
      this.#learned(await setUpPad(pad, this.#profile, signal));
    } catch (error) {
      throw error instanceof PadSilenceError ? new LinkLostError(error.message) : error;
    }
  }

  #learned(information: PadInformation | PadError): void {
    if ('fault' in information) {
      this.#note(information.fault, information.detail);
      return;
    }
    this.#identity = information.identity;
    if (information.blank) this.#keys = 'masterKeyMissing';
    else if (this.#keys !== 'pinKeyMissing') this.#keys = 'loaded';
  }

  #lost(): void {
    this.#cancelWatch?.();
    this.#pad?.end(new LinkLostError('the PIN pad is gone'));
    this.#pad = undefined;
    this.#keys = 'unknown';
    this.#silences = 0;
    this.#queue.drop();
  }

  #watchLater(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = this.#clock.timer(this.#profile.watchMs, () => void this.#watch());
  }

  async #watch(): Promise<void> {
    // An entry may hold the pad for minutes: this waits behind it.
    await this.#queue.run({ timeoutMs: 600_000 }, async (signal) => {
      const pad = this.#supervisor.link && this.#pad;
      if (!pad) return completed(undefined);
      try {
        this.#learned(await askPad(pad, this.#profile, signal));
        this.#silences = 0;
      } catch (error) {
        if (!(error instanceof PadSilenceError)) throw error;
        this.#silences += 1;
        if (this.#silences >= MOST_SILENCES) this.#restart(error.message);
      }
      return completed(undefined);
    });
    if (this.#supervisor.link) this.#watchLater();
  }

  #restart(why: string): void {
    this.#supervisor.restart(why).catch(() => undefined);
  }
}
