/**
 * Codes that come as HID-POS reports (HID Usage Tables, page 0x8C "Bar Code Scanner").
 *
 * The input report, as the scanners' manuals give it (Hand Held Products USB
 * Interfaces User's Guide 1-11; Access-IS LSR118 Product Manual rev. 1.2, B.1):
 *
 *   0      report id 2 (Scanned Data Report, usage 0x12)
 *   1      how many bytes of data count, 0 … 56
 *   2 … 4  AIM symbology identifier (usages 0xFB 0xFC 0xFD), `]Q1` for a QR code
 *   5 … 60 decoded data (usage 0xFE), zeros after what counts
 *   61 62  the maker's own; some makers leave them out
 *   last   bit 0: decoded data continued (usage 0xFF), the same symbol goes on in the next report
 *
 * One promise: a symbol that goes on for ever is one refusal, and reports of
 * two symbols are never joined.
 */
import type { CodeParser, ParsedCode } from './code-parser.ts';
import { LONGEST_TEXT } from './code-teller.ts';

const SCANNED_DATA = 2;
const LENGTH_AT = 1;
const SYMBOLOGY_AT = 2;
const DATA_AT = 5;
const MOST_DATA = 56;
/** Id, length, identifier, data, flags: the shortest form a maker uses. */
const SHORTEST_REPORT = DATA_AT + MOST_DATA + 1;
const CONTINUED = 0x01;

const AIM = /^\][A-Za-z][0-9A-Za-z]$/;
/** AIM code character Z: data that is no bar code, such as a scanner's answer to a set-up command. */
const NO_CODE = /^\]Z/;
/** Line ends that many scanners are set to add. */
const LINE_END = /[\r\n]/;

export class HidPosParser implements CodeParser {
  readonly #data = new Uint8Array(LONGEST_TEXT);
  #length = 0;
  #symbology: string | undefined;
  #discarding = false;

  get midCode(): boolean {
    return this.#symbology !== undefined || this.#discarding;
  }

  /** @param report one whole report, its id first */
  push(report: Uint8Array): readonly ParsedCode[] {
    // Status and other reports of a scanner are no scanned data.
    if (report[0] !== SCANNED_DATA) return [];
    const length = report[LENGTH_AT] ?? 0;
    const symbology = symbologyOf(report);
    if (report.length < SHORTEST_REPORT || length > MOST_DATA || symbology === undefined) {
      this.forget();
      return [{ refused: 'a report of another shape' }];
    }
    const continued = ((report.at(-1) ?? 0) & CONTINUED) !== 0;
    const codes = this.#symbology === undefined || this.#symbology === symbology ? [] : this.giveUp();
    return [...codes, ...this.#take(report.subarray(DATA_AT, DATA_AT + length), symbology, continued)];
  }

  giveUp(): readonly ParsedCode[] {
    const begun = this.#symbology !== undefined;
    this.forget();
    return begun ? [{ refused: 'a code without its last report' }] : [];
  }

  forget(): void {
    this.#data.fill(0);
    this.#length = 0;
    this.#symbology = undefined;
    this.#discarding = false;
  }

  #take(piece: Uint8Array, symbology: string, continued: boolean): readonly ParsedCode[] {
    if (this.#discarding) {
      if (!continued) this.forget();
      return [];
    }
    if (this.#length + piece.length > LONGEST_TEXT) {
      this.forget();
      this.#discarding = continued;
      return [{ refused: `longer than ${LONGEST_TEXT} bytes` }];
    }
    this.#data.set(piece, this.#length);
    this.#length += piece.length;
    this.#symbology = symbology;
    if (continued) return [];
    const bytes = this.#data.slice(0, this.#endOfText());
    this.forget();
    if (NO_CODE.test(symbology)) return [{ refused: 'an answer of the scanner itself' }];
    if (bytes.length === 0) return [];
    return [symbology === '' ? { bytes } : { bytes, symbology }];
  }

  #endOfText(): number {
    let end = this.#length;
    while (end > 0 && LINE_END.test(String.fromCharCode(this.#data[end - 1] ?? 0))) end -= 1;
    return end;
  }
}

/** Empty where the scanner leaves it out; `undefined` for bytes that are no identifier. */
function symbologyOf(report: Uint8Array): string | undefined {
  const bytes = report.subarray(SYMBOLOGY_AT, DATA_AT);
  if (bytes.every((byte) => byte === 0)) return '';
  const text = String.fromCharCode(...bytes);
  return AIM.test(text) ? text : undefined;
}
