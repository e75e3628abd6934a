/**
 * The hospital (HIS) behind the open hospital contract: bills, locks, confirmations.
 *
 * It may drive 2201, 2203A and 2204 itself; then a bill comes with its visit.
 * Windows work on the same bills at the same time.
 */
import { type BillKind, type HospitalBill, type UploadedVisit, writeBill } from '../bills/bills.ts';
import { bodyOf, ContractRefusal, exchange, pathWords, textField, wholeField } from '../json-exchange.ts';
import type { Party, PartyAnswer, PartyClock, PartyRequest } from '../party.ts';
import { type Patient, patientByKey } from '../people/patients.ts';
import { fieldOf, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import { BillBook, type BookRefusal, type Confirmation, WINDOW } from './bill-book.ts';

/** The HIS's own line to the insurance; `undefined` = the centre refused. */
export interface InsuranceUpload {
  upload(bill: HospitalBill, patient: Patient): UploadedVisit | undefined;
  withdraw(uploaded: UploadedVisit, patient: Patient): void;
}

export interface HospitalParts {
  readonly clock: PartyClock;
  readonly token: string;
  readonly institutionCode: string;
  readonly patients: readonly Patient[];
  /** `undefined` = the kiosk drives 2201–2204. */
  readonly insurance: InsuranceUpload | undefined;
}

/** A bill that a cashier has on the screen. */
export interface WindowDesk {
  /** The patient pays at the window. */
  settle(): void;
  close(): void;
}

export class HospitalParty implements Party {
  readonly book: BillBook;
  readonly #parts: HospitalParts;
  #billSequence = 0;

  constructor(parts: HospitalParts) {
    this.#parts = parts;
    this.book = new BillBook(parts.clock);
  }

  handle(request: PartyRequest): PartyAnswer {
    return exchange(request, this.#parts.token, () => {
      const [room, billId = '', deed, ...more] = pathWords(request);
      if (room !== 'bills' || more.length > 0) throw new ContractRefusal(404, 'notFound', 'no such path');
      if (request.method !== 'POST') throw new ContractRefusal(405, 'method', 'POST only');
      const body = bodyOf(request);
      if (billId === 'search' && deed === undefined) return this.#search(body);
      if (deed === 'lock') return this.#lock(billId, body);
      if (deed === 'unlock') return this.#unlock(billId, body);
      if (deed === 'confirm') return this.#confirm(billId, body);
      throw new ContractRefusal(404, 'notFound', 'no such path');
    });
  }

  /** The doctor orders something: a new open bill. → its id */
  addBill(patientKey: string, kind: BillKind): string {
    const patient = patientByKey(patientKey, this.#parts.patients);
    this.#billSequence += 1;
    const billId = `B${String(this.#billSequence).padStart(6, '0')}`;
    this.book.add(patient, writeBill(kind, this.#frame(billId, 1)));
    return billId;
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

  /** Hands at a ward: a line is added, so the bill gets a new version. A held bill cannot be changed. */
  changeBill(billId: string): 'changed' | 'lockedElsewhere' | 'alreadySettled' {
    const entry = this.#entry(billId);
    if (entry.settled) return 'alreadySettled';
    if (this.book.holderOf(entry) !== undefined) return 'lockedElsewhere';
    const { bill } = entry;
    if (bill.uploaded) this.#parts.insurance?.withdraw(bill.uploaded, entry.patient);
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

  #entry(billId: string) {
    const entry = this.book.entries.get(billId);
    if (!entry) throw new RangeError('The hospital knows no such bill.');
    return entry;
  }

  #search(body: WireObject): WireValue {
    const certificateNumber = textField(body, 'certificateNumber');
    const personNumber = textOf(body, 'personNumber');
    const patient = this.#parts.patients.find((one) => one.identityNumber === certificateNumber);
    if (!patient || (personNumber !== undefined && personNumber !== patient.personNumber)) {
      throw new ContractRefusal(404, 'unknownPatient', 'nobody with this certificate is registered');
    }
    const { insurance, institutionCode } = this.#parts;
    const entries = this.book.openBillsOf(patient);
    for (const entry of entries) {
      const { bill } = entry;
      if (!insurance || bill.uploaded || bill.institutionCode !== institutionCode || bill.diagnoses.length === 0)
        continue;
      entry.bill = { ...bill, uploaded: insurance.upload(bill, patient) ?? null };
    }
    return { bills: entries.map((entry) => entry.bill as unknown as WireObject) };
  }

  #lock(billId: string, body: WireObject): WireValue {
    const version = textField(body, 'version');
    const settlementNumber = textField(body, 'settlementNumber');
    const refusal = this.book.lock(billId, version, settlementNumber, wholeField(body, 'ttlSeconds') * 1000);
    if (refusal) throw refuse(refusal);
    return {};
  }

  #unlock(billId: string, body: WireObject): WireValue {
    const refusal = this.book.unlock(billId, textField(body, 'settlementNumber'));
    if (refusal) throw refuse(refusal);
    return {};
  }

  #confirm(billId: string, body: WireObject): WireValue {
    const confirmation: Confirmation = {
      settlementNumber: textField(body, 'settlementNumber'),
      centreSettlementId: textField(body, 'centreSettlementId'),
      totalFen: wholeField(body, 'totalFen'),
      fundFen: wholeField(body, 'fundFen'),
      accountFen: wholeField(body, 'accountFen'),
      ownFen: wholeField(body, 'ownFen'),
      payOrderNumber: fieldOf(body, 'payOrderNumber') == null ? undefined : textField(body, 'payOrderNumber'),
    };
    if (confirmation.fundFen + confirmation.accountFen + confirmation.ownFen > confirmation.totalFen) {
      throw new ContractRefusal(400, 'malformed', 'the parts are more than the total');
    }
    const outcome = this.book.confirm(billId, confirmation);
    if (typeof outcome === 'string') throw refuse(outcome);
    return { receiptNumber: outcome.receiptNumber, nextStep: '请到一楼演示药房取药' };
  }
}

const DETAILS: Readonly<Record<BookRefusal, string>> = {
  lockedElsewhere: 'another settlement or a window holds this bill',
  alreadySettled: 'this bill is settled',
  changed: 'this bill has another version or total now',
  unknownBill: 'no such bill',
};

function refuse(reason: BookRefusal): ContractRefusal {
  return new ContractRefusal(reason === 'unknownBill' ? 404 : 409, reason, DETAILS[reason]);
}
