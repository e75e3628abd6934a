/** Each rule of the pack against a bill that it must hold and one that it must leave alone. */
import { describe, expect, test } from 'vitest';
import type { Bill, BillLine } from '../../../firmware/hospital/hospital-gateway.ts';
import { type Circumstances, RuleBook } from '../../../firmware/region/rule-book.ts';
import type { PublishedItem, Rule } from '../../../firmware/region/rule-pack.ts';
import { ruleKinds } from '../../../firmware/region/rule-pack.ts';
import { parseRules } from '../../../firmware/region/rule-pack-schema.ts';
import { demoRulePackBytes } from '../../../hardware-sim/parties/catalogue/rule-pack.ts';
import { bill, line } from '../kiosk-fixture.ts';

const listed: PublishedItem = {
  code: '001102000010000',
  name: '诊察费',
  unit: '次',
  price: '50.00',
  level: '01',
  list: '医疗服务价格项目目录',
  from: '2020-01-01',
};
const CIRCUMSTANCES: Circumstances = { age: 40, inHospital: false, traceCodesDue: 'atSettlement' };

function reasons(
  rule: Rule,
  bills: readonly Bill[],
  more: Partial<Circumstances> = {},
  published: readonly PublishedItem[] = [listed],
): readonly string[] {
  const pack = { id: 'p', version: 1, issuedOn: '2026-01-01', freshForDays: 30, published, rules: [rule] };
  return new RuleBook(pack).hits(bills, { ...CIRCUMSTANCES, ...more }).map(({ reason }) => reason);
}

const of = (change: Partial<BillLine>, marks: Partial<Bill> = {}) => [bill([line(change)], marks)];
const clean = of({});

interface Case {
  readonly what: string;
  readonly rule: Rule;
  readonly hit: readonly Bill[];
  readonly reason: string;
  readonly clean?: readonly Bill[];
  readonly circumstances?: Partial<Circumstances>;
  readonly published?: readonly PublishedItem[];
}

const whole = line({ name: 'whole', catalogueCode: 'WHOLE' });
const part = line({ name: 'part', catalogueCode: 'PART' });

