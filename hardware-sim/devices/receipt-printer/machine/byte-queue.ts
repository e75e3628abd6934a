/** First in, first out, of a fixed size: the printer's receive buffer. */
export class ByteQueue {
  readonly size: number;
  readonly #ring: Uint8Array;
  #start = 0;
  #used = 0;

  constructor(size: number) {
    this.size = size;
    this.#ring = new Uint8Array(size);
  }

  get used(): number {
    return this.#used;
  }

  get full(): boolean {
    return this.#used === this.size;
  }

  push(byte: number): void {
    if (this.full) throw new RangeError('the receive buffer is full: look at `full` first');
    this.#ring[(this.#start + this.#used) % this.size] = byte;
    this.#used += 1;
  }

  shift(): number | undefined {
    if (this.#used === 0) return undefined;
    const byte = this.#ring[this.#start];
    this.#start = (this.#start + 1) % this.size;
    this.#used -= 1;
    return byte;
  }

  clear(): void {
    this.#used = 0;
  }
}
