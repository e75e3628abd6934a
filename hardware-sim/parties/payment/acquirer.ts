/**
 * The bank-card acquirer at the far end of a terminal's line: sales, reversals,
 * voids, refunds and batches, by messages of bytes.
 *
 * One promise: an order is debited once at most. A reversal of an order that
 * never came leaves a tombstone, so the sale that comes after it is refused.
 */
import type { PartyClock } from '../party.ts';
import { type BankCard, tailOf } from './bank-card.ts';
import type { ChannelEntry } from './channel-files.ts';

const DAY_MS = 86_400_000;
const REFUND_DAYS = 180;

export interface AcquirerReturn {
  readonly refundNumber: string;
  readonly amountFen: number;
  readonly dueMs: number;
  readonly batch: number;
  state: 'pending' | 'done' | 'failed';
  readonly fails: boolean;
}

export interface AcquirerSale {
  readonly order: string;
  readonly amountFen: number;
  readonly card: BankCard | undefined;
  readonly atMs: number;
  readonly batch: number;
  readonly trace: number;
  readonly reference: string;
  state: 'approved' | 'declined' | 'reversed';
  readonly returns: Map<string, AcquirerReturn>;
}

/** What a terminal asks; the card stays between terminal and acquirer. */
export type AcquirerRequest =
  | {
      readonly ask: 'sale';
      readonly order: string;
      readonly amountFen: number;
      readonly card: string;
      readonly trace: number;
    }
  | { readonly ask: 'reverse'; readonly order: string }
  | { readonly ask: 'lookUp'; readonly order: string }
  | {
      readonly ask: 'giveBack';
      readonly order: string;
      readonly refund: string;
      readonly amountFen: number;
      readonly as: 'void' | 'refund';
    }
  | { readonly ask: 'giveBackState'; readonly refund: string }
  | {
      readonly ask: 'settle';
      readonly batch: number;
      readonly sales: readonly [count: number, fen: number];
      readonly returns: readonly [count: number, fen: number];
    };

export interface AcquirerAnswer {
  /** A word: `approved`, `declined`, `closed`, `paid`, `amount` … */
  readonly says: string;
  readonly reference?: string;
  readonly batch?: number;
  readonly amountFen?: number;
  readonly tail?: string;
}

export class Acquirer {
  /** Refunds (not voids) take this long; 0 = at once. */
  refundTakesMs = 0;
  /** Hands: refunds asked for from now on fail later. */
  failing = false;
  batch = 1;
  readonly sales = new Map<string, AcquirerSale>();
  readonly #clock: PartyClock;
  readonly #cards = new Map<string, BankCard>();

  constructor(clock: PartyClock) {
    this.#clock = clock;
  }

  issue(card: BankCard): BankCard {
    this.#cards.set(card.number, card);
    return card;
  }

  /** A sale from before this world began. */
  takenBefore(order: string, card: BankCard, amountFen: number, atMs: number): void {
    const old = { order, amountFen, card, atMs, batch: 0, trace: 0, reference: `RRN-${order}` };
    this.sales.set(order, { ...old, state: 'approved', returns: new Map() });
  }

  answer(request: AcquirerRequest): AcquirerAnswer {
    switch (request.ask) {
      case 'sale':
        return this.#sale(request);
      case 'reverse':
        return this.#reverse(request.order);
      case 'lookUp':
        return this.#lookUp(request.order);
      case 'giveBack':
        return this.#giveBack(request);
      case 'giveBackState':
        return { says: this.#returnOf(request.refund)?.state ?? 'notFound' };
      case 'settle':
        return this.#settle(request);
    }
  }

  /** Debits less what went back, of one order. */
  keptFen(order: string): number {
    const sale = this.sales.get(order);
    if (sale?.state !== 'approved') return 0;
    return sale.amountFen - this.#backFen(sale);
  }

  /** For the channel's file. A sale that was reversed never stands in it. */
  entries(): readonly ChannelEntry[] {
    return [...this.sales.values()].flatMap((sale) => {
      if (sale.state !== 'approved') return [];
      const charge = { orderNumber: sale.order, channelNumber: sale.reference, refundNumber: undefined };
      this.#age(sale);
      const back = [...sale.returns.values()].filter(({ state }) => state === 'done');
      return [
        { ...charge, kind: 'charge' as const, amountFen: sale.amountFen, atMs: sale.atMs },
        ...back.map(({ refundNumber, amountFen, dueMs }) => ({
          ...charge,
          kind: 'refund' as const,
          refundNumber,
          channelNumber: `${sale.reference}-${refundNumber}`,
          amountFen,
          atMs: dueMs,
        })),
      ];
    });
  }

  #sale({ order, amountFen, card: number, trace }: Extract<AcquirerRequest, { ask: 'sale' }>): AcquirerAnswer {
    const known = this.sales.get(order);
    if (known?.state === 'reversed') return { says: 'closed' };
    if (known?.state === 'approved') return { says: known.amountFen === amountFen ? 'paid' : 'amount' };
    const card = this.#cards.get(number);
    const approved = card !== undefined && !card.refuses && card.balanceFen >= amountFen;
    const sale: AcquirerSale = {
      ...{ order, amountFen, card, trace },
      atMs: this.#clock.wallMs(),
      batch: this.batch,
      reference: `RRN${String(this.sales.size + 1).padStart(9, '0')}`,
      state: approved ? 'approved' : 'declined',
      returns: new Map(),
    };
    this.sales.set(order, sale);
    if (!card || !approved) return { says: 'declined' };
    card.balanceFen -= amountFen;
    return { says: 'approved', ...this.#names(sale) };
  }

  #reverse(order: string): AcquirerAnswer {
    const sale = this.sales.get(order);
    if (!sale) {
      const never = { order, amountFen: 0, card: undefined, atMs: 0, batch: this.batch, trace: 0, reference: '' };
      this.sales.set(order, { ...never, state: 'reversed', returns: new Map() });
      return { says: 'reversed' };
    }
    if (sale.state === 'approved') {
      if (sale.batch !== this.batch || sale.returns.size > 0) return { says: 'tooLate' };
      if (sale.card) sale.card.balanceFen += sale.amountFen;
    }
    sale.state = 'reversed';
    return { says: 'reversed' };
  }

