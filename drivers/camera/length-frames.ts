/**
 * Frames with their length before them: four bytes, big-endian, then one JPEG.
 *
 * One promise: it never holds more than one frame, and a length that can't be
 * true ends the stream; such a stream has no place to find its way back at.
 */
import { LinkLostError } from '../ports.ts';
import { LONGEST_FRAME } from './jpeg-splitter.ts';

const HEAD = 4;

export class LengthFrames {
  readonly #onFrame: (jpeg: Uint8Array) => void;
  readonly #onBroken: (error: LinkLostError) => void;
  readonly #head = new Uint8Array(HEAD);
  #headLength = 0;
  #frame: Uint8Array | undefined;
  #filled = 0;
  #broken = false;

  constructor(onFrame: (jpeg: Uint8Array) => void, onBroken: (error: LinkLostError) => void) {
    this.#onFrame = onFrame;
    this.#onBroken = onBroken;
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && !this.#broken) {
      at += this.#frame ? this.#fill(this.#frame, bytes.subarray(at)) : this.#readHead(bytes.subarray(at));
    }
  }

  /** Forgets and wipes what waits. */
  clear(): void {
    this.#frame?.fill(0);
    this.#frame = undefined;
    this.#headLength = 0;
  }

  #readHead(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, HEAD - this.#headLength);
    this.#head.set(taken, this.#headLength);
    this.#headLength += taken.length;
    if (this.#headLength === HEAD) {
      const [one = 0, two = 0, three = 0, four = 0] = this.#head;
      const length = one * 0x1000000 + two * 0x10000 + three * 0x100 + four;
      if (length < HEAD || length > LONGEST_FRAME) this.#break('a frame of impossible length');
      else this.#frame = new Uint8Array(length);
      this.#headLength = 0;
      this.#filled = 0;
    }
    return taken.length;
  }

  #fill(frame: Uint8Array, bytes: Uint8Array): number {
    const taken = bytes.subarray(0, frame.length - this.#filled);
    frame.set(taken, this.#filled);
    this.#filled += taken.length;
    if (this.#filled === frame.length) {
      this.#frame = undefined;
      const whole = frame[0] === 0xff && frame[1] === 0xd8 && frame.at(-2) === 0xff && frame.at(-1) === 0xd9;
      if (whole) this.#onFrame(frame);
      else this.#break('a frame that is no JPEG');
    }
    return taken.length;
  }

  #break(why: string): void {
    this.#broken = true;
    this.clear();
    this.#onBroken(new LinkLostError(`the camera sent ${why}`));
  }
}
