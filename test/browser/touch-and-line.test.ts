/** Fingers on the glass, and a line that breaks: the page in a real browser. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Intent, ScreenBody } from '../../firmware/screen/messages.ts';
import { offeredIntents, offers } from '../../firmware/screen/offered-intents.ts';
import { createScreenServer } from '../../firmware/screen/screen-server.ts';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { chromiumPath } from './chromium.ts';
import { openShownPage, type ShownPage } from './shown-page.ts';

const bill: ScreenBody = { name: 'S-BILL', bills: [], totalFen: 100, removeCard: false };
/** Set to a folder to keep a picture of the page's own words. */
const shotFolder = process.env['YIZHAN_SCREENSHOTS'];
const look = { language: 'zh', textSize: 'standard' } as const;

interface Finger {
  down(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  up(): Promise<void>;
}

/** Real touch events, as the panel sends them. */
async function fingerOn(page: Page): Promise<Finger> {
  const devtools = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points }).then(() => undefined);
  return {
    down: (x, y) => send('touchStart', [{ x, y }]),
    move: (x, y) => send('touchMove', [{ x, y }]),
    up: () => send('touchEnd', []),
  };
}

/** The name a button carries for what it does. */
function doesOf(intent: Intent): string {
  switch (intent.do) {
    case 'pay':
      return `pay ${intent.method}`;
    case 'sign':
      return `sign ${intent.signer}`;
    case 'rate':
      return `rate ${intent.stars}`;
    case 'injury':
      return `injury ${intent.cause}`;
    case 'category':
      return `category ${intent.code}`;
    case 'menu':
      return `menu ${intent.menu}`;
    case 'start':
      return `start ${intent.journey}`;
    case 'choose':
      return `choose ${intent.id}`;
    case 'amount':
      return `amount ${intent.amountFen}`;
    case 'priceItem':
      return `price ${intent.code}`;
    case 'priceKeep':
      return 'keep';
    default:
      return intent.do;
  }
}

const BAR = /^(setTextSize|setLanguage|looks|help)$/;
const OWN_TO_THE_PAGE = /^(nextPage|previousPage|key \S+|back|clear|other|again|turnKeys|kind \w+)$/;

/** What can be pressed, on the page that is shown first and on all that are turned to after it. */
async function buttonsOnAllPages(page: ShownPage['page']): Promise<string[]> {
  const pressable = new Set<string>();
  for (;;) {
    const buttons = await page
      .locator('#stage button:not(:disabled)')
      .evaluateAll((all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.getAttribute('data-does') ?? ''),
      );
    for (const does of buttons) pressable.add(does);
    if (!buttons.includes('nextPage')) return [...pressable];
    await page.locator('[data-does="nextPage"]').click();
  }
}

