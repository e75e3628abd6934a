/**
 * A card slot through the native PC/SC library (`pcsc:PATTERN`).
 *
 * Runs only in the device host: the library throws while the daemon is down,
 * blocks the thread pool while a chip hangs and takes the process with it when
 * it crashes. One promise: every way it fails is one of the port's two errors.
 * A signal can't stop a native call, so it is answered only when the call is
 * back; the host's parent frees its caller at once and kills us if it takes long.
 */
import { createRequire } from 'node:module';
import {
  type CardConnection,
  CardGoneError,
  type CardSlot,
  type Clock,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../ports.ts';
import { abortable } from './abortable.ts';
import { codeOf, type NativeContext, type NativeReader } from './pcsclite-native.ts';
import { matchesReader } from './reader-pattern.ts';
import { SlotWatch } from './slot-watch.ts';

/** The library lists the readers at once; one that has not come by then is not there. ms. */
const LISTING_MS = 1_500;
const SHARING_RETRY_MS = 50;
const SHARING_VIOLATION = '8010000b';
const READER_CODES = ['80100003', '80100009', '80100011', '80100017', '8010001d', '8010001e', '8010002e'];
const SHORT_ANSWER_BYTES = 258;
const LONGEST_ANSWER_BYTES = 65_538;

/** @throws LinkLostError that names what to install: without the library there is no reader. */
function loadLibrary(): () => NativeContext {
  try {
    return createRequire(import.meta.url)('pcsclite') as () => NativeContext;
  } catch {
    throw new LinkLostError(
      'pcsclite is not built: install libpcsclite-dev, g++ and make, then run "npm rebuild pcsclite", ' +
        'or use the address form "pcscd:", which needs no native code',
    );
  }
}

/** One attempt. Rejects with `LinkLostError` (no library, daemon or reader) or `signal.reason`. */
export async function openPcscliteSlot(readerPattern: string, clock: Clock, signal: AbortSignal): Promise<CardSlot> {
  signal.throwIfAborted();
  const createContext = loadLibrary();
  let context: NativeContext;
  try {
    context = createContext();
  } catch (error) {
    throw new LinkLostError(`no PC/SC daemon answers (${codeOf(error)})`);
  }
  // Each reader has a watching thread of its own, also those that nobody asked for.
  const readers: NativeReader[] = [];
  const closeAll = (): void => {
    for (const reader of readers) reader.close();
    context.close();
  };
  const found = new Promise<PcscliteSlot>((resolve, reject) => {
    const cancel = clock.timer(LISTING_MS, () =>
      reject(new LinkLostError(`no PC/SC reader is called ${readerPattern}`)),
    );
    let slot: PcscliteSlot | undefined;
    context.on('error', (error) => {
      const lost = new LinkLostError(`the PC/SC daemon is gone (${codeOf(error)})`);
      slot?.lose(lost);
      reject(lost);
    });
    context.on('reader', (reader) => {
      readers.push(reader);
      if (slot || !matchesReader(readerPattern, reader.name)) {
        // Without a listener, an error of somebody else's reader would end this process.
        reader.on('error', () => undefined);
        return;
      }
      slot = new PcscliteSlot(reader, clock, closeAll);
      slot.firstStatus.then(() => {
        cancel();
        if (slot) resolve(slot);
      }, reject);
    });
  });
  try {
    return await abortable(found, signal);
  } catch (error) {
    closeAll();
    throw error;
  }
}

class PcscliteSlot implements CardSlot {
  readonly readerName: string;
  readonly firstStatus: Promise<void>;
  readonly #closeAll: () => void;
  readonly #reader: NativeReader;
  readonly #clock: Clock;
  readonly #watch = new SlotWatch();
  #events: number | undefined;

  constructor(reader: NativeReader, clock: Clock, closeAll: () => void) {
    this.#closeAll = closeAll;
    this.#reader = reader;
    this.#clock = clock;
    this.readerName = reader.name;
    this.firstStatus = new Promise((resolve, reject) => {
      reader.on('status', ({ state, atr }) => {
        this.#show(state, atr ?? Buffer.alloc(0));
        resolve();
      });
      reader.on('error', (error) => {
        this.lose(new LinkLostError(`the reader failed (${codeOf(error)})`));
        reject(new LinkLostError(`the reader failed (${codeOf(error)})`));
      });
      reader.on('end', () => this.lose(new LinkLostError('the reader was unplugged')));
    });
  }

  media(): SlotMedia {
    return this.#watch.media;
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    return this.#watch.onMediaChanged(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#watch.onLost(listener);
  }

  async connect(signal: AbortSignal): Promise<CardConnection> {
    // A handle of a card that left stays "connected" in the library and would be handed out again.
    await this.#release(this.#reader.SCARD_LEAVE_CARD);
    const protocol = await this.#power(signal);
    const media = this.#watch.media;
    let open = true;
    return {
      atr: media.kind === 'present' ? media.atr : new Uint8Array(0),
      transmit: async (apdu, transmitSignal) => {
        if (this.#watch.ended) throw this.#watch.ended;
        if (!open) throw new CardGoneError('the chip was disconnected');
        transmitSignal.throwIfAborted();
        const answer = await this.#exchange(apdu, protocol);
        transmitSignal.throwIfAborted();
        return answer;
      },
      disconnect: async (how) => {
        if (!open) return;
        open = false;
        const { SCARD_EJECT_CARD, SCARD_UNPOWER_CARD } = this.#reader;
        await this.#release(how === 'eject' ? SCARD_EJECT_CARD : SCARD_UNPOWER_CARD);
      },
    };
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.#closeAll();
  }

  lose(error: LinkLostError): void {
    this.#watch.lose(error);
  }

  async #power(signal: AbortSignal): Promise<number> {
    for (;;) {
      if (this.#watch.ended) throw this.#watch.ended;
      signal.throwIfAborted();
      try {
        const powering = new Promise<number>((resolve, reject) => {
          const options = { share_mode: this.#reader.SCARD_SHARE_EXCLUSIVE };
          this.#reader.connect(options, (error, protocol) => (error ? reject(error) : resolve(protocol)));
        });
        return await powering;
      } catch (error) {
        if (codeOf(error) !== SHARING_VIOLATION) throw this.#cardError(error);
      }
      await abortable(new Promise<void>((resolve) => this.#clock.timer(SHARING_RETRY_MS, resolve)), signal);
    }
  }

  #exchange(apdu: Uint8Array, protocol: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      // The library allocates what it is told to expect; only an extended APDU can be answered at length.
      const extended = apdu.length >= 7 && apdu[4] === 0;
      const answerBytes = extended ? LONGEST_ANSWER_BYTES : SHORT_ANSWER_BYTES;
      this.#reader.transmit(Buffer.from(apdu), answerBytes, protocol, (error, answer) => {
        if (error) reject(this.#cardError(error));
        // Some reader drivers report a card that was torn off as an empty success.
        else if (answer.length < 2) reject(new CardGoneError('the chip answered without a status word'));
        else resolve(answer);
      });
    });
  }

  #release(disposition: number): Promise<void> {
    return new Promise((resolve) => this.#reader.disconnect(disposition, () => resolve()));
  }

  #show(state: number, atr: Buffer): void {
    // The upper half counts cards put in and taken out: two cards in a row must not look like one.
    const events = state >>> 16;
    const present = (state & this.#reader.SCARD_STATE_PRESENT) !== 0;
    if (this.#events !== undefined && events !== this.#events && present) this.#watch.setMedia({ kind: 'notPresent' });
    this.#events = events;
    if (!present) this.#watch.setMedia({ kind: 'notPresent' });
    else if ((state & this.#reader.SCARD_STATE_MUTE) !== 0 || atr.length === 0) this.#watch.setMedia({ kind: 'mute' });
    else this.#watch.setMedia({ kind: 'present', atr: Uint8Array.from(atr) });
  }

  #cardError(error: unknown): CardGoneError | LinkLostError {
    const code = codeOf(error);
    if (!READER_CODES.includes(code)) return new CardGoneError(`no card, or it does not answer (0x${code})`);
    const lost = new LinkLostError(`the reader is gone (0x${code})`);
    this.lose(lost);
    return lost;
  }
}
