/**
 * 4101 医疗保障基金结算清单: the list of one settlement, from our words to the wire (protocols/insurance.md B.16).
 *
 * One promise: a list whose categories, funds or diagnoses do not agree with its settlement is never sent (SZ-249).
 * Fields that only the medical record knows (ward days, blood, intensive care) are the hospital's own upload.
 */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { JsonOutput } from '../json.ts';
import { FieldError, type Fields } from '../json-fields.ts';
import type { Fen } from '../money.ts';
import type { FeeSplit, SettlementAmounts } from './insurance-platform.ts';
import type { SettlementList, SettlementListFault } from './insurance-uploads.ts';
import { ageOn, bornOnOf, genderOf } from './person-facts.ts';
import { yuan } from './settlement-amounts.ts';

/** `med_chrgitm_type` 01–14 */
const CATEGORY = /^(0[1-9]|1[0-4])$/;
const DIAGNOSIS_CODE = /^[A-Z]\d{2}/;
/** Chinese national, Han, other profession, the person himself: what a kiosk says where nobody asked. */
const NATION = 'CHN';
const PEOPLE = '01';
const PROFESSION = '90';
/** `hi_paymtd` 按项目付费 */
const BY_ITEM = '1';

interface Category {
  readonly category: string;
  amountFen: Fen;
  classAFen: Fen;
  classBFen: Fen;
  ownFen: Fen;
  otherFen: Fen;
}

/** Why this list may not be sent; empty = it may. */
export function settlementListFaults(list: SettlementList): readonly SettlementListFault[] {
  const { diagnoses, splits, amounts } = list;
  const faults = new Set<SettlementListFault>();
  if (diagnoses.length === 0) faults.add('noDiagnosis');
  if (diagnoses.some(({ code }) => !DIAGNOSIS_CODE.test(code))) faults.add('diagnosisWithoutCode');
  if (splits.length === 0) faults.add('noLines');
  if (splits.some(({ category }) => !CATEGORY.test(category))) faults.add('lineWithoutCategory');
  const sum = (part: (split: FeeSplit) => Fen): Fen => splits.reduce((total, split) => total + part(split), 0);
  const agrees =
    sum((split) => split.amountFen) === amounts.totalFen &&
    sum((split) => split.outOfScopeFen) === amounts.outOfScopeFen &&
    sum((split) => split.overLimitFen) === amounts.overLimitFen &&
    sum((split) => split.preSelfPayFen) === amounts.preSelfPayFen &&
    sum((split) => split.inScopeFen) === amounts.inScopeFen;
  if (!agrees) faults.add('categoriesDiffer');
  if (fundsOf(list).reduce((total, [, fen]) => total + fen, 0) !== amounts.fundFen) faults.add('fundsDiffer');
  if (list.care === 'inpatient' && !list.stay) faults.add('noStay');
  return [...faults];
}

/** `payinfo`: `fund_pay_type` with what it paid. */
function fundsOf({ amounts, insuranceType }: SettlementList): readonly (readonly [type: string, fen: Fen])[] {
  const funds: readonly (readonly [string, Fen])[] = [
    [`${insuranceType}100`, amounts.basicFundFen],
    ['320100', amounts.civilServantFen],
    ['330100', amounts.largeAmountFen],
    ['370100', amounts.enterpriseFen],
    ['390200', amounts.seriousIllnessFen],
    ['610100', amounts.assistanceFen],
    ['620100', amounts.commercialFen ?? 0],
    ['999997', amounts.otherFundFen - (amounts.commercialFen ?? 0)],
  ];
  return funds.filter(([, fen]) => fen !== 0);
}

function categoriesOf(splits: readonly FeeSplit[]): readonly Category[] {
  const categories = new Map<string, Category>();
  for (const { category, amountFen, outOfScopeFen, level } of splits) {
    const nothing = { category, amountFen: 0, classAFen: 0, classBFen: 0, ownFen: 0, otherFen: 0 };
    const sums = categories.get(category) ?? nothing;
    const covered = amountFen - outOfScopeFen;
    sums.amountFen += amountFen;
    sums.ownFen += outOfScopeFen;
    if (level === '01') sums.classAFen += covered;
    else if (level === '02') sums.classBFen += covered;
    else sums.otherFen += covered;
    categories.set(category, sums);
  }
  return [...categories.values()].sort((one, other) => (one.category < other.category ? -1 : 1));
}

