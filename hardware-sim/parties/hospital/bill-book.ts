/**
 * The hospital's bills and who holds them: a kiosk, a window, or nobody.
 *
 * One promise: a bill is settled at most once, and whoever asks again with the
 * same settlement number hears the same answer.
 */
import type { HospitalBill } from '../bills/bills.ts';
import type { PartyClock } from '../party.ts';
import type { Patient } from '../people/patients.ts';

export interface Confirmation {
  readonly settlementNumber: string;
  readonly centreSettlementId: string;
  readonly totalFen: number;
  readonly fundFen: number;
  readonly accountFen: number;
  readonly ownFen: number;
  readonly payOrderNumber: string | undefined;
}

export type Settled =
  | { readonly by: 'kiosk'; readonly confirmation: Confirmation; readonly receiptNumber: string }
  | { readonly by: 'window'; readonly receiptNumber: string };

export interface BillEntry {
  readonly patient: Patient;
  bill: HospitalBill;
  /** `window` or a settlement number. */
  lock: { readonly holder: string; readonly untilMs: number } | undefined;
  settled: Settled | undefined;
}

export type BookRefusal = 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill';

/** A cashier's window never lets go by time. */
export const WINDOW = 'window';

export class BillBook {
  readonly #clock: PartyClock;
  readonly #entries = new Map<string, BillEntry>();
  readonly #open = new Map<string, Set<BillEntry>>();
  #receipts = 0;

  constructor(clock: PartyClock) {
    this.#clock = clock;
  }

  get entries(): ReadonlyMap<string, BillEntry> {
    return this.#entries;
  }

  add(patient: Patient, bill: HospitalBill): void {
    const entry: BillEntry = { patient, bill, lock: undefined, settled: undefined };
    this.#entries.set(bill.billId, entry);
    const open = this.#open.get(patient.key) ?? new Set();
    this.#open.set(patient.key, open.add(entry));
  }

  openBillsOf(patient: Patient): readonly BillEntry[] {
    return [...(this.#open.get(patient.key) ?? [])];
  }

  /** Who holds a bill now; an expired lock holds nothing. */
  holderOf(entry: BillEntry): string | undefined {
    return entry.lock && entry.lock.untilMs > this.#clock.wallMs() ? entry.lock.holder : undefined;
  }

  lock(billId: string, version: string, holder: string, ttlMs: number): BookRefusal | undefined {
    const entry = this.#entries.get(billId);
    if (!entry) return 'unknownBill';
    if (entry.settled) return 'alreadySettled';
    const holding = this.holderOf(entry);
    if (holding !== undefined && holding !== holder) return 'lockedElsewhere';
    if (entry.bill.version !== version) return 'changed';
    entry.lock = { holder, untilMs: this.#clock.wallMs() + ttlMs };
    return undefined;
  }

  /** Letting go of what somebody else holds is harmless and does nothing. */
  unlock(billId: string, holder: string): 'alreadySettled' | 'unknownBill' | undefined {
    const entry = this.#entries.get(billId);
    if (!entry) return 'unknownBill';
    if (entry.settled) return 'alreadySettled';
    if (entry.lock?.holder === holder) entry.lock = undefined;
    return undefined;
  }

  confirm(billId: string, confirmation: Confirmation): BookRefusal | { readonly receiptNumber: string } {
    const entry = this.#entries.get(billId);
    if (!entry) return 'unknownBill';
    if (entry.settled) {
      const same =
        entry.settled.by === 'kiosk' && entry.settled.confirmation.settlementNumber === confirmation.settlementNumber;
      return same ? { receiptNumber: entry.settled.receiptNumber } : 'alreadySettled';
    }
    const holding = this.holderOf(entry);
    if (holding !== undefined && holding !== confirmation.settlementNumber) return 'lockedElsewhere';
    if (entry.bill.totalFen !== confirmation.totalFen) return 'changed';
    const receiptNumber = this.#nextReceipt();
    this.#end(entry, { by: 'kiosk', confirmation, receiptNumber });
    return { receiptNumber };
  }

  settleAtWindow(entry: BillEntry): void {
    this.#end(entry, { by: 'window', receiptNumber: this.#nextReceipt() });
  }

  #end(entry: BillEntry, settled: Settled): void {
    entry.settled = settled;
    entry.lock = undefined;
    this.#open.get(entry.patient.key)?.delete(entry);
  }

  #nextReceipt(): string {
    this.#receipts += 1;
    return `R${String(this.#receipts).padStart(8, '0')}`;
  }
}
