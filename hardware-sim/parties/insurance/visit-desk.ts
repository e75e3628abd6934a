/**
 * Visits and their fees before settlement: 2201, 2202, 2203, 2203A, 2204, 2205. Stays in hospital are visits too
 * (stay-desk.ts), in the same book.
 *
 * The wire and the hospital's own line (when the HIS uploads) come to the same
 * desk. Lines that a live settlement holds can be neither removed nor changed.
 */
import { parseSecond } from '../beijing-time.ts';
import { itemByCode } from '../catalogue/catalogue.ts';
import { parseFen } from '../decimal.ts';
import type { AgreementRegister } from './agreement-register.ts';
import { type FeeRule, type LineSplit, splitLine } from './fund-calculation.ts';
import type { InsuredPeople } from './insured-people.ts';
import { Refusal } from './refusal.ts';

export interface Registration {
  readonly personNumber: string;
  readonly insuranceType: string;
  /** `undefined` when the hospital's own line registered. */
  readonly credentialType: string | undefined;
  /** `ipt_otp_no` */
  readonly outpatientNumber: string;
  readonly begunAt: string;
  readonly doctorCode: string;
  readonly doctorName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
}

export interface UploadedLine {
  /** `feedetl_sn` */
  readonly lineNumber: string;
  readonly batch: string;
  readonly catalogueCode: string;
  /** Yuan texts. */
  readonly amount: string;
  readonly price: string;
  readonly quantity: string;
  readonly doctorCode: string;
  /** `fee_ocur_time`, yyyy-MM-dd HH:mm:ss */
  readonly occurredAt?: string;
  /** `hosp_appr_flag` is 2: the hospital has not approved a restricted item for this patient. */
  readonly notApproved?: boolean;
  /** `init_feedetl_sn`: the line that this one takes back (2301 only). */
  readonly returns?: string;
}

const OWN_EXPENSE: FeeRule = { level: '03', selfPayBp: 10_000, ceiling: undefined };

export interface FeeRow extends UploadedLine {
  readonly rule: FeeRule;
  readonly category: string;
  readonly split: LineSplit;
  /** Why the line counts as 自费 although it was uploaded, or `undefined`. */
  readonly memo: string | undefined;
  /** Live settlements that hold this line. */
  readonly heldBy: Set<string>;
}

/** What makes a visit a stay in hospital. */
export interface Stay {
  /** `msgid` of the 2401. */
  readonly messageId: string;
  readonly bed: string;
  /** `endtime` and `dscg_way` of 2402; `undefined` while the patient stays. */
  discharge: { readonly at: string; readonly way: string } | undefined;
  /** Live settlements that ended the stay, i.e. without `mid_setl_flag`. */
  readonly finalSettlements: Set<string>;
}

export interface Visit extends Registration {
  readonly visitId: string;
  /** `undefined` = outpatient. */
  readonly stay: Stay | undefined;
  medicalType: string | undefined;
  diagnoses: number;
  cancelled: boolean;
  readonly lines: Map<string, FeeRow>;
}

/** What a second 2201 with the same 门诊号 does; a hospital that forgets its visits meets all three. */
export type RepeatedVisit = 'newVisit' | 'sameVisit' | 'refused';

export class VisitDesk {
  readonly #people: InsuredPeople;
  readonly #register: AgreementRegister;
  readonly #repeatedVisit: RepeatedVisit;
  readonly #visits = new Map<string, Visit>();
  readonly #byOutpatientNumber = new Map<string, Visit>();
  readonly #byPerson = new Map<string, Visit[]>();

  constructor(people: InsuredPeople, register: AgreementRegister, repeatedVisit: RepeatedVisit) {
    this.#people = people;
    this.#register = register;
    this.#repeatedVisit = repeatedVisit;
  }

  get visits(): ReadonlyMap<string, Visit> {
    return this.#visits;
  }

  ofPerson(personNumber: string): readonly Visit[] {
    return this.#byPerson.get(personNumber) ?? [];
  }

