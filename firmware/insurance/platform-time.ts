/**
 * Calendar text of the insurance interface: always Beijing time, whatever zone the machine is set to.
 * China has had one zone without summer time since 1992, so eight hours are added and nothing is looked up.
 */
const EIGHT_HOURS_MS = 8 * 3_600_000;

/** `yyyy-MM-dd HH:mm:ss` */
export function platformTime(wallMs: number): string {
  return new Date(wallMs + EIGHT_HOURS_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd` */
export function platformDate(wallMs: number): string {
  return platformTime(wallMs).slice(0, 10);
}

/** `yyyyMMddHHmmss`, as message ids carry it. */
export function platformStamp(wallMs: number): string {
  return platformTime(wallMs).replace(/\D/g, '');
}

/** Unix ms of a `yyyyMMddHHmmss`, or `undefined` when it is none. */
export function parseStamp(stamp: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  const ms = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second) - EIGHT_HOURS_MS;
  return platformStamp(ms) === stamp ? ms : undefined;
}

/** Unix ms of `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss`, or `undefined`. A date alone is its first second. */
export function parsePlatformTime(text: string): number | undefined {
  const digits = text.replace(/\D/g, '');
  return parseStamp(digits.length === 8 ? `${digits}000000` : digits);
}
