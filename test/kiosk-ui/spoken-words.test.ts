/** What a headset says for what stands on the glass, as a cashier would read it aloud. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spokenParts } from '../../kiosk-ui/headset/spoken-words.ts';
import { zhNumber } from '../../kiosk-ui/headset/zh-numbers.ts';
import { zhWords } from '../../kiosk-ui/headset/zh-words.ts';
import { date, money, tables } from '../../kiosk-ui/text/fill.ts';

const said = (text: string, language: 'zh' | 'en' = 'zh'): string =>
  spokenParts(text, language)
    .map((part) => part.text)
    .join(' | ');

describe('money', () => {
  test.each([
    [20_350, '二百零三元五角'],
    [0, '零元'],
    [5, '五分'],
    [50, '五角'],
    [200, '两元'],
    [1_005, '十元零五分'],
    [1_200, '十二元'],
    [11_056, '一百一十元五角六分'],
    [20_000, '二百元'],
    [100_000, '一千元'],
    [101_000, '一千零一十元'],
    [1_286_040, '一万二千八百六十元四角'],
    [1_327_496, '一万三千二百七十四元九角六分'],
    [10_000_000, '十万元'],
    [10_010_000, '十万零一百元'],
    [100_000_000, '一百万元'],
    [123_456_789, '一百二十三万四千五百六十七元八角九分'],
    [-250, '负两元五角'],
  ])('%i fen are said %s', (fen, words) => {
    expect(zhWords(money(tables.zh, fen))).toBe(words);
  });

  test('an amount key says whole yuan', () => {
    expect(zhWords('1000 元')).toBe('一千元');
  });

  test.each([
    [20_350, '203 yuan and 50 fen'],
    [20_000, '200 yuan'],
    [5, '0 yuan and 5 fen'],
    [-250, 'minus 2 yuan and 50 fen'],
  ])('%i fen are said %s in English', (fen, words) => {
    expect(said(money(tables.en, fen), 'en')).toBe(words);
  });
});

describe('numbers', () => {
  test.each([
    ['10', '十'],
    ['11', '十一'],
    ['20', '二十'],
    ['100', '一百'],
    ['101', '一百零一'],
    ['110', '一百一十'],
    ['1001', '一千零一'],
    ['10010', '一万零一十'],
    ['10101', '一万零一百零一'],
    ['100000001', '一亿零一'],
    ['007', '七'],
  ])('%s is %s', (written, words) => {
    expect(zhNumber(written)).toBe(words);
  });

  test('two of something are 两, a second floor is 二', () => {
    expect(zhWords('2 盒')).toBe('两盒');
    expect(zhWords('12 项')).toBe('十二项');
    expect(zhWords('2楼5号窗口')).toBe('二楼五号窗口');
  });

  test('the last four digits of a card, telephones and long numbers are said one by one', () => {
    expect(zhWords('尾号 6202')).toBe('尾号 六 二 零 二');
    expect(zhWords('12345')).toBe('一 二 三 四 五');
    expect(zhWords('0571-0000 1234')).toBe('零 五 七 一 零 零 零 零 一 二 三 四');
    expect(said('Call 12393 now', 'en')).toBe('Call 1 2 3 9 3 now');
  });

  test('queue numbers, staff codes and settlement numbers are spelled', () => {
    expect(zhWords('A012号')).toBe('A 零 一 二号');
    expect(zhWords('ID-09')).toBe('I D 零 九');
    expect(zhWords('CUXM YSF9 H2JD')).toBe('C U X M，Y S F 九，H 二 J D');
    expect(said('CUXM YSF9 H2JD', 'en')).toBe('C U X M, Y S F 9, H 2 J D');
  });

  test('dates, times, shares and decimals', () => {
    expect(zhWords(date(tables.zh, '2026-03-05'))).toBe('二零二六年三月五日');
    expect(said(date(tables.en, '2026-03-05'), 'en')).toBe('5 March 2026');
    expect(zhWords('09:41')).toBe('九点四十一分');
    expect(zhWords('2026-03-05 14:05:09')).toBe('二零二六年三月五日 十四点零五分');
    expect(zhWords('12.5%')).toBe('百分之十二点五');
    expect(zhWords('0.25 克')).toBe('零点二五 克');
  });

  test('every whole number is said so that it can be written down again', () => {
    const holds = fc.check(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        (number) => written(zhNumber(String(number))) === number,
      ),
    );
    expect(holds.counterexample).toBeNull();
  });
});

describe('languages', () => {
  test('a masked name is said without its star, in Chinese on every page', () => {
    expect(zhWords('张*三')).toBe('张某三');
    expect(zhWords('李*')).toBe('李某');
    expect(spokenParts('For 张*三, bed 12', 'en')).toEqual([
      { language: 'en', text: 'For' },
      { language: 'zh', text: '张某三' },
      { language: 'en', text: ', bed 12' },
    ]);
  });

  test('the hospital’s Chinese places stay Chinese on an English page, with their numbers', () => {
    expect(spokenParts('Next: 3楼西药房5号窗口取药', 'en')).toEqual([
      { language: 'en', text: 'Next:' },
      { language: 'zh', text: '三楼西药房五号窗口取药' },
    ]);
  });

  test('words of another language on a Chinese page are said in theirs', () => {
    expect(spokenParts('按 English 换语言', 'zh')).toEqual([
      { language: 'zh', text: '按' },
      { language: 'en', text: 'English' },
      { language: 'zh', text: '换语言' },
    ]);
  });

  test('no run is longer than a voice takes, and nothing gets lost', () => {
    const text = '请您先看清楚上面每一项自费药品的名称和价钱，再决定是不是同意。'.repeat(12);
    const parts = spokenParts(text, 'zh');
    expect(parts.every((part) => part.text.length <= 120)).toBe(true);
    expect(parts.map((part) => part.text).join('')).toBe(text);
  });

  test('whatever stands on a page, it is said in runs that the firmware takes', () => {
    const holds = fc.check(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom('zh', 'en'), (text, language) =>
        spokenParts(text, language).every((part) => part.text !== '' && part.text.length <= 120),
      ),
    );
    expect(holds.counterexample).toBeNull();
  });
});

/** Chinese number words back to the number: written for this test alone. */
function written(words: string): number {
  const digits = '零一二三四五六七八九';
  let [whole, group, digit] = [0, 0, 0];
  for (const word of words) {
    const size = { 十: 10, 百: 100, 千: 1_000 }[word];
    if (size) {
      group += (digit || 1) * size;
      digit = 0;
    } else if (word === '万' || word === '亿') {
      whole += (group + digit) * (word === '万' ? 10_000 : 100_000_000);
      [group, digit] = [0, 0];
    } else digit = digits.indexOf(word);
  }
  return whole + group + digit;
}
