/**
 * Reads the page to whoever listens by a headset, and lets five keys go through it (product.md 4.8).
 *
 * 下一项 and 上一项 go from unit to unit, 确定 presses the button that was said last, 返回 goes to the way out (and
 * presses nothing), 再听一遍 says it again, twice: the whole page. One promise: what is said is what stands there now;
 * a key acts on the unit that was said, and never on one that has come in its place.
 */
import type { FromPage, HeadsetToPage, Language, Screen, SpokenPart } from '../../firmware/screen/messages.ts';
import { tables } from '../text/fill.ts';
import type { HeadsetWords } from '../text/headset-words.ts';
import { type ReadableUnit, readableUnits } from './readable-units.ts';
import { turnsOf } from './spoken-turns.ts';
import { spokenParts } from './spoken-words.ts';

export type HeadsetKeyName = Extract<HeadsetToPage, { type: 'key' }>['key'];

/** Ways out of a page, the mildest first. */
const WAYS_BACK = ['closeLooks', 'cancel', 'decline', 'back'];

export class HeadsetReader {
  readonly #root: Element;
  readonly #say: (message: FromPage) => void;
  #screen: Screen | undefined;
  #units: readonly ReadableUnit[] = [];
  #at = 0;
  #turn = 0;
  /** What is still to be said, the first being said now. */
  #waiting: (readonly SpokenPart[])[] = [];
  /** The whole page is being read: the next unit follows by itself. */
  #goingOn = false;
  #repeated = false;

  /** `say` reaches the firmware. */
  constructor(root: Element, say: (message: FromPage) => void) {
    this.#root = root;
    this.#say = say;
  }

  /** The page has drawn this; `undefined`: there is no line to the firmware, and nothing to read. */
  drawn(screen: Screen | undefined): void {
    const before = this.#screen;
    this.#screen = screen;
    if (!screen?.voice.headset) {
      if (before?.voice.headset) this.#mark(undefined);
      this.#units = [];
      this.#waiting = [];
      this.#goingOn = false;
      return;
    }
    if (before?.id !== screen.id || !before.voice.headset || before.settings.language !== screen.settings.language) {
      this.#units = readableUnits(this.#root);
      this.#repeated = false;
      this.#readFrom(0);
      return;
    }
    this.lookAgain();
  }

  /** Something of the same page may be different: a list was turned, a slip came out. Says what is new. */
  lookAgain(): void {
    if (!this.#screen?.voice.headset) return;
    const before = new Set(this.#units.map(said));
    const here = this.#units[this.#at]?.element;
    const units = readableUnits(this.#root);
    this.#units = units;
    const stays = units.findIndex(({ element }) => element === here);
    this.#at = stays >= 0 ? stays : Math.min(this.#at, Math.max(0, units.length - 1));
    // While the whole page is being read, what comes further down is read when its turn is there.
    const news = units.filter((unit, place) => isNews(unit, before) && !(this.#goingOn && place > this.#at));
    const isSaying = this.#waiting.length > 0;
    this.#waiting.push(...news.flatMap((unit) => this.#turns(unit)));
    // What is being said is said to its end first.
    if (!isSaying) this.#saySome();
  }

  hears(message: HeadsetToPage): void {
    if (!this.#screen?.voice.headset) return;
    if (message.type === 'key') {
      this.press(message.key);
      return;
    }
    if (message.turn !== this.#turn || this.#waiting.length === 0) return;
    this.#waiting.shift();
    // Nobody hears it: then nothing more is asked to be said.
    if (!message.heard) {
      this.#waiting = [];
      this.#goingOn = false;
      return;
    }
    if (this.#waiting.length > 0) this.#saySome();
    else if (this.#goingOn && this.#at < this.#units.length - 1) this.#readFrom(this.#at + 1);
    else this.#goingOn = false;
  }

  press(key: HeadsetKeyName): void {
    if (!this.#screen?.voice.headset) return;
    const again = key === 'repeat' && this.#repeated;
    this.#repeated = key === 'repeat';
    if (key === 'next') this.#goTo(this.#at + 1);
    else if (key === 'previous') this.#goTo(this.#at - 1);
    else if (key === 'back') this.#toTheWayOut();
    else if (key === 'ok') this.#ok();
    else if (again) this.#readFrom(0);
    else this.#goTo(this.#at);
  }

  get #language(): Language {
    return this.#screen?.settings.language ?? 'zh';
  }

  get #words(): HeadsetWords {
    return tables[this.#language].headset;
  }

  #goTo(place: number): void {
    this.#goingOn = false;
    this.#units = readableUnits(this.#root);
    const count = this.#units.length;
    if (count === 0) return;
    const round = place >= count ? this.#words.top : place < 0 ? this.#words.bottom : undefined;
    this.#at = (place + count) % count;
    this.#sayUnit(round);
  }

  #readFrom(place: number): void {
    this.#goingOn = true;
    this.#at = Math.min(place, Math.max(0, this.#units.length - 1));
    this.#sayUnit();
  }

  #toTheWayOut(): void {
    this.#units = readableUnits(this.#root);
    const places = WAYS_BACK.map((way) => this.#units.findIndex(({ element }) => doesOf(element) === way));
    const place = places.find((one) => one >= 0);
    if (place === undefined) this.#sayWords(this.#words.noWayBack);
    else this.#goTo(place);
  }

  #ok(): void {
    this.#goingOn = false;
    const unit = this.#units[this.#at];
    const button = unit?.element instanceof HTMLButtonElement && unit.element.isConnected ? unit.element : undefined;
    if (!button) this.#sayWords(this.#words.noButton);
    else if (button.disabled) this.#sayUnit(this.#words.disabled);
    else button.click();
  }

  #sayUnit(before?: string): void {
    const unit = this.#units[this.#at];
    if (!unit) return;
    this.#mark(unit.element);
    this.#waiting = [...(before === undefined ? [] : [spokenParts(before, this.#language)]), ...this.#turns(unit)];
    this.#saySome();
  }

  #sayWords(words: string): void {
    this.#goingOn = false;
    this.#waiting = [spokenParts(words, this.#language)];
    this.#saySome();
  }

  #turns(unit: ReadableUnit): readonly (readonly SpokenPart[])[] {
    return turnsOf(unit, this.#language, this.#words);
  }

  #saySome(): void {
    const parts = this.#waiting[0];
    if (!parts || !this.#screen) return;
    this.#turn += 1;
    this.#say({ type: 'speak', screenId: this.#screen.id, turn: this.#turn, parts });
  }

  /** Where the ear is, for an eye that sees a little. */
  #mark(element: Element | undefined): void {
    for (const marked of this.#root.querySelectorAll('[data-heard]')) marked.removeAttribute('data-heard');
    element?.setAttribute('data-heard', 'now');
  }
}

function doesOf(element: Element): string | undefined {
  return element instanceof HTMLElement ? element.dataset['does'] : undefined;
}

function said({ text, state }: ReadableUnit): string {
  return `${text} ${String(state.pressed)} ${String(state.disabled)}`;
}

function isNews(unit: ReadableUnit, before: ReadonlySet<string>): boolean {
  return !unit.quiet && !before.has(said(unit));
}
