/**
 * What both forms of a camera's wire share: pieces of bytes in, whole frames out.
 *
 * One promise: the newest frame wins. A frame that came before anybody listened
 * is kept, one only; everything older is wiped, so nothing can pile up here.
 */
import { LinkListeners } from '../byte-link/link-listeners.ts';
import { type FrameSource, LinkLostError, type Unsubscribe } from '../ports.ts';

export class FrameFlow implements FrameSource {
  readonly #listeners = new LinkListeners();
  readonly #stop: () => Promise<void>;
  #newest: Uint8Array | undefined;
  #heard = false;

  /** @param stop ends what delivers the bytes */
  constructor(stop: () => Promise<void>) {
    this.#stop = stop;
  }

  /** Fires at the loss or the close. */
  get ended(): AbortSignal {
    return this.#listeners.ended;
  }

  deliver(jpeg: Uint8Array): void {
    if (this.ended.aborted) {
      // Nobody will ever listen: it is nobody's to keep.
      jpeg.fill(0);
      return;
    }
    if (this.#heard) {
      this.#listeners.deliver(jpeg);
      return;
    }
    this.#newest?.fill(0);
    this.#newest = jpeg;
  }

  lose(error: LinkLostError): void {
    this.#forget();
    this.#listeners.lose(error);
  }

  onFrame(listener: (jpeg: Uint8Array) => void): Unsubscribe {
    const unsubscribe = this.#listeners.onData(listener);
    this.#heard = true;
    const newest = this.#newest;
    this.#newest = undefined;
    if (newest) listener(newest);
    return () => {
      unsubscribe();
      this.#heard = false;
    };
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  async close(): Promise<void> {
    this.#forget();
    this.#listeners.close(new LinkLostError('the camera was closed by this side'));
    await this.#stop();
  }

  #forget(): void {
    this.#newest?.fill(0);
    this.#newest = undefined;
  }
}
