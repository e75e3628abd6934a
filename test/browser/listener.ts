/**
 * Somebody who sees nothing: a headset, five keys, a card and a telephone (M7).
 *
 * Knows only what was played into the headset to its end. A plan says what to do when certain words are heard; a
 * button is found by going from item to item until its words are heard.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { HandName } from '../../hardware-sim/world/hands.ts';
import type { LiveKiosk } from '../support/live-kiosk.ts';
import type { TextLoudspeaker } from '../support/text-speech.ts';

export type Deed =
  /** The button whose words begin so; `first`: the first button of the page that was heard. */
  | { readonly press: string | 'first' }
  | { readonly hand: HandName }
  /** More than one thing in one moment, or a hand with something in it. */
  | { readonly do: (live: LiveKiosk) => void };

/** Done once each, the first whose words were heard. */
export interface Cue {
  readonly hear: string;
  readonly act: Deed;
}

export interface Way {
  readonly cues: readonly Cue[];
  /** The way is over when this was heard. */
  readonly until: string;
  /** The button with which the last page is left; without one it goes by itself. */
  readonly leaves?: string;
}

/** Nothing is said for so long: the page has been read. */
const QUIET_MS = 700;
/** Nothing at all was said: it is asked for again. */
const ASK_AGAIN_MS = 10_000;
const MOST_ITEMS = 80;
/** A machine that has other work to do is slow at all of it. */
const WAY_LIMIT_MS = 540_000;

export class Listener {
  readonly #live: LiveKiosk;
  readonly #ear: TextLoudspeaker;
  /** How often a key was pressed. */
  keys = 0;

  constructor(live: LiveKiosk, ear: TextLoudspeaker) {
    this.#live = live;
    this.#ear = ear;
  }

  plugIn(): void {
    this.#live.hall.useBay('cabinet', 'plugHeadset', undefined);
  }

  pullOut(): void {
    this.#live.hall.useBay('cabinet', 'pullHeadset', undefined);
  }

  /** Resolves when the last words were heard. @throws Error with what was heard last */
  async goes({ cues, until, leaves }: Way): Promise<void> {
    const limit = AbortSignal.timeout(WAY_LIMIT_MS);
    const left = [...cues];
    let from = this.#ear.heard.length;
    await this.#press('repeat');
    await this.#press('repeat');
    let silentMs = 0;
    for (;;) {
      if (limit.aborted) {
        const last = this.#ear.heard.slice(-25).join(' / ');
        throw new Error(`Not heard: "${until}". Waiting for ${left[0]?.hear ?? 'the end'}. Last words: ${last}`);
      }
      const grew = await this.#silence();
      const page = this.#ear.heard.slice(from);
      if (page.some((words) => words.includes(until))) {
        if (leaves !== undefined) await this.#do({ press: leaves }, page);
        return;
      }
      const place = left.findIndex(({ hear }) => page.some((words) => words.includes(hear)));
      const cue = left[place];
      if (cue) {
        left.splice(place, 1);
        await this.#do(cue.act, page);
        from = this.#ear.heard.length;
        silentMs = 0;
      } else if (grew) silentMs = 0;
      else {
        silentMs += QUIET_MS;
        if (silentMs >= ASK_AGAIN_MS) {
          silentMs = 0;
          await this.#press('repeat');
          await this.#press('repeat');
        }
      }
    }
  }

  async #do(deed: Deed, page: readonly string[]): Promise<void> {
    if ('hand' in deed) {
      this.#live.hand(deed.hand);
      return;
    }
    if ('do' in deed) return deed.do(this.#live);
    const wanted = deed.press === 'first' ? page.find(isButton) : deed.press;
    if (wanted === undefined) throw new Error(`No button was heard: ${page.join(' / ')}`);
    // The ear is at the last item of what was read: the shorter way there is known.
    const place = page.findLastIndex((words) => words.startsWith(wanted));
    const way = place > page.length / 2 ? 'previous' : 'next';
    for (let item = 0; item < MOST_ITEMS; item += 1) {
      const before = this.#ear.heard.length;
      await this.#press(way);
      const words = await this.#next(before);
      if (words.some((one) => isButton(one) && one.startsWith(wanted))) {
        await this.#press('ok');
        return;
      }
    }
    throw new Error(`"${wanted}" is on no item. Last: ${this.#ear.heard.slice(-20).join(' / ')}`);
  }

  /** What the item says that a key has gone to. */
  async #next(before: number): Promise<readonly string[]> {
    for (let waited = 0; waited < 5_000; waited += 10) {
      await pause(10);
      if (this.#ear.heard.length > before && !this.#ear.playing) {
        // An item in two languages comes in two pieces.
        await pause(30);
        if (!this.#ear.playing) break;
      }
    }
    return this.#ear.heard.slice(before);
  }

  /** True when something was said meanwhile. */
  async #silence(): Promise<boolean> {
    const before = this.#ear.heard.length;
    for (let quiet = 0, count = before; quiet < QUIET_MS; quiet += 20) {
      await pause(20);
      if (this.#ear.playing || this.#ear.heard.length !== count) quiet = 0;
      count = this.#ear.heard.length;
    }
    return this.#ear.heard.length > before;
  }

  /** A finger that waits until the key is up again. */
  async #press(key: 'previous' | 'next' | 'ok' | 'back' | 'repeat'): Promise<void> {
    const bay = this.#live.hall.bays.find(({ id }) => id === 'cabinet');
    while (bay?.hands[`${key}Key`]?.can?.() === false) await pause(10);
    this.keys += 1;
    this.#live.hall.useBay('cabinet', `${key}Key`, undefined);
    // Debounced by the board's driver, then over two wires to the page.
    await pause(40);
  }
}

function isButton(words: string): boolean {
  return words.includes('按钮') && !words.includes('现在不能按');
}
