/**
 * The pipe between the kiosk and a device host: whole messages, each of bounded size.
 *
 * Frame: u32 length (big-endian), then that many bytes of V8's structured
 * serialization. The engine's own IPC channel is not used: it has no bound, and
 * bytes that are no message throw in the parent where nobody can catch them (a
 * wild pointer in a native library would end the kiosk). One promise: whatever
 * the other side writes, this side gets messages or one word about what is wrong.
 * What was sent is zero in our memory once the kernel has it.
 */
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { LONGEST_PAYLOAD } from './host-messages.ts';

/** Which of the child's files the pipe is. */
export const HOST_WIRE_FD = 3;
const LENGTH_BYTES = 4;

/** All in bytes. */
export interface WireBounds {
  readonly longestIn: number;
  readonly longestOut: number;
  /** What may wait because the other side does not read; a hung one is ended long before. */
  readonly mostWaiting: number;
}

/** The longest payload and everything around it, in both directions. */
const DEVICE_BOUNDS: WireBounds = {
  longestIn: LONGEST_PAYLOAD + 4_096,
  longestOut: LONGEST_PAYLOAD + 4_096,
  mostWaiting: 4 * 1_048_576,
};

export interface HostWireListener {
  message(value: unknown): void;
  /** Told once; nothing comes after it. */
  ended(why: 'hungUp' | 'nonsense' | 'takesNoMore'): void;
}

export class HostWire {
  readonly #pipe: Duplex;
  readonly #listener: HostWireListener;
  readonly #bounds: WireBounds;
  #pieces: Buffer[] = [];
  #have = 0;
  #need = LENGTH_BYTES;
  #body = false;
  #ended = false;

  constructor(pipe: Duplex, listener: HostWireListener, bounds: WireBounds = DEVICE_BOUNDS) {
    this.#pipe = pipe;
    this.#listener = listener;
    this.#bounds = bounds;
    pipe.on('data', (bytes: Buffer) => this.#take(bytes));
    pipe.on('error', () => this.#end('hungUp'));
    pipe.on('end', () => this.#end('hungUp'));
    pipe.on('close', () => this.#end('hungUp'));
  }

  /** @throws RangeError for a message that is longer than the wire carries: our own mistake. */
  send(message: unknown): void {
    if (this.#ended || this.#pipe.destroyed) return;
    const body = serialize(message);
    if (body.length > this.#bounds.longestOut)
      throw new RangeError(`A message of ${body.length} bytes is longer than the wire carries.`);
    if (this.#pipe.writableLength > this.#bounds.mostWaiting) {
      this.#end('takesNoMore');
      return;
    }
    const frame = Buffer.allocUnsafe(LENGTH_BYTES + body.length);
    frame.writeUInt32BE(body.length);
    body.copy(frame, LENGTH_BYTES);
    // A picture, a PIN block, an APDU: none of them stays behind in a buffer that nobody looks after.
    body.fill(0);
    this.#pipe.write(frame, () => frame.fill(0));
  }

  /** Orderly: nobody is told. */
  close(): void {
    this.#ended = true;
    for (const piece of this.#pieces) piece.fill(0);
    this.#pieces = [];
    this.#pipe.destroy();
  }

  #take(bytes: Buffer): void {
    let rest = bytes;
    while (!this.#ended && this.#have + rest.length >= this.#need) {
      const part = rest.subarray(0, this.#need - this.#have);
      rest = rest.subarray(part.length);
      const whole = this.#pieces.length === 0 ? part : Buffer.concat([...this.#pieces, part]);
      if (whole !== part) for (const piece of [...this.#pieces, part]) piece.fill(0);
      this.#pieces = [];
      this.#have = 0;
      if (this.#body) this.#deliver(whole);
      else this.#expect(whole.readUInt32BE(0));
    }
    if (this.#ended || rest.length === 0) return;
    this.#pieces.push(rest);
    this.#have += rest.length;
  }

  #expect(length: number): void {
    if (length < 1 || length > this.#bounds.longestIn) {
      this.#end('nonsense');
      return;
    }
    this.#need = length;
    this.#body = true;
  }

  #deliver(body: Buffer): void {
    this.#need = LENGTH_BYTES;
    this.#body = false;
    let message: unknown;
    try {
      message = deserialize(body);
    } catch {
      this.#end('nonsense');
      return;
    }
    this.#listener.message(message);
  }

  #end(why: 'hungUp' | 'nonsense' | 'takesNoMore'): void {
    if (this.#ended) return;
    this.close();
    this.#listener.ended(why);
  }
}