export function settlementListInput(
  list: SettlementList,
  hospital: KioskConfig['hospital'],
  sentAt: string,
): JsonOutput {
  return {
    setlinfo: {
      ...identity(list, hospital, sentAt),
      ...visitPart(list),
      ...moneyPart(list.amounts),
      bill_code: list.receiptCode,
      bill_no: list.receiptNumber,
      biz_sn: list.settlementId,
      setl_begn_date: list.begunOn,
      setl_end_date: list.endedOn,
      hi_paymtd: BY_ITEM,
      hsorg: list.insuredArea,
      hsorg_opter: list.insuredArea,
      medins_fill_dept: list.filledBy.department,
      medins_fill_psn: list.filledBy.person,
    },
    payinfo: fundsOf(list).map(([type, fen]) => ({ fund_pay_type: type, fund_payamt: yuan(fen) })),
    opspdiseinfo: [],
    diseinfo: list.diagnoses.map((diagnosis, index) => ({
      diag_type: '1',
      diag_code: diagnosis.code,
      diag_name: diagnosis.name,
      adm_cond_type: '',
      maindiag_flag: index === 0 ? '1' : '0',
    })),
    iteminfo: categoriesOf(list.splits).map((sums) => ({
      med_chrgitm: sums.category,
      amt: yuan(sums.amountFen),
      claa_sumfee: yuan(sums.classAFen),
      clab_amt: yuan(sums.classBFen),
      fulamt_ownpay_amt: yuan(sums.ownFen),
      oth_amt: yuan(sums.otherFen),
    })),
    oprninfo: (list.stay?.operations ?? []).map((operation, index) => ({
      oprn_oprt_type: index === 0 ? '1' : '2',
      oprn_oprt_name: operation.name,
      oprn_oprt_code: operation.code,
      oper_dr_code: operation.doctorCode,
    })),
    icuinfo: [],
  };
}

function identity(list: SettlementList, hospital: KioskConfig['hospital'], sentAt: string) {
  const { person } = list;
  const bornOn = bornOnOf(person);
  return {
    mdtrt_id: list.visitId,
    setl_id: list.settlementId,
    psn_no: list.personNumber.reveal(),
    fixmedins_name: hospital.institutionName,
    fixmedins_code: hospital.institutionCode,
    medcasno: list.recordNumber,
    dcla_time: sentAt,
    psn_name: person.name.reveal(),
    gend: genderOf(person),
    brdy: bornOn,
    age: ageOn(bornOn, list.endedOn),
    ntly: NATION,
    naty: PEOPLE,
    patn_cert_type: person.certificateType,
    certno: person.certificateNumber.reveal(),
    prfs: PROFESSION,
    hi_type: list.insuranceType,
    insuplc: list.insuredArea,
  };
}

function visitPart(list: SettlementList) {
  const { diagnoses, stay } = list;
  const [main] = diagnoses;
  return {
    ipt_med_type: list.medicalType,
    adm_time: stay?.admittedAt ?? '',
    dscg_time: stay?.dischargedAt ?? '',
    adm_caty: list.departmentCode,
    dscg_caty: list.departmentCode,
    dscg_way: stay?.way ?? '',
    otp_wm_dise: main?.name ?? '',
    wm_dise_code: main?.code ?? '',
    diag_code_cnt: diagnoses.length,
    maindiag_flag: '1',
    oprn_oprt_code_cnt: stay?.operations.length ?? 0,
    chfpdr_name: list.doctorName,
    chfpdr_code: list.doctorCode,
  };
}

/** 个人自付 and 个人自费 together are the person's part. */
function moneyPart(amounts: SettlementAmounts) {
  const ownPay = Math.min(amounts.outOfScopeFen, amounts.personFen);
  return {
    psn_selfpay: yuan(amounts.personFen - ownPay),
    psn_ownpay: yuan(ownPay),
    acct_pay: yuan(amounts.accountFen),
    psn_cashpay: yuan(amounts.ownFen),
  };
}

/** The id stands alone or inside the one node that the region has. */
export function readListId(output: Fields): { readonly listId: string } {
  const alone = output.optionalText('setl_list_id');
  if (alone !== undefined) return { listId: alone };
  const [node] = output.names().filter((name) => output.value(name) instanceof Map);
  if (node === undefined) throw new FieldError('missing setl_list_id');
  return { listId: output.object(node).text('setl_list_id') };
}
