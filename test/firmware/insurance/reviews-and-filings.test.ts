/** 3101, 3102, 5301, 5302 and 5303: the client against the virtual centre, and against answers as a test says. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { ReviewQuestion } from '../../../firmware/insurance/insurance-reviews.ts';
import { HttpFailure } from '../../../firmware/ports.ts';
import { DOCTOR } from '../../../hardware-sim/parties/bills/hospital-staff.ts';
import { itemByKey } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { amounts, question } from '../kiosk-fixture.ts';
import { cardOf, kioskAtCentre, ok } from './centre-bench.ts';
import { done, platformThat, refused } from './platform-bench.ts';

const filing = { personNumber: question.personNumber, insuredArea: '990001' };
/** The bench's clock says 2026-11-22. */
const TODAY = '2026-11-22';

async function reviewed(key = 'zhang') {
  const at = kioskAtCentre('hospital');
  const { person, bill } = await cardOf(at, key);
  const asked: ReviewQuestion = {
    ...bill,
    visitId: bill.uploaded?.visitId ?? '',
    personNumber: person.personNumber,
    insuredArea: person.insurances[0]?.insuredArea ?? '',
    insuranceType: person.insurances[0]?.type ?? '',
    person,
    begunAt: bill.visitedAt,
  };
  return { at, asked, bill };
}

describe('reviews', () => {
  test('a bill that the centre has nothing to say about has no finding, before and during', async () => {
    const { at, asked } = await reviewed();
    expect(ok(await at.platform.reviews.reviewBefore(asked))).toEqual([]);
    expect(ok(await at.platform.reviews.reviewDuring({ ...asked, amounts }))).toEqual([]);
  });

  test('each grade of the centre is a severity, each finding names its rule, its reason and its lines', async () => {
    const { at, asked, bill } = await reviewed();
    const { code } = itemByKey('capsules');
    const rule = { name: '限定支付范围', content: '限二线用药', when: '3101', catalogueCode: code } as const;
    at.parties.insurance.reviews.add({ ...rule, id: 'R1', severity: '1' });
    at.parties.insurance.reviews.add({ ...rule, id: 'R2', severity: '2', unlessDiagnosis: 'J06' });
    at.parties.insurance.reviews.add({ ...rule, id: 'R3', severity: '2', unlessDiagnosis: 'E11' });
    at.parties.insurance.reviews.add({
      id: 'R4',
      name: '整单提醒',
      content: '近期重复就诊',
      severity: '3',
      when: 'both',
    });
    at.parties.insurance.reviews.add({ id: 'R5', name: '未知等级', content: '待核实', severity: '7', when: '3101' });
    const findings = ok(await at.platform.reviews.reviewBefore(asked));
    const capsules = bill.lines.find((line) => line.catalogueCode === code)?.lineNumber;
    expect(findings).toEqual([
      {
        reviewId: expect.any(String),
        ruleId: 'R1',
        name: '限定支付范围',
        reason: '限二线用药',
        severity: 'block',
        lineNumbers: [capsules],
        amountFen: 12_880,
      },
      expect.objectContaining({ ruleId: 'R3', severity: 'explain' }),
      expect.objectContaining({ ruleId: 'R4', severity: 'remind', lineNumbers: [], amountFen: 55_740 }),
      expect.objectContaining({ ruleId: 'R5', severity: 'explain' }),
    ]);
    const during = ok(await at.platform.reviews.reviewDuring({ ...asked, amounts }));
    expect(during.map(({ ruleId }) => ruleId)).toEqual(['R4']);
  });

  test('carries the bill, its diagnoses and, once there is one, its split, in the fields of B.11', async () => {
    const { platform, asked } = platformThat(() => done({ result: null }));
    const person = {
      personNumber: question.personNumber,
      name: new Secret('张演一'),
      certificateNumber: new Secret('990001197903141012'),
      age: 47,
      insurances: [],
    };
    const line = {
      lineNumber: 'L1',
      catalogueCode: 'X99',
      hospitalCode: 'H1',
      name: '演示片',
      specification: '24片',
      unit: '盒',
      quantity: '2',
      unitPrice: '36.500000',
      amountFen: 7_300,
      doctorCode: DOCTOR.code,
      doctorName: DOCTOR.name,
    };
    const diagnosis = { code: 'J06.900', name: '演示', departmentName: '演示内科', diagnosedAt: `${TODAY} 08:00:00` };
    const doctor = { doctorCode: DOCTOR.code, doctorName: DOCTOR.name };
    await platform.reviews.reviewDuring({
      ...question,
      insuredArea: '330100',
      person,
      begunAt: `${TODAY} 08:00:00`,
      ...doctor,
      departmentCode: 'D0101',
      departmentName: '演示内科',
      diagnoses: [{ ...diagnosis, ...doctor }],
      lines: [line],
      amounts,
    });
    const [sent] = asked('3102');
    expect(sent?.path).toBe('/fsi/api/riskConService/courseAnalyze');
    const [patient] = sent?.json.input.data.patient_dtos ?? [];
    expect(sent?.json.input.data).toMatchObject({ syscode: expect.any(String), trig_scen: '6' });
    expect(patient).toMatchObject({ gend: '1', brdy: '1979-03-14', poolarea: '330100', curr_mdtrt_id: 'V1' });
    expect(patient.fsi_encounter_dtos[0]).toMatchObject({
      medins_id: 'H99000100001',
      med_type: '11',
      medfee_sumamt: 557.4,
      ownpay_amt: 45.6,
      selfpay_amt: 315,
      acct_payamt: 170.35,
      hifp_payamt: 196.8,
      out_setl_flag: '1',
      dscg_main_dise_codg: 'J06.900',
      fsi_diagnose_dtos: [{ dise_codg: 'J06.900', maindise_flag: '1' }],
      fsi_order_dtos: [{ rx_id: 'L1', hilist_code: 'X99', cnt: 2, pric: 36.5, sumamt: 73, curr_drord_flag: '1' }],
    });
  });

  test('a finding about another visit, or an amount that is none, is no answer', async () => {
    const { asked } = await reviewed();
    const answer = (row: object) => platformThat(() => done({ result: [row] })).platform.reviews.reviewBefore(asked);
    expect(await answer({ mdtrt_id: 'V-other', sev_deg: '1' })).toMatchObject({ outcome: 'malformed' });
    expect(await answer({ sev_deg: '1', vola_amt: '1e2' })).toMatchObject({ outcome: 'malformed' });
    expect(await answer({ sev_deg: 1, vola_cont: '人员 99000119790314101X 违规' })).toMatchObject({
      outcome: 'ok',
      value: [{ severity: 'block', reason: '人员 ▒▒▒ 违规' }],
    });
  });

  test('the five outcomes', async () => {
    const { asked } = await reviewed();
    const outcomeOf = async (answer: Parameters<typeof platformThat>[0]) =>
      (await platformThat(answer).platform.reviews.reviewBefore(asked)).outcome;
    expect(await outcomeOf(() => refused('审核服务未开通'))).toBe('refused');
    expect(await outcomeOf(() => new HttpFailure('notSent', 'refused', ''))).toBe('unreachable');
    expect(await outcomeOf(() => new HttpFailure('unknown', 'timeOut', ''))).toBe('unknown');
    expect(await outcomeOf(() => done({ result: 'none' }))).toBe('malformed');
    expect(await outcomeOf(() => done(null))).toBe('ok');
  });
});

