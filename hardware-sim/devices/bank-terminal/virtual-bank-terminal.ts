/**
 * A bank-card terminal (POS 模块): it reads a card, asks the acquirer, and keeps
 * what it did in a memory that no power cut touches.
 *
 * It keeps the rule of its trade: a sale without an answer is reversed before
 * anything else goes out, again and again until the reversal is answered.
 */
import type { Acquirer, AcquirerAnswer, AcquirerRequest } from '../../parties/payment/acquirer.ts';
import { type BankCard, tailOf } from '../../parties/payment/bank-card.ts';
import { CutLine } from '../cut-line.ts';

export interface TerminalSale {
  readonly order: string;
  readonly amountFen: number;
  readonly trace: number;
  state: 'open' | 'approved' | 'declined' | 'reversed' | 'returned';
  batch: number;
  reference: string | undefined;
  tail: string | undefined;
}

interface TerminalReturn {
  readonly refund: string;
  readonly amountFen: number;
  readonly batch: number;
}

/** What the host hears; `undefined` = nothing, the terminal is off or its line to the host is dead. */
export type Said = { readonly says: string; readonly sale?: TerminalSale } | undefined;

/** What survives a power cut. */
interface Memory {
  readonly sales: Map<string, TerminalSale>;
  readonly returns: Map<string, TerminalReturn>;
  batch: number;
  trace: number;
  last: string | undefined;
}

export class VirtualBankTerminal {
  readonly line = new CutLine();
  readonly #acquirer: Acquirer;
  readonly #memory: Memory = { sales: new Map(), returns: new Map(), batch: 1, trace: 0, last: undefined };
  #powered = true;
  #card: BankCard | undefined;
  #reading: { readonly read: (card: BankCard | undefined) => void } | undefined;

  constructor(acquirer: Acquirer) {
    this.#acquirer = acquirer;
  }

  /** Hands: a card on the reader, its password typed. */
  present(card: BankCard): void {
    this.#card = card;
    this.#reading?.read(card);
  }

  takeCard(): void {
    this.#card = undefined;
  }

  /** Hands: the plug is pulled; a sale under way is not finished and not forgotten. */
  pullPlug(): void {
    this.#powered = false;
    this.#reading?.read(undefined);
  }

  plugIn(): void {
    this.#powered = true;
  }

