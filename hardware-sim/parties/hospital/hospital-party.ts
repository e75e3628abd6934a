/**
 * The hospital (HIS) behind the open hospital contract: bills of every kind with
 * their locks and confirmations, stays, refunds, conversions, and its office.
 *
 * It may drive 2201, 2203A and 2204 itself; then a bill comes with its visit.
 * Windows work on the same bills at the same time.
 */
import { type BillKind, writeBill } from '../bills/bills.ts';
import type { HospitalBill, UploadedVisit } from '../bills/hospital-bill.ts';
import { DEPARTMENTS, PRACTITIONERS } from '../bills/hospital-staff.ts';
import type { StayKind } from '../bills/stay-plans.ts';
import { exchange } from '../json-exchange.ts';
import type { Party, PartyAnswer, PartyClock, PartyRequest } from '../party.ts';
import { type Patient, patientByKey } from '../people/patients.ts';
import type { PersonWithoutInsurance } from '../people/without-insurance.ts';
import { isObject, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import { type AtWindow, BillBook, type BillEntry, WINDOW } from './bill-book.ts';
import { ConversionDesk } from './conversion-desk.ts';
import { GuideDesk } from './guide-desk.ts';
import { HospitalOffice } from './hospital-office.ts';
import { type HospitalRules, USUAL_RULES } from './hospital-rules.ts';
import { answerHospital } from './hospital-wire.ts';
import { MoneyDesk } from './money-desk.ts';
import { PaperDesk } from './paper-desk.ts';
import { ProxyRegister } from './proxy-register.ts';
import { QueueNumbers } from './queue-numbers.ts';
import { RefundDesk } from './refund-desk.ts';
import { insuredPerson, type Registered, uninsuredPerson } from './registered.ts';
import { RegistrationDesk } from './registration-desk.ts';
import type { WardLines } from './stay.ts';
import { StayPapersDesk } from './stay-papers.ts';
import { Ward } from './ward.ts';

/** The HIS's own line to the insurance; `undefined` = the centre refused. */
export interface InsuranceUpload {
  upload(bill: HospitalBill, patient: Patient): UploadedVisit | undefined;
  withdraw(uploaded: UploadedVisit, patient: Patient): void;
  /** 2207 by the window's own line. @throws Refusal */
  settle(bill: HospitalBill, uploaded: UploadedVisit, patient: Patient): AtWindow;
}

export interface HospitalParts {
  readonly clock: PartyClock;
  readonly token: string;
  readonly institutionCode: string;
  readonly patients: readonly Patient[];
  /** People whom no insurance knows. */
  readonly uninsured?: readonly PersonWithoutInsurance[];
  /** `undefined` = the kiosk drives 2201–2204. */
  readonly insurance: InsuranceUpload | undefined;
  readonly ward?: WardLines;
  readonly rules?: Partial<HospitalRules>;
}

/** A bill that a cashier has on the screen. */
export interface WindowDesk {
  /** The patient pays at the window. */
  settle(): void;
  close(): void;
}

export class HospitalParty implements Party {
  readonly book: BillBook;
  readonly ward: Ward;
  readonly refunds: RefundDesk;
  readonly conversions: ConversionDesk;
  readonly office: HospitalOffice;
  /** Where the money of any settlement is. */
  readonly money: MoneyDesk;
  /** 亲友代办 */
  readonly proxies: ProxyRegister;
  /** Calls for help, and complaints. */
  readonly guides: GuideDesk;
  /** Slips that may be printed again. */
  readonly papers: PaperDesk;
  /** 出院单据 */
  readonly stayPapers: StayPapersDesk;
  readonly queue = new QueueNumbers();
  readonly registration: RegistrationDesk;
  readonly people: readonly Registered[];
  readonly #parts: HospitalParts;
  #billSequence = 0;

  constructor(parts: HospitalParts) {
    const { clock, institutionCode } = parts;
    const rules = { ...USUAL_RULES, ...parts.rules };
    this.#parts = parts;
    this.people = [...parts.patients.map(insuredPerson), ...(parts.uninsured ?? []).map(uninsuredPerson)];
    this.book = new BillBook(clock, {
      obstacle: (entry) => this.ward.obstacle(entry),
      settledAtWindow: (entry) => this.ward.noteSettledAtWindow(entry),
      settled: (entry, confirmation) => {
        this.ward.noteSettled(entry, confirmation, clock.wallMs());
        const { parkedNumber } = confirmation;
        if (parkedNumber !== undefined) this.conversions.noteSettled(entry, parkedNumber);
      },
    });
    this.ward = new Ward(clock, this.book, rules, institutionCode, parts.ward ?? {});
    this.refunds = new RefundDesk(clock, this.book, rules);
    this.conversions = new ConversionDesk(clock, this.book, rules);
    this.office = new HospitalOffice(clock, this.book);
    this.money = new MoneyDesk(this.book, this.office);
    this.proxies = new ProxyRegister(clock);
    this.guides = new GuideDesk(this.office);
    this.papers = new PaperDesk(clock, this.book, this.office);
    this.stayPapers = new StayPapersDesk(this.book, this.office, this.ward, parts.insurance !== undefined);
    this.registration = new RegistrationDesk(clock, this.book, this.queue);
  }

  handle(request: PartyRequest): PartyAnswer {
    return exchange(request, this.#parts.token, () => answerHospital(this, request));
  }

  /** What kiosks report; a parked bill is found by its number even if only the report came (SZ-240). */
  takeEvents(events: readonly WireValue[]): WireObject {
    const answer = this.office.take(events);
    for (const event of events) {
      if (!isObject(event) || textOf(event, 'kind') !== 'billParked') continue;
      const entry = this.book.entries.get(textOf(event, 'billId') ?? '');
      if (entry && !entry.settled) this.conversions.noteParked(entry, textOf(event, 'parkedNumber') ?? '');
    }
    return answer;
  }

  /** The doctor orders something: a new open bill. → its id */
  addBill(personKey: string, kind: BillKind): string {
    const person = this.person(personKey);
    this.#billSequence += 1;
    const billId = `B${String(this.#billSequence).padStart(6, '0')}`;
    const bill = writeBill(kind, this.#frame(billId, 1));
    this.book.add(person, person.insured ? bill : { ...bill, kind: 'selfPay' });
    return billId;
  }

  /** Hands: somebody lies in a ward. → stay id */
  admit(personKey: string, kind: StayKind): string {
    return this.ward.admit(this.person(personKey), kind);
  }

  /** @throws RangeError for a key that nobody has. */
  person(key: string): Registered {
    return this.people.find((one) => one.key === key) ?? insuredPerson(patientByKey(key, this.#parts.patients));
  }

  /** Open bills that a kiosk may be shown, uploaded where the hospital drives. */
  openBills(person: Registered): readonly HospitalBill[] {
    return this.book
      .openBillsOf(person)
      .filter(({ bill }) => SHOWN.includes(bill.kind) && this.registration.stands(bill.billId))
      .map((entry) => this.#uploaded(entry));
  }

  /** 挂号: a number of a clinic is kept, and its fee is a bill. @throws ContractRefusal */
  register(person: Registered, clinicId: string, requestId: string) {
    const kept = this.registration.register(person, clinicId, requestId, ({ departmentCode, doctorCode }) => {
      const entry = this.#entry(this.addBill(person.key, 'registration'));
      const department = DEPARTMENTS.find(({ code }) => code === departmentCode);
      const doctor = PRACTITIONERS.find(({ code }) => code === doctorCode);
      if (!department || !doctor) throw new RangeError('A clinic without a doctor.');
      const { name: departmentName, specialty } = department;
      const by = { departmentCode, departmentName, doctorCode, doctorName: doctor.name };
      const diagnoses = entry.bill.diagnoses.map((one) => ({
        ...one,
        departmentName,
        doctorCode,
        doctorName: doctor.name,
      }));
      const lines = entry.bill.lines.map((line) => ({
        ...line,
        doctorCode,
        doctorName: doctor.name,
        performed: false,
      }));
      entry.bill = { ...entry.bill, ...by, specialty, diagnoses, lines };
      return entry.bill;
    });
    return { appointmentId: kept.appointmentId, bill: this.#uploaded(this.#entry(kept.billId)) };
  }

  /** Brought to the centre where the hospital drives. */
  #uploaded(entry: BillEntry): HospitalBill {
    const { insurance, institutionCode } = this.#parts;
    const { bill } = entry;
    const { insured } = entry.patient;
    const ours = bill.institutionCode === institutionCode && bill.diagnoses.length > 0;
    if (insurance && insured && ours && !bill.uploaded) {
      entry.bill = { ...bill, uploaded: insurance.upload(bill, insured) ?? null };
    }
    return entry.bill;
  }

  /** Hands at a window: takes the bill on the cashier's screen, or hears that a kiosk holds it. */
  openAtWindow(billId: string): WindowDesk | 'lockedElsewhere' | 'alreadySettled' {
    const entry = this.#entry(billId);
    const refusal = this.book.lock(billId, entry.bill.version, WINDOW, Number.MAX_SAFE_INTEGER / 2);
    if (refusal === 'lockedElsewhere' || refusal === 'alreadySettled') return refusal;
    return {
      settle: () => {
        if (this.book.holderOf(entry) === WINDOW) this.book.settleAtWindow(entry);
      },
      close: () => {
        this.book.unlock(billId, WINDOW);
      },
    };
  }

  /** Hands at a window: staff take up what was kept under the number of a slip, and settle it with insurance. */
  settleParked(parkedNumber: string): AtWindow | 'lockedElsewhere' | 'alreadySettled' | 'notInsured' {
    const billId = this.conversions.billOf(parkedNumber);
    const desk = this.openAtWindow(billId);
    if (typeof desk === 'string') return desk;
    const entry = this.#entry(billId);
    const { insured } = entry.patient;
    const bill = this.#uploaded(entry);
    const { insurance } = this.#parts;
    if (!insurance || !insured || !bill.uploaded) {
      desk.close();
      return 'notInsured';
    }
    const centre = insurance.settle(bill, bill.uploaded, insured);
    this.book.settleAtWindow(entry, centre);
    return centre;
  }

  /** Hands at a ward: a line is added, so the bill gets a new version. A held bill cannot be changed. */
  changeBill(billId: string): 'changed' | 'lockedElsewhere' | 'alreadySettled' {
    const entry = this.#entry(billId);
    if (entry.settled) return 'alreadySettled';
    if (this.book.holderOf(entry) !== undefined) return 'lockedElsewhere';
    const { bill } = entry;
    const { insured } = entry.patient;
    if (bill.uploaded && insured) this.#parts.insurance?.withdraw(bill.uploaded, insured);
    const version = Number(bill.version) + 1;
    const added = writeBill('small', this.#frame(billId, version)).lines.slice(0, 1);
    // A new line is a new order: one that named an old order would be a second charge for it.
    const names = { lineNumber: `${billId}-${version}-99`, orderId: `${billId}-o-${version}-99` };
    const lines = [...bill.lines, ...added.map((line) => ({ ...line, ...names }))];
    const totalFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
    // A visit is registered once for ever, so a changed bill comes with a visit of its own.
    const outpatientNumber = `O${billId}-${version}`;
    entry.bill = { ...bill, version: String(version), outpatientNumber, lines, totalFen, uploaded: null };
    return 'changed';
  }

  #frame(billId: string, version: number) {
    return { billId, version, institutionCode: this.#parts.institutionCode, visitedMs: this.#parts.clock.wallMs() };
  }

  #entry(billId: string): BillEntry {
    const entry = this.book.entries.get(billId);
    if (!entry) throw new RangeError('The hospital knows no such bill.');
    return entry;
  }
}

/** Bills that a person finds; the others are asked for by name. */
const SHOWN: readonly string[] = ['outpatient', 'registration', 'selfPay'];
