/**
 * Reviews of a bill: 3101 before it is written at the centre, 3102 before it is settled (protocols/insurance.md B.11).
 *
 * The promise: every finding of the platform reaches the rules with a severity; a grade that nobody knows asks for a
 * doctor, it is neither a stop nor a remark.
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import { JsonNumber, type JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import { forStaff } from './envelope.ts';
import type { FeeLine, SettlementAmounts } from './insurance-platform.ts';
import type { ReviewFinding, ReviewQuestion, ReviewSeverity } from './insurance-reviews.ts';
import { bornOnOf, genderOf } from './person-facts.ts';
import { yuan } from './settlement-amounts.ts';
import { isOffSite } from './time-limits.ts';

/** `sev_deg` 1 明确违规, 2 高度可疑, 3 轻度可疑; places may grade otherwise. */
export type ReviewGrades = Readonly<Record<string, ReviewSeverity>>;
export const usualGrades: ReviewGrades = { '1': 'block', '2': 'explain', '3': 'remind' };

/** `trig_scen`: 2 门诊收费登记, 4 住院收费登记, 6 门诊结算, 7 住院结算. */
const SCENE = {
  before: { outpatient: '2', inpatient: '4' },
  during: { outpatient: '6', inpatient: '7' },
} as const;

export type ReviewPhase = keyof typeof SCENE;

export interface ReviewedAt {
  readonly phase: ReviewPhase;
  /** `syscode`: the same local word as in the envelope. */
  readonly systemCode: string;
  readonly hospital: KioskConfig['hospital'];
}

export function reviewInput(question: ReviewQuestion, at: ReviewedAt): JsonOutput {
  const { person } = question;
  return {
    data: {
      syscode: at.systemCode,
      trig_scen: SCENE[at.phase][question.care ?? 'outpatient'],
      patient_dtos: [
        {
          patn_id: question.personNumber.reveal(),
          patn_name: person.name.reveal(),
          gend: genderOf(person),
          brdy: bornOnOf(person),
          poolarea: question.insuredArea,
          curr_mdtrt_id: question.visitId,
          fsi_encounter_dtos: [encounter(question, at)],
        },
      ],
    },
  };
}

function encounter(question: ReviewQuestion, { hospital }: ReviewedAt): JsonOutput {
  const [main] = question.diagnoses;
  const inpatient = question.care === 'inpatient';
  return {
    mdtrt_id: question.visitId,
    medins_id: hospital.institutionCode,
    medins_name: hospital.institutionName,
    medins_admdvs: hospital.areaCode,
    medins_type: '1',
    medins_lv: '',
    adm_date: question.begunAt,
    dscg_date: inpatient ? '' : question.begunAt,
    dscg_main_dise_codg: main?.code ?? '',
    dscg_main_dise_name: main?.name ?? '',
    fsi_diagnose_dtos: question.diagnoses.map((diagnosis, index) => ({
      dise_id: `${question.visitId}-${index + 1}`,
      inout_dise_type: inpatient ? '2' : '1',
      maindise_flag: index === 0 ? '1' : '0',
      dias_srt_no: String(index + 1),
      dise_codg: diagnosis.code,
      dise_name: diagnosis.name,
      dise_date: diagnosis.diagnosedAt,
    })),
    dr_codg: question.doctorCode,
    adm_dept_codg: question.departmentCode,
    adm_dept_name: question.departmentName,
    dscg_dept_codg: question.departmentCode,
    dscg_dept_name: question.departmentName,
    med_mdtrt_type: inpatient ? '2' : '1',
    med_type: question.medicalType,
    fsi_order_dtos: question.lines.map((line) => order(question, line)),
    matn_stas: '',
    medfee_sumamt: yuan(question.totalFen),
    ...paid(question.amounts),
    setl_totlnum: 1,
    insutype: question.insuranceType,
    reim_flag: '1',
    out_setl_flag: isOffSite(question.insuredArea, hospital.areaCode) ? '1' : '0',
    fsi_operation_dtos: [],
  };
}

/** Before the pre-settlement nobody knows who pays what. */
function paid(amounts: SettlementAmounts | undefined) {
  return {
    ownpay_amt: yuan(amounts?.outOfScopeFen ?? 0),
    selfpay_amt: yuan(amounts ? amounts.personFen - Math.min(amounts.personFen, amounts.outOfScopeFen) : 0),
    acct_payamt: yuan(amounts?.accountFen ?? 0),
    ma_amt: yuan(amounts?.assistanceFen ?? 0),
    hifp_payamt: yuan(amounts?.basicFundFen ?? 0),
  };
}

function order(question: ReviewQuestion, line: FeeLine): JsonOutput {
  return {
    rx_id: line.lineNumber,
    rxno: '',
    grpno: '',
    long_drord_flag: '0',
    hilist_type: '',
    chrg_type: '',
    drord_bhvr: '',
    hilist_code: line.catalogueCode,
    hilist_name: line.name,
    hosplist_code: line.hospitalCode,
    hosplist_name: line.name,
    cnt: new JsonNumber(line.quantity),
    pric: new JsonNumber(line.unitPrice),
    sumamt: yuan(line.amountFen),
    spec: line.specification,
    spec_unt: line.unit,
    drord_begn_date: question.begunAt,
    drord_dept_codg: question.departmentCode,
    drord_dept_name: question.departmentName,
    drord_dr_codg: line.doctorCode,
    drord_dr_name: line.doctorName,
    curr_drord_flag: '1',
  };
}

/** @throws FieldError when a finding is about another visit. */
export function readFindings(output: Fields, question: ReviewQuestion, grades: ReviewGrades): readonly ReviewFinding[] {
  return output.optionalList('result').map((row) => {
    const visitId = row.optionalText('mdtrt_id') ?? question.visitId;
    if (visitId !== question.visitId) throw new FieldError('a result is about another visit');
    const named = row.optionalList('judge_result_detail_dtos').flatMap((detail) => detail.optionalText('rx_id') ?? []);
    return {
      reviewId: row.optionalText('jr_id') ?? '',
      ruleId: row.optionalText('rule_id') ?? '',
      name: row.optionalText('rule_name') ?? '',
      reason: forStaff(row.optionalText('vola_cont') ?? ''),
      severity: grades[row.optionalText('sev_deg') ?? ''] ?? 'explain',
      lineNumbers: [...new Set(named)],
      amountFen: row.optionalAmount('vola_amt'),
    };
  });
}
