/** 4101, 3505, 3506 and 4205: the client against the virtual centre, and against answers as a test says. */
import { beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import type { FeeSplit, SettleQuestion } from '../../../firmware/insurance/insurance-platform.ts';
import type { Sale, SelfPayVisit, SettlementList } from '../../../firmware/insurance/insurance-uploads.ts';
import { settlementListFaults } from '../../../firmware/insurance/settlement-list.ts';
import { HttpFailure } from '../../../firmware/ports.ts';
import { answered } from '../../support/answering-http.ts';
import { type KioskAtCentre, kioskAtCentre, MSGID, ok, questionOf, VOID_MSGID } from './centre-bench.ts';
import { done, platformThat, refused } from './platform-bench.ts';

let at: KioskAtCentre;
let question: SettleQuestion;
let list: SettlementList;
let sale: Sale;

beforeEach(async () => {
  at = kioskAtCentre('hospital');
  question = await questionOf(at);
  const { settlementId, amounts } = ok(
    await at.platform.settle(MSGID, question, ok(await at.platform.preSettle(question))),
  );
  const { identityNumber, name } = at.parties.patient('zhang');
  const person = { name: new Secret(name), certificateType: '01', certificateNumber: new Secret(identityNumber) };
  const doctor = { doctorCode: 'D990001000001', doctorName: '医演甲' };
  const department = { departmentCode: 'D0101', departmentName: '演示内科' };
  const diagnosis = { code: 'J06.900', name: '演示', ...doctor, diagnosedAt: '2026-11-22 08:00:00' };
  list = {
    ...question,
    settlementId,
    person,
    recordNumber: 'O1',
    receiptCode: '33060126',
    receiptNumber: '0000000001',
    begunOn: '2026-11-22',
    endedOn: '2026-11-22',
    ...doctor,
    ...department,
    diagnoses: [{ ...diagnosis, departmentName: department.departmentName }],
    splits: splitsOfExample1(),
    amounts,
    filledBy: { department: '自助服务', person: 'KIOSK-TEST-01' },
  };
  sale = {
    key: 'SALE-1',
    insuredArea: '990001',
    personNumber: question.personNumber,
    person,
    settlementId,
    visitNumber: 'O1',
    receiptNumber: '0000000001',
    soldAt: '2026-11-22 09:10:00',
    prescriberName: '医演甲',
    pharmacistName: '药演乙',
    pharmacistLicence: 'ZY0001',
    operatorName: 'KIOSK-TEST-01',
    line: {
      catalogueCode: 'X99AA01A001A00101010101',
      hospitalCode: 'SIM-tablets',
      name: '演示片',
      quantity: '2',
      unitPrice: '36.50',
      lotNumber: 'LOT1',
      producedOn: '2026-01-01',
      expiresOn: '2028-01-01',
      openedPackage: false,
      prescription: true,
      traceCodes: ['81000000000000000001', '81000000000000000002'],
    },
  };
});

/** H.3, line by line. */
function splitsOfExample1(): readonly FeeSplit[] {
  const row = (
    category: string,
    level: FeeSplit['level'],
    ...fen: readonly [number, number, number, number, number]
  ) => ({
    lineNumber: `${category}-${fen[0]}`,
    amountFen: fen[0],
    outOfScopeFen: fen[1],
    overLimitFen: fen[2],
    preSelfPayFen: fen[3],
    inScopeFen: fen[4],
    level,
    category,
  });
  return [
    row('02', '01', 5_000, 0, 0, 0, 5_000),
    row('09', '01', 7_300, 0, 0, 0, 7_300),
    row('09', '02', 12_880, 0, 880, 1_200, 10_800),
    row('03', '02', 26_000, 0, 0, 1_300, 24_700),
    row('09', '03', 4_560, 4_560, 0, 0, 0),
  ];
}

describe('the settlement list 4101', () => {
  test('[part of SZ-249] tells each category in 甲, 乙 and 自费, each fund, the person’s part; the centre finds it in order', async () => {
    const { listId } = ok(await at.platform.uploads.uploadSettlementList(list));
    expect(listId).toMatch(/^L/);
    const sent = at.http.exchanges.at(-1)?.asked as { readonly input: Record<string, unknown> };
    expect(sent.input['iteminfo']).toEqual([
      { med_chrgitm: '02', amt: 50, claa_sumfee: 50, clab_amt: 0, fulamt_ownpay_amt: 0, oth_amt: 0 },
      { med_chrgitm: '03', amt: 260, claa_sumfee: 0, clab_amt: 260, fulamt_ownpay_amt: 0, oth_amt: 0 },
      { med_chrgitm: '09', amt: 247.4, claa_sumfee: 73, clab_amt: 128.8, fulamt_ownpay_amt: 45.6, oth_amt: 0 },
    ]);
    expect(sent.input['payinfo']).toEqual([{ fund_pay_type: '310100', fund_payamt: 196.8 }]);
    expect(sent.input['diseinfo']).toMatchObject([{ diag_code: 'J06.900', maindiag_flag: '1' }]);
    expect(sent.input['setlinfo']).toMatchObject({
      brdy: '1979-03-14',
      age: 47,
      gend: '1',
      psn_selfpay: 315,
      psn_ownpay: 45.6,
      acct_pay: 170.35,
      psn_cashpay: 190.25,
      bill_no: '0000000001',
    });
  });

  test('repeated after a lost answer it is the same list', async () => {
    const first = ok(await at.platform.uploads.uploadSettlementList(list));
    expect(ok(await at.platform.uploads.uploadSettlementList(list))).toEqual(first);
    expect([...at.parties.insurance.uploads.lists.values()]).toMatchObject([{ times: 2, receiptNumber: '0000000001' }]);
  });

  test('[part of SZ-249] with any fault it is not sent, and says which', async () => {
    const [first, ...others] = list.splits;
    if (!first) throw new Error('no split');
    const faulty: readonly (readonly [Partial<SettlementList>, string])[] = [
      [{ diagnoses: [] }, 'noDiagnosis'],
      [{ diagnoses: list.diagnoses.map((one) => ({ ...one, code: '' })) }, 'diagnosisWithoutCode'],
      [{ splits: [] }, 'noLines categoriesDiffer'],
      [{ splits: [{ ...first, category: '' }, ...others] }, 'lineWithoutCategory'],
      [{ splits: others }, 'categoriesDiffer'],
      [{ splits: [{ ...first, inScopeFen: 4_999, preSelfPayFen: 1 }, ...others] }, 'categoriesDiffer'],
      [{ amounts: { ...list.amounts, basicFundFen: 19_679 } }, 'fundsDiffer'],
      [{ care: 'inpatient' }, 'noStay'],
    ];
    const before = at.http.exchanges.length;
    for (const [change, message] of faulty) {
      expect(await at.platform.uploads.uploadSettlementList({ ...list, ...change })).toEqual({
        outcome: 'refused',
        infcode: '',
        message,
      });
    }
    expect(at.http.exchanges).toHaveLength(before);
    expect(settlementListFaults(list)).toEqual([]);
  });

  test('the centre looks for itself: a list that agrees with itself but not with the settlement is refused', async () => {
    const swapped = list.splits.map((split) => (split.category === '02' ? { ...split, category: '05' } : split));
    expect(await at.platform.uploads.uploadSettlementList({ ...list, splits: swapped })).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('质控不通过'),
    });
    ok(await at.platform.voidSettlement(VOID_MSGID, question, list.settlementId));
    expect(await at.platform.uploads.uploadSettlementList(list)).toMatchObject({ outcome: 'refused' });
  });

  test('the id is read alone or inside the one node of the region; without it the answer proves nothing', async () => {
    const upload = (output: unknown) => platformThat(() => done(output)).platform.uploads.uploadSettlementList(list);
    expect(await upload({ setl_list_id: 'L9' })).toEqual({ outcome: 'ok', value: { listId: 'L9' } });
    expect(await upload({ data: { setl_list_id: 7 } })).toEqual({ outcome: 'ok', value: { listId: '7' } });
    expect(await upload(null)).toMatchObject({ outcome: 'malformed' });
    expect(await upload({ data: {} })).toMatchObject({ outcome: 'malformed' });
  });
});

