/** The price slip as it stands on 80 mm paper. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PriceItem } from '../../../firmware/catalogue/price-item.ts';
import { priceListSlip } from '../../../firmware/documents/price-list-slip.ts';
import { decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { consumable, drug, service } from '../catalogue/price-lists.ts';
import { config, profile } from '../kiosk-fixture.ts';
import { bytesOf } from './slip-bench.ts';

const items = [
  service({
    selfPriced: true,
    pricedBy: '演示医院',
    contents:
      '含检查前准备、定位、扫描、测量、图文报告，检查后清洁和设备消毒，同一次就诊检查两个以上部位的从第二个部位起减半计价',
  }),
  drug({ pricedBy: '演示省医药集中采购平台' }),
  consumable(),
] as unknown as readonly PriceItem[];

function printed(language: 'zh' | 'en', of = items): string {
  const edition = { id: 'test-prices', version: 12, publishedOn: '2026-03-01', ownership: 'public' } as const;
  const printedAt = '2026-03-05 09:00:00';
  return decodePaper(
    bytesOf(priceListSlip({ config, profile: profile(), language, edition, items: of, printedAt })),
  ).lines.join('\n');
}

test('[part of SZ-191] three kinds on one slip, each with its fields, in the order of the standard (golden)', () => {
  const golden = readFileSync(new URL('./price-list-slip.txt', import.meta.url), 'utf8');
  expect(`${printed('zh')}\n`).toBe(golden);
});

test('an English session has the English beside or below the Chinese, and nothing Chinese is missing', () => {
  const english = printed('en');
  for (const words of [
    'Published prices',
    "Hospital's own price",
    'Insurance class',
    'Class A',
    'Government hotline',
  ]) {
    expect(english).toContain(words);
  }
  for (const words of ['价格公示单', '自主定价', '医保属性', '甲类', '12345']) expect(english).toContain(words);
});