describe('filings', () => {
  test('a chronic filing holds on its days only', async () => {
    const at = kioskAtCentre('hospital');
    const personNumber = new Secret(at.parties.patient('li').personNumber);
    const ask = async () => ok(await at.platform.reviews.chronicFilings({ personNumber, insuredArea: '990001' }));
    expect(await ask()).toEqual([]);
    const { filings } = at.parties.insurance;
    filings.fileChronic(personNumber.reveal(), { code: 'M03900', name: '高血压', begunOn: TODAY });
    filings.fileChronic(personNumber.reveal(), {
      code: 'M01600',
      name: '糖尿病',
      begunOn: '2025-01-01',
      endsOn: TODAY,
    });
    filings.fileChronic(personNumber.reveal(), {
      code: 'M0',
      name: '过期',
      begunOn: '2025-01-01',
      endsOn: '2026-11-21',
    });
    filings.fileChronic(personNumber.reveal(), { code: 'M9', name: '未到', begunOn: '2026-11-23' });
    expect((await ask()).map(({ code, valid }) => [code, valid])).toEqual([
      ['M03900', true],
      ['M01600', true],
      ['M0', false],
      ['M9', false],
    ]);
  });

  test('[part of Z-8.1.8] a trauma filing is the kind 02 of 5302, and only one that holds counts', async () => {
    const at = kioskAtCentre('hospital');
    const personNumber = new Secret(at.parties.patient('wang').personNumber);
    const ask = async () => ok(await at.platform.reviews.traumaFiling({ personNumber, insuredArea: '990001' }));
    const { filings } = at.parties.insurance;
    filings.file(personNumber.reveal(), { kind: '03', begunOn: '2026-01-01' });
    expect(await ask()).toEqual({ filed: false, filings: [] });
    filings.file(personNumber.reveal(), { kind: '02', begunOn: '2026-01-01', endsOn: '2026-02-01' });
    expect(await ask()).toMatchObject({ filed: false, filings: [{ valid: false }] });
    filings.file(personNumber.reveal(), { kind: '02', begunOn: '2026-11-20' });
    expect(await ask()).toMatchObject({ filed: true, filings: [{ valid: false }, { valid: true, elsewhere: false }] });
    const [last] = at.http.exchanges.slice(-1);
    expect(last?.asked).toMatchObject({ infno: '5302', input: { data: { biz_appy_type: '02' } } });
  });

  test('a designated institution that is another one is told as elsewhere', async () => {
    const at = kioskAtCentre('hospital');
    const personNumber = new Secret(at.parties.patient('wang').personNumber);
    const institution = { code: 'H99000200002', name: '他院' };
    at.parties.insurance.filings.file(personNumber.reveal(), { kind: '03', begunOn: '2026-01-01', institution });
    expect(ok(await at.platform.reviews.designatedInstitutions({ personNumber, insuredArea: '990001' }))).toMatchObject(
      [{ institutionCode: 'H99000200002', institutionName: '他院', elsewhere: true, valid: true }],
    );
  });

  test('[part of SZ-230] a person lies in hospital until the stay says when it ended, here or elsewhere', async () => {
    const at = kioskAtCentre('hospital');
    const personNumber = new Secret(at.parties.patient('wang').personNumber);
    const ask = async () => ok(await at.platform.reviews.inHospital({ personNumber, insuredArea: '990001' }));
    expect(await ask()).toEqual({ inHospital: false, stays: [] });
    const institution = { code: 'H99000200002', name: '他院' };
    const { filings, stays } = at.parties.insurance;
    filings.admitElsewhere(personNumber.reveal(), { institution, admittedAt: '2026-11-01 09:00:00' });
    expect(await ask()).toMatchObject({ inHospital: true, stays: [{ institutionName: '他院', here: false }] });
    filings.dischargeElsewhere(personNumber.reveal(), '2026-11-22 08:59:59');
    expect(await ask()).toEqual({ inHospital: false, stays: [] });
    const visitId = stays.admit('M1', {
      personNumber: personNumber.reveal(),
      insuranceType: '390',
      credential: undefined,
      outpatientNumber: 'I1',
      begunAt: '2026-11-21 09:00:00',
      doctorCode: DOCTOR.code,
      doctorName: DOCTOR.name,
      departmentCode: 'D0101',
      departmentName: '演示内科',
      medicalType: '21',
      bed: '1',
      diagnoses: 1,
    });
    expect(await ask()).toMatchObject({
      inHospital: true,
      stays: [{ visitId, here: true, departmentName: '演示内科' }],
    });
    stays.discharge(visitId, personNumber.reveal(), { at: '2026-11-22 08:00:00', way: '1', diagnoses: 1 });
    expect(await ask()).toEqual({ inHospital: false, stays: [] });
  });

  test('no output means nothing filed; another node, a missing code or a dead line means nothing known', async () => {
    const chronic = (answer: Parameters<typeof platformThat>[0]) =>
      platformThat(answer).platform.reviews.chronicFilings(filing);
    expect(await chronic(() => done(null))).toEqual({ outcome: 'ok', value: [] });
    expect(await chronic(() => done({ feedetail: null }))).toEqual({ outcome: 'ok', value: [] });
    expect(await chronic(() => done({ opspinfo: [{ opsp_dise_code: 'M1' }] }))).toMatchObject({
      outcome: 'ok',
      value: [{ code: 'M1', valid: true }],
    });
    expect(await chronic(() => done({ feedetail: [{}] }))).toMatchObject({ outcome: 'malformed' });
    expect(await chronic(() => done({ somewhere: 'else' }))).toMatchObject({ outcome: 'malformed' });
    const dead = platformThat(() => new HttpFailure('unknown', 'timeOut', '')).platform;
    expect(await dead.reviews.inHospital(filing)).toMatchObject({ outcome: 'unknown' });
    expect(await dead.reviews.traumaFiling(filing)).toMatchObject({ outcome: 'unknown' });
  });
});