  #lookUp(order: string): AcquirerAnswer {
    const sale = this.sales.get(order);
    if (!sale) return { says: 'notFound' };
    const returned = sale.state === 'approved' && this.#backFen(sale) === sale.amountFen;
    return { says: returned ? 'returned' : sale.state, ...this.#names(sale) };
  }

  #giveBack(asked: Extract<AcquirerRequest, { ask: 'giveBack' }>): AcquirerAnswer {
    const { order, refund: refundNumber, amountFen, as } = asked;
    const sale = this.sales.get(order);
    const known = this.#returnOf(refundNumber);
    if (known)
      return { says: known.amountFen === amountFen && sale?.returns.has(refundNumber) ? known.state : 'amount' };
    if (sale?.state !== 'approved') return { says: 'notPaid' };
    const spokenFor = [...sale.returns.values()].reduce(
      (sum, one) => sum + (one.state === 'failed' ? 0 : one.amountFen),
      0,
    );
    if (as === 'void') {
      if (sale.batch !== this.batch) return { says: 'batchOver' };
      if (spokenFor > 0 || amountFen !== sale.amountFen) return { says: 'amount' };
    }
    if (amountFen <= 0 || spokenFor + amountFen > sale.amountFen) return { says: 'amount' };
    const now = this.#clock.wallMs();
    if (now - sale.atMs >= REFUND_DAYS * DAY_MS) return { says: 'expired' };
    const takesMs = as === 'void' ? 0 : this.refundTakesMs;
    const made = { refundNumber, amountFen, dueMs: now + takesMs, batch: this.batch, fails: this.failing };
    sale.returns.set(refundNumber, { ...made, state: 'pending' });
    this.#age(sale);
    return { says: sale.returns.get(refundNumber)?.state ?? 'pending' };
  }

  #settle({ batch, sales, returns }: Extract<AcquirerRequest, { ask: 'settle' }>): AcquirerAnswer {
    if (batch < this.batch) return { says: 'settled', batch: this.batch };
    const mine = [...this.sales.values()].filter((sale) => sale.batch === batch && sale.state === 'approved');
    const back = [...this.sales.values()].flatMap((sale) =>
      [...sale.returns.values()].filter((one) => one.batch === batch && one.state !== 'failed'),
    );
    const agrees = sameTotals(sales, mine) && sameTotals(returns, back);
    if (!agrees) return { says: 'differs' };
    this.batch += 1;
    return { says: 'settled', batch: this.batch };
  }

  #returnOf(refundNumber: string): AcquirerReturn | undefined {
    for (const sale of this.sales.values()) {
      this.#age(sale);
      const found = sale.returns.get(refundNumber);
      if (found) return found;
    }
    return undefined;
  }

  #backFen(sale: AcquirerSale): number {
    this.#age(sale);
    return [...sale.returns.values()].reduce((sum, one) => sum + (one.state === 'done' ? one.amountFen : 0), 0);
  }

  #age(sale: AcquirerSale): void {
    for (const one of sale.returns.values()) {
      if (one.state !== 'pending' || this.#clock.wallMs() < one.dueMs) continue;
      one.state = one.fails ? 'failed' : 'done';
      if (one.state === 'done' && sale.card) sale.card.balanceFen += one.amountFen;
    }
  }

  #names(sale: AcquirerSale) {
    const tail = sale.card ? { tail: tailOf(sale.card) } : {};
    return { reference: sale.reference, batch: sale.batch, amountFen: sale.amountFen, ...tail };
  }
}

function sameTotals([count, fen]: readonly [number, number], rows: readonly { readonly amountFen: number }[]): boolean {
  return count === rows.length && fen === rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
