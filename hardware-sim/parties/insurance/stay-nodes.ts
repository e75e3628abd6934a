/** The nodes of 2301, 2302, 2401, 2402, 2404 and 2405 as the interface spells them, in and out (reference, B.9). */
import { fieldOf, isList, isObject, type WireObject } from '../wire-json.ts';
import type { Envelope } from './envelope.ts';
import { Refusal } from './refusal.ts';
import type { AdmissionRequest, StayDesk } from './stay-desk.ts';
import { feeRows, readFeeLines, word } from './visit-nodes.ts';

const MAIN = '1';

/** One transaction of a stay, from its nodes to the desk and back. @throws Refusal */
export function answerStay(desk: StayDesk, { transaction, messageId, input }: Envelope): WireObject {
  const data = fieldOf(input, 'data');
  switch (transaction) {
    case '2301': {
      const { visitId, personNumber, lines } = readFeeLines(input);
      return feeRows(desk.uploadFees(visitId, personNumber, lines));
    }
    case '2302': {
      const rows = isList(data) ? data : [];
      const [first] = rows;
      const visitId = word(first, 'mdtrt_id');
      const personNumber = word(first, 'psn_no');
      if (rows.some((row) => word(row, 'mdtrt_id') !== visitId || word(row, 'psn_no') !== personNumber)) {
        throw new Refusal('一次只能撤销一个就诊的费用明细');
      }
      desk.cancelFees(
        visitId,
        personNumber,
        rows.map((row) => word(row, 'feedetl_sn')),
      );
      return {};
    }
    case '2401':
      return { result: { mdtrt_id: desk.admit(messageId, readAdmission(input)) } };
    case '2402': {
      const node = fieldOf(input, 'dscginfo');
      const at = word(node, 'endtime');
      const discharge = { at, way: word(node, 'dscg_way'), diagnoses: diagnosesIn(input) };
      desk.discharge(word(node, 'mdtrt_id'), word(node, 'psn_no'), discharge);
      return {};
    }
    case '2404':
      desk.cancelAdmission(word(data, 'mdtrt_id'), word(data, 'psn_no'));
      return {};
    case '2405':
      desk.cancelDischarge(word(data, 'mdtrt_id'), word(data, 'psn_no'));
      return {};
    default:
      throw new Refusal('交易编号不正确');
  }
}

function readAdmission(input: WireObject): AdmissionRequest {
  const node = fieldOf(input, 'mdtrtinfo');
  return {
    personNumber: word(node, 'psn_no'),
    insuranceType: word(node, 'insutype'),
    credential: {
      type: word(node, 'mdtrt_cert_type'),
      number: word(node, 'mdtrt_cert_no'),
      cardId: word(node, 'card_sn') || undefined,
    },
    outpatientNumber: word(node, 'ipt_no'),
    begunAt: word(node, 'begntime'),
    doctorCode: word(node, 'atddr_no'),
    doctorName: word(node, 'chfpdr_name'),
    departmentCode: word(node, 'adm_dept_codg'),
    departmentName: word(node, 'adm_dept_name'),
    medicalType: word(node, 'med_type'),
    bed: word(node, 'adm_bed'),
    diagnoses: diagnosesIn(input),
  };
}

/** @throws Refusal unless exactly one of them is the main one. */
function diagnosesIn(input: WireObject): number {
  const rows = fieldOf(input, 'diseinfo');
  const diagnoses = isList(rows) ? rows.filter(isObject) : [];
  if (diagnoses.filter((row) => word(row, 'maindiag_flag') === MAIN).length !== 1) {
    throw new Refusal('主诊断应有且只有一个');
  }
  return diagnoses.length;
}
