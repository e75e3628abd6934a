/**
 * One program's connection to our PC/SC daemon.
 *
 * One promise: requests of a connection are answered in their order, one at a
 * time, and when the connection ends nothing that it held stays held.
 */
import type { Socket } from 'node:net';
import type { Disposition, PcscDaemonReader, ShareMode } from './pcsc-daemon-reader.ts';
import {
  cString,
  type DaemonRequest,
  DaemonWireError,
  readerTable,
  SCARD,
  takeRequest,
  waitEvent,
} from './pcsc-daemon-wire.ts';

/** What a connection needs of the daemon. */
export interface DaemonRooms {
  readers(): readonly PcscDaemonReader[];
  newContext(): number;
  /** Tells the connection that owns this context to stop waiting; false when it does not wait. */
  cancel(context: number): boolean;
}

const SHARE: Record<number, ShareMode> = { 1: 'exclusive', 2: 'shared', 3: 'direct' };
/** 3 is eject: there is no motor in this reader, so the card stays. */
const DISPOSITION: Record<number, Disposition> = { 0: 'leave', 1: 'reset', 2: 'unpower', 3: 'eject' };
const ATTRIBUTE_ATR = 0x00090303;
const ATTRIBUTE_VENDOR = 0x00010100;
const LONGEST_ATTRIBUTE = 264;
const NOTHING = Buffer.alloc(0);

export class PcscDaemonClient {
  readonly #socket: Socket;
  readonly #rooms: DaemonRooms;
  #stream: Buffer = NOTHING;
  #busy = false;
  #open = true;
  #context = 0;
  #waiting = false;
  readonly #handles = new Set<number>();

