/**
 * What the cabinet's driver sees of any board: levels in, levels out.
 *
 * One promise: once a board is open, every planned input has
 * told its level once, and an output that `write` resolved for was said by the
 * board (or its kernel) to have that level.
 */
import type { LinkLostError, Unsubscribe } from '../ports.ts';

/** One open board. A lost one is useless for good; the supervisor opens another. */
export interface PinBoard {
  /** Firmware or chip, for maintainers. At most 64 printable characters. */
  readonly identity: string;
  /** Rejects with `LinkLostError`, `HeldOtherwiseError`, or `signal.reason`. */
  write(levels: ReadonlyMap<number, boolean>, signal: AbortSignal): Promise<void>;
  /** Asks whether the board is there and still as it was set up. Rejects with `LinkLostError` when not. */
  check(signal: AbortSignal): Promise<void>;
  onLost(listener: (error: LinkLostError) => void): Unsubscribe;
  close(): Promise<void>;
}

/** The board answers, but holds another level than it was told. */
export class HeldOtherwiseError extends Error {
  override readonly name = 'HeldOtherwiseError';
}

export interface BoardPins {
  readonly inputs: readonly { readonly pin: number; readonly pullUp: boolean }[];
  readonly outputs: readonly { readonly pin: number; readonly part: 'lamp' | 'relay' }[];
}

/** Called with each level an input shows, also when it has not changed. */
export type LevelListener = (pin: number, high: boolean) => void;
