/**
 * The hospital as its contract allows it to be at worst (docs/interfaces/hospital.openapi.yaml).
 *
 * Locks end by their own time, a window and other kiosks want the same bill, and a confirmation is taken
 * after a lock ran out as long as nobody else settled. Its ledger: bills, who holds them, who settled them.
 */
export type HospitalRefusal = 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill';

/** What a confirmation says, as far as money is concerned. */
export interface Confirmed {
  /** Settlement number, or `window`. */
  readonly by: string;
  readonly centreSettlementId: string | null;
  readonly ownFen: number;
  readonly receiptNumber: string;
  readonly atMs: number;
}

export interface HospitalBill {
  readonly billId: string;
  version: number;
  lock: { readonly holder: string; readonly untilMs: number } | undefined;
  confirmed: Confirmed | undefined;
  /** Settlements that lost the bill to somebody else because their lock ran out. */
  readonly lostBy: Set<string>;
}

export const WINDOW = 'window';

export class Hospital {
  readonly bills = new Map<string, HospitalBill>();
  readonly #nowMs: () => number;
  /** Settlement numbers whose confirmation is refused, whenever it comes. */
  readonly #refused = new Set<string>();
  #receipts = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  addBill(billId: string): HospitalBill {
    const bill: HospitalBill = { billId, version: 1, lock: undefined, confirmed: undefined, lostBy: new Set() };
    this.bills.set(billId, bill);
    return bill;
  }

  /** The hospital does not take this settlement for a reason of its own, and stays with it. */
  refuseForGood(billId: string, number: string): void {
    if (this.bills.get(billId)?.confirmed?.by !== number) this.#refused.add(number);
  }

  holderOf(bill: HospitalBill): string | undefined {
    return bill.lock && this.#nowMs() < bill.lock.untilMs ? bill.lock.holder : undefined;
  }

  lock(billId: string, version: string, holder: string, ttlMs: number): HospitalRefusal | undefined {
    const bill = this.bills.get(billId);
    if (!bill) return 'unknownBill';
    if (bill.confirmed) return 'alreadySettled';
    const holding = this.holderOf(bill);
    if (holding !== undefined && holding !== holder) return 'lockedElsewhere';
    if (String(bill.version) !== version) return 'changed';
    if (bill.lock && bill.lock.holder !== holder) bill.lostBy.add(bill.lock.holder);
    bill.lock = { holder, untilMs: this.#nowMs() + ttlMs };
    return undefined;
  }

  /** Letting go of what somebody else holds does nothing. */
  unlock(billId: string, holder: string): 'alreadySettled' | 'unknownBill' | undefined {
    const bill = this.bills.get(billId);
    if (!bill) return 'unknownBill';
    if (bill.confirmed) return 'alreadySettled';
    if (bill.lock?.holder === holder) bill.lock = undefined;
    return undefined;
  }

  /** The same settlement number again hears the same receipt. */
  confirm(
    billId: string,
    { by, centreSettlementId, ownFen }: { by: string; centreSettlementId: string | null; ownFen: number },
  ): HospitalRefusal | Confirmed {
    const bill = this.bills.get(billId);
    if (!bill) return 'unknownBill';
    if (bill.confirmed) return bill.confirmed.by === by ? bill.confirmed : 'alreadySettled';
    if (this.#refused.has(by)) return 'changed';
    const holding = this.holderOf(bill);
    if (holding !== undefined && holding !== by) return 'lockedElsewhere';
    if (bill.lock && bill.lock.holder !== by) bill.lostBy.add(bill.lock.holder);
    this.#receipts += 1;
    const receiptNumber = `R${this.#receipts}`;
    bill.confirmed = { by, centreSettlementId, ownFen, receiptNumber, atMs: this.#nowMs() };
    bill.lock = undefined;
    return bill.confirmed;
  }

  /** A cashier opens the bill; it is held until the cashier is done with it. */
  openAtWindow(billId: string): HospitalRefusal | undefined {
    const bill = this.bills.get(billId);
    return this.lock(billId, String(bill?.version), WINDOW, Number.POSITIVE_INFINITY);
  }

  /** The doctor adds a line. A bill that is held or settled stays as it is. */
  change(billId: string): void {
    const bill = this.bills.get(billId);
    if (bill && !bill.confirmed && this.holderOf(bill) === undefined) bill.version += 1;
  }
}
