/**
 * Times as the insurance interface writes them: Beijing time (UTC+8, no summer time)
 * without an offset. Every function takes and gives Unix ms.
 */
const OFFSET_MS = 8 * 3_600_000;

function parts(unixMs: number): string {
  return new Date(unixMs + OFFSET_MS).toISOString();
}

/** yyyy-MM-dd */
export function dayText(unixMs: number): string {
  return parts(unixMs).slice(0, 10);
}

/** yyyy-MM-dd HH:mm:ss */
export function secondText(unixMs: number): string {
  return parts(unixMs).slice(0, 19).replace('T', ' ');
}

/** yyyyMMddHHmmss */
export function compactSecond(unixMs: number): string {
  return parts(unixMs).slice(0, 19).replace(/\D/g, '');
}

/** yyyyMMddHHmmssSSS */
export function compactMillisecond(unixMs: number): string {
  return parts(unixMs).slice(0, 23).replace(/\D/g, '');
}

/** Reads `yyyy-MM-dd HH:mm:ss` or `yyyyMMddHHmmss`; `undefined` when it is no time. */
export function parseSecond(text: string): number | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2}) ?(\d{2}):?(\d{2}):?(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const unixMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - OFFSET_MS;
  return Number.isNaN(unixMs) || compactSecond(unixMs) !== text.replace(/\D/g, '') ? undefined : unixMs;
}

/** Whole years between a birth day (yyyy-MM-dd) and now. */
export function ageAt(born: string, unixMs: number): number {
  const today = dayText(unixMs);
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
