/** 大字 and 特大 slips on 80 mm paper: every word of the usual slip, higher, whole, and none beyond the edge. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeDocument } from '../../../drivers/receipt-printer/encoder.ts';
import { layOut } from '../../../drivers/receipt-printer/layout.ts';
import type { PaperDocument } from '../../../drivers/receipt-printer/paper-document.ts';
import { chineseClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import { TextEncoding } from '../../../drivers/receipt-printer/text-encoding.ts';
import { fontGlyphs } from '../../../firmware/documents/font-glyphs.ts';
import { forReader } from '../../../firmware/documents/large-print.ts';
import { settlementSlip } from '../../../firmware/documents/settlement-slip.ts';
import { ticketSlip } from '../../../firmware/documents/ticket-slip.ts';
import { type DecodedPaper, decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { config, profile } from '../kiosk-fixture.ts';
import { bytesOf, material } from './slip-bench.ts';

/** 1/8 mm: a usual line is 3 mm high, and 80 mm paper is 72 mm of print. */
const TWICE_DOTS = 48;
const PAPER_DOTS = 576;

const paper = (document: PaperDocument): DecodedPaper => decodePaper(bytesOf(document));

const ticket = (language: 'zh' | 'en' = 'zh'): PaperDocument =>
  ticketSlip({
    ...{ config, profile: profile(), language, maskedName: '张*一', departmentName: '演示科', doctorName: '演医' },
    ...{ ticket: 'A023', place: '门诊二楼 3 诊室', waitingBefore: 4, expectedMinutes: 25 },
    printedAt: '2026-11-22 09:00:00',
  });

const golden = (file: string): readonly string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

/** All characters but the blanks and rules between them: what is said, whatever the lines. */
const said = (lines: readonly string[]): string => lines.join('').replaceAll(/[\s.=-]/g, '');

const glyphs = ({ sheets }: DecodedPaper) =>
  sheets.flatMap(({ lines }) =>
    lines.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'glyph' && mark.text.trim() ? [mark] : []))),
  );

describe('特大', () => {
  test('[part of Y4-12a] the settlement slip is the known one, every label and figure in double height', () => {
    const slip = paper(forReader(settlementSlip(material()), 'extraLarge'));
    expect(slip.lines).toEqual(golden('settlement-slip-extra-large.txt'));
    expect(slip.unknown).toBe(0);
  });

  test('the queue ticket says its number, place and wait in letters twice as high and wide', () => {
    expect(paper(forReader(ticket(), 'extraLarge')).lines).toEqual(golden('ticket-slip-extra-large.txt'));
  });

  test('a label in words of English breaks between words, never within one that fits', () => {
    const { lines } = paper(forReader(settlementSlip(material({ language: 'en' })), 'extraLarge'));
    expect(lines.map((line) => line.trim())).toContain('Employee basic insurance');
  });
});

describe('the picture', () => {
  for (const textSize of ['large', 'extraLarge'] as const) {
    test(`in ${textSize} no letter is lower than 6 mm and none stands beyond the paper`, () => {
      for (const language of ['zh', 'en'] as const) {
        for (const document of [settlementSlip(material({ language })), ticket(language)]) {
          const marks = glyphs(paper(forReader(document, textSize))).filter(({ text }) => !/[-.=]/.test(text));
          expect(marks.length).toBeGreaterThan(50);
          expect(marks.filter(({ height }) => height < TWICE_DOTS).map(({ text }) => text)).toEqual([]);
          expect(marks.filter(({ x, width }) => x + width > PAPER_DOTS).map(({ text }) => text)).toEqual([]);
        }
      }
    });
  }

  test('at the usual size the slip is byte for byte what it was', () => {
    const slip = settlementSlip(material());
    expect(bytesOf(forReader(slip, 'standard')).equals(bytesOf(slip))).toBe(true);
  });
});

describe('rare names', () => {
  const ZHE = '\u{2B413}';

  test('a character that the printer lacks is drawn in the size of its line', () => {
    const slip = forReader(settlementSlip(material({ maskedName: `张*${ZHE}` })), 'extraLarge');
    const laidOut = layOut(slip, { cells: chineseClone.cells, encoding: TextEncoding.of('gbk') });
    const segments = encodeDocument(laidOut, {
      profile: { ...chineseClone, charset: 'gbk' },
      glyphRaster: fontGlyphs(),
      nextProcessId: () => '0001',
    });
    const { images, unknown } = decodePaper(Buffer.concat(segments.map(({ bytes }) => bytes)));
    expect(unknown).toBe(0);
    expect(images.map(({ width, height }) => [width, height])).toEqual([[PAPER_DOTS, TWICE_DOTS]]);
  });
});

describe('words of any length', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '9', ' ', '医', '院', '㛃', '(', '-'), maxLength: 90 });

  test('no character is lost, whatever the doctor, the way and the number are called', () => {
    const property = fc.property(
      fc.constantFrom('zh' as const, 'en' as const),
      fc.constantFrom('large' as const, 'extraLarge' as const),
      fc.record({ step: text, receipt: text, name: text }),
      (language, textSize, { step, receipt, name }) => {
        const { blocks } = settlementSlip(
          material({ language, nextStep: step, receiptNumber: receipt, maskedName: name }),
        );
        const slip = { blocks: blocks.filter(({ kind }) => kind !== 'qr') };
        expect(said(paper(forReader(slip, textSize)).lines)).toHaveLength(said(paper(slip).lines).length);
      },
    );
    fc.assert(property, { numRuns: 60, seed: 12 });
  });
});
