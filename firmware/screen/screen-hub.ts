/**
 * The one current screen, and who looks at it.
 *
 * Every subscriber gets the whole current screen at once and after every change,
 * so a page that was killed resumes where the session stands. One promise: an
 * intent reaches the session only if it was offered by the screen that is current
 * at that moment. Needs no socket and sets no timer (`clock` only tells how much
 * of a deadline is left), so it runs in virtual time as it is.
 */
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';
import { isLookIntent, type LookIntent, lookedAt, same, USUAL_LOOK } from './looks.ts';
import type { FromPage, HelpLine, Intent, Screen, ScreenBody, ScreenSettings, TextSize, ToPage } from './messages.ts';
import { BEFORE_PAYING, offers } from './offered-intents.ts';
import type {
  Aside,
  DrawnListener,
  IntentListener,
  PageConnection,
  ScreenDeadline,
  ScreenHubOptions,
  Shown,
  SpeakListener,
} from './screen-hub-parts.ts';
import type { ActingFor } from './screen-parts.ts';
import type { HeadsetToPage } from './spoken-unit.ts';
import { isVoiceIntent, VoiceChoice, type VoiceOnScreen } from './voice-choice.ts';

export type { PageConnection, ScreenDeadline, ScreenHubOptions } from './screen-hub-parts.ts';

export class ScreenHub {
  readonly #clock: Clock;
  readonly #help: HelpLine;
  readonly #pages = new Set<(message: ToPage) => void>();
  readonly #intentListeners = new Set<IntentListener>();
  readonly #drawnListeners = new Set<DrawnListener>();
  readonly #speakListeners = new Set<SpeakListener>();
  readonly #attendedListeners = new Set<() => void>();
  readonly #voice = new VoiceChoice();
  #settings = USUAL_LOOK;
  #textSizeChosen = false;
  #shown: Shown | undefined;
  #aside: Aside = { actingFor: undefined, prices: false, helpOffered: false };
  #count = 0;
  #pushing = 0;

  constructor({ clock, help }: ScreenHubOptions) {
    this.#clock = clock;
    this.#help = help;
  }

  get settings(): ScreenSettings {
    return this.#settings;
  }

  /** The whole current screen with what is left of its deadline now; `undefined` before the first `show`. */
  get current(): Screen | undefined {
    return this.#shown && this.#asScreen(this.#shown);
  }

