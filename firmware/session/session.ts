/**
 * One patient at the kiosk, from the first touch to the wiped screen.
 *
 * A journey asks through its session and reads like the patient's way; time-out,
 * cancel and help are answered here once for all screens. One promise: when a
 * session has ended, `ask` never resolves again and its signal is aborted.
 */
import type { Unsubscribe } from '../ports.ts';
import type { TimerPair } from '../region/profile.ts';
import type { ActingFor, Language, ScreenBody, TextSize } from '../screen/messages.ts';
import { type Act, scanned } from './act.ts';
import { HelpOffer } from './help-offer.ts';
import { showHelp } from './help-page.ts';
import { endOfLeaving, type Outcome, type Question, USUAL_LEFT, USUAL_LEFT_WARNING } from './question.ts';
import { type SessionEnd, SessionOver, type SessionParts } from './session-parts.ts';

export { type SessionEnd, SessionOver, type SessionParts, type SessionScreen } from './session-parts.ts';

/** Who hears the page cannot be quicker than its sentence: the shortest time of any page with a headset, ms. */
const LEAST_FOR_EARS_MS = 6_000;

export class Session {
  readonly id: string;
  readonly #parts: SessionParts;
  readonly #over = new AbortController();
  readonly #unsubscribe: Unsubscribe[] = [];
  #listener: ((act: Act) => void) | undefined;
  #body: ScreenBody | undefined;
  #limit: { readonly wholeMs: number; readonly endsAtMs: number } | undefined;
  #screenId = '';
  #cardRead = false;
  #maskedProxy: string | undefined;
  readonly helpOffer: HelpOffer;

