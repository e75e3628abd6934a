/**
 * How a kiosk's outbox reaches its server: in order, again until acknowledged, over a line that loses and doubles.
 */
import { SeededStream } from '../parties/seeded-stream.ts';
import type { Kiosk } from './kiosk.ts';
import type { Site } from './site.ts';

/** Rows a time. */
const BATCH = 60;
export const EVERY_MS = 20 * 60_000;

export class Uploads {
  readonly #site: Site;
  readonly #stream: SeededStream;

  constructor(site: Site, seed: number, shard: number) {
    this.#site = site;
    this.#stream = new SeededStream(seed, `${shard}/uploads`);
  }

  /** Sends what is not acknowledged, every now and then until `endMs`. */
  keepSending(kiosk: Kiosk, endMs: number): void {
    const { agenda } = this.#site;
    if (agenda.nowMs > endMs) return;
    agenda.after(EVERY_MS, () => {
      if (kiosk.isOn) this.send(kiosk);
      this.keepSending(kiosk, endMs);
    });
  }

  /** One round; stops at the first row whose answer does not come. */
  send(kiosk: Kiosk): number {
    const { uploads } = this.#site.ledgers;
    const done: number[] = [];
    for (const { id, key, body } of kiosk.disk.unsent(BATCH)) {
      if (this.#stream.chance(10)) break;
      uploads.take(key, body);
      if (this.#stream.chance(10)) uploads.take(key, body);
      if (this.#stream.chance(10)) break;
      done.push(id);
    }
    if (done.length > 0) kiosk.acknowledge(done);
    return done.length;
  }

  /** Everything, over a line that is well again. */
  finish(kiosk: Kiosk): void {
    const { uploads } = this.#site.ledgers;
    for (;;) {
      const rows = kiosk.disk.unsent(BATCH);
      if (rows.length === 0) return;
      for (const { key, body } of rows) uploads.take(key, body);
      kiosk.disk.acknowledge(rows.map(({ id }) => id));
    }
  }
}
