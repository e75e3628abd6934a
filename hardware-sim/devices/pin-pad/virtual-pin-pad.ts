/**
 * A PIN pad on the bench: keys under a finger, a sealed vault, a serial cable, and
 * on some a display and a card slot.
 *
 * The finger's digits go into the vault and nowhere else. What hands cannot do to
 * it stands in `faults`.
 */
import type { ByteLink, Clock, RandomSource, Unsubscribe } from '../../../drivers/ports.ts';
import { SerialPlug } from '../serial-plug.ts';
import type { VirtualCard } from '../virtual-card.ts';
import { EntryKeys, EntrySettings, type PadKey } from './entry-keys.ts';
import { PadBoard } from './pad-board.ts';
import { PadLine } from './pad-line.ts';
import { PinVault } from './pin-vault.ts';

/** What hands cannot bring about. */
export class PinPadFaults {
  /** So many of the next answers carry a wrong check. */
  wrongChecksums = 0;
  /** The next answers are these errors (E0–EF) instead. */
  errors: number[] = [];
}

export interface VirtualPinPadOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Enter with too few digits: sent to the host (the default), or only beeped at. */
  readonly shortEnter?: 'sent' | 'beeped';
}

const ANSWER_MS = 10;

export class VirtualPinPad {
  readonly plug: SerialPlug;
  readonly faults = new PinPadFaults();
  /** The card in the pad's own slot, when it has one. */
  card: VirtualCard | undefined;
  readonly #clock: Clock;
  readonly #vault: PinVault;
  readonly #keys: EntryKeys;
  readonly #board: PadBoard;
  readonly #line: PadLine;
  readonly #changed = new Set<() => void>();
  #hung = false;
  #beeps = 0;
  #power = 0;

  constructor(options: VirtualPinPadOptions) {
    this.#clock = options.clock;
    this.#vault = new PinVault(options.random);
    const settings = new EntrySettings();
    const beep = (): void => {
      this.#beeps += 1;
    };
    this.plug = new SerialPlug({
      clock: options.clock,
      hears: (bytes) => {
        if (!this.#hung) this.#line.hear(bytes);
      },
    });
    this.#line = new PadLine(
      (body) => this.#later(() => this.#obey(body)),
      (bytes) => {
        if (!this.#hung) this.plug.say(bytes);
      },
    );
    this.#keys = new EntryKeys({
      clock: options.clock,
      vault: this.#vault,
      settings,
      send: (code) => this.#line.key(code),
      beep,
      shortEnter: options.shortEnter ?? 'sent',
    });
    this.#board = new PadBoard({ vault: this.#vault, keys: this.#keys, settings, beep, card: () => this.card });
  }

  // Hands

  press(key: PadKey): void {
    if (this.#hung || !this.plug.pluggedIn) return;
    this.#keys.press(key);
    for (const listener of [...this.#changed]) listener();
  }

  /** One key after the other. */
  typePin(digits: string): void {
    for (const digit of digits) this.press(digit as PadKey);
  }

  unplug(): void {
    this.#hung = false;
    this.#power += 1;
    this.#board.powerOff();
    this.#line.forget();
    this.plug.pull();
  }

  plugIn(): void {
    this.plug.pushIn();
  }

  hang(): void {
    this.#hung = true;
    this.plug.silence();
  }

  noise(bytes: Uint8Array): void {
    this.plug.say(bytes);
  }

  /** Two officers with their key parts. @param key 16 or 24 bytes */
  loadMasterKey(key: Uint8Array): void {
    this.#vault.loadMasterKey(key);
  }

  /** A screwdriver: the tamper switch wipes every key. */
  openHousing(): void {
    this.#keys.stop();
    this.#vault.wipe();
  }

  /** Other firmware: it sends each digit in the clear during an entry. */
  replaceFirmware(firmware: 'honest' | 'leaking'): void {
    this.#keys.leaks = firmware === 'leaking';
  }

  // What the workbench and every depth can see and use

  get beeps(): number {
    return this.#beeps;
  }

  get display(): string {
    return this.#board.display;
  }

  get pluggedIn(): boolean {
    return this.plug.pluggedIn;
  }

  get hung(): boolean {
    return this.#hung;
  }

  /** Whether a finger does anything now, and how many digits stand. */
  get entry(): { readonly input: 'off' | 'plain' | 'pin'; readonly entered: number } {
    return { input: this.#keys.input, entered: this.#vault.entered };
  }

  onChanged(listener: () => void): Unsubscribe {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    return this.plug.openByteLink(signal);
  }

  #later(act: () => void): void {
    const power = this.#power;
    this.#clock.timer(ANSWER_MS, () => {
      if (power === this.#power && !this.#hung) act();
    });
  }

  #obey(body: string): void {
    const error = this.faults.errors.shift();
    const answer = error === undefined ? this.#board.carryOut(body) : Buffer.of(error);
    if (this.faults.wrongChecksums > 0) {
      this.faults.wrongChecksums -= 1;
      this.noise(Buffer.from('\x020015\x0300', 'latin1'));
    } else this.#line.answer(answer);
    for (const listener of [...this.#changed]) listener();
  }
}