describe.skipIf(!chromiumPath)(
  `the page in Chromium${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    let shown: ShownPage;
    let finger: Finger;
    let heard: string[];

    beforeAll(async () => {
      shown = await openShownPage({ title: 'bill', body: bill });
      finger = await fingerOn(shown.page);
      shown.hub.onIntent((_, intent) => heard.push(intent.do));
    }, 60_000);
    afterAll(() => shown.close());
    beforeEach(async () => {
      heard = [];
      await shown.show({ title: 'bill', body: bill }, look);
      // The gate for double touches counts real time: let the last test's touch be history.
      await shown.page.waitForTimeout(450);
    });

    async function boxOf(does: string): Promise<{ x: number; y: number; width: number; height: number }> {
      const box = await shown.page.locator(`[data-does="${does}"]`).boundingBox();
      if (!box) throw new Error(`No button does ${does}.`);
      return box;
    }

    async function settled(): Promise<void> {
      // Everything the page has sent is heard once its answer to a later question is.
      await shown.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
      await shown.page.waitForTimeout(50);
    }

    test('a finger that slides inside the button and lets go there has pressed it', async () => {
      const { x, y, width, height } = await boxOf('confirm');
      await finger.down(x + 30, y + 30);
      expect(await shown.page.locator('[data-does="confirm"]').getAttribute('data-pressed')).not.toBeNull();
      await finger.move(x + width - 30, y + height - 30);
      await finger.up();
      await settled();
      expect(heard).toEqual(['confirm']);
    });

    test('a finger that leaves the button before letting go has pressed nothing', async () => {
      const confirm = await boxOf('confirm');
      const cancel = await boxOf('cancel');
      await finger.down(confirm.x + 30, confirm.y + 30);
      await finger.move(cancel.x + 30, cancel.y + 30);
      await finger.up();
      await settled();
      expect(heard).toEqual([]);
    });

    test('a slip that is left chimes once, a card that is left every three seconds, and a page that goes takes its chime along', async () => {
      await shown.page.evaluate(() => {
        const heard = { tones: 0 };
        Object.assign(globalThis, { heard });
        const real = AudioContext.prototype.createOscillator;
        AudioContext.prototype.createOscillator = function tone(this: AudioContext) {
          heard.tones += 1;
          return real.call(this);
        };
      });
      const chimes = () =>
        shown.page.evaluate(() => (globalThis as unknown as { heard: { tones: number } }).heard.tones / 2);
      const done = gallery.find(({ body }) => body.name === 'S-DONE')?.body as Extract<ScreenBody, { name: 'S-DONE' }>;
      await shown.show({ title: 'ready', body: { ...done, paper: 'ready' } }, look);
      expect(await chimes()).toBe(0);
      await shown.show({ title: 'left', body: { ...done, paper: 'left' } }, look);
      await expect.poll(chimes).toBe(1);
      await shown.show({ title: 'take', body: { name: 'S-TAKE-CARD', removeCard: true } }, look);
      await expect.poll(chimes, { timeout: 20_000 }).toBe(2);
      await shown.show({ title: 'bill', body: bill }, look);
      const before = await chimes();
      await shown.page.waitForTimeout(3_200);
      expect(await chimes()).toBe(before);
    }, 60_000);

    test('a trembling hand acts once', async () => {
      const { x, y } = await boxOf('confirm');
      for (let tremble = 0; tremble < 3; tremble += 1) {
        await finger.down(x + 40, y + 40);
        await finger.up();
      }
      await settled();
      expect(heard).toEqual(['confirm']);
    });

    test('a finger that was down when the screen changed presses nothing on the new one', async () => {
      const { x, y } = await boxOf('confirm');
      await finger.down(x + 40, y + 40);
      await shown.show({ title: 'bill', body: bill }, look);
      await finger.up();
      await settled();
      expect(heard).toEqual([]);
    });

    test('a finger that is down while the slip comes out has pressed its face', async () => {
      const sample = gallery.find(({ title }) => title === 'S-DONE printing');
      if (sample?.body.name !== 'S-DONE') throw new Error('The gallery lost its result page.');
      const { body } = sample;
      await shown.show({ title: 'printing', body }, look);
      const id = shown.hub.current?.id;
      const face = await boxOf('rate 4');
      await finger.down(face.x + 30, face.y + 30);
      const pressed = await boxOf('rate 4');
      shown.hub.show({ ...body, paper: 'ready' }, sample.deadline, id);
      await shown.page.waitForSelector('[data-does="confirm"]');
      // It stays where it is, under the finger.
      expect(await boxOf('rate 4')).toEqual(pressed);
      await finger.up();
      await settled();
      expect(heard).toEqual(['rate']);
    });

    test('what is agreed to stands there in Chinese, too, for who reads English', async () => {
      for (const sample of gallery.filter(({ body }) => body.name === 'S-CONSENT')) {
        await shown.show(sample, { language: 'en', textSize: 'standard' });
        const legal = shown.page.locator('.content [lang="zh-CN"]');
        expect(await legal.innerText(), sample.title).toMatch(/^这些项目医保不付。.*同意/);
        await shown.show(sample, look);
        expect(await legal.count()).toBe(0);
      }
    });

    test('text grows at a touch, without the session', async () => {
      const { x, y } = await boxOf('setTextSize');
      await finger.down(x + 20, y + 20);
      await finger.up();
      await shown.page.waitForSelector('#stage[data-text-size="large"]');
      expect(heard).toEqual([]);
      expect(shown.hub.settings.textSize).toBe('large');
    });

    test('[Y1-8] each screen has a button for exactly what the firmware accepts, and always one for help', async () => {
      for (const sample of gallery) {
        await shown.show(sample, look);
        const buttons = await buttonsOnAllPages(shown.page);
        // Pages and keys turn and fill the page itself; they say nothing to the session, or only what is typed.
        const own = buttons.filter((does) => !BAR.test(does) && !OWN_TO_THE_PAGE.test(does));
        const tile = sample.body.name === 'S-HOME' ? ['prices'] : [];
        expect(own.sort(), sample.title).toEqual([...offeredIntents(sample.body).map(doesOf), ...tile].sort());
        const bar = buttons.filter((does) => BAR.test(does)).sort();
        expect(bar, sample.title).toEqual(['help', 'looks', 'setLanguage', 'setTextSize']);
      }
    });

    test('one touch more on the bar are the colours, the low keys and, before anything is paid, the prices', async () => {
      const bill = gallery.filter(({ title }) => title === 'S-BILL' || title === 'S-PAY');
      for (const sample of bill) {
        await shown.show(sample, look);
        await shown.page.waitForTimeout(450);
        await shown.page.locator('[data-does="looks"]').tap();
        const buttons = shown.page.locator('.sheet button');
        await buttons.first().waitFor();
        const does = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('data-does')));
        const colours = ['standard', 'dark', 'soft', 'mono'].map((word) => `setContrast ${word}`);
        const prices = offers(sample.body, { do: 'prices' }) ? ['prices'] : [];
        const hand = (await shown.page.locator('#stage[data-layout="landscape"]').count()) > 0 ? ['setHand'] : [];
        expect(does, sample.title).toEqual([...colours, 'setReach', ...hand, 'voice', ...prices, 'closeLooks']);
        await shown.page.waitForTimeout(450);
        await shown.page.locator('[data-does="setContrast dark"]').tap();
        await shown.page.waitForSelector(
          '#stage[data-contrast="dark"] [aria-pressed="true"][data-does="setContrast dark"]',
        );
        expect(heard, sample.title).toEqual([]);
        shown.hub.resetSettings();
      }
    });

    test('[SZ-193] 12345 and the hospital phone stand on every screen, as large as the body text', async () => {
      for (const sample of gallery) {
        await shown.show(sample, look);
        const phones = shown.page.locator('.phones');
        expect(await phones.innerText(), sample.title).toMatch(/12345[\s\S]*0571-0000 1234/);
        const letters = await phones
          .locator('b')
          .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
        expect(Math.min(...letters)).toBeGreaterThanOrEqual(36);
      }
    });

    test('[N-16] whatever is refused, the window and the way in an emergency stand beside it', async () => {
      const refused = ['S-STOP', 'S-HELD', 'S-NOT-SETTLED', 'S-OUT'];
      for (const sample of gallery.filter(({ body }) => refused.includes(body.name))) {
        await shown.show(sample, look);
        const place = await shown.page.locator('.place').innerText();
        expect(place, sample.title).toContain('一楼收费处3号窗口');
        expect(place, sample.title).toContain('急诊请直接去急诊科');
      }
    });

    test('[Z-6.3.1] name, unit and price of services, drugs and consumables stand on one page with the complaint phone, without a scroll', async () => {
      const rows = gallery.find(({ title }) => title === 'S-PRICE rows');
      if (rows?.body.name !== 'S-PRICE') throw new Error('The gallery lost its prices.');
      for (const kind of ['service', 'drug', 'consumable'] as const) {
        await shown.show({ ...rows, body: { ...rows.body, kind } }, look);
        const { page } = shown;
        const buttons = page.locator('.price-row:visible');
        expect(await buttons.count()).toBeGreaterThanOrEqual(4);
        for (const [at, { name, unit, price }] of rows.body.rows.slice(0, 4).entries()) {
          const row = buttons.nth(at);
          const words = await row.innerText();
          for (const word of [name, unit, price]) expect(words, `${kind} ${word}`).toContain(word);
          const box = await row.boundingBox();
          expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN)).toBeLessThanOrEqual(1_920);
        }
        expect(await page.locator('.phones').innerText()).toMatch(/12345[\s\S]*0571-0000 1234/);
        const scrolls = await page.evaluate(() =>
          [...document.querySelectorAll('*')].some(
            (part) => part.scrollTop !== 0 || getComputedStyle(part).overflowY === 'scroll',
          ),
        );
        expect(scrolls, kind).toBe(false);
      }
    });

    test('[SZ-75] [part of Y1-30] the slogan stands on the home screen at least as large as a title; without designation neither it nor the sign', async () => {
      const home = gallery.find(({ title }) => title === 'S-HOME');
      const plain = gallery.find(({ title }) => title === 'S-HOME not designated');
      if (!home || !plain) throw new Error('The gallery lost its home.');
      await shown.show(home, look);
      const slogan = shown.page.locator('.slogan');
      expect(await slogan.innerText()).toBe('中国医保 一生守护');
      const title = await shown.page.locator('h1').evaluate((one) => getComputedStyle(one).getPropertyValue('--title'));
      const letter = await slogan.evaluate((one) => getComputedStyle(one).fontSize);
      expect(Number.parseFloat(letter)).toBeGreaterThanOrEqual(Number.parseFloat(title));
      await shown.show(plain, look);
      expect(await shown.page.locator('#stage').innerText()).not.toMatch(/一生守护|定点/);
    });

    test('killing and reloading the page at any screen resumes it', async () => {
      // The page has no memory of its own, so one screen in six says it for all.
      for (const sample of gallery.filter((_, at) => at % 6 === 0)) {
        const id = shown.hub.show(sample.body, sample.deadline);
        await shown.page.reload();
        await shown.page.waitForSelector(`#stage[data-screen-id="${id}"][data-screen="${sample.body.name}"]`);
      }
    }, 60_000);

    test('when the firmware is gone the screen is covered, says so to who was paying, and comes back by itself', async () => {
      const port = Number(new URL(shown.url).port);
      await shown.stopServer();
      await shown.page.waitForSelector('#stage[data-screen="starting"]');
      expect(await shown.page.locator('#stage').innerText()).toMatch(/正在启动[\s\S]*Starting/);
      expect(await shown.page.locator('button').count()).toBe(0);
      const id = shown.hub.show(bill);
      let again = await createScreenServer({ hub: shown.hub, pageFolder: shown.folder, port });
      await shown.page.waitForSelector(`#stage[data-screen-id="${id}"]`);

      const pay = gallery.find(({ title }) => title === 'S-PAY');
      const confirming = gallery.find(({ title }) => title === 'S-CONFIRMING');
      const help = gallery.find(({ title }) => title === 'S-HELP');
      const home = gallery.find(({ title }) => title === 'S-HOME');
      if (!pay || !confirming || !help || !home) throw new Error('The gallery lost a screen.');
      // Help lies over the code that is being paid.
      for (const [samples, moneyMoves] of [
        [[pay], true],
        [[confirming], true],
        [[pay, help], true],
        [[confirming, home], false],
      ] as const) {
        for (const sample of samples) await shown.show(sample, look);
        await again.close();
        await shown.page.waitForSelector('#stage[data-screen="starting"]');
        const cover = await shown.page.locator('#stage').innerText();
        expect(/您的钱不会丢[\s\S]*不要再付一次[\s\S]*Your money is safe[\s\S]*do not pay again/.test(cover)).toBe(
          moneyMoves,
        );
        expect(cover).toMatch(/正在启动[\s\S]*Starting/);
        if (shotFolder) await shown.page.screenshot({ path: join(shotFolder, `starting-${moneyMoves}.png`) });
        again = await createScreenServer({ hub: shown.hub, pageFolder: shown.folder, port });
        await shown.page.waitForSelector('#stage .frame');
      }
      // Little hope is left of waiting: then with the record to the window.
      await shown.show(pay, look);
      await again.close();
      await shown.page.waitForSelector('#stage[data-screen="outOfService"]', { timeout: 25_000 });
      const out = await shown.page.locator('#stage').innerText();
      expect(out).toMatch(/手机付款记录，到一楼收费处3号窗口/);
      expect(out).toMatch(/暂停服务[\s\S]*Out of service/);
      if (shotFolder) await shown.page.screenshot({ path: join(shotFolder, 'out-of-service-paying.png') });
    }, 60_000);
  },
);
