/** Every screen as it is drawn, in both layouts, both languages and three sizes, measured in a real browser. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reasons } from '../../firmware/reasons.ts';
import type { Language, ScreenBody, TextSize } from '../../firmware/screen/messages.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { type Layout, sizes, stageSize } from '../../kiosk-ui/theme.ts';
import { chromiumPath } from './chromium.ts';
import { offences, type Rules } from './page-checks.ts';
import { openShownPage, type ShownPage } from './shown-page.ts';

const languages: readonly Language[] = ['zh', 'en'];
const textSizes: readonly TextSize[] = ['standard', 'large', 'extraLarge'];
const layouts: readonly Layout[] = ['portrait', 'landscape'];
/** Set to a folder to keep a picture of every screen. */
const shotFolder = process.env['YIZHAN_SCREENSHOTS'];
/** Set to names like `S-HOME,S-REFUND` to look at these screens only. */
const only = process.env['YIZHAN_SCREENS']?.split(',');
const looked = gallery.filter(({ body }) => !only || only.includes(body.name));

function rulesFor(textSize: TextSize): Rules {
  return {
    target: textSize === 'standard' ? 88 : 120,
    primary: { width: 480, height: 120 },
    gap: 24,
    edge: 40,
    smallestLetter: 30,
    bodyLetter: sizes[textSize].body,
  };
}

/** The fullest screens that say a reason. */
function refusals(reason: string, staffCode: string): readonly ScreenBody[] {
  const number = 'set_cuxmysf9h2jd';
  return [
    { name: 'S-NOT-SETTLED', reason, staffCode, refund: 'refundComing', number, removeCard: true },
    { name: 'S-ID-HELP', problem: reason, staffCode },
    { name: 'S-OUT', reason, staffCode },
  ];
}

const first = gallery[0];
if (!first) throw new Error('The gallery is empty.');

describe.skipIf(!chromiumPath)(
  `screens in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let shown: ShownPage;
    beforeAll(async () => {
      shown = await openShownPage(first);
    }, 60_000);
    afterAll(() => shown.close());

    async function turnTo(layout: Layout): Promise<void> {
      await shown.page.setViewportSize(stageSize[layout]);
      await shown.page.waitForSelector(`#stage[data-layout="${layout}"]`);
    }

    for (const layout of layouts) {
      for (const language of languages) {
        for (const textSize of textSizes) {
          test(`[part of Y4-12a] no screen is cut, crowded or too small to touch: ${layout}, ${language}, ${textSize}`, async () => {
            await turnTo(layout);
            const all: string[] = [];
            for (const sample of looked) {
              await shown.show(sample, { language, textSize });
              const found = await shown.page.evaluate(offences, rulesFor(textSize));
              all.push(...found.map((offence) => `${sample.title}: ${offence}`));
              if (shotFolder) {
                mkdirSync(shotFolder, { recursive: true });
                const file = `${sample.title.replaceAll(' ', '-')}.${layout}.${language}.${textSize}.png`;
                await shown.page.screenshot({ path: join(shotFolder, file) });
              }
            }
            expect(all).toEqual([]);
          }, 120_000);
        }
      }
    }

    for (const layout of layouts) {
      for (const language of languages) {
        test(`[Z-8.2.1.2] every reason is said in full at the largest size: ${layout}, ${language}`, async () => {
          await turnTo(layout);
          const all: string[] = [];
          for (const [reason, { staffCode }] of Object.entries(only ? {} : reasons)) {
            for (const body of refusals(reason, staffCode)) {
              await shown.show({ title: reason, body }, { language, textSize: 'extraLarge' });
              const found = await shown.page.evaluate(offences, rulesFor('extraLarge'));
              all.push(...found.map((offence) => `${body.name} ${reason}: ${offence}`));
            }
          }
          expect(all).toEqual([]);
        }, 120_000);
      }
    }

    test('the page never broke its content policy and never threw', () => {
      expect(shown.complaints).toEqual([]);
    });
  },
);
