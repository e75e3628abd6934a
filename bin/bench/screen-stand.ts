/**
 * The patient screen alone on a bench: real hub, real server, the built page, and Chromium in front of it.
 *
 * The page tells its own times: when a message came, and when the frame with it had been painted. One promise: figure
 * and floor are taken by the same clock in the same page.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { systemClock } from '../../drivers/system-clock.ts';
import { ScreenHub } from '../../firmware/screen/screen-hub.ts';
import { createScreenServer, type ScreenServer } from '../../firmware/screen/screen-server.ts';
import { gallery, type Sample, sampleHelp } from '../../kiosk-ui/gallery.ts';
import { chromiumPath } from './acking-page.ts';

const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** What the page's own clock said, ms. */
interface PageTimes {
  /** From a screen's message to the frame in which it was painted. */
  readonly frames: number[];
  /** From a changed word on the bare page to its frame. */
  readonly bareFrame: () => Promise<number>;
}

export class ScreenStand {
  readonly hub: ScreenHub;
  readonly server: ScreenServer;
  readonly browser: Browser;

  private constructor(hub: ScreenHub, server: ScreenServer, browser: Browser) {
    this.hub = hub;
    this.server = server;
    this.browser = browser;
  }

  static async open(pageFolder: string): Promise<ScreenStand> {
    const { chromium } = await import('playwright-core');
    if (!chromiumPath) throw new Error('There is no Chromium on this machine.');
    const hub = new ScreenHub({ clock: systemClock, help: sampleHelp });
    hub.offerPrices(true);
    const home = gallery[0];
    if (home) hub.show(home.body);
    const server = await createScreenServer({ hub, pageFolder, port: 0 });
    return new ScreenStand(hub, server, await chromium.launch({ executablePath: chromiumPath, args: QUIET }));
  }

  /** A browser that has never been here: nothing is cached. */
  async newPage(): Promise<{ readonly page: Page; readonly context: BrowserContext }> {
    const context = await this.browser.newContext({ viewport: { width: 1080, height: 1920 } });
    const page = await context.newPage();
    await page.addInitScript(tellFrames);
    return { page, context };
  }

  /** Shows a sample; resolves with what the frame took from the message to its paint, ms. */
  async frameMs(page: Page, sample: Sample): Promise<number> {
    const before = await page.evaluate(() => (window as unknown as { times: PageTimes }).times.frames.length);
    this.hub.show(sample.body, sample.deadline);
    await page.waitForFunction(
      (count) => (window as unknown as { times: PageTimes }).times.frames.length > count,
      before,
      { polling: 20 },
    );
    return page.evaluate(() => (window as unknown as { times: PageTimes }).times.frames.at(-1) ?? Number.NaN);
  }

  bareFrameMs(page: Page): Promise<number> {
    return page.evaluate(() => (window as unknown as { times: PageTimes }).times.bareFrame());
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** Runs in the page before anything of it. */
function tellFrames(): void {
  const frames: number[] = [];
  /** A task that comes after the frame has been painted. */
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage('');
      });
    });
  const times: PageTimes = {
    frames,
    bareFrame: async () => {
      const word = document.createElement('p');
      document.body.append(word);
      const startedMs = performance.now();
      word.textContent = 'bare';
      const tookMs = (await painted()) - startedMs;
      word.remove();
      return tookMs;
    },
  };
  Object.assign(window, { times });
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(url: string | URL) {
      super(url);
      // The first to listen: the page's own handler draws after this one has noted the time.
      this.addEventListener('message', ({ data }) => {
        if (!String(data).startsWith('{"type":"screen"')) return;
        const cameMs = performance.now();
        void painted().then((atMs) => frames.push(atMs - cameMs));
      });
    }
  };
}
