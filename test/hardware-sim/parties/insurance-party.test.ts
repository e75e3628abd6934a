import { describe, expect, test } from 'vitest';
import { onBench, post, readyToSettle, textIn } from './parties-bench.ts';

describe('person and entitlement', () => {
  test('1101 by card tells the person, and refuses a card id that is not the card’s', () => {
    const { parties, kiosk } = onBench();
    const { card, identityNumber, name } = parties.patient('zhang');
    kiosk.signIn();
    const data = { mdtrt_cert_type: '03', mdtrt_cert_no: card?.number, card_sn: card?.cardIdHex, psn_cert_type: '01' };
    const output = kiosk.done('1101', { data });
    expect(output.baseinfo).toMatchObject({ psn_name: name, certno: identityNumber, age: 46 });
    expect(output.insuinfo).toMatchObject([{ insutype: '310', psn_insu_stas: '1', balc: 120.35 }]);
    const wrong = kiosk.ask('1101', { data: { ...data, card_sn: '0'.repeat(32) } });
    expect(wrong.infcode).toBe('-1');
  });

  test('a paused insurance is told by 1101 and 2001 and closes the register', () => {
    const { parties, kiosk } = onBench();
    const { identityNumber, personNumber } = parties.patient('wang');
    kiosk.signIn();
    const check = {
      psn_no: personNumber,
      insutype: '390',
      med_type: '11',
      begntime: '2026-03-02 09:00:00',
      fixmedins_code: 'H99000100001',
    };
    expect(kiosk.done('2001', { data: check }).trtinfo[0].trt_enjymnt_flag).toBe('1');
    parties.insurance.pauseInsurance(personNumber);
    expect(kiosk.done('2001', { data: check }).trtinfo[0]).toMatchObject({
      trt_enjymnt_flag: '0',
      trt_chk_rslt: '参保状态为暂停参保',
    });
    const shown = { mdtrt_cert_type: '02', mdtrt_cert_no: identityNumber, psn_cert_type: '01' };
    expect(kiosk.done('1101', { data: shown }).insuinfo[0].psn_insu_stas).toBe('2');
  });

  test('an off-site person who is not filed is not entitled', () => {
    const { parties, kiosk } = onBench();
    kiosk.signIn();
    kiosk.insuredArea = '990900';
    const enjoys = (key: string) => {
      const data = {
        psn_no: parties.patient(key).personNumber,
        insutype: '310',
        fixmedins_code: 'H99000100001',
        med_type: '11',
        begntime: '2026-03-02 09:00:00',
      };
      return kiosk.done('2001', { data }).trtinfo[0].trt_enjymnt_flag;
    };
    expect([enjoys('chen'), enjoys('qian')]).toEqual(['1', '0']);
  });

  test('1201, 5101 and 5102 tell who is paused', () => {
    const { parties, kiosk } = onBench();
    kiosk.signIn();
    parties.insurance.suspendInstitution();
    parties.insurance.suspendDepartment('D0201');
    parties.insurance.suspendPractitioner('D990001000002');
    expect(kiosk.done('1201', { medinsinfo: { fixmedins_type: '1' } }).medinsinfo[0].vali_flag).toBe('0');
    const departments = kiosk.done('5101', {}).feedetail;
    expect(departments.map((row: { vali_flag: string }) => row.vali_flag)).toEqual(['1', '0']);
    const [row] = kiosk.done('5102', { data: { prac_psn_code: 'D990001000002' } }).feedetail;
    expect(row).toMatchObject({ prac_psn_code: 'D990001000002', vali_flag: '0' });
  });
});

describe('医保码', () => {
  const decode = (code: string, businessType = '01301') =>
    post('/fsi/api/hsecfc/localQrCodeQuery', {
      orgId: 'H99000100001',
      transType: 'ec.query',
      data: { orgId: 'H99000100001', businessType, deviceType: 'SelfService', ecQrCode: code },
      extra: '',
    });

  test('a code is decoded once, within a minute, into a token that lives half an hour', () => {
    const { clock, parties, kiosk } = onBench();
    kiosk.signIn();
    const ask = (code: string) => JSON.parse(textIn(parties.insurance.handle(decode(code))));
    const code = parties.showECredential('zhang');
    expect(code).toMatch(/^[0-9A-Z]{28}$/);
    const first = ask(code);
    expect(first).toMatchObject({ code: 0, data: { userName: '张演一' } });
    expect(ask(code).code).toBe(2002);
    expect(ask('X'.repeat(28)).code).toBe(2001);

    const stale = parties.showECredential('zhang');
    clock.pass(60_000);
    expect(ask(stale).code).toBe(2003);

    const person = { mdtrt_cert_type: '01', mdtrt_cert_no: first.data.ecToken, psn_cert_type: '01' };
    expect(kiosk.ask('1101', { data: person }).infcode).toBe(0);
    clock.pass(29 * 60_000);
    expect(kiosk.ask('1101', { data: person }).err_msg).toContain('过期');
  });

  test('a code of 100 kB and a wrong business type get an answer of the centre', () => {
    const { parties } = onBench();
    expect(JSON.parse(textIn(parties.insurance.handle(decode('A'.repeat(100_000))))).code).toBe(2001);
    expect(JSON.parse(textIn(parties.insurance.handle(decode(parties.showECredential('li'), '99999')))).code).toBe(
      1002,
    );
  });
});

test('the whole example 1 through the wire: 2206 changes nothing, 2207 books, balances follow', () => {
  const bench = onBench({ bill: 'example' });
  const { kiosk, parties } = bench;
  const { patient, question, copied } = readyToSettle(bench);
  const before = kiosk.done('2206', { data: question }).setlinfo;
  expect(before).toMatchObject({
    setl_id: null,
    clr_optins: null,
    clr_way: null,
    medfee_sumamt: 557.4,
    act_pay_dedc: 150,
    hifp_pay: 196.8,
    psn_part_amt: 360.6,
    acct_pay: 170.35,
    acct_mulaid_pay: 50,
    psn_cash_pay: 190.25,
    balc: 0,
  });
  expect(kiosk.done('2206', { data: question }).setlinfo).toEqual({ ...before, medins_setl_id: expect.any(String) });
  expect(parties.ledger.claims()).toEqual([]);

  const messageId = kiosk.messageId();
  const output = kiosk.done('2207', { data: copied() }, messageId);
  expect(output.setlinfo).toMatchObject({
    medins_setl_id: messageId,
    psn_cash_pay: 190.25,
    setl_id: expect.any(String),
  });
  expect(output.setldetail).toMatchObject([
    { fund_pay_type: '310100', fund_payamt: 196.8 },
    { fund_pay_type: '310200', fund_payamt: 170.35 },
  ]);
  const account = parties.insurance.people.account(patient.personNumber, '310');
  expect(account).toMatchObject({
    balanceFen: 0,
    familyBalanceFen: 0,
    sums: { deductibleFen: 60_000, poolPaidFen: 19_680 },
  });
});

test('output may come as a JSON string', () => {
  const { kiosk } = onBench({ insurance: { outputAsText: true } });
  const output = kiosk.done('9001', { signIn: { opter_no: 'K01', ip: '10.0.0.9' } });
  expect(typeof output).toBe('string');
  expect(JSON.parse(output).signinoutb.sign_no).toMatch(/^990001\d{24}$/);
});
