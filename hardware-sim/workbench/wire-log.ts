/**
 * What went over every wire of the hall, newest last: rows to read at a glance
 * and, for each, the bytes. It keeps the last few hundred and never more.
 */
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';
import type { LiveHall } from '../live-hall.ts';
import { apduWords, hex, hexDump, statusWords } from './device-words.ts';
import { exchangeParts, exchangeRow } from './exchange-words.ts';
import { PrinterReading, printerAnswerWords } from './printer-words.ts';
import type { WireDetail, WireRow } from './workbench-messages.ts';

const KEPT = 300;
/** Bytes of one printer write or scanned code that are kept. */
const LONGEST_DUMP = 6_000;
const LONGEST_CODE = 60;

type NewRow = Omit<WireRow, 'sequence' | 'atMs'>;

export class WireLog {
  readonly #clock: Clock;
  readonly #onRow: (row: WireRow) => void;
  readonly #kept: { readonly row: WireRow; readonly parts: WireDetail['parts'] }[] = [];
  readonly #unsubscribes: readonly Unsubscribe[];
  #sequence = 0;

  constructor(hall: LiveHall, clock: Clock, onRow: (row: WireRow) => void) {
    this.#clock = clock;
    this.#onRow = onRow;
    const reading = new PrinterReading(hall.printer.profile.parser);
    this.#unsubscribes = [
      hall.onExchange((exchange) => this.#add(exchangeRow(exchange), exchangeParts(exchange))),
      hall.slot.onApdu((apdu, answer) => this.#addApdu(apdu, answer)),
      hall.scanner.onShown((bytes) => this.#addCode(bytes)),
      hall.printer.onWire(({ direction, bytes }) => {
        const toPrinter = direction === 'toPrinter';
        const { words, poll } = toPrinter ? reading.toPrinter(bytes) : printerAnswerWords(bytes);
        const dump = { title: `${bytes.length} bytes`, ...hexDump(bytes, LONGEST_DUMP) };
        this.#add(
          {
            party: 'printer',
            way: toPrinter ? 'ask' : 'tell',
            what: `${bytes.length} B`,
            outcome: undefined,
            words,
            poll,
          },
          [{ title: 'words', text: words, cut: words.endsWith('…') }, dump],
        );
      }),
    ];
  }

  rows(): readonly WireRow[] {
    return this.#kept.map(({ row }) => row);
  }

  /** `undefined` when it is too long ago. */
  detail(sequence: number): WireDetail | undefined {
    const found = this.#kept.find(({ row }) => row.sequence === sequence);
    return found && { sequence, parts: found.parts };
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
  }

  #addApdu(apdu: Uint8Array, answer: Uint8Array | undefined): void {
    const end = answer ? statusWords(answer) : undefined;
    const row: NewRow = {
      party: 'card',
      way: 'exchange',
      what: apduWords(apdu),
      outcome: end ? (end.ok ? 'done' : 'refused') : 'noAnswer',
      words: end?.words ?? 'card gone',
      poll: false,
    };
    this.#add(row, [
      { title: 'command', text: hex(apdu), cut: false },
      ...(answer ? [{ title: 'answer', text: `${hex(answer)}\n\n${hexDump(answer, 256).text}`, cut: false }] : []),
    ]);
  }

  #addCode(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_DUMP));
    const row: NewRow = {
      party: 'scanner',
      way: 'tell',
      what: `${bytes.length} B`,
      outcome: undefined,
      words: text.slice(0, LONGEST_CODE) + (text.length > LONGEST_CODE ? '…' : ''),
      poll: false,
    };
    this.#add(row, [{ title: `${bytes.length} bytes`, text, cut: bytes.length > LONGEST_DUMP }]);
  }

  #add(news: NewRow, parts: WireDetail['parts']): void {
    this.#sequence += 1;
    const row: WireRow = { sequence: this.#sequence, atMs: this.#clock.wallMs(), ...news };
    this.#kept.push({ row, parts });
    if (this.#kept.length > KEPT) this.#kept.shift();
    this.#onRow(row);
  }
}
