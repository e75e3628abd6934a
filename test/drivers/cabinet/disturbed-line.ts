/**
 * The board's cable with one disturbance after a given number of bytes, both ways counted together.
 *
 * What was not carried whole before it is cut in the middle, as on a real wire.
 */
import { type ByteLink, type Clock, LinkLostError, type Unsubscribe } from '../../../drivers/ports.ts';

export const DISTURBANCES = ['pulled', 'hung', 'noise', 'slow', 'doubled', 'replugged'] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

const BYTE_MS = 20;
const NOISE = Uint8Array.of(0xff, 0x13, 0xf0, 0x37, 0x91);

export interface DisturbedLine {
  readonly link: ByteLink;
  /** Bytes so far. */
  passed(): number;
  /** From so many bytes on. */
  disturbAfter(bytes: number, how: Disturbance): void;
}

/** @param pull takes the plug out of the board, @param replug puts it back */
export function disturbedLine(inner: ByteLink, clock: Clock, pull: () => void, replug: () => void): DisturbedLine {
  let passed = 0;
  let at = Number.POSITIVE_INFINITY;
  let how: Disturbance = 'pulled';
  let over = false;
  let lateMs = 0;
  const data = new Set<(bytes: Uint8Array) => void>();

  /** → what of these bytes goes on, and whether the line is still whole. */
  const carry = (bytes: Uint8Array, onward: (bytes: Uint8Array) => void): void => {
    if (over && how === 'hung') return;
    if (over && how === 'slow') {
      for (const byte of bytes) {
        lateMs = Math.max(lateMs, clock.monotonicMs()) + BYTE_MS;
        clock.timer(lateMs - clock.monotonicMs(), () => onward(Uint8Array.of(byte)));
      }
      return;
    }
    const room = Math.max(0, at - passed);
    const whole = over || bytes.length <= room;
    const head = whole ? bytes : bytes.subarray(0, room);
    passed += head.length;
    if (head.length > 0) onward(head);
    if (whole) return;
    over = true;
    const rest = bytes.subarray(room);
    switch (how) {
      case 'pulled':
        pull();
        return;
      case 'replugged':
        pull();
        replug();
        return;
      case 'hung':
        return;
      case 'noise':
        for (const listener of [...data]) listener(NOISE);
        break;
      case 'doubled':
        onward(rest.subarray(0, 1));
        break;
      case 'slow':
        break;
    }
    carry(rest, onward);
  };

  inner.onData((bytes) => carry(bytes, (some) => [...data].map((listener) => listener(some))));
  const link: ByteLink = {
    write: async (bytes, signal) => {
      signal.throwIfAborted();
      const onward: Promise<void>[] = [];
      carry(bytes, (some) => void onward.push(inner.write(some, new AbortController().signal).catch(() => undefined)));
      await Promise.all(onward);
      if (over && (how === 'pulled' || how === 'replugged')) throw new LinkLostError('cut');
    },
    onData: (listener): Unsubscribe => {
      data.add(listener);
      return () => data.delete(listener);
    },
    onLost: (listener) => inner.onLost(listener),
    close: () => {
      data.clear();
      return inner.close();
    },
  };
  return {
    link,
    passed: () => passed,
    disturbAfter: (bytes, what) => {
      at = passed + bytes;
      how = what;
    },
  };
}

interface Clockwork {
  pass(ms: number): Promise<void>;
  drain(): Promise<void>;
}

const STEP_MS = 250;

/** Until nothing goes over the lines any more without time passing. */
export async function untilQuiet(clock: Clockwork, lines: readonly DisturbedLine[]): Promise<void> {
  const passed = (): number => lines.reduce((sum, line) => sum + line.passed(), lines.length);
  for (let before = -1; before !== passed(); ) {
    before = passed();
    await clock.drain();
  }
}

/** Time passes until `done` holds, at most `limitMs`. → whether it does */
export async function passUntil(
  clock: Clockwork,
  lines: readonly DisturbedLine[],
  done: () => boolean,
  limitMs: number,
): Promise<boolean> {
  await untilQuiet(clock, lines);
  for (let at = 0; at < limitMs && !done(); at += STEP_MS) {
    await clock.pass(STEP_MS);
    await untilQuiet(clock, lines);
  }
  return done();
}
