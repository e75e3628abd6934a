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

export class QueueNumbers {
  /** Hands: windows that are closed now. */
  readonly closed = new Set<string>();
  readonly #taken = new Map<string, WireObject & { readonly ticket: string }>();
  readonly #needs = new Map<string, readonly string[]>();
  readonly #counts = new Map<string, number>();
  /** Numbers that were called, with the window that called; the sequence is the place in it. */
  readonly #called: WireObject[] = [];
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
    return answer;
  }

  /** A window calls its next number: of those taken here, the first that was not called, else one from the counter. */
  callNext(): void {
    const called = new Set(this.#called.map(({ number }) => number));
    const waiting = [...this.#taken.values()].find(({ ticket }) => !called.has(ticket));
    this.#nextByHand += waiting ? 0 : 1;
    const number = waiting?.ticket ?? `E${String(this.#nextByHand).padStart(3, '0')}`;
    const window = 1 + (this.#called.length % 4);
    const own = Object.values(WINDOWS).find(({ letter }) => number.startsWith(letter));
    const where = waiting && own ? own : { place: `${window}号窗口`, placeLatin: `WINDOW ${window}` };
    this.#called.push({ number, place: where.place, placeLatin: where.placeLatin, maskedName: '测*甲' });
  }

  since(after: number | undefined): WireObject {
    return { latest: this.#called.length, calls: after === undefined ? [] : this.#called.slice(after) };
  }
}
