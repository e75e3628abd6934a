/** The second screen in a real browser: read from five metres, told the present after every loss, and heard. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BoardPages } from '../../drivers/queue-display/board-pages.ts';
import { PageQueueDisplay } from '../../drivers/queue-display/page-queue-display.ts';
import type { QueueCall } from '../../drivers/queue-display/queue-display.ts';
import { Secret } from '../../drivers/secret.ts';
import { PageLoudspeaker } from '../../drivers/voice/page-loudspeaker.ts';
import { ScreenHub } from '../../firmware/screen/screen-hub.ts';
import { createScreenServer, type ScreenServer } from '../../firmware/screen/screen-server.ts';
import { buildKioskPage } from '../../kiosk-ui/build.ts';
import { sampleHelp } from '../../kiosk-ui/gallery.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { chromiumPath, type RunningChromium, startChromium } from './chromium.ts';
import { offences, type Rules } from './page-checks.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shotFolder = process.env['YIZHAN_SCREENSHOTS'];
const SOON = { timeoutMs: 10_000 };
const sizes = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
  small: { width: 1366, height: 768 },
} as const;
const longest: QueueCall = { number: 'AB123456', place: '门诊楼3层西侧12号窗口', maskedName: new Secret('欧阳**甲') };
const usual: QueueCall = { number: 'A012', place: '3号窗口', maskedName: new Secret('测*甲') };

function rulesFor(height: number): Rules {
  const least = Math.floor(height * 0.024);
  return { target: 0, primary: { width: 0, height: 0 }, gap: 0, edge: 0, smallestLetter: least, bodyLetter: 10_000 };
}

describe.skipIf(!chromiumPath)(
  `the second screen${chromiumPath ? '' : ' (skipped: no Chromium on this machine)'}`,
  () => {
    const clock = new ManualClock();
    const pages = new BoardPages();
    const display = new PageQueueDisplay({ id: 'second-screen', clock, pages });
    const loudspeaker = new PageLoudspeaker(pages);
    const board = { attach: pages.attach.bind(pages), clip: (id: string) => loudspeaker.clip(id) };
    const hub = new ScreenHub({ clock, help: sampleHelp });
    const complaints: string[] = [];
    let pageFolder = '';
    let server: ScreenServer;
    let browser: RunningChromium;
    let page: Page;

    async function serve(port: number): Promise<ScreenServer> {
      return createScreenServer({ hub, board, pageFolder, port });
    }

    beforeAll(async () => {
      pageFolder = (await buildKioskPage()).folder;
      server = await serve(0);
      browser = await startChromium();
      page = browser.context.pages()[0] ?? (await browser.context.newPage());
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('WebSocket')) complaints.push(message.text());
      });
      await page.setViewportSize(sizes.landscape);
      await page.goto(`${server.url}queue-display/`);
      await page.waitForSelector('#stage[data-board="view"]');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await display.close();
      await server?.close();
    });

    async function look(name: string): Promise<string[]> {
      const found: string[] = [];
      for (const [layout, size] of Object.entries(sizes)) {
        await page.setViewportSize(size);
        // The number's beats of light end; what is measured is what stands.
        await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finish())));
        found.push(...(await page.evaluate(offences, rulesFor(size.height))).map((offence) => `${layout}: ${offence}`));
        found.push(...(await barriers()).map((barrier) => `${layout}: ${barrier}`));
        if (!shotFolder) continue;
        mkdirSync(shotFolder, { recursive: true });
        await page.screenshot({ path: join(shotFolder, `queue-${name}.${layout}.png`) });
      }
      await page.setViewportSize(sizes.landscape);
      return found;
    }
    /** What axe-core finds; its file is put into the page from outside, past the page's own policy. */
    async function barriers(): Promise<string[]> {
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
      return page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; help: string }[] }> };
        };
        return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
      });
    }
    const text = (selector: string): Promise<string> => page.innerText(selector);

    test('[part of Z-8.3.1] says who is called: number first and large, window, masked name; and is whole at every size', async () => {
      expect(await display.call(usual, SOON)).toEqual({ done: true, value: { proof: 'shown', name: 'shown' } });
      expect(display.state).toBe('online');
      expect((await text('.calling')).split('\n').filter((line) => line.trim() !== '')).toEqual([
        '叫号 Now calling',
        'A012',
        '请到 3号窗口',
        '测*甲',
        '第1次叫号',
      ]);
      // Product 4.4: at least a fifteenth of the screen; letters of a quarter are read from more than twenty metres.
      const height = await page.evaluate(() => {
        const number = document.querySelector('.number');
        return number ? Number.parseFloat(getComputedStyle(number).fontSize) / innerHeight : 0;
      });
      expect(height).toBeGreaterThan(1 / 5);
      expect(await look('call')).toEqual([]);
    });

    test('the longest number, window and name of the contract are not cut', async () => {
      for (const number of ['B001', 'C002', 'D003', 'E004', 'F005']) {
        expect(await display.call({ number, place: '2号窗口' }, SOON)).toMatchObject({ done: true });
      }
      expect(await display.call(longest, SOON)).toMatchObject({ done: true, value: { name: 'shown' } });
      expect(await look('longest')).toEqual([]);
      expect(await page.$$eval('.earlier li', (rows) => rows.length)).toBe(4);
    });

    test('[part of SZ-106] [part of Y1-30] a notice stands alone, and the slogan always', async () => {
      expect(await display.notice(['暂停服务', '请到2号机，约10分钟后恢复'], SOON)).toMatchObject({ done: true });
      expect(await text('main')).toContain('暂停服务');
      expect(await page.$('.number')).toBeNull();
      expect(await text('.slogan')).toBe('中国医保 一生守护');
      expect(await look('notice')).toEqual([]);
    });

    test('[part of Z-8.2.1.1] the second and third call are seen, then nothing more is called', async () => {
      await display.clear(SOON);
      expect(await look('nobody')).toEqual([]);
      await display.call(usual, SOON);
      expect(await text('.time')).toBe('第1次叫号');
      await clock.pass(8_000);
      await page.waitForFunction(() => document.querySelector('.time')?.textContent === '第2次叫号');
      await clock.pass(8_000);
      await page.waitForFunction(() => document.querySelector('.time')?.textContent === '第3次叫号');
      await clock.pass(60_000);
      expect(await text('.number')).toBe('A012');
    });

    test('the runtime dies: no number stays up, the loss is said plainly; it comes back: the present number is there', async () => {
      const port = Number(new URL(server.url).port);
      await server.close();
      await page.waitForSelector('#stage[data-board="lost"]', { timeout: 15_000 });
      expect(await text('main')).toContain('连接中断');
      expect(await page.$('.number')).toBeNull();
      expect(await look('lost')).toEqual([]);
      expect(display.state).toBe('powerOff');
      const nobody = display.call({ number: 'X999', place: '9号窗口' }, SOON);
      expect(await nobody).toMatchObject({ done: false, fault: 'deviceNotReady' });
      server = await serve(port);
      await page.waitForSelector('#stage[data-board="view"]', { timeout: 15_000 });
      expect(await text('.number')).toBe('A012');
      expect(await text('#stage')).not.toContain('X999');
    });

    test('a page that is opened again shows the present number', async () => {
      await page.reload();
      await page.waitForSelector('#stage[data-board="view"]');
      expect(await text('.number')).toBe('A012');
    });

    test('a clip is played to its end, and a broken one is not heard: the call stands either way', async () => {
      const signal = AbortSignal.timeout(20_000);
      await page.click('body');
      await loudspeaker.play(tone(0.3), signal);
      await expect(loudspeaker.play(Uint8Array.of(1, 2, 3), signal)).rejects.toThrow('could not play');
      expect(loudspeaker.clip('clp_1')).toBeUndefined();
      expect(await text('.number')).toBe('A012');
    });

    test('the page never broke its content policy and never threw', () => {
      expect(complaints.filter((line) => !line.includes('ERR_'))).toEqual([]);
    });
  },
);

/** A WAV of a plain tone, seconds. */
function tone(seconds: number): Uint8Array {
  const rate = 8_000;
  const samples = Math.round(rate * seconds);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF');
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) wav.writeInt16LE(Math.round(8_000 * Math.sin(at / 4)), 44 + at * 2);
  return wav;
}
