/**
 * 公民身份号码, the number that Chinese identity documents carry (GB 11643).
 *
 * One promise: eighteen characters that pass have a real date in them and the
 * check digit of ISO 7064 MOD 11-2. Whether such a person exists, nobody here knows.
 */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** What is wrong with a number, in words that do not repeat it; `undefined` = nothing. */
export type IdentityNumberFlaw = 'form' | 'date' | 'checkDigit';

/** @param text 18 characters, the last may be X */
export function flawOfIdentityNumber(text: string): IdentityNumberFlaw | undefined {
  if (!/^\d{17}[\dX]$/.test(text)) return 'form';
  if (!isCalendarDate(text.slice(6, 14))) return 'date';
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return CHECK_DIGITS[sum % 11] === text[17] ? undefined : 'checkDigit';
}

/** A day of the calendar from 1900 on. @param digits YYYYMMDD */
export function isCalendarDate(digits: string): boolean {
  if (!/^\d{8}$/.test(digits)) return false;
  const year = Number(digits.slice(0, 4));
  const month = Number(digits.slice(4, 6));
  const day = Number(digits.slice(6, 8));
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}
