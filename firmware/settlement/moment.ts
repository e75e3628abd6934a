/**
 * A point in time that survives a reboot honestly.
 *
 * Monotonic time counts only within one boot, and the calendar may jump. So the
 * time since a moment of an earlier boot is taken as the time since this boot
 * began: a lower bound, which makes every quarantine start again in full.
 */
export interface Moment {
  /** Number of the opening of the ledger; grows by one each time. */
  readonly boot: number;
  readonly monoMs: number;
  /** Unix ms, for people; nothing is decided by it. */
  readonly wallMs: number;
}

/** The present, and when this boot began. */
export interface Now extends Moment {
  readonly bootBeganMs: number;
}

/** At least this many ms have passed. */
export function elapsedMs(since: Moment, now: Now): number {
  return since.boot === now.boot ? now.monoMs - since.monoMs : now.monoMs - now.bootBeganMs;
}
