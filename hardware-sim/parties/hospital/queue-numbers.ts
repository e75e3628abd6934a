/** The hospital's queue: numbers by window, called in their order; the same request never gets a second number. */
import { ContractRefusal } from '../json-exchange.ts';
import type { WireObject } from '../wire-json.ts';

const WINDOWS: Readonly<
  Record<string, { readonly letter: string; readonly place: string; readonly placeLatin: string }>
> = {
  counter: { letter: 'A', place: '1号人工窗口', placeLatin: 'COUNTER 1' },
  filingWindow: { letter: 'B', place: '医保备案窗口', placeLatin: 'FILING WINDOW' },
  priceOffice: { letter: 'C', place: '价格咨询处', placeLatin: 'PRICE OFFICE' },
  wardOffice: { letter: 'D', place: '住院处', placeLatin: 'WARD OFFICE' },
};

/** Somebody who waits: where they will be called to, and their masked name where the hospital knows it. */
export interface Waiting {
  readonly ticket: string;
  readonly place: string;
  readonly placeLatin: string;
  readonly maskedName?: string;
}

export class QueueNumbers {
  /** Hands: windows that are closed now. */
  readonly closed = new Set<string>();
  readonly #taken = new Map<string, WireObject & { readonly ticket: string }>();
  readonly #needs = new Map<string, readonly string[]>();
  readonly #counts = new Map<string, number>();
  /** Numbers that were called, with the window that called; the sequence is the place in it. */
  readonly #called: WireObject[] = [];
  /** Who waits before a clinic, beside those who took a number for a window; both in the order in which they came. */
  readonly #waiting: Waiting[] = [];
  #nextByHand = 0;

  /** Every number that was given, in order. */
  get tickets(): readonly string[] {
    return [...this.#taken.values()].map(({ ticket }) => ticket);
  }

  /** What people with this number want at the window. */
  needsOf(ticket: string): readonly string[] {
    return this.#needs.get(ticket) ?? [];
  }

  /** @throws ContractRefusal */
  take(office: string, requestId: string, need?: string): WireObject {
    const answer = this.#number(office, requestId);
    const needs = this.needsOf(answer.ticket);
    if (need !== undefined && !needs.includes(need)) this.#needs.set(answer.ticket, [...needs, need]);
    return answer;
  }

  #number(office: string, requestId: string): WireObject & { readonly ticket: string } {
    const window = WINDOWS[office];
    if (!window) throw new ContractRefusal(400, 'malformed', 'no such office');
    const known = this.#taken.get(requestId);
    if (known) return known;
    if (this.closed.has(office)) throw new ContractRefusal(409, 'officeClosed', 'this window gives no numbers now');
    const waitingBefore = this.#counts.get(office) ?? 0;
    this.#counts.set(office, waitingBefore + 1);
    const ticket = `${window.letter}${String(waitingBefore + 1).padStart(3, '0')}`;
    const answer = { ticket, place: window.place, waitingBefore };
    this.#taken.set(requestId, answer);
    this.#waiting.push({ ticket, place: window.place, placeLatin: window.placeLatin });
    return answer;
  }

  /** Somebody checked in at a clinic, whose doctor calls by the same displays. */
  join(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** How many of these have not been called yet. */
  stillWaiting(tickets: readonly string[]): number {
    return this.#waiting.filter(({ ticket }) => tickets.includes(ticket)).length;
  }

  /** The next number is called, by its doctor or by a window: the first of those who wait, else one from the counter. */
  callNext(): void {
    const waiting = this.#waiting.shift();
    this.#nextByHand += waiting ? 0 : 1;
    const number = waiting?.ticket ?? `E${String(this.#nextByHand).padStart(3, '0')}`;
    const window = 1 + (this.#called.length % 4);
    this.#called.push({
      number,
      place: waiting?.place ?? `${window}号窗口`,
      placeLatin: waiting?.placeLatin ?? `WINDOW ${window}`,
      maskedName: waiting?.maskedName ?? '测*甲',
    });
  }

  since(after: number | undefined): WireObject {
    return { latest: this.#called.length, calls: after === undefined ? [] : this.#called.slice(after) };
  }
}
