/**
 * Frames of the SAM_A module in a 居民身份证 reader (insurance interface E.2).
 *
 * Out: `AA AA AA 96 69`, length, command, parameter, check. In: the same with
 * three status bytes instead. One promise: whatever bytes come, the framer holds
 * at most one longest frame, finds the next good one, and keeps no copy of it.
 */

/** CMD and PARA of every question that this driver asks. */
export const SAM_COMMANDS = {
  /** 复位: as if its power had been off. */
  reset: [0x10, 0xff],
  /** SAM 状态检测. */
  state: [0x11, 0xff],
  /** 读 SAM 模块号. */
  moduleId: [0x12, 0xff],
  /** 寻找证/卡. */
  find: [0x20, 0x01],
  /** 选取证/卡. */
  select: [0x20, 0x02],
  /** 读固定信息: text and photo. */
  readTextAndPhoto: [0x30, 0x01],
  /** 读追加信息: the latest address, when the card holds one. */
  readLatestAddress: [0x30, 0x03],
} as const;

export type SamCommand = keyof typeof SAM_COMMANDS;

export interface SamAnswer {
  readonly kind: 'answer';
  /** SW1 SW2: the card's own status word, forwarded. */
  readonly cardStatus: number;
  /** SW3: the module's word; see `sam-status.ts`. */
  readonly status: number;
  /** A copy that belongs to the receiver, who wipes it. */
  readonly data: Uint8Array;
}

/** A frame that began and was not one. */
export interface SamDamage {
  readonly kind: 'damaged';
  readonly why: 'length' | 'checksum';
}

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69];
const HEAD_BYTES = PREAMBLE.length + 2;
/** SW1 SW2 SW3 CHK. */
const LEAST_LENGTH = 4;
/** Status, three length fields, 256 bytes of text, 1024 of photo, 1024 of fingerprints, check. */
const MOST_LENGTH = 3 + 6 + 256 + 1024 + 1024 + 1;
export const LONGEST_FRAME_BYTES = HEAD_BYTES + MOST_LENGTH;

/** One question as it goes out. */
export function samQuestion(command: SamCommand): Uint8Array {
  const [cmd, para] = SAM_COMMANDS[command];
  const body = [0x00, 0x03, cmd, para];
  return Uint8Array.of(...PREAMBLE, ...body, exclusiveOr(Uint8Array.from(body)));
}

export class SamFramer {
  readonly #held = new Uint8Array(LONGEST_FRAME_BYTES);
  #length = 0;

  /** Bytes of a frame that has begun; for a test of the bound. */
  get held(): number {
    return this.#length;
  }

  /** What came in whole, and what came in broken, in order. */
  push(bytes: Uint8Array): readonly (SamAnswer | SamDamage)[] {
    const found: (SamAnswer | SamDamage)[] = [];
    let at = 0;
    while (at < bytes.length) {
      const taken = bytes.subarray(at, at + this.#held.length - this.#length);
      this.#held.set(taken, this.#length);
      this.#length += taken.length;
      at += taken.length;
      this.#takeFrames(found);
    }
    return found;
  }

  /** Forgets a frame that has begun. What it may have held of a person is overwritten. */
  reset(): void {
    this.#held.fill(0);
    this.#length = 0;
  }

  #takeFrames(found: (SamAnswer | SamDamage)[]): void {
    for (;;) {
      this.#drop(this.#noise());
      if (this.#length < HEAD_BYTES) return;
      const length = ((this.#held[5] ?? 0) << 8) | (this.#held[6] ?? 0);
      if (length < LEAST_LENGTH || length > MOST_LENGTH) {
        found.push({ kind: 'damaged', why: 'length' });
        // The next frame may have begun inside the broken one, so only its first byte is given up.
        this.#drop(1);
        continue;
      }
      const end = HEAD_BYTES + length;
      if (this.#length < end) return;
      if (exclusiveOr(this.#held.subarray(PREAMBLE.length, end - 1)) !== this.#held[end - 1]) {
        found.push({ kind: 'damaged', why: 'checksum' });
        this.#drop(1);
        continue;
      }
      found.push({
        kind: 'answer',
        cardStatus: ((this.#held[7] ?? 0) << 8) | (this.#held[8] ?? 0),
        status: this.#held[9] ?? 0,
        data: this.#held.slice(10, end - 1),
      });
      this.#drop(end);
    }
  }

  /** How many bytes stand before what is, or may become, a preamble. */
  #noise(): number {
    for (let start = 0; start < this.#length; start += 1) {
      const most = Math.min(PREAMBLE.length, this.#length - start);
      let same = 0;
      while (same < most && this.#held[start + same] === PREAMBLE[same]) same += 1;
      if (same === most) return start;
    }
    return this.#length;
  }

  #drop(count: number): void {
    this.#held.copyWithin(0, count, this.#length);
    this.#held.fill(0, this.#length - count, this.#length);
    this.#length -= count;
  }
}

function exclusiveOr(bytes: Uint8Array): number {
  return bytes.reduce((check, byte) => check ^ byte, 0);
}
