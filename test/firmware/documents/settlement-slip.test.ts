/** The slip as it comes out of a printer: every figure in its place, and none that is not the centre's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SlipDiffersError, settlementSlip } from '../../../firmware/documents/settlement-slip.ts';
import { categoriesEn, en } from '../../../firmware/documents/text/en.ts';
import { categoriesZh, insurancesZh, zh } from '../../../firmware/documents/text/zh.ts';
import type { SettlementAmounts } from '../../../firmware/insurance/insurance-platform.ts';
import { parseYuan } from '../../../firmware/money.ts';
import { amounts, bill, line } from '../kiosk-fixture.ts';
import { bytesOf, centre, exampleLines, material, printed, printedText } from './slip-bench.ts';

const centreWith = (change: Partial<SettlementAmounts>) => ({
  ...centre,
  amounts: { ...amounts, ...change },
});

describe('the known bill', () => {
  // Shares by hand: 367.15 recorded over the covered 511.80, e.g. 36715 × 5000 / 51180 = 3586.85.
  const golden = `
                    演示医院
     医疗保障结算单
------------------------------------------------
姓名                                       张*一
险种                            职工基本医疗保险
科室 医师                            演示科 演医
门诊号                                      OP-1
结算时间                     2026-11-22 09:00:00
------------------------------------------------
费用合计                                  557.40
基本医保统筹支付                          196.80
个人账户支付                              170.35
　其中家庭共济                             50.00
    您付的钱 190.25
个人负担中超支付标准                        8.80
------------------------------------------------
下一步
请到二楼药房
3 号窗口取药
================================================
                门诊费用明细清单
项目名称 规格
医保目录编码
单位              数量        单价          金额
医保记账                  个人现金
................................................
普通门诊诊察费 次
990102000010000
次                   1       50.00         50.00
医保记账         35.87    个人现金         14.13
................................................
演示片 0.5g×24片
X99AA01A001A00101010101
盒                   2       36.50         73.00
医保记账         52.37    个人现金         20.63
................................................
示例胶囊(乙类) 20mg×14粒
X99AA02B002E00101010202
盒                   1      128.80        128.80
医保记账         92.40    个人现金         36.40
................................................
演示检查 单侧
990203000020000
次                   1      260.00        260.00
医保记账        186.51    个人现金         73.49
................................................
自费营养片 60片
X99ZZ09Z009Z00999090909
瓶                   1       45.60         45.60
医保记账          0.00    个人现金         45.60
------------------------------------------------
分类小计
诊察费                                     50.00
检查费                                    260.00
西药费                                    247.40
费用合计                                  557.40
================================================
交易编号                          CUXM YSF9 H2JD
医保结算号                               S990001
医院收据号                               R990001
      请保管好本单,可凭交易编号查询或再打
投诉电话                                   12345
医保咨询                                   12393
医院电话                                000-0000
               中国医保 一生守护`;

  test('[SZ-243, Z-6.3.2] is printed field by field: basics, item, code, unit, quantity, price, both shares, total', () => {
    expect(printed()).toEqual(golden.split('\n').slice(1));
  });

  test('what the patient paid and where to go next are the largest words after the title', () => {
    const large = settlementSlip(material()).blocks.flatMap((block) =>
      block.kind === 'text' && block.size === 2 ? [block.text] : [],
    );
    expect(large).toEqual(['医疗保障结算单', '您付的钱 190.25', '请到二楼药房\n3 号窗口取药']);
  });
});

describe('sums', () => {
  const bills = fc
    .record({
      lines: fc.array(
        fc.record({
          amountFen: fc.integer({ min: 0, max: 500_000 }),
          category: fc.constantFrom(...Object.keys(categoriesZh)),
          level: fc.constantFrom('01' as const, '02' as const, '03' as const),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      cuts: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ lines, cuts: [fundShare, accountShare] }) => {
      const totalFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
      const fundFen = Math.floor(totalFen * fundShare);
      const accountFen = Math.floor((totalFen - fundFen) * accountShare);
      const ownFen = totalFen - fundFen - accountFen;
      return { lines, totalFen, fundFen, accountFen, ownFen };
    });

  test('[part of SZ-242] of 1,000 random bills, lines, subtotals and payers on paper add up to the total to the fen', {
    timeout: 90_000,
  }, () => {
    const property = fc.property(bills, ({ lines, totalFen, fundFen, accountFen, ownFen }) => {
      const paper = printedText({
        bill: bill(lines.map((one, index) => line({ ...one, name: `项目${index}` }))),
        centre: centreWith({ totalFen, fundFen, basicFundFen: fundFen, accountFen, ownFen, mutualAidFen: 0 }),
      });
      const [recorded, cash] = sharesOn(paper);
      expect(cash).toBe(ownFen);
      expect(recorded).toBe(fundFen + accountFen);
      expect(fenAfter(paper, '您付的钱')).toEqual([ownFen]);
      const subtotals = paper.slice(paper.indexOf('分类小计') + 1, paper.lastIndexOf('='.repeat(48)));
      const total = subtotals.pop() ?? '';
      expect(fenAfter([total], '费用合计')).toEqual([totalFen]);
      expect(subtotals.reduce((sum, row) => sum + lastFen(row), 0)).toBe(totalFen);
      expect(subtotals).toHaveLength(new Set(lines.map(({ category }) => category)).size);
    });
    fc.assert(property, { numRuns: 1_000, seed: 242 });
  });

  test('[part of SZ-242] a bill whose lines are a fen away from the centre is no slip', () => {
    const first = line({ name: 'a fen more', amountFen: 5_001 });
    const differing = bill([first, ...exampleLines.slice(1)]);
    expect(() => settlementSlip(material({ bill: differing }))).toThrow(SlipDiffersError);
  });

  test('[part of SZ-242] payers that do not make up the total are no slip', () => {
    expect(() => settlementSlip(material({ centre: centreWith({ ownFen: 19_024 }) }))).toThrow(SlipDiffersError);
    expect(() => settlementSlip(material({ centre: centreWith({ hospitalFen: 1 }) }))).toThrow(SlipDiffersError);
  });

  test('a fund that the interface has no field for is in the sum of the funds, not left out', () => {
    const paper = printed({ centre: centreWith({ basicFundFen: 10_000 }) });
    expect(fenAfter(paper, '医保基金支付')).toEqual([19_680]);
    expect(paper.join('\n')).not.toContain('基本医保统筹支付');
  });

  test('the level that the centre gave a line decides, not what the hospital thought of it', () => {
    const lines = exampleLines.map((one, index) => ({ ...one, lineNumber: `L${index}` }));
    const splits = lines.map(({ lineNumber, amountFen, category }, index) => ({
      ...{ lineNumber, amountFen, category, outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0 },
      inScopeFen: amountFen,
      level: index === 0 ? ('03' as const) : ('01' as const),
    }));
    const paper = printed({ bill: bill(lines, { uploaded: { visitId: 'V1', chargeBatch: 'B1', splits } }) });
    const shares = paper.filter((row) => /^医保记账 .*\d$/.test(row));
    expect(shares[0]).toMatch(/^医保记账 +0\.00 +个人现金 +50\.00$/);
    expect(shares[4]).not.toMatch(/^医保记账 +0\.00/);
  });
});

describe('a copy', () => {
  const RULE = Buffer.from('-'.repeat(48));
  const body = (copy: number): Buffer => {
    const bytes = bytesOf(settlementSlip(material({ copy, printedAt: '2026-11-23 10:00:00' })));
    return bytes.subarray(bytes.indexOf(RULE));
  };

  test('[SZ-233] carries 补打, its count and its time from the second on, the first carries none', () => {
    expect(printed({ copy: 1, printedAt: '2026-11-22 09:00:01' }).join('\n')).not.toMatch(/补打|第\d+份|09:00:01/);
    const paper = printed({ copy: 3, printedAt: '2026-11-23 10:00:00' });
    expect(paper[2]?.trim()).toBe('补打 第3份');
    expect(paper[3]).toMatch(/^补打时间 +2026-11-23 10:00:00$/);
  });

  test('[SZ-233] equals the first byte for byte in everything but its mark', () => {
    expect(body(1).length).toBeGreaterThan(1_000);
    expect(body(2).equals(body(1))).toBe(true);
    expect(body(7).equals(body(1))).toBe(true);
  });
});

describe('a bill without insurance', () => {
  const own = { centre: null, insuranceType: undefined, printedAt: '2026-11-22 09:10:00' };

  test('says so in its title, names no fund and no centre, and is wholly the patient’s', () => {
    const text = printed(own).join('\n');
    expect(text).toContain('自费结算单');
    expect(text).toContain('未使用医保');
    expect(text).toContain('您付的钱 557.40');
    expect(text).not.toMatch(/统筹|医保结算号|个人账户支付/);
  });
});

describe('a session in English', () => {
  const everyFund = centreWith({
    ...{ basicFundFen: 10_000, seriousIllnessFen: 1, assistanceFen: 2, civilServantFen: 3, largeAmountFen: 4 },
    ...{ enterpriseFen: 5, otherFundFen: 9_665, commercialFen: 6, fundFen: 19_680, hospitalFen: 25, ownFen: 19_000 },
  });
  const english = {
    language: 'en',
    copy: 2,
    maskedProxy: '张*三',
    consentId: 'con_990001',
    centre: everyFund,
  } as const;

  test('prints every label in both languages, each whole on one line', () => {
    const invoice = { invoiceNumber: '0099000001', link: 'https://invoice.example/0099000001' };
    const insured = printed({ ...english, invoice, printedAt: '2026-11-23 10:00:00' });
    const own = printed({ ...english, invoice: 'pending', centre: null, insuranceType: undefined });
    const paper = [...insured, ...own];
    const elsewhere = new Set(['copyCount', 'fund', 'mutualAidApart']);
    const missing = Object.entries({ ...zh, ...en })
      .filter(([id]) => !elsewhere.has(id))
      .flatMap(([id]) => [zh[id as keyof typeof zh], en[id as keyof typeof en]])
      .filter((label) => !paper.some((row) => row.includes(label)));
    expect(missing).toEqual([]);
    expect(paper).toContain('Insurance               Employee basic insurance');
  });

  test('has the same figures as the slip in Chinese', () => {
    const figures = (paper: readonly string[]) => paper.join('\n').match(/\d+\.\d\d\b/g);
    const { language: _, ...chinese } = english;
    expect(figures(printed(english))).toEqual(figures(printed(chinese)));
  });

  test('knows every class of fee that the Chinese table has', () => {
    expect(Object.keys(categoriesEn)).toEqual(Object.keys(categoriesZh));
  });
});

describe('words of any length', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '9', ' ', '医', '院', '㛃', '(', '-'), maxLength: 90 });

  test('every slip can be laid out on its paper, and no label is torn by a long value', () => {
    const property = fc.property(
      fc.constantFrom('zh' as const, 'en' as const),
      fc.record({ doctor: text, step: text, number: text, item: text, code: text }),
      fc.constantFrom(...Object.keys(insurancesZh), '999'),
      (language, words, insuranceType) => {
        const lines = exampleLines.map((one) => ({ ...one, name: words.item, catalogueCode: words.code }));
        const paper = printedText({
          ...{ language, insuranceType, nextStep: words.step, receiptNumber: words.number, copy: 12 },
          bill: bill(lines, { departmentName: words.doctor, doctorName: words.doctor }),
        });
        const labels = ['name', 'insurance', 'department', 'outpatientNumber', 'receiptNumber', 'total'] as const;
        const tables = language === 'en' ? [zh, en] : [zh];
        const torn = tables
          .flatMap((table) => labels.map((id) => table[id]))
          .filter((label) => !paper.some((row) => row.startsWith(label) || row.includes(` ${label}`)));
        expect(torn).toEqual([]);
        expect(fenAfter(paper, '您付的钱')).toEqual([19_025]);
      },
    );
    fc.assert(property, { seed: 48 });
  });
});

function lastFen(row: string): number {
  return parseYuan(/(\S+)$/.exec(row)?.[1] ?? '') ?? Number.NaN;
}

/** The amounts behind a label, wherever it stands first in a row. */
function fenAfter(paper: readonly string[], label: string): readonly number[] {
  return paper.filter((row) => row.trim().startsWith(label)).map(lastFen);
}

/** Recorded and cash of all lines, summed. */
function sharesOn(paper: readonly string[]): readonly [number, number] {
  const rows = paper.flatMap((row) => {
    const found = /^医保记账 +(\d+\.\d\d) +个人现金 +(\d+\.\d\d)$/.exec(row);
    return found ? [[parseYuan(found[1] ?? '') ?? Number.NaN, parseYuan(found[2] ?? '') ?? Number.NaN] as const] : [];
  });
  return [rows.reduce((sum, [recorded]) => sum + recorded, 0), rows.reduce((sum, [, cash]) => sum + cash, 0)];
}
