/**
 * The second screen's page as a loudspeaker: it fetches a clip, plays it, and says how that went.
 *
 * One promise: a clip can be fetched only while it is being played, and is heard only when a page says so.
 */
import { abortable } from '../card-reader/abortable.ts';
import { LinkLostError } from '../ports.ts';
import type { BoardPages } from '../queue-display/board-pages.ts';
import { NotHeardError } from './spoken-voice.ts';
import type { Loudspeaker } from './voice.ts';

export class PageLoudspeaker implements Loudspeaker {
  readonly #pages: BoardPages;
  readonly #clips = new Map<string, Uint8Array>();
  #count = 0;

  constructor(pages: BoardPages) {
    this.#pages = pages;
  }

  get there(): boolean {
    return this.#pages.count > 0;
  }

  /** For the page's server: the clip that is being played, by its id. */
  clip(id: string): Uint8Array | undefined {
    return this.#clips.get(id);
  }

  onChanged(listener: (there: boolean) => void): () => void {
    const stops = [this.#pages.onComing(() => listener(true)), this.#pages.onGoing(() => listener(this.there))];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async play(wav: Uint8Array, signal: AbortSignal): Promise<void> {
    if (!this.there) throw new LinkLostError('no page is open');
    this.#count += 1;
    const clip = `clp_${this.#count}`;
    this.#clips.set(clip, wav);
    let release = (): void => undefined;
    const heard = new Promise<boolean>((resolve) => {
      release = this.#pages.onHeard((message) => {
        if (message.type === 'spoken' && message.clip === clip) resolve(message.heard);
      });
    });
    try {
      this.#pages.send({ type: 'say', clip });
      if (!(await abortable(heard, signal))) throw new NotHeardError('the page could not play the clip');
    } finally {
      release();
      this.#clips.delete(clip);
    }
  }

  close(): Promise<void> {
    this.#clips.clear();
    return Promise.resolve();
  }
}
