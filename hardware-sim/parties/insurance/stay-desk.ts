/**
 * Stays in hospital: 2401 admission, 2402 discharge, 2404 and 2405 their cancellations, 2301 and 2302 the stay's fee
 * lines, 2601 of a 2401 (reference, B.9 with its state rules).
 *
 * One promise: what stands in the way of a step (lines, a settlement, a missing discharge) is refused by name.
 */
import { parseDecimal, parseFen } from '../decimal.ts';
import type { AgreementRegister } from './agreement-register.ts';
import { type LineSplit, splitLine, sumLines } from './fund-calculation.ts';
import { isInpatient } from './fund-policies.ts';
import type { InsuredPeople, ShownCredential } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import type { FeeRow, Registration, UploadedLine, Visit, VisitDesk } from './visit-desk.ts';

export interface AdmissionRequest extends Omit<Registration, 'credentialType'> {
  /** `undefined` when the hospital's own line admits. */
  readonly credential: ShownCredential | undefined;
  readonly medicalType: string;
  readonly bed: string;
  readonly diagnoses: number;
}

const NOTHING: LineSplit = { amountFen: 0, outOfScopeFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 0 };

export class StayDesk {
  readonly #people: InsuredPeople;
  readonly #register: AgreementRegister;
  readonly #visits: VisitDesk;
  /** By the message of the 2401; a reversed one stays dead. */
  readonly #admissions = new Map<string, { readonly visitId: string; reversed: boolean }>();

  constructor(people: InsuredPeople, register: AgreementRegister, visits: VisitDesk) {
    this.#people = people;
    this.#register = register;
    this.#visits = visits;
  }

