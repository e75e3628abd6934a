/**
 * Refunds of what kiosks settled: what can go back, who has to say yes, and the
 * one refund bill of a settlement.
 *
 * One promise: a settlement has at most one refund bill at a time, so two kiosks
 * that refund it meet at that bill's lock.
 */
import type { HospitalBill, HospitalBillLine } from '../bills/hospital-bill.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import type { WireObject } from '../wire-json.ts';
import { Approvals } from './approvals.ts';
import type { BillBook, BillEntry } from './bill-book.ts';
import { byKiosk, formerSettlement, type KioskSettled } from './former.ts';
import { DAY_MS, type HospitalRules } from './hospital-rules.ts';
import type { Registered } from './registered.ts';

type Refused = 'performed' | 'blocked' | 'tooOld' | 'notApproved' | 'inProgress' | 'refundedBefore' | 'atWindow';

/** Kinds whose lines can go back at a kiosk; a stay is given back at a window. */
const REFUNDABLE: readonly string[] = ['outpatient', 'registration', 'selfPay', 'refund', 'conversion'];

export class RefundDesk {
  readonly approvals = new Approvals('TF');
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #rules: HospitalRules;
  /** Settlements whose refund a doctor has to see although the rule is automatic. */
  readonly #doctorFirst = new Set<string>();
  /** What was dispensed or done after the settlement. */
  readonly #doneSince = new Set<string>();
  readonly #blocked = new Map<string, string>();

  constructor(clock: PartyClock, book: BillBook, rules: HospitalRules) {
    this.#clock = clock;
    this.#book = book;
    this.#rules = rules;
  }

  /** Hands: this refund waits for a doctor. */
  needsDoctor(settlementNumber: string): void {
    this.#doctorFirst.add(settlementNumber);
  }

  /** Hands: a line is done or given out after it was paid. */
  perform(lineNumber: string): void {
    this.#doneSince.add(lineNumber);
  }

  /** Hands: something later stands in the way, e.g. a settlement of another hospital. */
  block(settlementNumber: string, laterNumber: string): void {
    this.#blocked.set(settlementNumber, laterNumber);
  }

