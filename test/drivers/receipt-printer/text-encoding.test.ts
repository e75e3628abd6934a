/** Golden bytes: escpos.md section 2 (measured with another converter) and GB 18030's own tables. */
import { describe, expect, test } from 'vitest';
import { type Charset, TextEncoding } from '../../../drivers/receipt-printer/text-encoding.ts';

function hexOf(character: string, charset: Charset): string {
  const encoding = TextEncoding.of(charset);
  const code = encoding.codes[character.charCodeAt(0)] ?? 0;
  if (character.length === 1 && code) return code.toString(16);
  const glyph = encoding.glyph(character);
  if (glyph.kind === 'fourByte') return Buffer.from(glyph.bytes).toString('hex');
  if (glyph.kind === 'missing') return 'missing';
  return [...glyph.text].map((each) => (encoding.codes[each.charCodeAt(0)] ?? 0).toString(16)).join('');
}

describe('characters that a Chinese printer has', () => {
  test.each([
    ['A', '41'],
    ['￥', 'a3a4'],
    ['·', 'a1a4'],
    ['—', 'a1aa'],
    ['①', 'a2d9'],
    ['Ⅱ', 'a2f2'],
    ['×', 'a1c1'],
    ['≤', 'a1dc'],
    ['é', 'a8a6'],
    ['〓', 'a1fe'],
    ['℃', 'a1e6'],
    ['啊', 'b0a1'],
  ])('%s is %s in every charset', (character, hex) => {
    for (const charset of ['gb2312', 'gbk', 'gb18030-2000', 'gb18030-2022'] as const) {
      expect(hexOf(character, charset)).toBe(hex);
    }
  });

  test('the euro sign is A2 E3, never the single byte 80', () => expect(hexOf('€', 'gb18030-2000')).toBe('a2e3'));
});

describe('characters that would come out as something else', () => {
  test.each([
    ['¥', 'a3a4'],
    ['µ', 'a6cc'],
    ['²', '32'],
    ['ø', 'a6d5'],
    ['•', 'a1a4'],
    ['☑', 'a1cc'],
    ['ñ', '6e'],
    ['\u00a0', '20'],
    ['\t', '20'],
    ['\u200b', ''],
  ])('%j is replaced before it is encoded (%s)', (character, hex) => {
    for (const charset of ['gb2312', 'gbk', 'gb18030-2000', 'gb18030-2022'] as const) {
      expect(hexOf(character, charset)).toBe(hex);
    }
  });
});

describe('rare characters of names', () => {
  test.each([
    ['䶮', 'gbk', 'fe9f'],
    ['䶮', 'gb18030-2000', 'fe9f'],
    ['䶮', 'gb2312', 'missing'],
    ['喆', 'gb2312', 'missing'],
    ['喆', 'gbk', '86b4'],
    ['㛃', 'gbk', 'missing'],
    ['㛃', 'gb18030-2000', '8230b731'],
    ['𠮷', 'gb18030-2000', 'missing'],
    ['𠮷', 'gb18030-2022', '9534b235'],
  ] as const)('%s in %s is %s', (character, charset, hex) => expect(hexOf(character, charset)).toBe(hex));

  test('a Han character is never replaced by one that only looks like it', () => {
    expect(hexOf('\u{2f81a}', 'gb18030-2022')).toBe('missing');
    expect(hexOf('\u{2f81a}', 'gbk')).toBe('missing');
  });

  test('half a surrogate pair and an emoji are missing, not lost', () => {
    expect(hexOf('\ud842', 'gb18030-2022')).toBe('missing');
    expect(hexOf('😀', 'gb18030-2022')).toBe('missing');
  });
});
