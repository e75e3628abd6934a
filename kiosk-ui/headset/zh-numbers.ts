/**
 * Numbers as Chinese people say them: money in 元角分, counts with 两, telephone and card numbers one by one.
 *
 * One promise: what is said names exactly the number that was written; a number of another form is spelled.
 */

const DIGITS = '零一二三四五六七八九';

/** 203 → 二百零三; 12860 → 一万二千八百六十. Whole numbers below 10^12; others are spelled. */
export function zhNumber(written: string): string {
  const digits = written.replace(/^0+(?=\d)/, '');
  if (!/^\d{1,12}$/.test(digits)) return zhSpelled(written);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 4) groups.unshift(digits.slice(Math.max(0, end - 4), end));
  let said = '';
  for (const [place, group] of groups.entries()) {
    const unit = ['', '万', '亿'][groups.length - 1 - place] ?? '';
    const value = Number(group);
    if (value === 0) continue;
    // A gap between two groups is one 零: 一万零一十.
    if (said !== '' && (value < 1_000 || said.endsWith('零'))) said = said.replace(/零?$/, '零');
    said += fourDigits(value) + unit;
  }
  if (said === '') return DIGITS[0] ?? '';
  return said.replace(/^一十/, '十');
}

/** 1 to 9999. */
function fourDigits(value: number): string {
  let said = '';
  let gap = false;
  for (const [unit, size] of [
    ['千', 1_000],
    ['百', 100],
    ['十', 10],
    ['', 1],
  ] as const) {
    const digit = Math.floor(value / size) % 10;
    if (digit === 0) {
      gap = said !== '';
      continue;
    }
    if (gap) said += DIGITS[0];
    gap = false;
    said += (DIGITS[digit] ?? '') + unit;
  }
  return said;
}

/** 203.50 → 二百零三元五角; 10.05 → 十元零五分; 0.00 → 零元. `cents` are two digits. */
export function zhMoney(yuan: string, cents = '00'): string {
  const [jiao, fen] = [Number(cents[0]), Number(cents[1])];
  const whole = Number(yuan);
  const tail = (jiao > 0 ? `${DIGITS[jiao]}角` : '') + (fen > 0 ? `${DIGITS[fen]}分` : '');
  if (whole === 0 && tail !== '') return tail;
  const head = `${whole === 2 ? '两' : zhNumber(yuan)}元`;
  return jiao === 0 && fen > 0 ? `${head}零${tail}` : head + tail;
}

/** A count before its measure word: 2 → 两, 12 → 十二. */
export function zhCount(written: string): string {
  return Number(written) === 2 ? '两' : zhNumber(written);
}

/** 12.5 → 十二点五 */
export function zhDecimal(whole: string, fraction: string): string {
  return `${zhNumber(whole)}点${zhDigits(fraction)}`;
}

/** Digits one by one: 0571 → 零五七一. */
export function zhDigits(written: string): string {
  return [...written].map((digit) => DIGITS[Number(digit)] ?? digit).join('');
}

/** Letters and digits one by one, with room between them: A012 → A 零 一 二. */
export function zhSpelled(written: string): string {
  return [...written]
    .filter((character) => /[\dA-Za-z]/.test(character))
    .map((character) => (/\d/.test(character) ? zhDigits(character) : character.toUpperCase()))
    .join(' ');
}
