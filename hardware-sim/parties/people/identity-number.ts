/**
 * Identity numbers that pass the check digit and yet can belong to nobody:
 * their area code starts with 99, which GB/T 2260 gives to no place.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** GB 11643 check digit of the first 17 digits. */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/**
 * Whole number for an invented person. `born` is yyyy-MM-dd; an odd `sequence` (1–999) is a man's.
 */
export function inventIdentityNumber(born: string, sequence: number): string {
  const first17 = `990001${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
}

/** True for a number that is well formed and has the impossible area code. */
export function isInvented(number: string): boolean {
  return /^99\d{15}[\dX]$/.test(number) && checkDigit(number.slice(0, 17)) === number.charAt(17);
}
