/**
 * The frame of a POS module's serial line: `STX LL LL payload ETX LRC`.
 *
 * The length is two bytes of BCD and counts the payload; the LRC is the XOR of
 * everything between STX and itself. Each frame is answered with ACK or NAK.
 * One promise: after any noise the next whole frame is found, from bounded
 * memory, and no byte of a broken one is taken for an ACK.
 * docs/interfaces/bank-terminal.md section 2.
 */

export const ACK = 0x06;
export const NAK = 0x15;
const STX = 0x02;
const ETX = 0x03;
/** STX, two of length, ETX, LRC. */
const AROUND = 5;
/** The longest payload that is accepted or sent, bytes. */
export const LONGEST_PAYLOAD = 1_024;

export type LineEvent =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak' }
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  /** A frame began whose length, end or checksum is wrong. */
  | { readonly kind: 'broken' };

/** @throws RangeError for a payload that no frame can hold. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  if (payload.length > LONGEST_PAYLOAD) throw new RangeError(`a payload of ${payload.length} bytes`);
  const frame = new Uint8Array(payload.length + AROUND);
  const digits = String(payload.length).padStart(4, '0');
  frame.set([STX, Number.parseInt(digits.slice(0, 2), 16), Number.parseInt(digits.slice(2), 16)]);
  frame.set(payload, 3);
  frame[payload.length + 3] = ETX;
  frame[payload.length + 4] = lrcOf(frame.subarray(1, payload.length + 4));
  return frame;
}

/** Two BCD bytes as a number; `undefined` when a digit is none. */
export function bcdLength(high: number, low: number): number | undefined {
  const digits = [high >> 4, high & 0xf, low >> 4, low & 0xf];
  return digits.some((digit) => digit > 9) ? undefined : digits.reduce((sum, digit) => sum * 10 + digit, 0);
}

export class FrameReader {
  readonly #held = new Uint8Array(LONGEST_PAYLOAD + AROUND);
  #length = 0;

  /** Half a frame that waits for its rest. */
  get midFrame(): boolean {
    return this.#length > 0;
  }

  /** Forgets half a frame: what comes next begins anew. */
  reset(): void {
    this.#held.fill(0);
    this.#length = 0;
  }

  push(bytes: Uint8Array): readonly LineEvent[] {
    const events: LineEvent[] = [];
    for (const byte of bytes) this.#take(byte, events);
    return events;
  }

  #take(byte: number, events: LineEvent[]): void {
    if (this.#length === 0) {
      if (byte === ACK) events.push({ kind: 'ack' });
      else if (byte === NAK) events.push({ kind: 'nak' });
      else if (byte === STX) this.#hold(byte);
      return;
    }
    this.#hold(byte);
    this.#judge(events);
  }

  #hold(byte: number): void {
    this.#held[this.#length] = byte;
    this.#length += 1;
  }

  /** What is held may be whole, wrong, or not long enough to say. */
  #judge(events: LineEvent[]): void {
    if (this.#length < 3) return;
    const payloadLength = bcdLength(this.#held[1] ?? 0, this.#held[2] ?? 0);
    if (payloadLength === undefined || payloadLength > LONGEST_PAYLOAD) {
      this.#breakUp(events);
      return;
    }
    const whole = payloadLength + AROUND;
    if (this.#length < whole) return;
    const etx = this.#held[payloadLength + 3];
    const lrc = this.#held[payloadLength + 4];
    if (etx !== ETX || lrc !== lrcOf(this.#held.subarray(1, payloadLength + 4))) {
      this.#breakUp(events);
      return;
    }
    const payload = this.#held.slice(3, payloadLength + 3);
    this.reset();
    events.push({ kind: 'frame', payload });
  }

  /** The frame did not begin here: looks for the next STX in what is held. */
  #breakUp(events: LineEvent[]): void {
    if (events.at(-1)?.kind !== 'broken') events.push({ kind: 'broken' });
    const next = this.#held.subarray(1, this.#length).indexOf(STX);
    if (next < 0) {
      this.reset();
      return;
    }
    const rest = this.#held.slice(next + 1, this.#length);
    this.reset();
    for (const byte of rest) {
      if (this.#length === 0 && byte !== STX) continue;
      this.#hold(byte);
      this.#judge(events);
    }
  }
}

function lrcOf(bytes: Uint8Array): number {
  return bytes.reduce((lrc, byte) => lrc ^ byte, 0);
}
