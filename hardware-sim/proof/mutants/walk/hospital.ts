/** The hospital's bills: who holds each, and what it was confirmed with. */
import type { Call } from '../../../../firmware/settlement/call.ts';
import type { Finding } from '../../../../firmware/settlement/facts.ts';

type Confirm = Extract<Call, { step: 'hospital.confirm' }>;

interface Bill {
  heldBy: string | undefined;
  heldUntilMs: number;
  confirmed: { readonly by: string; readonly call: Confirm } | undefined;
}

const no = (reason: string) => ({ verdict: 'fail', reason, detail: reason }) as const;
const RECEIPT = { verdict: 'ok', value: { receiptNumber: 'R-1', nextStep: '3 楼 5 号取药' } } as const;
const DONE = { verdict: 'ok', value: null } as const;

export class Hospital {
  /** Refuses to confirm what it holds for the kiosk. */
  refuses = false;
  /** So many of its answers to a confirmation cannot be read; it does what it is asked. */
  unreadable = 0;
  readonly #bills = new Map<string, Bill>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  bill(id: string): Bill {
    const known = this.#bills.get(id);
    if (known) return known;
    const bill: Bill = { heldBy: undefined, heldUntilMs: 0, confirmed: undefined };
    this.#bills.set(id, bill);
    return bill;
  }

  /** A lock ends by its own time. */
  holder(id: string): string | undefined {
    const { heldBy, heldUntilMs } = this.bill(id);
    return this.#nowMs() < heldUntilMs ? heldBy : undefined;
  }

  /** A cashier opens every bill that nobody holds and that is not settled. */
  takeAtWindow(): void {
    for (const [id, bill] of this.#bills) {
      if (this.holder(id) !== undefined || bill.confirmed) continue;
      bill.heldBy = 'window';
      bill.heldUntilMs = Number.POSITIVE_INFINITY;
    }
  }

  lock(id: string, number: string, ttlSeconds: number): Finding<null> {
    const bill = this.bill(id);
    if (bill.confirmed) return no('alreadySettled');
    if ((this.holder(id) ?? number) !== number) return no('lockedElsewhere');
    bill.heldBy = number;
    bill.heldUntilMs = this.#nowMs() + ttlSeconds * 1_000;
    return DONE;
  }

  unlock(id: string, number: string): Finding<null> {
    const bill = this.bill(id);
    if (bill.confirmed) return no('alreadySettled');
    if (bill.heldBy === number) bill.heldUntilMs = 0;
    return DONE;
  }

  confirm(id: string, number: string, call: Confirm): Finding<(typeof RECEIPT)['value']> {
    const answer = this.#confirm(id, number, call);
    if (this.unreadable === 0) return answer;
    this.unreadable -= 1;
    return { verdict: 'unknown', detail: 'no answer that can be read', unreadable: true };
  }

  #confirm(id: string, number: string, call: Confirm): Finding<(typeof RECEIPT)['value']> {
    const bill = this.bill(id);
    if (bill.confirmed) return bill.confirmed.by === number ? RECEIPT : no('alreadySettled');
    if (this.refuses) return no('changed');
    if ((this.holder(id) ?? number) !== number) return no('lockedElsewhere');
    bill.confirmed = { by: number, call };
    bill.heldUntilMs = 0;
    return RECEIPT;
  }
}
