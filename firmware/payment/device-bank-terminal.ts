/**
 * The terminal in this cabinet as the settlement asks it: device words in, party words out.
 *
 * One promise: `refused` is said only when the terminal's driver knows that no money moved; whatever it does not know
 * stays `unknown`, and the settlement goes on asking.
 */
import type * as device from '../../drivers/bank-terminal/bank-terminal.ts';
import type { PartyAnswer } from '../hospital/hospital-gateway.ts';
import type { BankTerminal, BatchTotals, CardSale } from './bank-terminal.ts';

/** A sale waits for a person: longer than the terminal's own patience, so that the terminal decides, ms. */
const SALE_MS = 120_000;
/** Longer than the terminal waits for its bank, ms. */
const ANSWER_MS = 45_000;

export class DeviceBankTerminal implements BankTerminal {
  readonly #terminal: device.BankTerminal;

  constructor(terminal: device.BankTerminal) {
    this.#terminal = terminal;
  }

  async sale(order: Parameters<BankTerminal['sale']>[0], signal: AbortSignal): ReturnType<BankTerminal['sale']> {
    const ended = await this.#terminal.sale(order, { timeoutMs: SALE_MS, signal });
    if (ended.done) return { outcome: 'ok', value: ended.value };
    if (ended.effect === 'unknown') return unknown(ended);
    switch (ended.fault) {
      case 'declined':
      case 'amount':
      case 'closed':
      case 'paid':
      case 'busy':
        return refused(ended.fault, ended);
      case 'canceled':
        return refused('cancelled', ended);
      case 'timeOut':
        return refused('busy', ended);
      default:
        return refused('outOfService', ended);
    }
  }

  async lookUp(orderNumber?: string): Promise<PartyAnswer<CardSale | undefined, never>> {
    const ended = await this.#terminal.lookUp(orderNumber, { timeoutMs: ANSWER_MS });
    return ended.done ? { outcome: 'ok', value: ended.value } : unknown(ended);
  }

  async reverse(orderNumber: string): Promise<PartyAnswer<void, 'approved' | 'busy'>> {
    const ended = await this.#terminal.reverse(orderNumber, { timeoutMs: ANSWER_MS });
    if (ended.done) return { outcome: 'ok', value: undefined };
    return ended.fault === 'approved' || ended.fault === 'busy' ? refused(ended.fault, ended) : unknown(ended);
  }

  async giveBack(back: Parameters<BankTerminal['giveBack']>[0]): ReturnType<BankTerminal['giveBack']> {
    const ended = await this.#terminal.giveBack(back, { timeoutMs: ANSWER_MS });
    if (ended.done) return { outcome: 'ok', value: ended.value };
    switch (ended.fault) {
      case 'notPaid':
      case 'amount':
      case 'expired':
      case 'failed':
      case 'batchOver':
        return refused(ended.fault, ended);
      default:
        return unknown(ended);
    }
  }

  async giveBackState(refundNumber: string): ReturnType<BankTerminal['giveBackState']> {
    const ended = await this.#terminal.giveBackState(refundNumber, { timeoutMs: ANSWER_MS });
    return ended.done ? { outcome: 'ok', value: ended.value } : unknown(ended);
  }

  async totals(): Promise<PartyAnswer<BatchTotals, never>> {
    const ended = await this.#terminal.totals({ timeoutMs: ANSWER_MS });
    return ended.done ? { outcome: 'ok', value: ended.value } : unknown(ended);
  }

  async settleBatch(batchNumber: string): ReturnType<BankTerminal['settleBatch']> {
    const ended = await this.#terminal.settleBatch(batchNumber, { timeoutMs: ANSWER_MS });
    if (ended.done) return { outcome: 'ok', value: undefined };
    return ended.fault === 'differs' || ended.fault === 'saleOpen' ? refused(ended.fault, ended) : unknown(ended);
  }
}

interface Failed {
  readonly fault: string;
  readonly detail: string;
}

function unknown({ fault, detail }: Failed): { readonly outcome: 'unknown'; readonly detail: string } {
  return { outcome: 'unknown', detail: `${fault}: ${detail}` };
}

function refused<Reason extends string>(
  reason: Reason,
  { detail }: Failed,
): { readonly outcome: 'refused'; readonly reason: Reason; readonly detail: string } {
  return { outcome: 'refused', reason, detail };
}