const cases: readonly Case[] = [
  {
    what: 'a restricted drug without its basis',
    rule: { id: 'DRUG-1', kind: 'drugs', check: 'restrictedUse', does: 'hold' },
    hit: of({ restricted: { basisId: undefined } }),
    clean: of({ restricted: { basisId: 'BASIS-1' } }),
    reason: 'restrictedUse',
  },
  {
    what: 'a drug that the list restricts, although the hospital does not say so',
    rule: { id: 'DRUG-1', kind: 'drugs', check: 'restrictedUse', does: 'hold' },
    hit: clean,
    clean: of({ level: '03' }),
    published: [{ ...listed, restricted: '限二线用药' }],
    reason: 'restrictedUse',
  },
  {
    what: 'a drug without its trace code where it is due at settlement',
    rule: { id: 'DRUG-2', kind: 'drugs', check: 'traceCode', does: 'hold' },
    hit: of({ traceDue: true, traceCodes: [] }),
    clean: of({ traceDue: true, traceCodes: ['8123'] }),
    reason: 'traceCodeMissing',
  },
  {
    what: 'more of a drug than may be given at once, over several lines',
    rule: { id: 'DRUG-3', kind: 'drugs', check: 'mostAtOnce', does: 'remind', code: listed.code, most: '2.5' },
    hit: [bill([line({ name: 'a', quantity: '2' }), line({ name: 'b', quantity: '0.51' })])],
    clean: [bill([line({ name: 'a', quantity: '2' }), line({ name: 'b', quantity: '0.5' })])],
    reason: 'tooMuchAtOnce',
  },
  {
    what: 'an item swapped for the ordered one',
    rule: { id: 'CARE-1', kind: 'care', check: 'asOrdered', does: 'hold' },
    hit: of({ orderedCode: 'OTHER' }),
    clean: of({ orderedCode: listed.code }),
    reason: 'notAsOrdered',
  },
  {
    what: 'an item borrowed for the one that was done',
    rule: { id: 'CARE-2', kind: 'care', check: 'asExecuted', does: 'hold' },
    hit: of({ executedCode: 'OTHER' }),
    clean: of({ executedCode: listed.code }),
    reason: 'notAsExecuted',
  },
  {
    what: 'more charged than was done',
    rule: { id: 'CARE-3', kind: 'care', check: 'quantity', does: 'hold' },
    hit: of({ quantity: '2', executedQuantity: '1' }),
    clean: of({ quantity: '1.0', executedQuantity: '1', orderedQuantity: '2' }),
    reason: 'tooManyCharged',
  },
  {
    what: 'a part beside its whole, on two bills of one visit',
    rule: { id: 'CARE-4', kind: 'care', check: 'split', does: 'hold', whole: 'WHOLE', parts: ['PART'] },
    hit: [bill([whole]), bill([part], { billId: 'bil_2' })],
    clean: [bill([whole]), bill([part], { billId: 'bil_2', outpatientNumber: 'OP-2' })],
    reason: 'splitCharge',
  },
  {
    what: 'an item outside the scope that is charged as covered',
    rule: { id: 'POLICY-1', kind: 'policy', check: 'scope', does: 'hold' },
    hit: clean,
    clean: of({ level: '03' }),
    published: [{ ...listed, level: '03' }],
    reason: 'outsideScope',
  },
  {
    what: 'a covered item that turns into own expense because the case is above its quota',
    rule: { id: 'POLICY-2', kind: 'policy', check: 'quota', does: 'hold' },
    hit: of({ level: '03' }, { quota: 'above' }),
    clean: of({ level: '01' }, { quota: 'above' }),
    reason: 'aboveQuota',
  },
  {
    what: 'a case in dispute',
    rule: { id: 'POLICY-3', kind: 'policy', check: 'dispute', does: 'hold' },
    hit: of({}, { disputed: true }),
    clean: of({}, { disputed: false }),
    reason: 'caseInTalks',
  },
  {
    what: 'an item that nobody published',
    rule: { id: 'PRICE-1', kind: 'price', check: 'published', does: 'hold' },
    hit: of({ catalogueCode: 'NEW' }),
    reason: 'itemNotPublished',
  },
  {
    what: 'an item that the hospital itself says is not published',
    rule: { id: 'PRICE-1', kind: 'price', check: 'published', does: 'hold' },
    hit: of({ priceSource: { published: false, price: undefined, unit: undefined, payStandard: undefined } }),
    reason: 'itemNotPublished',
  },
  {
    what: 'a price above the published one by a millionth of a yuan',
    rule: { id: 'PRICE-3', kind: 'price', check: 'price', does: 'hold' },
    hit: of({ unitPrice: '50.000001', amountFen: 5_000 }),
    clean: of({ unitPrice: '50.0000' }),
    reason: 'priceAbovePublished',
  },
  {
    what: 'a price below the published one that nobody explains',
    rule: { id: 'PRICE-3', kind: 'price', check: 'price', does: 'hold' },
    hit: of({ unitPrice: '49.99' }),
    clean: of({ unitPrice: '49.99', priceReason: 'secondPart' }),
    reason: 'priceDiffers',
  },
  {
    what: 'another unit than the published one',
    rule: { id: 'PRICE-4', kind: 'price', check: 'unit', does: 'hold' },
    hit: of({ unit: '半次' }),
    clean: of({ unit: ' 次' }),
    reason: 'unitDiffers',
  },
  {
    what: 'a code whose last day is over on the day of the visit',
    rule: { id: 'PRICE-2', kind: 'price', check: 'inForce', does: 'hold' },
    hit: clean,
    clean: of({}, { visitedAt: '2026-11-21 23:59:59' }),
    published: [{ ...listed, until: '2026-11-22' }],
    reason: 'itemOutOfForce',
  },
  {
    what: 'a special item beside the basic one',
    rule: {
      ...{ id: 'PRICE-5', kind: 'price', check: 'specialAndBasic', does: 'hold' },
      ...{ special: 'PART', basic: listed.code },
    },
    hit: [bill([line(), part])],
    clean: [bill([part])],
    reason: 'specialAndBasic',
  },
  {
    what: 'an outpatient bill of somebody who lies in a ward',
    rule: { id: 'VISIT-1', kind: 'visitTruth', check: 'inHospital', does: 'hold' },
    hit: clean,
    clean: of({}, { emergency: true }),
    circumstances: { inHospital: true },
    reason: 'inHospitalNow',
  },
  {
    what: 'an item for newborns on the bill of a grown-up',
    rule: { id: 'VISIT-2', kind: 'visitTruth', check: 'age', does: 'hold', code: listed.code, from: 0, to: 1 },
    hit: clean,
    clean: of({ catalogueCode: 'OTHER' }),
    reason: 'itemForOtherAge',
  },
];

