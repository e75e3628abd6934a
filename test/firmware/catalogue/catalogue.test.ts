/** Search, periods, and one edition for everybody. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../../firmware/catalogue/catalogue.ts';
import { nameOf } from '../../../firmware/catalogue/price-item.ts';
import type { Store } from '../../../firmware/ports.ts';
import { RuleBook } from '../../../firmware/region/rule-book.ts';
import { parseRules } from '../../../firmware/region/rule-pack-schema.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { demoRulePackBytes } from '../../../hardware-sim/parties/catalogue/rule-pack.ts';
import { bill, line } from '../kiosk-fixture.ts';
import { consumable, DAY, drug, listOf, openShelf, service, signed, take } from './price-lists.ts';

const amoxicillin = drug();
const isosorbide = drug({ code: 'X99B', genericName: '单硝酸异山梨酯缓释片', tradeName: '演示（长效）' });
const vitamin = drug({ code: 'X99C', genericName: '维生素B1片', tradeName: '维生素B1片' });
const female = drug({ code: 'X99D', genericName: '女金胶囊', tradeName: '绿叶牌' });

function found(text: string, kind: 'drug' | 'service' | 'consumable' = 'drug', day = DAY): readonly string[] {
  const { catalogue, take: next } = openShelf();
  next([amoxicillin, isosorbide, vitamin, female, service(), consumable()]);
  return catalogue.search({ kind, text, day, most: 10 }).items.map(nameOf);
}

describe('search', () => {
  test.each([
    ['initials', 'amxl', '阿莫西林胶囊'],
    ['initials from the middle', 'xljn', '阿莫西林胶囊'],
    ['initials with a digit', 'wssb1', '维生素B1片'],
    ['pinyin', 'amoxilin', '阿莫西林胶囊'],
    ['pinyin from the middle', 'shanlizhi', '单硝酸异山梨酯缓释片'],
    ['capitals', 'AMXL', '阿莫西林胶囊'],
    ['a name', '山梨酯', '单硝酸异山梨酯缓释片'],
    ['two characters of it', '西林', '阿莫西林胶囊'],
    ['one', '硝', '单硝酸异山梨酯缓释片'],
    ['a trade name with its brackets', '（长效）', '单硝酸异山梨酯缓释片'],
    ['ü, typed as v', 'nvjin', '女金胶囊'],
    ['the beginning of a code', 'x99aa', '阿莫西林胶囊'],
    ['full-width letters', 'ＡＭＸＬ', '阿莫西林胶囊'],
  ])('%s finds the item', (_, text, name) => {
    expect(found(text)).toEqual([name]);
  });

  test('letters inside a name are found as they stand there', () => {
    expect(found('ct', 'service')).toEqual(['头颅CT平扫']);
    expect(found('ctps', 'service')).toEqual(['头颅CT平扫']);
  });

  test('each kind is searched by itself', () => {
    expect(found('zffl', 'consumable')).toEqual(['自费敷料']);
    expect(found('zffl')).toEqual([]);
  });

  test.each(['', '  ', '"', '" OR 1', '%', 'NEAR(a b)', '阿"莫', '*', 'x'.repeat(5_000), '\u0000'])(
    'a question of %j is answered and breaks nothing',
    (text) => {
      expect(() => found(text)).not.toThrow();
    },
  );

  test('of many, the first are given and it is said that there are more', () => {
    const { catalogue, take: next } = openShelf();
    next(Array.from({ length: 30 }, (_, at) => drug({ code: `X99${at}`, genericName: `演示片${at}` })));
    const result = catalogue.search({ kind: 'drug', text: 'ysp', day: DAY, most: 12 });
    expect(result).toMatchObject({ more: true, version: 1 });
    expect(result.items).toHaveLength(12);
  });
});

describe('days', () => {
  test('[part of SZ-196] a drug is shown from its first day with the cover of that day, and not before', () => {
    const { catalogue, take: next } = openShelf();
    next([drug({ level: '03', until: '2026-03-06' }), drug({ level: '02', from: '2026-03-06' })]);
    expect(catalogue.item(String(drug()['code']), '2026-03-05')).toMatchObject({ level: '03' });
    expect(catalogue.item(String(drug()['code']), '2026-03-06')).toMatchObject({ level: '02' });
    const at = (day: string) => catalogue.search({ kind: 'drug', text: 'amxl', day, most: 5 }).items;
    expect(at('2026-03-06')).toMatchObject([{ level: '02' }]);
    expect(at('2019-12-31')).toEqual([]);
  });
});

describe('the bill check', () => {
  const CIRCUMSTANCES = { age: 40, inHospital: false, traceCodesDue: 'atDispensing' } as const;
  const pack = parseRules(demoRulePackBytes());

  function reasonsOf(catalogue: Catalogue, change: Parameters<typeof line>[0]) {
    const one = bill([line(change)], { visitedAt: `${DAY} 08:00:00` });
    return new RuleBook(pack, () => catalogue.pricesInForce())
      .hits([one], CIRCUMSTANCES)
      .filter(({ kind }) => kind === 'price')
      .map(({ reason }) => reason);
  }

  test('[part of SZ-174] a changed price changes search, item and bill check with one edition, never apart', () => {
    const { catalogue, take: next } = openShelf();
    const charged = { catalogueCode: '990102000010000', unitPrice: '120.00', unit: '次' };
    const seen = () => {
      const [row] = catalogue.search({ kind: 'service', text: 'tlct', day: DAY, most: 1 }).items;
      const item = catalogue.item('990102000010000', DAY);
      return [row?.price, item?.price, reasonsOf(catalogue, charged)];
    };
    next([service()]);
    expect(seen()).toEqual(['120.00', '120.00', []]);
    next([service({ price: '100.00' })], { version: 2 });
    expect(seen()).toEqual(['100.00', '100.00', ['priceAbovePublished']]);
  });

  test('[part of SZ-185] above the published price, for another unit or not published is not payable', () => {
    const { catalogue, take: next } = openShelf();
    next([service()]);
    const code = '990102000010000';
    expect(reasonsOf(catalogue, { catalogueCode: code, unitPrice: '120.01', unit: '次' })).toEqual([
      'priceAbovePublished',
    ]);
    expect(reasonsOf(catalogue, { catalogueCode: code, unitPrice: '120.00', unit: '部位' })).toEqual(['unitDiffers']);
    expect(reasonsOf(catalogue, { catalogueCode: 'X-NEVER', unitPrice: '1.00', unit: '次' })).toEqual([
      'itemNotPublished',
    ]);
  });

  test('[SZ-142] a for-profit hospital’s own item without a filing number is not payable', () => {
    const { catalogue, take: next } = openShelf();
    const own = { catalogueCode: '990102000010000', unitPrice: '120.00', unit: '次' };
    next([service({ ownItemFiling: '' })], { ownership: 'forProfit' });
    expect(reasonsOf(catalogue, own)).toEqual(['itemNotPublished']);
    next([service({ ownItemFiling: '演备2026-001' })], { ownership: 'forProfit', version: 2 });
    expect(reasonsOf(catalogue, own)).toEqual([]);
    next([service({ ownItemFiling: '' })], { ownership: 'public', version: 3 });
    expect(reasonsOf(catalogue, own)).toEqual([]);
  });

  test('without a list the rule pack’s own prices hold', () => {
    const { catalogue } = openShelf();
    const item = { catalogueCode: '990102000010000', unit: '次' };
    expect(reasonsOf(catalogue, { ...item, unitPrice: '50.00' })).toEqual([]);
    expect(reasonsOf(catalogue, { ...item, unitPrice: '50.01' })).toEqual(['priceAbovePublished']);
  });
});

/** Loses its power at the n-th write. */
function dyingStore(store: Store, writes: number): Store {
  let left = writes;
  const spend = (): void => {
    left -= 1;
    if (left < 0) throw new Error('The power is gone.');
  };
  return {
    exec: (sql) => {
      spend();
      store.exec(sql);
    },
    run: (sql, ...parameters) => {
      spend();
      return store.run(sql, ...parameters);
    },
    get: (sql, ...parameters) => store.get(sql, ...parameters),
    all: (sql, ...parameters) => store.all(sql, ...parameters),
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  };
}

