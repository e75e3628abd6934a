/** Pages that die and servers that stop in the middle of a journey, with the whole kiosk behind them. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createScreenServer } from '../../firmware/screen/screen-server.ts';
import { LiveKiosk } from '../support/live-kiosk.ts';
import { scenarioNamed } from '../support/live-walk.ts';
import { root } from '../support/source-files.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { expectedOf, walkByFinger } from './finger-walk.ts';
import { Patient } from './patient.ts';

const SHOTS = join(root, '.cache', 'screenshots', 'page-lost');
/** The work goes on while nobody looks: the same screen may have news. */
const HAS_NEWS = ['S-BUSY', 'S-DONE'];
const EVERY_SCREEN = [
  ...['S-HOME', 'S-BUSY', 'S-WHO', 'S-BILL', 'S-CONSENT', 'S-BUSY'],
  ...['S-SPLIT', 'S-PAY', 'S-CONFIRMING', 'S-DONE'],
];
/** Longer than a page takes to come back. */
const SLOW_ANSWER_MS = 10_000;

describe.skipIf(!chromiumPath)(
  `a page that is lost in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  { concurrent: true },
  () => {
    let browser: Browser;
    beforeAll(async () => {
      rmSync(SHOTS, { recursive: true, force: true });
      mkdirSync(SHOTS, { recursive: true });
      browser = await launchChromium();
    }, 60_000);
    afterAll(() => browser?.close());

    test('[Y1-8] at every screen of the journey a page that is closed or crashes comes back to that screen, and the journey goes on', {
      timeout: 240_000,
    }, async (ctx) => {
      const { expect } = ctx;
      // A browser of its own: pages of one browser may share the process that crashes.
      const other = await launchChromium();
      const live = await LiveKiosk.open({ stayMs: { who: 10_000, done: 20_000 } });
      const patient = new Patient({ browser: other, live, layout: 'portrait', language: 'zh' });
      ctx.onTestFinished(async () => {
        await other.close();
        await live.close();
      });
      const { mischief } = live.hall.parties.wires.insurance;
      for (const transaction of ['1101', '2206', '2207']) mischief.delayAnswer(SLOW_ANSWER_MS, { transaction });
      const lost: string[] = [];
      const folder = join(SHOTS, 'resumed');
      mkdirSync(folder, { recursive: true });
      const losePage = async (screen: string): Promise<void> => {
        const before = live.kiosk.screen.current?.id;
        await (lost.length % 2 === 0 ? patient.closePage() : patient.crashPage());
        await patient.open();
        const stage = patient.page.locator('#stage');
        expect(await stage.getAttribute('data-screen')).toBe(screen);
        if (!HAS_NEWS.includes(screen)) expect(await stage.getAttribute('data-screen-id')).toBe(before);
        lost.push(screen);
        await patient.page.screenshot({ path: join(folder, `${String(lost.length).padStart(2, '0')}-${screen}.png`) });
      };

      await patient.open();
      const walked = await walkByFinger(live, patient, 'outpatient-consent', {
        onScreen: losePage,
        onWaiting: losePage,
      });

      expect(walked).toEqual(await expectedOf('outpatient-consent'));
      expect(lost).toEqual(EVERY_SCREEN);
      expect(live.hall.parties.ledger.liveClaims()).toHaveLength(1);
      expect(live.slips).toHaveLength(1);
      expect(live.hall.parties.ledger.violations()).toEqual([]);
    });

    test('a screen server that dies leaves the page covered, and it comes back by itself in the middle of the journey', {
      timeout: 120_000,
    }, async (ctx) => {
      const { expect } = ctx;
      const live = await LiveKiosk.open();
      const serve = (port: number) => createScreenServer({ hub: live.kiosk.screen, pageFolder: live.pageFolder, port });
      let server = await serve(0);
      const { url } = server;
      const patient = new Patient({ browser, live, layout: 'portrait', language: 'zh', url });
      ctx.onTestFinished(async () => {
        await patient.leave();
        await server.close();
        await live.close();
      });
      const covers: string[] = [];
      await patient.open();
      const walked = await walkByFinger(live, patient, 'outpatient-card', {
        onScreen: async (screen) => {
          if (screen !== 'S-BILL' && screen !== 'S-PAY') return;
          const before = live.kiosk.screen.current?.id;
          await server.close();
          await patient.waitFor('starting');
          await patient.page.screenshot({ path: join(SHOTS, 'starting.png') });
          covers.push(await patient.page.locator('#stage').innerText());
          expect(await patient.page.getByRole('button').count()).toBe(0);
          server = await serve(Number(new URL(url).port));
          await patient.page.waitForSelector(`#stage[data-screen-id="${before}"]`);
        },
      });

      expect(walked).toEqual(await expectedOf('outpatient-card'));
      expect(covers).toHaveLength(2);
      for (const cover of covers) expect(cover).toMatch(/正在启动[\s\S]*Starting/);
    });

    test('a firmware that stays away is said as out of service, and the home screen follows its restart by itself', {
      timeout: 120_000,
    }, async (ctx) => {
      const { expect } = ctx;
      const live = await LiveKiosk.open();
      const patient = new Patient({ browser, live, layout: 'landscape', language: 'zh' });
      ctx.onTestFinished(async () => {
        await patient.leave();
        await live.close();
      });
      await patient.open();
      live.bring(scenarioNamed('outpatient-card'));
      live.hand('insertCard');
      await patient.waitFor('S-BILL');
      live.hand('removeCard');

      await live.stop();
      await patient.waitFor('starting');
      await patient.waitFor('outOfService', 25_000);
      await patient.page.screenshot({ path: join(SHOTS, 'out-of-service.png') });
      expect(await patient.page.locator('#stage').innerText()).toMatch(/暂停服务[\s\S]*Out of service/);
      expect(await patient.page.getByRole('button').count()).toBe(0);
      await live.start();
      await patient.waitFor('S-HOME');
      expect(live.hall.parties.ledger.liveClaims()).toEqual([]);
    });
  },
);
