/**
 * A stay in hospital on the wire: 2401, 2402, 2404, 2405, 2301, 2302 (protocols/insurance.md B.9).
 *
 * The promise: an admission is sent once, under an id that the caller can reverse (2601), and a stay without a
 * diagnosis is never sent.
 */

import { JsonNumber, type JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import { approvalFlag } from './approval-flag.ts';
import type { Admission, Discharge, InpatientCare, InpatientFeeLine } from './inpatient-care.ts';
import type { Diagnosis, FeeBatch, FeeSplit, PlatformAnswer, VisitIdentity } from './insurance-platform.ts';
import { readFeeSplits } from './outpatient.ts';
import type { PlatformLine } from './platform-line.ts';
import { yuan } from './settlement-amounts.ts';
import { type Transaction, transactions } from './transactions.ts';

/** `diag_type` 西医诊断 */
const WESTERN_DIAGNOSIS = '1';
/** `feedetl_sn` of 2302 that means every line. */
const EVERY_LINE = '0000';

export class NationalInpatientCare implements InpatientCare {
  readonly #line: PlatformLine;

  constructor(line: PlatformLine) {
    this.#line = line;
  }

  admit(messageId: string, admission: Admission): Promise<PlatformAnswer<{ readonly visitId: string }>> {
    return this.#line.send({
      transaction: transactions.admit,
      messageId,
      insuredArea: admission.insuredArea,
      input: admissionInput(admission),
      read: (output) => ({ visitId: output.object('result').text('mdtrt_id') }),
    });
  }

  cancelAdmission(visit: VisitIdentity): Promise<PlatformAnswer<void>> {
    return this.#send(transactions.cancelAdmission, visit, { data: ids(visit) });
  }

  discharge(visit: VisitIdentity, discharge: Discharge): Promise<PlatformAnswer<void>> {
    return this.#send(transactions.discharge, visit, dischargeInput(visit, discharge));
  }

  cancelDischarge(visit: VisitIdentity): Promise<PlatformAnswer<void>> {
    return this.#send(transactions.cancelDischarge, visit, { data: ids(visit) });
  }

  uploadInpatientFees(
    visit: VisitIdentity,
    medicalType: string,
    lines: readonly InpatientFeeLine[],
  ): Promise<PlatformAnswer<readonly FeeSplit[]>> {
    return this.#line.send({
      transaction: transactions.uploadInpatientFees,
      insuredArea: visit.insuredArea,
      input: { feedetail: lines.map((line) => feeRow(visit, medicalType, line)) },
      read: (output) => readFeeSplits(output, lines),
    });
  }

  cancelInpatientFees(visit: VisitIdentity, lineNumbers: readonly string[] | 'all'): Promise<PlatformAnswer<void>> {
    const chosen = lineNumbers === 'all' ? [EVERY_LINE] : lineNumbers;
    return this.#send(transactions.cancelInpatientFees, visit, {
      data: chosen.map((lineNumber) => ({ feedetl_sn: lineNumber, ...ids(visit) })),
    });
  }

  #send(transaction: Transaction, visit: VisitIdentity, input: JsonOutput): Promise<PlatformAnswer<void>> {
    return this.#line.send({ transaction, insuredArea: visit.insuredArea, input, read: nothing });
  }
}

/** A batch of lines as a stay wants them: each line for itself says when and where. */
export function linesOfStay({ lines, occurredAt, departmentCode, departmentName }: FeeBatch): InpatientFeeLine[] {
  return lines.map((line) => ({ ...line, occurredAt, departmentCode, departmentName }));
}

function ids(visit: VisitIdentity): { readonly mdtrt_id: string; readonly psn_no: string } {
  return { mdtrt_id: visit.visitId, psn_no: visit.personNumber.reveal() };
}

/** @throws RangeError without a diagnosis. */
function mainOf(diagnoses: readonly Diagnosis[]): Diagnosis {
  const [main] = diagnoses;
  if (!main) throw new RangeError('A stay without a diagnosis is not uploaded.');
  return main;
}

function admissionInput(admission: Admission): JsonOutput {
  const personNumber = admission.personNumber.reveal();
  const main = mainOf(admission.diagnoses);
  return {
    mdtrtinfo: {
      psn_no: personNumber,
      insutype: admission.insuranceType,
      coner_name: '',
      tel: '',
      begntime: admission.admittedAt,
      mdtrt_cert_type: admission.credential.type,
      mdtrt_cert_no: admission.credential.number.reveal(),
      card_sn: admission.credential.cardId?.reveal() ?? '',
      med_type: admission.medicalType,
      ipt_no: admission.inpatientNumber,
      atddr_no: admission.doctorCode,
      chfpdr_name: admission.doctorName,
      adm_diag_dscr: main.name.slice(0, 200),
      adm_dept_codg: admission.departmentCode,
      adm_dept_name: admission.departmentName,
      adm_bed: admission.bed,
      dscg_maindiag_code: main.code,
      dscg_maindiag_name: main.name,
      main_cond_dscr: '',
    },
    diseinfo: diagnosisRows(personNumber, admission.diagnoses),
  };
}

function dischargeInput(visit: VisitIdentity, discharge: Discharge): JsonOutput {
  mainOf(discharge.diagnoses);
  return {
    dscginfo: {
      ...ids(visit),
      insutype: discharge.insuranceType,
      endtime: discharge.dischargedAt,
      dscg_dept_codg: discharge.departmentCode,
      dscg_dept_name: discharge.departmentName,
      dscg_bed: discharge.bed,
      dscg_way: discharge.way,
    },
    diseinfo: diagnosisRows(visit.personNumber.reveal(), discharge.diagnoses),
  };
}

function diagnosisRows(personNumber: string, diagnoses: readonly Diagnosis[]): JsonOutput {
  return diagnoses.map((diagnosis, index) => ({
    psn_no: personNumber,
    diag_type: WESTERN_DIAGNOSIS,
    maindiag_flag: index === 0 ? '1' : '0',
    diag_srt_no: index + 1,
    diag_code: diagnosis.code,
    diag_name: diagnosis.name,
    adm_cond: '',
    diag_dept: diagnosis.departmentName,
    dise_dor_no: diagnosis.doctorCode,
    dise_dor_name: diagnosis.doctorName,
    diag_time: diagnosis.diagnosedAt,
  }));
}

function feeRow(visit: VisitIdentity, medicalType: string, line: InpatientFeeLine): JsonOutput {
  return {
    feedetl_sn: line.lineNumber,
    init_feedetl_sn: line.returns ?? '',
    ...ids(visit),
    drord_no: '',
    med_type: medicalType,
    fee_ocur_time: line.occurredAt,
    med_list_codg: line.catalogueCode,
    medins_list_codg: line.hospitalCode,
    det_item_fee_sumamt: yuan(line.amountFen),
    cnt: new JsonNumber(line.quantity),
    pric: new JsonNumber(line.unitPrice),
    bilg_dept_codg: line.departmentCode,
    bilg_dept_name: line.departmentName,
    bilg_dr_codg: line.doctorCode,
    bilg_dr_name: line.doctorName,
    hosp_appr_flag: approvalFlag(line),
  };
}

function nothing(_output: Fields): void {}
