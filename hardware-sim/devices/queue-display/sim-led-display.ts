/**
 * An LED display over a hall's windows: shows what its card was told, as wide as it is.
 *
 * It cuts what is too long, as the real one does, and is dark after a power cut. What stands on it can be read.
 */
import { type ByteLink, type Clock, LinkLostError } from '../../../drivers/ports.ts';
import { SerialCable } from '../serial-cable.ts';
import { areasIn, type CardArea, CardEar, cardAnswer } from './led-card.ts';

export interface SimLedDisplayOptions {
  readonly clock: Clock;
  readonly cells: number;
  readonly rows: number;
  readonly station?: number;
}

const DEVICE = 0x61;
const ROW_DOTS = 16;
/** What the card needs to draw, ms. */
const DRAWS_MS = 20;

export class SimLedDisplay {
  readonly #clock: Clock;
  readonly #cells: number;
  readonly #rows: number;
  readonly #station: number;
  readonly #ear = new CardEar();
  readonly #areas = new Map<number, CardArea>();
  #cable: SerialCable | undefined;
  #plugged = true;
  #powered = true;
  #hung = false;

  constructor({ clock, cells, rows, station = 1 }: SimLedDisplayOptions) {
    this.#clock = clock;
    this.#cells = cells;
    this.#rows = rows;
    this.#station = station;
  }

  /** What people in the hall read, row by row; nothing when dark. */
  text(): readonly string[] {
    if (!this.#powered) return [];
    const rows: string[] = [];
    for (let row = 0; row < this.#rows; row += 1) {
      const area = [...this.#areas.values()].find(({ yDots }) => yDots === row * ROW_DOTS);
      rows.push(area ? this.#seen(area) : '');
    }
    return rows.every((row) => row === '') ? [] : rows;
  }

  unplug(): void {
    this.#plugged = false;
    this.#cable?.lose();
    this.#cable = undefined;
  }

  plugIn(): void {
    this.#plugged = true;
  }

  cutPower(): void {
    this.#powered = false;
    this.#areas.clear();
    this.#ear.forget();
  }

  powerUp(): void {
    this.#powered = true;
    this.#hung = false;
  }

  /** The card's program stops; what it shows stays. */
  hang(): void {
    this.#hung = true;
  }

  openByteLink(signal: AbortSignal): Promise<ByteLink> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (!this.#plugged) return Promise.reject(new LinkLostError('no display at this cable'));
    this.#cable?.lose();
    this.#cable = new SerialCable((bytes) => this.#hear(bytes));
    return Promise.resolve(this.#cable);
  }

  #hear(bytes: Uint8Array): void {
    if (!this.#powered || this.#hung) return;
    for (const { station, data } of this.#ear.hear(bytes)) {
      if (station !== this.#station) continue;
      const good = this.#obey(data);
      if (data[2] === 0x02) continue;
      this.#clock.timer(DRAWS_MS, () => {
        if (this.#powered && !this.#hung) this.#cable?.deliver(cardAnswer(this.#station, DEVICE, good));
      });
    }
  }

  #obey(data: Uint8Array): boolean {
    const command = (data[0] ?? 0) * 256 + (data[1] ?? 0);
    if (command === 0xa200) return true;
    if (command === 0xa310) {
      this.#areas.clear();
      return true;
    }
    if (command !== 0xa306) return false;
    const areas = areasIn(data);
    for (const area of areas ?? []) this.#areas.set(area.id, area);
    return areas !== undefined;
  }

  /** As wide as the area and the board are; half of a Chinese character at the edge is a broken one. */
  #seen({ text, widthDots }: CardArea): string {
    const cells = Math.min(this.#cells, widthDots / 8);
    return new TextDecoder('gb18030').decode(text.subarray(0, cells)).trimEnd();
  }
}
