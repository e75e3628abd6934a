/**
 * The reader maker's licensed decoder of ID-chip photos (WLT), as a program that the site names.
 *
 * Nobody outside of a licence can open those 1,024 bytes, so the kiosk does not
 * try: it hands them to a program on standard input and takes the picture from
 * its standard output, a JPEG or 102 × 126 × 3 bytes of RGB. One promise: the
 * program gets a time and a length, sees no file of ours, and whatever it does
 * ends as a picture or as none; every buffer that held the photo is zero then.
 */
import { spawn } from 'node:child_process';
import type { Clock } from '../ports.ts';
import { WipeableBytes } from '../wipeable.ts';
import type { FaceReference } from './biometric.ts';

export type PhotoDecoder = (wlt: WipeableBytes, signal: AbortSignal) => Promise<FaceReference | undefined>;

export interface PhotoProgramOptions {
  /** The program and its words, as the site file has them: `["/opt/reader/wlt-to-rgb"]`. */
  readonly words: readonly string[];
  readonly clock: Clock;
  /** How long it may take, ms. */
  readonly longestMs?: number;
}

const WIDTH = 102;
const HEIGHT = 126;
const RGB_BYTES = WIDTH * HEIGHT * 3;
/** A JPEG of a photo that small is a tenth of this; a program that says more is not the decoder. Bytes. */
const LONGEST_ANSWER = 262_144;
const USUAL_LONGEST_MS = 10_000;

/** The decoder wipes the photo; the picture that it gives is its caller's to wipe. */
export function photoProgram({ words, clock, longestMs = USUAL_LONGEST_MS }: PhotoProgramOptions): PhotoDecoder {
  return async (wlt, signal) => {
    try {
      const answer = await answerOf(words, wlt.reveal(), { clock, longestMs, signal });
      return answer && pictureIn(answer);
    } finally {
      wlt.wipe();
    }
  };
}

function pictureIn(answer: Uint8Array): FaceReference | undefined {
  if (answer.length === RGB_BYTES)
    return { kind: 'rgb24', width: WIDTH, height: HEIGHT, photo: new WipeableBytes(answer) };
  if (answer[0] === 0xff && answer[1] === 0xd8) return { kind: 'jpeg', photo: new WipeableBytes(answer) };
  answer.fill(0);
  return undefined;
}

interface Limits {
  readonly clock: Clock;
  readonly longestMs: number;
  readonly signal: AbortSignal;
}

/** What it wrote, or `undefined` when it failed, took too long or wrote too much. Rejects with `signal.reason`. */
function answerOf(words: readonly string[], photo: Uint8Array, limits: Limits): Promise<Uint8Array | undefined> {
  const [program, ...rest] = words;
  return new Promise((resolve, reject) => {
    const { signal, clock, longestMs } = limits;
    if (signal.aborted || program === undefined) {
      if (signal.aborted) reject(signal.reason);
      else resolve(undefined);
      return;
    }
    const pieces: Buffer[] = [];
    let length = 0;
    // Its complaints may quote what it was given: nobody reads them.
    const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'ignore'], cwd: '/' });
    const end = (settle: () => void): void => {
      stopClock();
      signal.removeEventListener('abort', onAbort);
      child.kill('SIGKILL');
      child.stdout.destroy();
      for (const piece of pieces.splice(0)) piece.fill(0);
      settle();
    };
    const onAbort = (): void => end(() => reject(signal.reason));
    const stopClock = clock.timer(longestMs, () => end(() => resolve(undefined)));
    signal.addEventListener('abort', onAbort, { once: true });
    child.once('error', () => end(() => resolve(undefined)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(photo);
    child.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > LONGEST_ANSWER) end(() => resolve(undefined));
    });
    child.once('close', (code) => {
      const answer = code === 0 && length > 0 ? Uint8Array.from(Buffer.concat(pieces)) : undefined;
      end(() => resolve(answer));
    });
  });
}
