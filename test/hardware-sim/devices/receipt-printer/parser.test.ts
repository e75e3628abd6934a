/** The parser against byte tables of the manuals (escpos.md sections 2, 5 and 6). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandRows } from '../../../../hardware-sim/devices/receipt-printer/parser/command-table.ts';
import { chineseModel, EscposParser } from '../../../../hardware-sim/devices/receipt-printer/parser/escpos-parser.ts';
import type { Token } from '../../../../hardware-sim/devices/receipt-printer/parser/token.ts';
import { hex } from './printer-bench.ts';

function tokensOf(pieces: readonly Uint8Array[], options = chineseModel): Token[] {
  const tokens: Token[] = [];
  const parser = new EscposParser(options, (token) => tokens.push(token));
  for (const piece of pieces) parser.push(piece);
  parser.finish();
  return tokens;
}

/** `ESC @` as its name, characters as themselves, anything else as `?` with its length. */
function read(bytes: Uint8Array, options = chineseModel): string[] {
  return tokensOf([bytes], options).map((token) => {
    if (token.kind === 'character') return token.text;
    return token.kind === 'command' ? token.row.name : `?${token.length}`;
  });
}

/** Command (hex as in the manuals), and what it must be read as, followed by an `A` that must survive. */
const golden: readonly (readonly [bytes: string, name: string])[] = [
  ['1B 40', 'ESC @'],
  ['1D 21 11', 'GS !'],
  ['1B 44 08 10 18 00', 'ESC D'],
  ['1B 2A 21 02 00 FF FF FF 00 00 00', 'ESC *'],
  ['1B 2A 00 03 00 FF 00 FF', 'ESC *'],
  ['1D 76 30 00 02 00 03 00 01 02 03 04 05 06', 'GS v 0'],
  ['1D 28 4C 0B 00 30 70 30 01 01 31 08 00 01 00 AA', 'GS ( L'],
  ['1D 38 4C 0B 00 00 00 30 70 30 01 01 31 08 00 01 00 AA', 'GS 8 L'],
  ['1D 28 4C 02 00 30 32', 'GS ( L'],
  ['1D 6B 04 41 42 43 00', 'GS k'],
  ['1D 6B 49 05 7B 42 41 42 43', 'GS k'],
  ['1D 28 6B 04 00 31 41 32 00', 'GS ( k'],
  ['1D 28 6B 03 00 31 51 30', 'GS ( k'],
  ['1B 5A 03 4C 06 02 00 41 42', 'ESC Z'],
  ['1D 56 00', 'GS V'],
  ['1D 56 42 10', 'GS V'],
  ['1B 70 00 19 FA', 'ESC p'],
  ['1B 42 03 02', 'ESC B'],
  ['1B 57 00 00 00 00 40 02 C8 00', 'ESC W'],
  ['1C 71 01 01 00 01 00 01 02 03 04 05 06 07 08', 'FS q'],
  ['1D 2A 01 01 01 02 03 04 05 06 07 08', 'GS *'],
  ['1B 26 03 41 41 02 01 02 03 04 05 06', 'ESC &'],
  ['1D 28 48 06 00 30 30 30 30 30 31', 'GS ( H'],
  ['1D 67 32 00 B2 00', 'GS g'],
  ['10 04 01', 'DLE EOT'],
  ['10 14 01 00 05', 'DLE DC4'],
  ['10 14 08 01 03 14 01 06 02 08', 'DLE DC4'],
  ['1D 61 0F', 'GS a'],
  ['1D 65 03 10', 'GS e'],
  ['1D 65 05', 'GS e'],
  ['1D 5E 02 00 00', 'GS ^'],
  ['1B 1E 45 00', 'ESC RS E'],
  ['1C 7D 60 01', 'FS } 60'],
  ['1B 34 01', 'ESC 4'],
  ['1B 34', 'ESC 4'],
  ['1B 63 33 00', 'ESC c 3'],
];

