/**
 * One settlement for each kind of insurance and of fund, one-stop: every part in one answer. The figures are worked
 * out by hand from reference H.2 and the simulator's policies: 4 × 演示检查 260.00 at 5 % = 1040.00, of which 988.00 in
 * scope and 52.00 先行自付.
 */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { Credential, SettlementAmounts, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import { amountWarnings } from '../../../firmware/insurance/settlement-amounts.ts';
import { itemByKey } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { type KioskAtCentre, kioskAtCentre, MSGID, ok, VOID_MSGID } from './centre-bench.ts';

const DOCTOR = { doctorCode: 'D990001000001', doctorName: '医演甲' };
const DEPARTMENT = { departmentCode: 'D0101', departmentName: '演示内科', specialty: 'A03' };
const BEGUN = '2026-11-22 08:00:00';

function fourScans() {
  const { code, hospitalCode, price, name, specification, unit } = itemByKey('scan');
  const words = { catalogueCode: code, hospitalCode, name, specification, unit, unitPrice: price };
  return [{ lineNumber: 'L1', ...words, quantity: '4', amountFen: 104_000, ...DOCTOR }];
}

/** Everything up to 2206, driven by the kiosk. */
async function visitOf(
  at: KioskAtCentre,
  key: string,
  medicalType: string,
  useAccount = true,
): Promise<SettleQuestion> {
  const credential: Credential = { type: '02', number: new Secret(at.parties.patient(key).identityNumber) };
  const { personNumber, insurances } = ok(await at.platform.person(credential));
  const [insurance] = insurances;
  if (!insurance) throw new Error('This person has no insurance.');
  const person = { personNumber, insuredArea: insurance.insuredArea, insuranceType: insurance.type, credential };
  const { visitId } = ok(
    await at.platform.registerVisit({
      ...person,
      outpatientNumber: `O-${key}-${medicalType}`,
      begunAt: BEGUN,
      ...DOCTOR,
      ...DEPARTMENT,
    }),
  );
  const visit = { ...person, visitId, medicalType };
  const diagnosis = { code: 'Z34.900', name: '演示', departmentName: '演示内科', ...DOCTOR, diagnosedAt: BEGUN };
  ok(await at.platform.uploadVisit(visit, { medicalType, begunAt: BEGUN, diagnoses: [diagnosis] }));
  const batch = { chargeBatch: 'B1', occurredAt: BEGUN, ...DEPARTMENT, lines: fourScans() };
  ok(await at.platform.uploadFees(visit, batch));
  return { ...visit, chargeBatch: 'B1', totalFen: 104_000, useAccount };
}

const NOTHING: Partial<SettlementAmounts> = {
  basicFundFen: 0,
  civilServantFen: 0,
  enterpriseFen: 0,
  seriousIllnessFen: 0,
  largeAmountFen: 0,
  assistanceFen: 0,
  otherFundFen: 0,
  accountFen: 0,
  mutualAidFen: 0,
};

const kinds: readonly (readonly [
  title: string,
  key: string,
  medicalType: string,
  parts: Partial<SettlementAmounts>,
  funds: readonly (readonly [type: string, yuan: number])[],
])[] = [
  [
    'employee (310) near the cap in a maternity visit: pool, 大额, 生育, 公务员, 企业补充 and 医疗救助 at once, the rest by account and family',
    'huang',
    '51',
    {
      basicFundFen: 10_000,
      largeAmountFen: 65_706,
      otherFundFen: 17_321,
      civilServantFen: 2_887,
      enterpriseFen: 577,
      assistanceFen: 1_616,
      fundFen: 98_107,
      personFen: 5_893,
      accountFen: 5_893,
      mutualAidFen: 2_893,
      ownFen: 0,
    },
    [
      ['310100', 100],
      ['320100', 28.87],
      ['330100', 657.06],
      ['610100', 16.16],
      ['370100', 5.77],
      ['310103', 173.21],
      ['310200', 58.93],
    ],
  ],
  [
    'resident (390) with 大病 and 医疗救助',
    'he',
    '11',
    {
      basicFundFen: 49_400,
      seriousIllnessFen: 20_760,
      assistanceFen: 23_688,
      fundFen: 93_848,
      personFen: 10_152,
      ownFen: 10_152,
    },
    [
      ['390100', 494],
      ['390200', 207.6],
      ['610100', 236.88],
    ],
  ],
  [
    '离休 (340)',
    'feng',
    '11',
    { basicFundFen: 98_800, fundFen: 98_800, personFen: 5_200, ownFen: 5_200 },
    [['340100', 988]],
  ],
  [
    '生育 (510)',
    'lin',
    '51',
    { basicFundFen: 98_800, fundFen: 98_800, personFen: 5_200, ownFen: 5_200 },
    [['510100', 988]],
  ],
];

for (const [title, key, medicalType, parts, funds] of kinds) {
  test(`[part of N-50] ${title}`, async () => {
    const at = kioskAtCentre('kiosk');
    const question = await visitOf(at, key, medicalType);
    const preSettled = ok(await at.platform.preSettle(question));
    const expected = { ...NOTHING, totalFen: 104_000, preSelfPayFen: 5_200, inScopeFen: 98_800, ...parts };
    expect(preSettled).toMatchObject(expected);
    expect(amountWarnings(preSettled)).toEqual([]);
    const settled = ok(await at.platform.settle(MSGID, question, preSettled));
    expect(settled.amounts).toEqual(preSettled);
    expect(ok(await at.platform.findSettlement(MSGID, question))).toEqual(settled);
    const answered = at.http.exchanges.find(({ asked }) => (asked as { infno?: string }).infno === '2207')?.answered;
    const { setldetail } = (answered as { output: { setldetail: { fund_pay_type: string; fund_payamt: number }[] } })
      .output;
    expect(setldetail.map((row) => [row.fund_pay_type, row.fund_payamt])).toEqual(funds);
  });
}

test('生育 alone pays no ordinary visit', async () => {
  const at = kioskAtCentre('kiosk');
  const question = await visitOf(at, 'lin', '11');
  expect(await at.platform.preSettle(question)).toMatchObject({ outcome: 'refused', message: '没有适用的待遇政策' });
});

describe('personal account and family', () => {
  test('off: nothing is taken from either', async () => {
    const at = kioskAtCentre('kiosk');
    const question = await visitOf(at, 'huang', '51', false);
    expect(ok(await at.platform.preSettle(question))).toMatchObject({ accountFen: 0, mutualAidFen: 0, ownFen: 5_893 });
  });

  test('共济: the patient shows her own credential, the payer’s account pays in addition and gets back what is voided', async () => {
    const at = kioskAtCentre('kiosk');
    const question = await visitOf(at, 'tian', '11');
    const payer = new Secret(at.parties.patient('ma').identityNumber);
    const balance = async () =>
      ok(await at.platform.person({ type: '02', number: payer })).insurances[0]?.accountBalanceFen;
    expect(await balance()).toBe(90_000);
    // In scope 988.00 − 100.00 deductible, half of it by the pool; 444.00 + 100.00 + 52.00 are left.
    const preSettled = ok(await at.platform.preSettle(question));
    expect(preSettled).toMatchObject({ personFen: 59_600, accountFen: 59_600, mutualAidFen: 59_600, ownFen: 0 });
    const { settlementId } = ok(await at.platform.settle(MSGID, question, preSettled));
    expect(await balance()).toBe(30_400);
    ok(await at.platform.voidSettlement(VOID_MSGID, question, settlementId));
    expect(await balance()).toBe(90_000);
  });

  test('共济: the payer’s credential in place of the patient’s settles nothing', async () => {
    const at = kioskAtCentre('kiosk');
    const question = await visitOf(at, 'tian', '11');
    const number = new Secret(at.parties.patient('ma').identityNumber);
    const withPayers: SettleQuestion = { ...question, credential: { type: '02', number } };
    expect(await at.platform.preSettle(withPayers)).toMatchObject({
      outcome: 'refused',
      message: '就诊凭证与人员编号不一致',
    });
  });

  test('own part zero is an answer like any other', async () => {
    const at = kioskAtCentre('kiosk');
    const question = await visitOf(at, 'huang', '51');
    const settled = ok(await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))));
    expect(settled.amounts).toMatchObject({ ownFen: 0, personFen: settled.amounts.accountFen });
  });
});
