/** The nodes of 2201, 2203, 2203A and 2204 (and 2301, whose lines are alike) as the interface spells them, in and out. Fields were checked before. */
import { ratioText } from '../decimal.ts';
import { amount, fieldOf, isList, NumberText, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import type { Envelope } from './envelope.ts';
import { Refusal } from './refusal.ts';
import type { FeeRow, Registration, UploadedLine, VisitDesk } from './visit-desk.ts';

/** A field that the tables made sure of; `''` only for optional ones. */
export function word(node: WireValue | undefined, name: string): string {
  return textOf(node, name) ?? '';
}

/** One transaction of an outpatient visit, from its nodes to the desk and back. @throws Refusal */
export function answerVisit(desk: VisitDesk, { transaction, input }: Envelope, data: WireObject): WireObject {
  switch (transaction) {
    case '2201':
      return registered(desk.registerVisit(readRegistration(data)), data);
    case '2202':
      desk.cancelVisit(word(data, 'mdtrt_id'), word(data, 'psn_no'));
      return {};
    case '2203':
    case '2203A': {
      const details = readVisitDetails(input);
      desk.describe(details.visitId, details.personNumber, details);
      return {};
    }
    case '2204': {
      const { visitId, personNumber, lines } = readFeeLines(input);
      return feeRows(desk.uploadFees(visitId, personNumber, lines));
    }
    case '2205':
      desk.cancelFees(word(data, 'mdtrt_id'), word(data, 'psn_no'), word(data, 'chrg_bchno'));
      return {};
    default:
      throw new Refusal('交易编号不正确');
  }
}

function readRegistration(data: WireObject): Registration {
  return {
    personNumber: word(data, 'psn_no'),
    insuranceType: word(data, 'insutype'),
    credentialType: word(data, 'mdtrt_cert_type'),
    outpatientNumber: word(data, 'ipt_otp_no'),
    begunAt: word(data, 'begntime'),
    doctorCode: word(data, 'atddr_no'),
    doctorName: word(data, 'dr_name'),
    departmentCode: word(data, 'dept_code'),
    departmentName: word(data, 'dept_name'),
  };
}

function registered(visitId: string, data: WireObject): WireObject {
  return { data: { mdtrt_id: visitId, psn_no: word(data, 'psn_no'), ipt_otp_no: word(data, 'ipt_otp_no') } };
}

function readVisitDetails(input: WireObject) {
  const node = fieldOf(input, 'mdtrtinfo');
  const rows = fieldOf(input, 'diseinfo');
  const valid = isList(rows) ? rows.filter((row) => word(row, 'vali_flag') === '1') : [];
  return {
    visitId: word(node, 'mdtrt_id'),
    personNumber: word(node, 'psn_no'),
    medicalType: word(node, 'med_type'),
    diagnoses: valid.length,
  };
}

/** @throws Refusal when lines of several visits come in one message. */
export function readFeeLines(input: WireObject) {
  const node = fieldOf(input, 'feedetail');
  const rows = isList(node) ? node : [];
  const visitId = word(rows[0], 'mdtrt_id');
  const personNumber = word(rows[0], 'psn_no');
  if (rows.some((row) => word(row, 'mdtrt_id') !== visitId || word(row, 'psn_no') !== personNumber)) {
    throw new Refusal('一次只能上传一个就诊的费用明细');
  }
  const lines = rows.map(
    (row): UploadedLine => ({
      lineNumber: word(row, 'feedetl_sn'),
      batch: word(row, 'chrg_bchno'),
      catalogueCode: word(row, 'med_list_codg'),
      amount: word(row, 'det_item_fee_sumamt'),
      price: word(row, 'pric'),
      quantity: word(row, 'cnt'),
      doctorCode: word(row, 'bilg_dr_codg'),
      occurredAt: word(row, 'fee_ocur_time'),
      notApproved: word(row, 'hosp_appr_flag') === '2',
      ...(word(row, 'init_feedetl_sn') === '' ? {} : { returns: word(row, 'init_feedetl_sn') }),
    }),
  );
  return { visitId, personNumber, lines };
}

/** The 2204 answer, one row per line. */
export function feeRows(rows: readonly FeeRow[]): WireObject {
  return {
    result: rows.map((row) => ({
      feedetl_sn: row.lineNumber,
      det_item_fee_sumamt: amount(row.split.amountFen),
      cnt: new NumberText(row.quantity),
      pric: new NumberText(row.price),
      pric_uplmt_amt: row.rule.ceiling === undefined ? null : new NumberText(row.rule.ceiling),
      selfpay_prop: new NumberText(ratioText(row.rule.selfPayBp)),
      fulamt_ownpay_amt: amount(row.split.outOfScopeFen),
      overlmt_amt: amount(row.split.overLimitFen),
      preselfpay_amt: amount(row.split.preSelfPayFen),
      inscp_scp_amt: amount(row.split.inScopeFen),
      chrgitm_lv: row.rule.level,
      med_chrgitm_type: row.category,
      bas_medn_flag: '0',
      hi_nego_drug_flag: '0',
      chld_medc_flag: '0',
      list_sp_item_flag: '0',
      lmt_used_flag: '0',
      drt_reim_flag: '0',
      memo: row.memo ?? '',
    })),
  };
}
