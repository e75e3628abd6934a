/**
 * Dispensed goods with their trace codes (3505, 3506) and visits of people who pay all themselves (4205), from our
 * words to the wire (protocols/insurance.md B.15).
 *
 * The protocol text has no transaction for self-pay visits. Of the national family 4201–4209, 4205 自费病人门诊就诊信息上传
 * takes visit, diagnoses and lines in one message under one key, which is what a kiosk has: two public sources name
 * its nodes (mdtrtinfo, diseinfo, feedetail). Its path is nobody's word; it follows its neighbours.
 *
 * One promise: a sale counts as told only when the second level of the answer (`retRslt`) says so.
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import { JsonNumber, type JsonOutput } from '../json.ts';
import type { Fields } from '../json-fields.ts';
import { forStaff } from './envelope.ts';
import type { PlatformAnswer } from './insurance-platform.ts';
import type { Sale, SaleReturn, SelfPayVisit, UploadedPerson } from './insurance-uploads.ts';
import { bornOnOf, genderOf } from './person-facts.ts';
import { yuan } from './settlement-amounts.ts';

const flag = (yes: boolean): '0' | '1' => (yes ? '1' : '0');

/** `mdtrt_setl_type` and, for want of another table, `hi_feesetl_type`: 1 医保结算 2 自费. */
function settledBy(sale: Sale): '1' | '2' {
  return sale.settlementId === undefined ? '2' : '1';
}

export function saleInput(sale: Sale): JsonOutput {
  return { selinfo: sold(sale) };
}

export function saleReturnInput(saleReturn: SaleReturn): JsonOutput {
  return { selinfo: { ...sold(saleReturn), medins_prod_sel_no: saleReturn.saleKey } };
}

function sold(sale: Sale): { readonly [name: string]: JsonOutput | undefined } {
  const { line, person } = sale;
  return {
    med_list_codg: line.catalogueCode,
    fixmedins_hilist_id: line.hospitalCode,
    fixmedins_hilist_name: line.name,
    fixmedins_bchno: sale.key,
    prsc_dr_name: sale.prescriberName,
    phar_name: sale.pharmacistName,
    phar_prac_cert_no: sale.pharmacistLicence,
    hi_feesetl_type: settledBy(sale),
    setl_id: sale.settlementId ?? '',
    mdtrt_sn: sale.visitNumber,
    psn_no: sale.personNumber?.reveal(),
    ...certificate(person),
    manu_lotnum: line.lotNumber,
    manu_date: line.producedOn,
    expy_end: line.expiresOn,
    rx_flag: flag(line.prescription),
    trdn_flag: flag(line.openedPackage),
    finl_trns_pric: new JsonNumber(line.unitPrice),
    rxno: line.prescriptionNumber ?? '',
    rtal_docno: sale.receiptNumber,
    drugtracinfo: line.traceCodes.map((code) => ({ drug_trac_codg: code })),
    sel_retn_cnt: new JsonNumber(line.quantity),
    sel_retn_time: sale.soldAt,
    sel_retn_opter_name: sale.operatorName,
    mdtrt_setl_type: settledBy(sale),
    memo: '',
  };
}

function certificate(person: UploadedPerson) {
  return {
    psn_cert_type: person.certificateType,
    certno: person.certificateNumber.reveal(),
    psn_name: person.name.reveal(),
  };
}

/** What the second level says; `undefined` = accepted. */
export function readSaleResult(output: Fields): string | undefined {
  const result = output.object('result');
  const accepted = result.oneOf('retRslt', ['0', '1']) === '1';
  return accepted ? undefined : forStaff(result.optionalText('msgRslt') ?? '');
}

/** `infcode` 0 with `retRslt` 0 is a refusal too. */
export function asAccepted(answer: PlatformAnswer<string | undefined>): PlatformAnswer<void> {
  if (answer.outcome !== 'ok') return answer;
  if (answer.value === undefined) return { outcome: 'ok', value: undefined };
  return { outcome: 'refused', infcode: 'retRslt 0', message: answer.value };
}

/** Why this visit may not be sent, or `undefined`. */
export function selfPayVisitFault(visit: SelfPayVisit): 'noDiagnosis' | 'noLines' | undefined {
  if (visit.diagnoses.length === 0) return 'noDiagnosis';
  return visit.lines.length === 0 ? 'noLines' : undefined;
}

export function selfPayVisitInput(visit: SelfPayVisit, hospital: KioskConfig['hospital']): JsonOutput {
  const institution = { fixmedins_code: hospital.institutionCode, fixmedins_name: hospital.institutionName };
  return {
    mdtrtinfo: {
      fixmedins_mdtrt_id: visit.key,
      ...institution,
      ...certificate(visit.person),
      gend: genderOf(visit.person),
      brdy: bornOnOf(visit.person),
      begntime: visit.begunAt,
      med_type: visit.medicalType,
      elec_bill_code: visit.receipt?.code ?? '',
      elec_billno_code: visit.receipt?.number ?? '',
      elec_bill_chk_code: visit.receipt?.checkCode ?? '',
    },
    diseinfo: visit.diagnoses.map((diagnosis, index) => ({
      diag_type: '1',
      diag_srt_no: index + 1,
      diag_code: diagnosis.code,
      diag_name: diagnosis.name,
      diag_dept: diagnosis.departmentName,
      diag_dr_code: diagnosis.doctorCode,
      diag_dr_name: diagnosis.doctorName,
      diag_time: diagnosis.diagnosedAt,
      vali_flag: '1',
    })),
    feedetail: visit.lines.map((line) => ({
      fixmedins_mdtrt_id: visit.key,
      med_type: visit.medicalType,
      bkkp_sn: line.lineNumber,
      fee_ocur_time: visit.begunAt,
      ...institution,
      cnt: new JsonNumber(line.quantity),
      pric: new JsonNumber(line.unitPrice),
      det_item_fee_sumamt: yuan(line.amountFen),
      med_list_codg: line.catalogueCode,
      medins_list_codg: line.hospitalCode,
      medins_list_name: line.name,
      med_chrgitm_type: line.category,
      prodname: line.name,
      bilg_dept_codg: visit.departmentCode,
      bilg_dept_name: visit.departmentName,
      bilg_dr_code: line.doctorCode,
      bilg_dr_name: line.doctorName,
      hosp_appr_flag: '0',
    })),
  };
}
