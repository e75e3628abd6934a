/** The parsers of what scanners send: bytes of manuals and of real devices, and bytes of nobody. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeParser, ParsedCode } from '../../../drivers/code-scanner/code-parser.ts';
import { HidPosParser } from '../../../drivers/code-scanner/hid-pos-parser.ts';
import { LineParser } from '../../../drivers/code-scanner/line-parser.ts';

const said = (codes: readonly ParsedCode[]): string[] =>
  codes.map((code) =>
    'refused' in code ? `refused: ${code.refused}` : `${code.symbology ?? '-'} ${Buffer.from(code.bytes).toString()}`,
  );

/** 64 bytes: the given ones, zeros, and the three at the end. */
function report(head: readonly number[], data: string, tail: readonly [number, number, number]): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(head);
  bytes.set(Buffer.from(data, 'latin1'), head.length);
  bytes.set(tail, 61);
  return bytes;
}

describe('HID-POS reports, golden', () => {
  /** Access-IS LSR118 Product Manual rev. 1.2, B.1.1: one symbol of 60 bytes in two reports. */
  const first = report(
    [0x02, 0x38, 0x5d, 0x51, 0x30],
    'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23'.padEnd(56, ' '),
    [0x73, 0x00, 0x01],
  );
  const second = report([0x02, 0x04, 0x5d, 0x51, 0x30], ' 100', [0x73, 0x00, 0x00]);

  test('the manual’s example of two reports is one code', () => {
    const parser = new HidPosParser();
    expect(parser.push(first)).toEqual([]);
    expect(parser.midCode).toBe(true);
    const codes = parser.push(second);
    expect(said(codes)).toEqual([`]Q0 ${'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23'.padEnd(56, ' ')} 100`]);
    expect(parser.midCode).toBe(false);
  });

  /** Recorded from a Honeywell Voyager 1602g that was asked REVINF. (README of HenkVanAsselt/python_hon_usbhid on GitHub). */
  const lastOfAnswer = report([2, 9, 93, 88, 48], 'um: N/A\r\n', [63, 0, 0]);
  const acknowledgement = report([2, 8, 93, 90, 54], 'REVINF\x06.', [54, 0, 0]);

  test('a real scanner’s piece of an answer is read as the text it is, without its line end', () => {
    expect(said(new HidPosParser().push(lastOfAnswer))).toEqual([']X0 um: N/A']);
  });

  test('a real scanner’s acknowledgement of a command is no code', () => {
    expect(said(new HidPosParser().push(acknowledgement))).toEqual(['refused: an answer of the scanner itself']);
  });

  test('the form of makers who leave their own two bytes out is read as well', () => {
    const parser = new HidPosParser();
    const short = (from: Uint8Array, more: number) => Uint8Array.from([...from.subarray(0, 61), more]);
    parser.push(short(first, 1));
    expect(said(parser.push(short(second, 0)))[0]).toContain('M1GATHERGOOD');
  });

  test('two symbols are never joined, also when the first lost its end', () => {
    const parser = new HidPosParser();
    parser.push(first);
    const other = report([2, 2, 0x5d, 0x43, 0x30], '42', [0x6a, 0, 0]);
    expect(said(parser.push(other))).toEqual(['refused: a code without its last report', ']C0 42']);
  });

  test.each([
    ['a length beyond its room', report([2, 57, 0x5d, 0x51, 0x31], 'x', [0, 0, 0])],
    ['a cut-off report', first.slice(0, 20)],
    ['no AIM identifier', report([2, 1, 0x41, 0x51, 0x31], 'x', [0, 0, 0])],
  ])('%s is one refusal, and the next code is read', (_name, bad) => {
    const parser = new HidPosParser();
    expect(said(parser.push(bad))).toEqual(['refused: a report of another shape']);
    expect(said(parser.push(report([2, 2, 0x5d, 0x51, 0x31], '42', [0, 0, 0])))).toEqual([']Q1 42']);
  });

  test('other reports of a scanner are no codes', () => {
    const parser = new HidPosParser();
    expect(parser.push(Uint8Array.of(4, 0xff))).toEqual([]);
    expect(parser.push(new Uint8Array(0))).toEqual([]);
  });
});

/** A good code after anything at all: first whatever ends what was begun, then the code. */
function readsOnAfter(
  parser: CodeParser,
  garbage: readonly Uint8Array[],
  good: readonly Uint8Array[],
  text: string,
): void {
  let told = 0;
  for (const bytes of garbage) {
    for (const code of parser.push(bytes)) {
      told += 1;
      if (!('refused' in code)) expect(code.bytes.length).toBeLessThanOrEqual(512);
    }
  }
  const sent = garbage.reduce((sum, bytes) => sum + bytes.length, 0);
  expect(told).toBeLessThanOrEqual(sent + garbage.length);
  parser.giveUp();
  expect(parser.midCode).toBe(false);
  const codes = good.flatMap((bytes) => parser.push(bytes));
  expect(said(codes).at(-1)).toContain(text);
}

describe('bytes of nobody', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 12 });
  /** Reports that look right more often than chance would have it. */
  const likely = fc
    .record({
      id: fc.constantFrom(2, 2, 2, 4, 0),
      length: fc.integer({ min: 0, max: 70 }),
      aim: fc.constantFrom([0x5d, 0x51, 0x31], [0x5d, 0x43, 0x30], [0x5d, 0x5a, 0x36], [0, 0, 0], [1, 2, 3]),
      data: fc.uint8Array({ minLength: 56, maxLength: 58 }),
      more: fc.nat(3),
    })
    .map(({ id, length, aim, data, more }) => Uint8Array.from([id, length, ...aim, ...data, more]));

  test('no line parser throws, keeps more than one code, or misses the next good one', () => {
    fc.assert(
      fc.property(pieces, (garbage) => readsOnAfter(new LineParser(), garbage, [Buffer.from('\r\n620\r\n')], '620')),
      { numRuns: 300 },
    );
  });

  test('no HID-POS parser throws, keeps more than one code, or misses the next good one', () => {
    const good = [report([2, 3, 0x5d, 0x51, 0x31], '620', [0, 0, 0])];
    fc.assert(
      fc.property(fc.array(fc.oneof(likely, fc.uint8Array({ maxLength: 80 })), { maxLength: 30 }), (garbage) =>
        readsOnAfter(new HidPosParser(), garbage, good, '620'),
      ),
      { numRuns: 300 },
    );
  });

  test('a line comes out the same however its bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[!-~]{1,60}$/), { maxLength: 6 }),
        fc.array(fc.nat(400)),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
          const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
          const parser = new LineParser();
          const codes = at.flatMap((from, index) => parser.push(bytes.subarray(from, at[index + 1] ?? from)));
          expect(said(codes)).toEqual(lines.map((line) => `- ${line}`));
        },
      ),
    );
  });
});
