/**
 * 自费转医保: bills paid at own expense that settle with insurance afterwards,
 * and bills left for later under a number (补记账).
 */
import { dayText } from '../beijing-time.ts';
import type { HospitalBill } from '../bills/hospital-bill.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import type { WireObject } from '../wire-json.ts';
import { Approvals } from './approvals.ts';
import type { BillBook, BillEntry } from './bill-book.ts';
import { byKiosk, formerSettlement, type KioskSettled } from './former.ts';
import { DAY_MS, type HospitalRules } from './hospital-rules.ts';
import type { Registered } from './registered.ts';

type Refused = 'tooOld' | 'notApproved' | 'notInsured' | 'notSelfPaid' | 'inProgress' | 'refundedBefore';

interface Parked {
  readonly entry: BillEntry;
  readonly reason: string;
  readonly untilMs: number;
  withdrawn: boolean;
}

export class ConversionDesk {
  readonly approvals = new Approvals('ZY');
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #rules: HospitalRules;
  readonly #parked = new Map<string, Parked>();

  constructor(clock: PartyClock, book: BillBook, rules: HospitalRules) {
    this.#clock = clock;
    this.#book = book;
    this.#rules = rules;
  }

  convertible(person: Registered): readonly WireObject[] {
    const found = this.#book.settledOf(person).flatMap((entry) => {
      const settled = byKiosk(entry);
      if (!settled || this.#obstacle(settled) !== undefined) return [];
      const { confirmation } = settled;
      return [
        {
          ...this.#former(settled),
          departmentName: entry.bill.departmentName,
          until: dayText(this.#untilMs(settled)),
          application: this.approvals.about(confirmation.settlementNumber) ?? 'none',
          parkedNumber: confirmation.parkedNumber ?? null,
        },
      ];
    });
    return found as unknown as readonly WireObject[];
  }

  /** @throws ContractRefusal */
  request(settlementNumber: string): WireObject {
    const settled = byKiosk(this.#book.settledAs(settlementNumber));
    if (!settled) throw new ContractRefusal(404, 'unknownSettlement', 'no kiosk settled under this number');
    const refused = this.#obstacle(settled);
    if (refused) return { state: 'refused', reason: refused };
    const atOnce = this.#rules.conversionApproval === 'automatic' ? 'approved' : 'waiting';
    const { applicationId, said } = this.approvals.ask(settlementNumber, atOnce);
    if (said === 'waiting') return { state: 'waiting', applicationId };
    if (said === 'refused') return { state: 'refused', reason: 'notApproved' satisfies Refused };
    return { state: 'approved', bill: this.#write(settled, applicationId) as unknown as WireObject };
  }

  /** @throws ContractRefusal */
  park(billId: string, parkedNumber: string, reason: string): WireObject {
    const entry = this.#book.entries.get(billId);
    if (!entry) throw new ContractRefusal(404, 'unknownBill', 'no such bill');
    const known = this.#parked.get(parkedNumber);
    if (known && known.entry !== entry) throw new ContractRefusal(409, 'numberTaken', 'this number is another bill’s');
    if (known) return { until: dayText(known.untilMs) };
    if (entry.settled) throw new ContractRefusal(409, 'alreadySettled', 'this bill is settled');
    const holder = this.#book.holderOf(entry);
    if (holder !== undefined) throw new ContractRefusal(409, 'lockedElsewhere', 'somebody holds this bill');
    return { until: dayText(this.#keep(parkedNumber, entry, reason).untilMs) };
  }

  /** Settled at own expense with a number on the slip: found by it like a parked bill. */
  noteSettled(entry: BillEntry, parkedNumber: string): void {
    if (!this.#parked.has(parkedNumber)) this.#keep(parkedNumber, entry, 'centreRefused');
  }

  /** A kiosk reported it, and the call before it was lost. */
  noteParked(entry: BillEntry, parkedNumber: string): void {
    if (!this.#parked.has(parkedNumber)) this.#keep(parkedNumber, entry, 'patientAsked');
  }

  /** @throws ContractRefusal */
  byNumber(parkedNumber: string): WireObject {
    const parked = this.#parked.get(parkedNumber);
    if (!parked) throw new ContractRefusal(404, 'unknownNumber', 'nothing is parked under this number');
    const { entry, reason, untilMs } = parked;
    return {
      parkedNumber,
      reason,
      until: dayText(untilMs),
      state: parked.withdrawn ? 'withdrawn' : isDone(entry) ? 'settled' : 'parked',
      bill: entry.bill as unknown as WireObject,
    };
  }

  /** Which bill a number of a slip stands for. @throws ContractRefusal */
  billOf(parkedNumber: string): string {
    const parked = this.#parked.get(parkedNumber);
    if (!parked) throw new ContractRefusal(404, 'unknownNumber', 'nothing is parked under this number');
    return parked.entry.bill.billId;
  }

  /** Hands: staff take a parked bill back. */
  withdraw(parkedNumber: string): void {
    const parked = this.#parked.get(parkedNumber);
    if (parked) parked.withdrawn = true;
  }

  #keep(parkedNumber: string, entry: BillEntry, reason: string): Parked {
    const untilMs = this.#clock.wallMs() + this.#rules.parkedDays * DAY_MS;
    const parked: Parked = { entry, reason, untilMs, withdrawn: false };
    this.#parked.set(parkedNumber, parked);
    return parked;
  }

  #obstacle(settled: KioskSettled): Refused | undefined {
    const { entry, confirmation } = settled;
    if (confirmation.kind !== 'selfPay') return 'notSelfPaid';
    if (entry.followedBy !== undefined) return 'refundedBefore';
    if (!entry.patient.insured) return 'notInsured';
    return this.#clock.wallMs() > this.#untilMs(settled) ? 'tooOld' : undefined;
  }

  #write(settled: KioskSettled, applicationId: string): HospitalBill {
    const { entry, confirmation } = settled;
    const billId = `CV-${confirmation.settlementNumber}`;
    const known = this.#book.entries.get(billId);
    if (known) return known.bill;
    const bill: HospitalBill = {
      ...entry.bill,
      kind: 'conversion',
      billId,
      version: '1',
      conversion: {
        former: this.#former(settled),
        applicationId,
        approvalId: `${applicationId}-1`,
        until: dayText(this.#untilMs(settled)),
      },
    };
    return this.#book.add(entry.patient, bill).bill;
  }

  #untilMs({ settledMs }: KioskSettled): number {
    return settledMs + this.#rules.conversionDays * DAY_MS;
  }

  #former(settled: KioskSettled) {
    return formerSettlement(settled, this.#clock.wallMs(), this.#rules.routeDays);
  }
}

/** Settled for good: with insurance, or taken over by a conversion. */
function isDone(entry: BillEntry): boolean {
  if (!entry.settled) return false;
  if (entry.settled.by === 'window' || entry.followedBy !== undefined) return true;
  return entry.settled.confirmation.kind !== 'selfPay';
}
