/**
 * Frames of the ZT588/ZT598 family of PIN pads (insurance interface E.3).
 *
 * `02`, three decimal digits of length, body, `03`, two hex digits of XOR over
 * digits, body and `03`. Key presses are single bytes outside frames. One promise:
 * at most one frame is held, and the bytes of a broken one never count as keys.
 */

export type PadHeard =
  | { readonly kind: 'frame'; readonly body: Uint8Array }
  /** One byte outside a frame. */
  | { readonly kind: 'key'; readonly code: number }
  | { readonly kind: 'damaged'; readonly why: 'ending' | 'checksum' };

const STX = 0x02;
const ETX = 0x03;
const LONGEST_BODY = 999;
/** 02, three digits, body, 03, two digits of check. */
const AROUND_BODY = 7;
export const LONGEST_PAD_FRAME = LONGEST_BODY + AROUND_BODY;
/** A frame that stops for so long was none; 9600 baud carry a byte in about 1 ms. */
const LONGEST_PAUSE_MS = 300;

/** @param body printable ASCII, at most 999 characters */
export function padFrame(body: string): Uint8Array {
  if (body.length > LONGEST_BODY) throw new RangeError('The body of a frame has at most 999 bytes.');
  const checked = `${String(body.length).padStart(3, '0')}${body}\x03`;
  const check = exclusiveOr(Buffer.from(checked, 'latin1'));
  return Uint8Array.from(Buffer.from(`\x02${checked}${hexByte(check)}`, 'latin1'));
}

export class PadFramer {
  readonly #held = new Uint8Array(LONGEST_PAD_FRAME);
  #length = 0;
  /** After a broken frame: how many bytes are still its own. */
  #skipping = false;
  #lastByteMs = 0;

  get held(): number {
    return this.#length;
  }

  push(bytes: Uint8Array, nowMs: number): readonly PadHeard[] {
    const heard: PadHeard[] = [];
    if (nowMs - this.#lastByteMs > LONGEST_PAUSE_MS) this.reset();
    this.#lastByteMs = nowMs;
    for (const byte of bytes) this.#take(byte, heard);
    return heard;
  }

  /** Forgets a frame that has begun, and overwrites it. */
  reset(): void {
    this.#held.fill(0);
    this.#length = 0;
    this.#skipping = false;
  }

  #take(byte: number, heard: PadHeard[]): void {
    if (this.#length === 0) {
      if (byte === STX) {
        this.#skipping = false;
        this.#hold(byte);
      } else if (!this.#skipping) heard.push({ kind: 'key', code: byte });
      return;
    }
    if (this.#length <= 3 && !isDigit(byte)) {
      // A lone 02 was noise: what follows it stands for itself.
      const begun = this.#held.slice(1, this.#length);
      this.reset();
      for (const earlier of [...begun, byte]) this.#take(earlier, heard);
      return;
    }
    this.#hold(byte);
    if (this.#length < 4) return;
    const whole = Number(Buffer.from(this.#held.subarray(1, 4)).toString('latin1')) + AROUND_BODY;
    if (this.#length === whole) this.#end(whole, heard);
  }

  #hold(byte: number): void {
    this.#held[this.#length] = byte;
    this.#length += 1;
  }

  #end(whole: number, heard: PadHeard[]): void {
    const checked = this.#held.subarray(1, whole - 2);
    const told = Buffer.from(this.#held.subarray(whole - 2, whole)).toString('latin1');
    if (checked.at(-1) !== ETX) heard.push({ kind: 'damaged', why: 'ending' });
    else if (told.toUpperCase() !== hexByte(exclusiveOr(checked))) heard.push({ kind: 'damaged', why: 'checksum' });
    else {
      heard.push({ kind: 'frame', body: this.#held.slice(4, whole - 3) });
      this.reset();
      return;
    }
    this.reset();
    // Its length may be what was broken, so what comes next may be its rest: not keys, until a frame begins or a pause.
    this.#skipping = true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((check, byte) => check ^ byte, 0);
}
