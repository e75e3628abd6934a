/**
 * A virtual USB device on a USB/IP port, for the kernel's own virtual host controller.
 *
 * Documentation/usb/usbip_protocol.rst of the kernel is the specification (big
 * endian). One promise: `unplug` is the cable that is pulled, at whatever byte; a
 * transfer that the host takes back is answered and does nothing any more.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { answerControl, type SetupPacket, Stall, type UsbDevice } from './usb-device.ts';

export const BUS_ID = '1-1';
const PORT = 3240;
const VERSION = 0x0111;
const OP = { listRequest: 0x8005, listReply: 0x0005, importRequest: 0x8003, importReply: 0x0003 };
const URB = { submit: 1, unlink: 2, submitted: 3, unlinked: 4 };
const OP_BYTES = 8;
const URB_BYTES = 48;
const FULL_SPEED = 2;
const ERROR = { broken: -32, reset: -104 };
/** More than any transfer here; a length beyond it ends the line. */
const LONGEST_TRANSFER = 1024 * 1024;

interface Transfer {
  readonly seqnum: number;
  readonly inward: boolean;
  readonly endpoint: number;
  readonly length: number;
  readonly setup: SetupPacket;
  readonly data: Uint8Array;
}

export class UsbIpServer {
  readonly #server: Server;
  readonly #device: UsbDevice;
  readonly #sockets = new Set<Socket>();
  #plugged = true;

  private constructor(device: UsbDevice) {
    this.#device = device;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  static async open(device: UsbDevice): Promise<UsbIpServer> {
    const door = new UsbIpServer(device);
    await new Promise<void>((resolve, reject) => {
      door.#server.once('error', reject);
      door.#server.listen(PORT, '127.0.0.1', () => resolve());
    });
    return door;
  }

  /** The cable is pulled. `plugIn` only lets the next host in; it must attach itself. */
  unplug(): void {
    this.#plugged = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  plugIn(): void {
    this.#plugged = true;
  }

  #serve(socket: Socket): void {
    if (!this.#plugged) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    const line = new UsbIpLine(this.#device, socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      line.end();
    });
  }
}

class UsbIpLine {
  readonly #device: UsbDevice;
  readonly #socket: Socket;
  readonly #under = new Map<number, AbortController>();
  #stream: Buffer = Buffer.alloc(0);
  #imported = false;

  constructor(device: UsbDevice, socket: Socket) {
    this.#device = device;
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#stream = this.#stream.length === 0 ? bytes : Buffer.concat([this.#stream, bytes]);
      while (this.#imported ? this.#takeUrb() : this.#takeOperation());
    });
  }

  end(): void {
    for (const transfer of this.#under.values()) transfer.abort(new Error('the cable was pulled'));
    this.#under.clear();
  }

  #take(bytes: number): Buffer | undefined {
    if (this.#stream.length < bytes) return undefined;
    const taken = this.#stream.subarray(0, bytes);
    this.#stream = this.#stream.subarray(bytes);
    return taken;
  }

  #takeOperation(): boolean {
    const asked = this.#stream.length >= OP_BYTES ? this.#stream.readUInt16BE(2) : undefined;
    if (asked === OP.importRequest) {
      if (!this.#take(OP_BYTES + 32)) return false;
      this.#socket.write(Buffer.concat([operation(OP.importReply), this.#describe()]));
      this.#imported = true;
      return true;
    }
    if (asked === OP.listRequest) {
      this.#take(OP_BYTES);
      const count = Buffer.from([0, 0, 0, 1]);
      const kinds = this.#device.interfaces.map(({ kind }) => Buffer.from([...kind, 0]));
      this.#socket.write(Buffer.concat([operation(OP.listReply), count, this.#describe(), ...kinds]));
      return true;
    }
    if (asked !== undefined) this.#socket.destroy();
    return false;
  }

  #describe(): Buffer {
    const about = Buffer.alloc(312);
    about.write('/sys/devices/virtual/yizhan', 0);
    about.write(BUS_ID, 256);
    about.writeUInt32BE(1, 288);
    about.writeUInt32BE(2, 292);
    about.writeUInt32BE(FULL_SPEED, 296);
    about.writeUInt16BE(this.#device.identity.vendor, 300);
    about.writeUInt16BE(this.#device.identity.product, 302);
    about.writeUInt16BE(0x0100, 304);
    about.set([0, 0, 0, 1, 1, this.#device.interfaces.length], 306);
    return about;
  }

  #takeUrb(): boolean {
    if (this.#stream.length < URB_BYTES) return false;
    const head = this.#stream.subarray(0, URB_BYTES);
    const command = head.readUInt32BE(0);
    if (command === URB.unlink) {
      this.#take(URB_BYTES);
      this.#unlink(head.readUInt32BE(4), head.readUInt32BE(20));
      return true;
    }
    const length = head.readUInt32BE(24);
    if (command !== URB.submit || length > LONGEST_TRANSFER) {
      this.#socket.destroy();
      return false;
    }
    const inward = head.readUInt32BE(12) === 1;
    const whole = this.#take(URB_BYTES + (inward ? 0 : length));
    if (!whole) return false;
    const setup: SetupPacket = {
      requestType: head.readUInt8(40),
      request: head.readUInt8(41),
      value: head.readUInt16LE(42),
      index: head.readUInt16LE(44),
      length: head.readUInt16LE(46),
    };
    const data = Uint8Array.from(whole.subarray(URB_BYTES));
    this.#start({ seqnum: head.readUInt32BE(4), inward, endpoint: head.readUInt32BE(16), length, setup, data });
    return true;
  }

  #start(transfer: Transfer): void {
    const taken = new AbortController();
    this.#under.set(transfer.seqnum, taken);
    this.#run(transfer, taken.signal).then(
      (bytes) => this.#answer(transfer, 0, bytes),
      (error: unknown) => {
        if (!taken.signal.aborted) this.#answer(transfer, ERROR.broken, new Uint8Array(0));
        if (!taken.signal.aborted && !(error instanceof Stall)) throw error;
      },
    );
  }

  async #run({ endpoint, inward, length, setup, data }: Transfer, signal: AbortSignal): Promise<Uint8Array> {
    if (endpoint === 0) return answerControl(this.#device, setup, data);
    if (inward) return this.#device.in(endpoint, length, signal);
    await this.#device.out(endpoint, data, signal);
    return data;
  }

  #answer({ seqnum, inward }: Transfer, status: number, bytes: Uint8Array): void {
    // Taken back meanwhile: that was answered already.
    if (!this.#under.delete(seqnum)) return;
    const head = Buffer.alloc(URB_BYTES);
    head.writeUInt32BE(URB.submitted, 0);
    head.writeUInt32BE(seqnum, 4);
    head.writeInt32BE(status, 20);
    head.writeUInt32BE(bytes.length, 24);
    this.#socket.write(inward ? Buffer.concat([head, bytes]) : head);
  }

  #unlink(seqnum: number, victim: number): void {
    const transfer = this.#under.get(victim);
    this.#under.delete(victim);
    transfer?.abort(new Error('the host took the transfer back'));
    const head = Buffer.alloc(URB_BYTES);
    head.writeUInt32BE(URB.unlinked, 0);
    head.writeUInt32BE(seqnum, 4);
    // 0 = it had ended already, and its answer is on the way or there.
    head.writeInt32BE(transfer ? ERROR.reset : 0, 20);
    this.#socket.write(head);
  }
}

function operation(code: number): Buffer {
  const head = Buffer.alloc(OP_BYTES);
  head.writeUInt16BE(VERSION, 0);
  head.writeUInt16BE(code, 2);
  return head;
}
