import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LaidOut, layOut, PaperLayoutError, type TextLine } from '../../../drivers/receipt-printer/layout.ts';
import type { PaperBlock, RowBlock } from '../../../drivers/receipt-printer/paper-document.ts';
import { TextEncoding } from '../../../drivers/receipt-printer/text-encoding.ts';

const encoding = TextEncoding.of('gbk');

function laidOut(...blocks: PaperBlock[]): LaidOut {
  return layOut({ blocks }, { cells: 48, encoding });
}

function textLines(paper: LaidOut): TextLine[] {
  return paper.lines.filter((line) => line.kind === 'text');
}

/** Lines as another program reads them: the engine's own decoder. */
function read(...blocks: PaperBlock[]): string[] {
  const paper = laidOut(...blocks);
  const decoder = new TextDecoder('gb18030');
  return textLines(paper).map(({ start, end }) => decoder.decode(paper.bytes.subarray(start, end)));
}

const row = (...columns: RowBlock['columns']): RowBlock => ({ kind: 'row', columns });

describe('rows', () => {
  test('Chinese and Latin columns stand exactly under each other', () => {
    const line = (name: string, price: string) =>
      row({ text: name, width: 30 }, { text: price, width: 18, align: 'right' });
    expect(read(line('阿莫西林', '12.50'), line('Vitamin C', '3.00'))).toEqual([
      `阿莫西林${' '.repeat(22)}${' '.repeat(13)}12.50`,
      `Vitamin C${' '.repeat(21)}${' '.repeat(14)}3.00`,
    ]);
  });

  test('a long name wraps inside its column and the price stays on the first line', () => {
    const rows = read(
      row({ text: '注射用头孢哌酮钠舒巴坦钠', width: 10 }, { text: '9.00', width: 38, align: 'right' }),
    );
    expect(rows).toEqual([`注射用头孢${' '.repeat(34)}9.00`, `哌酮钠舒巴${' '.repeat(38)}`, `坦钠${' '.repeat(44)}`]);
  });

  test('a double-cell character is never split at an odd column edge', () => {
    const rows = read(row({ text: '中文字', width: 5 }, { text: '|', width: 2 }));
    expect(rows.map((line) => line.trimEnd())).toEqual(['中文 |', '字']);
  });

  test('an amount is not torn in two when a word before it can give way', () => {
    expect(read({ kind: 'text', text: `${'x'.repeat(40)} 1234567.89` })).toEqual([
      `${'x'.repeat(40)}${' '.repeat(8)}`,
      `1234567.89${' '.repeat(38)}`,
    ]);
  });

  test('columns wider than the paper, or too narrow for a Chinese character, are refused', () => {
    expect(() => laidOut(row({ text: 'a', width: 40 }, { text: 'b', width: 9 }))).toThrow(PaperLayoutError);
    expect(() => laidOut(row({ text: 'a', width: 1 }))).toThrow(PaperLayoutError);
  });

  test('whatever the texts are, every row is exactly 48 cells and no character is lost', () => {
    const character = fc.constantFrom('a', '9', '.', ' ', '中', '文', '①', '¥', '㛃', 'é');
    const text = fc.array(character, { maxLength: 60 }).map((all) => all.join(''));
    const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const);
    const property = fc.property(text, text, align, fc.integer({ min: 2, max: 46 }), (first, second, side, width) => {
      const paper = laidOut(row({ text: first, width, align: side }, { text: second, width: 48 - width }));
      const lines = textLines(paper);
      for (const { start, end } of lines) expect(end - start).toBe(48);
      const bytes = lines.flatMap(({ start, end }) => [...paper.bytes.subarray(start, end)]);
      const inked = (byte: number) => byte !== 0x20;
      const wanted = [...(first + second)].reduce(
        (sum, each) => sum + (each === ' ' ? 0 : /[a9.]/.test(each) ? 1 : 2),
        0,
      );
      expect(bytes.filter(inked).length).toBe(wanted);
    });
    fc.assert(property, { numRuns: 300, seed: 7 });
  });
});

describe('text', () => {
  test('a title of double size is centered among 24 cells', () => {
    expect(read({ kind: 'text', text: '费用清单', size: 2, align: 'center' })).toEqual([
      `${' '.repeat(8)}费用清单${' '.repeat(8)}`,
    ]);
  });

  test('a line break in a text begins a new line, and a text can be empty', () => {
    expect(read({ kind: 'text', text: '一\r\n二' }, { kind: 'text', text: '' }).map((line) => line.trim())).toEqual([
      '一',
      '二',
      '',
    ]);
  });

  test('control characters print as spaces', () => {
    expect(read({ kind: 'text', text: 'a\u001b@\u0010\u0004\u0001b' })[0]?.trimEnd()).toBe('a @   b');
  });

  test('a rule of a double-cell character fills the line', () => {
    expect(read({ kind: 'rule', fill: '—' }, { kind: 'rule' })).toEqual(['—'.repeat(24), '-'.repeat(48)]);
  });
});

describe('bad documents', () => {
  test.each<[string, PaperBlock[]]>([
    [
      'a cut before the end',
      [
        { kind: 'cut', mode: 'full' },
        { kind: 'text', text: 'x' },
      ],
    ],
    ['a QR code without content', [{ kind: 'qr', data: '' }]],
    ['a QR code with more than it can hold', [{ kind: 'qr', data: 'x'.repeat(2_332) }]],
    ['a QR text with a printer command in it', [{ kind: 'qr', data: 'a\u0010\u0014\u0001' }]],
    ['a module of 17 dots', [{ kind: 'qr', data: 'a', moduleDots: 17 }]],
    ['a feed of half a line', [{ kind: 'feed', lines: 0.5 }]],
    ['a rule of nothing', [{ kind: 'rule', fill: '' }]],
    ['a text that would never end', [{ kind: 'text', text: '\n'.repeat(5_000) }]],
  ])('%s is refused', (_name, blocks) => expect(() => laidOut(...blocks)).toThrow(PaperLayoutError));
});
