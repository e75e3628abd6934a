/**
 * The virtual slot, lent to the real PC/SC daemon through its `vpcd` reader driver.
 *
 * vsmartcard's wire: u16 big-endian length, then either one control byte
 * (0 power off, 1 power on, 2 reset, 4 tell the ATR) or a command APDU; only ATR
 * and APDUs are answered, in the same form. `vpcd` sees a card for as long as
 * someone is connected, so the card that is taken out is the line that is cut.
 */
import { connect, type Socket } from 'node:net';
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';
import type { SimCardSlot } from './card-slot.ts';

export interface VpcdCardOptions {
  readonly slot: SimCardSlot;
  readonly clock: Clock;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 35963, `vpcd`'s own. */
  readonly port?: number;
  /** Called when the driver took the card or let it go. */
  readonly onServing?: (serving: boolean) => void;
}

export interface VpcdCard {
  close(): void;
}

const VPCD_PORT = 35_963;
const RETRY_MS = 200;
/** pcscd looks into the slot every 400 ms: a new line within that time would pass for the card that was there before. */
const UNSEEN_MS = 500;
const CONTROL = { off: 0, on: 1, reset: 2, atr: 4 } as const;
/** Longer than any ATR (33 bytes): the driver sees that something is there and can't power it, which is a mute card. */
const MUTE_ATR = Buffer.alloc(34);

/** Serves until `close`. While the daemon is down it tries again every 200 ms. */
export function serveVpcdCard(options: VpcdCardOptions): VpcdCard {
  return new VpcdLine(options);
}

class VpcdLine implements VpcdCard {
  readonly #options: VpcdCardOptions;
  readonly #unsubscribes: Unsubscribe[];
  #socket: Socket | undefined;
  #cancelRetry: Unsubscribe | undefined;
  #serving = false;
  /** The line was cut and the daemon may not have looked yet. */
  #resting = false;
  #closed = false;

  constructor(options: VpcdCardOptions) {
    this.#options = options;
    const restart = (): void => this.#restart();
    this.#unsubscribes = [options.slot.onMediaChanged(restart), options.slot.onPluggedChanged(restart)];
    this.#restart();
  }

  close(): void {
    this.#closed = true;
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#hangUp();
  }

  /** Another card, or none: the old line is cut, and a new one made if there is something to serve. */
  #restart(): void {
    const wasServing = this.#serving || this.#resting;
    this.#hangUp();
    if (this.#closed) return;
    if (wasServing) {
      this.#resting = true;
      this.#cancelRetry = this.#options.clock.timer(UNSEEN_MS, () => {
        this.#resting = false;
        this.#restart();
      });
    } else if (this.#options.slot.media().kind !== 'notPresent') this.#dial();
  }

  #dial(): void {
    const socket = connect({
      host: this.#options.host ?? '127.0.0.1',
      port: this.#options.port ?? VPCD_PORT,
      noDelay: true,
    });
    this.#socket = socket;
    let stream: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      stream = Buffer.concat([stream, bytes]);
      while (stream.length >= 2 && stream.length >= 2 + stream.readUInt16BE(0)) {
        const end = 2 + stream.readUInt16BE(0);
        this.#answer(socket, stream.subarray(2, end));
        stream = stream.subarray(end);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#say(false);
      this.#cancelRetry = this.#options.clock.timer(RETRY_MS, () => this.#restart());
    });
  }

  #answer(socket: Socket, message: Buffer): void {
    const { slot } = this.#options;
    const media = slot.media();
    if (message.length === 1) {
      if (message[0] === CONTROL.off) slot.powerOff();
      if (message[0] === CONTROL.on || message[0] === CONTROL.reset) slot.power();
      if (message[0] === CONTROL.atr) {
        this.#say(true);
        socket.write(framed(media.kind === 'present' ? media.atr : MUTE_ATR));
      }
      return;
    }
    slot.transmit(Uint8Array.from(message)).then(
      (answer) => socket.write(framed(answer)),
      // The card left in the middle of the APDU; the driver learns it from the line.
      () => socket.destroy(),
    );
  }

  #say(serving: boolean): void {
    if (this.#serving === serving) return;
    this.#serving = serving;
    this.#options.onServing?.(serving);
  }

  #hangUp(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.destroy();
    this.#say(false);
  }
}

function framed(content: Uint8Array): Buffer {
  const message = Buffer.alloc(2 + content.length);
  message.writeUInt16BE(content.length);
  message.set(content, 2);
  return message;
}
