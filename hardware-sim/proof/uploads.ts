/**
 * How a kiosk's outbox reaches its server: lane by lane in order, again until acknowledged, over a line that loses
 * and doubles.
 */
import { lanes, type WaitingRow } from '../../firmware/settlement/outbox-rows.ts';
import { SeededStream } from '../parties/seeded-stream.ts';
import type { Kiosk } from './kiosk.ts';
import type { Site } from './site.ts';

/** Rows of a lane a time. */
const BATCH = 100;
export const EVERY_MS = 30 * 60_000;

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
      this.#send(kiosk, 5);
      this.keepSending(kiosk, endMs);
    });
  }

  /** Everything, over a line that is well again. */
  finish(kiosk: Kiosk): void {
    while (this.#send(kiosk, 0) > 0);
  }

  /** One round; a lane stops at the first row whose answer does not come. → rows that were acknowledged */
  #send(kiosk: Kiosk, perMille: number): number {
    const { uploads } = this.#site.ledgers;
    const done: string[] = [];
    for (const lane of lanes) {
      if (!kiosk.isOn) break;
      const rows = (kiosk.outbox({ ask: 'next', args: [lane, BATCH] }) ?? []) as readonly WaitingRow[];
      for (const { key, body } of rows) {
        if (this.#stream.chance(perMille)) break;
        uploads.take(key, body);
        if (this.#stream.chance(perMille)) uploads.take(key, body);
        if (this.#stream.chance(perMille)) break;
        done.push(key);
      }
    }
    if (done.length > 0) kiosk.outbox({ ask: 'ack', args: [done] });
    return done.length;
  }
}