describe('sales with trace codes, 3505 and 3506', () => {
  test('a sale is taken once, however often it is sent; another one under its key is not', async () => {
    expect((await at.platform.uploads.uploadSale(sale)).outcome).toBe('ok');
    expect((await at.platform.uploads.uploadSale(sale)).outcome).toBe('ok');
    expect([...at.parties.insurance.uploads.sales.keys()]).toEqual(['SALE-1']);
    const other = { ...sale, line: { ...sale.line, quantity: '1' } };
    expect(await at.platform.uploads.uploadSale(other)).toMatchObject({ outcome: 'refused', infcode: 'retRslt 0' });
  });

  test('infcode 0 with retRslt 0 is a refusal that says why', async () => {
    ok(await at.platform.uploads.uploadSale(sale));
    const again = { ...sale, key: 'SALE-2' };
    expect(await at.platform.uploads.uploadSale(again)).toEqual({
      outcome: 'refused',
      infcode: 'retRslt 0',
      message: '药品追溯码已被使用',
    });
    expect(at.http.exchanges.at(-1)?.answered).toMatchObject({ infcode: 0, output: { result: { retRslt: '0' } } });
    const without = { ...again, line: { ...sale.line, traceCodes: [] } };
    expect(await at.platform.uploads.uploadSale(without)).toMatchObject({ message: '药品追溯码不能为空' });
    const unknown = { ...again, settlementId: 'S-none', line: { ...sale.line, traceCodes: ['81000000000000000009'] } };
    expect(await at.platform.uploads.uploadSale(unknown)).toMatchObject({
      message: expect.stringContaining('结算信息'),
    });
  });

  test('a return takes its packages back, no more than were sold, and they may be sold again', async () => {
    ok(await at.platform.uploads.uploadSale(sale));
    const [code = ''] = sale.line.traceCodes;
    const back = {
      ...sale,
      key: 'BACK-1',
      saleKey: 'SALE-1',
      line: { ...sale.line, quantity: '1', traceCodes: [code] },
    };
    ok(await at.platform.uploads.uploadSaleReturn(back));
    ok(await at.platform.uploads.uploadSaleReturn(back));
    const more = { ...back, key: 'BACK-2', line: { ...back.line, quantity: '2', traceCodes: [] } };
    expect(await at.platform.uploads.uploadSaleReturn(more)).toMatchObject({ message: '退货数量超过销售数量' });
    const stranger = { ...back, key: 'BACK-3', saleKey: 'SALE-9' };
    expect(await at.platform.uploads.uploadSaleReturn(stranger)).toMatchObject({ message: '未查询到原销售记录' });
    const resold = { ...sale, key: 'SALE-3', line: { ...back.line } };
    expect((await at.platform.uploads.uploadSale(resold)).outcome).toBe('ok');
  });

  test('a self-pay sale has neither person number nor settlement', async () => {
    const { personNumber: _number, settlementId: _id, ...rest } = sale;
    ok(await at.platform.uploads.uploadSale({ ...rest, insuredArea: '' }));
    const sent = at.http.exchanges.at(-1)?.asked as { readonly input: { readonly selinfo: object } };
    expect(sent.input.selinfo).toMatchObject({ mdtrt_setl_type: '2', setl_id: '' });
    expect(sent.input.selinfo).not.toHaveProperty('psn_no');
  });
});

