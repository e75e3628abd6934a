/**
 * A line between a kiosk and a card slot that something happens to at one byte, on its way to either side.
 *
 * It stands between real sockets. Bytes are counted over all connections, so a boundary is a point of the whole
 * exchange, whatever connection it falls into.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export const BENDS = ['pulled', 'hung', 'noisy', 'slow', 'doubled'] as const;
export type Bend = (typeof BENDS)[number];
export type Way = 'toKiosk' | 'toSlot';

/** A TCP port on loopback, or the path of a unix socket. */
export type Place = number | string;

const NOISE = Buffer.from([0xa5, 0x00, 0xff]);

interface Plan {
  readonly bend: Bend;
  readonly way: Way;
  /** So many bytes pass this way before it happens. */
  readonly after: number;
}

export class BentLine {
  readonly #server: Server;
  readonly #target: Place;
  readonly #sockets = new Set<Socket>();
  #plan: Plan | undefined;
  #passed = { toKiosk: 0, toSlot: 0 };
  #said: Record<Way, Buffer[]> = { toKiosk: [], toSlot: [] };
  #dead = false;

  private constructor(server: Server, target: Place) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (socket: Socket) => this.#join(socket));
  }

  /** @param at where the kiosk is to connect; 0 = a free TCP port. */
  static async open(at: Place, target: Place): Promise<BentLine> {
    const server = createServer({ noDelay: true });
    const line = new BentLine(server, target);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (typeof at === 'string') server.listen(at, resolve);
      else server.listen(at, '127.0.0.1', resolve);
    });
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Bytes that have passed since the last plan. */
  get passed(): Readonly<Record<Way, number>> {
    return this.#passed;
  }

  /** The bytes that have passed since the last plan, as they came. */
  said(way: Way): Uint8Array {
    return Buffer.concat(this.#said[way]);
  }

  /** Forgets everything before; `undefined` = a line like any other. */
  plan(plan: Plan | undefined): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#passed = { toKiosk: 0, toSlot: 0 };
    this.#said = { toKiosk: [], toSlot: [] };
    this.#plan = plan;
    this.#dead = false;
  }

  async close(): Promise<void> {
    this.plan(undefined);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(kiosk: Socket): void {
    const to = this.#target;
    const slot = typeof to === 'string' ? connect(to) : connect({ port: to, host: '127.0.0.1', noDelay: true });
    for (const [socket, other] of [
      [kiosk, slot],
      [slot, kiosk],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    if (this.#dead) {
      // A line that was pulled takes no new call; a hung one takes it and says nothing.
      if (this.#plan?.bend === 'pulled') kiosk.destroy();
      return;
    }
    kiosk.on('data', (bytes: Buffer) => this.#carry(bytes, 'toSlot', slot));
    slot.on('data', (bytes: Buffer) => this.#carry(bytes, 'toKiosk', kiosk));
  }

  #carry(bytes: Buffer, way: Way, to: Socket): void {
    const plan = this.#plan;
    const before = this.#passed[way];
    this.#passed[way] += bytes.length;
    this.#said[way].push(Buffer.from(bytes));
    if (this.#dead) return;
    const at = (plan?.after ?? 0) - before;
    if (!plan || plan.way !== way || at < 0 || at > bytes.length || (at === bytes.length && plan.bend !== 'pulled')) {
      to.write(bytes);
      return;
    }
    if (at > 0) to.write(bytes.subarray(0, at));
    const rest = bytes.subarray(at);
    switch (plan.bend) {
      case 'pulled':
        this.#dead = true;
        for (const socket of this.#sockets) socket.end();
        for (const socket of this.#sockets) socket.destroySoon();
        return;
      case 'hung':
        this.#dead = true;
        return;
      case 'noisy':
        to.write(Buffer.concat([NOISE, rest]));
        return;
      case 'slow':
        for (const byte of rest) to.write(Buffer.from([byte]));
        return;
      case 'doubled':
        to.write(Buffer.concat([rest.subarray(0, 1), rest]));
    }
  }
}