describe('the rules', () => {
  for (const { what, rule, hit, reason, clean: passing = clean, circumstances, published } of cases) {
    test(`${rule.kind}: ${what} is found, and its clean sister is not`, () => {
      expect(reasons(rule, hit, circumstances, published)).toEqual([reason]);
      expect(reasons(rule, passing, circumstances, published)).toEqual([]);
    });
  }

  test('[Y4-25] a pack loads the five kinds, and each kind has a bill that it finds', () => {
    const pack = parseRules(demoRulePackBytes());
    for (const kind of ruleKinds) {
      expect(pack.rules.filter((rule) => rule.kind === kind).length, kind).toBeGreaterThan(0);
      expect(cases.filter(({ rule }) => rule.kind === kind).length, kind).toBeGreaterThan(0);
    }
    expect(new Set(pack.rules.map(({ check }) => check))).toEqual(new Set(cases.map(({ rule }) => rule.check)));
  });

  test('where trace codes are due when dispensed, a line without one settles', () => {
    const rule: Rule = { id: 'DRUG-2', kind: 'drugs', check: 'traceCode', does: 'hold' };
    expect(reasons(rule, of({ traceDue: true }), { traceCodesDue: 'atDispensing' })).toEqual([]);
  });

  test('what holds comes before what reminds, whatever their order in the pack', () => {
    const pack = {
      ...{ id: 'p', version: 1, issuedOn: '2026-01-01', freshForDays: 30, published: [listed] },
      rules: [
        { id: 'DRUG-3', kind: 'drugs', check: 'mostAtOnce', does: 'remind', code: listed.code, most: '0' },
        { id: 'CARE-1', kind: 'care', check: 'asOrdered', does: 'hold' },
      ] as const,
    };
    const hits = new RuleBook(pack).hits(of({ orderedCode: 'OTHER' }), CIRCUMSTANCES);
    expect(hits.map(({ rule, does }) => `${rule} ${does}`)).toEqual(['CARE-1 hold', 'DRUG-3 remind']);
  });

  test('a hit on a code out of force names the list and the day', () => {
    const old = { ...listed, until: '2026-11-01' };
    const rule: Rule = { id: 'PRICE-2', kind: 'price', check: 'inForce', does: 'hold' };
    const pack = { id: 'p', version: 1, issuedOn: '2026-01-01', freshForDays: 30, published: [old], rules: [rule] };
    const [hit] = new RuleBook(pack).hits(clean, CIRCUMSTANCES);
    expect(hit).toMatchObject({ list: { name: '医疗服务价格项目目录', day: '2026-11-01' }, lineNumbers: ['L-one'] });
  });

  test('no rule changes a bill', () => {
    const bills = cases.flatMap(({ hit }) => hit);
    const before = JSON.stringify(bills);
    for (const { rule, circumstances, published } of cases) reasons(rule, bills, circumstances, published);
    expect(JSON.stringify(bills)).toBe(before);
  });
});
