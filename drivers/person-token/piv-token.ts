/**
 * A staff member's PIV card in any card slot (NIST SP 800-73-4).
 *
 * A card remembers that its PIN was shown for as long as it has power, so this
 * driver holds the chip from an accepted PIN until `release`, the end of
 * `heldMs`, a command that went wrong, or the card's leaving. It promises that
 * no PIN is ever shown twice, and that none is needed twice by accident.
 */
import type { X509Certificate } from 'node:crypto';
import { CardRefusal } from '../card-reader/apdu.ts';
import { storageCardIn } from '../card-reader/atr.ts';
import { SupervisedSlot } from '../card-reader/supervised-slot.ts';
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import type { CardConnection, Clock, DeviceBus, Unsubscribe } from '../ports.ts';
import { Secret } from '../secret.ts';
import {
  CHALLENGE_BYTES,
  type PersonToken,
  type PinState,
  type PinVerdict,
  type TokenEvent,
  type TokenFault,
  type TokenMedia,
  type TokenSignature,
} from './person-token.ts';
import type { PinEntry } from './pin-entry.ts';
import { PivDialogue, TokenRefusal } from './piv-dialogue.ts';
import { algorithmOfCertificate, isSignedBy } from './token-signature.ts';

export interface PivTokenOptions {
  /** The device map's id. */
  readonly id: string;
  /** The device map's address of the slot, e.g. `pcsc:ACS ACR39U*`. */
  readonly address: string;
  readonly bus: DeviceBus;
  readonly clock: Clock;
  /** How long an accepted PIN holds at most, ms. */
  readonly heldMs?: number;
}

/** What one command does with a chip, and whether that chip has seen its PIN when it is done. */
type Use<Value> = (piv: PivDialogue, chip: { hasSeenPin: boolean }) => Promise<Value>;

const USUAL_HELD_MS = 60_000;
const PIN_DIGITS = { least: 6, most: 8 } as const;

export class PivToken implements PersonToken {
  readonly id: string;
  readonly deviceClass = 'personToken';
  readonly #clock: Clock;
  readonly #heldMs: number;
  readonly #queue: CommandQueue;
  readonly #slot: SupervisedSlot;
  /** The chip that has seen its PIN. */
  #held: CardConnection | undefined;
  #endHolding: Unsubscribe = () => undefined;
  /** The chip of the command that runs now. */
  #inUse: CardConnection | undefined;
  /** Counts everything after which a shown PIN counts no more: another card, a loss, a release. */
  #story = 0;
  #commandFault: LastFault | undefined;

  constructor(options: PivTokenOptions) {
    const { id, address, bus, clock } = options;
    this.id = id;
    this.#clock = clock;
    this.#heldMs = options.heldMs ?? USUAL_HELD_MS;
    this.#queue = new CommandQueue(clock);
    this.#slot = new SupervisedSlot({ address, bus, clock, lost: () => this.#lost() });
    this.#slot.onMediaEvent(() => this.#releaseSoon());
  }

  get state(): DeviceState {
    return this.#slot.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#slot.lastFault ?? this.#commandFault;
  }

  get identity(): string | undefined {
    return this.#slot.readerName;
  }

  get media(): TokenMedia {
    return this.#slot.media;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { token: 'piv', countsTries: true, leastPinDigits: PIN_DIGITS.least, mostPinDigits: PIN_DIGITS.most };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#slot.onStateChanged(listener);
  }

  onTokenEvent(listener: (event: TokenEvent) => void): Unsubscribe {
    return this.#slot.onMediaEvent(listener);
  }

  readCertificate(options: CommandOptions): Promise<Completion<Secret<X509Certificate>, TokenFault>> {
    return this.#command(options, async (piv) => new Secret(await piv.certificate()));
  }

  pinState(options: CommandOptions): Promise<Completion<PinState, TokenFault>> {
    return this.#command(options, (piv) => piv.pinState());
  }

