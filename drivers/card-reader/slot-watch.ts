/**
 * What every card slot transport has to remember for its listeners.
 *
 * One promise: a loss is told to each listener exactly once, also to one that
 * comes a moment too late, and after `close` nobody hears anything any more.
 */
import { LinkLostError, type SlotMedia, type Unsubscribe } from '../ports.ts';

export class SlotWatch {
  readonly #mediaListeners = new Set<(media: SlotMedia) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  #media: SlotMedia = { kind: 'notPresent' };
  #lost: LinkLostError | undefined;
  #closed = false;

  get media(): SlotMedia {
    return this.#media;
  }

  /** Why the slot can't be used any more, or `undefined` while it can. */
  get ended(): LinkLostError | undefined {
    return this.#closed ? new LinkLostError('the card slot was closed') : this.#lost;
  }

  /** Tells listeners only when something changed; the first value may be set before anyone listens. */
  setMedia(media: SlotMedia): void {
    if (this.ended || sameMedia(this.#media, media)) return;
    this.#media = media;
    for (const listener of [...this.#mediaListeners]) listener(media);
  }

  lose(error: LinkLostError): void {
    if (this.ended) return;
    this.#lost = error;
    this.#media = { kind: 'notPresent' };
    for (const listener of [...this.#lostListeners]) listener(error);
    this.#lostListeners.clear();
    this.#mediaListeners.clear();
  }

  close(): void {
    this.#closed = true;
    this.#media = { kind: 'notPresent' };
    this.#mediaListeners.clear();
    this.#lostListeners.clear();
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    this.#mediaListeners.add(listener);
    return () => this.#mediaListeners.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const lost = this.#lost;
    if (lost && !this.#closed) {
      queueMicrotask(() => listener(lost));
      return () => undefined;
    }
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }
}

function sameMedia(left: SlotMedia, right: SlotMedia): boolean {
  if (left.kind === 'present' && right.kind === 'present') {
    return left.atr.length === right.atr.length && left.atr.every((byte, at) => byte === right.atr[at]);
  }
  return left.kind === right.kind;
}
