/**
 * A real page in a headless browser that says when its DOM has changed.
 *
 * A MutationObserver in the page acknowledges over a WebSocket of its own, on
 * which the page also echoes: figure and floor take the same way back.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket as WireSocket } from 'ws';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PATIENCE_MS = 20_000;

export const chromiumPath: string | undefined = USUAL_PLACES.find((place) => existsSync(place));

export interface AckingPage {
  /** Sends a word to the page; resolves when it has come back. */
  echo(): Promise<void>;
  /** Resolves when the DOM names one of these screens, at once when it does already. */
  shows(screens: readonly string[]): Promise<string>;
  /** Resolves when the DOM names another screen than this. */
  leaves(screen: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the kiosk's screen. @throws Error when there is no Chromium: look at `chromiumPath` first. */
export async function openAckingPage(screenUrl: string): Promise<AckingPage> {
  const { chromium } = await import('playwright-core');
  if (!chromiumPath) throw new Error('There is no Chromium on this machine.');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  let end = async (): Promise<void> => undefined;
  // Listened to from the first moment: the page speaks as soon as it is connected.
  const observed = new Promise<ObservedPage>((resolve) => {
    server.once('connection', (line) => resolve(new ObservedPage(line, () => end())));
  });
  const profile = mkdtempSync(join(tmpdir(), 'yizhan-bench-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    viewport: { width: 1080, height: 1920 },
    // The observer's line leads past the page's own content policy.
    bypassCSP: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
  end = async () => {
    await context.close();
    for (const client of server.clients) client.terminate();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  };
  const page = context.pages()[0] ?? (await context.newPage());
  await page.addInitScript(observe, `ws://127.0.0.1:${port}`);
  await page.goto(screenUrl);
  return await observed;
}

/** Runs inside the page. */
function observe(url: string): void {
  const line = new WebSocket(url);
  line.addEventListener('message', ({ data }) => line.send(String(data)));
  let watching = false;
  const watch = (): void => {
    const stage = document.getElementById('stage');
    if (watching || !stage || line.readyState !== WebSocket.OPEN) return;
    watching = true;
    const say = (): void => line.send(`screen ${stage.dataset['screen'] ?? ''}`);
    // Called once the task that drew is over: by then the whole tree has changed.
    new MutationObserver(say).observe(stage, { attributes: true, attributeFilter: ['data-screen-id'] });
    say();
  };
  // Whichever is last: the line open, the document read.
  line.addEventListener('open', watch);
  document.addEventListener('DOMContentLoaded', watch);
}

class ObservedPage implements AckingPage {
  readonly #line: WireSocket;
  readonly #end: () => Promise<void>;
  readonly #waiting = new Set<() => void>();
  #echoed: (() => void) | undefined;
  #screen = '';

  constructor(line: WireSocket, end: () => Promise<void>) {
    this.#line = line;
    this.#end = end;
    line.on('message', (data) => {
      const word = data.toString();
      if (!word.startsWith('screen ')) return this.#echoed?.();
      this.#screen = word.slice('screen '.length);
      for (const look of [...this.#waiting]) look();
    });
  }

  echo(): Promise<void> {
    return new Promise((resolve) => {
      this.#echoed = resolve;
      this.#line.send('echo');
    });
  }

  shows(screens: readonly string[]): Promise<string> {
    return this.#when((screen) => screens.includes(screen), `none of ${screens.join(', ')} was drawn`);
  }

  leaves(screen: string): Promise<string> {
    return this.#when((now) => now !== screen, `${screen} stayed`);
  }

  close(): Promise<void> {
    return this.#end();
  }

  #when(good: (screen: string) => boolean, otherwise: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`After 20 s ${otherwise}; the page shows ${this.#screen}.`));
      }, PATIENCE_MS);
      const look = (): void => {
        if (!good(this.#screen)) return;
        clearTimeout(tooLong);
        this.#waiting.delete(look);
        resolve(this.#screen);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
