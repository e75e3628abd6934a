/** Stays in hospital: the client's calls against the virtual centre, B.9 and H.4 of the reference. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { InpatientFeeLine } from '../../../firmware/insurance/inpatient-care.ts';
import type {
  Credential,
  Diagnosis,
  SettleQuestion,
  VisitIdentity,
} from '../../../firmware/insurance/insurance-platform.ts';
import { itemByKey } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { type KioskAtCentre, kioskAtCentre, MSGID, NEXT_MSGID, ok, VOID_MSGID } from './centre-bench.ts';

const ADMIT_MSGID = NEXT_MSGID.replace(/.$/, '9');
const DEPARTMENT = { departmentCode: 'D0101', departmentName: '演示内科' };
const DOCTOR = { doctorCode: 'D990001000001', doctorName: '医演甲' };

const diagnosis: Diagnosis = {
  code: 'K35.800',
  name: '演示诊断',
  departmentName: DEPARTMENT.departmentName,
  ...DOCTOR,
  diagnosedAt: '2026-11-20 10:00:00',
};

function line(lineNumber: string, key: string, count: number, returns?: string): InpatientFeeLine {
  const { code, hospitalCode, price, name, specification, unit } = itemByKey(key);
  return {
    lineNumber,
    catalogueCode: code,
    hospitalCode,
    name,
    specification,
    unit,
    quantity: String(count),
    unitPrice: price,
    amountFen: Math.round(Number(price) * 100) * count,
    ...DOCTOR,
    ...DEPARTMENT,
    occurredAt: '2026-11-20 11:00:00',
    ...(returns === undefined ? {} : { returns }),
  };
}

/** The stay of the reference's example 2, with its lines. */
async function example2(at: KioskAtCentre, key = 'sun') {
  const patient = at.parties.patient(key);
  const credential: Credential = { type: '02', number: new Secret(patient.identityNumber) };
  const { personNumber, insurances } = ok(await at.platform.person(credential));
  const [insurance] = insurances;
  if (!insurance) throw new Error('This person has no insurance.');
  const { insuredArea, type: insuranceType } = insurance;
  const admission = {
    personNumber,
    insuredArea,
    insuranceType,
    credential,
    medicalType: '21',
    inpatientNumber: 'I1',
    admittedAt: '2026-11-20 10:00:00',
    ...DOCTOR,
    ...DEPARTMENT,
    bed: '12',
    diagnoses: [diagnosis, { ...diagnosis, code: 'I10.x00' }],
  };
  const { visitId } = ok(await at.platform.inpatient.admit(ADMIT_MSGID, admission));
  const visit: VisitIdentity = { care: 'inpatient', visitId, personNumber, insuredArea, medicalType: '21' };
  const lines = [line('F1', 'operation', 5), line('F2', 'operation', -1, 'F1'), line('F3', 'privateRoom', 20)];
  const splits = ok(await at.platform.inpatient.uploadInpatientFees(visit, '21', lines));
  const question: SettleQuestion = {
    ...visit,
    credential,
    medicalType: '21',
    insuranceType,
    chargeBatch: '',
    totalFen: 8_600_000,
    useAccount: true,
    dischargedOn: '2026-11-22',
  };
  return { visit, question, splits, admission, lines };
}

const discharge = {
  insuranceType: '390',
  dischargedAt: '2026-11-22 08:00:00',
  ...DEPARTMENT,
  bed: '12',
  way: '1',
  diagnoses: [diagnosis],
} as const;

test('a stay comes to the amounts of the reference’s example 2, each fund by itself', async () => {
  const at = kioskAtCentre('hospital');
  const { visit, question, splits } = await example2(at);
  expect(splits.map((split) => split.amountFen)).toEqual([10_000_000, -2_000_000, 600_000]);
  ok(await at.platform.inpatient.discharge(visit, discharge));
  const preSettled = ok(await at.platform.preSettle(question));
  expect(preSettled).toMatchObject({
    totalFen: 8_600_000,
    outOfScopeFen: 600_000,
    preSelfPayFen: 400_000,
    inScopeFen: 7_600_000,
    deductibleFen: 150_000,
    basicFundFen: 4_470_000,
    seriousIllnessFen: 1_218_000,
    assistanceFen: 1_618_400,
    fundFen: 7_306_400,
    ownFen: 1_293_600,
  });
  const settled = ok(await at.platform.settle(MSGID, question, preSettled));
  expect(settled).toMatchObject({ messageId: MSGID, amounts: preSettled });
  const numbers = at.http.exchanges.map(({ asked }) => (asked as { infno?: string }).infno);
  expect(numbers.slice(-3)).toEqual(['2402', '2303', '2304']);
  const sent = at.http.exchanges.at(-1)?.asked as { readonly input?: { readonly data?: object } } | undefined;
  const data = sent?.input?.data;
  expect(data).toMatchObject({ mid_setl_flag: '0', dscg_time: '2026-11-22', acct_used_flag: '1' });
  expect(data).not.toHaveProperty('chrg_bchno');
});

