/** 外配处方 as it comes out of the printer, and when it does not. */
import { describe, expect, test } from 'vitest';
import { forReader } from '../../../firmware/documents/large-print.ts';
import { prescriptionSlip } from '../../../firmware/documents/prescription-slip.ts';
import { prescriptionEn } from '../../../firmware/documents/text/en-prescription.ts';
import type { ExternalPrescription } from '../../../firmware/hospital/external-prescription.ts';
import type { Language } from '../../../firmware/screen/messages.ts';
import { decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { bill, config } from '../kiosk-fixture.ts';
import { bytesOf, exampleLines, printed } from './slip-bench.ts';

const passed: ExternalPrescription = {
  ...{ prescriptionId: 'CF990010', review: 'passed', feeKind: 'insurance', channel: '门诊外配' },
  ...{ doctorName: '演医', doctorSignature: 'QZ990010', pharmacistName: '药演甲', reviewedAt: '2026-11-22 08:40:00' },
  validUntil: '2026-11-25',
  items: [{ name: '演示片', specification: '0.5g×24片', quantity: '2', unit: '盒', usage: '口服 一次1片 一日3次' }],
};

const slipOf = (prescription: ExternalPrescription, language: Language = 'zh') =>
  prescriptionSlip({ config, language, maskedName: '张*一', departmentName: '演示科', prescription });

const golden = `
                    演示医院
        外配处方
              【外购】不在本院收费
------------------------------------------------
处方编号                                CF990010
患者                                       张*一
科室                                      演示科
费用类别                                    医保
处方通道                                门诊外配
有效期至                              2026-11-25
................................................
演示片 0.5g×24片                           2 盒
口服 一次1片 一日3次
------------------------------------------------
医师签章                           演医 QZ990010
审方药师                                  药演甲
审方时间                     2026-11-22 08:40:00
------------------------------------------------
怎样买药
1. 带本处方和医保码、医保卡或身份证,去哪家定点零
售药店由您自己选。
2. 药店凭处方编号取方,核对后配药、收费。
3. 请在有效期内去,看清药名和用法再拿走。
投诉电话                                   12345
医院电话                                000-0000`;

describe('a prescription that a pharmacist has passed', () => {
  test('[part of SZ-226] carries its four marks: 外购, fee kind, channel and the doctor’s signature, and the steps', () => {
    const document = slipOf(passed);
    const { lines, symbols } = decodePaper(bytesOf(document ?? { blocks: [] }));
    expect(lines).toEqual(golden.split('\n').slice(1));
    expect(symbols.map(({ data }) => data)).toEqual(['CF990010']);
  });

  test('has its English under the Chinese in an English session, and all of it in 特大', () => {
    const document = forReader(slipOf({ ...passed, feeKind: 'own' }, 'en') ?? { blocks: [] }, 'extraLarge');
    const text = decodePaper(bytesOf(document)).lines.join('').replaceAll(/\s/g, '');
    const { insurance: _, waiting: __, refused: ___, ...words } = prescriptionEn;
    for (const word of Object.values(words)) expect(text).toContain(word.replaceAll(/\s/g, ''));
  });
});

describe('before that', () => {
  test('[part of SZ-272] nothing can be made of it, not even when a name already stands on it', () => {
    for (const review of ['waiting', 'refused'] as const) expect(slipOf({ ...passed, review })).toBeUndefined();
    expect(slipOf({ ...passed, pharmacistName: undefined })).toBeUndefined();
  });

  test('the slip of the bill names it and says what to do in both languages', () => {
    const waiting = { ...passed, review: 'waiting' as const };
    const refused = { ...passed, prescriptionId: 'CF990011', review: 'refused' as const };
    const paper = printed({
      bill: bill(exampleLines, { externalPrescriptions: [passed, waiting, refused] }),
      language: 'en',
    }).join('\n');
    expect(paper.match(/CF99001\d/g)).toEqual(['CF990010', 'CF990011']);
    expect(paper).toContain('药师还没有审完');
    expect(paper.replaceAll(/\s/g, '')).toContain(prescriptionEn.refused.replaceAll(/\s/g, ''));
  });
});
