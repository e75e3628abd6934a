/** The A4 list of a stay: pages, carried sums, the PDF, and what another program reads out of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type InpatientListMaterial, inpatientList } from '../../../firmware/documents/inpatient-list.ts';
import { cellsOf, gridText, PAGE_CELLS, PAGE_LINES } from '../../../firmware/documents/page-grid.ts';
import { pagesAsPdf } from '../../../firmware/documents/page-pdf.ts';
import { SlipDiffersError } from '../../../firmware/documents/settlement-slip.ts';
import type { BillLine, DischargeBill } from '../../../firmware/hospital/bill.ts';
import type { SettlementAmounts } from '../../../firmware/insurance/insurance-platform.ts';
import { amounts, bill, line } from '../kiosk-fixture.ts';

const NAMES = [
  '普通床位费',
  '一级护理',
  '0.9%氯化钠注射液',
  '注射用示例钠',
  '血常规(五分类)',
  '演示检查(双侧)',
] as const;
const CATEGORIES = ['01', '07', '09', '09', '04', '03'] as const;

/** As many as 40 pages hold. */
const COUNT = 1_600;

function stayLines(count: number): readonly BillLine[] {
  return Array.from({ length: count }, (_, at) =>
    line({
      lineNumber: String(at + 1),
      name: NAMES[at % NAMES.length] ?? '',
      specification: at % 7 === 3 ? '0.5g×10支(示例制药有限公司,一个很长的规格)' : '次',
      catalogueCode: at % 5 === 2 ? 'X99AA01A001A00101010101' : '990102000010000',
      category: CATEGORIES[at % CATEGORIES.length] ?? '09',
      level: at % 11 === 0 ? '03' : '01',
      unit: '次',
      quantity: String((at % 3) + 1),
      unitPrice: '12.3400',
      amountFen: 1_234 * ((at % 3) + 1),
    }),
  );
}

function material(lines: readonly BillLine[], change: Partial<InpatientListMaterial> = {}): InpatientListMaterial {
  const totalFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const coverable = lines.reduce((sum, { level, amountFen }) => sum + (level === '03' ? 0 : amountFen), 0);
  const fundFen = Math.floor(coverable * 0.7);
  const zero = Object.fromEntries(Object.keys(amounts).map((key) => [key, 0])) as unknown as SettlementAmounts;
  const settled: SettlementAmounts = { ...zero, totalFen, fundFen, basicFundFen: fundFen, ownFen: totalFen - fundFen };
  const discharge = {
    ...{ stayId: 'stay_1', admittedAt: '2026-11-01 09:30:00', dischargedAt: '2026-11-21 10:00:00', dischargeWay: '1' },
    ...{ deposits: [], depositFen: 0 },
  };
  return {
    institutionName: '演示医院',
    name: '测*甲',
    insuranceType: '310',
    bill: bill(lines, { flow: 'discharge', outpatientNumber: 'ZY990001', discharge }) as DischargeBill,
    bed: '内一病区 12床',
    settlementNumber: 'set_cuxmysf9h2jd',
    centre: { settlementId: 'S990001', settledAt: '2026-11-21 10:05:00', messageId: 'H990001', amounts: settled },
    printedAt: '2026-11-21 10:06:00',
    copy: 1,
    ...change,
  };
}

const yuan = (text: string | undefined): number => Math.round(Number((text ?? '').replaceAll(',', '')) * 100);
const figures = (row: string | undefined): readonly number[] => (row ?? '').split(/\s+/).slice(-3).map(yuan);

