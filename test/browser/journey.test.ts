/** The whole kiosk and a real browser: journeys by finger, in both languages and both layouts. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Language } from '../../firmware/screen/messages.ts';
import { type Layout, sizes } from '../../kiosk-ui/theme.ts';
import { LiveKiosk } from '../support/live-kiosk.ts';
import { root } from '../support/source-files.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { expectedOf, walkByFinger } from './finger-walk.ts';
import { offences, type Rules } from './page-checks.ts';
import { Patient } from './patient.ts';

const SHOTS = join(root, '.cache', 'screenshots', 'journey');
const languages: readonly Language[] = ['zh', 'en'];
const layouts: readonly Layout[] = ['portrait', 'landscape'];
const scenarios = ['outpatient-card', 'outpatient-qr', 'outpatient-consent'] as const;
const rules: Rules = {
  target: 88,
  primary: { width: 480, height: 120 },
  gap: 24,
  edge: 40,
  smallestLetter: 30,
  bodyLetter: sizes.standard.body,
};

describe.skipIf(!chromiumPath)(
  `a patient at the page in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      rmSync(SHOTS, { recursive: true, force: true });
      browser = await launchChromium();
    }, 60_000);
    afterAll(() => browser?.close());

    describe.concurrent('walks', () => {
      for (const layout of layouts) {
        for (const language of languages) {
          test(`settles by card, by code and with consent, by the touches and screens of the virtual actor: ${layout}, ${language}`, {
            timeout: 120_000,
          }, async (ctx) => {
            const live = await LiveKiosk.open();
            const patient = new Patient({ browser, live, layout, language });
            ctx.onTestFinished(async () => {
              await patient.leave();
              await live.close();
            });
            await patient.open();
            for (const name of scenarios) {
              const folder = join(SHOTS, `${name}.${layout}.${language}`);
              mkdirSync(folder, { recursive: true });
              let shots = 0;
              const found: string[] = [];
              const look = async (screen: string): Promise<void> => {
                const offending = await patient.page.evaluate(offences, rules);
                found.push(...offending.map((offence) => `${screen}: ${offence}`));
                shots += 1;
                await patient.page.screenshot({ path: join(folder, `${shots}-${screen}.png`) });
              };
              const walked = await walkByFinger(live, patient, name, { onScreen: look, onDone: () => look('S-DONE') });
              ctx.expect(walked, name).toEqual(await expectedOf(name));
              ctx.expect(found, name).toEqual([]);
            }
            ctx.expect(live.hall.parties.ledger.violations()).toEqual([]);
            ctx.expect(patient.complaints).toEqual([]);
          });
        }
      }
    });
  },
);
