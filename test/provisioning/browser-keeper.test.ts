/** The keeper of the kiosk's browser on virtual time, with a browser made of hands. */
import { describe, expect, test } from 'vitest';
import {
  BrowserKeeper,
  type KeeperEvent,
  type KeptBrowser,
  type Tab,
} from '../../provisioning/kiosk-browser/browser-keeper.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SCREEN = 'http://127.0.0.1:8600/';
const WAITING = 'data:text/html,waiting';

/** Tabs that count their title once a second unless they are held. */
class HandBrowser implements KeptBrowser {
  readonly ended: Promise<string>;
  die: (how: string) => void = () => undefined;
  silent = false;
  held = false;
  #tabs: { id: string; url: string; title: string }[] = [];
  #count = 0;
  #opened = 0;

  constructor(clock: ManualClock, url: string) {
    this.ended = new Promise((resolve) => {
      this.die = resolve;
    });
    this.#add(url);
    const beat = (): void => {
      this.#count = (this.#count + 1) % 1_000;
      if (!this.held) for (const tab of this.#tabs) if (tab.url.startsWith(SCREEN)) tab.title = `医站 ${this.#count}`;
      clock.timer(1_000, beat);
    };
    clock.timer(1_000, beat);
  }

  get urls(): readonly string[] {
    return this.#tabs.map(({ url }) => url);
  }

  wander(url: string): void {
    for (const tab of this.#tabs) tab.url = url;
  }

  popUp(url: string): void {
    this.#add(url);
  }

  async tabs(): Promise<readonly Tab[]> {
    if (this.silent) throw new Error('no answer');
    return this.#tabs.map((tab) => ({ ...tab }));
  }

  async open(url: string): Promise<string> {
    return this.#add(url);
  }

  async close(id: string): Promise<void> {
    this.#tabs = this.#tabs.filter((tab) => tab.id !== id);
  }

  async kill(): Promise<void> {
    this.die('SIGTERM');
  }

  #add(url: string): string {
    this.#opened += 1;
    const id = `tab_${this.#opened}`;
    this.#tabs.push({ id, url, title: '' });
    return id;
  }
}

function keptBy(options: { answers?: boolean; startsFail?: boolean } = {}) {
  const clock = new ManualClock();
  const told: KeeperEvent[] = [];
  const born: number[] = [];
  const hall = { answers: options.answers ?? true, startsFail: options.startsFail ?? false };
  let browser: HandBrowser | undefined;
  const asked = new AbortController();
  const kept = new BrowserKeeper({
    clock,
    screenUrl: SCREEN,
    waitingUrl: WAITING,
    start: async (url) => {
      born.push(clock.monotonicMs());
      if (hall.startsFail) throw new Error('ENOENT');
      browser = new HandBrowser(clock, url);
      return browser;
    },
    answers: async () => hall.answers,
    tell: (event) => told.push(event),
  }).keep(asked.signal);
  return {
    clock,
    told,
    born,
    hall,
    get browser(): HandBrowser {
      if (!browser) throw new Error('No browser was started.');
      return browser;
    },
    end: () => {
      asked.abort();
      return kept;
    },
  };
}

const whats = (told: readonly KeeperEvent[]) => told.map((event) => ('why' in event ? event.why : event.what));

describe('the keeper of the kiosk’s browser', () => {
  test('an hour of a page that counts is left alone', async () => {
    const it = keptBy();
    await it.clock.pass(3_600_000);
    expect(whats(it.told)).toEqual(['shown']);
    expect(it.browser.urls).toEqual([SCREEN]);
    await it.end();
  });

  test('before the firmware answers the waiting page stands, and the screen follows within a second of its answer', async () => {
    const it = keptBy({ answers: false });
    await it.clock.pass(60_000);
    expect(it.browser.urls).toEqual([WAITING]);
    expect(whats(it.told)).toEqual(['waiting']);
    it.hall.answers = true;
    await it.clock.pass(1_000);
    expect(it.browser.urls).toEqual([SCREEN]);
    await it.end();
  });

  test('a firmware that dies under a living page is the page’s own matter', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.hall.answers = false;
    await it.clock.pass(600_000);
    expect(whats(it.told)).toEqual(['shown']);
    await it.end();
  });

  test('a page that stands still is opened anew once within ten seconds, and it counts again', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.browser.held = true;
    await it.clock.pass(10_000);
    expect(whats(it.told)).toEqual(['shown', 'pageHung']);
    it.browser.held = false;
    await it.clock.pass(60_000);
    expect(whats(it.told)).toEqual(['shown', 'pageHung', 'shown']);
    expect(it.born).toHaveLength(1);
    await it.end();
  });

  test('a page that two reloads do not help costs the browser its life, and the new one shows it', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.browser.held = true;
    await it.clock.pass(70_000);
    expect(whats(it.told)).toEqual(['shown', 'pageHung', 'pageHung', 'pageHung', 'shown']);
    expect(it.told.filter(({ what }) => what === 'restarting')).toHaveLength(1);
    expect(it.born).toHaveLength(2);
    await it.end();
  });

  test('a page that hangs while no firmware answers gives way to the waiting page', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.hall.answers = false;
    it.browser.held = true;
    await it.clock.pass(10_000);
    expect(it.browser.urls).toEqual([WAITING]);
    await it.end();
  });

  test('a page that has gone elsewhere is brought home at the next look, and a second window is closed', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.browser.popUp('about:blank');
    await it.clock.pass(1_000);
    expect(it.browser.urls).toEqual([SCREEN]);
    it.browser.wander('https://hospital.example/');
    await it.clock.pass(1_000);
    expect(it.browser.urls).toEqual([SCREEN]);
    expect(whats(it.told)).toEqual(['shown', 'pageAstray', 'shown']);
    await it.end();
  });

  test('an address that only begins like the kiosk’s is elsewhere', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    it.browser.wander('http://127.0.0.1:86001/');
    await it.clock.pass(1_000);
    expect(whats(it.told)).toEqual(['shown', 'pageAstray', 'shown']);
    await it.end();
  });

  test('a browser that dies or falls silent is started again at once', async () => {
    const it = keptBy();
    await it.clock.pass(120_000);
    it.browser.die('SIGSEGV');
    await it.clock.pass(1);
    expect(it.born).toHaveLength(2);
    await it.clock.pass(120_000);
    it.browser.silent = true;
    await it.clock.pass(1_000);
    expect(it.born).toHaveLength(3);
    expect(whats(it.told)).toEqual(['shown', 'browserEnded', 'shown', 'browserSilent']);
    await it.end();
  });

  test('a browser that never starts is tried for ever, with a pause that grows to half a minute', async () => {
    const it = keptBy({ startsFail: true });
    await it.clock.pass(600_000);
    const pauses = it.told.flatMap((event) => (event.what === 'restarting' ? [event.pauseMs] : []));
    expect(pauses.slice(0, 9)).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    it.hall.startsFail = false;
    await it.clock.pass(35_000);
    expect(it.browser.urls).toEqual([SCREEN]);
    await it.end();
  });

  test('asked to end, it ends with its browser gone and none started after it', async () => {
    const it = keptBy();
    await it.clock.pass(5_000);
    await it.end();
    expect(await it.browser.ended).toBe('SIGTERM');
    await it.clock.pass(60_000);
    expect(it.born).toHaveLength(1);
  });
});
