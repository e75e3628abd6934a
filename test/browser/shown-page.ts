/** The real hub, the real server, the built page and a browser in front of it. */
import type { Page } from 'playwright-core';
import type { Language, TextSize } from '../../firmware/screen/messages.ts';
import { ScreenHub } from '../../firmware/screen/screen-hub.ts';
import { createScreenServer } from '../../firmware/screen/screen-server.ts';
import { buildKioskPage } from '../../kiosk-ui/build.ts';
import { type Sample, sampleHelp } from '../../kiosk-ui/gallery.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startChromium } from './chromium.ts';

export interface Look {
  readonly language: Language;
  readonly textSize: TextSize;
}

export interface ShownPage {
  readonly hub: ScreenHub;
  readonly page: Page;
  readonly url: string;
  /** Where the built page lies. */
  readonly folder: string;
  /** Everything the page complained about: errors, policy violations. */
  readonly complaints: readonly string[];
  /** Resolves when the page has the sample in its DOM with this look. */
  show(sample: Sample, look: Look): Promise<void>;
  /** The firmware dies; the browser stays. */
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

export async function openShownPage(first: Sample): Promise<ShownPage> {
  const { folder } = await buildKioskPage();
  const hub = new ScreenHub({ clock: new ManualClock(), help: sampleHelp });
  hub.offerPrices(true);
  hub.show(first.body, first.deadline);
  const server = await createScreenServer({ hub, pageFolder: folder, port: 0 });
  const browser = await startChromium();
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(server.url);
  await page.waitForSelector('.frame');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));

  const wish = hub.connect(() => undefined);
  return {
    hub,
    page,
    url: server.url,
    folder,
    complaints,
    show: async (sample, look) => {
      const screenId = hub.show(sample.body, sample.deadline);
      wish.send({ type: 'intent', screenId, intent: { do: 'setLanguage', language: look.language } });
      wish.send({ type: 'intent', screenId, intent: { do: 'setTextSize', textSize: look.textSize } });
      await page.waitForSelector(
        `#stage[data-screen-id="${screenId}"][data-text-size="${look.textSize}"][data-language="${look.language}"]`,
      );
    },
    stopServer: () => server.close(),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
