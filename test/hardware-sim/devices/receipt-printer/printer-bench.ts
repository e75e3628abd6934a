/** A virtual printer on a bench with a clock that the test moves, and one host at its cable. */
import type { ByteLink } from '../../../../drivers/ports.ts';
import type { PrinterProfile } from '../../../../hardware-sim/devices/receipt-printer/machine/profiles.ts';
import { paperText } from '../../../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { VirtualPrinter } from '../../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** Bytes from readable hex, e.g. `1B 40 1C 26`. */
export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** ASCII rows, each with its line feed. */
export const rows = (...texts: readonly string[]): Uint8Array =>
  Buffer.from(texts.map((text) => `${text}\n`).join(''), 'latin1');

export class PrinterBench {
  readonly clock = new ManualClock();
  readonly printer: VirtualPrinter;
  readonly heard: string[] = [];
  #link: ByteLink | undefined;

  constructor(options: { readonly paperMm?: number; readonly profile?: PrinterProfile } = {}) {
    this.printer = new VirtualPrinter({ clock: this.clock, ...options });
  }

  async connect(): Promise<ByteLink> {
    const link = await this.printer.openByteLink(new AbortController().signal);
    link.onData((bytes) => this.heard.push(toHex(bytes)));
    this.#link = link;
    return link;
  }

  /** Sends without waiting for room; gives a promise that is over when all is taken. */
  send(bytes: Uint8Array): Promise<void> {
    if (!this.#link) throw new Error('connect first');
    return this.#link.write(bytes, new AbortController().signal);
  }

  /** What has been heard since the last look. */
  async hear(withinMs = 5): Promise<string[]> {
    await this.clock.pass(withinMs);
    return this.heard.splice(0);
  }

  /** The text of the slip that hangs from the head. */
  get textAtHead(): string[] {
    return paperText(this.printer.state().atHead);
  }
}
