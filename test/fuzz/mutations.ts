/** How an input is changed: small harm, numbers that parsers stumble over, pieces of others, pieces that mean something. */

/** Numbers that were the end of somebody's buffer. */
const TELLING = [0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 100, 126, 127, 128, 129, 200, 240, 253, 254, 255];
export const LONGEST = 4_096;

/** Seeded; never below 0, never `most` itself. */
export type Draw = (most: number) => number;

export function draw(seed: number): Draw {
  let state = seed >>> 0 || 1;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return most <= 1 ? 0 : state % most;
  };
}

export function mutated(
  input: Uint8Array,
  others: readonly Uint8Array[],
  words: readonly Uint8Array[],
  next: Draw,
): Uint8Array {
  let bytes = Array.from(input);
  for (let times = 1 + next(4); times > 0; times -= 1) bytes = changed(bytes, others, words, next);
  return Uint8Array.from(bytes.slice(0, LONGEST));
}

function changed(bytes: number[], others: readonly Uint8Array[], words: readonly Uint8Array[], next: Draw): number[] {
  const at = next(bytes.length + 1);
  const byte = bytes[at] ?? 0;
  switch (next(words.length > 0 ? 10 : 9)) {
    case 0:
      return bytes.toSpliced(at, 1, byte ^ (1 << next(8)));
    case 1:
      return bytes.toSpliced(at, 1, TELLING[next(TELLING.length)] ?? 0);
    case 2:
      return bytes.toSpliced(at, 1, (byte + next(35) - 17) & 0xff);
    case 3:
      return bytes.toSpliced(at, 0, ...Array.from({ length: 1 + next(8) }, () => next(256)));
    case 4:
      return bytes.toSpliced(at, 1 + next(8));
    case 5:
      return bytes.slice(0, at);
    case 6: {
      const from = next(bytes.length + 1);
      return bytes.toSpliced(at, 0, ...bytes.slice(from, from + 1 + next(32)));
    }
    case 7: {
      const other = others[next(others.length)] ?? new Uint8Array();
      return [...bytes.slice(0, at), ...other.subarray(next(other.length + 1))];
    }
    case 8:
      return [...bytes, ...bytes].slice(0, LONGEST);
    default:
      return bytes.toSpliced(at, 0, ...(words[next(words.length)] ?? []));
  }
}
