/**
 * What a settlement would come to, without making it: 2206 and 2303, and the first half of 2207 and 2304.
 *
 * One promise: whatever does not fit together (credential, insurance, lines, total, standing) is refused here, before
 * anything is booked.
 */
import type { AgreementRegister } from './agreement-register.ts';
import { allocateFunds, type FundSplit, sumLines } from './fund-calculation.ts';
import { ENTERPRISE_BP, policyFor } from './fund-policies.ts';
import type { InsuranceAccount, InsuredPeople, ShownCredential } from './insured-people.ts';
import { Refusal } from './refusal.ts';
import type { FeeRow, Visit, VisitDesk } from './visit-desk.ts';

export interface SettleRequest {
  /** 2206/2207 or 2303/2304. */
  readonly care: 'outpatient' | 'inpatient';
  readonly personNumber: string;
  readonly visitId: string;
  /** `chrg_bchno`; '' for a stay, which has none. */
  readonly batch: string;
  /** `med_type`; a stay's own counts, for 2304 has none. */
  readonly medicalType: string;
  readonly insuranceType: string;
  readonly credential: ShownCredential;
  readonly useAccount: boolean;
  /** `medfee_sumamt`, fen. */
  readonly totalFen: number;
  /** `mid_setl_flag` 1 */
  readonly midStay: boolean;
}

/** What earlier settlements say about this one. */
export interface SettledBefore {
  /** From 1: which admission of the year this stay is. */
  readonly admission: number;
  /** What this stay's 中途结算 took of its deductible, fen. */
  readonly stayDeductibleFen: number;
  /** Lines that 中途结算 of this stay hold. */
  readonly midStayRows: ReadonlySet<FeeRow>;
}

export interface Quote {
  readonly request: SettleRequest;
  readonly visit: Visit;
  readonly rows: readonly FeeRow[];
  readonly account: InsuranceAccount;
  readonly split: FundSplit;
}

export interface QuoteParts {
  readonly people: InsuredPeople;
  readonly desk: VisitDesk;
  readonly register: AgreementRegister;
}

/** @throws Refusal */
export function quote(
  { people, desk, register }: QuoteParts,
  asked: SettleRequest,
  before: (visit: Visit, account: InsuranceAccount) => SettledBefore,
): Quote {
  register.requireAgreement();
  const visit = desk.find(asked.visitId, asked.personNumber);
  if ((visit.stay === undefined) !== (asked.care === 'outpatient')) throw new Refusal('交易与就诊的门诊住院类别不一致');
  const holder = people.holderOf(asked.credential);
  if (holder.patient.personNumber !== asked.personNumber) throw new Refusal('就诊凭证与人员编号不一致');
  if (visit.credentialType !== undefined && visit.credentialType !== asked.credential.type) {
    throw new Refusal('就诊凭证类型与挂号时不一致');
  }
  if (visit.insuranceType !== asked.insuranceType) throw new Refusal('险种类型与挂号时不一致');
  if (visit.medicalType === undefined || visit.diagnoses === 0) throw new Refusal('未上传就诊诊断信息');
  if (visit.stay && !visit.stay.discharge && !asked.midStay) throw new Refusal('未办理出院，不能进行出院结算');
  const obstacle = people.obstacle(asked.personNumber, asked.insuranceType);
  if (obstacle) throw new Refusal(obstacle);

  const account = people.account(asked.personNumber, asked.insuranceType);
  const earlier = before(visit, account);
  const rows = [...visit.lines.values()].filter((row) =>
    visit.stay ? !earlier.midStayRows.has(row) : row.batch === asked.batch,
  );
  if (rows.length === 0) throw new Refusal('没有可结算的费用明细');
  // A standing may change between upload and settlement; what counts is the moment of settling.
  for (const { doctorCode } of rows) register.requirePractitioner(doctorCode);
  const lines = sumLines(rows.map((row) => row.split));
  if (lines.amountFen !== asked.totalFen) throw new Refusal('医疗费总额与费用明细合计不一致');
  const request = visit.stay ? { ...asked, medicalType: visit.medicalType } : asked;
  const policy = policyFor(request.insuranceType, account.row.personType, request.medicalType);
  if (!policy) throw new Refusal('没有适用的待遇政策');
  const split = allocateFunds({
    lines,
    policy,
    year: account.sums,
    admission: earlier.admission,
    stayDeductibleFen: earlier.stayDeductibleFen,
    enterpriseBp: account.row.enterprise ? ENTERPRISE_BP : 0,
    commercialBp: account.row.commercialBp ?? 0,
    civilServant: account.row.civilServant,
    assisted: holder.patient.assistanceType !== undefined,
    useAccount: request.useAccount,
    balanceFen: account.balanceFen,
    familyBalanceFen: people.familyBalance(account),
  });
  return { request, visit, rows, account, split };
}
