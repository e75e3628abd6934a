/** A price list comes in whole and signed by two people, or not at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PriceListError, readItems } from '../../../firmware/catalogue/price-list-file.ts';
import { createTestSigner, encodeSignatures, signPack } from '../../../provisioning/test-authority.ts';
import {
  authority,
  consumable,
  DAY,
  drug,
  listOf,
  NOW_MS,
  openShelf,
  SIGNED_AT,
  service,
  signed,
  take,
} from './price-lists.ts';

const kinds = [
  ['Z-5.1.2', 'drug', drug],
  ['Z-5.2.3', 'consumable', consumable],
  ['Z-5.3.2', 'service', service],
] as const;

describe('two people', () => {
  for (const [clause, kind, item] of kinds) {
    test(`[${clause}] a ${kind} list signed by one person is refused, by two of different duties accepted, with one byte changed refused`, () => {
      const { store, catalogue, take: next } = openShelf();
      const list = listOf([item()]);
      const one = encodeSignatures([signPack(list, authority.author, SIGNED_AT, 'prices')]);
      expect(take(store, { list, signatures: one })).toMatchObject({ outcome: 'refused', reason: 'onePerson' });
      const changed = new TextEncoder().encode(new TextDecoder().decode(list).replace('"price":"', '"price":"1'));
      expect(take(store, { list: changed, signatures: signed(list).signatures })).toMatchObject({ reason: 'changed' });
      expect(catalogue.edition()).toBeUndefined();

      expect(take(store, signed(list))).toMatchObject({ outcome: 'imported', changes: { added: 1 } });
      // The diff of the next edition is kept, with both signers and the time.
      expect(next([item({ price: '13.00' })], { version: 2 })).toMatchObject({ changes: { added: 0, changed: 1 } });
      expect(catalogue.editions()[0]).toMatchObject({
        version: 2,
        importedMs: NOW_MS,
        signers: [
          { personId: 'test-author', duty: 'author', signedAt: SIGNED_AT },
          { personId: 'test-releaser', duty: 'releaser', signedAt: SIGNED_AT },
        ],
        changes: { added: 0, changed: 1, removed: 0 },
      });
      expect(catalogue.changes(2)).toMatchObject([
        { what: 'changed', code: item()['code'], before: { price: item()['price'] }, after: { price: '13.00' } },
      ]);
    });
  }

  test('two people of one duty, a stranger, and a signature for a rule pack do not count', () => {
    const { store } = openShelf();
    const list = listOf([drug()]);
    const refused = (signatures: Uint8Array | undefined) => take(store, { list, signatures });
    const other = createTestSigner('stranger', 'releaser');
    expect(refused(undefined)).toMatchObject({ reason: 'unsigned' });
    expect(
      refused(encodeSignatures([authority.author, other].map((who) => signPack(list, who, SIGNED_AT, 'prices')))),
    ).toMatchObject({ reason: 'unknownSigner' });
    const asRules = [authority.author, authority.releaser].map((who) => signPack(list, who, SIGNED_AT, 'rules'));
    expect(refused(encodeSignatures(asRules))).toMatchObject({ reason: 'changed' });
  });

  test('what was added, changed and removed is kept by code', () => {
    const { catalogue, take: next } = openShelf();
    next([drug(), service(), consumable()]);
    next([drug({ price: '11.00' }), service(), drug({ code: 'X99NEW', genericName: '新药片' })], { version: 2 });
    expect(catalogue.edition()?.changes).toEqual({ added: 1, changed: 1, removed: 1 });
    expect(catalogue.changes(2).map(({ what, code }) => [what, code])).toEqual([
      ['removed', 'C99010100100001000010000001'],
      ['changed', 'X99AA01A001A00101010101'],
      ['added', 'X99NEW'],
    ]);
  });
});

describe('editions', () => {
  test('an older edition is refused by name, the same one again is no news, its number with other prices is refused', () => {
    const { catalogue, take: next } = openShelf();
    next([drug()], { version: 5 });
    expect(next([drug()], { version: 4 })).toEqual({
      outcome: 'refused',
      reason: 'olderVersion',
      detail: 'Edition 4 is older than edition 5, which is shown.',
    });
    expect(next([drug()], { version: 5 })).toEqual({ outcome: 'shownAlready' });
    expect(next([drug({ price: '1.00' })], { version: 5 })).toMatchObject({ reason: 'sameVersionOtherPrices' });
    expect(catalogue.edition()?.version).toBe(5);
  });

  test('a list of another hospital is refused', () => {
    expect(openShelf().take([drug()], { institution: 'H99009900001' })).toMatchObject({ reason: 'otherInstitution' });
  });

  test('one code has one price on a day', () => {
    const { take: next } = openShelf();
    expect(next([drug(), drug({ price: '9.00' })])).toMatchObject({ reason: 'notTheForm' });
    expect(next([drug(), drug({ price: '9.00', from: '2026-01-01' })])).toMatchObject({ reason: 'notTheForm' });
    const periods = [drug({ until: '2026-01-01' }), drug({ price: '9.00', from: '2026-01-01' })];
    expect(next(periods)).toMatchObject({ outcome: 'imported' });
  });

  test('[part of SZ-181] a public hospital that sells above what it pays is named', () => {
    const { take: next } = openShelf();
    const dearer = [drug({ purchasePrice: '12.49' }), consumable({ purchasePrice: '30.00' })];
    expect(next(dearer)).toMatchObject({ dearer: [drug()['code']] });
    expect(next(dearer, { version: 2, ownership: 'forProfit' })).toMatchObject({ dearer: [] });
  });
});

describe('the form', () => {
  const refused = (items: readonly Record<string, unknown>[], head: Record<string, unknown> = {}) =>
    openShelf().take(items, head);

  test.each([
    ['SZ-187', service, ['code', 'name', 'unit', 'price', 'contents', 'excluded', 'note']],
    ['SZ-188', drug, ['genericName', 'tradeName', 'unit', 'price', 'specification', 'form', 'maker', 'level']],
    [
      'SZ-189',
      consumable,
      ['certificateName', 'name', 'certificateSpecification', 'certificateModel', 'unit', 'price', 'maker'],
    ],
  ] as const)(
    '[part of %s] an item without one of its statutory fields is refused, and so is an empty one',
    (_, item, fields) => {
      for (const field of fields) {
        const { [field]: _gone, ...without } = item();
        expect(refused([without]), field).toMatchObject({ outcome: 'refused', reason: 'notTheForm' });
        expect(refused([item({ [field]: '' })]), field).toMatchObject({ reason: 'notTheForm' });
        expect(refused([item({ [field]: ' ' })]), field).toMatchObject({ reason: 'notTheForm' });
      }
      expect(refused([item()])).toMatchObject({ outcome: 'imported' });
    },
  );

  test('a price of the hospital’s own says whose it is', () => {
    expect(refused([service({ selfPriced: true })])).toMatchObject({ reason: 'notTheForm' });
    expect(refused([service({ selfPriced: true, pricedBy: '演示医院' })])).toMatchObject({ outcome: 'imported' });
  });

  test.each([
    ['a price that is a number', [drug({ price: 12.5 })]],
    ['a price with an exponent', [drug({ price: '1e3' })]],
    ['a negative price', [drug({ price: '-1.00' })]],
    ['a field that nobody knows', [drug({ colour: 'red' })]],
    ['a line break in a name', [drug({ genericName: 'a\nb' })]],
    ['a printer command in a name', [drug({ genericName: 'a\u001b@b' })]],
    ['letters that turn the writing around', [drug({ genericName: 'a\u202eb' })]],
    ['an end before its beginning', [drug({ until: '2019-01-01' })]],
    ['a day that is none', [drug({ from: '2026-02-30' })]],
  ])('%s is refused', (_, items) => {
    expect(refused(items)).toMatchObject({ outcome: 'refused', reason: 'notTheForm' });
  });

  test('a list that was cut off, or says another number of items, is refused with its line', () => {
    const list = listOf([drug(), service()]);
    const { store } = openShelf();
    expect(take(store, signed(list.subarray(0, list.length - 1)))).toMatchObject({
      detail: expect.stringMatching(/^Line 3/),
    });
    expect(refused([drug()], { items: 2 })).toMatchObject({ detail: expect.stringMatching(/says 2 items/) });
    expect(refused([drug(), service()], { items: 1 })).toMatchObject({ reason: 'notTheForm' });
    expect(refused([drug({ note: 'x'.repeat(20_000) })])).toMatchObject({
      detail: expect.stringMatching(/longer than/),
    });
  });

  test('whatever the bytes are, reading ends with items or with a line', () => {
    const honest = listOf([drug(), service()]);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.tuple(fc.nat(honest.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, noise]) => {
        const copy = Uint8Array.from(honest);
        copy.set(noise.subarray(0, copy.length - at), at);
        return copy;
      }),
    );
    fc.assert(
      fc.property(bytes, (list) => {
        try {
          return [...readItems(list)].every(({ item }) => typeof item.price === 'string');
        } catch (error) {
          return error instanceof PriceListError;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('[part of Z-6.3.1] each of the three kinds is found with its name, unit and price', () => {
  const { catalogue, take: next } = openShelf();
  next([drug(), service(), consumable()]);
  for (const [kind, text, price] of [
    ['drug', 'amxl', '12.50'],
    ['service', 'tlct', '120.00'],
    ['consumable', 'zffl', '30.00'],
  ] as const) {
    const { items } = catalogue.search({ kind, text, day: DAY, most: 10 });
    expect(items).toMatchObject([{ kind, price, unit: expect.stringMatching(/./) }]);
  }
});
