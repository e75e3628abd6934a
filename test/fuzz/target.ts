/** One parser of untrusted bytes, as the fuzzing loop and the corpus test see it. */

export interface FuzzTarget {
  /** Also the name of its corpus folder. */
  readonly name: string;
  /** What is promised of it, in one sentence: the title of its corpus test. */
  readonly promise: string;
  /** Files whose coverage leads the loop, below the repository's root. */
  readonly covers: readonly string[];
  /** Where the loop begins: small and valid. */
  readonly seeds: readonly Uint8Array[];
  /** Pieces that mean something to it. */
  readonly words?: readonly (string | Uint8Array)[];
  /** Makes length and checksum right again, so that a changed frame gets past its gate. */
  readonly mend?: (bytes: Uint8Array) => Uint8Array;
  /** @throws Error when a promise is broken; its own named errors it catches itself. */
  readonly run: (bytes: Uint8Array) => void;
}

/** For oracles. @throws Error */
export function mustHold(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken promise: ${promise}`);
}

export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const bytesOf = (latin1: string): Uint8Array => Uint8Array.from(Buffer.from(latin1, 'latin1'));

/** `pieces` of one stream cut at places that the bytes themselves decide: the same input is always cut alike. */
export function cutUp(bytes: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + ((bytes[at] ?? 0) % 7);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}
