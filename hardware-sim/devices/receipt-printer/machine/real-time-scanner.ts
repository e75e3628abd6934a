/**
 * Looks for real-time requests in bytes as they arrive, before the queue, also
 * inside pictures: `10 04 n`, `10 05 n`, `10 14 …` act wherever they stand.
 */
export type RealTimeRequest =
  | { readonly kind: 'status'; readonly which: number }
  | { readonly kind: 'recover'; readonly clear: boolean }
  | { readonly kind: 'drawer' }
  | { readonly kind: 'automaticStatus' }
  | { readonly kind: 'clearBuffer' };

const CLEAR = [0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

export class RealTimeScanner {
  /** DLE and what followed it so far. */
  #seen: number[] = [];

  /** Takes one byte; gives the request that it completes, if any. */
  push(byte: number): RealTimeRequest | undefined {
    if (this.#seen.length === 0) {
      if (byte === 0x10) this.#seen = [byte];
      return undefined;
    }
    this.#seen.push(byte);
    const read = this.#read();
    if (read === 'more') return undefined;
    this.#seen = read === undefined && byte === 0x10 ? [byte] : [];
    return read;
  }

  reset(): void {
    this.#seen = [];
  }

  #read(): RealTimeRequest | 'more' | undefined {
    const [, kind, first, ...rest] = this.#seen;
    if (first === undefined) return kind === 0x04 || kind === 0x05 || kind === 0x14 ? 'more' : undefined;
    // `DLE EOT 8 3`: the sensor in front of the cutter; the only question here with a second number.
    if (kind === 0x04 && first === 0x08)
      return rest.length < 1 ? 'more' : rest[0] === 0x03 ? { kind: 'status', which: first } : undefined;
    if (kind === 0x04) return { kind: 'status', which: first };
    if (kind === 0x05) return first === 1 || first === 2 ? { kind: 'recover', clear: first === 2 } : undefined;
    switch (first) {
      case 0x01:
        return rest.length < 2 ? 'more' : { kind: 'drawer' };
      case 0x07:
        return rest.length < 1 ? 'more' : rest[0] === 1 ? { kind: 'automaticStatus' } : undefined;
      case 0x08:
        if (rest.some((byte, index) => byte !== CLEAR[index])) return undefined;
        return rest.length < CLEAR.length ? 'more' : { kind: 'clearBuffer' };
      default:
        return undefined;
    }
  }
}