  /** Standing settlements of a person of which something is left. */
  refundable(person: Registered): readonly WireObject[] {
    const found = this.#book.settledOf(person).flatMap((entry) => {
      const settled = this.#standing(entry);
      if (!settled || entry.bill.lines.length === 0) return [];
      return [
        {
          ...this.#former(settled),
          departmentName: entry.bill.departmentName,
          lines: this.#lines(entry),
          blockedBy: this.#blockedBy(settled) ?? null,
        },
      ];
    });
    return found as unknown as readonly WireObject[];
  }

  /** @param lineNumbers `undefined` = the whole. @throws ContractRefusal */
  request(settlementNumber: string, lineNumbers: readonly string[] | undefined): WireObject {
    const settled = byKiosk(this.#book.settledAs(settlementNumber));
    if (!settled) throw new ContractRefusal(404, 'unknownSettlement', 'no kiosk settled under this number');
    const lines = this.#lines(settled.entry);
    const wanted = lineNumbers ?? lines.map((line) => line.lineNumber);
    if (wanted.length === 0 || !wanted.every((number) => lines.some((line) => line.lineNumber === number))) {
      throw new ContractRefusal(404, 'unknownLine', 'a line that this settlement does not have');
    }
    const refused = this.#obstacle(settled, lines, wanted);
    if (refused) return { state: 'refused', reason: refused };
    const { applicationId, said } = this.approvals.ask(
      `${settlementNumber} ${[...wanted].sort().join(' ')}`,
      this.#needsDoctor(settlementNumber) ? 'waiting' : 'approved',
    );
    if (said === 'waiting') return { state: 'waiting', applicationId };
    if (said === 'refused') return { state: 'refused', reason: 'notApproved' satisfies Refused };
    const bill = this.#write(settled, lines, wanted, applicationId);
    if (!bill) return { state: 'refused', reason: 'inProgress' satisfies Refused };
    return { state: 'approved', bill: bill as unknown as WireObject };
  }

  #obstacle(settled: KioskSettled, lines: readonly HospitalBillLine[], wanted: readonly string[]): Refused | undefined {
    const { entry, settledMs } = settled;
    if (entry.followedBy !== undefined) return 'refundedBefore';
    if (!this.#standing(entry)) return 'atWindow';
    if (this.#clock.wallMs() - settledMs >= this.#rules.refundDays * DAY_MS) return 'tooOld';
    if (lines.some((line) => wanted.includes(line.lineNumber) && line.performed)) return 'performed';
    return this.#blockedBy(settled) === undefined ? undefined : 'blocked';
  }

  /** The refund bill for these lines, or `undefined` while another refund of this settlement is under way. */
  #write(
    settled: KioskSettled,
    lines: readonly HospitalBillLine[],
    wanted: readonly string[],
    approvalId: string,
  ): HospitalBill | undefined {
    const { entry, confirmation } = settled;
    const billId = `RF-${confirmation.settlementNumber}`;
    const open = this.#book.entries.get(billId);
    const same = open && sameLines(open.bill.refund?.refundedLineNumbers ?? [], wanted);
    if (open && same) return open.bill;
    if (open && this.#book.holderOf(open) !== undefined) return undefined;
    const version = String(Number(open?.bill.version ?? '0') + 1);
    const kept = lines.filter((line) => !wanted.includes(line.lineNumber));
    const bill: HospitalBill = {
      ...entry.bill,
      kind: 'refund',
      billId,
      version,
      lines: kept.map((line, index) => ({
        ...line,
        lineNumber: `${billId}-${version}-${index + 1}`,
        formerLineNumber: line.lineNumber,
      })),
      totalFen: kept.reduce((sum, line) => sum + line.amountFen, 0),
      uploaded: null,
      refund: {
        former: this.#former(settled),
        refundedLineNumbers: [...wanted],
        approvalId,
        keptBatch: this.#rules.numbersBatches && kept.length > 0 ? `C${billId}-${version}` : null,
      },
    };
    if (open) open.bill = bill;
    else this.#book.add(entry.patient, bill);
    return bill;
  }

  #lines({ bill }: BillEntry): readonly HospitalBillLine[] {
    return bill.lines.map((line) => ({ ...line, performed: line.performed || this.#doneSince.has(originOf(line)) }));
  }

  /** The kiosk's settlement when it still counts and a kiosk may give it back. */
  #standing(entry: BillEntry): KioskSettled | undefined {
    const settled = byKiosk(entry);
    if (!settled || entry.followedBy !== undefined) return undefined;
    return REFUNDABLE.includes(settled.confirmation.kind) ? settled : undefined;
  }

  #blockedBy({ entry, confirmation, settledMs }: KioskSettled): string | undefined {
    const byHand = this.#blocked.get(confirmation.settlementNumber);
    if (byHand !== undefined || this.#rules.refundOrder === 'any') return byHand;
    const later = this.#book
      .settledOf(entry.patient)
      .flatMap((other) => byKiosk(other) ?? [])
      .find(
        (other) =>
          other.entry !== entry &&
          other.entry.followedBy === undefined &&
          other.confirmation.centreSettlementId !== undefined &&
          other.settledMs > settledMs,
      );
    return later?.confirmation.settlementNumber;
  }

  #needsDoctor(settlementNumber: string): boolean {
    return this.#rules.refundApproval === 'doctor' || this.#doctorFirst.has(settlementNumber);
  }

  #former(settled: KioskSettled) {
    return formerSettlement(settled, this.#clock.wallMs(), this.#rules.routeDays);
  }
}

/** What was done is known by the line as it was first charged. */
function originOf(line: HospitalBillLine): string {
  return line.orderId;
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((number) => other.includes(number));
}
