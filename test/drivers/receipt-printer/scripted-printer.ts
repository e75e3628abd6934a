/**
 * The other end of a byte link, as a page of the maker's manual: known requests
 * in, the manual's answers out. It knows no layout and prints nothing.
 */

import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { busWith } from '../../support/bench-bus.ts';

/** Status samples of escpos.md section 5. */
export const IDLE = [0x14, 0x00, 0x00, 0x0f];
export const PAPER_LOW = [0x14, 0x00, 0x03, 0x0f];
export const OUT_IN_JOB = [0x1c, 0x00, 0x0f, 0x0f];
export const COVER_OPEN = [0x3c, 0x00, 0x00, 0x0f];
export const CUTTER_JAM = [0x1c, 0x08, 0x00, 0x0f];
export const HEAD_HOT = [0x1c, 0x40, 0x00, 0x0f];

export class ScriptedPrinter {
  /** Everything that arrived, in order, over all connections. */
  received: number[] = [];
  automatic = IDLE;
  /** Answers to `DLE EOT 1..4`. */
  eot: Record<number, number> = { 1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12 };
  answers = { eot: true, processId: true, automatic: true, cleared: true, identity: true };
  /** The process id after which nothing more is printed, with what the printer then says. */
  stopsAfter: { ids: number; says: number[] } | undefined;
  plugged = true;
  connections = 0;
  cleared = 0;
  recovered = 0;
  confirmed: string[] = [];
  link: ScriptedLink | undefined;
  /** Bytes whose command is not complete yet. */
  #pending: number[] = [];

  readonly bus = busWith({
    openByteLink: () => {
      if (!this.plugged) return Promise.reject(new LinkLostError('nothing there'));
      this.connections += 1;
      this.#pending = [];
      this.link = new ScriptedLink((bytes) => this.take(bytes));
      return Promise.resolve(this.link);
    },
  });

  says(...bytes: number[]): void {
    this.link?.deliver(Uint8Array.from(bytes));
  }

  unplug(): void {
    this.plugged = false;
    this.link?.lose();
  }

  take(bytes: Uint8Array): void {
    this.received.push(...bytes);
    this.#pending.push(...bytes);
    const at = this.#pending;
    for (let i = 0; i < at.length; i += 1) {
      const [a = 0, b = 0, c = 0] = at.slice(i, i + 3);
      if (a === 0x10 && b === 0x04 && this.answers.eot) this.says(this.eot[c] ?? 0x12);
      if (a === 0x10 && b === 0x05 && c === 0x02) this.recovered += 1;
      if (a === 0x10 && b === 0x14 && c === 0x08) {
        this.cleared += 1;
        if (this.answers.cleared) this.says(0x37, 0x25, 0x00);
      }
      if (a === 0x1d && b === 0x61 && this.answers.automatic) this.says(...this.automatic);
      if (a === 0x1d && b === 0x49 && this.answers.identity) {
        this.says(0x5f, ...Buffer.from(c === 0x42 ? 'EPSON' : 'TM-T88VI'), 0x00);
      }
      if (a === 0x1d && b === 0x28 && c === 0x48) this.#confirm(at.slice(i + 7, i + 11));
    }
    this.#pending = [];
  }

  #confirm(id: number[]): void {
    if (!this.answers.processId) return;
    if (this.stopsAfter && this.confirmed.length >= this.stopsAfter.ids) {
      this.automatic = this.stopsAfter.says;
      this.says(...this.stopsAfter.says);
      return;
    }
    this.confirmed.push(String.fromCharCode(...id));
    this.says(0x37, 0x22, ...id, 0x00);
  }
}

export class ScriptedLink implements ByteLink {
  /** Set: writes are never taken, as by a printer that holds BUSY. */
  blocked = false;
  readonly #take: (bytes: Uint8Array) => void;
  readonly #data = new Set<(bytes: Uint8Array) => void>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #open = true;

  constructor(take: (bytes: Uint8Array) => void) {
    this.#take = take;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) return Promise.reject(new LinkLostError('gone'));
    if (this.blocked) return new Promise(() => undefined);
    this.#take(bytes);
    return Promise.resolve();
  }

  deliver(bytes: Uint8Array): void {
    queueMicrotask(() => {
      for (const listener of this.#data) listener(bytes);
    });
  }

  lose(): void {
    this.#open = false;
    for (const listener of this.#lost) listener(new LinkLostError('unplugged'));
  }

  onData(listener: (bytes: Uint8Array) => void): () => void {
    this.#data.add(listener);
    return () => this.#data.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  close(): Promise<void> {
    this.#open = false;
    return Promise.resolve();
  }
}