  constructor(parts: SessionParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.helpOffer = new HelpOffer(parts.screen, parts.clock);
    this.#unsubscribe.push(
      parts.screen.onIntent((screenId, intent) => {
        parts.presence.touched();
        if (screenId === this.#screenId) this.#listener?.({ kind: 'intent', intent });
      }),
    );
    const card = parts.cardReader?.onCardEvent(({ event }) => {
      if (event === 'mediaRemoved') this.#refreshCardHint();
      this.#listener?.({ kind: 'card', event });
    });
    const scanner = parts.scanner?.onScannerEvent((event) => this.#listener?.(scanned(event)));
    const idCard = parts.idCardReader?.onCardEvent(({ event }) => this.#listener?.({ kind: 'idCard', event }));
    const button = parts.onHelpButton?.(() => this.#listener?.({ kind: 'intent', intent: { do: 'help' } }));
    this.#unsubscribe.push(...[button, idCard, card, scanner].filter((stop) => stop !== undefined));
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** The language that the patient reads now; paper carries it beside the Chinese. */
  get language(): Language {
    return this.#parts.screen.settings.language;
  }

  /** The size that the patient reads now; paper follows it (特大凭条). */
  get textSize(): TextSize {
    return this.#parts.screen.settings.textSize;
  }

  /** The card has given what it had: every screen from now on asks to take it out. */
  cardMayLeave(): void {
    this.#cardRead = true;
  }

  /** 代办人, masked, once one acts for the patient. */
  get maskedProxy(): string | undefined {
    return this.#maskedProxy;
  }

  /** From here on every page says who does it for whom (Y4-12b). */
  actFor(both: ActingFor): void {
    this.#maskedProxy = both.maskedProxy;
    this.#parts.screen.actFor?.(both);
  }

  /** Large print, and with it the longer times, for who did not choose a size; the end of the session takes it back. */
  proposeLargePrint(): void {
    this.#parts.screen.proposeTextSize('large');
  }

  /** Shows a screen that nothing is asked on. */
  show(body: ScreenBody): void {
    this.#throwIfOver();
    this.#push(body, undefined);
  }

  /** Shows a screen and waits for one answer. @throws SessionOver */
  async ask<Answer>(body: ScreenBody, question: Question<Answer>): Promise<Answer> {
    for (;;) {
      const result = await this.#askOnce(body, question);
      if (result.kind === 'answer') return result.answer;
      if (result.kind === 'help') await this.helpPage(question.until);
      else if (result.kind === 'prices') await this.#parts.showPrices?.(this, 'page');
      else {
        const stays = await this.#stillThere(result.kind);
        if (stays.kind === 'help') await this.helpPage(question.until);
        if (stays.kind === 'answer' && stays.answer === 'gone') {
          if (endOfLeaving(question) === 'afterwards' && typeof question.patience === 'object') {
            return question.patience.afterwards;
          }
          this.end('timeOut');
        }
      }
      this.#throwIfOver();
    }
  }

  /** Covers the page: nothing of the person can be read until somebody touches it. */
  #stillThere(why: 'idle' | 'left'): Promise<Outcome<'here' | 'gone'>> {
    const { idleWarning, leftWarning = USUAL_LEFT_WARNING } = this.#parts.timers;
    return this.#askOnce<'here' | 'gone'>(
      { name: 'S-STILL-THERE' },
      {
        // 不做了 on the warning is an answer to the warning: the session ends.
        accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? 'here' : undefined),
        patience: { timer: why === 'idle' ? idleWarning : leftWarning, afterwards: 'gone' },
        whenLeft: 'stays',
      },
    );
  }

  /** Ends the session from within its journey: nothing after this line is done. @throws SessionOver */
  leave(end: SessionEnd): never {
    this.end(end);
    throw this.signal.reason;
  }

  end(end: SessionEnd): void {
    if (this.signal.aborted) return;
    this.#over.abort(new SessionOver(end));
    for (const stop of this.#unsubscribe) stop();
    this.helpOffer.close();
    this.#listener = undefined;
  }

  /**
   * S-HELP, with the call to the guide desk as it goes on. It stays as long as the idle limit, then the journey's own
   * page counts on; `until`, what the journey waits for, ends it at once. @throws SessionOver
   */
  async helpPage(until?: Promise<unknown>): Promise<void> {
    const body = this.#body;
    const staffCode = body && 'staffCode' in body ? body.staffCode : '';
    const call = this.#parts.callHelp?.({ screen: body?.name ?? 'S-HOME', staffCode });
    await showHelp(call, { until, idle: this.#parts.timers.idle }, (helping, question) =>
      this.#askOnce(helping, question),
    );
  }

  #askOnce<Answer>(body: ScreenBody, question: Question<Answer>): Promise<Outcome<Answer>> {
    this.#throwIfOver();
    return new Promise((resolve, reject) => {
      const patience = question.patience ?? 'idle';
      const wholeMs =
        patience === 'never' ? undefined : this.#length(patience === 'idle' ? this.#parts.timers.idle : patience.timer);
      let cancelTimer: Unsubscribe = () => undefined;
      let stopWatching: Unsubscribe = () => undefined;
      let stopHearing: Unsubscribe = () => undefined;
      let left = false;
      const leave = (settle: () => void): void => {
        // What was waited for may come after the patient has gone on: it must not touch the next question.
        if (left) return;
        left = true;
        cancelTimer();
        stopWatching();
        stopHearing();
        this.#listener = undefined;
        this.signal.removeEventListener('abort', onOver);
        settle();
      };
      const onOver = (): void => leave(() => reject(this.signal.reason));
      this.signal.addEventListener('abort', onOver);
      const count = (): void => {
        cancelTimer();
        if (wholeMs === undefined) return;
        cancelTimer = this.#parts.clock.timer(wholeMs, () =>
          leave(() =>
            resolve(typeof patience === 'object' ? { kind: 'answer', answer: patience.afterwards } : { kind: 'idle' }),
          ),
        );
      };
      count();
      this.helpOffer.asked(patience === 'never');
      this.#listener = (act) => {
        this.helpOffer.acted(patience === 'never');
        const answer = question.accept(act);
        if (answer !== undefined) return leave(() => resolve({ kind: 'answer', answer }));
        if (act.kind !== 'intent') return;
        if (act.intent.do === 'help') return leave(() => resolve({ kind: 'help' }));
        if (act.intent.do === 'prices' && this.#parts.showPrices) return leave(() => resolve({ kind: 'prices' }));
        if (act.intent.do === 'cancel' && (patience !== 'never' || question.mayLeave)) this.end('canceled');
      };
      question.until?.then(
        (answer) => leave(() => resolve({ kind: 'answer', answer })),
        (error: unknown) => leave(() => reject(error)),
      );
      this.#push(body, wholeMs, question.goesOn && this.#screenId);
      // Nobody is hurried while the page is still being read to them.
      stopHearing = this.#parts.screen.onAttended(() => {
        if (wholeMs === undefined) return;
        count();
        this.#push(body, wholeMs, this.#screenId);
      });
      if (endOfLeaving(question) !== 'stays') {
        const { presence, timers } = this.#parts;
        const leftMs = this.#length(timers.left ?? USUAL_LEFT);
        stopWatching = presence.whenLeftFor(leftMs, () => leave(() => resolve({ kind: 'left' })));
      }
    });
  }

  #push(body: ScreenBody, wholeMs: number | undefined, continuing?: string): void {
    this.#body = body;
    this.#limit = wholeMs === undefined ? undefined : { wholeMs, endsAtMs: this.#parts.clock.monotonicMs() + wholeMs };
    this.#draw(body, continuing);
  }

  #draw(body: ScreenBody, continuing?: string): void {
    const limit = this.#limit;
    const hinted = 'removeCard' in body ? { ...body, removeCard: this.#mustLeave() } : body;
    const leftMs = limit && Math.max(0, limit.endsAtMs - this.#parts.clock.monotonicMs());
    this.#screenId = this.#parts.screen.show(
      hinted,
      limit && leftMs !== undefined ? { leftMs, wholeMs: limit.wholeMs } : undefined,
      continuing,
    );
  }

  #refreshCardHint(): void {
    if (!this.#body || !('removeCard' in this.#body) || !this.#cardRead || this.signal.aborted) return;
    // The same question with the time that is left of it.
    this.#draw(this.#body, this.#screenId);
  }

  #mustLeave(): boolean {
    return this.#cardRead && this.#parts.cardReader?.media === 'present';
  }

  #length(pair: TimerPair): number {
    const { settings, voice } = this.#parts.screen;
    if (voice.headset) return Math.max(pair.elderlyMs, LEAST_FOR_EARS_MS);
    return settings.textSize === 'standard' ? pair.standardMs : pair.elderlyMs;
  }

  #throwIfOver(): void {
    if (this.signal.aborted) throw this.signal.reason;
  }
}
