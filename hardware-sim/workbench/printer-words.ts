/**
 * What goes to and from the printer, in words: commands by their mnemonics, text
 * as text, status bytes by what they say (escpos.md section 6).
 *
 * It reads the stream beside the printer, so a command may begin in one piece
 * and end in the next; it is named in the piece where it ends.
 */
import { EscposParser, type ParserOptions } from '../devices/receipt-printer/parser/escpos-parser.ts';
import type { Token } from '../devices/receipt-printer/parser/token.ts';
import { hex } from './device-words.ts';

const LONGEST_WORDS = 400;
const SHORT_ARGUMENTS = 3;

export interface PrinterWords {
  readonly words: string;
  /** Nothing but questions or answers about the state. */
  readonly poll: boolean;
}

export class PrinterReading {
  readonly #parser: EscposParser;
  #words: string[] = [];
  #text = '';
  #poll = true;

  constructor(options: ParserOptions) {
    this.#parser = new EscposParser(options, (token) => this.#take(token));
  }

  toPrinter(bytes: Uint8Array): PrinterWords {
    this.#words = [];
    this.#poll = true;
    this.#parser.push(bytes);
    this.#endText();
    if (this.#parser.midToken) this.#words.push('…');
    return { words: shorten(this.#words), poll: this.#poll };
  }

  /** The printer lost its power: what was half read is gone. */
  reset(): void {
    this.#parser.reset();
  }

  #take(token: Token): void {
    if (token.kind === 'character') {
      this.#poll = false;
      this.#text += token.text;
      return;
    }
    this.#endText();
    if (token.kind === 'unknown') {
      this.#poll = false;
      this.#words.push(`? ${token.length}`);
      return;
    }
    const { row, args } = token;
    if (row.kind !== 'answer' || row.name === 'GS ( H') this.#poll = false;
    const given = args.length > 0 && args.length <= SHORT_ARGUMENTS ? ` ${[...args].join(' ')}` : '';
    this.#words.push(args.length > SHORT_ARGUMENTS ? `${row.name} +${args.length}` : `${row.name}${given}`);
  }

  #endText(): void {
    const text = this.#text.trim();
    if (text !== '') this.#words.push(`“${text.replace(/\s+/g, ' ')}”`);
    this.#text = '';
  }
}

function shorten(words: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const word of words) {
    length += word.length + 3;
    if (length > LONGEST_WORDS) return `${kept.join(' · ')} · …`;
    kept.push(word);
  }
  return kept.join(' · ');
}

/** What the printer said; forms by their fixed bits. */
export function printerAnswerWords(bytes: Uint8Array): PrinterWords {
  const [first = 0] = bytes;
  if (first === 0x37 && bytes[1] === 0x22) {
    return { words: `process id ${new TextDecoder('latin1').decode(bytes.subarray(2, 6))}`, poll: false };
  }
  if (bytes.length === 4 && (first & 0x93) === 0x10) return { words: automaticStatus(bytes), poll: false };
  if (bytes.length === 1 && (first & 0x93) === 0x12) return { words: `status ${hex(bytes)}`, poll: true };
  if (bytes.length === 1) return { words: `status ${hex(bytes)}`, poll: true };
  return { words: hex(bytes.subarray(0, 24)), poll: true };
}

function automaticStatus(bytes: Uint8Array): string {
  const [first = 0, second = 0, third = 0] = bytes;
  const said = [
    (first & 0x08) !== 0 ? 'offline' : 'online',
    ...((first & 0x20) !== 0 ? ['cover open'] : []),
    ...((second & 0x08) !== 0 ? ['cutter error'] : []),
    ...((second & 0x40) !== 0 ? ['head hot'] : []),
    ...((third & 0x0c) !== 0 ? ['paper out'] : (third & 0x03) !== 0 ? ['paper low'] : []),
  ];
  return `ASB ${said.join(', ')}`;
}
