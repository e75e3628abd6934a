/**
 * Every transaction that this kiosk uses, done once at the virtual centre, which was written a second time from the
 * interface: who, rules, a visit, a stay, uploads and statements, with people who do not exist.
 *
 * One promise: each step is a question that may be asked again of any other platform, and its recording is what the
 * centre was asked and what it answered.
 */
import { Secret } from '../../../drivers/secret.ts';
import type { Credential, PlatformAnswer, VisitIdentity } from '../../../firmware/insurance/insurance-platform.ts';
import type { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { decodePath, transactions } from '../../../firmware/insurance/transactions.ts';
import type { InsuranceRules } from '../../../firmware/region/profile.ts';
import { itemByKey } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { cardOf, type KioskAtCentre, kioskAtCentre, MSGID, NEXT_MSGID, ok, VOID_MSGID } from './centre-bench.ts';

export type Ask<Value = unknown> = (platform: NationalInsurancePlatform) => Promise<PlatformAnswer<Value>>;

export interface Step {
  /** `infno`, or `ec.query`. */
  readonly transaction: string;
  readonly ask: Ask;
  readonly rules: Partial<InsuranceRules>;
  readonly asked: unknown;
  readonly answered: unknown;
}

export const DECODE = 'ec.query';
const STAY_VOID_MSGID = NEXT_MSGID.replace(/.$/, '7');
const ADMIT_MSGIDS = [NEXT_MSGID.replace(/.$/, '8'), NEXT_MSGID.replace(/.$/, '9')] as const;

export class ContractWalk {
  readonly at: KioskAtCentre;
  readonly steps: Step[] = [];
  readonly #rules: Partial<InsuranceRules>;

  constructor(rules: Partial<InsuranceRules> = {}) {
    this.#rules = rules;
    this.at = kioskAtCentre('kiosk', rules);
  }

  get settlesBy(): '2207' | '2207A' {
    return this.#rules.settlePath ?? '2207';
  }

  /** Everything seen on the wire so far, by transaction. */
  get seen(): ReadonlySet<string> {
    return new Set(this.at.http.exchanges.filter(({ host }) => host === 'insurance').map(transactionOf));
  }

  /** The one that 9102 gave out. */
  get file(): Uint8Array {
    return this.at.http.exchanges.findLast(({ file }) => file)?.file ?? new Uint8Array();
  }

  /** Asks the centre; of what went over the wire the exchange with this transaction is kept. */
  async step<Value>(transaction: string, ask: Ask<Value>): Promise<Value> {
    const { exchanges } = this.at.http;
    const before = exchanges.length;
    const value = ok(await ask(this.at.platform));
    const exchange = exchanges.slice(before).find((one) => transactionOf(one) === transaction);
    if (!exchange) throw new Error(`${transaction} did not go over the wire.`);
    const { asked, answered } = exchange;
    this.steps.push({ transaction, ask, rules: this.#rules, asked, answered });
    return value;
  }
}

/** 2207A is a path of its own; its number on the wire is 2207. */
export function transactionOf({ path, asked }: { readonly path: string; readonly asked: unknown }): string {
  if (path === decodePath) return DECODE;
  if (path === transactions.settleWithoutPassword.path) return '2207A';
  return (asked as { readonly infno?: string } | undefined)?.infno ?? '9102';
}

/** Who, what holds, what was filed. */
export async function askAround(walk: ContractWalk): Promise<void> {
  const { parties } = walk.at;
  await walk.step('9001', (platform) => platform.signIn());
  const code = parties.showECredential('zhang');
  await walk.step(DECODE, (platform) => platform.decodeECredential(new Secret(code), '01301'));
  const { credential, person, bill } = await cardOf(walk.at);
  await walk.step('1101', (platform) => platform.person(credential));
  const insurance = insuranceOf(person);
  const { personNumber } = person;
  await walk.step('1201', (platform) => platform.institutionStanding());
  await walk.step('5101', (platform) => platform.departmentStanding(bill.departmentCode));
  await walk.step('5102', (platform) => platform.practitionerStanding(bill.doctorCode));
  const { medicalType, visitedAt: begunAt } = bill;
  const fund = { personNumber, insuredArea: insurance.insuredArea, insuranceType: insurance.type };
  await walk.step('2001', (platform) => platform.entitlement({ ...fund, medicalType, begunAt }));
  const { filings } = parties.insurance;
  const patient = parties.patient('zhang');
  filings.fileChronic(patient.personNumber, { code: 'M00500', name: '高血压', begunOn: '2025-01-01' });
  filings.file(patient.personNumber, { kind: '03', begunOn: '2025-01-01' });
  const institution = { code: 'H99000200002', name: '他院' };
  filings.admitElsewhere(patient.personNumber, { institution, admittedAt: '2026-11-20 10:00:00' });
  await walk.step('5301', (platform) => platform.reviews.chronicFilings(fund));
  await walk.step('5302', (platform) => platform.reviews.designatedInstitutions(fund));
  await walk.step('5303', (platform) => platform.reviews.inHospital(fund));
  filings.dischargeElsewhere(patient.personNumber, '2026-11-21 10:00:00');
  for (const [transaction, catalogue] of [
    ['1301', 'drug'],
    ['1305', 'service'],
    ['1306', 'consumable'],
  ] as const) {
    await walk.step(transaction, (platform) => platform.catalogueNews.newerThan(catalogue, '0'));
  }
}

/** A visit from 2201 to its end, its uploads and the statements about it. */
export async function settleVisit(walk: ContractWalk): Promise<void> {
  const { credential, person, bill } = await cardOf(walk.at);
  const insurance = insuranceOf(person);
  const { personNumber } = person;
  const { medicalType, totalFen, visitedAt: begunAt, diagnoses, lines } = bill;
  const { departmentCode, departmentName, doctorCode, doctorName } = bill;
  const fund = { personNumber, insuredArea: insurance.insuredArea, insuranceType: insurance.type };
  const registering = { ...fund, ...bill, credential, begunAt };
  const { visitId } = await walk.step('2201', (platform) => platform.registerVisit(registering));
  const visit: VisitIdentity = { visitId, personNumber, insuredArea: insurance.insuredArea };
  await walk.step('2203A', (platform) => platform.uploadVisit(visit, { medicalType, begunAt, diagnoses }));
  const review = { ...bill, ...visit, person, insuranceType: insurance.type, begunAt };
  await walk.step('3101', (platform) => platform.reviews.reviewBefore(review));
  const batch = { chargeBatch: 'B1', occurredAt: begunAt, departmentCode, departmentName, lines };
  await walk.step('2204', (platform) => platform.uploadFees(visit, batch));
  await walk.step('2205', (platform) => platform.cancelFees(visit, 'B1'));
  const splits = ok(await walk.at.platform.uploadFees(visit, batch));
  const question = { ...fund, ...visit, credential, medicalType, totalFen, useAccount: true, chargeBatch: 'B1' };
  const amounts = await walk.step('2206', (platform) => platform.preSettle(question));
  await walk.step('3102', (platform) => platform.reviews.reviewDuring({ ...review, amounts }));
  const settled = await walk.step(walk.settlesBy, (platform) => platform.settle(MSGID, question, amounts));
  if (walk.settlesBy === '2207A') return;
  const { settlementId } = settled;
  await walk.step('5201', (platform) => platform.findSettlement(MSGID, question));
  await walk.step('5203', (platform) => platform.findSettlementById(settlementId, visit));

  const { identityNumber, name } = walk.at.parties.patient('zhang');
  const holder = { name: new Secret(name), certificateType: '01', certificateNumber: new Secret(identityNumber) };
  const staff = { doctorCode, doctorName, departmentCode, departmentName };
  const receipt = { receiptCode: '33060126', receiptNumber: '0000000001' };
  const span = { begunOn: '2026-11-22', endedOn: '2026-11-22', recordNumber: 'O1' };
  const filledBy = { department: '自助服务', person: 'KIOSK-TEST-01' };
  const list = {
    ...question,
    ...staff,
    ...receipt,
    ...span,
    settlementId,
    person: holder,
    diagnoses,
    splits,
    amounts,
    filledBy,
  };
  await walk.step('4101', (platform) => platform.uploads.uploadSettlementList(list));
  const line = {
    ...{ catalogueCode: 'X99AA01A001A00101010101', hospitalCode: 'SIM-tablets', name: '演示片', quantity: '2' },
    ...{ unitPrice: '36.50', lotNumber: 'LOT1', producedOn: '2026-01-01', expiresOn: '2028-01-01' },
    ...{ openedPackage: false, prescription: true, traceCodes: ['81000000000000000001', '81000000000000000002'] },
  };
  const sale = {
    ...{ key: 'SALE-1', insuredArea: visit.insuredArea, personNumber, person: holder, settlementId, line },
    ...{ visitNumber: 'O1', receiptNumber: '0000000001', soldAt: '2026-11-22 09:10:00', prescriberName: '医演甲' },
    ...{ pharmacistName: '药演乙', pharmacistLicence: 'ZY0001', operatorName: 'KIOSK-TEST-01' },
  };
  await walk.step('3505', (platform) => platform.uploads.uploadSale(sale));
  await walk.step('3506', (platform) =>
    platform.uploads.uploadSaleReturn({ ...sale, key: 'RETURN-1', saleKey: 'SALE-1' }),
  );
  const passport = {
    name: new Secret('PASSPORT HOLDER'),
    certificateType: '08',
    certificateNumber: new Secret('P00000001'),
  };
  const selfPay = {
    key: 'SP-1',
    person: passport,
    begunAt,
    medicalType,
    departmentCode,
    departmentName,
    diagnoses,
    lines,
  };
  await walk.step('4205', (platform) => platform.uploads.uploadSelfPayVisit(selfPay));

  const { totalFen: total, fundFen, accountFen, ownFen } = settled.amounts;
  const totals = { totalFen: total, fundFen, accountFen, ownFen, count: 1 };
  const period = { from: '2026-11-22', to: '2026-11-22' };
  const office = { clearingOffice: '990001', clearingType: '11' };
  await walk.step('3201', (platform) =>
    platform.statements.compareTotals({ ...office, insuranceType: insurance.type }, period, totals),
  );
  const ours = [{ settlementId, visitId, personNumber, totalFen: total, fundFen, accountFen, reversal: false }];
  const detail = { ...office, period, totals, lines: ours };
  await walk.step('9101', (platform) => platform.statements.compareLines(detail));
  await walk.step('3202', (platform) => platform.statements.compareLines(detail));
  await walk.step('2208', (platform) => platform.voidSettlement(VOID_MSGID, visit, settlementId));
  await walk.step('2601', (platform) => platform.reverse({ messageId: VOID_MSGID, transaction: '2208' }, visit));
}

/** A stay from 2401 to 2305, and one that nobody came to. */
export async function settleStay(walk: ContractWalk): Promise<void> {
  const patient = walk.at.parties.patient('sun');
  const credential: Credential = { type: '02', number: new Secret(patient.identityNumber) };
  const person = ok(await walk.at.platform.person(credential));
  const insurance = insuranceOf(person);
  const { personNumber } = person;
  const { insuredArea, type: insuranceType } = insurance;
  const department = { departmentCode: 'D0101', departmentName: '演示内科' };
  const doctor = { doctorCode: 'D990001000001', doctorName: '医演甲' };
  const diagnosis = {
    code: 'K35.800',
    name: '演示诊断',
    departmentName: '演示内科',
    ...doctor,
    diagnosedAt: '2026-11-20 10:00:00',
  };
  const admission = {
    ...{ personNumber, insuredArea, insuranceType, credential, medicalType: '21', inpatientNumber: 'I1' },
    ...{ admittedAt: '2026-11-20 10:00:00', ...doctor, ...department, bed: '12', diagnoses: [diagnosis] },
  };
  const nobody = { ...admission, inpatientNumber: 'I0' };
  const first = ok(await walk.at.platform.inpatient.admit(ADMIT_MSGIDS[0], nobody));
  const empty: VisitIdentity = {
    care: 'inpatient',
    visitId: first.visitId,
    personNumber,
    insuredArea,
    medicalType: '21',
  };
  await walk.step('2404', (platform) => platform.inpatient.cancelAdmission(empty));
  const { visitId } = await walk.step('2401', (platform) => platform.inpatient.admit(ADMIT_MSGIDS[1], admission));
  const visit: VisitIdentity = { ...empty, visitId };
  const { code: catalogueCode, hospitalCode, price: unitPrice, name, specification, unit } = itemByKey('operation');
  const line = {
    ...{ lineNumber: 'F1', catalogueCode, hospitalCode, name, specification, unit, unitPrice, quantity: '1' },
    ...{ amountFen: Math.round(Number(unitPrice) * 100), ...doctor, ...department, occurredAt: '2026-11-20 11:00:00' },
  };
  await walk.step('2301', (platform) => platform.inpatient.uploadInpatientFees(visit, '21', [line]));
  await walk.step('2302', (platform) => platform.inpatient.cancelInpatientFees(visit, 'all'));
  ok(await walk.at.platform.inpatient.uploadInpatientFees(visit, '21', [line]));
  const leaving = {
    insuranceType,
    dischargedAt: '2026-11-22 08:00:00',
    ...department,
    bed: '12',
    way: '1' as const,
    diagnoses: [diagnosis],
  };
  await walk.step('2402', (platform) => platform.inpatient.discharge(visit, leaving));
  await walk.step('2405', (platform) => platform.inpatient.cancelDischarge(visit));
  ok(await walk.at.platform.inpatient.discharge(visit, leaving));
  const question = {
    ...{ ...visit, credential, medicalType: '21', insuranceType, chargeBatch: '', totalFen: line.amountFen },
    ...{ useAccount: true, dischargedOn: '2026-11-22' },
  };
  const amounts = await walk.step('2303', (platform) => platform.preSettle(question));
  const { settlementId } = await walk.step('2304', (platform) => platform.settle(NEXT_MSGID, question, amounts));
  await walk.step('2305', (platform) => platform.voidSettlement(STAY_VOID_MSGID, visit, settlementId));
}

function insuranceOf({
  insurances: [first],
}: {
  readonly insurances: readonly { readonly type: string; readonly insuredArea: string }[];
}) {
  if (!first) throw new Error('This person has no insurance.');
  return first;
}
