/**
 * The nodes `setlinfo` and `setldetail` as the interface spells them for 2206, 2207, 2208, their inpatient kin
 * 2303, 2304, 2305, and 5203 (reference, B.8 and B.9). Amounts are written from fen as decimal text.
 */
import { secondText } from '../beijing-time.ts';
import { ratioText } from '../decimal.ts';
import { amount, NumberText, type WireObject, type WireValue } from '../wire-json.ts';
import type { FundSplit } from './fund-calculation.ts';
import type { InsuranceAccount, InsuredPerson } from './insured-people.ts';
import type { CentreRecord, VoidRecord } from './settlement-desk.ts';
import type { SettleRequest } from './settlement-quote.ts';

interface Facts {
  readonly person: InsuredPerson;
  readonly age: number;
  readonly account: InsuranceAccount;
  readonly request: SettleRequest;
  readonly split: FundSplit;
  readonly areaCode: string;
  /** `medins_setl_id` */
  readonly messageId: string;
}

/** 2206: no id, no clearing, no time. */
export function preSettleNodes(facts: Facts): WireObject {
  const clearing = { setl_id: null, setl_time: null, clr_optins: null, clr_way: null };
  return { setlinfo: { ...common(facts), ...clearing, ...totals(facts.split) }, setldetail: details(facts) };
}

/** 2207 */
export function settleNodes(facts: Facts, record: CentreRecord): WireObject {
  return {
    setlinfo: { ...common(facts), ...clearing(facts, record), ...totals(facts.split) },
    setldetail: details(facts),
  };
}

/** 5203: two amounts are spelt differently, and there is the mark of a refund. */
export function queryNodes(facts: Facts, record: CentreRecord): WireObject {
  const { psn_part_amt, psn_cash_pay, ...rest } = totals(facts.split);
  return {
    setlinfo: {
      ...common(facts),
      ...clearing(facts, record),
      ...rest,
      psn_pay: psn_part_amt,
      cash_payamt: psn_cash_pay,
      fixmedins_poolarea: facts.areaCode,
      refd_setl_flag: record.state === 'voided' ? '1' : '0',
      year: secondText(record.settledAtMs).slice(0, 4),
    },
    setldetail: details(facts),
  };
}

/** 2208: a new id and every amount negative; three sums stay null, as real platforms do. */
export function voidNodes(facts: Facts, record: VoidRecord): WireObject {
  const mirrored: Record<string, WireValue> = {};
  for (const [name, fen] of Object.entries(amounts(facts.split))) mirrored[name] = amount(fen === 0 ? 0 : -fen);
  return {
    setlinfo: {
      ...common(facts),
      ...mirrored,
      psn_part_amt: null,
      hosp_part_amt: null,
      acct_mulaid_pay: null,
      balc: amount(record.balanceAfterFen),
      setl_id: record.settlementId,
      setl_time: secondText(record.voidedAtMs),
      clr_optins: facts.areaCode,
      clr_way: '1',
    },
    setldetail: details(facts, -1),
  };
}

function clearing(facts: Facts, record: CentreRecord): WireObject {
  return {
    setl_id: record.settlementId,
    setl_time: secondText(record.settledAtMs),
    clr_optins: facts.areaCode,
    clr_way: '1',
  };
}

function common({ person, age, account, request, messageId }: Facts): WireObject {
  const { patient } = person;
  return {
    mdtrt_id: request.visitId,
    psn_no: patient.personNumber,
    psn_name: patient.name,
    psn_cert_type: '01',
    certno: patient.identityNumber,
    gend: patient.sex === 'male' ? '1' : '2',
    naty: '01',
    brdy: patient.born,
    age: new NumberText(`${age}.0`),
    insutype: account.row.type,
    psn_type: account.row.personType,
    cvlserv_flag: account.row.civilServant ? '1' : '0',
    mdtrt_cert_type: request.credential.type,
    med_type: request.medicalType,
    medins_setl_id: messageId,
    clr_type: request.care === 'inpatient' ? '21' : '11',
  };
}

function amounts(split: FundSplit): Readonly<Record<string, number>> {
  return {
    medfee_sumamt: split.lines.amountFen,
    fulamt_ownpay_amt: split.lines.outOfScopeFen,
    overlmt_selfpay: split.lines.overLimitFen,
    preselfpay_amt: split.lines.preSelfPayFen,
    inscp_scp_amt: split.lines.inScopeFen,
    act_pay_dedc: split.deductibleFen,
    hifp_pay: split.basicFen,
    cvlserv_pay: split.civilServantFen,
    hifes_pay: split.enterpriseFen,
    hifmi_pay: split.seriousFen,
    hifob_pay: split.largeFen,
    maf_pay: split.assistanceFen,
    hosp_part_amt: split.hospitalFen,
    oth_pay: split.otherFen + split.commercialFen,
    fund_pay_sumamt: split.fundFen,
    psn_part_amt: split.personFen,
    acct_pay: split.accountFen,
    acct_mulaid_pay: split.mutualAidFen,
    psn_cash_pay: split.cashFen,
  };
}

function totals(split: FundSplit): { [name: string]: WireValue } {
  const written: Record<string, WireValue> = {};
  for (const [name, fen] of Object.entries(amounts(split))) written[name] = amount(fen);
  written['balc'] = amount(split.balanceAfterFen);
  written['pool_prop_selfpay'] = new NumberText(ratioText(split.poolRatioBp));
  return written;
}

/** `fund_pay_type` of what `hifp_pay` is, by `insutype`. */
const POOLS = {
  '310': ['310100', '职工基本医疗保险统筹基金'],
  '340': ['340100', '离休人员医疗保障基金'],
  '390': ['390100', '城乡居民基本医疗保险基金'],
  '510': ['510100', '生育保险基金'],
} as const satisfies Record<InsuranceAccount['row']['type'], readonly [string, string]>;

function details({ split, account }: Facts, sign: 1 | -1 = 1): readonly WireObject[] {
  const [pool, poolName] = POOLS[account.row.type];
  const rows: readonly [type: string, name: string, fen: number][] = [
    [pool, poolName, split.basicFen],
    ['320100', '公务员医疗补助基金', split.civilServantFen],
    ['330100', '大额医疗费用补助基金', split.largeFen],
    ['390200', '城乡居民大病医疗保险基金', split.seriousFen],
    ['610100', '医疗救助基金', split.assistanceFen],
    ['370100', '企业补充医疗保险基金', split.enterpriseFen],
    ['310103', '职工生育保险基金', split.otherFen],
    ['620100', '商业健康保险', split.commercialFen],
    ['310200', '个人账户', split.accountFen],
    ['999996', '医院垫付', split.hospitalFen],
  ];
  return rows
    .filter(([, , fen]) => fen > 0)
    .map(([type, name, fen]) => ({
      fund_pay_type: type,
      fund_pay_type_name: name,
      inscp_scp_amt: amount(sign * split.lines.inScopeFen),
      crt_payb_lmt_amt: null,
      fund_payamt: amount(sign * fen),
      setl_proc_info: '',
    }));
}