describe('a self-pay visit, 4205', () => {
  const visit = (change: Partial<SelfPayVisit> = {}): SelfPayVisit => ({
    key: 'SP-1',
    person: {
      name: new Secret('PASSPORT HOLDER'),
      certificateType: '08',
      certificateNumber: new Secret('P00000001'),
      bornOn: new Secret('1990-05-05'),
    },
    begunAt: '2026-11-22 08:00:00',
    medicalType: '11',
    departmentCode: 'D0101',
    departmentName: '演示内科',
    diagnoses: list.diagnoses,
    lines: [
      {
        lineNumber: 'L1',
        catalogueCode: '990102000010000',
        hospitalCode: 'SIM-examFee',
        name: '普通门诊诊察费',
        specification: '次',
        unit: '次',
        quantity: '1',
        unitPrice: '50.00',
        amountFen: 5_000,
        doctorCode: 'D990001000001',
        doctorName: '医演甲',
        category: '02',
      },
    ],
    ...change,
  });

  test('[part of SZ-284a] of a person without insurance is sent whole, and again under the same key', async () => {
    ok(await at.platform.uploads.uploadSelfPayVisit(visit()));
    ok(await at.platform.uploads.uploadSelfPayVisit(visit()));
    expect([...at.parties.insurance.uploads.selfPayVisits.values()]).toEqual([
      { key: 'SP-1', certificateType: '08', lines: 1, times: 2 },
    ]);
    const sent = at.http.exchanges.at(-1)?.asked as { readonly input: Record<string, unknown> };
    expect(sent.input['mdtrtinfo']).toMatchObject({ fixmedins_mdtrt_id: 'SP-1', brdy: '1990-05-05', gend: '0' });
    expect(sent.input['feedetail']).toMatchObject([{ bkkp_sn: 'L1', med_chrgitm_type: '02', det_item_fee_sumamt: 50 }]);
  });

  test('without a diagnosis or without lines it is not sent, and says so', async () => {
    const before = at.http.exchanges.length;
    const upload = (change: Partial<SelfPayVisit>) => at.platform.uploads.uploadSelfPayVisit(visit(change));
    expect(await upload({ diagnoses: [] })).toEqual({ outcome: 'refused', infcode: '', message: 'noDiagnosis' });
    expect(await upload({ lines: [] })).toEqual({ outcome: 'refused', infcode: '', message: 'noLines' });
    expect(at.http.exchanges).toHaveLength(before);
  });
});

test('every upload has the five outcomes', async () => {
  const outcomes = async (answer: Parameters<typeof platformThat>[0]) => {
    const { uploads } = platformThat(answer).platform;
    return [
      (await uploads.uploadSettlementList(list)).outcome,
      (await uploads.uploadSale(sale)).outcome,
      (await uploads.uploadSaleReturn({ ...sale, saleKey: 'SALE-0' })).outcome,
    ];
  };
  const all = (outcome: string) => [outcome, outcome, outcome];
  expect(await outcomes(() => refused('数据重复'))).toEqual(all('refused'));
  expect(await outcomes(() => new HttpFailure('notSent', 'refused', ''))).toEqual(all('unreachable'));
  expect(await outcomes(() => new HttpFailure('unknown', 'reset', ''))).toEqual(all('unknown'));
  expect(await outcomes(() => answered('', 502))).toEqual(all('unknown'));
  expect(await outcomes(() => done({ result: { retRslt: '2' } }))).toEqual(all('malformed'));
  const accepted = { setl_list_id: 'L1', result: { retRslt: 1, msgRslt: '成功' } };
  expect(await outcomes(() => done(accepted))).toEqual(all('ok'));
});
