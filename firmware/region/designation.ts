/**
 * Whether this institution is designated (定点) at this moment, as the platform says it.
 *
 * The sign, and the insurance path on the home screen, hang on it (SZ-75, Z-8.2.2.1).
 * One promise: without a fresh "active" from the platform the sign stays dark.
 */
import type { InsurancePlatform } from '../insurance/insurance-platform.ts';
import type { PlatformCalendar } from '../insurance/platform-calendar.ts';
import type { Clock, Unsubscribe } from '../ports.ts';

const CHECK_EVERY_MS = 60_000;

export class Designation {
  readonly #insurance: Pick<InsurancePlatform, 'institutionStanding'>;
  readonly #clock: Clock;
  readonly #calendar: Pick<PlatformCalendar, 'wrong' | 'onTurned'>;
  readonly #listeners = new Set<() => void>();
  #active = false;
  #stopTimer: Unsubscribe = () => undefined;

  constructor(
    insurance: Pick<InsurancePlatform, 'institutionStanding'>,
    clock: Clock,
    calendar: Pick<PlatformCalendar, 'wrong' | 'onTurned'>,
  ) {
    this.#insurance = insurance;
    this.#clock = clock;
    this.#calendar = calendar;
    calendar.onTurned(() => this.#tell());
  }

  get active(): boolean {
    return this.#active;
  }

  /** As far as is known before anybody comes: designated, and the calendars are together. */
  get insuranceOpen(): boolean {
    return this.#active && !this.#calendar.wrong;
  }

  /** Sign or insurance path. */
  onChanged(listener: () => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks now and then once a minute; resolves after the first answer. */
  async watch(): Promise<void> {
    this.#stopTimer = this.#clock.timer(CHECK_EVERY_MS, () => {
      this.watch().catch(() => undefined);
    });
    const answer = await this.#insurance.institutionStanding();
    const active = answer.outcome === 'ok' && answer.value === 'active';
    if (active === this.#active) return;
    this.#active = active;
    this.#tell();
  }

  close(): void {
    this.#stopTimer();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
