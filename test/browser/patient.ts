/**
 * A patient in front of the real page: looks at the glass, taps what stands on
 * it by its words, and uses the same hands as a scenario's actor.
 *
 * What was seen is written down by the page itself, whatever the steps expect.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../firmware/screen/messages.ts';
import type { Step, Touch } from '../../hardware-sim/scenarios/scenario.ts';
import { tables } from '../../kiosk-ui/text/fill.ts';
import type { TextTable } from '../../kiosk-ui/text/text-table.ts';
import { type Layout, stageSize } from '../../kiosk-ui/theme.ts';
import { eventually, type LiveKiosk } from '../support/live-kiosk.ts';
import { codeIn } from './phone.ts';

/** Beyond the 400 ms in which a second touch counts as trembling. */
const GLANCE_MS = 450;
const SCREEN_WITHIN_MS = 40_000;
/** Not said by the firmware but by the page alone. */
const STATIC = ['starting', 'outOfService'];

export interface PatientParts {
  readonly browser: Browser;
  readonly live: LiveKiosk;
  readonly layout: Layout;
  readonly language: Language;
  /** Where the page comes from, when not from the kiosk's own server. */
  readonly url?: string;
}

export class Patient {
  /** Every screen that the pages have drawn, repeats in a row counted once. */
  readonly seen: string[] = [];
  /** Errors and policy violations of the pages. */
  readonly complaints: string[] = [];
  /** Taps on what a journey asks; the choice of a language is not one. */
  taps = 0;
  readonly #parts: PatientParts;
  #window: BrowserContext | undefined;
  #page: Page | undefined;

  constructor(parts: PatientParts) {
    this.#parts = parts;
  }

  get page(): Page {
    if (!this.#page) throw new Error('There is no page.');
    return this.#page;
  }

  get text(): TextTable {
    return tables[this.#parts.language];
  }

  /** Opens the page; the screen of this moment is drawn when it resolves. */
  async open(): Promise<void> {
    const { browser, layout, live, url } = this.#parts;
    // Still pictures: without a graphics card, moving ones take the processor that the kiosk in this process needs.
    this.#window ??= await browser.newContext({
      hasTouch: true,
      viewport: stageSize[layout],
      reducedMotion: 'reduce',
    });
    const page = await this.#window.newPage();
    this.#page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('WebSocket')) this.complaints.push(message.text());
    });
    await page.exposeFunction('sawScreen', (name: string) => this.#saw(name));
    await page.addInitScript(watchScreens);
    // The letters may still be on their way; whoever looks at a picture waits for them.
    await page.goto(url ?? live.screenUrl, { waitUntil: 'commit' });
    await page.waitForSelector('#stage .frame', { timeout: SCREEN_WITHIN_MS });
  }

  /** The tab is closed. */
  async closePage(): Promise<void> {
    const page = this.#page;
    this.#page = undefined;
    await page?.close();
  }

  async leave(): Promise<void> {
    await this.#window?.close();
  }

  /** The page's process dies, as when the machine runs out of memory. */
  async crashPage(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    const devtools = await this.page.context().newCDPSession(this.page);
    // A process that is dead answers nothing.
    devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.closePage();
  }

  async waitFor(screen: string, withinMs = SCREEN_WITHIN_MS): Promise<void> {
    await this.page.waitForSelector(`#stage[data-screen="${screen}"]`, { timeout: withinMs });
  }

  /** Chooses the patient's language where it is not the one that is shown. */
  async chooseLanguage(): Promise<void> {
    const { language } = this.#parts;
    const shown = await this.page.locator('#stage').getAttribute('data-language');
    if (shown === language) return;
    await this.#tap(tables[shown === 'en' ? 'en' : 'zh'].bar.otherLanguage);
    await this.page.waitForSelector(`#stage[data-language="${language}"]`);
  }

  /** One step of a scenario on the screen that is shown. */
  async take(step: Step): Promise<void> {
    if (step.touch) {
      // This patient takes the slip first; whoever rates before it is out is in touch-and-line.test.ts.
      if (step.on === 'S-DONE') await this.#slipIsReady();
      await this.#tap(this.#nameOf(step.touch, step.on ?? ''));
      this.taps += 1;
      if (step.touch === 'rate') await this.page.getByText(this.text.done.rated).waitFor({ timeout: SCREEN_WITHIN_MS });
    }
    if (step.do === 'payByPhone') await this.#payWithWhatIsOnTheGlass();
    else if (step.do === 'tearPaper') await this.#takeSlip();
    else if (step.do) this.#parts.live.hand(step.do, step.with);
  }

  async #tap(name: string): Promise<void> {
    await this.page.waitForTimeout(GLANCE_MS);
    const box = await this.page.getByRole('button', { name, exact: true }).boundingBox({ timeout: 5_000 });
    if (!box) throw new Error(`"${name}" is not to be seen.`);
    await this.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** The phone sees the glass, not the payment centre's books. */
  async #payWithWhatIsOnTheGlass(): Promise<void> {
    const { live } = this.#parts;
    const { parties, person } = live.hall;
    const code = await codeIn(this.page.locator('svg.qr'));
    parties.payment.scanAndPay(code, parties.wallet(person));
  }

  async #slipIsReady(): Promise<void> {
    await this.page.getByText(this.text.done.paper.ready).waitFor({ timeout: SCREEN_WITHIN_MS });
  }

  async #takeSlip(): Promise<void> {
    const { live } = this.#parts;
    await this.#slipIsReady();
    await eventually('the slip is cut off', 5_000, () => live.hall.printer.state().outlet.length > 0);
    live.hand('tearPaper');
  }

  #nameOf(touch: Touch, screen: string): string {
    const { text } = this;
    switch (touch) {
      case 'confirm':
        return (
          { 'S-BILL': text.bill.confirm, 'S-CONSENT': text.consent.agree, 'S-SPLIT': text.split.settle }[screen] ??
          text.ok
        );
      case 'pay':
        return text.split.pay;
      case 'rate':
        return text.done.stars[4];
      case 'cancel':
        return text.cancel;
      default:
        throw new Error(`This patient does not know how to ${touch}.`);
    }
  }

  #saw(name: string): void {
    if (name !== '' && !STATIC.includes(name) && this.seen.at(-1) !== name) this.seen.push(name);
  }
}

/** Runs in the page before anything else of it: tells every value that `data-screen` ever has, in order. */
function watchScreens(): void {
  const tell = (name: string | null): void => {
    (window as unknown as { sawScreen(name: string): void }).sawScreen(name ?? '');
  };
  new MutationObserver((records) => {
    for (const { oldValue } of records) tell(oldValue);
    tell(document.getElementById('stage')?.getAttribute('data-screen') ?? '');
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-screen'], attributeOldValue: true });
}
