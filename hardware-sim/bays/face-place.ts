/**
 * Who does the kiosk's face check: its camera, a face module or the platform's terminal, as the site file's row says.
 *
 * All three stand in the hall, and hands put another one in. One promise: what is shown as in use is what the kiosk's
 * site file names.
 */
import type { BayHand, Seen } from './bay.ts';

export type FaceMatch = 'onDevice' | 'module' | 'platform';

type Row = Readonly<Record<string, unknown>>;

export class FacePlace {
  readonly #offers = new Map<FaceMatch, Row>();
  readonly #written: (row: Row) => void;
  #inUse: FaceMatch | undefined;

  /** @param written the site file's row is another one now: a kiosk reads it when it starts */
  constructor(written: (row: Row) => void) {
    this.#written = written;
  }

  /** The site file's row at first: the first that was offered. */
  get row(): Row | undefined {
    return this.#inUse && this.#offers.get(this.#inUse);
  }

  offer(match: FaceMatch, row: Row): void {
    this.#offers.set(match, { id: 'face', match, ...row });
    this.#inUse ??= match;
  }

  seen(match: FaceMatch): Seen {
    return { words: ['人脸核验', 'face check'], value: this.#inUse === match ? '在用 · in use' : '—' };
  }

  hand(match: FaceMatch): BayHand {
    return {
      words: ['用它核验（重启）', 'check with this (restarts)'],
      can: () => this.#inUse !== match && this.#offers.has(match),
      use: () => {
        const row = this.#offers.get(match);
        if (!row) throw new Error('The packages that it needs are not installed.');
        this.#inUse = match;
        this.#written(row);
      },
    };
  }
}
