/** Small rules of the page: touches, pages of a list, codes. */
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { wallTime } from '../../kiosk-ui/browser-time.ts';
import { pagesOf } from '../../kiosk-ui/parts/pages-of.ts';
import { TouchGate } from '../../kiosk-ui/parts/press.ts';
import { modulesOf, pathOf } from '../../kiosk-ui/parts/qr-code.tsx';
import { cssVariables, sizes } from '../../kiosk-ui/theme.ts';

describe('touches', () => {
  test('a second touch within 400 ms is the trembling of the first', () => {
    const gate = new TouchGate();
    expect([1_000, 1_050, 1_399, 1_400, 1_700, 1_900].map((at) => gate.admits(at))).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});

describe('pages of a list', () => {
  test('what fits stands on one page without a pager', () => {
    expect(pagesOf([100, 100, 100], 300, 200)).toEqual([3]);
  });

  test('what does not fit is cut between rows, and every row has its page', () => {
    expect(pagesOf([100, 100, 100, 100], 300, 200)).toEqual([2, 2]);
    expect(pagesOf([150, 60, 60, 150], 300, 200)).toEqual([1, 2, 1]);
  });

  test('a row taller than a page has one of its own; no rows are one empty page', () => {
    expect(pagesOf([100, 500, 100], 300, 200)).toEqual([1, 1, 1]);
    expect(pagesOf([], 300, 200)).toEqual([0]);
  });
});

describe('sizes', () => {
  test('letters keep their millimetres on another panel and never fall below 30 px', () => {
    expect(cssVariables('standard', 4.03)).toMatchObject({ '--body': '36px', '--amount': '72px' });
    expect(cssVariables('standard', 8.06)).toMatchObject({ '--body': '72px', '--target': '184px' });
    expect(cssVariables('standard', 2.71)).toMatchObject({ '--small': '30px', '--body': '30px', '--target': '92px' });
  });

  test('targets are never below 88 px, in large print never below 120 px', () => {
    expect(sizes.standard.target).toBeGreaterThanOrEqual(88);
    expect(sizes.large.target).toBeGreaterThanOrEqual(120);
    expect(sizes.extraLarge.target).toBeGreaterThanOrEqual(120);
  });
});

/** Paints the path again, four pixels a module, as a camera would see it. */
function paint(path: string, side: number): { width: number; height: number; data: Uint8Array } {
  const scale = 4;
  const width = side * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 1) if (at % 4 !== 3) data[at] = 0;
    }
  }
  return { width, height: width, data };
}

describe('codes', () => {
  test('what is drawn reads back as the code that was meant', () => {
    const code = 'https://pay.example.invalid/o/8f3b61c02d?fen=5136';
    const modules = modulesOf(code) ?? [];
    expect(decodeQR(paint(pathOf(modules), modules.length))).toBe(code);
  });

  test('a text that no code can hold is no code, and no crash', () => {
    expect(modulesOf('x'.repeat(100_000))).toBeUndefined();
  });

  test('runs of dark modules become one rectangle each', () => {
    expect(
      pathOf([
        [true, true, false],
        [false, false, true],
      ]),
    ).toBe('M0 0h2v1H0zM2 1h1v1H2z');
  });
});

test('the clock of the page is Beijing’s, whatever zone the browser is set to', () => {
  const before = process.env['TZ'];
  try {
    for (const zone of ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Auckland']) {
      process.env['TZ'] = zone;
      expect(wallTime(Date.parse('2026-03-05T23:59:30+08:00')), zone).toBe('23:59');
      expect(wallTime(Date.parse('2026-03-05T00:00:00+08:00')), zone).toBe('00:00');
    }
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
});
