/**
 * The hospital's bills and who holds them: a kiosk, a window, or nobody.
 *
 * One promise: a bill is settled at most once, and whoever asks again with the
 * same settlement number hears the same answer.
 */
import type { HospitalBill } from '../bills/hospital-bill.ts';
import type { PartyClock } from '../party.ts';
import { type Confirmation, requireFits } from './confirmation.ts';
import { type Kept, keptAfter } from './kept-money.ts';
import type { Registered } from './registered.ts';

export type Settled =
  | {
      readonly by: 'kiosk';
      readonly confirmation: Confirmation;
      readonly receiptNumber: string;
      readonly settledMs: number;
    }
  | {
      readonly by: 'window';
      readonly receiptNumber: string;
      readonly settledMs: number;
      /** What insurance the window settled with it. */
      readonly centre?: AtWindow | undefined;
    };

export interface AtWindow {
  readonly settlementId: string;
  /** What the patient paid at the window, fen. */
  readonly ownFen: number;
}

export interface BillEntry {
  readonly patient: Registered;
  bill: HospitalBill;
  /** `window` or a settlement number. */
  lock: { readonly holder: string; readonly untilMs: number } | undefined;
  settled: Settled | undefined;
  /** Payments that the hospital keeps for this bill, once a kiosk has settled it. */
  kept: readonly Kept[];
  /** The settlement that undid this one or took it over. */
  followedBy: string | undefined;
}

/** What the rest of the hospital has to say about a bill. */
export interface House {
  /** Why this bill can be neither locked nor settled now. */
  obstacle(entry: BillEntry): 'changed' | 'lockedElsewhere' | undefined;
  /** Told once of every confirmation, when it is taken in. */
  settled(entry: BillEntry, confirmation: Confirmation): void;
  settledAtWindow(entry: BillEntry): void;
}

export type BookRefusal = 'lockedElsewhere' | 'alreadySettled' | 'changed' | 'unknownBill';

/** A cashier's window never lets go by time. */
export const WINDOW = 'window';

export class BillBook {
  readonly #clock: PartyClock;
  readonly #house: House;
  readonly #entries = new Map<string, BillEntry>();
  readonly #open = new Map<string, Set<BillEntry>>();
  readonly #bySettlement = new Map<string, BillEntry>();
  #receipts = 0;

  constructor(clock: PartyClock, house: House) {
    this.#clock = clock;
    this.#house = house;
  }

  get entries(): ReadonlyMap<string, BillEntry> {
    return this.#entries;
  }

  add(patient: Registered, bill: HospitalBill): BillEntry {
    const entry: BillEntry = { patient, bill, lock: undefined, settled: undefined, kept: [], followedBy: undefined };
    this.#entries.set(bill.billId, entry);
    const open = this.#open.get(patient.key) ?? new Set();
    this.#open.set(patient.key, open.add(entry));
    return entry;
  }

  openBillsOf(patient: { readonly key: string }): readonly BillEntry[] {
    return [...(this.#open.get(patient.key) ?? [])];
  }

  /** What a kiosk settled under this number. */
  settledAs(settlementNumber: string): BillEntry | undefined {
    return this.#bySettlement.get(settlementNumber);
  }

  /** Every bill of a person that is settled, in the order of settling. */
  settledOf(patient: { readonly key: string }): readonly BillEntry[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.patient.key === patient.key && entry.settled)
      .sort((one, other) => (one.settled?.settledMs ?? 0) - (other.settled?.settledMs ?? 0));
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
    const obstacle = this.#obstacle(entry);
    if (obstacle) return obstacle;
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

  /** @throws ContractRefusal when the confirmation contradicts its bill. */
  confirm(billId: string, confirmation: Confirmation): BookRefusal | { readonly receiptNumber: string } {
    const entry = this.#entries.get(billId);
    if (!entry) return 'unknownBill';
    const { settlementNumber } = confirmation;
    if (entry.settled) {
      const same = entry.settled.by === 'kiosk' && entry.settled.confirmation.settlementNumber === settlementNumber;
      return same ? { receiptNumber: entry.settled.receiptNumber } : 'alreadySettled';
    }
    const holding = this.holderOf(entry);
    if (holding !== undefined && holding !== settlementNumber) return 'lockedElsewhere';
    if (entry.bill.totalFen !== confirmation.totalFen) return 'changed';
    const obstacle = this.#obstacle(entry);
    if (obstacle) return obstacle;
    requireFits(entry.bill, confirmation);
    const receiptNumber = this.#nextReceipt();
    const settledMs = this.#clock.wallMs();
    const former = formerOf(entry.bill);
    const before = former === undefined ? undefined : this.#bySettlement.get(former);
    entry.kept = keptAfter(entry.bill, confirmation, settledMs, before?.kept ?? []);
    this.#end(entry, { by: 'kiosk', confirmation, receiptNumber, settledMs });
    this.#bySettlement.set(settlementNumber, entry);
    if (before) before.followedBy = settlementNumber;
    this.#house.settled(entry, confirmation);
    return { receiptNumber };
  }

  settleAtWindow(entry: BillEntry, centre?: AtWindow): void {
    const receiptNumber = this.#nextReceipt();
    this.#end(entry, { by: 'window', receiptNumber, settledMs: this.#clock.wallMs(), centre });
    const former = formerOf(entry.bill);
    const before = former === undefined ? undefined : this.#bySettlement.get(former);
    if (before) before.followedBy = receiptNumber;
    this.#house.settledAtWindow(entry);
  }

  #obstacle(entry: BillEntry): 'changed' | 'lockedElsewhere' | undefined {
    const former = formerOf(entry.bill);
    // What this bill undoes or takes over was undone by another bill meanwhile.
    if (former !== undefined && this.#bySettlement.get(former)?.followedBy !== undefined) return 'changed';
    return this.#house.obstacle(entry);
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

function formerOf({ refund, conversion }: HospitalBill): string | undefined {
  return (refund ?? conversion)?.former.settlementNumber;
}
