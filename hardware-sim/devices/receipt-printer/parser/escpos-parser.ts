/**
 * Incremental ESC/POS parser: bytes in, tokens out.
 *
 * However the stream is cut into pieces, the tokens are the same; no byte is
 * dropped silently: each belongs to exactly one token, and what no row knows is
 * an `unknown` token with its offset.
 */
import {
  type ChineseCharset,
  fourByteCharacter,
  isFourByteDigit,
  isLead,
  isTrail,
  pairCharacter,
} from './chinese-characters.ts';
import type { CommandRow } from './command-row.ts';
import { commandTree, type PrefixNode, unnamedBlock } from './command-table.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { singleByteCharacter } from './single-byte-pages.ts';
import type { Token } from './token.ts';

export interface ParserOptions {
  readonly charset: ChineseCharset;
  /** Chinese models start with double-byte mode on, Western ones off; `ESC @` returns to this. */
  readonly doubleByteAtStart: boolean;
  readonly escC: 'buzzer' | 'pageLength';
}

export const chineseModel: ParserOptions = { charset: 'gb18030', doubleByteAtStart: true, escC: 'buzzer' };

const LONGEST_CONTROL_CODE = 0x1f;

export class EscposParser {
  readonly #options: ParserOptions;
  readonly #sink: (token: Token) => void;
  readonly #tree: PrefixNode;
  /** Bytes of the token being read: prefix while `#row` is not known, then only the arguments. */
  #held = new GrowingBytes();
  #node: PrefixNode | undefined;
  #row: CommandRow | undefined;
  #need = 0;
  #tokenAt = 0;
  #offset = 0;
  #doubleByte: boolean;
  #page = 0;
  #country = 0;

  constructor(options: ParserOptions, sink: (token: Token) => void) {
    this.#options = options;
    this.#sink = sink;
    this.#tree = commandTree(options.escC);
    this.#doubleByte = options.doubleByteAtStart;
  }

  /** Bytes taken so far. */
  get offset(): number {
    return this.#offset;
  }

  /** A token has begun and is waiting for more bytes. */
  get midToken(): boolean {
    return this.#held.length > 0 || this.#row !== undefined || this.#node !== undefined;
  }

  push(bytes: Uint8Array): void {
    let index = 0;
    while (index < bytes.length) {
      if (this.#row) index += this.#takeArguments(bytes, index);
      else this.#take(bytes[index++] ?? 0);
    }
  }

  /** The stream is over: what is half there is reported, a command whose argument is optional is run. */
  finish(): void {
    if (this.#row && this.#held.length === 0 && (this.#row.name === 'ESC 4' || this.#row.name === 'ESC 5')) {
      this.#endCommand(0);
    } else if (this.midToken) {
      this.#emit({ kind: 'unknown', offset: this.#tokenAt, length: this.#offset - this.#tokenAt, why: 'cutOff' });
    }
    this.#clear();
  }

  /** The receive buffer was cleared: forgets the half token, keeps the settings. */
  abandon(): void {
    this.#clear();
  }

  /** Power gone: forgets the half token and every setting. */
  reset(): void {
    this.#clear();
    this.#doubleByte = this.#options.doubleByteAtStart;
    this.#page = 0;
    this.#country = 0;
  }

  #take(byte: number): void {
    if (this.#node) {
      this.#takePrefix(byte);
      return;
    }
    if (this.#held.length > 0) {
      this.#takeTrail(byte);
      return;
    }
    this.#tokenAt = this.#offset;
    this.#offset += 1;
    const node = this.#tree.next.get(byte);
    if (node) {
      this.#enter(node);
      return;
    }
    if (byte <= LONGEST_CONTROL_CODE || byte === 0x7f) {
      this.#unknown(1, 'noSuchCommand');
      return;
    }
    if (this.#doubleByte && isLead(byte)) this.#held.push(byte);
    else this.#character(singleByteCharacter(byte, this.#page, this.#country), byte, 1, 1);
  }

  /** A byte that fits no command: control bytes are read anew so that the next command survives, others are lost. */
  #takePrefix(byte: number): void {
    const node = this.#node?.next.get(byte);
    if (!node && byte <= LONGEST_CONTROL_CODE) {
      const length = this.#offset - this.#tokenAt;
      this.#clear();
      this.#unknown(length, 'noSuchCommand');
      this.#take(byte);
      return;
    }
    this.#offset += 1;
    if (node) {
      this.#enter(node);
      return;
    }
    if (this.#node?.counted) {
      this.#enter(unnamedBlock);
      return;
    }
    const length = this.#offset - this.#tokenAt;
    this.#clear();
    this.#unknown(length, 'noSuchCommand');
  }

