/**
 * What is the matter with the machine, and how status bytes say it
 * (escpos.md section 5, status bytes).
 */

export interface Condition {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperNearEnd: boolean;
  /** The knife did not come home: recoverable on request. */
  readonly cutterError: boolean;
  /** Recovers by itself. */
  readonly headHot: boolean;
  readonly drawerPinHigh: boolean;
}

/** Printing has stopped; commands wait. */
export function isOffline(condition: Condition): boolean {
  return condition.coverOpen || condition.paperOut || condition.cutterError || condition.headHot;
}

const bit = (on: boolean, value: number): number => (on ? value : 0);

/** Answer to `DLE EOT n`, n 1-4; other numbers get none here. */
export function realTimeStatus(which: number, condition: Condition): number | undefined {
  const { coverOpen, paperOut, paperNearEnd, cutterError, headHot } = condition;
  switch (which) {
    case 1:
      return 0x12 | bit(condition.drawerPinHigh, 0x04) | bit(isOffline(condition), 0x08);
    case 2:
      return 0x12 | bit(coverOpen, 0x04) | bit(paperOut, 0x20) | bit(cutterError || headHot, 0x40);
    case 3:
      return 0x12 | bit(cutterError, 0x08) | bit(headHot, 0x40);
    case 4:
      return 0x12 | bit(paperNearEnd || paperOut, 0x0c) | bit(paperOut, 0x60);
    default:
      return undefined;
  }
}

/** The four bytes of automatic status. */
export function automaticStatus(condition: Condition, lastByte: number): Uint8Array {
  const first =
    0x10 | bit(condition.drawerPinHigh, 0x04) | bit(isOffline(condition), 0x08) | bit(condition.coverOpen, 0x20);
  const second = bit(condition.cutterError, 0x08) | bit(condition.headHot, 0x40);
  return Uint8Array.of(first, second, paperBits(condition), lastByte);
}

/** Answer to `GS r 1` and `ESC v`, and third byte of automatic status: 03 near end, 0C end. */
export function paperBits(condition: Condition): number {
  return bit(condition.paperNearEnd || condition.paperOut, 0x03) | bit(condition.paperOut, 0x0c);
}

/** Which bits of automatic status each bit of `GS a n` watches. */
const watched: readonly (readonly [mask: number, first: number, second: number, third: number])[] = [
  [0x01, 0x04, 0x00, 0x00],
  [0x02, 0x68, 0x01, 0x00],
  [0x04, 0x00, 0x6c, 0x00],
  [0x08, 0x00, 0x00, 0x0f],
  [0x40, 0x00, 0x02, 0x00],
];

/** Whether a change from `before` to `now` is one that the host asked to hear of. */
export function isWatchedChange(mask: number, before: Uint8Array, now: Uint8Array): boolean {
  const changed = [0, 1, 2].map((index) => (before[index] ?? 0) ^ (now[index] ?? 0));
  return watched.some(
    ([enabled, ...bits]) => (mask & enabled) !== 0 && bits.some((part, index) => (part & (changed[index] ?? 0)) !== 0),
  );
}
