/**
 * The serial language of a POS module, seen from the module: frames, headers and fields, written from
 * docs/interfaces/bank-terminal.md and from nothing of the driver.
 */

export const ACK = 0x06;
export const NAK = 0x15;
const STX = 0x02;
const ETX = 0x03;
const FS = 0x1c;

/** How long the module waits for the rest of a frame, ms. */
export const PAUSE_MS = 500;
const LONGEST = 1_024;

export interface ModuleMessage {
  /** '0' wants an answer, '1' is one, '2' wants none. */
  readonly indicator: string;
  readonly command: string;
  readonly code: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** What the module's ear makes of the line. */
export class ModuleEar {
  #held: number[] = [];

  get mid(): boolean {
    return this.#held.length > 0;
  }

  forget(): void {
    this.#held = [];
  }

  hear(bytes: Uint8Array): ('ack' | 'nak' | 'bad' | ModuleMessage)[] {
    const heard: ('ack' | 'nak' | 'bad' | ModuleMessage)[] = [];
    for (const byte of bytes) {
      if (this.#held.length === 0 && byte === ACK) heard.push('ack');
      else if (this.#held.length === 0 && byte === NAK) heard.push('nak');
      else if (this.#held.length > 0 || byte === STX) {
        this.#held.push(byte);
        const verdict = this.#verdict();
        if (verdict) heard.push(verdict);
      }
    }
    return heard;
  }

  #verdict(): 'bad' | ModuleMessage | undefined {
    if (this.#held.length < 3) return undefined;
    const length = fromBcd(this.#held[1] ?? 0, this.#held[2] ?? 0);
    if (Number.isNaN(length) || length > LONGEST) return this.#bad();
    if (this.#held.length < length + 5) return undefined;
    const lrc = this.#held.slice(1, length + 4).reduce((sum, byte) => sum ^ byte, 0);
    if (this.#held[length + 3] !== ETX || this.#held[length + 4] !== lrc) return this.#bad();
    const message = read(this.#held.slice(3, length + 3));
    this.#held = [];
    return message ?? 'bad';
  }

  #bad(): 'bad' {
    this.#held = [];
    return 'bad';
  }
}

export function write({ indicator, command, code, fields }: ModuleMessage): Uint8Array {
  const payload: number[] = [...ascii(`6000000000`), ...ascii(`1${indicator}${command}${code}0`), FS];
  for (const [tag, value] of fields) payload.push(...ascii(tag), ...bcd(value.length), ...ascii(value), FS);
  const checked = [...bcd(payload.length), ...payload, ETX];
  return Uint8Array.from([STX, ...checked, checked.reduce((lrc, byte) => lrc ^ byte, 0)]);
}

function read(payload: number[]): ModuleMessage | undefined {
  const header = String.fromCharCode(...payload.slice(0, 17));
  if (!/^60\d{8}1[012][0-9A-Z]{2}[0-9A-Z]{2}\d$/.test(header) || payload[17] !== FS) return undefined;
  const fields = new Map<string, string>();
  let at = 18;
  while (at < payload.length) {
    const length = fromBcd(payload[at + 2] ?? 0xff, payload[at + 3] ?? 0xff);
    if (Number.isNaN(length) || payload[at + 4 + length] !== FS) return undefined;
    const text = String.fromCharCode(...payload.slice(at, at + 4 + length));
    fields.set(text.slice(0, 2), text.slice(4));
    at += 5 + length;
  }
  const [indicator = '', command = '', code = ''] = [header.charAt(11), header.slice(12, 14), header.slice(14, 16)];
  return { indicator, command, code, fields };
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0));
}

function bcd(value: number): [number, number] {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  return [Math.floor(hundreds / 10) * 16 + (hundreds % 10), Math.floor(rest / 10) * 16 + (rest % 10)];
}

function fromBcd(high: number, low: number): number {
  const text = `${high.toString(16).padStart(2, '0')}${low.toString(16).padStart(2, '0')}`;
  return /^\d{4}$/.test(text) ? Number(text) : Number.NaN;
}
