/**
 * The rule pack of the invented place, as its price and insurance offices would publish it: the catalogue's prices and
 * a rule of each kind. It is data in the product's own form, written here a second time from the catalogue.
 */
import { CATALOGUE, itemByKey } from './catalogue.ts';

/** Never published, whatever the hospital's list says. */
const UNPUBLISHED: ReadonlySet<string> = new Set(['newItem']);
/** Out of force since the new year. */
const OLD: ReadonlySet<string> = new Set(['oldCode']);

const code = (key: string): string => itemByKey(key).code;

export interface DemoRulePack {
  readonly id: string;
  version: number;
  issuedOn: string;
  freshForDays: number;
  published: Record<string, unknown>[];
  rules: Record<string, unknown>[];
}

/** A fresh object each time: a test may change it before it is signed. */
export function demoRulePack(): DemoRulePack {
  return {
    id: '990100-demo',
    version: 7,
    issuedOn: '2026-01-01',
    freshForDays: 366,
    published: CATALOGUE.filter(({ key }) => !UNPUBLISHED.has(key)).map((item) => ({
      code: item.code,
      name: item.name,
      unit: item.unit,
      price: item.price,
      level: item.rule.level,
      list: listOf(item.code),
      from: '2020-01-01',
      ...(OLD.has(item.key) && { until: '2026-01-01' }),
      ...(item.key === 'oncology' && { restricted: '限基因检测阳性的患者' }),
      ...(item.key === 'tracedDrug' && { traced: true }),
    })),
    rules: [
      { id: 'PRICE-1', kind: 'price', check: 'published', does: 'hold' },
      { id: 'PRICE-2', kind: 'price', check: 'inForce', does: 'hold' },
      { id: 'PRICE-3', kind: 'price', check: 'price', does: 'hold' },
      { id: 'PRICE-4', kind: 'price', check: 'unit', does: 'hold' },
      {
        ...{ id: 'PRICE-5', kind: 'price', check: 'specialAndBasic', does: 'hold' },
        special: code('specialExam'),
        basic: code('examFee'),
      },
      { id: 'CARE-1', kind: 'care', check: 'asOrdered', does: 'hold' },
      { id: 'CARE-2', kind: 'care', check: 'asExecuted', does: 'hold' },
      { id: 'CARE-3', kind: 'care', check: 'quantity', does: 'hold' },
      {
        ...{ id: 'CARE-4', kind: 'care', check: 'split', does: 'hold' },
        whole: code('testPanel'),
        parts: [code('bloodTest')],
      },
      { id: 'POLICY-1', kind: 'policy', check: 'scope', does: 'hold' },
      { id: 'POLICY-2', kind: 'policy', check: 'quota', does: 'hold' },
      { id: 'POLICY-3', kind: 'policy', check: 'dispute', does: 'hold' },
      { id: 'DRUG-1', kind: 'drugs', check: 'restrictedUse', does: 'hold' },
      { id: 'DRUG-2', kind: 'drugs', check: 'traceCode', does: 'hold' },
      { id: 'DRUG-3', kind: 'drugs', check: 'mostAtOnce', does: 'remind', code: code('tablets'), most: '8' },
      { id: 'VISIT-1', kind: 'visitTruth', check: 'inHospital', does: 'hold' },
      { id: 'VISIT-2', kind: 'visitTruth', check: 'age', does: 'hold', code: code('childTest'), from: 0, to: 1 },
    ],
  };
}

export function demoRulePackBytes(): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(demoRulePack()));
}

function listOf(catalogueCode: string): string {
  if (catalogueCode.startsWith('C')) return '医用耗材目录';
  return /^\d/.test(catalogueCode) ? '医疗服务价格项目目录' : '药品目录';
}