  /** 2401 → `mdtrt_id`; the same message again answers the same. @throws Refusal */
  admit(messageId: string, request: AdmissionRequest): string {
    const known = this.#admissions.get(messageId);
    if (known?.reversed) throw new Refusal('该报文已冲正，不能再次办理入院');
    if (known) return known.visitId;
    this.#register.requireAgreement();
    this.#register.requireDepartment(request.departmentCode);
    this.#register.requirePractitioner(request.doctorCode);
    if (!isInpatient(request.medicalType)) throw new Refusal('医疗类别不是住院类别');
    if (request.diagnoses === 0) throw new Refusal('未上传入院诊断信息');
    const { credential } = request;
    if (credential && this.#people.holderOf(credential).patient.personNumber !== request.personNumber) {
      throw new Refusal('就诊凭证与人员编号不一致');
    }
    const obstacle = this.#people.obstacle(request.personNumber, request.insuranceType);
    if (obstacle) throw new Refusal(obstacle);
    for (const { stay, cancelled, outpatientNumber } of this.#visits.ofPerson(request.personNumber)) {
      if (!stay || cancelled) continue;
      if (!stay.discharge) throw new Refusal('该人员已在院，不能重复办理入院');
      if (outpatientNumber === request.outpatientNumber) throw new Refusal('住院号重复，该住院号已登记');
    }
    const { credential: _shown, medicalType, bed, diagnoses, ...registration } = request;
    const visitId = this.#visits.open(
      { ...registration, credentialType: credential?.type },
      { messageId, bed, discharge: undefined, finalSettlements: new Set() },
    );
    this.#visits.describe(visitId, request.personNumber, { medicalType, diagnoses });
    this.#admissions.set(messageId, { visitId, reversed: false });
    return visitId;
  }

  /** 2402; the last one before settlement counts. @throws Refusal */
  discharge(
    visitId: string,
    personNumber: string,
    discharge: { readonly at: string; readonly way: string; readonly diagnoses: number },
  ): void {
    const { visit, stay } = this.find(visitId, personNumber);
    if (discharge.diagnoses === 0) throw new Refusal('未上传出院诊断信息');
    if (discharge.at < visit.begunAt) throw new Refusal('出院时间早于入院时间');
    if (stay.finalSettlements.size > 0) throw new Refusal('该就诊已结算，不能办理出院');
    stay.discharge = { at: discharge.at, way: discharge.way };
    visit.diagnoses = discharge.diagnoses;
  }

  /** 2404. @throws Refusal while lines or a settlement stand. */
  cancelAdmission(visitId: string, personNumber: string): void {
    const { visit } = this.find(visitId, personNumber);
    if ([...visit.lines.values()].some((row) => row.heldBy.size > 0)) throw new Refusal('该就诊已结算，不能撤销入院');
    if (visit.lines.size > 0) throw new Refusal('存在费用明细，不能撤销入院');
    visit.cancelled = true;
  }

  /** 2405. @throws Refusal once the stay is settled. */
  cancelDischarge(visitId: string, personNumber: string): void {
    const { stay } = this.find(visitId, personNumber);
    if (!stay.discharge) throw new Refusal('该就诊未办理出院');
    if (stay.finalSettlements.size > 0) throw new Refusal('该就诊已结算，不能撤销出院');
    stay.discharge = undefined;
  }

  /** 2301: all lines or none. @throws Refusal */
  uploadFees(visitId: string, personNumber: string, lines: readonly UploadedLine[]): readonly FeeRow[] {
    this.#register.requireAgreement();
    const { visit, stay } = this.find(visitId, personNumber);
    if (stay.finalSettlements.size > 0) throw new Refusal('该就诊已结算，不能上传费用');
    const rows: FeeRow[] = [];
    for (const line of lines) {
      if (rows.some((row) => row.lineNumber === line.lineNumber)) throw new Refusal('费用明细流水号重复');
      rows.push(line.returns === undefined ? this.#visits.split(visit, line) : this.#takeBack(visit, rows, line));
    }
    for (const row of rows) visit.lines.set(row.lineNumber, row);
    return rows;
  }

  /** 2302; `0000` = every unsettled line. @throws Refusal when a named line is settled or taken back. */
  cancelFees(visitId: string, personNumber: string, lineNumbers: readonly string[]): void {
    const { visit } = this.find(visitId, personNumber);
    if (lineNumbers.includes('0000')) {
      for (const row of [...visit.lines.values()]) if (row.heldBy.size === 0) visit.lines.delete(row.lineNumber);
      return;
    }
    for (const lineNumber of lineNumbers) {
      const row = visit.lines.get(lineNumber);
      if (!row) throw new Refusal('未查询到费用明细');
      if (row.heldBy.size > 0) throw new Refusal('费用已结算，不能撤销');
      const back = [...visit.lines.values()].some((one) => one.returns === lineNumber);
      if (back && !lineNumbers.some((one) => visit.lines.get(one)?.returns === lineNumber)) {
        throw new Refusal('该费用已有退费明细，不能撤销');
      }
    }
    for (const lineNumber of lineNumbers) visit.lines.delete(lineNumber);
  }

  /** 2601 of a 2401. @throws Refusal */
  reverseAdmission(messageId: string, personNumber: string): void {
    const admission = this.#admissions.get(messageId);
    const visit = admission && this.#visits.visits.get(admission.visitId);
    if (!admission || visit?.personNumber !== personNumber) throw new Refusal('冲正失败：未查询到原交易信息');
    if (admission.reversed) return;
    if (visit.lines.size > 0) throw new Refusal('存在费用明细，不能冲正入院');
    visit.cancelled = true;
    admission.reversed = true;
  }

  /** @throws Refusal when the visit is no stay. */
  find(visitId: string, personNumber: string) {
    const visit = this.#visits.find(visitId, personNumber);
    const { stay } = visit;
    if (!stay) throw new Refusal('该就诊不是住院就诊');
    return { visit, stay };
  }

  /** A negative line: its split is what the original loses, so that what is left is split like a line of its own. */
  #takeBack(visit: Visit, before: readonly FeeRow[], line: UploadedLine): FeeRow {
    const original = visit.lines.get(line.returns ?? '') ?? before.find((row) => row.lineNumber === line.returns);
    if (!original || original.returns !== undefined || original.catalogueCode !== line.catalogueCode) {
      throw new Refusal('未查询到原费用明细');
    }
    if (original.heldBy.size > 0) throw new Refusal('原费用已结算，不能退费');
    if (visit.lines.has(line.lineNumber)) throw new Refusal('费用明细流水号重复');
    const earlier = [...visit.lines.values(), ...before].filter((row) => row.returns === original.lineNumber);
    const amountFen = parseFen(line.amount);
    const quantity = parseDecimal(line.quantity, 4);
    if (amountFen === undefined || amountFen > 0 || quantity === undefined || quantity >= 0n) {
      throw new Refusal('退费数量和金额应为负数');
    }
    const left = [original, ...earlier].reduce((sum, row) => sum + (parseDecimal(row.quantity, 4) ?? 0n), quantity);
    const now = sumLines([original.split, ...earlier.map((row) => row.split)]);
    if (left < 0n || now.amountFen + amountFen < 0) throw new Refusal('退费数量或金额超过原费用');
    const after =
      left === 0n && now.amountFen + amountFen === 0
        ? NOTHING
        : splitLine(original.rule, original.price, tenThousandths(left), now.amountFen + amountFen);
    if (!after) throw new Refusal('明细项目费用总额与单价乘数量不一致');
    return {
      ...line,
      rule: original.rule,
      category: original.category,
      split: minus(after, now),
      memo: undefined,
      heldBy: new Set(),
    };
  }
}

function minus(one: LineSplit, other: LineSplit): LineSplit {
  return {
    amountFen: one.amountFen - other.amountFen,
    outOfScopeFen: one.outOfScopeFen - other.outOfScopeFen,
    overLimitFen: one.overLimitFen - other.overLimitFen,
    preSelfPayFen: one.preSelfPayFen - other.preSelfPayFen,
    inScopeFen: one.inScopeFen - other.inScopeFen,
  };
}

/** 12500n → `1.2500` */
function tenThousandths(scaled: bigint): string {
  const digits = String(scaled).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