describe('a list of 40 pages', () => {
  const lines = stayLines(COUNT);
  const pages = inpatientList(material(lines)).map(gridText);

  test('[SZ-245] is split with page x of y, and every page carries on the sums of the one before', () => {
    expect(pages).toHaveLength(40);
    let before: readonly number[] = [0, 0, 0];
    for (const [at, page] of pages.entries()) {
      expect(page.length, `page ${at + 1}`).toBeLessThanOrEqual(PAGE_LINES);
      expect(page.some((row) => row.includes(`第 ${at + 1} 页 共 40 页`))).toBe(true);
      const brought = page.find((row) => row.startsWith('承前页'));
      expect(brought === undefined, `page ${at + 1}`).toBe(at === 0);
      if (brought) expect(figures(brought), `page ${at + 1}`).toEqual(before);
      const own = page.filter((row) => / \d+\.\d{4} /.test(row)).map(figures);
      const sums = own.reduce((sum, row) => sum.map((one, column) => one + (row[column] ?? 0)), [...before]);
      const ending = page.find((row) => row.startsWith(at === 39 ? '费用合计' : '过次页'));
      expect(figures(ending), `page ${at + 1}`).toEqual(sums);
      before = sums;
    }
    expect(before[0]).toBe(lines.reduce((sum, { amountFen }) => sum + amountFen, 0));
  });

  test('[SZ-245] the first page is, letter for letter, the page that was looked at', () => {
    const golden = join(import.meta.dirname, 'inpatient-list-page-1.txt');
    expect(`${pages[0]?.join('\n')}\n`).toBe(readFileSync(golden, 'utf8'));
  });

  test('[SZ-242] 分类小计 on the last page add up to the total', () => {
    const last = pages.at(-1) ?? [];
    const from = last.indexOf('分类小计');
    const subtotals = last.slice(from + 1).filter((row) => /^\s+\S+费\s+[\d,.]+$/.test(row));
    const total = last.find((row) => row.startsWith('费用合计'));
    expect(subtotals.map((row) => row.trim().split(/\s+/)[0])).toEqual([
      '床位费',
      '检查费',
      '化验费',
      '护理费',
      '西药费',
    ]);
    expect(subtotals.reduce((sum, row) => sum + yuan(row.trim().split(/\s+/)[1]), 0)).toBe(figures(total)[0]);
  });

  test('no line is wider than the page, and what is too long goes on below', () => {
    for (const row of pages.flat()) expect(cellsOf(row)).toBeLessThanOrEqual(PAGE_CELLS);
    expect(pages[0]?.some((row) => row.includes('X99AA01A001A00101010101'))).toBe(true);
  });
});

test('of any number of lines, all are there once, in order, and the sums are the centre’s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 160 }), (count) => {
      const lines = stayLines(count);
      const wanted = material(lines);
      const pages = inpatientList(wanted).map(gridText);
      const rows = pages.flat().filter((row) => / \d+\.\d{4} /.test(row));
      expect(rows).toHaveLength(count);
      const total = pages.at(-1)?.find((row) => row.startsWith('费用合计'));
      const { totalFen, ownFen } = wanted.centre?.amounts ?? amounts;
      expect(figures(total)).toEqual([totalFen, totalFen - ownFen, ownFen]);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(PAGE_LINES);
    }),
    { numRuns: 60 },
  );
});

test('lines that do not add up to what was settled make no page', () => {
  const wanted = material(stayLines(3));
  expect(() => inpatientList({ ...wanted, bill: { ...wanted.bill, lines: stayLines(2) } })).toThrow(SlipDiffersError);
});

test('[part of SZ-233] a copy says so on every page', () => {
  const pages = inpatientList(material(stayLines(120), { copy: 3 })).map(gridText);
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages) expect(page.some((row) => row.startsWith('补打 第3份'))).toBe(true);
});

const poppler = existsSync('/usr/bin/pdftotext') && existsSync('/usr/bin/pdfinfo');
if (!poppler) console.warn('[skipped] what another program reads out of the PDF: install poppler-utils');

describe('the PDF', () => {
  test('holds a subset of the font, no name in its properties, and comes out the same twice', async () => {
    const pages = inpatientList(material(stayLines(60)));
    const [one, other] = [await pagesAsPdf(pages), await pagesAsPdf(pages)];
    const raw = Buffer.from(one).toString('latin1');
    expect(raw.startsWith('%PDF-1.')).toBe(true);
    expect(raw.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(pages.length);
    expect(raw).not.toMatch(/\/(?:Title|Author|Subject|Keywords)\b/);
    expect(one.length).toBeLessThan(400_000);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  test.skipIf(!poppler)('says to pdftotext what the pages say, 40 of them on A4', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-pdf-'));
    try {
      const pages = inpatientList(material(stayLines(COUNT)));
      const path = join(folder, 'list.pdf');
      writeFileSync(path, await pagesAsPdf(pages));
      const info = execFileSync('/usr/bin/pdfinfo', [path], { encoding: 'utf8' });
      expect(info).toMatch(/Pages:\s+40/);
      expect(info).toMatch(/A4/);
      const read = execFileSync('/usr/bin/pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).split('\f');
      for (const [at, page] of pages.entries()) {
        const bare = (text: string): string => text.replace(/[\s-]/g, '');
        const words = gridText(page)
          .flatMap((row) => row.split(/\s+/))
          .map(bare)
          .filter((word) => word !== '');
        const seen = bare(read[at] ?? '');
        expect(
          words.filter((word) => !seen.includes(word)),
          `page ${at + 1}`,
        ).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
