/**
 * 出院单据 at the invented hospital: the discharge record, and the pages that a phone opens.
 *
 * One promise: a link is a random-looking word and says nothing of the person, and somebody else's papers are nobody's.
 */
import { secondText } from '../beijing-time.ts';
import { DOCTOR, WARD } from '../bills/hospital-staff.ts';
import { ContractRefusal } from '../json-exchange.ts';
import { textOf, type WireObject } from '../wire-json.ts';
import type { BillBook } from './bill-book.ts';
import type { HospitalOffice } from './hospital-office.ts';
import { pageOf } from './phone-page.ts';
import type { Registered } from './registered.ts';
import type { Ward } from './ward.ts';

export class StayPapersDesk {
  /** Hands at the ward: the doctor has not written these stays' record yet. */
  readonly unwritten = new Set<string>();
  readonly #book: BillBook;
  readonly #office: HospitalOffice;
  readonly #ward: Ward;
  readonly #invoicesItself: boolean;

  /** @param invoicesItself where the hospital drives the visit it issues the e-invoice, too */
  constructor(book: BillBook, office: HospitalOffice, ward: Ward, invoicesItself: boolean) {
    this.#book = book;
    this.#office = office;
    this.#ward = ward;
    this.#invoicesItself = invoicesItself;
  }

  /** @throws ContractRefusal */
  papersOf(settlementNumber: string, person: Registered): WireObject {
    const entry = this.#book.settledAs(settlementNumber);
    const stayId = entry?.bill.discharge?.stayId;
    const stay = stayId === undefined ? undefined : this.#ward.stays.get(stayId);
    if (!entry || !stay || entry.patient.key !== person.key) {
      throw new ContractRefusal(404, 'unknownSettlement', 'no stay of this person was settled under this number');
    }
    if (this.#invoicesItself && !this.#office.invoiceServiceDown) this.#office.issueInvoice(settlementNumber, 'own');
    const [invoice] = this.#office.standingInvoices(settlementNumber);
    const writtenMs = stay.discharge.orderedMs ?? stay.admittedMs;
    return {
      dischargeRecord: this.unwritten.has(stay.stayId)
        ? null
        : {
            writtenAt: secondText(writtenMs),
            doctorName: DOCTOR.name,
            sections: [
              { title: '入院日期', text: secondText(stay.admittedMs).slice(0, 10) },
              { title: '出院日期', text: secondText(writtenMs).slice(0, 10) },
              { title: '出院诊断', text: WARD.diagnosis.name },
              { title: '住院经过', text: '入院后完善检查，予对症治疗，病情好转。' },
              { title: '出院医嘱', text: '按时服药；一周后到门诊复查；如有不适随时就诊。' },
            ],
            link: pageOf('record', settlementNumber),
          },
      feeListLink: pageOf('fees', settlementNumber),
      invoiceLink: (invoice && textOf(invoice, 'link')) ?? null,
    };
  }
}