describe('lengths', () => {
  test.each(golden)('%s is one command, and the byte behind it is text', (bytes, name) => {
    expect(read(hex(`${bytes} 41`))).toEqual([name, 'A']);
  });

  test('no command is the beginning of another, so none can hide behind one', () => {
    const prefixes = commandRows.map((entry) => String.fromCharCode(...entry.prefix));
    for (const prefix of prefixes) {
      expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
    }
  });

  test('a buzzer board and a page-length board read ESC C differently', () => {
    expect(read(hex('1B 43 01 02 03 41'))).toEqual(['ESC C', 'A']);
    expect(read(hex('1B 43 42 41'), { ...chineseModel, escC: 'pageLength' })).toEqual(['ESC C page length', 'A']);
  });
});

describe('characters', () => {
  test('Chinese is on from the start, rare names included', () => {
    expect(read(hex('D2 BD D4 BA'))).toEqual(['医', '院']);
    expect(read(hex('FE 9F'))).toEqual(['䶮']);
    expect(read(hex('82 30 B7 31 95 34 B2 35'))).toEqual(['㛃', '𠮷']);
    expect(read(hex('A3 A4 31'))).toEqual(['￥', '1']);
  });

  test('a GBK board prints the yen sign of GB18030 as 0 and 6', () => {
    expect(read(hex('81 30 84 36'), { ...chineseModel, charset: 'gbk' })).toEqual(['?1', '0', '?1', '6']);
    expect(read(hex('81 30 84 36'))).toEqual(['¥']);
  });

  test('FS . switches to the code page and FS & back', () => {
    expect(read(hex('1C 2E 80 1B 74 10 80 1C 26 D2 BD'))).toEqual(['FS .', 'Ç', 'ESC t', '€', 'FS &', '医']);
  });

  test('country 15 prints the dollar sign as yen', () => {
    expect(read(hex('24 1B 52 0F 24 1B 52 08 5C'))).toEqual(['$', 'ESC R', '¥', 'ESC R', '¥']);
  });

  test('a Chinese character that lost its second byte does not swallow the line feed', () => {
    expect(read(hex('D2 0A 41'))).toEqual(['?1', 'LF', 'A']);
  });

  test('a code without a character prints the missing-glyph mark', () => {
    expect(read(hex('FE A1'))).toEqual(['〓']);
  });
});

describe('nonsense', () => {
  test('an unknown command is reported where it stands, and the next command is found', () => {
    const tokens = tokensOf([hex('41 1B 7E 42 1B 1B 40')]);
    expect(tokens.filter((token) => token.kind === 'unknown').map(({ offset, length }) => [offset, length])).toEqual([
      [1, 2],
      [4, 1],
    ]);
    expect(read(hex('41 1B 7E 42 1B 1B 40'))).toEqual(['A', '?2', 'B', '?1', 'ESC @']);
  });

  test('an unknown block that names its length is stepped over whole', () => {
    expect(read(hex('1D 28 5A 03 00 41 42 43 44'))).toEqual(['?8', 'D']);
  });

  test('a command cut off by the end of the stream is reported, not guessed', () => {
    expect(read(hex('41 1D 76 30 00 02 00 03 00 01'))).toEqual(['A', '?9']);
  });

  const hostile = fc.uint8Array({ maxLength: 400 }).map((bytes) => bytes);
  const likely = fc
    .array(
      fc.oneof(
        fc.constantFrom(...golden.map(([bytes]) => hex(bytes))),
        fc.uint8Array({ maxLength: 6 }),
        fc.constantFrom(hex('D2 BD'), hex('81 30 84 36'), hex('0A'), hex('1B'), hex('1D 28'), hex('82 30')),
      ),
      { maxLength: 30 },
    )
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

  test('however the stream is cut into pieces, it is read the same', () => {
    fc.assert(
      fc.property(fc.oneof(likely, hostile), fc.array(fc.nat(400), { maxLength: 12 }), (bytes, cuts) => {
        const whole = tokensOf([bytes]);
        const places = [...new Set([0, bytes.length, ...cuts.filter((cut) => cut < bytes.length)])].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(tokensOf(pieces)).toEqual(whole);
        expect(tokensOf([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  test('every byte belongs to exactly one token, in order', () => {
    fc.assert(
      fc.property(fc.oneof(likely, hostile), (bytes) => {
        let at = 0;
        for (const token of tokensOf([bytes])) {
          expect(token.offset).toBe(at);
          at += token.length;
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 400 },
    );
  });
});