test('[part of SZ-174] a power cut at any write of an import leaves the old edition whole, and the next import completes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-prices-'));
  const path = join(folder, 'catalogue.db');
  try {
    const before = openShelf(path);
    before.take([drug(), service(), consumable()]);
    before.store.close();
    const offered = signed(listOf([drug({ price: '1.00' }), service(), consumable()], { version: 2 }));
    let cuts = 0;
    for (let writes = 0; ; writes += 1) {
      const store = openSqliteStore(path);
      try {
        take(dyingStore(store, writes), offered);
        break;
      } catch (error) {
        expect(String(error)).toMatch(/power/);
        cuts += 1;
      } finally {
        store.close();
      }
      const again = openSqliteStore(path);
      const catalogue = new Catalogue(() => again);
      expect(catalogue.edition()).toMatchObject({ version: 1, items: 3 });
      expect(catalogue.item(String(drug()['code']), DAY)).toMatchObject({ price: '12.50' });
      expect(catalogue.search({ kind: 'drug', text: 'amxl', day: DAY, most: 5 }).items).toHaveLength(1);
      again.close();
    }
    expect(cuts).toBeGreaterThan(20);
    const after = openShelf(path);
    expect(after.catalogue.item(String(drug()['code']), DAY)).toMatchObject({ price: '1.00' });
    expect(after.catalogue.edition()?.changes).toEqual({ added: 0, changed: 1, removed: 0 });
    after.store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
