/**
 * A PIN between the keys and the token.
 *
 * It is bytes in one place that can be overwritten, never a string: it prints
 * as a mask, and after `wipe` nothing of it is left here.
 */
const MASK = '▒▒▒';
const LONGEST_PIN = 16;

export class PinEntry {
  readonly #bytes = new Uint8Array(LONGEST_PIN);
  #length = 0;
  #wiped = false;

  /** Takes the bytes over and overwrites where they came from. */
  static from(bytes: Uint8Array): PinEntry {
    const entry = new PinEntry();
    for (const byte of bytes) entry.push(byte);
    bytes.fill(0);
    return entry;
  }

  get length(): number {
    return this.#length;
  }

  /** One key, as ASCII. @throws RangeError when no PIN is that long, Error once wiped. */
  push(digit: number): void {
    if (this.#wiped) throw new Error('This PIN was wiped.');
    if (this.#length === LONGEST_PIN) throw new RangeError('No PIN is that long.');
    this.#bytes[this.#length] = digit;
    this.#length += 1;
  }

  /** Six to eight ASCII digits: what a PIV card takes (SP 800-73-4 part 2, 2.4.3). */
  consistsOfDigits(least: number, most: number): boolean {
    if (this.#wiped || this.#length < least || this.#length > most) return false;
    return this.#bytes.subarray(0, this.#length).every((byte) => byte >= 0x30 && byte <= 0x39);
  }

  /** Lends a padded copy for as long as `use` runs, and overwrites it then. @throws Error once wiped. */
  async lend<Result>(
    form: { readonly bytes: number; readonly padding: number },
    use: (padded: Uint8Array) => Promise<Result>,
  ): Promise<Result> {
    if (this.#wiped) throw new Error('This PIN was wiped.');
    const padded = new Uint8Array(form.bytes).fill(form.padding);
    padded.set(this.#bytes.subarray(0, this.#length));
    try {
      return await use(padded);
    } finally {
      padded.fill(0);
    }
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#length = 0;
    this.#wiped = true;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
