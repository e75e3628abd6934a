/**
 * What must stand at the centre before an outpatient settlement: 2201 visit, 2203A diagnoses, 2204 lines, 2205 undo
 * (protocols/insurance.md B.5–B.7). The promise: a line that comes back from 2204 is split into exactly its amount.
 */

import { JsonNumber, type JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { Fen } from '../money.ts';
import { approvalFlag } from './approval-flag.ts';
import type { FeeBatch, FeeLine, FeeSplit, RegisterVisit, VisitDetails, VisitIdentity } from './insurance-platform.ts';
import { yuan } from './settlement-amounts.ts';

const NO = '0';
/** `diag_type` 西医诊断 */
const WESTERN_DIAGNOSIS = '1';
const VALID = '1';

export function registerVisitInput(visit: RegisterVisit): JsonOutput {
  return {
    data: {
      psn_no: visit.personNumber.reveal(),
      insutype: visit.insuranceType,
      begntime: visit.begunAt,
      mdtrt_cert_type: visit.credential.type,
      mdtrt_cert_no: visit.credential.number.reveal(),
      card_sn: visit.credential.cardId?.reveal() ?? '',
      ipt_otp_no: visit.outpatientNumber,
      atddr_no: visit.doctorCode,
      dr_name: visit.doctorName,
      dept_code: visit.departmentCode,
      dept_name: visit.departmentName,
      caty: visit.specialty,
    },
  };
}

export function readVisitId(output: Fields): { readonly visitId: string } {
  return { visitId: output.object('data').text('mdtrt_id') };
}

/** @throws RangeError without a diagnosis: the caller's rules refuse such a bill first (Z-8.3.3). */
export function uploadVisitInput(visit: VisitIdentity, details: VisitDetails): JsonOutput {
  const [main] = details.diagnoses;
  if (!main) throw new RangeError('A visit without a diagnosis is not uploaded.');
  return {
    mdtrtinfo: {
      mdtrt_id: visit.visitId,
      psn_no: visit.personNumber.reveal(),
      med_type: details.medicalType,
      begntime: details.begunAt,
      main_cond_dscr: '',
      dise_codg: details.disease?.code ?? '',
      dise_name: details.disease?.name ?? '',
      birctrl_type: '',
      birctrl_matn_date: '',
    },
    diseinfo: details.diagnoses.map((diagnosis, index) => ({
      diag_type: WESTERN_DIAGNOSIS,
      diag_srt_no: index + 1,
      diag_code: diagnosis.code,
      diag_name: diagnosis.name,
      diag_dept: diagnosis.departmentName,
      dise_dor_no: diagnosis.doctorCode,
      dise_dor_name: diagnosis.doctorName,
      diag_time: diagnosis.diagnosedAt,
      vali_flag: VALID,
    })),
  };
}

export function uploadFeesInput(visit: VisitIdentity, batch: FeeBatch): JsonOutput {
  return {
    feedetail: batch.lines.map((line) => ({
      feedetl_sn: line.lineNumber,
      mdtrt_id: visit.visitId,
      psn_no: visit.personNumber.reveal(),
      chrg_bchno: batch.chargeBatch,
      dise_codg: batch.diseaseCode ?? '',
      rxno: '',
      rx_circ_flag: NO,
      fee_ocur_time: batch.occurredAt,
      med_list_codg: line.catalogueCode,
      medins_list_codg: line.hospitalCode,
      det_item_fee_sumamt: yuan(line.amountFen),
      cnt: new JsonNumber(line.quantity),
      pric: new JsonNumber(line.unitPrice),
      bilg_dept_codg: batch.departmentCode,
      bilg_dept_name: batch.departmentName,
      bilg_dr_codg: line.doctorCode,
      bilg_dr_name: line.doctorName,
      hosp_appr_flag: approvalFlag(line),
    })),
  };
}

/** @throws FieldError when a line is missing, foreign, or not split into its amount. */
export function readFeeSplits(output: Fields, sent: readonly FeeLine[]): readonly FeeSplit[] {
  const splits = output.list('result').map(readSplit);
  const amounts = new Map(sent.map((line) => [line.lineNumber, line.amountFen]));
  for (const split of splits) {
    if (amounts.get(split.lineNumber) !== split.amountFen) {
      throw new FieldError('a line of result is not a line that was sent, or has another amount');
    }
    amounts.delete(split.lineNumber);
  }
  if (amounts.size > 0) throw new FieldError(`result lacks ${amounts.size} of ${sent.length} lines`);
  return splits;
}

function readSplit(row: Fields): FeeSplit {
  const part = (name: string): Fen => row.optionalAmount(name) ?? 0;
  const split = {
    lineNumber: row.text('feedetl_sn'),
    amountFen: row.amount('det_item_fee_sumamt'),
    outOfScopeFen: part('fulamt_ownpay_amt'),
    overLimitFen: part('overlmt_amt'),
    preSelfPayFen: part('preselfpay_amt'),
    inScopeFen: part('inscp_scp_amt'),
    level: levelOf(row.text('chrgitm_lv')),
    category: row.optionalText('med_chrgitm_type') ?? '',
  };
  const sum = split.outOfScopeFen + split.overLimitFen + split.preSelfPayFen + split.inScopeFen;
  if (sum !== split.amountFen) throw new FieldError('a line of result is not the sum of its four parts');
  return split;
}

/** Some systems write 1, 2, 3. */
function levelOf(text: string): FeeSplit['level'] {
  const level = text.padStart(2, '0');
  if (level === '01' || level === '02' || level === '03') return level;
  throw new FieldError('chrgitm_lv is none of 01, 02, 03');
}

export function cancelFeesInput(visit: VisitIdentity, chargeBatch: string): JsonOutput {
  return { data: { mdtrt_id: visit.visitId, chrg_bchno: chargeBatch, psn_no: visit.personNumber.reveal() } };
}
