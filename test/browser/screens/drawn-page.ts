/**
 * The built page in a browser with a hand on its line: any screen in any look is drawn at once, without a reload,
 * a server's answer or a turn of the network.
 *
 * One promise: what is measured is the page that ships; only its socket is ours.
 */
import type { Browser, Page } from 'playwright-core';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { createScreenServer } from '../../../firmware/screen/screen-server.ts';
import { buildKioskPage } from '../../../kiosk-ui/build.ts';
import { sampleHelp } from '../../../kiosk-ui/gallery.ts';
import { type Layout, stageSize } from '../../../kiosk-ui/theme.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { offences } from '../page-checks.ts';
import { drawAndMeasure } from './draw-and-measure.ts';

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built page as the kiosk does, with its own headers. */
export async function servePage(): Promise<PageServer> {
  const { folder } = await buildKioskPage();
  const hub = new ScreenHub({ clock: new ManualClock(), help: sampleHelp });
  return createScreenServer({ hub, pageFolder: folder, port: 0 });
}

export interface DrawnPage {
  readonly page: Page;
  /** Errors and policy violations. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** `query`: as in the address, e.g. `words=long`. */
export async function openDrawnPage(browser: Browser, url: string, layout: Layout, query = ''): Promise<DrawnPage> {
  const context = await browser.newContext({
    viewport: stageSize[layout],
    hasTouch: true,
    // Still pictures, and no time for moving ones.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.addInitScript(ownSocket);
  await page.addInitScript(`window.offences = ${String(offences)}; window.drawAndMeasure = ${String(drawAndMeasure)};`);
  await page.goto(`${url}?layout=${layout}${query && `&${query}`}`);
  await page.waitForFunction(() => 'line' in window);
  return { page, complaints, close: () => context.close() };
}

/** Runs in the page before anything else: the line to the firmware ends in `window.line`. */
function ownSocket(): void {
  class OwnSocket extends EventTarget {
    static readonly OPEN = 1;
    readonly readyState = 1;
    constructor() {
      super();
      (window as unknown as { line: OwnSocket }).line = this;
    }
    send(): void {
      // Nobody listens.
    }
  }
  (window as unknown as { WebSocket: unknown }).WebSocket = OwnSocket;
}
