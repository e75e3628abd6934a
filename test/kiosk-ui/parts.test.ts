/** Small rules of the page: touches, pages of a list, codes. */
import { describe, expect, test } from 'vitest';
import { pagesOf } from '../../kiosk-ui/parts/pages-of.ts';
import { TouchGate } from '../../kiosk-ui/parts/press.ts';
import { pathOf } from '../../kiosk-ui/parts/qr-code.tsx';
import { cssVariables, sizes } from '../../kiosk-ui/theme.ts';

describe('touches', () => {
  test('a second touch within 400 ms is the trembling of the first', () => {
    const gate = new TouchGate();
    expect([1_000, 1_050, 1_399, 1_400, 1_700, 1_900].map((at) => gate.admits(at))).toEqual([true, false, false, true, false, true]);
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

describe('codes', () => {
  test('runs of dark modules become one rectangle each', () => {
    expect(
      pathOf([
        [true, true, false],
        [false, false, true],
      ]),
    ).toBe('M0 0h2v1H0zM2 1h1v1H2z');
  });
});
