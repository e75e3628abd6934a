/**
 * Stays in hospital: beds, fees, deposits, and the bills that take a deposit or
 * end a stay.
 *
 * One promise: a deposit counts when its bill is confirmed, once, and a stay that
 * is settled has nothing of it left to give.
 */
import { dayText, secondText } from '../beijing-time.ts';
import type { EarlierDeposit, HospitalBill, UploadedVisit } from '../bills/hospital-bill.ts';
import { DOCTOR, WARD } from '../bills/hospital-staff.ts';
import type { StayKind } from '../bills/stay-plans.ts';
import { ContractRefusal } from '../json-exchange.ts';
import type { PartyClock } from '../party.ts';
import type { WireObject } from '../wire-json.ts';
import type { BillBook, BillEntry } from './bill-book.ts';
import type { Confirmation } from './confirmation.ts';
import { DAY_MS, type HospitalRules } from './hospital-rules.ts';
import { paymentJson } from './kept-money.ts';
import { pageOf } from './phone-page.ts';
import type { Registered } from './registered.ts';
import { feesOf, newStay, type Stay, sum, type WardLines } from './stay.ts';

/** Days over which the lines of a stay fall. */
const SPREAD_DAYS = 7;

export class Ward {
  readonly #clock: PartyClock;
  readonly #book: BillBook;
  readonly #rules: HospitalRules;
  readonly #institutionCode: string;
  readonly #lines: WardLines;
  readonly #stays = new Map<string, Stay>();

  constructor(clock: PartyClock, book: BillBook, rules: HospitalRules, institutionCode: string, lines: WardLines) {
    this.#clock = clock;
    this.#book = book;
    this.#rules = rules;
    this.#institutionCode = institutionCode;
    this.#lines = lines;
  }

  get stays(): ReadonlyMap<string, Stay> {
    return this.#stays;
  }

