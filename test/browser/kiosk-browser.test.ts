/** Chromium as a kiosk: the machine's own, under the real keeper and the real policies. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ScreenHub } from '../../firmware/screen/screen-hub.ts';
import { createScreenServer } from '../../firmware/screen/screen-server.ts';
import { buildKioskPage } from '../../kiosk-ui/build.ts';
import { gallery, sampleHelp } from '../../kiosk-ui/gallery.ts';
import { eventually } from '../support/live-kiosk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { KeptChromium, ObedientSite, whyNotHere } from './kept-browser.ts';

const why = whyNotHere();
/** Longer than the keeper's patience in this test. */
const AWAY_MS = 4_500;

/** Every file below /dev/shm/yizhan-browser-… that looks like the download. */
function downloaded(): readonly string[] {
  return readdirSync('/dev/shm')
    .filter((name) => name.startsWith('yizhan-browser-'))
    .flatMap((name) => readdirSync(`/dev/shm/${name}`, { recursive: true }).map(String))
    .filter((name) => /file\.bin|\.crdownload/.test(name));
}

describe.skipIf(why !== undefined)(`the kiosk's browser${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  let kept: KeptChromium;
  let site: ObedientSite;
  let outside: ObedientSite;
  let url = '';

  /** Waits for the page to count again after something was done to it. */
  const home = (since: number): Promise<void> => kept.tells('shown', since);

  beforeAll(async () => {
    outside = await ObedientSite.open();
    const free = await ObedientSite.open();
    url = free.url;
    await free.close();
    kept = new KeptChromium(url);
  }, 60_000);
  afterAll(async () => {
    await kept?.close();
    await site?.close();
    await outside?.close();
  });

  test('switched on before the firmware it waits, then shows the screen; a firmware that dies and returns needs no help', async () => {
    const { folder } = await buildKioskPage();
    const hub = new ScreenHub({ clock: new ManualClock(), help: sampleHelp });
    const [first] = gallery;
    if (!first) throw new Error('The gallery is empty.');
    const drawn: string[] = [];
    hub.onDrawn((id) => drawn.push(id));
    const before = hub.show(first.body);
    const serve = () => createScreenServer({ hub, pageFolder: folder, port: Number(new URL(url).port) });

    await kept.tells('waiting', 0);
    let server = await serve();
    await home(0);
    await eventually('the page has drawn', 10_000, () => drawn.includes(before));
    await server.close();
    await pause(AWAY_MS);
    const after = hub.show(first.body);
    server = await serve();
    await eventually('the page has drawn again', 10_000, () => drawn.includes(after));
    expect(kept.words()).toEqual(['waiting', 'shown']);
    await server.close();
  });

  test('a browser that is killed is there again with the page', async () => {
    site = await ObedientSite.open(Number(new URL(url).port));
    const since = kept.told.length;
    await kept.browser.kill();
    await home(since);
    expect(kept.told.slice(since).map(({ what }) => what)).toEqual(['restarting', 'shown']);
  });

  test('[part of Y2-11a] an address outside is not reached by the page, and the page is back', async () => {
    const since = kept.told.length;
    site.order(`location.href = ${JSON.stringify(outside.url)}`);
    await home(since);
    expect(kept.words(since)).toEqual(['pageAstray', 'shown']);
    expect(outside.heard).toEqual([]);
  });

  test('a download is refused, a second window is not given, and no camera, place or message box either', async () => {
    expect(await site.ask('String(window.open("/"))')).toBe('null');
    await site.ask('void (location.href = "/file.bin")');
    await eventually('the download was asked for', 5_000, () => site.heard.includes('GET /file.bin'));
    expect(
      await site.ask(
        'navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => "given", (no) => no.name)',
      ),
    ).toBe('NotAllowedError');
    expect(
      await site.ask(
        'new Promise((end) => navigator.geolocation.getCurrentPosition(() => end("given"), (no) => end(no.code)))',
      ),
    ).toBe('1');
    expect(await site.ask('Notification.permission')).toBe('denied');
    expect(await kept.browser.tabs()).toHaveLength(1);
    expect(existsSync('/dev/shm') ? downloaded() : []).toEqual([]);
  });

  test('neither a page of the browser itself nor a file of the machine opens, and the keeper closes them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yizhan-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'page.html'), '<title>read</title>');
    let titles: readonly string[] = [];
    kept.strangersStay = true;
    // A page that is refused has its address for a title.
    const refused = ['chrome://settings/', 'chrome://flags/', `file://${folder}/page.html`];
    for (const address of refused) await kept.browser.open(address);
    await eventually(
      () => `all three are refused (there are ${titles.join(', ')})`,
      10_000,
      () => {
        void kept.browser.tabs().then((tabs) => {
          titles = tabs.map(({ title }) => title);
        });
        return refused.every((address) => titles.includes(address));
      },
    );
    kept.strangersStay = false;
    await eventually('the keeper has closed them', 10_000, () => {
      void kept.browser.tabs().then((tabs) => {
        titles = tabs.map(({ title }) => title);
      });
      return titles.length === 1;
    });
  });

  test('a page that hangs is opened anew, in the same browser', async () => {
    const since = kept.told.length;
    const before = kept.browser;
    site.order('for (;;);');
    await home(since);
    expect(kept.words(since)).toEqual(['pageHung', 'shown']);
    expect(kept.browser).toBe(before);
  });
});
