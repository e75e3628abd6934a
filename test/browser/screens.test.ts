/**
 * Every screen as it is drawn, measured in a real browser: a thin slice, each screen in two looks in turn.
 *
 * The whole matrix (all looks, axe-core, longer words) is a command of its own: `npm run test:screens`.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOOKS, USUAL_LOOK } from '../../firmware/screen/looks.ts';
import type { ScreenSettings } from '../../firmware/screen/messages.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import type { Layout } from '../../kiosk-ui/theme.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import type { Drawing } from './screens/draw-and-measure.ts';
import { openDrawnPage, servePage } from './screens/drawn-page.ts';
import { drawingOf, everyLook, inPairs } from './screens/looks-to-see.ts';
import { draw, refusals } from './screens/matrix-walker.ts';

const layouts: readonly Layout[] = ['portrait', 'landscape'];
/** Steps through all looks, prime to their number: neighbours in the gallery meet quite different ones. */
const STEP = 29;

async function offencesOf(browser: Browser, layout: Layout, drawings: readonly Drawing[]): Promise<readonly string[]> {
  const server = await servePage();
  const drawn = await openDrawnPage(browser, server.url, layout);
  try {
    const [first] = drawings;
    if (first) await draw(drawn, first);
    await drawn.page.evaluate(() => document.fonts.ready.then(() => undefined));
    const all: string[] = [];
    for (const drawing of drawings) {
      const { found } = await draw(drawn, drawing);
      all.push(...found.map(({ title, look, offence }) => `${title} [${look}]: ${offence}`));
    }
    return [...all, ...drawn.complaints];
  } finally {
    await drawn.close();
    await server.close();
  }
}

describe.skipIf(!chromiumPath)(
  `screens in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    }, 60_000);
    afterAll(() => browser?.close());

    for (const layout of layouts) {
      test(`[Y4-12a] every screen in the largest letters, and in a look in turn: nothing is cut, crowded, pale or too small to touch: ${layout}`, async () => {
        const drawings = gallery.map((sample, at) => {
          const looks = everyLook(layout, sample.body);
          const turn = (by: number): readonly ScreenSettings[] => {
            const look = looks[(at * STEP + by) % looks.length];
            return look ? [look] : [];
          };
          // One of the two in the largest letters, the other in whatever its turn is.
          const largest = turn(Math.floor(looks.length / 2)).map((look) => ({
            ...look,
            textSize: 'extraLarge' as const,
          }));
          return drawingOf(sample, layout, [...turn(0), ...largest]);
        });
        expect(await offencesOf(browser, layout, drawings)).toEqual([]);
      }, 120_000);

      test(`[Z-8.2.1.2] every reason is said in full at the largest size: ${layout}`, async () => {
        const language = layout === 'portrait' ? 'zh' : 'en';
        const look: ScreenSettings = { ...USUAL_LOOK, language, textSize: 'extraLarge' };
        const drawings = refusals().map((sample) => drawingOf(sample, layout, [look]));
        expect(await offencesOf(browser, layout, drawings)).toEqual([]);
      }, 120_000);
    }
  },
);

describe('the looks that are drawn', () => {
  test('each word of each look is met with each other word, over the screens of the gallery', () => {
    const portrait = gallery.flatMap(({ body }, at) => [...inPairs(everyLook('portrait', body), at)]);
    const landscape = gallery.flatMap(({ body }, at) => [...inPairs(everyLook('landscape', body), at)]);
    const met = new Set([...portrait, ...landscape].flatMap(pairsOf));
    const all = new Set(gallery.flatMap(({ body }) => everyLook('landscape', body)).flatMap(pairsOf));
    expect([...all].filter((pair) => !met.has(pair))).toEqual([]);
    expect(all.size).toBeGreaterThan(80);
  });

  test('every look is drawn on every screen', () => {
    const { length } = everyLook('portrait', { name: 'S-STILL-THERE' });
    expect(length).toBe(LOOKS.language.length * LOOKS.textSize.length * LOOKS.contrast.length * LOOKS.reach.length);
  });
});

function pairsOf(look: ScreenSettings): readonly string[] {
  const words = Object.entries(look).map(([key, word]) => `${key} ${word}`);
  return words.flatMap((one, at) => words.slice(at + 1).map((other) => `${one}, ${other}`));
}
