/** The workbench page in a real browser: a hand moves the hall, the hall moves the page. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWorkbenchPage } from '../../hardware-sim/workbench/build.ts';
import { type Bench, openBench } from '../hardware-sim/workbench/bench-page.ts';
import { chromiumPath, type RunningChromium, startChromium } from './chromium.ts';

describe.skipIf(!chromiumPath)(
  `workbench in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let bench: Bench;
    let browser: RunningChromium;
    let page: Page;
    const complaints: string[] = [];

    beforeAll(async () => {
      const { folder } = await buildWorkbenchPage();
      bench = await openBench({ pageFolder: folder });
      browser = await startChromium();
      page = browser.context.pages()[0] ?? (await browser.context.newPage());
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(bench.workbench.url);
      await page.waitForSelector('#bench[data-line="open"] .bench');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await bench?.close();
    });

    test('the card button puts the card of the chosen person into the slot, and takes it out again', async () => {
      await page.click('[data-person="li"]');
      await page.waitForSelector('[data-person="li"][aria-pressed="true"]');
      await page.click('[data-hand="insertCard"]');
      await page.waitForSelector('[data-lamp="card"]');
      expect(bench.hall.slot.card?.card.label).toBe('card-li');
      expect(await page.locator('[data-hand="insertCard"]').isDisabled()).toBe(true);
      await page.click('[data-hand="removeCard"]');
      await page.waitForSelector('[data-lamp="empty"]');
      expect(bench.hall.slot.card).toBeUndefined();
    });

    test('what any host prints rolls out on the page, waits in the outlet and goes to the tray', async () => {
      // 医站, line feeds; then the cut in a second piece.
      await bench.print(Uint8Array.from([0xd2, 0xbd, 0xd5, 0xbe, 0x0a, 0x1b, 0x64, 0x05]));
      await page.waitForSelector('[data-sheet="head"]');
      const picture = page.locator('img[data-paper]');
      await picture.evaluate((image: HTMLImageElement) => image.decode());
      expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
      await bench.print(Uint8Array.from([0x1d, 0x56, 0x00]));
      await page.waitForSelector('[data-sheet="outlet"]');
      await page.locator('[data-hand="tearPaper"]').first().click();
      await page.waitForSelector('[data-sheet="tray"]');
      expect(bench.hall.printer.state().outlet).toEqual([]);
    });

    test('a wire row opens to its bytes', async () => {
      await page.locator('.row[data-party="printer"]').last().click();
      await page.waitForSelector('.detail pre');
      expect(await page.locator('.detail').innerText()).toContain('D2 BD D5 BE');
    });

    test('a hand that cannot, says so in both languages', async () => {
      // The button is dim: pressed all the same, as by a page that has not heard the news yet.
      await page.locator('[data-hand="removeCard"]').waitFor();
      await page.click('[data-hand="insertBankCard"]');
      await page.waitForSelector('[data-lamp="card"]');
      await page.locator('[data-hand="insertCard"]').evaluate((button: HTMLButtonElement) => {
        button.disabled = false;
        button.click();
      });
      expect(await page.locator('.cannot').innerText()).toMatch(
        /插卡：做不到\s+There is a card in this slot already\./,
      );
      await page.click('[data-hand="removeCard"]');
    });

    test('a cut line is seen on its cable, and joined again', async () => {
      await page.click('[data-hand="cutHospitalLine"]');
      await page.waitForSelector('.cable.hospital.cut');
      expect(bench.hall.hospitalLine.up).toBe(false);
      await page.click('[data-hand="restoreHospitalLine"]');
      await page.waitForSelector('.cable.hospital.up');
      expect(bench.hall.hospitalLine.up).toBe(true);
    });

    test.each([
      [1440, 900],
      [1920, 1080],
    ])('no button lies under another or leaves the window at %d×%d', async (width, height) => {
      await page.setViewportSize({ width, height });
      for (const layout of ['portrait', 'landscape'] as const) {
        await page.waitForSelector(`.cabinet.${layout}`);
        expect(await page.evaluate(unreachable)).toEqual([]);
        await page.click('[data-tool="layout"]');
      }
      await page.waitForSelector('.cabinet.portrait');
    });

    test('behind the second shelf stands every other device with its hands, and a hand there moves the hall', async () => {
      await page.click('[data-tool="shelf"]');
      const drawn = await page
        .locator('[data-bay]')
        .evaluateAll((all) => all.map((bay) => bay.getAttribute('data-bay')));
      expect(drawn).toEqual(bench.hall.bays.map(({ id }) => id));
      expect(drawn).toContain('bankTerminal');
      const lamp = page.locator('[data-bay="pinPad"] .lamp');
      await page.click('[data-hand="pinPad unplug"]');
      await page.waitForSelector('[data-bay="pinPad"] .lamp[data-lamp="unplugged"]');
      await page.click('[data-hand="pinPad plugIn"]');
      await page.waitForSelector('[data-bay="pinPad"] .lamp:not([data-lamp="unplugged"])');
      expect(await lamp.count()).toBe(1);
      const shots = process.env['YIZHAN_SCREENSHOTS'];
      if (shots) await page.screenshot({ path: `${shots}/workbench-bays.png` });
      await page.click('[data-tool="shelf"]');
    });

    test('the page never broke its content policy and never threw', () => {
      expect(complaints).toEqual([]);
    });
  },
);

/** Runs in the browser: hands whose centre is not theirs, or whose words do not fit. */
function unreachable(): string[] {
  const found: string[] = [];
  for (const hand of document.querySelectorAll<HTMLElement>('button.hand')) {
    const name = hand.dataset['hand'] ?? '';
    const box = hand.getBoundingClientRect();
    for (const y of [box.top + 3, box.bottom - 3]) {
      const there = document.elementFromPoint(box.x + box.width / 2, y);
      if (!there || !hand.contains(there)) found.push(`${name} is covered`);
    }
    if (hand.scrollWidth > hand.clientWidth + 1) found.push(`${name} is too narrow for its words`);
  }
  return found;
}