  async verifyPin(pin: PinEntry, options: CommandOptions): Promise<Completion<PinVerdict, TokenFault>> {
    try {
      if (!pin.consistsOfDigits(PIN_DIGITS.least, PIN_DIGITS.most)) {
        return failed('invalidData', 'a PIV PIN has six to eight digits');
      }
      return await this.#command(options, async (piv, chip) => {
        chip.hasSeenPin = false;
        const verdict = await piv.verifyPin(pin);
        chip.hasSeenPin = verdict.verdict === 'accepted';
        return verdict;
      });
    } finally {
      pin.wipe();
    }
  }

  async sign(challenge: Uint8Array, options: CommandOptions): Promise<Completion<TokenSignature, TokenFault>> {
    if (challenge.length < CHALLENGE_BYTES.least || challenge.length > CHALLENGE_BYTES.most) {
      throw new RangeError(`A challenge has ${CHALLENGE_BYTES.least} to ${CHALLENGE_BYTES.most} bytes.`);
    }
    return await this.#command(options, async (piv) => {
      const certificate = await piv.certificate();
      const algorithm = algorithmOfCertificate(certificate);
      if (!algorithm) throw new TokenRefusal('formatNotSupported', 'a key that is neither RSA 2048 nor ECC P-256');
      const signed = await piv.sign(challenge, algorithm);
      if (isSignedBy(certificate, challenge, signed)) return signed;
      throw new TokenRefusal('securityFail', 'the signature does not fit the certificate');
    });
  }

  async release(): Promise<void> {
    const held = this.#forget();
    if (held && held !== this.#inUse) await this.#slot.letGo(held);
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.release();
    await this.#slot.close();
  }

  async #command<Value>(options: CommandOptions, use: Use<Value>): Promise<Completion<Value, TokenFault>> {
    const completion = await this.#queue.run<Completion<Value, TokenFault>, TokenFault>(options, (signal) =>
      this.#run(signal, use),
    );
    if (completion.done) this.#commandFault = undefined;
    else if (completion.fault === 'timeOut') {
      this.#commandFault = { fault: completion.fault, detail: completion.detail, atWallMs: this.#clock.wallMs() };
    }
    return completion;
  }

  async #run<Value>(signal: AbortSignal, use: Use<Value>): Promise<Completion<Value, TokenFault>> {
    if (this.state !== 'online') return failed('deviceNotReady', 'the reader of the staff card is not there');
    if (this.media === 'notPresent') return failed('noMedia', 'no staff card is in the slot');
    if (this.media === 'invalid') return failed('invalidMedia', 'what is in the slot does not answer');
    const storage = storageCardIn(this.#slot.atr);
    if (storage) return failed('invalidMedia', `${storage}: a storage card without a processor`);
    const story = this.#story;
    const held = this.#held;
    const connection = held ?? (await this.#slot.connect(signal));
    if (!connection) return failed('deviceNotReady', 'the reader of the staff card is not there');
    const chip = { hasSeenPin: held !== undefined };
    this.#inUse = connection;
    try {
      const piv = new PivDialogue(connection, signal);
      if (!held) await piv.select();
      return completed(await use(piv, chip));
    } catch (error) {
      // What this chip still remembers is not known any more.
      chip.hasSeenPin = false;
      if (error instanceof CardRefusal || error instanceof TokenRefusal) return failed(error.fault, error.message);
      throw error;
    } finally {
      this.#inUse = undefined;
      if (chip.hasSeenPin && story === this.#story && !signal.aborted) {
        if (!held) this.#hold(connection);
      } else {
        if (this.#held === connection) this.#forget();
        await this.#slot.letGo(connection);
      }
    }
  }

  #hold(connection: CardConnection): void {
    this.#held = connection;
    this.#endHolding = this.#clock.timer(this.#heldMs, () => this.#releaseSoon());
  }

  /** Nobody has shown a PIN any more. @returns the chip that remembers it, to be let go */
  #forget(): CardConnection | undefined {
    const held = this.#held;
    this.#story += 1;
    this.#held = undefined;
    this.#endHolding();
    this.#endHolding = () => undefined;
    return held;
  }

  #releaseSoon(): void {
    this.release().catch(() => undefined);
  }

  #lost(): void {
    this.#forget();
    this.#queue.drop();
  }
}
