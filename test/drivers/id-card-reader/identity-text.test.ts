/**
 * The text of each identity document, built here from the offsets of the published
 * layouts (E.2; `PCSCGetData.h` of Johann356/readinfo; afzhan.com/st170652/news_212938.html).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardIn, chipMessageOf } from '../../../drivers/id-card-reader/chip-message.ts';
import { IdentityTextError, identityCardOf } from '../../../drivers/id-card-reader/identity-text.ts';
import { flawOfIdentityNumber } from '../../../drivers/identity-number.ts';
import { Secret } from '../../../drivers/secret.ts';
import type { WipeableBytes } from '../../../drivers/wipeable.ts';
import {
  issueForeignCard2017,
  issueForeignCard2023,
  issueIdCard,
  issueResidencePermit,
} from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { JIA } from './id-card-bench.ts';

/** Each value at its byte offset, the rest U+0020. */
function text(values: Readonly<Record<number, string>>): Uint8Array {
  const bytes = Buffer.alloc(256);
  for (let at = 0; at < 256; at += 2) bytes.writeUInt16LE(0x20, at);
  for (const [offset, value] of Object.entries(values)) bytes.write(value, Number(offset), 'utf16le');
  return Uint8Array.from(bytes);
}

const RESIDENT = {
  0: '測試甲',
  30: '2',
  32: '01',
  36: '19850902',
  52: '試驗省虛構市無名街道0號',
  122: '990000198509020123',
  158: '虛構市公安局',
  188: '20200101',
  204: '20400101',
};

/** A card with its secrets told, for comparison. */
function opened(bytes: Uint8Array): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(identityCardOf(bytes)).map(([field, value]) => [
      field,
      value instanceof Secret ? value.reveal() : value,
    ]),
  );
}

