/** 知情同意书留存联: the known bill's one item that no fund pays, as it comes out of the printer. */
import { describe, expect, test } from 'vitest';
import type { ConsentCopy } from '../../../firmware/documents/consent-copy.ts';
import { consentEn, signersEn } from '../../../firmware/documents/text/en-consent.ts';
import { consentZh } from '../../../firmware/documents/text/zh-consent.ts';
import { printed } from './slip-bench.ts';

const consentCopy: ConsentCopy = {
  id: 'con_9900010000000001',
  items: [
    {
      ...{ billId: 'B1', lineNumber: 'L5', name: '自费营养片', specification: '60片', unit: '瓶', quantity: '1' },
      ...{ unitPrice: '45.60', amountFen: 4_560, because: 'unitPrice' },
    },
  ],
  signer: 'relative',
  signedAt: '2026-11-22 08:58:30',
};

const golden = `
自费项目知情同意书
                  (患者留存联)
同意书编号                  con_9900010000000001
患者                                       张*一
下列项目医保不付,全部由您自己付钱。收费前已经告
诉您,您可以不同意,不同意就不收。
................................................
自费营养片 60片
45.60 × 1 瓶                              45.60
------------------------------------------------
自费合计                                   45.60
以上项目和金额已经知道,同意使用并自己付钱。
签字人                                    近亲属
签字时间                     2026-11-22 08:58:30
签字地点                                  自助机`;

describe('the copy of a signed consent', () => {
  test('[part of Y3-14a] says the items, the amounts, who signed and when, under the slip of its bill', () => {
    const paper = printed({ consentCopy, consentId: consentCopy.id });
    const from = paper.findIndex((row) => row.includes(consentZh.consentTitle));
    expect(paper.slice(from).map((row) => row.trimEnd())).toEqual(
      golden
        .split('\n')
        .slice(1)
        .map((row, at) => (at === 0 ? `   ${row}` : row)),
    );
  });

  test('a session in English has both languages, each text whole', () => {
    const paper = printed({ consentCopy, language: 'en' }).join(' ').replaceAll(/\s+/g, '');
    const { consentLine: _, agreed: __, ...labels } = consentEn;
    for (const text of [...Object.values(labels), signersEn.relative]) {
      expect(paper).toContain(text.replaceAll(/\s+/g, ''));
    }
  });

  test('nothing of it stands on a slip of which nothing was signed', () => {
    expect(printed({ consentId: 'con_1' }).join('\n')).not.toContain(consentZh.consentTitle);
  });
});
