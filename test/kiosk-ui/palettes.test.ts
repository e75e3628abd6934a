/** Colours of the four contrast modes: computed, not looked at (4.4). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOOKS } from '../../firmware/screen/looks.ts';
import { pairs, palettes } from '../../kiosk-ui/palettes-table.ts';
import { paints, undressed } from '../../kiosk-ui/theme.ts';
import { root } from '../support/source-files.ts';
import { contrast, type Sight } from './wcag.ts';

const SIGHTS: readonly Sight[] = ['usual', 'protan', 'deutan', 'tritan'];

describe('contrast', () => {
  test('the formula gives the figures that everybody else computes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    // WebAIM's and W3C's own example: #777777 on white is 4.48.
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#ffffff', '#000000', 'protan')).toBeCloseTo(21, 1);
  });

  for (const mode of LOOKS.contrast) {
    const palette = palettes[mode];
    test(`every letter, border and sign stands out from what it is on: ${mode}`, () => {
      const weak = pairs.flatMap(({ on, least, paints: all }) =>
        all
          .map((paint) => ({ paint, on, least, is: contrast(palette[paint], palette[on]) }))
          .filter(({ is }) => is < least),
      );
      expect(weak).toEqual([]);
    });

    test(`who sees no red, no green or no blue reads the same letters: ${mode}`, () => {
      const weak = SIGHTS.flatMap((sight) =>
        pairs
          .filter(({ least }) => least >= 7)
          .flatMap(({ on, paints: all }) =>
            all
              .map((paint) => ({ sight, paint, on, is: contrast(palette[paint], palette[on], sight) }))
              .filter(({ is }) => is < 6),
          ),
      );
      expect(weak).toEqual([]);
    });
  }

  test('black and white has no colour at all: nothing is lost on grey paper or to who sees none', () => {
    for (const color of Object.values(palettes.mono)) expect(color).toMatch(/^#(..)\1\1$/);
  });

  test('the modes are the ones that were promised', () => {
    expect(palettes.standard).toMatchObject({ text: '#14202b', ground: '#ffffff', blue: '#004b78' });
    expect(palettes.dark).toMatchObject({ text: '#ffffff', ground: '#000000', blue: '#ffd84d' });
    expect(palettes.soft).toMatchObject({ text: '#1b2a38', ground: '#fff7e0' });
    expect(palettes.mono).toMatchObject({ text: '#000000', ground: '#ffffff' });
  });
});

describe('the style sheet', () => {
  const css = readFileSync(join(root, 'kiosk-ui', 'styles', 'frame.css'), 'utf8');

  test('before the firmware has said a word the page has the usual colours', () => {
    const written = Object.fromEntries(
      [...(css.match(/:root \{[^}]*\}/)?.[0] ?? '').matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, color]) => [
        name,
        color,
      ]),
    );
    expect(written).toEqual(paints('standard'));
    expect(undressed).toEqual(Object.fromEntries(Object.entries(LOOKS).map(([key, words]) => [key, words[0]])));
  });

  test('no style and no picture has a colour of its own that a mode could not change', () => {
    const sheets = ['frame', 'parts', 'screens', 'prices', 'ways', 'pictures', 'looks'];
    const own = sheets.flatMap((sheet) => {
      const text = readFileSync(join(root, 'kiosk-ui', 'styles', `${sheet}.css`), 'utf8').replace(
        /:root \{[^}]*\}/,
        '',
      );
      return [...text.matchAll(/[^{};]*(#[0-9a-fA-F]{3,8})\b/g)].map(([line]) => `${sheet}: ${line.trim()}`);
    });
    // A code is dark on light for every camera, whatever the mode.
    expect(own).toEqual(['parts: background: #ffffff']);
  });
});
