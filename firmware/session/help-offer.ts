/**
 * 关爱版: help that is offered by itself, after two things that went wrong or twenty seconds without an act (4.12).
 *
 * One promise: it is offered beside the page and never over it, and not while money moves: nobody is to walk away then.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { ScreenSettings } from '../screen/looks.ts';

const WITHOUT_ACT_MS = 20_000;
const ERRORS = 2;

export interface OfferedOn {
  readonly settings: Pick<ScreenSettings, 'home'>;
  /** Missing where no page has a place for it. */
  offerHelp?(offered: boolean): void;
}

export class HelpOffer {
  readonly #screen: OfferedOn;
  readonly #clock: Clock;
  #errors = 0;
  #stopTimer: Unsubscribe = () => undefined;

  constructor(screen: OfferedOn, clock: Clock) {
    this.#screen = screen;
    this.#clock = clock;
  }

  /** A page asks something. `moneyMoves`: it is to be waited for. */
  asked(moneyMoves: boolean): void {
    this.#stopTimer();
    this.#offer(this.#errors >= ERRORS && !moneyMoves);
    if (!moneyMoves) this.#stopTimer = this.#clock.timer(WITHOUT_ACT_MS, () => this.#offer(true));
  }

  /** Somebody did something; time counts anew. */
  acted(moneyMoves: boolean): void {
    this.asked(moneyMoves);
  }

  /** A card that was not read, a code that was none. */
  wentWrong(): void {
    this.#errors += 1;
    if (this.#errors >= ERRORS) this.#offer(true);
  }

  close(): void {
    this.#stopTimer();
    this.#screen.offerHelp?.(false);
  }

  #offer(offered: boolean): void {
    this.#screen.offerHelp?.(offered && this.#screen.settings.home === 'care');
  }
}
