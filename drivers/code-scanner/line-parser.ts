/**
 * Codes that come as lines of text, ended by CR, LF or both: serial and network scanners.
 *
 * One promise: a line that never ends is one refusal, however long it goes on.
 */
import type { CodeParser, ParsedCode } from './code-parser.ts';
import { LONGEST_TEXT } from './code-teller.ts';

const CR = 0x0d;
const LF = 0x0a;

export class LineParser implements CodeParser {
  readonly #line = new Uint8Array(LONGEST_TEXT);
  #length = 0;
  #discarding = false;

  get midCode(): boolean {
    return this.#length > 0 || this.#discarding;
  }

  push(bytes: Uint8Array): readonly ParsedCode[] {
    const codes: ParsedCode[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF) {
        // The second half of CR LF, or the end of a line that was refused already, is no code.
        if (this.#length > 0) codes.push({ bytes: this.#line.slice(0, this.#length) });
        this.forget();
      } else if (this.#discarding) continue;
      else if (this.#length === LONGEST_TEXT) {
        codes.push({ refused: `longer than ${LONGEST_TEXT} bytes` });
        this.forget();
        this.#discarding = true;
      } else {
        this.#line[this.#length] = byte;
        this.#length += 1;
      }
    }
    return codes;
  }

  giveUp(): readonly ParsedCode[] {
    const begun = this.#length > 0;
    this.forget();
    return begun ? [{ refused: 'a code without a line end' }] : [];
  }

  forget(): void {
    this.#line.fill(0);
    this.#length = 0;
    this.#discarding = false;
  }
}
