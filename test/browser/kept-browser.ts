/**
 * A real Chromium under the real keeper and the real policies, on one free port of loopback.
 *
 * The policies lie in a private folder that is mounted over /etc/chromium in a name space of the browser's own, so the
 * machine's Chromium is left as it is.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { screenAnswers } from '../../bin/kept-browser.ts';
import { systemClock } from '../../drivers/system-clock.ts';
import { BrowserKeeper, type KeeperEvent, type KeptBrowser } from '../../provisioning/kiosk-browser/browser-keeper.ts';
import { installPolicies } from '../../provisioning/kiosk-browser/policies.ts';
import { startChromium } from '../../provisioning/kiosk-browser/start-chromium.ts';
import { waitingPage } from '../../provisioning/kiosk-browser/waiting-page.ts';
import { eventually } from '../support/live-kiosk.ts';
import { chromiumPath } from './chromium.ts';

const NAME_SPACE = [
  'unshare',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  'mount --bind "$0" /etc/chromium && exec "$@"',
];
const PATIENCE_MS = 3_000;
const WITHIN_MS = 30_000;

/** Why this machine can't show it; `undefined` when it can. */
export function whyNotHere(): string | undefined {
  if (!chromiumPath) return 'no Chromium on this machine';
  const [program = '', ...words] = [...NAME_SPACE, '/etc', 'true'];
  return spawnSync(program, words).status === 0 ? undefined : 'no mount name space for us on this machine';
}

export class KeptChromium {
  readonly told: KeeperEvent[] = [];
  /** The keeper's hand is held: what else is open can be looked at. */
  strangersStay = false;
  readonly #asked = new AbortController();
  readonly #folder: string;
  readonly #kept: Promise<void>;
  #browser: KeptBrowser | undefined;

  constructor(screenUrl: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'yizhan-kept-'));
    installPolicies(screenUrl, join(this.#folder, 'policies', 'managed'));
    const [program = '', ...words] = [...NAME_SPACE, this.#folder, chromiumPath ?? ''];
    this.#kept = new BrowserKeeper({
      clock: systemClock,
      screenUrl,
      waitingUrl: waitingPage(),
      start: async (url) => {
        // A camera and a microphone that can be refused.
        const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream'];
        const browser = await startChromium({ clock: systemClock, command: [program, ...words], flags }, url);
        this.#browser = {
          ...browser,
          close: async (id) => {
            if (!this.strangersStay) await browser.close(id);
          },
        };
        return this.#browser;
      },
      answers: () => screenAnswers(screenUrl),
      tell: (event) => this.told.push(event),
      patienceMs: PATIENCE_MS,
    }).keep(this.#asked.signal);
  }

  get browser(): KeptBrowser {
    if (!this.#browser) throw new Error('No browser was started.');
    return this.#browser;
  }

  /** What the keeper told from `since` on, as words. */
  words(since = 0): readonly string[] {
    return this.told.slice(since).map((event) => ('why' in event ? event.why : event.what));
  }

  /** Resolves when the keeper has told it after `since`. */
  tells(word: string, since: number): Promise<void> {
    return eventually(
      () => `the keeper tells ${word} (it told ${this.words(since).join(', ')})`,
      WITHIN_MS,
      () => this.words(since).includes(word),
    );
  }

  async close(): Promise<void> {
    this.#asked.abort();
    await this.#kept;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A page that counts like ours and does what the server tells it: what a page gone wrong could try. */
const OBEDIENT = `<!doctype html><title>page</title><script type="module">
let n = 0;
setInterval(() => { document.title = 'page ' + (++n % 1000); }, 500);
for (;;) {
  const order = await (await fetch('/order')).text();
  if (order) await fetch('/said', { method: 'POST', body: String(await (0, eval)(order)) });
  await new Promise((later) => setTimeout(later, 100));
}
</script>`;

/** Serves the obedient page. */
export class ObedientSite {
  readonly heard: string[] = [];
  readonly #server: Server;
  #order = '';
  #said: ((word: string) => void) | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(port = 0): Promise<ObedientSite> {
    const server = createServer();
    const site = new ObedientSite(server);
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      if (path === '/order') {
        response.end(site.#order);
        site.#order = '';
        return;
      }
      if (path === '/said') {
        request.setEncoding('utf8').on('data', (word: string) => site.#said?.(word));
        response.end();
        return;
      }
      if (path !== '/favicon.ico') site.heard.push(`${request.method} ${path}`);
      if (path === '/file.bin') {
        response.setHeader('Content-Disposition', 'attachment; filename="file.bin"');
        response.end('bytes');
        return;
      }
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(OBEDIENT);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The page does it; it may never come back from it. */
  order(script: string): void {
    this.#order = script;
  }

  /** The page does it and says what came of it. */
  ask(script: string): Promise<string> {
    return new Promise((resolve) => {
      this.#said = resolve;
      this.#order = script;
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
