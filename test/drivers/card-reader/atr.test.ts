import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carriesAnswerWithData, parseAtr, storageCardIn } from '../../../drivers/card-reader/atr.ts';
import { fromHex } from './spoken-chip.ts';

const squeezed = (hex: string): Uint8Array => fromHex(hex.replaceAll(' ', ''));

/** From ACS's ACR122U application programming manual 2.04, section 5.1.1, and PC/SC part 3. */
const STORAGE = {
  'MIFARE Classic 1K': '3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A',
  'MIFARE Classic 4K': '3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 02 00 00 00 00 69',
  'MIFARE Ultralight': '3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 03 00 00 00 00 68',
  FeliCa: '3B 8F 80 01 80 4F 0C A0 00 00 03 06 11 00 3B 00 00 00 00 42',
} as const;

/** With a processor: the ATS of a DESFire card from the same manual, and its shortest form. */
const PROCESSOR_IN_FIELD = ['3B 86 80 01 06 75 77 81 02 80 00', '3B 81 80 01 80 80'];

describe('a storage card in the field', () => {
  test.each(Object.entries(STORAGE))('%s is known by name', (name, hex) => {
    expect(storageCardIn(squeezed(hex))).toBe(name);
    expect(parseAtr(squeezed(hex))).toMatchObject({ contactless: true });
  });

  test('one that is in no list is still a storage card', () => {
    expect(storageCardIn(squeezed('3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 FF 88 00 00 00 00 1C'))).toBe(
      'a contactless memory',
    );
  });

  test('a contact card with the same historical bytes is none: only a reader of fields says so', () => {
    expect(storageCardIn(squeezed('3B 8F 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 EA'))).toBeUndefined();
    expect(parseAtr(squeezed('3B 8F 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 EA'))).toBeDefined();
  });

  test.each(PROCESSOR_IN_FIELD)('%s has a processor', (hex) => {
    expect(storageCardIn(squeezed(hex))).toBeUndefined();
    expect(parseAtr(squeezed(hex))?.contactless).toBe(true);
    expect(carriesAnswerWithData(squeezed(hex))).toBe(true);
  });
});

describe('the answer to reset', () => {
  // ISO 7816-3, 8.2; the second and third are OpenSC's and Ludovic Rousseau's list of real cards: a Gemalto and a YubiKey 4.
  test.each([
    ['3B 00', [0], '', false],
    ['3B 7D 94 00 00 55 55 53 0A 74 86 93 0B 24 7C 4D 54 68', [0], '5555530A7486930B247C4D5468', false],
    ['3B F8 13 00 00 81 31 FE 15 59 75 62 69 6B 65 79 34 D4', [1, 1], '597562696B657934', true],
    ['3B 80 80 01 01', [0, 1], '', true],
  ])('%s', (hex, protocols, historical, answers) => {
    const atr = squeezed(hex);
    expect(parseAtr(atr)).toMatchObject({ protocols, historical: fromHex(historical) });
    expect(carriesAnswerWithData(atr)).toBe(answers);
  });

  test.each([
    ['nothing', ''],
    ['one byte', '3B'],
    ['another first byte', '3C 00'],
    ['historical bytes that are not there', '3B 04 59 49 5A'],
    ['interface bytes that are not there', '3B F0 11 22'],
    ['more than it says', '3B 00 00'],
    ['a T=1 card without its check byte', '3B 80 01'],
    ['interface bytes without end', '3B 80 80 80 80 80 80'],
    ['more than 33 bytes', `3B F0 ${'F0 00 00 00 '.repeat(10)}`],
  ])('%s is none, so nothing is believed of it', (_what, hex) => {
    expect(parseAtr(squeezed(hex))).toBeUndefined();
    expect(storageCardIn(squeezed(hex))).toBeUndefined();
    expect(carriesAnswerWithData(squeezed(hex))).toBe(false);
  });

  test('whatever the bytes are, it ends, and what it says lies within them', () => {
    const shaped = fc
      .tuple(fc.constantFrom(0x3b, 0x3f), fc.uint8Array({ maxLength: 40 }))
      .map(([ts, rest]) => Uint8Array.of(ts, ...rest));
    fc.assert(
      fc.property(fc.oneof(shaped, fc.uint8Array({ maxLength: 64 })), (atr) => {
        const answer = parseAtr(atr);
        storageCardIn(atr);
        carriesAnswerWithData(atr);
        if (!answer) return;
        expect(answer.historical.length).toBeLessThanOrEqual(15);
        expect(answer.protocols.length).toBeGreaterThan(0);
        expect(Buffer.from(atr).includes(Buffer.from(answer.historical))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
