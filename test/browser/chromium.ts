/** Finds and starts the Chromium of this machine, with a fresh profile and no network habits of its own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `undefined` when this machine has none. */
export const chromiumPath: string | undefined = USUAL_PLACES.find((place) => existsSync(place));

export interface RunningChromium {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function startChromium(): Promise<RunningChromium> {
  if (!chromiumPath) throw new Error(`No Chromium in ${USUAL_PLACES.join(', ')}.`);
  const profile = mkdtempSync(join(tmpdir(), 'yizhan-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    args: QUIET,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** For several screens side by side: each context is a window of its own, and a hidden tab draws nothing. */
export function launchChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error(`No Chromium in ${USUAL_PLACES.join(', ')}.`);
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: QUIET });
}
