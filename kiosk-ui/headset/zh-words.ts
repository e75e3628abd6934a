/** Chinese text with every number in it as it is said; the order of the rules is the order in which they are tried. */
import { zhCount, zhDecimal, zhDigits, zhMoney, zhNumber, zhSpelled } from './zh-numbers.ts';

/** What is counted; before these, two is 两. */
const MEASURES = '个|项|件|张|份|位|人|次|种|盒|瓶|袋|片|粒|支|根|包|套|天|小时|分钟|秒|笔|条|间|台|步|页|行';

type Rule = readonly [RegExp, (...found: readonly string[]) => string];

const RULES: readonly Rule[] = [
  // Masked names: who says "star" says nothing. 张*三 → 张某三
  [/(\p{Script=Han})\*+(\p{Script=Han})?/u, (_, first, last) => `${first}某${last ?? ''}`],
  [
    /(\d{4})年(\d{1,2})月(\d{1,2})日/,
    (_, year = '', month = '', day = '') => `${zhDigits(year)}年${zhNumber(month)}月${zhNumber(day)}日`,
  ],
  [
    /(\d{4})-(\d{2})-(\d{2})/,
    (_, year = '', month = '', day = '') => `${zhDigits(year)}年${zhNumber(month)}月${zhNumber(day)}日`,
  ],
  [
    /(\d{1,2}):(\d{2})(?::\d{2})?/,
    (_, hour = '', minute = '') => `${zhCount(hour)}点${minute === '00' ? '整' : `${zhMinute(minute)}分`}`,
  ],
  [/(-)?(\d+)(?:\.(\d{2}))? ?元/, (_, minus, yuan = '', cents) => `${minus ? '负' : ''}${zhMoney(yuan, cents)}`],
  // Settlement numbers in their groups, queue numbers, staff codes: one by one.
  [/[A-Z\d]{4} [A-Z\d]{4} [A-Z\d]{4}(?![A-Z\d])/, (all = '') => all.split(' ').map(zhSpelled).join('，')],
  [/[A-Z]{1,3}-?\d{2,4}(?!\d)/, (all = '') => zhSpelled(all)],
  // Telephones and other long numbers.
  [/\d[\d -]{3,}\d(?!\.\d)/, (all = '') => (all.replace(/\D/g, '').length >= 5 ? zhSpelled(all) : undecided(all))],
  [/(尾号|末四位|后四位)(\D{0,3})(\d{4})/, (_, tail, between, digits = '') => `${tail}${between}${zhSpelled(digits)}`],
  [/(\d+(?:\.\d+)?)%/, (_, share = '') => `百分之${decimal(share)}`],
  [/(\d+)\.(\d+)/, (_, whole = '', fraction = '') => zhDecimal(whole, fraction)],
  [new RegExp(`(\\d+) ?(${MEASURES})`), (_, count = '', measure) => `${zhCount(count)}${measure}`],
  [/0\d+/, (all = '') => zhDigits(all)],
  [/\d+/, (all = '') => zhNumber(all)],
  [/[A-Z]{2,}/, (all = '') => zhSpelled(all)],
  [/ *[·/|] */, () => '，'],
];

export function zhWords(text: string): string {
  let rest = text;
  let said = '';
  while (rest !== '') {
    const next = earliest(rest);
    if (!next) return said + rest;
    said += rest.slice(0, next.at) + next.words;
    rest = rest.slice(next.at + next.length);
  }
  return said;
}

/** The rule that finds something first; of several at one place, the first rule. */
function earliest(text: string): { readonly at: number; readonly length: number; readonly words: string } | undefined {
  let best: { readonly at: number; readonly length: number; readonly words: string } | undefined;
  for (const [pattern, words] of RULES) {
    const found = pattern.exec(text);
    if (!found || (best && best.at <= found.index)) continue;
    best = { at: found.index, length: found[0].length, words: words(...found) };
  }
  return best;
}

/** Short numbers beside each other, each by itself. */
function undecided(all: string): string {
  return all.replace(/\d+/g, (digits) => zhNumber(digits)).replace(/-/g, '，');
}

function decimal(share: string): string {
  const [whole = '', fraction] = share.split('.');
  return fraction === undefined ? zhNumber(whole) : zhDecimal(whole, fraction);
}

/** 9:05 is 九点零五分. */
function zhMinute(written: string): string {
  return written.startsWith('0') ? zhDigits(written) : zhNumber(written);
}
