/**
 * A face engine that is in memory only while faces are looked at.
 *
 * It is started once at the beginning, so that a missing model is known before
 * anybody stands there (a site may leave that to the first look); left alone for a while it is ended, and the next look
 * (or `prepare`) starts it again. One promise: whoever uses it sees one engine;
 * only a start that fails, and an end that nobody ordered, are losses.
 */
import { abortable } from '../card-reader/abortable.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import type { Examined, ExamineWants, PictureBytes, TemplateHandle } from './face-engine.ts';
import { MODEL_MANIFEST_ID } from './model-table.ts';
import type { StartedEngine } from './on-device-biometric.ts';

export interface RestingEngineOptions {
  /** Starts one engine, e.g. `() => new EngineProcess({ clock })`. */
  readonly start: () => StartedEngine;
  readonly clock: Clock;
  /** Without a call for this long it rests, ms. Default: three minutes; a check takes at most one. */
  readonly restAfterMs?: number;
  /** `whenNeeded`: nothing is started before the first look. Default: `atStart`. */
  readonly load?: 'atStart' | 'whenNeeded';
  /** It rests, or is closed: a spare has nothing to wait for. */
  readonly rested?: () => void;
}

const USUAL_REST_MS = 180_000;
/** As long as a first start may take on a small board, ms. */
const START_MS = 20_000;

interface Awake {
  readonly engine: StartedEngine;
  readonly ready: Promise<string>;
}

export class RestingEngine implements StartedEngine {
  readonly #options: RestingEngineOptions;
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #awake: Awake | undefined;
  #cancelRest: Unsubscribe = () => undefined;
  #ended: LinkLostError | undefined;

  constructor(options: RestingEngineOptions) {
    this.#options = options;
  }

  get resting(): boolean {
    return this.#awake === undefined;
  }

  async started(signal: AbortSignal): Promise<string> {
    if (this.#options.load === 'whenNeeded') return MODEL_MANIFEST_ID;
    const { engine } = this.#wake();
    const manifest = await engine.started(signal);
    this.#restLater();
    return manifest;
  }

  /** Somebody may be looked at soon. Never rejects. */
  prepare(): void {
    if (!this.#ended) this.#wake();
  }

  async examine(picture: PictureBytes, wants: ExamineWants, signal: AbortSignal): Promise<Examined> {
    if (this.#ended) throw this.#ended;
    const { engine, ready } = this.#wake();
    await abortable(ready, signal);
    return engine.examine(picture, wants, signal).finally(() => this.#restLater());
  }

  compare(one: TemplateHandle, other: TemplateHandle, signal: AbortSignal): Promise<number> {
    if (!this.#awake) return Promise.reject(this.#ended ?? new LinkLostError('the face engine has forgotten this'));
    return this.#awake.engine.compare(one, other, signal);
  }

  /** An engine that rests has forgotten everything. */
  async forget(handles: readonly TemplateHandle[] | 'all'): Promise<void> {
    await this.#awake?.engine.forget(handles);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const ended = this.#ended;
    if (ended) queueMicrotask(() => listener(ended));
    else this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  async close(): Promise<void> {
    this.#lost.clear();
    this.#ended ??= new LinkLostError('the face engine was closed');
    this.#cancelRest();
    const awake = this.#awake;
    this.#awake = undefined;
    this.#options.rested?.();
    await awake?.engine.close();
  }

  #wake(): Awake {
    if (this.#awake) {
      this.#restLater();
      return this.#awake;
    }
    const engine = this.#options.start();
    const limit = new AbortController();
    const stopWaiting = this.#options.clock.timer(START_MS, () => limit.abort(new LinkLostError('it did not start')));
    const ready = engine.started(limit.signal).finally(stopWaiting);
    ready.catch(() => undefined);
    const awake: Awake = { engine, ready };
    this.#awake = awake;
    engine.onLost((error) => this.#onLost(awake, error));
    this.#restLater();
    return awake;
  }

  #restLater(): void {
    this.#cancelRest();
    if (!this.#awake || this.#ended) return;
    this.#cancelRest = this.#options.clock.timer(this.#options.restAfterMs ?? USUAL_REST_MS, () => {
      const awake = this.#awake;
      this.#awake = undefined;
      this.#options.rested?.();
      awake?.engine.close().catch(() => undefined);
    });
  }

  #onLost(awake: Awake, error: LinkLostError): void {
    if (this.#awake !== awake || this.#ended) return;
    this.#awake = undefined;
    this.#ended = error;
    this.#cancelRest();
    for (const listener of [...this.#lost]) listener(error);
    this.#lost.clear();
  }
}