  #enter(node: PrefixNode): void {
    this.#node = node;
    if (!node.row) return;
    this.#row = node.row;
    this.#node = undefined;
    this.#need = node.row.length(this.#held.bytes, 0);
    if (this.#need === 0) this.#endCommand(0);
  }

  /** Takes as many bytes as the command is known to need; returns how many. */
  #takeArguments(bytes: Uint8Array, from: number): number {
    const row = this.#row;
    if (!row) return 0;
    const before = this.#held.length;
    const count = Math.min(this.#need - before, bytes.length - from);
    this.#held.append(bytes, from, count);
    this.#offset += count;
    if (this.#held.length < this.#need) return count;
    const total = row.length(this.#held.bytes, this.#held.length);
    if (total > this.#held.length) {
      this.#need = total;
      return count;
    }
    const surplus = this.#held.length - total;
    const left = surplus > 0 ? this.#held.copy(total, surplus) : undefined;
    this.#offset -= surplus;
    this.#endCommand(total);
    // Bytes that turned out to belong to what follows: at most a handful, never a whole argument list.
    if (left) this.push(left);
    return count;
  }

  #endCommand(argumentCount: number): void {
    const row = this.#row;
    if (!row) return;
    const args = this.#held.copy(0, argumentCount);
    const offset = this.#tokenAt;
    this.#clear();
    if (row === unnamedBlock.row) {
      this.#unknown(this.#offset - offset, 'noSuchCommand');
      return;
    }
    this.#obey(row.name, args[0] ?? 0);
    this.#emit({ kind: 'command', offset, length: this.#offset - offset, row, args });
  }

  /** The settings that change how the following bytes are read. */
  #obey(name: string, value: number): void {
    if (name === 'FS &') this.#doubleByte = true;
    else if (name === 'FS .') this.#doubleByte = false;
    else if (name === 'ESC t') this.#page = value;
    else if (name === 'ESC R') this.#country = value;
    else if (name === 'ESC @') {
      this.#doubleByte = this.#options.doubleByteAtStart;
      this.#page = 0;
      this.#country = 0;
    }
  }

  #takeTrail(byte: number): void {
    const have = this.#held.length;
    const fourByte = this.#options.charset === 'gb18030';
    const fits =
      have === 1
        ? isTrail(byte) || (fourByte && isFourByteDigit(byte))
        : have === 2
          ? isLead(byte)
          : isFourByteDigit(byte);
    if (!fits) {
      this.#brokenCharacter(byte);
      return;
    }
    this.#held.push(byte);
    this.#offset += 1;
    const bytes = this.#held.bytes;
    if (have === 1 && isTrail(byte)) {
      const lead = bytes[0] ?? 0;
      this.#clear();
      this.#character(pairCharacter(lead, byte), lead * 256 + byte, 2, 2);
    } else if (have === 3) {
      const code = this.#held.copy(0, 4);
      this.#clear();
      this.#character(fourByteCharacter(code), 0, 4, 2);
    }
  }

  /** A lead byte without its trail prints nothing; the rest is read anew, so a command after it still works. */
  #brokenCharacter(byte: number): void {
    const rest = this.#held.copy(1, this.#held.length - 1);
    this.#clear();
    this.#offset -= rest.length;
    this.#unknown(1, 'noSuchCharacter');
    for (const again of rest) this.#take(again);
    this.#take(byte);
  }

  #character(text: string, code: number, length: number, cells: 1 | 2): void {
    this.#emit({ kind: 'character', offset: this.#offset - length, length, text, code, cells });
  }

  #unknown(length: number, why: 'noSuchCommand' | 'noSuchCharacter'): void {
    this.#emit({ kind: 'unknown', offset: this.#offset - length, length, why });
  }

  #emit(token: Token): void {
    this.#sink(token);
  }

  #clear(): void {
    this.#held.clear();
    this.#node = undefined;
    this.#row = undefined;
  }
}