  async sale(order: string, amountFen: number, signal: AbortSignal): Promise<Said> {
    if (!this.#powered) return undefined;
    if (this.#reading) return { says: 'busy' };
    if (!this.#settleDebts()) return { says: 'outOfService' };
    const known = this.#memory.sales.get(order);
    if (known?.state === 'reversed') return { says: 'closed' };
    if (known?.state === 'approved' || known?.state === 'returned') return { says: 'paid' };
    const card = await this.#readCard(signal);
    if (!this.#powered) return undefined;
    if (!card) return { says: 'cancelled' };
    this.#memory.trace += 1;
    const { trace, batch } = this.#memory;
    const sale: TerminalSale = {
      order,
      amountFen,
      trace,
      state: 'open',
      batch,
      reference: undefined,
      tail: tailOf(card),
    };
    this.#memory.sales.set(order, sale);
    this.#memory.last = order;
    const answer = this.#ask({ ask: 'sale', order, amountFen, card: card.number, trace });
    if (!this.#powered) return undefined;
    if (!answer) {
      this.#settleDebts();
      return { says: 'noAnswer', sale };
    }
    switch (answer.says) {
      case 'approved':
      case 'paid':
        Object.assign(sale, { state: 'approved', reference: answer.reference });
        return { says: 'approved', sale };
      case 'closed':
        sale.state = 'reversed';
        return { says: 'closed' };
      default:
        sale.state = 'declined';
        return { says: answer.says };
    }
  }

  /** The last sale when no order is named. */
  lookUp(order = this.#memory.last): Said {
    if (!this.#powered) return undefined;
    if (order === undefined) return { says: 'none' };
    const sale = this.#memory.sales.get(order);
    if (sale?.state === 'open') this.#settleDebts();
    if (sale && sale.state !== 'approved' && sale.state !== 'open') return { says: 'known', sale };
    const answer = sale?.state === 'open' ? undefined : this.#ask({ ask: 'lookUp', order });
    if (sale?.state === 'open') return { says: 'known', sale };
    if (!answer) return { says: 'noAnswer' };
    if (answer.says === 'notFound') return { says: 'none' };
    return { says: 'known', sale: this.#learn(order, answer) };
  }

  reverse(order: string): Said {
    if (!this.#powered) return undefined;
    if (this.#reading) return { says: 'busy' };
    const sale = this.#memory.sales.get(order);
    if (sale?.state === 'approved' || sale?.state === 'returned') return { says: 'approved' };
    if (sale?.state === 'reversed') return { says: 'reversed' };
    const answer = this.#ask({ ask: 'reverse', order });
    if (answer?.says !== 'reversed') return { says: 'noAnswer' };
    this.#learn(order, answer);
    return { says: 'reversed' };
  }

  giveBack(order: string, refund: string, amountFen: number, as: 'void' | 'refund'): Said {
    if (!this.#powered) return undefined;
    if (!this.#settleDebts()) return { says: 'noAnswer' };
    const answer = this.#ask({ ask: 'giveBack', order, refund, amountFen, as });
    if (!answer) return { says: 'noAnswer' };
    const taken = answer.says === 'done' || answer.says === 'pending';
    if (taken && !this.#memory.returns.has(refund)) {
      this.#memory.returns.set(refund, { refund, amountFen, batch: this.#memory.batch });
    }
    return { says: answer.says };
  }

  giveBackState(refund: string): Said {
    if (!this.#powered) return undefined;
    return { says: this.#ask({ ask: 'giveBackState', refund })?.says ?? 'noAnswer' };
  }

  totals() {
    const { batch } = this.#memory;
    const sales = [...this.#memory.sales.values()].filter(
      (sale) => sale.batch === batch && (sale.state === 'approved' || sale.state === 'returned'),
    );
    const returns = [...this.#memory.returns.values()].filter((one) => one.batch === batch);
    return { batch, sales: totalsOf(sales), returns: totalsOf(returns) };
  }

  settleBatch(batch: number): Said {
    if (!this.#powered) return undefined;
    if (batch < this.#memory.batch) return { says: 'settled' };
    if (!this.#settleDebts()) return { says: 'saleOpen' };
    const { sales, returns } = this.totals();
    const answer = this.#ask({ ask: 'settle', batch, sales, returns });
    if (!answer) return { says: 'noAnswer' };
    if (answer.says === 'settled') this.#memory.batch = answer.batch ?? batch + 1;
    return { says: answer.says };
  }

  /** Reverses every sale whose answer never came. → whether nothing is owed any more */
  #settleDebts(): boolean {
    for (const sale of this.#memory.sales.values()) {
      if (sale.state !== 'open') continue;
      if (this.#ask({ ask: 'reverse', order: sale.order })?.says !== 'reversed') return false;
      sale.state = 'reversed';
    }
    return true;
  }

  #learn(order: string, { says, amountFen, batch, reference, tail }: AcquirerAnswer): TerminalSale {
    const known = this.#memory.sales.get(order);
    const state = says as TerminalSale['state'];
    if (known) return Object.assign(known, { state });
    const learnt = { order, amountFen: amountFen ?? 0, trace: 0, state, batch: batch ?? 0, reference, tail };
    this.#memory.sales.set(order, learnt);
    return learnt;
  }

  #readCard(signal: AbortSignal): Promise<BankCard | undefined> {
    if (this.#card) return Promise.resolve(this.#card);
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const read = (card: BankCard | undefined): void => {
        this.#reading = undefined;
        signal.removeEventListener('abort', stop);
        resolve(card);
      };
      const stop = (): void => read(undefined);
      signal.addEventListener('abort', stop);
      this.#reading = { read };
    });
  }

  /** One exchange with the acquirer; the cut may come in either direction. */
  #ask(request: AcquirerRequest): AcquirerAnswer | undefined {
    if (!this.line.carry(`${JSON.stringify(request)}\n`)) return undefined;
    const answer = this.#acquirer.answer(request);
    return this.line.carry(`${JSON.stringify(answer)}\n`) && this.#powered ? answer : undefined;
  }
}

function totalsOf(rows: readonly { readonly amountFen: number }[]): readonly [count: number, fen: number] {
  return [rows.length, rows.reduce((sum, { amountFen }) => sum + amountFen, 0)];
}
