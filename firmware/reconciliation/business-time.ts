/**
 * Business time: what the other parties' clocks said, at the moments that the journal holds.
 *
 * The kiosk's calendar may be wrong by years and jump; a day of money may not. So each time that a party told (the
 * centre's `setl_time`) becomes an anchor, and other moments of the same boot are reckoned from the nearest one by
 * the monotonic clock. Only a boot without any anchor falls back on the kiosk's own calendar.
 */
import { parsePlatformTime, platformTime } from '../insurance/platform-time.ts';
import type { Moment } from '../settlement/moment.ts';

/** At this moment the business clock showed this, Unix ms. */
export interface Anchor {
  readonly boot: number;
  /** `undefined`: asked by another thread, whose monotonic clock is not the journal's. */
  readonly monoMs: number | undefined;
  readonly wallMs: number;
  readonly businessMs: number;
}

/** Two times so close to each other may fall on either side of midnight. */
export const UNSURE_MS = 600_000;

export function businessMs(at: Moment, anchors: readonly Anchor[]): number {
  const ofBoot = anchors.filter(({ boot }) => boot === at.boot);
  const nearest = closest(
    ofBoot.filter(({ monoMs }) => monoMs !== undefined),
    (anchor) => (anchor.monoMs ?? 0) - at.monoMs,
  );
  if (nearest?.monoMs !== undefined) return nearest.businessMs + at.monoMs - nearest.monoMs;
  const byCalendar = closest(ofBoot, (anchor) => anchor.wallMs - at.wallMs);
  return byCalendar ? byCalendar.businessMs + at.wallMs - byCalendar.wallMs : at.wallMs;
}

function closest(anchors: readonly Anchor[], distance: (anchor: Anchor) => number): Anchor | undefined {
  let best: Anchor | undefined;
  for (const anchor of anchors) {
    if (!best || Math.abs(distance(anchor)) < Math.abs(distance(best))) best = anchor;
  }
  return best;
}

/** An anchor from a time that the centre told for something the journal has at `at`; none when it is no time. */
export function anchorAt(at: Moment, told: string): Anchor | undefined {
  const ms = parsePlatformTime(told);
  return ms === undefined ? undefined : { boot: at.boot, monoMs: at.monoMs, wallMs: at.wallMs, businessMs: ms };
}

export function dateOf(time: string): string {
  return time.slice(0, 10);
}

export function timeText(ms: number): string {
  return platformTime(ms);
}

/** Midnight at the start of a day, Unix ms. */
export function midnight(date: string): number {
  const ms = parsePlatformTime(date);
  if (ms === undefined) throw new RangeError(`"${date}" is no date.`);
  return ms;
}

const DAY_MS = 86_400_000;

export function dayAfter(date: string): string {
  return dateOf(platformTime(midnight(date) + DAY_MS));
}

export function dayBefore(date: string): string {
  return dateOf(platformTime(midnight(date) - DAY_MS));
}

/** Seconds since midnight of HH:mm:ss, with or without its date before it. */
export function secondOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(-8).split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

/**
 * The other day that a time near midnight may belong to in another party's books, or `undefined` when it is near to
 * none. Two clocks differ, and a call takes time.
 */
export function otherDayOf(at: string): string | undefined {
  const sinceMs = secondOfDay(at) * 1_000;
  const date = dateOf(at);
  if (sinceMs < UNSURE_MS) return dayBefore(date);
  return DAY_MS - sinceMs <= UNSURE_MS ? dayAfter(date) : undefined;
}

/** yyyy-MM-dd that is a day of the calendar. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parsePlatformTime(text) !== undefined;
}