  constructor(socket: Socket, rooms: DaemonRooms, closed: () => void) {
    this.#socket = socket;
    this.#rooms = rooms;
    socket.on('data', (bytes: Buffer) => {
      this.#stream = this.#stream.length === 0 ? bytes : Buffer.concat([this.#stream, bytes]);
      this.#work();
    });
    // A program that dies resets its connection; `close` follows and cleans up.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#open = false;
      this.#letGo();
      closed();
    });
  }

  get context(): number {
    return this.#context;
  }

  /** Something changed in a reader: tells the program if it waits for that. */
  signal(rv: number = SCARD.success): boolean {
    if (!this.#waiting) return false;
    this.#waiting = false;
    this.#socket.write(waitEvent(rv));
    return true;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #work(): void {
    while (!this.#busy && this.#open) {
      let reply: Buffer | undefined | Promise<Buffer | undefined>;
      try {
        const request = takeRequest(this.#stream);
        if (!request) return;
        this.#stream = this.#stream.subarray(request.taken);
        reply = this.#answer(request);
      } catch (error) {
        if (!(error instanceof DaemonWireError)) throw error;
        this.#socket.destroy();
        return;
      }
      if (!(reply instanceof Promise)) {
        if (reply) this.#socket.write(reply);
        continue;
      }
      this.#busy = true;
      reply.then(
        (bytes) => {
          this.#busy = false;
          if (this.#open && bytes) this.#socket.write(bytes);
          this.#work();
        },
        () => this.#socket.destroy(),
      );
    }
  }

  /** The reply's bytes; `undefined` where the real daemon says nothing either. */
  #answer({ name, struct, data }: DaemonRequest): Buffer | undefined | Promise<Buffer | undefined> {
    switch (name) {
      case 'version': {
        const known = struct.readInt32LE(0) === 4 && struct.readInt32LE(4) === 4;
        struct.writeInt32LE(4, 0);
        struct.writeInt32LE(4, 4);
        return withRv(struct, known ? SCARD.success : SCARD.serviceStopped);
      }
      case 'establish':
        this.#context = this.#rooms.newContext();
        struct.writeUInt32LE(this.#context, 4);
        return withRv(struct, SCARD.success);
      case 'release': {
        const mine = this.#context !== 0 && struct.readUInt32LE(0) === this.#context;
        if (mine) this.#letGo();
        return withRv(struct, mine ? SCARD.success : SCARD.invalidHandle);
      }
      case 'readers':
        return this.#table();
      case 'wait':
        this.#waiting = true;
        return this.#table();
      case 'stopWaiting':
        return this.#waiting ? this.#stopWaiting() : undefined;
      case 'cancel':
        return withRv(struct, this.#rooms.cancel(struct.readUInt32LE(0)) ? SCARD.success : SCARD.invalidHandle);
      case 'connect':
        return this.#connect(struct);
      default:
        return this.#answerWithCard(name, struct, data);
    }
  }

  #answerWithCard(name: DaemonRequest['name'], struct: Buffer, data: Buffer): Buffer | Promise<Buffer> {
    const handle = struct.readInt32LE(0);
    if (!this.#handles.has(handle)) throw new DaemonWireError('a handle of somebody else');
    const reader = this.#rooms.readers().find((candidate) => candidate.holds(handle));
    if (!reader) return withRv(struct, name === 'disconnect' ? SCARD.success : SCARD.readerUnavailable);
    switch (name) {
      case 'reconnect': {
        const how = DISPOSITION[struct.readUInt32LE(12)] ?? 'leave';
        const share = SHARE[struct.readUInt32LE(4)] ?? 'shared';
        const { rv, protocol } = reader.reconnect(handle, share, struct.readUInt32LE(8), how);
        struct.writeUInt32LE(protocol, 16);
        return withRv(struct, rv);
      }
      case 'disconnect':
        return reader.disconnect(handle, DISPOSITION[struct.readUInt32LE(4)] ?? 'leave').then((rv) => {
          this.#handles.delete(handle);
          return withRv(struct, rv);
        });
      case 'begin':
        return withRv(struct, reader.begin(handle));
      case 'end':
        return withRv(struct, reader.end(handle, DISPOSITION[struct.readUInt32LE(4)] ?? 'leave'));
      case 'status':
        return withRv(struct, reader.status(handle));
      case 'transmit':
        return this.#transmit(reader, struct, Uint8Array.from(data));
      case 'getAttribute':
        return attribute(reader, struct);
      default:
        // Control and set-attribute reach into a reader's own features: this reader has none.
        return withRv(struct, SCARD.unsupportedFeature);
    }
  }

  async #connect(struct: Buffer): Promise<Buffer> {
    const name = cString(struct.subarray(4, 132));
    const share = SHARE[struct.readUInt32LE(132)];
    const reader = this.#rooms.readers().find((candidate) => candidate.name === name);
    if (!share) return withRv(struct, SCARD.invalidValue);
    if (!reader) return withRv(struct, SCARD.unknownReader);
    const { rv, handle, protocol } = await reader.connect(share, struct.readUInt32LE(136));
    if (handle !== 0) {
      if (!this.#open) reader.abandon(handle);
      else this.#handles.add(handle);
    }
    struct.writeInt32LE(handle, 140);
    struct.writeUInt32LE(protocol, 144);
    return withRv(struct, rv);
  }

  async #transmit(reader: PcscDaemonReader, struct: Buffer, apdu: Uint8Array): Promise<Buffer> {
    const { rv, answer } = await reader.transmit(struct.readInt32LE(0), struct.readUInt32LE(4), apdu);
    const room = struct.readUInt32LE(24);
    struct.writeUInt32LE(answer.length, 24);
    if (answer.length > room) return withRv(struct, SCARD.insufficientBuffer);
    return Buffer.concat([withRv(struct, rv), answer]);
  }

  #stopWaiting(): Buffer {
    this.#waiting = false;
    return waitEvent(SCARD.success);
  }

  #table(): Buffer {
    return readerTable(this.#rooms.readers().map((reader) => reader.state()));
  }

  #letGo(): void {
    this.#context = 0;
    this.#waiting = false;
    for (const handle of this.#handles) for (const reader of this.#rooms.readers()) reader.abandon(handle);
    this.#handles.clear();
  }
}

/** Every reply structure ends with its return code. */
function withRv(struct: Buffer, rv: number): Buffer {
  struct.writeUInt32LE(rv, struct.length - 4);
  return struct;
}

function attribute(reader: PcscDaemonReader, struct: Buffer): Buffer {
  const id = struct.readUInt32LE(4);
  const { atr } = reader.state();
  const value = id === ATTRIBUTE_ATR ? atr : id === ATTRIBUTE_VENDOR ? Buffer.from('Yizhan simulator\0') : undefined;
  if (!value || value.length === 0) return withRv(struct, SCARD.unsupportedFeature);
  struct.set(value.subarray(0, LONGEST_ATTRIBUTE), 8);
  struct.writeUInt32LE(value.length, 8 + LONGEST_ATTRIBUTE);
  return withRv(struct, SCARD.success);
}