test('a settlement without discharge is refused, and so is its cancellation afterwards', async () => {
  const at = kioskAtCentre('hospital');
  const { visit, question } = await example2(at);
  expect(await at.platform.preSettle(question)).toMatchObject({
    outcome: 'refused',
    message: expect.stringContaining('出院'),
  });
  expect((await at.platform.preSettle({ ...question, midStay: true })).outcome).toBe('ok');
  ok(await at.platform.inpatient.discharge(visit, discharge));
  ok(await at.platform.inpatient.cancelDischarge(visit));
  expect((await at.platform.preSettle(question)).outcome).toBe('refused');
  expect(await at.platform.inpatient.cancelAdmission(visit)).toMatchObject({ outcome: 'refused' });
  ok(await at.platform.inpatient.cancelInpatientFees(visit, 'all'));
  ok(await at.platform.inpatient.cancelAdmission(visit));
});

test('[part of SZ-246] a practitioner who is suspended between 2303 and 2304 stops the settlement of a stay', async () => {
  const at = kioskAtCentre('hospital');
  const { visit, question } = await example2(at);
  ok(await at.platform.inpatient.discharge(visit, discharge));
  const preSettled = ok(await at.platform.preSettle(question));
  at.parties.insurance.suspendPractitioner(DOCTOR.doctorCode);
  expect(await at.platform.settle(MSGID, question, preSettled)).toMatchObject({
    outcome: 'refused',
    message: expect.stringContaining('支付资格'),
  });
  expect(at.parties.ledger.claims()).toEqual([]);
});

test('single lines are taken off by 2302; a settled one stays', async () => {
  const at = kioskAtCentre('hospital');
  const { visit, question } = await example2(at);
  ok(await at.platform.inpatient.cancelInpatientFees(visit, ['F3']));
  ok(await at.platform.inpatient.discharge(visit, discharge));
  const shorter = { ...question, totalFen: 8_000_000 };
  ok(await at.platform.settle(MSGID, shorter, ok(await at.platform.preSettle(shorter))));
  expect((await at.platform.inpatient.cancelInpatientFees(visit, ['F1', 'F2'])).outcome).toBe('refused');
});

describe('money of a stay that is unclear', () => {
  async function settledStay(rules = {}) {
    const at = kioskAtCentre('hospital', rules);
    const { visit, question } = await example2(at);
    ok(await at.platform.inpatient.discharge(visit, discharge));
    const settled = ok(await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))));
    return { at, visit, question, settled };
  }

  test('2304 is found by either query and reversed under its own number', async () => {
    for (const settlementQuery of ['5201-then-5203', '5203-by-visit'] as const) {
      const { at, question, settled } = await settledStay({ settlementQuery });
      expect(ok(await at.platform.findSettlement(MSGID, question))).toEqual(settled);
      const named = (transaction: '2207' | '2304') => at.platform.reverse({ messageId: MSGID, transaction }, question);
      expect(ok(await named('2207'))).toEqual({ reversed: 'notFound' });
      expect(ok(await named('2304'))).toEqual({ reversed: 'reversed' });
      expect(ok(await at.platform.findSettlement(MSGID, question))).toBeUndefined();
    }
  });

  test('2305 voids it, can be asked after by the settlement’s id, and its reversal restores it', async () => {
    const { at, visit, settled } = await settledStay();
    const { settlementId } = settled;
    const state = async () => ok(await at.platform.findSettlementById(settlementId, visit)).state;
    expect(await state()).toBe('counts');
    expect(ok(await at.platform.voidSettlement(VOID_MSGID, visit, settlementId)).settlementId).not.toBe(settlementId);
    expect(await state()).toBe('voided');
    ok(await at.platform.reverse({ messageId: VOID_MSGID, transaction: '2305' }, visit));
    expect(await state()).toBe('counts');
  });

  test('an admission whose answer was lost is taken back by 2601', async () => {
    const at = kioskAtCentre('hospital');
    const { visit, admission } = await example2(at);
    ok(await at.platform.inpatient.cancelInpatientFees(visit, 'all'));
    const original = { messageId: ADMIT_MSGID, transaction: '2401' } as const;
    expect((await at.platform.inpatient.admit(MSGID, { ...admission, inpatientNumber: 'I2' })).outcome).toBe('refused');
    expect(ok(await at.platform.reverse(original, visit))).toEqual({ reversed: 'reversed' });
    expect((await at.platform.inpatient.admit(MSGID, { ...admission, inpatientNumber: 'I2' })).outcome).toBe('ok');
  });
});

test('[part of Z-6.2.3] a settled stay is voided whole and its kept lines settle anew, by the same calls as a visit', async () => {
  const at = kioskAtCentre('hospital');
  const { visit, question, lines } = await example2(at);
  ok(await at.platform.inpatient.discharge(visit, discharge));
  const { settlementId } = ok(await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))));
  expect((await at.platform.cancelFees(visit, '0000')).outcome).toBe('ok');
  expect((await at.platform.preSettle(question)).outcome).toBe('ok');
  ok(await at.platform.voidSettlement(VOID_MSGID, visit, settlementId));
  ok(await at.platform.cancelFees(visit, '0000'));
  const kept = lines.filter(({ lineNumber }) => lineNumber === 'F1');
  const batch = { chargeBatch: 'B2', occurredAt: '2026-11-22 08:30:00', ...DEPARTMENT, lines: kept };
  ok(await at.platform.uploadFees(visit, batch));
  const anew = { ...question, totalFen: 10_000_000 };
  const again = ok(await at.platform.settle(NEXT_MSGID, anew, ok(await at.platform.preSettle(anew))));
  expect(again.amounts).toMatchObject({ totalFen: 10_000_000, outOfScopeFen: 0, preSelfPayFen: 500_000 });
  expect(ok(await at.platform.findSettlementById(settlementId, visit)).state).toBe('voided');
});
