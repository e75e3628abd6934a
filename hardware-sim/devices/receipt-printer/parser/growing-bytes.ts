/** A byte array that grows by doubling and gives its room back after a large picture. */
const SMALL = 128;

export class GrowingBytes {
  /** The room; only the first `length` bytes are meant. */
  bytes = new Uint8Array(SMALL);
  length = 0;

  push(byte: number): void {
    if (this.length === this.bytes.length) this.#makeRoom(this.length + 1);
    this.bytes[this.length++] = byte;
  }

  append(source: Uint8Array, from: number, count: number): void {
    if (this.length + count > this.bytes.length) this.#makeRoom(this.length + count);
    this.bytes.set(source.subarray(from, from + count), this.length);
    this.length += count;
  }

  copy(from: number, count: number): Uint8Array {
    return this.bytes.slice(from, from + count);
  }

  clear(): void {
    this.length = 0;
    if (this.bytes.length > 65_536) this.bytes = new Uint8Array(SMALL);
  }

  #makeRoom(count: number): void {
    const room = new Uint8Array(Math.max(count, this.bytes.length * 2));
    room.set(this.bytes.subarray(0, this.length));
    this.bytes = room;
  }
}
