/**
 * Opens a device and opens it again, for as long as the kiosk lives.
 *
 * It alone backs off (reset after success) and it rebuilds the whole context,
 * not only a handle: `open` must make everything anew. One promise: a lost
 * device is a state that passes, never an error that someone must catch.
 */
import type { DeviceState, LastFault } from './device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from './ports.ts';

/**
 * The device is there and is the wrong thing, or set up wrongly: only a person can help. Its message says what to do.
 * The state is `hardwareError` until another one is plugged in or this one changes.
 */
export class UnfitDeviceError extends Error {
  override readonly name = 'UnfitDeviceError';
}

/** What a successful open hands over; `lost` must be called once when the link goes. */
export interface Opened<Link> {
  readonly link: Link;
  readonly onLost: (listener: (error: LinkLostError) => void) => Unsubscribe;
  readonly close: () => Promise<void>;
}

export interface SupervisorOptions<Link> {
  readonly clock: Clock;
  /** One attempt, everything new. Rejects with `LinkLostError` when nothing is there, `UnfitDeviceError` for the wrong thing. */
  readonly open: (signal: AbortSignal) => Promise<Opened<Link>>;
  /** The link works; runs before the state becomes `online`. A rejection counts as a lost link. */
  readonly ready: (link: Link, signal: AbortSignal) => Promise<void>;
  /** The link is gone: forget everything that belonged to it. */
  readonly lost: () => void;
  /** Whole attempt, open and ready, ms. */
  readonly openTimeoutMs?: number;
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
}

const DETAIL_LIMIT = 200;

export class Supervisor<Link> {
  readonly #options: SupervisorOptions<Link>;
  readonly #listeners = new Set<(state: DeviceState) => void>();
  #state: DeviceState = 'starting';
  #lastFault: LastFault | undefined;
  #opened: Opened<Link> | undefined;
  #retryMs: number;
  #cancelRetry: Unsubscribe | undefined;
  #attempt: AbortController | undefined;
  #closed = false;

  constructor(options: SupervisorOptions<Link>) {
    this.#options = options;
    this.#retryMs = options.firstRetryMs ?? 250;
  }

  get state(): DeviceState {
    return this.#state;
  }

  get lastFault(): LastFault | undefined {
    return this.#lastFault;
  }

  /** The open link, or `undefined` while there is none. */
  get link(): Link | undefined {
    return this.#state === 'online' ? this.#opened?.link : undefined;
  }

  start(): void {
    this.#tryOpen().catch((error: unknown) => this.#failedAttempt(error));
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The driver saw that the link is useless (garbage, no answers): throw it away and open anew. */
  async restart(why: string): Promise<void> {
    const opened = this.#opened;
    if (!opened) return;
    this.#onLost(opened, new LinkLostError(why));
    await opened.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#attempt?.abort(new LinkLostError('closing'));
    const opened = this.#opened;
    this.#opened = undefined;
    this.#setState('offline');
    this.#options.lost();
    await opened?.close();
  }

  async #tryOpen(): Promise<void> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    const cancelDeadline = this.#options.clock.timer(this.#options.openTimeoutMs ?? 5_000, () =>
      attempt.abort(new LinkLostError('opening took too long')),
    );
    try {
      const opened = await this.#options.open(attempt.signal);
      if (this.#closed) {
        await opened.close();
        return;
      }
      this.#opened = opened;
      opened.onLost((error) => this.#onLost(opened, error));
      await this.#options.ready(opened.link, attempt.signal);
      if (this.#opened !== opened) return;
      this.#retryMs = this.#options.firstRetryMs ?? 250;
      this.#lastFault = undefined;
      this.#setState('online');
    } finally {
      cancelDeadline();
    }
  }

  #failedAttempt(error: unknown): void {
    if (this.#closed) return;
    const opened = this.#opened;
    if (opened) {
      this.#opened = undefined;
      this.#options.lost();
      opened.close().catch(() => undefined);
    }
    this.#noteFault(error);
    this.#setState(error instanceof UnfitDeviceError ? 'hardwareError' : 'powerOff');
    this.#retryLater();
  }

  #onLost(opened: Opened<Link>, error: LinkLostError): void {
    if (this.#closed || this.#opened !== opened) return;
    this.#opened = undefined;
    this.#attempt?.abort(error);
    this.#noteFault(error);
    this.#setState('powerOff');
    this.#options.lost();
    this.#retryLater();
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    const delayMs = this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, this.#options.longestRetryMs ?? 5_000);
    this.#cancelRetry = this.#options.clock.timer(delayMs, () => this.start());
  }

  #noteFault(error: unknown): void {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, DETAIL_LIMIT);
    const fault = error instanceof UnfitDeviceError ? 'hardwareError' : 'deviceNotReady';
    this.#lastFault = { fault, detail, atWallMs: this.#options.clock.wallMs() };
  }

  #setState(state: DeviceState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
