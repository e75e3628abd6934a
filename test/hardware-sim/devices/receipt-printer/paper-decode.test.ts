/** What a stream puts on paper (escpos.md section 6), by bytes of the manuals. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DecodedPaper,
  decodePaper,
  defaultDecodeOptions,
} from '../../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { paperText } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { hex } from './printer-bench.ts';

const decode = (text: string): DecodedPaper => decodePaper(hex(text));
const A = '41';
const LF = '0A';

describe('text', () => {
  test('a line is on paper when a line feed ends it, not before', () => {
    expect(decode('41 42 0A 43').lines).toEqual(['AB']);
  });

  test('48 cells fill a line; the 49th character goes to the next', () => {
    const bytes = `${'41'.repeat(49)}0A`;
    expect(decode(bytes).lines).toEqual(['A'.repeat(48), 'A']);
  });

  test('a Chinese character is two cells wide and never torn at the edge', () => {
    expect(decode(`${'41'.repeat(47)} D2 BD 0A`).lines).toEqual(['A'.repeat(47), '医']);
  });

  test('positions decide where text stands, whatever the order it was sent in', () => {
    // Column 20 first, then back to the left edge.
    expect(decode('1B 24 F0 00 42 1B 24 00 00 41 0A').lines).toEqual([`A${' '.repeat(19)}B`]);
  });

  test('alignment moves the line, tabs move the print position', () => {
    expect(decode('1B 61 32 41 42 0A').lines).toEqual([`${' '.repeat(46)}AB`]);
    expect(decode('1B 61 01 41 42 0A').lines).toEqual([`${' '.repeat(23)}AB`]);
    expect(decode('1B 44 04 0A 00 09 41 09 42 0A').lines).toEqual(['    A     B']);
  });

  test('a second pass over the same place prints the characters once', () => {
    expect(decode('41 42 1B 24 00 00 41 42 0A').lines).toEqual(['AB']);
  });

  test('back-feed puts both passes on one line', () => {
    expect(decode('41 0A 1B 4B 1E 1B 24 18 00 42 0A').lines).toEqual(['A B']);
  });

  test('sizes and styles are on the glyphs', () => {
    const [sheet] = decode('1D 21 11 1B 45 01 1D 42 01 D2 BD 0A').sheets;
    const [mark] = sheet?.lines[0]?.marks ?? [];
    expect(mark).toMatchObject({ text: '医', width: 48, height: 48, style: { bold: true, inverse: true, scaleX: 2 } });
  });

  test('on an Epson model ESC ! leaves Chinese small, on a Chinese board it does not', () => {
    const epson = { ...defaultDecodeOptions, press: { ...defaultDecodeOptions.press, escStyleReachesChinese: false } };
    const stream = hex('1B 21 30 D2 BD 0A');
    expect(decodePaper(stream).sheets[0]?.lines[0]?.height).toBe(48);
    expect(decodePaper(stream, epson).sheets[0]?.lines[0]?.height).toBe(24);
  });

  test('ESC @ drops the half line and every setting', () => {
    expect(decode('1B 61 02 41 1B 40 42 0A').lines).toEqual(['B']);
  });

  test('margins and print width hold only at the start of a line', () => {
    expect(decode(`1D 4C 18 00 1D 57 30 00 ${A.repeat(5)} ${LF}`).lines).toEqual(['  AAAA', '  A']);
    expect(decode(`${A} 1D 4C 18 00 ${LF}`)).toMatchObject({ lines: ['A'], ignored: 1 });
  });

  test('a macro prints again what it recorded', () => {
    expect(decode('1D 3A 41 0A 1D 3A 1D 5E 02 00 00').lines).toEqual(['A', 'A', 'A']);
  });

  test('page mode prints at its own positions when the page is ended', () => {
    const page = '1B 4C 1B 57 00 00 00 00 40 02 64 00 1D 24 40 00 42 1D 24 10 00 1B 24 00 00 41 0C';
    expect(decode(page).lines).toEqual(['A', 'B']);
    expect(decode(`${page.slice(0, -2)} 18 1B 53`).lines).toEqual([]);
  });

  test('two sheets are two sheets', () => {
    const paper = decode('41 0A 1D 56 00 42 0A 1D 56 42 00');
    expect(paper.cuts).toBe(2);
    expect(paper.sheets.map((sheet) => [paperText(sheet), sheet.cut])).toEqual([
      [['A'], 'full'],
      [['B'], 'partial'],
    ]);
  });
});

describe('pictures', () => {
  test('a raster picture is as wide as its bytes say', () => {
    const paper = decode('1D 76 30 00 02 00 03 00 FF FF 80 01 FF FF');
    expect(paper.images).toEqual([{ width: 16, height: 3 }]);
    expect(paper.lines).toEqual([]);
  });

  test('bands that touch are one picture', () => {
    const band = '1D 76 30 00 01 00 02 00 AA 55';
    expect(decode(`${band} ${band} 0A ${band}`).images).toEqual([
      { width: 8, height: 4 },
      { width: 8, height: 2 },
    ]);
  });

  test('24-dot column strips with a spacing of 24 are one picture', () => {
    const strip = '1B 2A 21 02 00 FF FF FF 00 00 FF 0A';
    expect(decode(`1B 33 18 ${strip} ${strip}`).images).toEqual([{ width: 2, height: 48 }]);
  });

  test('8-dot columns are three dots tall, at low density two dots wide', () => {
    expect(decode('1B 2A 00 03 00 FF 00 FF 0A').images).toEqual([{ width: 6, height: 24 }]);
    expect(decode('1B 2A 01 03 00 FF 00 FF 0A').images).toEqual([{ width: 3, height: 24 }]);
  });

  test('a stored picture prints once; printing again prints nothing', () => {
    const stored = '1D 28 4C 0B 00 30 70 30 02 02 31 08 00 01 00 AA 1D 28 4C 02 00 30 32';
    expect(decode(stored).images).toEqual([{ width: 16, height: 2 }]);
    expect(decode(`${stored} 1D 28 4C 02 00 30 32`)).toMatchObject({ images: [{ width: 16, height: 2 }], ignored: 1 });
  });

  test('a logo prints by its key; an unknown key prints nothing', () => {
    const define = '1D 28 4C 0C 00 30 43 30 47 31 01 08 00 01 00 31 FF';
    expect(decode(`${define} 1D 28 4C 06 00 30 45 47 31 01 01`).images).toEqual([{ width: 8, height: 1 }]);
    expect(decode(`${define} 1D 28 4C 06 00 30 45 47 32 01 01`)).toMatchObject({ images: [], ignored: 1 });
  });

  test('a picture wider than the paper is cut off at the edge', () => {
    const bytes = `1D 76 30 00 50 00 01 00 ${'FF'.repeat(80)}`;
    expect(decode(bytes).images).toEqual([{ width: 576, height: 1 }]);
  });
});

describe('symbols', () => {
  const qr = (payload: string): string => {
    const body = Buffer.from(payload).toString('hex');
    const length = payload.length === 0 ? 3 : body.length / 2 + 3;
    return `1D 28 6B ${length.toString(16).padStart(2, '0')} 00 31 50 30 ${body}`;
  };
  const print = '1D 28 6B 03 00 31 51 30';

  test('a QR code says what was stored, Chinese included', () => {
    expect(decode(`${qr('https://x.invalid/医')} ${print}`).symbols).toEqual([
      { type: 'qr', data: 'https://x.invalid/医' },
    ]);
  });

  test('printing without storing prints nothing', () => {
    expect(decode(print)).toMatchObject({ symbols: [], ignored: 1 });
  });

  test('one storing can be printed twice', () => {
    expect(decode(`${qr('1')} ${print} ${print}`).symbols).toHaveLength(2);
  });

  test('bar codes say what a scanner reads', () => {
    expect(decode('1D 6B 02 32 30 31 32 33 34 35 36 37 38 39 30 00').symbols).toEqual([
      { type: 'ean13', data: '2012345678903' },
    ]);
    expect(decode('1D 6B 49 08 7B 42 41 42 7B 43 0C 22').symbols).toEqual([{ type: 'code128', data: 'AB1234' }]);
    expect(decode('1D 6B 04 2A 41 31 2A 00').symbols).toEqual([{ type: 'code39', data: 'A1' }]);
  });

  test('bar code data that the code cannot hold prints as text', () => {
    expect(decode('1D 6B 02 41 42 43 00 0A')).toMatchObject({ symbols: [], lines: ['ABC'] });
  });

  test('a bar code too wide for the paper prints nothing', () => {
    expect(decode(`1D 77 06 1D 6B 45 14 ${'41'.repeat(20)}`)).toMatchObject({ symbols: [], ignored: 1 });
  });

  test('the legacy QR form prints as text on a board without that dialect', () => {
    const stream = hex('1D 5A 02 1B 5A 03 4C 06 02 00 41 42 0A');
    expect(decodePaper(stream).symbols).toEqual([{ type: 'qr', data: 'AB' }]);
    const western = { ...defaultDecodeOptions, press: { ...defaultDecodeOptions.press, legacySymbols: false } };
    expect(decodePaper(stream, western)).toMatchObject({ symbols: [], lines: ['AB'] });
  });
});

describe('hostile streams', () => {
  test('nothing throws, and what is not understood is counted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const paper = decodePaper(bytes);
        expect(paper.unknown).toBeGreaterThanOrEqual(0);
        expect(paper.unknown).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  test('a macro that asks for itself, and ten thousand replays of a long one, end', () => {
    const long = `1D 3A ${'41'.repeat(2000)} 1D 5E 02 00 00 1D 3A`;
    const paper = decode(long + '1D 5E FF 00 00'.repeat(10_000));
    expect(paper.ignored).toBeGreaterThan(9_000);
  });
});
