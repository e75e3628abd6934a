/** Golden bytes: command tables of escpos.md sections 5 and 6. */
import { describe, expect, test } from 'vitest';
import {
  defuse,
  encodeDocument,
  encodeRaw,
  MOST_SEGMENT_BYTES,
  type Segment,
} from '../../../drivers/receipt-printer/encoder.ts';
import type { GlyphRaster } from '../../../drivers/receipt-printer/glyph-raster.ts';
import { layOut } from '../../../drivers/receipt-printer/layout.ts';
import type { PaperBlock } from '../../../drivers/receipt-printer/paper-document.ts';
import { chineseClone, epsonLike, type PrinterProfile } from '../../../drivers/receipt-printer/printer-profile.ts';
import { TextEncoding } from '../../../drivers/receipt-printer/text-encoding.ts';

function encoded(
  blocks: PaperBlock[],
  options: { profile?: PrinterProfile; glyphRaster?: GlyphRaster } = {},
): readonly Segment[] {
  const profile = options.profile ?? chineseClone;
  let id = 0;
  const encoding = TextEncoding.of(profile.charset);
  return encodeDocument(layOut({ blocks }, { cells: profile.cells, encoding }), {
    profile,
    glyphRaster: options.glyphRaster,
    nextProcessId: () => String(++id).padStart(4, '0'),
  });
}

function hex(segments: readonly Segment[]): string {
  return Buffer.concat(segments.map(({ bytes }) => bytes)).toString('hex');
}

const START = '1b401c26';
/** `GS ( H` function 48, before the four characters of the id. */
const ASK_ID = '1d284806003030';

describe('one pass, few bytes', () => {
  test('a plain line is its text and a line feed after the reset', () => {
    expect(hex(encoded([{ kind: 'text', text: '啊A' }]))).toBe(`${START}b0a1410a`);
  });

  test('a style is sent when it changes, and only then', () => {
    const bold = { kind: 'text', text: 'A', bold: true } as const;
    expect(hex(encoded([bold, bold, { kind: 'text', text: 'B' }]))).toBe(`${START}1b4501410a410a1b4500420a`);
    expect(
      hex(
        encoded([
          { kind: 'text', text: 'A', size: 2 },
          { kind: 'text', text: 'B', size: 3 },
        ]),
      ),
    ).toBe(`${START}1d2111410a1d2122420a`);
  });

  test('a QR code goes by GS ( k with its length in bytes, also in Chinese', () => {
    expect(hex(encoded([{ kind: 'qr', data: '医保', moduleDots: 5 }]))).toBe(
      `${START}1b6101${'1d286b0400314132001d286b03003143051d286b0300314531'}1d286b0900315030e58cbbe4bf9d1d286b03003151301b6100`,
    );
  });

  test('feed and both cuts', () => {
    expect(
      hex(
        encoded([
          { kind: 'feed', lines: 3 },
          { kind: 'cut', mode: 'partial' },
        ]),
      ),
    ).toBe(`${START}1b64031d564200`);
    expect(hex(encoded([{ kind: 'cut', mode: 'full' }]))).toBe(`${START}1d564100`);
  });
});

describe('segments', () => {
  const lines = (count: number): PaperBlock[] => Array.from({ length: count }, () => ({ kind: 'text', text: 'x' }));

  test('every twenty lines and the cut end with a process id request', () => {
    const segments = encoded([...lines(45), { kind: 'cut', mode: 'partial' }], { profile: epsonLike });
    expect(segments.map(({ lines: count, part, processId }) => ({ count, part, processId }))).toEqual([
      { count: 20, part: 'content', processId: '0001' },
      { count: 20, part: 'content', processId: '0002' },
      { count: 5, part: 'content', processId: '0003' },
      { count: 4, part: 'cut', processId: '0004' },
    ]);
    expect(hex(segments.slice(0, 1)).endsWith(`${ASK_ID}30303031`)).toBe(true);
    expect(hex(segments.slice(-1))).toBe(`1d564200${ASK_ID}30303034`);
  });

  test('pushed statuses are switched on again after the reset of each job', () => {
    expect(hex(encoded(lines(1), { profile: epsonLike })).startsWith(`${START}1d610e780a`)).toBe(true);
  });

  test('no segment is larger than the smallest common receive buffer', () => {
    const pictures: PaperBlock[] = Array.from({ length: 9 }, () => ({ kind: 'text', text: '㛃'.repeat(6), size: 4 }));
    const segments = encoded([...pictures, { kind: 'qr', data: 'x'.repeat(2_331) }], {
      glyphRaster: () => new Uint8Array(72),
    });
    for (const { bytes } of segments) expect(bytes.length).toBeLessThanOrEqual(MOST_SEGMENT_BYTES);
    expect(segments.length).toBeGreaterThan(9);
  });

  test('bytes of other programs go between our reset and one request at the end', () => {
    const raw = encodeRaw(Uint8Array.of(0x41, 0x0a), { profile: epsonLike, nextProcessId: () => '0042' });
    expect(hex(raw)).toBe(`${START}1d610e410a1d610e${ASK_ID}30303432`);
    const long = encodeRaw(new Uint8Array(10_000), { profile: epsonLike, nextProcessId: () => '0042' });
    expect(long.map(({ processId }) => processId)).toEqual([undefined, undefined, '0042']);
  });
});

