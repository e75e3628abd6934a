/**
 * Frames of a face module: `EF AA`, message, two bytes of length, data, one byte of XOR over all behind `EF AA`.
 *
 * One promise: whatever bytes come, at most one longest frame is held, the next
 * good one is found, and what is held is zero when it is done with.
 * docs/interfaces/face-module.md section 1.
 */

/** What a module says: an answer to a command, or a note that nobody asked for. */
export type ModuleHeard =
  | { readonly kind: 'reply'; readonly command: number; readonly result: number; readonly data: Uint8Array }
  | { readonly kind: 'note'; readonly note: number; readonly data: Uint8Array }
  | { readonly kind: 'damaged' };

const SYNC = [0xef, 0xaa] as const;
const REPLY = 0x00;
const NOTE = 0x01;
const HEAD = 5;
/** A reply names up to a hundred users in 201 bytes; pictures are not asked for. Bytes. */
export const LONGEST_MODULE_DATA = 1_024;

/** @throws RangeError for data that no frame holds: our own mistake */
export function moduleFrame(message: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  if (data.length > LONGEST_MODULE_DATA) throw new RangeError(`a frame of ${data.length} bytes`);
  const frame = new Uint8Array(HEAD + data.length + 1);
  frame.set([...SYNC, message, data.length >> 8, data.length & 0xff]);
  frame.set(data, HEAD);
  frame[frame.length - 1] = exclusiveOr(frame.subarray(2, frame.length - 1));
  return frame;
}

export class ModuleFramer {
  readonly #held = new Uint8Array(HEAD + LONGEST_MODULE_DATA + 1);
  #length = 0;

  get held(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): readonly ModuleHeard[] {
    const heard: ModuleHeard[] = [];
    for (const byte of bytes) this.#take(byte, heard);
    return heard;
  }

  /** Forgets a frame that has begun, and overwrites it. */
  reset(): void {
    this.#held.fill(0);
    this.#length = 0;
  }

  #take(byte: number, heard: ModuleHeard[]): void {
    this.#held[this.#length] = byte;
    this.#length += 1;
    this.#judge(heard);
  }

  #judge(heard: ModuleHeard[]): void {
    const held = this.#held;
    if (held[0] !== SYNC[0] || (this.#length > 1 && held[1] !== SYNC[1])) {
      this.#skip(heard);
      return;
    }
    if (this.#length < HEAD) return;
    const size = ((held[3] ?? 0) << 8) | (held[4] ?? 0);
    if (size > LONGEST_MODULE_DATA) {
      heard.push({ kind: 'damaged' });
      this.#skip(heard);
      return;
    }
    const whole = HEAD + size + 1;
    if (this.#length < whole) return;
    if (held[whole - 1] !== exclusiveOr(held.subarray(2, whole - 1))) {
      heard.push({ kind: 'damaged' });
      this.#skip(heard);
      return;
    }
    const said = meaningOf(held[2] ?? 0, held.slice(HEAD, whole - 1));
    this.reset();
    if (said) heard.push(said);
  }

  /** It did not begin here: looks for the next beginning in what is held. */
  #skip(heard: ModuleHeard[]): void {
    const rest = this.#held.slice(1, this.#length);
    this.reset();
    const from = rest.indexOf(SYNC[0]);
    if (from >= 0) for (const byte of rest.subarray(from)) this.#take(byte, heard);
    rest.fill(0);
  }
}

/** Messages of other kinds (pictures) are nobody's. */
function meaningOf(message: number, data: Uint8Array): ModuleHeard | undefined {
  const [first, second] = data;
  if (message === REPLY && first !== undefined && second !== undefined) {
    return { kind: 'reply', command: first, result: second, data: data.slice(2) };
  }
  if (message === NOTE && first !== undefined) return { kind: 'note', note: first, data: data.slice(1) };
  return undefined;
}

function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((check, byte) => check ^ byte, 0);
}
