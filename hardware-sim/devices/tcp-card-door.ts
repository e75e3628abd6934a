/**
 * The virtual slot on a loopback TCP port: the server side of `tcp-card`, version 1.
 *
 * Written from the specification in the first comment of
 * `drivers/card-reader/tcp-card-frames.ts`, not from its code. Promise: whoever
 * breaks the rules is hung up on, and nobody keeps another's powered chip.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { CardGoneError, type SlotMedia, type Unsubscribe } from '../../drivers/ports.ts';
import type { SimCardSlot } from './card-slot.ts';

export interface TcpCardDoor {
  readonly port: number;
  /** `tcp-card://127.0.0.1:…`, as the device map takes it. */
  readonly address: string;
  close(): Promise<void>;
}

const HELLO = Buffer.from('\x01YZCARD\x01', 'latin1');
const REQUEST = { power: 0x10, apdu: 0x12, release: 0x14, eject: 0x16 } as const;
const OUTCOME = { done: 0, noCard: 1, mute: 2, notPowered: 3 } as const;
const LONGEST_FRAME = 65_600;
const NOTHING = new Uint8Array(0);

/** Opens the door on 127.0.0.1. `port` 0 (the default) takes a free one. */
export async function openTcpCardDoor(slot: SimCardSlot, port = 0): Promise<TcpCardDoor> {
  let visitor: Visitor | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    if (!slot.pluggedIn || slot.hung) {
      // A reader without its cable has no line at all; a hung one takes the call and says nothing.
      if (!slot.pluggedIn) socket.destroy();
      return;
    }
    visitor?.hangUp();
    visitor = new Visitor(slot, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    address: `tcp-card://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        visitor?.hangUp();
      }),
  };
}

class Visitor {
  readonly #slot: SimCardSlot;
  readonly #socket: Socket;
  readonly #unsubscribes: Unsubscribe[];
  #greeted = false;
  #stream: Buffer = Buffer.alloc(0);
  #poweredAs: number | undefined;
  /** Requests are answered in the order they came, also when the chip takes its time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(slot: SimCardSlot, socket: Socket) {
    this.#slot = slot;
    this.#socket = socket;
    this.#unsubscribes = [
      slot.onMediaChanged((media) => this.#sayMedia(media)),
      slot.onPluggedChanged(() => this.hangUp()),
    ];
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => this.hangUp());
    this.#send(Buffer.concat([HELLO, Buffer.from(slot.readerName, 'utf8')]));
    this.#sayMedia(slot.media());
  }

  hangUp(): void {
    for (const unsubscribe of this.#unsubscribes.splice(0)) unsubscribe();
    this.#release();
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#stream = Buffer.concat([this.#stream, bytes]);
    while (this.#stream.length >= 4) {
      const end = 4 + this.#stream.readUInt32BE(0);
      const allowed = end >= 5 && end <= 4 + LONGEST_FRAME;
      if (allowed && this.#stream.length < end) return;
      const content = Buffer.from(this.#stream.subarray(4, end));
      this.#stream = this.#stream.subarray(end);
      if (!allowed || !this.#obey(content)) {
        this.hangUp();
        return;
      }
    }
  }

  /** False when the rules are broken. */
  #obey(content: Buffer): boolean {
    if (!this.#greeted) {
      this.#greeted = content.equals(HELLO);
      return this.#greeted;
    }
    if (content.length < 5) return false;
    const type = content.readUInt8(0);
    const id = content.subarray(1, 5);
    const apdu = Uint8Array.from(content.subarray(5));
    if (type === REQUEST.apdu ? apdu.length < 4 : apdu.length > 0) return false;
    if (!Object.values<number>(REQUEST).includes(type)) return false;
    this.#turn = this.#turn.then(() => this.#serve(type, id, apdu)).catch(() => this.hangUp());
    return true;
  }

  async #serve(type: number, id: Buffer, apdu: Uint8Array): Promise<void> {
    // A hung controller says nothing any more.
    if (this.#slot.hung) return;
    if (type === REQUEST.power) {
      const atr = this.#slot.power();
      this.#poweredAs = atr ? this.#slot.powerOns : undefined;
      const why = this.#slot.media().kind === 'mute' ? OUTCOME.mute : OUTCOME.noCard;
      this.#reply(type, id, atr ? OUTCOME.done : why, atr ?? NOTHING);
      return;
    }
    if (type === REQUEST.release || type === REQUEST.eject) {
      const own = this.#poweredAs !== undefined && this.#poweredAs === this.#slot.powerOns;
      this.#release();
      if (own && type === REQUEST.eject) this.#slot.eject();
      this.#send(Buffer.concat([Buffer.from([REQUEST.release + 1]), id]));
      return;
    }
    if (this.#poweredAs === undefined || this.#poweredAs !== this.#slot.powerOns) {
      this.#reply(type, id, OUTCOME.notPowered, NOTHING);
      return;
    }
    try {
      this.#reply(type, id, OUTCOME.done, await this.#slot.transmit(apdu));
    } catch (error) {
      if (!(error instanceof CardGoneError)) throw error;
      this.#reply(type, id, OUTCOME.noCard, NOTHING);
    }
  }

  #release(): void {
    if (this.#poweredAs !== undefined && this.#poweredAs === this.#slot.powerOns) this.#slot.powerOff();
    this.#poweredAs = undefined;
  }

  #sayMedia(media: SlotMedia): void {
    if (media.kind === 'notPresent') this.#poweredAs = undefined;
    if (media.kind === 'present') this.#send(Buffer.concat([Buffer.from([2, 1]), media.atr]));
    else this.#send(Buffer.from([2, media.kind === 'mute' ? 2 : 0]));
  }

  #reply(type: number, id: Buffer, outcome: number, bytes: Uint8Array): void {
    this.#send(Buffer.concat([Buffer.from([type + 1]), id, Buffer.from([outcome]), bytes]));
  }

  #send(content: Buffer): void {
    if (this.#socket.destroyed) return;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(content.length);
    this.#socket.write(Buffer.concat([head, content]));
  }
}