describe('居民身份证', () => {
  test('every field is read where the layout puts it', () => {
    expect(opened(text(RESIDENT))).toEqual({
      kind: 'residentIdCard',
      name: '測試甲',
      sex: '2',
      ethnicity: '01',
      birthDate: '19850902',
      address: '試驗省虛構市無名街道0號',
      number: '990000198509020123',
      issuingAuthority: '虛構市公安局',
      validFrom: '20200101',
      validUntil: '20400101',
    });
  });

  test('长期 is longTerm; an empty address is none; a rare character beyond the 16-bit plane is one', () => {
    expect(opened(text({ ...RESIDENT, 204: '长期    ', 52: ' '.repeat(35), 0: '𠮷演' }))).toMatchObject({
      validUntil: 'longTerm',
      address: undefined,
      name: '𠮷演',
    });
  });

  test('the check digit is asked: one digit changed is no card', () => {
    for (let at = 0; at < 18; at += 1) {
      const number = [...RESIDENT[122]].map((digit, index) =>
        index === at ? String((Number(digit) + 1) % 10) : digit,
      );
      expect(() => identityCardOf(text({ ...RESIDENT, 122: number.join('') }))).toThrow(IdentityTextError);
    }
  });

  test.each([
    ['no name', { 0: '   ' }],
    ['a sex that is no code', { 30: '3' }],
    ['a birth on 30 February', { 36: '19850230' }],
    ['a nation in letters', { 32: 'AB' }],
    ['a validity without an end', { 204: '        ' }],
    ['a line break in the name', { 0: '測\n甲' }],
    ['a direction mark in the address', { 52: '試\u202e驗' }],
    ['half a character in the name', { 0: '\ud842 ' }],
  ])('%s is refused, and the refusal repeats nothing of it', (_name, change) => {
    let refusal: unknown;
    try {
      identityCardOf(text({ ...RESIDENT, ...change }));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(IdentityTextError);
    expect(String(refusal)).not.toMatch(/測|1985|990000|試/u);
  });

  test('nothing of a person shows when a card is printed', () => {
    expect(JSON.stringify(identityCardOf(text(RESIDENT)))).not.toMatch(/測|1985|990000|試|虛/u);
  });
});

test('the worked example of GB 11643 passes its own check digit, and no other last character does', () => {
  for (const last of '0123456789X') {
    const flaw = flawOfIdentityNumber(`11010519491231002${last}`);
    expect(flaw).toBe(last === 'X' ? undefined : 'checkDigit');
  }
});

describe('the other three documents', () => {
  test('港澳台居民居住证 (mark J) has a travel permit and an issue count', () => {
    const permit = { ...RESIDENT, 32: '  ', 122: '810000190001010018', 220: 'H99000001', 238: '02', 248: 'J' };
    expect(opened(text({ ...permit, 36: '19000101' }))).toEqual({
      kind: 'hongKongMacaoTaiwanResidencePermit',
      name: '測試甲',
      sex: '2',
      birthDate: '19000101',
      address: '試驗省虛構市無名街道0號',
      number: '810000190001010018',
      issuingAuthority: '虛構市公安局',
      validFrom: '20200101',
      validUntil: '20400101',
      travelPermitNumber: 'H99000001',
      issueCount: 2,
    });
  });

  test('a permit with a mainland number is refused', () => {
    expect(() => identityCardOf(text({ ...RESIDENT, 248: 'J' }))).toThrow('has not the form');
  });

  test('外国人永久居留身份证 of 2017 (mark I) begins with an English name of 60 characters', () => {
    const card = {
      0: 'TEST, ALPHA BETA',
      120: '2',
      122: 'XXX990000000018',
      152: 'XXX',
      158: '測試乙',
      188: '20180601',
      204: '20280531',
      220: '19900101',
      236: '01',
      240: '1500',
      248: 'I',
    };
    expect(opened(text(card))).toEqual({
      kind: 'foreignPermanentResidentCard',
      form: '2017',
      name: 'TEST, ALPHA BETA',
      sex: '2',
      number: 'XXX990000000018',
      nationality: 'XXX',
      chineseName: '測試乙',
      validFrom: '20180601',
      validUntil: '20280531',
      birthDate: '19900101',
      documentVersion: '01',
      acceptingAuthorityCode: '1500',
      issueCount: undefined,
      earlierNumberLink: undefined,
    });
  });

  test('外国人永久居留身份证 of 2023 (mark Y) has a number of 18 digits from 9 and a name in two places', () => {
    const card = {
      30: '2',
      32: '01',
      36: '19900101',
      52: 'TEST ALPHABETAGAMMADELTAEPSILONZETA',
      122: '999999199001010024',
      188: '20240101',
      204: '20331231',
      220: ' ETATHETA',
      242: 'XXX',
      248: 'Y',
      250: '018',
    };
    expect(opened(text(card))).toMatchObject({
      form: '2023',
      name: 'TEST ALPHABETAGAMMADELTAEPSILONZETA ETATHETA',
      chineseName: undefined,
      number: '999999199001010024',
      nationality: 'XXX',
      issueCount: 1,
      earlierNumberLink: '018',
    });
    expect(() => identityCardOf(text({ ...card, 122: '990000199001010025' }))).not.toThrow();
    expect(() => identityCardOf(text({ ...card, 122: '11010519491231002X' }))).toThrow('form');
  });

  test('the bench’s cards, written apart from this decoder, are all read', () => {
    const foreigner = { key: 'b', englishName: 'TEST, BETA', born: '1990-01-01' };
    const kinds = [
      issueIdCard(JIA),
      issueResidencePermit(JIA, { area: '83', travelPermit: '99000001', issueCount: 1 }),
      issueForeignCard2017(foreigner),
      issueForeignCard2023(foreigner),
    ].map((card) => identityCardOf(card.text).kind);
    expect(kinds).toEqual([
      'residentIdCard',
      'hongKongMacaoTaiwanResidencePermit',
      'foreignPermanentResidentCard',
      'foreignPermanentResidentCard',
    ]);
  });
});

describe('text and photo', () => {
  const photo = Uint8Array.from({ length: 1_024 }, (_, at) => at & 0xff);
  const plain = (): Uint8Array => Uint8Array.of(1, 0, 4, 0, ...text(RESIDENT), ...photo);

  test('the photo goes to whoever asked and is nowhere else: not in what came, not in what the card says', () => {
    const data = plain();
    let taken: WipeableBytes | undefined;
    const completion = cardIn(data, (secret) => {
      taken = secret;
    });
    expect(completion.done).toBe(true);
    expect(taken?.reveal()).toEqual(photo);
    expect(data.every((byte) => byte === 0)).toBe(true);
    expect(JSON.stringify({ completion, taken })).not.toContain('87');
    const bytes = taken?.reveal();
    taken?.wipe();
    expect(bytes?.every((byte) => byte === 0)).toBe(true);
    expect(() => taken?.reveal()).toThrow('wiped');
  });

  test('fingerprints are skipped, whatever their length', () => {
    for (const length of [0, 512, 1_024]) {
      const data = Uint8Array.of(1, 0, 4, 0, length >> 8, 0, ...text(RESIDENT), ...photo, ...new Uint8Array(length));
      const message = chipMessageOf(data, true);
      expect(message?.text).toEqual(text(RESIDENT));
      expect(message?.photo?.reveal()).toEqual(photo);
      expect(data.every((byte) => byte === 0)).toBe(true);
    }
  });

  test('a photo that nobody wants is not even copied', () => {
    const data = plain();
    expect(chipMessageOf(data, false)).toMatchObject({ photo: undefined });
    expect(data.every((byte) => byte === 0)).toBe(true);
  });

  test('a card that is refused gives no photo away', () => {
    const data = Uint8Array.of(1, 0, 4, 0, ...text({ ...RESIDENT, 122: '990000198509020124' }), ...photo);
    let asked = false;
    const completion = cardIn(data, () => {
      asked = true;
    });
    expect(completion).toMatchObject({ done: false, fault: 'invalidMedia' });
    expect(asked).toBe(false);
  });
});

describe('whatever a chip holds', () => {
  const words = fc.constantFrom(
    '20',
    '01',
    '2',
    'X',
    '長',
    '长期',
    '\u0000',
    ' ',
    '19850902',
    '990000198509020123',
    '\ud842',
  );
  const shaped = fc
    .tuple(fc.array(words, { maxLength: 60 }), fc.constantFrom('', 'I', 'J', 'Y', 'Z'))
    .map(([parts, mark]) => {
      const bytes = Buffer.alloc(256, 0x20);
      bytes.write(parts.join(''), 0, 'utf16le');
      if (mark !== '') bytes.write(mark, 248, 'utf16le');
      return Uint8Array.from(bytes);
    });

  test('it is a card or a refusal, never anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ minLength: 256, maxLength: 256 }), shaped), (bytes) => {
        try {
          identityCardOf(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(IdentityTextError);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('an answer of any length is taken apart or refused, and overwritten', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_400 }), fc.boolean(), (bytes, begun) => {
        const data = begun && bytes.length > 4 ? Uint8Array.of(1, 0, 4, 0, ...bytes.subarray(4)) : bytes;
        expect(() => cardIn(data, undefined)).not.toThrow();
        expect(data.every((byte) => byte === 0)).toBe(true);
      }),
    );
  });
});
