/**
 * Between the hall and the pages that look at it: snapshots and wire rows out,
 * requests in. One promise: after whatever a page asked for, every page gets
 * the hall as it then is.
 */
import type { Clock, Unsubscribe } from '../../drivers/ports.ts';
import type { LiveHall } from '../live-hall.ts';
import { hands } from '../world/hands.ts';
import { type CashierBooks, lookUp } from './cashier-books.ts';
import { snapshotOf } from './hall-snapshot.ts';
import { PaperTray } from './paper-tray.ts';
import { readRequest } from './read-request.ts';
import { WireLog } from './wire-log.ts';
import type { FromPage, FromServer } from './workbench-messages.ts';

type CashierRequest = Extract<FromPage, { readonly findMoney: string } | { readonly closeCase: string }>;

/** Changes within so many ms become one snapshot. */
const GATHER_MS = 60;
/** Some things change by time alone: a code grows old, a lock ends. */
const LOOK_AGAIN_MS = 1_000;

export interface PageLine {
  /** @returns false when that was no request of the contract. */
  receive(text: string): boolean;
  close(): void;
}

export class WorkbenchHub {
  readonly paper: PaperTray;
  readonly wire: WireLog;
  readonly #hall: LiveHall;
  readonly #clock: Clock;
  readonly #screenUrl: () => string | undefined;
  readonly #books: CashierBooks | undefined;
  readonly #pages = new Set<(text: string) => void>();
  readonly #unsubscribes: readonly Unsubscribe[];
  #cancelGather: Unsubscribe | undefined;
  #cancelLook: Unsubscribe | undefined;
  #lastSnapshot = '';

  constructor(hall: LiveHall, clock: Clock, screenUrl: () => string | undefined, books?: CashierBooks) {
    this.#hall = hall;
    this.#clock = clock;
    this.#screenUrl = screenUrl;
    this.#books = books;
    this.paper = new PaperTray(hall.printer);
    this.wire = new WireLog(hall, clock, (row) => {
      this.#sayAll({ type: 'rows', rows: [row] });
      this.#changed();
    });
    this.#unsubscribes = [
      hall.printer.onPaper(() => this.#changed()),
      hall.slot.onMediaChanged(() => this.#changed()),
      hall.slot.onPluggedChanged(() => this.#changed()),
    ];
  }

  /** `send` gets the texts for one page: first the whole state, then what changes. */
  connect(send: (text: string) => void): PageLine {
    this.#pages.add(send);
    this.paper.expectLooks();
    send(this.#snapshotText());
    send(textOf({ type: 'rows', rows: this.wire.rows() }));
    if (!this.#cancelLook) this.#lookAgain();
    return {
      receive: (text) => this.#receive(send, text),
      close: () => {
        this.#pages.delete(send);
        if (this.#pages.size === 0) this.#rest();
      },
    };
  }

  async close(): Promise<void> {
    this.#pages.clear();
    this.#rest();
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.wire.close();
    await this.paper.close();
  }

  #receive(send: (text: string) => void, text: string): boolean {
    const request = readRequest(text);
    if (!request) return false;
    if ('findMoney' in request || 'closeCase' in request) {
      void this.#atCashier(send, request);
      return true;
    }
    const { what, why } = this.#obey(request);
    this.#push();
    if (this.#pages.has(send))
      send(textOf(why === undefined ? { type: 'done', what } : { type: 'notDone', what, why }));
    return true;
  }

  /** Looks a number up; after a case was closed the same number once more. */
  async #atCashier(send: (text: string) => void, request: CashierRequest): Promise<void> {
    const tell = (message: FromServer): void => {
      if (this.#pages.has(send)) send(textOf(message));
    };
    const typed = 'findMoney' in request ? request.findMoney : request.closeCase;
    try {
      if ('closeCase' in request) {
        const { closeCase: number, by, claim, keptFen, note } = request;
        if (!this.#books) throw new Error('Nobody has given this workbench the kiosk’s journal.');
        await this.#books.close({ number, by, claim, keptFen, note });
        tell({ type: 'done', what: 'closeCase' });
      }
      tell({ type: 'money', money: lookUp(this.#hall, this.#books, typed) });
    } catch (error) {
      const what = 'findMoney' in request ? 'findMoney' : 'closeCase';
      tell({ type: 'notDone', what, why: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What hands can't do throws in the hall; here it is an answer. */
  #obey(request: Exclude<FromPage, CashierRequest>): { readonly what: string; readonly why?: string } {
    const hall = this.#hall;
    const what = whatOf(request);
    try {
      if ('do' in request) hands[request.do].use(hall, request.with);
      else if ('bay' in request) hall.useBay(request.bay, request.hand, request.with);
      else if ('person' in request) hall.person = hall.parties.patient(request.person).key;
      else hall.parties.hospital.addBill(hall.person, request.addBill);
      return { what };
    } catch (error) {
      return { what, why: error instanceof Error ? error.message : String(error) };
    }
  }

  #changed(): void {
    if (this.#pages.size === 0 || this.#cancelGather) return;
    this.#cancelGather = this.#clock.timer(GATHER_MS, () => this.#push());
  }

  #lookAgain(): void {
    this.#cancelLook = this.#clock.timer(LOOK_AGAIN_MS, () => {
      this.#push();
      this.#lookAgain();
    });
  }

  #push(): void {
    this.#cancelGather?.();
    this.#cancelGather = undefined;
    const before = this.#lastSnapshot;
    const text = this.#snapshotText();
    if (text !== before) for (const page of [...this.#pages]) page(text);
  }

  #snapshotText(): string {
    const snapshot = snapshotOf(this.#hall, this.paper.view(), this.#screenUrl());
    this.#lastSnapshot = textOf({ type: 'snapshot', snapshot });
    return this.#lastSnapshot;
  }

  #sayAll(message: FromServer): void {
    const text = textOf(message);
    for (const page of [...this.#pages]) page(text);
  }

  #rest(): void {
    this.#cancelGather?.();
    this.#cancelGather = undefined;
    this.#cancelLook?.();
    this.#cancelLook = undefined;
  }
}

function whatOf(request: Exclude<FromPage, CashierRequest>): string {
  if ('do' in request) return request.do;
  if ('bay' in request) return `${request.bay} ${request.hand}`;
  return 'person' in request ? 'person' : 'addBill';
}

const textOf = (message: FromServer): string => JSON.stringify(message);