describe('characters that the printer lacks', () => {
  const dot: GlyphRaster = (character) => {
    const glyph = new Uint8Array(72);
    glyph[0] = character === '㛃' ? 0xff : 0x80;
    return glyph;
  };

  test('without a raster the visible mark stands in the same two cells', () => {
    expect(hex(encoded([{ kind: 'text', text: '王㛃a' }]))).toBe(`${START}cdf5a1fe610a`);
  });

  test('a printer with the four-byte code gets it', () => {
    expect(
      hex(encoded([{ kind: 'text', text: '王㛃a' }], { profile: { ...chineseClone, charset: 'gb18030-2000' } })),
    ).toBe(`${START}cdf58230b731610a`);
  });

  test('with a raster the line is drawn whole, each character in its cells', () => {
    const bytes = Buffer.from(hex(encoded([{ kind: 'text', text: '王㛃a' }], { glyphRaster: dot })), 'hex');
    // GS v 0, 72 bytes by 24 dots, then the six dots of line spacing.
    expect(bytes.subarray(4, 12).toString('hex')).toBe('1d76300048001800');
    expect(bytes.length).toBe(4 + 8 + 72 * 24 + 3);
    expect(bytes.subarray(-3).toString('hex')).toBe('1b4a06');
    const firstRow = bytes.subarray(12, 12 + 72);
    // 王 in cell 0 (dot 0), 㛃 in cell 2 (dots 24 to 31), a in cell 4 (dot 48).
    expect([firstRow[0], firstRow[3], firstRow[6]]).toEqual([0x80, 0xff, 0x80]);
    expect(firstRow.filter((byte) => byte !== 0)).toHaveLength(3);
  });

  test('lines without such a character stay text, and a raster that lacks it too gives the mark', () => {
    expect(hex(encoded([{ kind: 'text', text: '王' }], { glyphRaster: dot }))).toBe(`${START}cdf50a`);
    expect(hex(encoded([{ kind: 'text', text: '㛃' }], { glyphRaster: () => undefined }))).toBe(`${START}a1fe0a`);
  });

  test('a drawn line of double size is two bands of 24 rows with doubled dots', () => {
    const bytes = Buffer.from(hex(encoded([{ kind: 'text', text: '㛃', size: 2 }], { glyphRaster: dot })), 'hex');
    expect(bytes.length).toBe(4 + 2 * (8 + 72 * 24) + 3);
    expect([...bytes.subarray(12, 15)]).toEqual([0xff, 0xff, 0x00]);
    expect([...bytes.subarray(12 + 72, 12 + 75)]).toEqual([0xff, 0xff, 0x00]);
  });
});

describe('pictures carry no commands', () => {
  test.each([
    ['DLE EOT', [0x10, 0x04, 0x01]],
    ['DLE ENQ', [0x10, 0x05, 0x02]],
    ['DLE DC4', [0x10, 0x14, 0x08]],
  ])('%s inside a picture loses one dot', (_name, bytes) => {
    const picture = Uint8Array.from([0xaa, ...bytes, 0x10, 0x10, 0x04]);
    defuse(picture);
    for (let at = 0; at + 1 < picture.length; at += 1) {
      if (picture[at] === 0x10) expect([0x04, 0x05, 0x14]).not.toContain(picture[at + 1]);
    }
    const flipped = [...picture].reduce((sum, byte, at) => {
      const before = [0xaa, ...bytes, 0x10, 0x10, 0x04][at] ?? 0;
      return sum + (byte ^ before).toString(2).replaceAll('0', '').length;
    }, 0);
    expect(flipped).toBe(2);
  });
});
