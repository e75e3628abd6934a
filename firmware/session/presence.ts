/**
 * Whether somebody stands in front of the kiosk, and since when nobody does.
 *
 * One promise: only a sensor that says so makes anybody gone. One that is broken or
 * away is `unknown`; one that says `gone` while a finger is on the screen is not
 * believed until it has said `here` again.
 */
import type { Cabinet } from '../../drivers/cabinet/cabinet.ts';
import type { Clock, Unsubscribe } from '../ports.ts';

export type PresenceWord = 'here' | 'gone' | 'unknown';

/** What the kiosk is told of its sensor. */
export interface PresenceSensor {
  now(): PresenceWord;
  onChanged(listener: (word: PresenceWord) => void): Unsubscribe;
}

/** A kiosk without a sensor: nobody is refused or covered for being away. */
export const noPresenceSensor: PresenceSensor = { now: () => 'unknown', onChanged: () => () => undefined };

/** XFS4IoT `proximitySensor` of the cabinet. */
export function cabinetPresence(cabinet: Pick<Cabinet, 'status' | 'onCabinetEvent'>): PresenceSensor {
  const now = (): PresenceWord => {
    const { proximitySensor } = cabinet.status();
    return proximitySensor === 'present' ? 'here' : proximitySensor === 'notPresent' ? 'gone' : 'unknown';
  };
  return {
    now,
    onChanged: (listener) =>
      cabinet.onCabinetEvent(({ changed }) => {
        if (changed.proximitySensor !== undefined) listener(now());
      }),
  };
}

interface Waiting {
  readonly ms: number;
  readonly left: () => void;
  cancel: Unsubscribe;
}

/** The sensor's story, for as long as the kiosk runs. */
export class Presence {
  readonly #sensor: PresenceSensor;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  /** Nobody has been there since, monotonic ms. */
  #goneSinceMs: number | undefined;

  constructor(sensor: PresenceSensor, clock: Clock) {
    this.#sensor = sensor;
    this.#clock = clock;
    sensor.onChanged((word) => this.#hears(word));
    this.#hears(sensor.now());
  }

  /** The sensor's own word. */
  now(): PresenceWord {
    return this.#sensor.now();
  }

  /** Every change of the sensor's own word. */
  onChanged(listener: (word: PresenceWord) => void): Unsubscribe {
    return this.#sensor.onChanged(listener);
  }

  /** Calls `left` once, when nobody has been there for `ms`; the time before this call counts. */
  whenLeftFor(ms: number, left: () => void): Unsubscribe {
    const waiting: Waiting = { ms, left, cancel: () => undefined };
    this.#waiting.add(waiting);
    this.#count(waiting);
    return () => {
      waiting.cancel();
      this.#waiting.delete(waiting);
    };
  }

  /** Somebody touched the screen, so somebody is there, whatever the sensor says. */
  touched(): void {
    if (this.#goneSinceMs === undefined) return;
    this.#hears('unknown');
  }

  #hears(word: PresenceWord): void {
    this.#goneSinceMs = word === 'gone' ? this.#clock.monotonicMs() : undefined;
    for (const waiting of this.#waiting) this.#count(waiting);
  }

  #count(waiting: Waiting): void {
    waiting.cancel();
    waiting.cancel = () => undefined;
    if (this.#goneSinceMs === undefined) return;
    const dueMs = Math.max(0, this.#goneSinceMs + waiting.ms - this.#clock.monotonicMs());
    waiting.cancel = this.#clock.timer(dueMs, () => {
      this.#waiting.delete(waiting);
      waiting.left();
    });
  }
}