  /** 2201 → `mdtrt_id`. @throws Refusal */
  registerVisit(registration: Registration): string {
    this.#register.requireAgreement();
    this.#register.requireDepartment(registration.departmentCode);
    this.#register.requirePractitioner(registration.doctorCode);
    const obstacle = this.#people.obstacle(registration.personNumber, registration.insuranceType);
    if (obstacle) throw new Refusal(obstacle);
    const former = this.#byOutpatientNumber.get(registration.outpatientNumber);
    const known = former?.cancelled ? undefined : former;
    if (known && (known.personNumber !== registration.personNumber || this.#repeatedVisit === 'refused')) {
      throw new Refusal('门诊号重复，该门诊号已登记');
    }
    if (known && this.#repeatedVisit === 'sameVisit') return known.visitId;
    return this.open(registration, undefined);
  }

  /** Writes a visit or a stay into the book. → `mdtrt_id` */
  open(registration: Registration, stay: Stay | undefined): string {
    const letter = stay ? 'I' : 'V';
    const serial = String(this.#visits.size + 1).padStart(12, '0');
    const visitId = `${this.#register.institution.areaCode}${letter}${serial}`;
    const visit: Visit = {
      ...registration,
      visitId,
      stay,
      medicalType: undefined,
      diagnoses: 0,
      cancelled: false,
      lines: new Map(),
    };
    this.#visits.set(visitId, visit);
    if (!stay) this.#byOutpatientNumber.set(visit.outpatientNumber, visit);
    const ofPerson = this.#byPerson.get(visit.personNumber);
    if (ofPerson) ofPerson.push(visit);
    else this.#byPerson.set(visit.personNumber, [visit]);
    return visitId;
  }

  /** 2202. @throws Refusal while fees stand. */
  cancelVisit(visitId: string, personNumber: string): void {
    const visit = this.find(visitId, personNumber);
    if (visit.stay) throw new Refusal('住院就诊不能撤销挂号');
    if (visit.lines.size > 0) throw new Refusal('存在费用明细，不能撤销挂号');
    visit.cancelled = true;
  }

  /** 2203A; the last one before settlement counts. @throws Refusal */
  describe(
    visitId: string,
    personNumber: string,
    details: { readonly medicalType: string; readonly diagnoses: number },
  ): void {
    const visit = this.find(visitId, personNumber);
    visit.medicalType = details.medicalType;
    visit.diagnoses = details.diagnoses;
  }

  /** 2204: all lines or none. @throws Refusal */
  uploadFees(visitId: string, personNumber: string, lines: readonly UploadedLine[]): readonly FeeRow[] {
    this.#register.requireAgreement();
    const visit = this.find(visitId, personNumber);
    if (visit.medicalType === undefined || visit.diagnoses === 0) throw new Refusal('未上传就诊诊断信息');
    if (visit.stay) throw new Refusal('住院就诊不能上传门诊费用');
    const rows = lines.map((line) => this.split(visit, line));
    if (new Set(rows.map((row) => row.lineNumber)).size !== rows.length) throw new Refusal('费用明细流水号重复');
    for (const row of rows) visit.lines.set(row.lineNumber, row);
    return rows;
  }

  /** 2205; batch `0000` = every unsettled line. @throws Refusal when lines of the batch are settled. */
  cancelFees(visitId: string, personNumber: string, batch: string): void {
    const visit = this.find(visitId, personNumber);
    if (visit.stay) throw new Refusal('住院就诊不能撤销门诊费用');
    const chosen = [...visit.lines.values()].filter((row) => batch === '0000' || row.batch === batch);
    const settled = chosen.some((row) => row.heldBy.size > 0);
    if (settled && batch !== '0000') throw new Refusal('费用已结算，不能撤销');
    for (const row of chosen) if (row.heldBy.size === 0) visit.lines.delete(row.lineNumber);
  }

  /** @throws Refusal */
  find(visitId: string, personNumber: string): Visit {
    const visit = this.#visits.get(visitId);
    if (!visit || visit.cancelled || visit.personNumber !== personNumber) throw new Refusal('未查询到就诊登记信息');
    return visit;
  }

  /** Checks and splits one line; does not book it. @throws Refusal */
  split(visit: Visit, line: UploadedLine): FeeRow {
    this.#register.requirePractitioner(line.doctorCode);
    if (visit.lines.has(line.lineNumber)) throw new Refusal('费用明细流水号重复');
    const item = itemByCode(line.catalogueCode);
    const occurredMs = parseSecond(line.occurredAt ?? '');
    const paused = occurredMs !== undefined && this.#register.wasPaused(occurredMs);
    const rule = line.notApproved || paused ? OWN_EXPENSE : (item?.rule ?? OWN_EXPENSE);
    const amountFen = parseFen(line.amount);
    const split = amountFen === undefined ? undefined : splitLine(rule, line.price, line.quantity, amountFen);
    if (!split) throw new Refusal('明细项目费用总额与单价乘数量不一致');
    return {
      ...line,
      rule,
      category: item?.category ?? '14',
      split,
      memo: memoOf(item !== undefined, line.notApproved ?? false, paused),
      heldBy: new Set(),
    };
  }
}

/** Why a line is the patient's own although it was uploaded. */
function memoOf(known: boolean, notApproved: boolean, paused: boolean): string | undefined {
  if (!known) return '目录编码无效，按自费处理';
  if (paused) return '协议中止期间发生的费用，按自费处理';
  return notApproved ? '限定支付未经审批，按自费处理' : undefined;
}
