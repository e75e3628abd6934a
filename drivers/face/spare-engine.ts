/**
 * A second face engine that is loaded and waits, so that one that is lost has its successor at once.
 *
 * It is there only while faces are looked at: loaded a moment after the first one was taken, ended when that one rests.
 * One promise: it never sees a picture before it is taken, and there is never more than one.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import type { StartedEngine } from './on-device-biometric.ts';

export interface SpareEngineOptions {
  /** Starts one engine, e.g. `() => new EngineProcess({ clock })`. */
  readonly start: () => StartedEngine;
  readonly clock: Clock;
}

const NEVER = new AbortController().signal;
/** After the engine that was taken is loaded: two at once would take twice as long, ms. */
const LOADS_AFTER_MS = 2_000;
/** Longer than anybody is looked at; a spare that nobody rests or takes ends by itself, ms. */
const LONGEST_LIFE_MS = 600_000;

export class SpareEngine {
  readonly #options: SpareEngineOptions;
  #spare: StartedEngine | undefined;
  /** The last one that was taken, until it rests. */
  #taken: StartedEngine | undefined;
  #cancelTimer: Unsubscribe = () => undefined;

  constructor(options: SpareEngineOptions) {
    this.#options = options;
  }

  /** The one that waits, or a new one; another is loaded behind it. */
  take(): StartedEngine {
    const taken = this.#spare ?? this.#options.start();
    this.#spare = undefined;
    this.#cancelTimer();
    this.#taken = taken;
    taken.started(NEVER).then(
      () => {
        if (this.#taken === taken) this.#cancelTimer = this.#options.clock.timer(LOADS_AFTER_MS, () => this.#load());
      },
      // Whoever took it hears that, too.
      () => undefined,
    );
    return taken;
  }

  /** Nobody is looked at for now. */
  rest(): void {
    this.#cancelTimer();
    this.#taken = undefined;
    const spare = this.#spare;
    this.#spare = undefined;
    spare?.close().catch(() => undefined);
  }

  #load(): void {
    const spare = this.#options.start();
    this.#spare = spare;
    this.#cancelTimer = this.#options.clock.timer(LONGEST_LIFE_MS, () => this.rest());
    // A spare that dies while it waits is no loss; the next one that is taken starts anew.
    spare.onLost(() => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }
}
