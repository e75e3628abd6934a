/** Rare characters on paper: drawn as themselves, or visibly missing; never as another character. */

import { describe, expect, test } from 'vitest';
import { writeOnlyClone } from '../../../drivers/receipt-printer/printer-profile.ts';
import { fontGlyphs } from '../../../firmware/documents/font-glyphs.ts';
import { settlementSlip } from '../../../firmware/documents/settlement-slip.ts';
import { openDevices } from '../../../firmware/kiosk-devices.ts';
import * as simulated from '../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import type { Picture } from '../../../hardware-sim/devices/receipt-printer/paper.ts';
import { onBench } from '../../drivers/receipt-printer/virtual-bench.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { outlineDots } from './outline-dots.ts';
import { material } from './slip-bench.ts';

const raster = fontGlyphs();
type Dots = readonly (readonly boolean[])[];

const dotsOf = (glyph: Uint8Array | undefined): Dots =>
  Array.from({ length: 24 }, (_, row) =>
    Array.from(
      { length: 24 },
      (__, column) => (((glyph?.[row * 3 + (column >> 3)] ?? 0) << (column & 7)) & 0x80) !== 0,
    ),
  );

const inkOf = (dots: Dots): number => dots.flat().filter(Boolean).length;

/** Shared dots, as a part of the two drawings' mean. */
function overlap(one: Dots, other: Dots): number {
  const shared = one.flatMap((row, y) => row.filter((black, x) => black && other[y]?.[x])).length;
  return shared / ((inkOf(one) + inkOf(other)) / 2);
}

/** GBK lacks the first five; the others are everyday and dense ones. */
const characters = [...'㛃㖞䲟鿏䓖医院张演一您付的钱龘鬱麤'];

describe('one character', () => {
  test('covers at least 70 % of what the simulator draws from the outline, and no other character does', () => {
    const drawn = new Map(characters.map((character) => [character, dotsOf(raster(character))]));
    const wrong = characters.flatMap((character) => {
      const outline = outlineDots(character);
      return [...drawn]
        .filter(([other, dots]) => overlap(dots, outline) >= 0.7 !== (other === character))
        .map(([other, dots]) => `${other} on ${character}: ${overlap(dots, outline).toFixed(2)}`);
    });
    expect(wrong).toEqual([]);
  });

  test('has strokes of whole dots: the three of 三 are equally thick, with the same white between them', () => {
    const inked = dotsOf(raster('三')).map((row) => row.filter(Boolean).length > 12);
    const runs =
      inked
        .map((black) => (black ? '#' : '.'))
        .join('')
        .match(/#+|\.+/g) ?? [];
    const [, first, gap, second, otherGap, third] = runs;
    expect([first, second, third]).toEqual(['##', '##', '##']);
    expect(gap).toBe(otherGap);
    expect(runs).toHaveLength(7);
  });

  test('of one cell stays in the left twelve dots', () => {
    for (const character of 'AWm0@8%yg,') {
      const dots = dotsOf(raster(character));
      expect(inkOf(dots)).toBeGreaterThan(4);
      expect(dots.flatMap((row) => row.slice(12)).filter(Boolean)).toEqual([]);
    }
  });

  test('that the font lacks is no glyph at all', () => {
    for (const character of ['𠮷', '𨭎', '\u{10FFFF}', '\uE000']) expect(raster(character)).toBeUndefined();
  });

  test('is the same after three hundred others', () => {
    const before = raster('㛃')?.slice();
    for (let code = 0x4e00; code < 0x4e00 + 300; code += 1) raster(String.fromCharCode(code));
    expect(raster('㛃')).toEqual(before);
  });
});

describe('a slip with a rare name on a printer with GBK only', () => {
  const bench = (glyphRaster = fontGlyphs()) =>
    onBench({ driver: writeOnlyClone, machine: simulated.writeOnlyClone }, glyphRaster);

  test('prints the name as dots and every other line as text', async () => {
    const { printer, paper, print, machine } = await bench();
    const document = settlementSlip(material({ maskedName: '㛃*一' }));
    expect(await print(document, 60_000)).toEqual({ done: true, value: { proof: 'unconfirmed' } });
    const lines = paper();
    expect(lines).toContain('险种                            职工基本医疗保险');
    expect(lines.join('\n')).not.toMatch(/[?〓]|姓名/);
    const [picture, ...more] = picturesOn(machine.state().outlet);
    expect(more).toEqual([]);
    // The row has 48 cells and ends with the name: 㛃 in cells 43 and 44, `*`, 一.
    const nameCell = cut(picture, 43 * 12);
    expect(overlap(nameCell, outlineDots('㛃'))).toBeGreaterThanOrEqual(0.7);
    expect(overlap(cut(picture, 46 * 12), outlineDots('一'))).toBeGreaterThanOrEqual(0.7);
    expect(overlap(cut(picture, 0), outlineDots('姓'))).toBeGreaterThanOrEqual(0.7);
    await printer.close();
  });

  test('prints the visible mark for a character that the font lacks too, never a question mark', async () => {
    const { printer, paper, print } = await bench();
    await print(settlementSlip(material({ maskedName: '𠮷*一' })), 60_000);
    expect(paper()).toContain('姓名                                       〓*一');
    expect(paper().join('\n')).not.toContain('?');
    await printer.close();
  });

  test('prints the visible mark on a kiosk whose font cannot be opened', async () => {
    const { printer, paper, print } = await bench(
      fontGlyphs(() => {
        throw new Error('no such file');
      }),
    );
    await print(settlementSlip(material({ maskedName: '㛃*一' })), 60_000);
    expect(paper()).toContain('姓名                                       〓*一');
    await printer.close();
  });
});

test('the kiosk gives this font to its printer', async () => {
  const random = { bytes: (count: number) => new Uint8Array(count) };
  const { printer } = openDevices(
    { bus: busWith({}), clock: new ManualClock(), random },
    { kioskId: 'test-1', devices: { receiptPrinter: { id: 'receipt-printer', address: 'sim:receipt-printer' } } },
  );
  expect(printer?.capabilities()['drawsMissingGlyphs']).toBe(true);
  await printer?.close();
});

function picturesOn(sheets: readonly { readonly lines: readonly { readonly marks: readonly unknown[] }[] }[]) {
  return sheets
    .flatMap((sheet) => sheet.lines.flatMap((line) => line.marks))
    .flatMap((mark) => {
      const { kind, picture } = mark as { kind: string; picture?: Picture };
      return kind === 'picture' && picture ? [picture] : [];
    });
}

/** 24 × 24 dots of a picture, from a column on. */
function cut(picture: Picture | undefined, left: number): Dots {
  const stride = ((picture?.width ?? 0) + 7) >> 3;
  return Array.from({ length: 24 }, (_, y) =>
    Array.from({ length: 24 }, (__, index) => {
      const x = left + index;
      return (((picture?.bits[y * stride + (x >> 3)] ?? 0) << (x & 7)) & 0x80) !== 0;
    }),
  );
}
