/**
 * Keeps one page on the panel: a browser that died is started again, a page that hangs or has gone elsewhere is opened
 * anew, a browser that will not show it is replaced, and while no firmware answers the waiting page stands.
 *
 * It looks at two things only, the tab's address and the number that the page counts behind its title
 * (`kiosk-ui/heartbeat.ts`), both of which the browser tells without being let into the page. A firmware that dies
 * under an open page is the page's own matter (`kiosk-ui/connection.ts`): it still counts, so it is left alone.
 * One promise: whatever ends, something sensible is on the panel again within a bounded time, for ever.
 */
import type { Clock } from '../../drivers/ports.ts';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A running browser. Each call rejects when the browser does not answer. */
export interface KeptBrowser {
  tabs(): Promise<readonly Tab[]>;
  /** In front of the others. @returns the tab's id. */
  open(url: string): Promise<string>;
  close(id: string): Promise<void>;
  /** Resolves with a sentence when the process is gone. */
  readonly ended: Promise<string>;
  /** Resolves when the process is gone and its profile with it. */
  kill(): Promise<void>;
}

/** Why something was opened or started anew. */
export type Trouble = 'browserEnded' | 'browserSilent' | 'browserNotStarted' | 'pageHung' | 'pageAstray' | 'pageGone';

export type KeeperEvent =
  /** The page counts: it is there and alive. */
  | { readonly what: 'shown' }
  | { readonly what: 'waiting' }
  | { readonly what: 'reloading'; readonly why: Trouble }
  | { readonly what: 'restarting'; readonly why: Trouble; readonly detail: string; readonly pauseMs: number };

export interface BrowserKeeperOptions {
  readonly clock: Clock;
  readonly screenUrl: string;
  readonly waitingUrl: string;
  /** Starts a browser that shows the address. Rejects when it can't be started. */
  readonly start: (url: string) => Promise<KeptBrowser>;
  /** Whether the firmware serves the page now; never rejects. */
  readonly answers: () => Promise<boolean>;
  readonly tell: (event: KeeperEvent) => void;
  /** How long a page may stand still, ms. */
  readonly patienceMs?: number;
  /** How long a page may take to its first beat, ms. */
  readonly firstBeatMs?: number;
}

const LOOK_MS = 500;
const PATIENCE_MS = 8_000;
const FIRST_BEAT_MS = 20_000;
/** Reloads in a row, without a beat between, before the browser itself is replaced. */
const RELOADS = 2;
/** A browser that lived this long was a good one: the next is started without a pause. */
const STEADY_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const BEAT = / \d{1,3}$/;

interface Page {
  readonly id: string;
  readonly isScreen: boolean;
  title: string;
  aliveMs: number;
  beaten: boolean;
}

export class BrowserKeeper {
  readonly #options: BrowserKeeperOptions;
  readonly #origin: string;
  #reloads = 0;

  constructor(options: BrowserKeeperOptions) {
    this.#options = options;
    this.#origin = `${new URL(options.screenUrl).origin}/`;
  }

  /** Resolves after the signal, when the browser is gone. */
  async keep(signal: AbortSignal): Promise<void> {
    const { clock, tell } = this.#options;
    for (let quickEnds = 0; !signal.aborted; ) {
      const bornMs = clock.monotonicMs();
      const { why, detail } = await this.#oneLife(signal);
      if (signal.aborted) return;
      quickEnds = clock.monotonicMs() - bornMs > STEADY_MS ? 0 : quickEnds + 1;
      const pauseMs = quickEnds <= 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (quickEnds - 2), LONGEST_PAUSE_MS);
      tell({ what: 'restarting', why, detail, pauseMs });
      await this.#pause(pauseMs, signal);
    }
  }

  async #oneLife(signal: AbortSignal): Promise<{ why: Trouble; detail: string }> {
    const { start, waitingUrl } = this.#options;
    let browser: KeptBrowser;
    try {
      browser = await start(waitingUrl);
    } catch (error) {
      return { why: 'browserNotStarted', detail: String(error) };
    }
    let ended: string | undefined;
    const end = browser.ended.then((how) => {
      ended = how;
    });
    this.#reloads = 0;
    let page: Page | undefined;
    try {
      for (;;) {
        if (signal.aborted) return { why: 'browserEnded', detail: 'asked to' };
        page = await this.#look(browser, page);
        if (!page) return { why: 'pageHung', detail: `${RELOADS} reloads did not help` };
        await this.#pause(LOOK_MS, signal, end);
        if (ended !== undefined) return { why: 'browserEnded', detail: ended };
      }
    } catch (error) {
      return ended === undefined
        ? { why: 'browserSilent', detail: String(error) }
        : { why: 'browserEnded', detail: ended };
    } finally {
      await browser.kill();
    }
  }

  /** @returns the page that is on the panel now; `undefined` when this browser can't be helped. */
  async #look(browser: KeptBrowser, page: Page | undefined): Promise<Page | undefined> {
    const tabs = await browser.tabs();
    if (!page) return this.#openAnew(browser, tabs);
    for (const tab of tabs) if (tab.id !== page.id) await browser.close(tab.id);
    const tab = tabs.find(({ id }) => id === page.id);
    if (!page.isScreen) {
      return tab && !(await this.#options.answers()) ? page : this.#openAnew(browser, tabs);
    }
    const why = this.#troubleOf(page, tab);
    if (!why) return page;
    this.#reloads += 1;
    if (this.#reloads > RELOADS) return undefined;
    this.#options.tell({ what: 'reloading', why });
    return this.#openAnew(browser, tabs);
  }

  #troubleOf(page: Page, tab: Tab | undefined): Trouble | undefined {
    const { clock, tell, patienceMs = PATIENCE_MS, firstBeatMs = FIRST_BEAT_MS } = this.#options;
    if (!tab) return 'pageGone';
    const nowMs = clock.monotonicMs();
    if (tab.title !== page.title && BEAT.test(tab.title)) {
      if (!page.beaten) tell({ what: 'shown' });
      Object.assign(page, { title: tab.title, aliveMs: nowMs, beaten: true });
      this.#reloads = 0;
    }
    if (page.beaten && !tab.url.startsWith(this.#origin)) return 'pageAstray';
    return nowMs - page.aliveMs > (page.beaten ? patienceMs : firstBeatMs) ? 'pageHung' : undefined;
  }

  async #openAnew(browser: KeptBrowser, old: readonly Tab[]): Promise<Page> {
    const { clock, screenUrl, waitingUrl, answers, tell } = this.#options;
    const isScreen = await answers();
    const there = isScreen ? undefined : old.find(({ url }) => url === waitingUrl);
    if (!isScreen) tell({ what: 'waiting' });
    const id = there?.id ?? (await browser.open(isScreen ? screenUrl : waitingUrl));
    // The new one first: a browser without a tab ends.
    for (const tab of old) if (tab.id !== id) await browser.close(tab.id);
    return { id, isScreen, title: '', aliveMs: clock.monotonicMs(), beaten: false };
  }

  /** Ends early with the signal or with `other`. */
  #pause(ms: number, signal: AbortSignal, other?: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#options.clock.timer(ms, done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
      void other?.then(done);
    });
  }
}
