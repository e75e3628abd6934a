/** Price lists in a real folder, taken by a real worker thread into a real database file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Catalogue } from '../../../firmware/catalogue/catalogue.ts';
import { priceFolder } from '../../../firmware/world/price-folder.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { seedPack } from '../../../provisioning/test-authority.ts';
import { authority, DAY, drug, listOf, NOW_MS, SIGNED_AT } from '../catalogue/price-lists.ts';
import { INSTITUTION } from '../kiosk-fixture.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-price-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const door = () =>
  priceFolder({
    folder: join(folder, 'prices'),
    database: join(folder, 'catalogue.db'),
    trust: authority.trust,
    institution: INSTITUTION,
    nowMs: () => NOW_MS,
  });

const putDown = (list: Uint8Array): void => seedPack(join(folder, 'prices'), list, authority, SIGNED_AT, 'prices');

test('a list is taken by another thread while this one reads, and each one that is put down is told apart', async () => {
  const prices = door();
  expect(prices.stamp()).toBeUndefined();
  putDown(listOf([drug()]));
  const first = prices.stamp();
  expect(await prices.take()).toMatchObject({ outcome: 'imported' });
  // This thread's own connection sees the next edition without opening anything again.
  const store = openSqliteStore(join(folder, 'catalogue.db'), 'rebuildable');
  const catalogue = new Catalogue(() => store);
  expect(catalogue.item(String(drug()['code']), DAY)).toMatchObject({ price: '12.50' });
  putDown(listOf([drug({ price: '13.00' })], { version: 2 }));
  expect(prices.stamp()).not.toBe(first);
  expect(await prices.take()).toMatchObject({ outcome: 'imported', changes: { changed: 1 } });
  expect(catalogue.item(String(drug()['code']), DAY)).toMatchObject({ price: '13.00' });
  expect(catalogue.search({ kind: 'drug', text: 'amxl', day: DAY, most: 2 })).toMatchObject({ version: 2 });
  store.close();
}, 30_000);

test('a list without its signatures is still being put down; one of noise is refused and nothing is shown', async () => {
  mkdirSync(join(folder, 'prices'));
  writeFileSync(join(folder, 'prices', 'prices.jsonl'), listOf([drug()]));
  expect(door().stamp()).toBeUndefined();
  putDown(new Uint8Array([1, 2, 3]));
  expect(await door().take()).toMatchObject({ outcome: 'refused', reason: 'notTheForm' });
}, 30_000);
