/** 问题处理单: every reason that opens a case has words in both languages, and each slip is whole on 80 mm. */
import { describe, expect, test } from 'vitest';
import { caseSlip } from '../../../firmware/documents/case-slip.ts';
import { caseEn, officesEn } from '../../../firmware/documents/text/en-cases.ts';
import { caseZh, officesZh } from '../../../firmware/documents/text/zh-cases.ts';
import { reasons } from '../../../firmware/reasons.ts';
import { type CaseReason, caseOffices, offices, opensCase } from '../../../firmware/region/offices.ts';
import { bill, config, line, profile } from '../kiosk-fixture.ts';

const all = Object.keys(caseOffices) as CaseReason[];

describe('the words of cases', () => {
  test('each reason that opens a case says what was seen, in both languages, and which office puts it right', () => {
    for (const reason of all) {
      expect(reasons[reason].audit, reason).toMatch(/\./);
      expect(caseZh[reason].length, reason).toBeGreaterThan(3);
      expect(caseEn[reason].length, reason).toBeGreaterThan(3);
    }
    for (const office of offices) expect([officesZh[office], officesEn[office]]).not.toContain('');
    expect(new Set(Object.values(caseOffices)).size).toBe(offices.length);
    expect(opensCase('patientGone')).toBe(false);
  });

  test('none of them blames the patient', () => {
    const words = all.flatMap((reason) => [caseZh[reason], caseEn[reason]]).join(' ');
    expect(words).not.toMatch(/患者违规|骗|冒用|您错|fraud|abuse|your mistake/i);
  });
});

describe('a case slip', () => {
  const slip = (reason: CaseReason, language: 'zh' | 'en') =>
    JSON.stringify(
      caseSlip({
        ...{ config, profile: profile(), language, reason, caseNumber: 'held_cuxmysf9h2jd' },
        ...{ staffCode: reasons[reason].staffCode, bill: bill([line({ name: 'a' }), line({ name: 'b' })]) },
        ...{ lineNumbers: ['L-b'], rule: 'PRICE-1 p/1', list: undefined, printedAt: '2026-11-22 09:00:00' },
      }),
    );

  test('names the lines that are meant and no other', () => {
    const text = slip('itemNotPublished', 'zh');
    expect(text).toContain('"b"');
    expect(text).not.toContain('"a"');
    expect(text).toContain('CUXM YSF9 H2JD');
  });

  test('sends to the office first and names the counter beside it, or the counter alone', () => {
    expect(slip('itemNotPublished', 'zh')).toMatch(/价格咨询处.*也可以到 1 号窗口/);
    expect(slip('duplicateCharge', 'zh')).not.toContain('也可以到');
  });

  test('has its English under the Chinese in an English session only', () => {
    expect(slip('itemNotPublished', 'en')).toContain('Nothing was charged');
    expect(slip('itemNotPublished', 'zh')).not.toContain('Nothing was charged');
  });
});