  /** Hands: somebody is in hospital, since before. → stay id */
  admit(patient: Registered, kind: StayKind): string {
    const stayId = `Z${String(this.#stays.size + 1).padStart(6, '0')}`;
    const stay = newStay(stayId, patient, kind, this.#clock.wallMs(), this.#lines.takenBefore);
    this.#stays.set(stayId, stay);
    return stayId;
  }

  /** Hands at the ward: order, fees, codes and disputes come and go. */
  change(stayId: string, change: Partial<Stay['discharge']>): void {
    const stay = this.#stay(stayId);
    stay.discharge = { ...stay.discharge, ...change };
  }

  /** What the screen shows of a stay. @throws ContractRefusal */
  stayOf(patient: Registered): WireObject {
    const stay = [...this.#stays.values()].find((one) => one.patient.key === patient.key && !one.settled);
    if (!stay) throw new ContractRefusal(404, 'notInpatient', 'this person is not in hospital');
    const { discharge } = stay;
    return {
      stayId: stay.stayId,
      visitId: this.#visit(stay)?.visitId ?? null,
      inpatientNumber: stay.inpatientNumber,
      ward: WARD.name,
      bed: WARD.bed,
      departmentCode: WARD.departmentCode,
      departmentName: WARD.departmentName,
      admittedAt: secondText(stay.admittedMs),
      balanceFen: sum(stay.deposits.map(({ leftFen }) => leftFen)) - feesOf(stay),
      feesFen: feesOf(stay),
      deposits: this.#deposits(stay) as unknown as readonly WireObject[],
      depositLimits: { ...this.#rules.deposit },
      discharge: {
        ordered: discharge.orderedMs !== undefined,
        orderedAt: discharge.orderedMs === undefined ? null : secondText(discharge.orderedMs),
        feesPosted: discharge.feesPosted,
        disputed: discharge.disputed,
        coded: discharge.coded,
        registered: discharge.registered,
      },
    };
  }

  /** What was charged on one day: the lines spread evenly over the stay. @throws ContractRefusal */
  dayOf(stayId: string, day: string): WireObject {
    const stay = this.#stay(stayId);
    const lines = stay.lines.filter((_, place) => dayText(stay.admittedMs + (place % SPREAD_DAYS) * DAY_MS) === day);
    return {
      day,
      lines: lines as unknown as readonly WireObject[],
      totalFen: sum(lines.map(({ amountFen }) => amountFen)),
      link: pageOf(`day ${day}`, stayId),
    };
  }

  /** @throws ContractRefusal */
  openDeposit(stayId: string, amountFen: number, requestId: string): HospitalBill {
    const stay = this.#stay(stayId);
    if (stay.settled) throw new ContractRefusal(409, 'notInpatient', 'this stay is over');
    const { minFen, maxFen } = this.#rules.deposit;
    if (amountFen < minFen || amountFen > maxFen) throw new ContractRefusal(409, 'amount', 'no deposit of this amount');
    const billId = `YJ-${stayId}-${requestId}`;
    const known = this.#book.entries.get(billId);
    if (known) {
      if (known.bill.totalFen !== amountFen)
        throw new ContractRefusal(409, 'amount', 'this request had another amount');
      return known.bill;
    }
    const deposit = { stayId, minFen, maxFen };
    const bill: HospitalBill = { ...this.#frame(stay), kind: 'deposit', billId, totalFen: amountFen, deposit };
    return this.#book.add(stay.patient, bill).bill;
  }

  /** @throws ContractRefusal with the first thing that is missing. */
  openDischarge(stayId: string): HospitalBill {
    const stay = this.#stay(stayId);
    if (stay.settled) throw new ContractRefusal(409, 'alreadySettled', 'this stay is settled');
    const { orderedMs, feesPosted, coded, disputed } = stay.discharge;
    if (orderedMs === undefined) throw new ContractRefusal(409, 'noDischargeOrder', 'no discharge order yet');
    if (!feesPosted) throw new ContractRefusal(409, 'feesMissing', 'not all fees are posted');
    if (!coded) throw new ContractRefusal(409, 'codingMissing', 'the record is not coded');
    if (disputed) throw new ContractRefusal(409, 'disputed', 'a dispute is open');
    this.#registerDischarge(stay);
    const billId = `CY-${stayId}`;
    const known = this.#book.entries.get(billId);
    const deposits = this.#deposits(stay).filter(({ refundableFen }) => refundableFen > 0);
    const depositFen = sum(deposits.map(({ refundableFen }) => refundableFen));
    if (known) {
      const unchanged = known.bill.totalFen === feesOf(stay) && known.bill.discharge?.depositFen === depositFen;
      if (unchanged || this.#book.holderOf(known) !== undefined) return known.bill;
    }
    const bill: HospitalBill = {
      ...this.#frame(stay),
      kind: 'discharge',
      billId,
      version: String(Number(known?.bill.version ?? '0') + 1),
      lines: stay.lines,
      totalFen: feesOf(stay),
      uploaded: this.#visit(stay) ?? null,
      discharge: {
        stayId,
        admittedAt: secondText(stay.admittedMs),
        dischargedAt: secondText(orderedMs),
        dischargeWay: '1',
        deposits,
        depositFen,
      },
    };
    if (known) known.bill = bill;
    else this.#book.add(stay.patient, bill);
    return bill;
  }

  /** A stay is not settled while money for it is under way, and takes none while it is being settled. */
  obstacle({ bill }: BillEntry): 'changed' | 'lockedElsewhere' | undefined {
    const stayId = (bill.deposit ?? bill.discharge)?.stayId;
    const stay = stayId === undefined ? undefined : this.#stays.get(stayId);
    if (!stay) return undefined;
    if (stay.settled) return 'changed';
    const rivals = this.#book.openBillsOf(stay.patient).filter((other) => {
      const terms = bill.deposit ? other.bill.discharge : other.bill.deposit;
      return terms?.stayId === stayId && this.#book.holderOf(other) !== undefined;
    });
    if (rivals.length > 0) return 'lockedElsewhere';
    if (!bill.discharge) return undefined;
    const depositFen = sum(stay.deposits.map(({ leftFen }) => leftFen));
    return depositFen === bill.discharge.depositFen && bill.totalFen === feesOf(stay) ? undefined : 'changed';
  }

  /** A deposit or a discharge bill was confirmed. */
  noteSettled({ bill }: BillEntry, confirmation: Confirmation, settledMs: number): void {
    if (bill.deposit) {
      const { paidBy, payOrderNumber, totalFen } = confirmation;
      if (paidBy === 'none') return;
      const stay = this.#stay(bill.deposit.stayId);
      stay.deposits = [
        ...stay.deposits,
        {
          depositId: bill.billId,
          orderNumber: paidBy === 'cash' ? undefined : payOrderNumber,
          paidBy,
          route: undefined,
          paidMs: settledMs,
          amountFen: totalFen,
          leftFen: totalFen,
        },
      ];
    }
    if (bill.discharge) this.#end(this.#stay(bill.discharge.stayId));
  }

  /** The patient left through a window; what a window takes is in its own drawer. */
  noteSettledAtWindow({ bill }: BillEntry): void {
    if (bill.discharge) this.#end(this.#stay(bill.discharge.stayId));
  }

  #end(stay: Stay): void {
    stay.settled = true;
    stay.deposits = stay.deposits.map((deposit) => ({ ...deposit, leftFen: 0 }));
  }

  #deposits(stay: Stay): readonly EarlierDeposit[] {
    const now = this.#clock.wallMs();
    return stay.deposits.map((deposit) => ({
      depositId: deposit.depositId,
      ...paymentJson(deposit, now, this.#rules.routeDays),
    }));
  }

  /** 2402, once the record is coded and before 2304. */
  #registerDischarge(stay: Stay): void {
    const uploaded = this.#visit(stay);
    if (!uploaded || stay.registeredAtCentre) return;
    stay.registeredAtCentre = this.#lines.discharge?.(stay, uploaded) ?? false;
    stay.discharge.registered ||= stay.registeredAtCentre;
  }

  #visit(stay: Stay): UploadedVisit | undefined {
    if (!stay.uploaded && stay.patient.insured) stay.uploaded = this.#lines.upload?.(stay);
    return stay.uploaded;
  }

  #frame(stay: Stay) {
    const admittedAt = secondText(stay.admittedMs);
    const { departmentCode, departmentName, specialty } = WARD;
    const doctor = { doctorCode: DOCTOR.code, doctorName: DOCTOR.name };
    return {
      version: '1',
      institutionCode: this.#institutionCode,
      outpatientNumber: stay.inpatientNumber,
      departmentCode,
      departmentName,
      specialty,
      ...doctor,
      visitedAt: admittedAt,
      medicalType: '21',
      emergency: false,
      diagnoses: [{ ...WARD.diagnosis, departmentName, ...doctor, diagnosedAt: admittedAt }],
      lines: [],
      uploaded: null,
    };
  }

  #stay(stayId: string): Stay {
    const stay = this.#stays.get(stayId);
    if (!stay) throw new ContractRefusal(404, 'unknownStay', 'no such stay');
    return stay;
  }
}
