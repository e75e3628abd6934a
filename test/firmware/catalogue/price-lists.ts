/** Signed price lists of an invented hospital, and a catalogue on a store in memory. */
import { Catalogue } from '../../../firmware/catalogue/catalogue.ts';
import {
  type ImportOutcome,
  importPriceList,
  type SignedPriceList,
} from '../../../firmware/catalogue/import-price-list.ts';
import { loadRomanizer } from '../../../firmware/catalogue/romanizer.ts';
import type { Store } from '../../../firmware/ports.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { createTestAuthority, signByBoth, type TestAuthority } from '../../../provisioning/test-authority.ts';
import { INSTITUTION } from '../kiosk-fixture.ts';

export const DAY = '2026-03-05';
export const SIGNED_AT = '2026-03-01T08:00:00+08:00';
/** 2026-03-05 09:00 in Beijing. */
export const NOW_MS = Date.parse('2026-03-05T09:00:00+08:00');

export const authority: TestAuthority = createTestAuthority();
const romanize = await loadRomanizer();

type Item = Record<string, unknown>;

export function service(change: Item = {}): Item {
  return {
    kind: 'service',
    code: '990102000010000',
    hospitalCode: 'SIM-1',
    name: '头颅CT平扫',
    unit: '次',
    price: '120.00',
    contents: '含定位、扫描、出片',
    excluded: '造影剂',
    note: '每增加一个部位加收',
    list: '医疗服务价格项目目录',
    from: '2020-01-01',
    ...change,
  };
}

export function drug(change: Item = {}): Item {
  return {
    kind: 'drug',
    code: 'X99AA01A001A00101010101',
    genericName: '阿莫西林胶囊',
    tradeName: '演示牌',
    unit: '盒',
    price: '12.50',
    specification: '0.25g×24粒',
    form: '胶囊剂',
    maker: '演示制药一厂',
    level: '01',
    list: '药品目录',
    from: '2020-01-01',
    ...change,
  };
}

export function consumable(change: Item = {}): Item {
  return {
    kind: 'consumable',
    code: 'C99010100100001000010000001',
    certificateName: '医用敷料贴',
    name: '自费敷料',
    certificateSpecification: '10cm×10cm',
    certificateModel: 'A型',
    unit: '片',
    price: '30.00',
    maker: '演示医疗器械一厂',
    list: '医用耗材目录',
    from: '2020-01-01',
    ...change,
  };
}

export function listOf(items: readonly Item[], head: Item = {}): Uint8Array {
  const first = {
    format: 'yizhan-price-list/1',
    id: 'test-prices',
    version: 1,
    publishedOn: '2026-03-01',
    institution: INSTITUTION,
    ownership: 'public',
    items: items.length,
    madeFrom: { service: '20260101', drug: '20260101', consumable: '20260101' },
    ...head,
  };
  return new TextEncoder().encode([first, ...items].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Signed by both people of the test authority. */
export function signed(list: Uint8Array): SignedPriceList {
  return { list, signatures: signByBoth(list, authority, SIGNED_AT, 'prices') };
}

export function take(store: Store, offered: SignedPriceList): ImportOutcome {
  return importPriceList(offered, {
    store,
    trust: authority.trust,
    institution: INSTITUTION,
    romanize,
    nowMs: NOW_MS,
  });
}

export interface Shelf {
  readonly store: Store;
  readonly catalogue: Catalogue;
  take(items: readonly Item[], head?: Item): ImportOutcome;
}

export function openShelf(path = ':memory:'): Shelf {
  const store = openSqliteStore(path);
  return {
    store,
    catalogue: new Catalogue(() => store),
    take: (items, head) => take(store, signed(listOf(items, head))),
  };
}
