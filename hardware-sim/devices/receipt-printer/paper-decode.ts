/**
 * What an ESC/POS stream puts on paper, without a printer's time and troubles:
 * the decoder behind `yizhan paper`.
 *
 * Works on any bytes: what no row of the command table knows is counted, never thrown.
 */
import { type PaperOp, PaperRoll, type Sheet } from './paper.ts';
import { imagesOf } from './paper-images.ts';
import { paperText, symbolsOf } from './paper-text.ts';
import { chineseModel, EscposParser, type ParserOptions } from './parser/escpos-parser.ts';
import type { Token } from './parser/token.ts';
import { Press } from './press/press.ts';
import type { PressOptions } from './press/print-state.ts';

export interface DecodeOptions {
  readonly parser: ParserOptions;
  readonly press: PressOptions;
}

/** 80 mm paper, a Chinese board: what most kiosks have. */
export const defaultDecodeOptions: DecodeOptions = {
  parser: chineseModel,
  press: { widthDots: 576, escStyleReachesChinese: true, carriageReturnFeeds: false, legacySymbols: true },
};

export interface DecodedPaper {
  /** Text lines of all sheets, in paper order; columns are cells. */
  readonly lines: readonly string[];
  readonly cuts: number;
  readonly symbols: readonly { readonly type: string; readonly data: string }[];
  /** Dots on paper. */
  readonly images: readonly { readonly width: number; readonly height: number }[];
  /** Bytes that no command and no character accounts for. */
  readonly unknown: number;
  /** Where they are: at most the first 100. */
  readonly unknownAt: readonly { readonly offset: number; readonly length: number }[];
  /** Commands that were understood but, by their values or their place, print nothing. */
  readonly ignored: number;
  readonly sheets: readonly Sheet[];
}

const MOST_PLACES = 100;

export class PaperDecoder {
  readonly #roll: PaperRoll;
  readonly #press: Press;
  readonly #parser: EscposParser;
  readonly #sheets: Sheet[] = [];
  readonly #unknownAt: { offset: number; length: number }[] = [];
  #unknown = 0;
  #ignored = 0;
  #cuts = 0;

  constructor(options: DecodeOptions = defaultDecodeOptions) {
    this.#roll = new PaperRoll(options.press.widthDots);
    this.#press = new Press(options.press, (op) => this.#apply(op));
    this.#parser = new EscposParser(options.parser, (token) => this.#take(token));
  }

  /** Pieces of any size, in order. */
  push(bytes: Uint8Array): void {
    this.#parser.push(bytes);
  }

  finish(): DecodedPaper {
    this.#parser.finish();
    const { current, begun } = this.#roll;
    const all = begun ? [...this.#sheets, current] : [...this.#sheets];
    return {
      lines: all.flatMap((sheet) => paperText(sheet)),
      cuts: this.#cuts,
      symbols: all.flatMap((sheet) => symbolsOf(sheet).map(({ type, data }) => ({ type, data }))),
      images: all.flatMap((sheet) => imagesOf(sheet).map(({ width, height }) => ({ width, height }))),
      unknown: this.#unknown,
      unknownAt: this.#unknownAt,
      ignored: this.#ignored,
      sheets: all,
    };
  }

  #take(token: Token): void {
    if (token.kind === 'unknown') {
      this.#unknown += token.length;
      const { offset, length } = token;
      if (this.#unknownAt.length < MOST_PLACES) this.#unknownAt.push({ offset, length });
    }
    if (this.#press.take(token) === 'outOfRange') this.#ignored += 1;
  }

  #apply(op: PaperOp): void {
    if (op.kind === 'print') {
      this.#roll.print(op, op.height);
      this.#roll.feed(op.advance);
    } else if (op.kind === 'feed') this.#roll.feed(op.dots);
    else {
      this.#roll.feed(op.feed);
      const sheet = this.#roll.end(op.cut);
      if (sheet) this.#sheets.push(sheet);
      this.#cuts += 1;
    }
  }
}

/** Decodes a whole stream. Never throws; the time is linear in the bytes. */
export function decodePaper(bytes: Uint8Array, options: DecodeOptions = defaultDecodeOptions): DecodedPaper {
  const decoder = new PaperDecoder(options);
  decoder.push(bytes);
  return decoder.finish();
}