  /**
   * Replaces the screen and answers its id, a new one: intents for earlier ids are refused from here on. `continuing`:
   * the id of the screen whose question this one goes on with; it is kept, so a finger that is down keeps its button.
   */
  show(body: ScreenBody, deadline?: ScreenDeadline, continuing?: string): string {
    const before = this.#shown;
    const goesOn = before !== undefined && before.id === continuing && before.body.name === body.name;
    if (!goesOn) this.#count += 1;
    const endsAtMs = this.#clock.monotonicMs() + (deadline?.leftMs ?? 0);
    this.#shown = {
      id: goesOn ? before.id : `scr_${this.#count}`,
      body,
      deadline: deadline && { endsAtMs, wholeMs: deadline.wholeMs },
    };
    this.#pushAll();
    return this.#shown.id;
  }

  /** Looks never come through here: they are the hub's own. */
  onIntent(listener: IntentListener): Unsubscribe {
    this.#intentListeners.add(listener);
    return () => this.#intentListeners.delete(listener);
  }

  /** A page has the named screen in its DOM (start-up marks, measurements). */
  onDrawn(listener: DrawnListener): Unsubscribe {
    this.#drawnListeners.add(listener);
    return () => this.#drawnListeners.delete(listener);
  }

  get voice(): VoiceOnScreen {
    return this.#voice.onScreen(this.#settings.textSize);
  }

  /** The page wants the current screen, or some of it, read into the headset. */
  onSpeak(listener: SpeakListener): Unsubscribe {
    this.#speakListeners.add(listener);
    return () => this.#speakListeners.delete(listener);
  }

  /** Somebody listens or has pressed a key: whoever counts how long nobody does anything begins anew. */
  onAttended(listener: () => void): Unsubscribe {
    this.#attendedListeners.add(listener);
    return () => this.#attendedListeners.delete(listener);
  }

  attended(): void {
    for (const listener of [...this.#attendedListeners]) listener();
  }

  /** To every page that is open. */
  tell(message: HeadsetToPage): void {
    for (const page of [...this.#pages]) this.#push(page, message);
  }

  /** Which dialect is offered, and whether a headset is in. */
  hears({ dialect, headset }: { readonly dialect?: VoiceOnScreen['dialect']; readonly headset?: boolean }): void {
    if (dialect) this.#voice.offer(dialect);
    if (dialect || (headset !== undefined && this.#voice.plugged(headset))) this.#pushAll();
  }

  /** Large print for someone known to be 60 or older (4.2); never against the patient's own choice. */
  proposeTextSize(textSize: TextSize): void {
    if (!this.#textSizeChosen) this.#change({ ...this.#settings, textSize });
  }

  /** There are published prices to look at, or there are none. */
  offerPrices(there: boolean): void {
    this.#asideIs({ prices: there });
  }

  /** 亲友代办: who does it for whom, on every page until the session is over. */
  actFor(both: ActingFor | undefined): void {
    this.#asideIs({ actingFor: both });
  }

  /** 关爱版: whoever hesitates is asked whether somebody should come. */
  offerHelp(offered: boolean): void {
    this.#asideIs({ helpOffered: offered });
  }

  /** The session is over: the next person starts from the standard. */
  resetSettings(): void {
    this.#asideIs({ actingFor: undefined, helpOffered: false });
    this.#textSizeChosen = false;
    this.#voice.reset();
    this.#change(USUAL_LOOK);
  }

  connect(listener: (message: ToPage) => void): PageConnection {
    // A fresh function per connection: the same listener may look twice.
    const page = (message: ToPage): void => listener(message);
    this.#pages.add(page);
    if (this.#shown) this.#push(page, { type: 'screen', screen: this.#asScreen(this.#shown) });
    return {
      send: (message) => {
        if (this.#pages.has(page)) this.#receive(page, message);
      },
      close: () => {
        this.#pages.delete(page);
      },
    };
  }

  #receive(page: (message: ToPage) => void, message: FromPage): void {
    // Whoever answers inside its own push would be heard before `show` has told the session the id.
    if (this.#pushing > 0) {
      queueMicrotask(() => {
        if (this.#pages.has(page)) this.#receive(page, message);
      });
      return;
    }
    if (message.type === 'drawn') {
      for (const listener of this.#drawnListeners) listener(message.screenId);
      return;
    }
    if (message.type === 'speak') {
      for (const listener of this.#speakListeners) listener(message, (answer) => this.#push(page, answer));
      return;
    }
    const shown = this.#shown;
    if (!shown || message.screenId !== shown.id || !this.#offers(shown.body, message.intent)) {
      this.#push(page, { type: 'refused', screenId: message.screenId });
      if (shown) this.#push(page, { type: 'screen', screen: this.#asScreen(shown) });
      return;
    }
    const { intent } = message;
    if (isLookIntent(intent)) this.#chooseLook(intent);
    else if (isVoiceIntent(intent)) {
      if (this.#voice.choose(intent)) this.#pushAll();
    } else for (const listener of this.#intentListeners) listener(shown.id, intent);
  }

  #offers(body: ScreenBody, intent: Intent): boolean {
    return offers(body, intent) && (intent.do !== 'prices' || this.#aside.prices);
  }

  #chooseLook(intent: LookIntent): void {
    const sizeChosen = this.#textSizeChosen;
    if (intent.do === 'setTextSize') this.#textSizeChosen = true;
    this.#change(lookedAt(this.#settings, intent, sizeChosen));
  }

  /** The same screen in other clothes keeps its id: a touch under way still means what it meant. */
  #change(settings: ScreenSettings): void {
    if (same(settings, this.#settings)) return;
    this.#settings = settings;
    this.#pushAll();
  }

  #asideIs(now: Partial<Aside>): void {
    const before = this.#aside;
    this.#aside = { ...before, ...now };
    if (!same(before, this.#aside)) this.#pushAll();
  }

  #pushAll(): void {
    if (!this.#shown) return;
    const message: ToPage = { type: 'screen', screen: this.#asScreen(this.#shown) };
    for (const page of [...this.#pages]) this.#push(page, message);
  }

  #push(page: (message: ToPage) => void, message: ToPage): void {
    this.#pushing += 1;
    try {
      page(message);
    } finally {
      this.#pushing -= 1;
    }
  }

  #asScreen(shown: Shown): Screen {
    const { id, body, deadline } = shown;
    const { actingFor, helpOffered, prices } = this.#aside;
    const leftMs = deadline ? Math.max(0, deadline.endsAtMs - this.#clock.monotonicMs()) : 0;
    return {
      id,
      settings: this.#settings,
      voice: this.voice,
      help: this.#help,
      ...(actingFor && { actingFor }),
      ...(helpOffered && { helpOffered }),
      prices: prices && BEFORE_PAYING.has(body.name),
      deadline: deadline && { leftMs, wholeMs: deadline.wholeMs },
      body,
    };
  }
}
