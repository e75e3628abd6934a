/** Stays in hospital at the platform, over its wire: reference B.9 and H.2, H.4. */
import { describe, expect, test } from 'vitest';
import { onBench, readyToSettle } from './parties-bench.ts';
import { stayOf } from './stay-bench.ts';

/** 86000.00 = 6000.00 自费 + 80000.00 at 5 % 先行自付. */
function example2() {
  const stay = stayOf('sun');
  const mdtrt_id = stay.admit();
  stay.kiosk.done('2301', {
    feedetail: [stay.line(mdtrt_id, 'operation', 4), stay.line(mdtrt_id, 'privateRoom', 20)],
  });
  return { ...stay, mdtrt_id };
}

test('example 2 of the reference through the wire: 2303 changes nothing, 2304 books, 12936.00 is left to pay', () => {
  const { kiosk, parties, settlement, settle, discharge, mdtrt_id } = example2();
  kiosk.done('2402', discharge(mdtrt_id));
  const asked = kiosk.done('2303', { data: settlement(mdtrt_id, '86000.00') });
  const expected = {
    medfee_sumamt: 86_000,
    fulamt_ownpay_amt: 6_000,
    overlmt_selfpay: 0,
    preselfpay_amt: 4_000,
    inscp_scp_amt: 76_000,
    act_pay_dedc: 1_500,
    hifp_pay: 44_700,
    hifmi_pay: 12_180,
    maf_pay: 16_184,
    fund_pay_sumamt: 73_064,
    psn_part_amt: 12_936,
    acct_pay: 0,
    psn_cash_pay: 12_936,
    med_type: '21',
    clr_type: '21',
  };
  expect(asked.setlinfo).toMatchObject({ ...expected, setl_id: null, setl_time: null });
  expect(parties.ledger.claims()).toEqual([]);
  const messageId = kiosk.messageId();
  const info = settle(mdtrt_id, '86000.00', {}, messageId);
  expect(info).toMatchObject({ ...expected, medins_setl_id: messageId, setl_id: expect.any(String) });
  expect(asked.setldetail).toMatchObject([
    { fund_pay_type: '390100', fund_payamt: 44_700 },
    { fund_pay_type: '390200', fund_payamt: 12_180 },
    { fund_pay_type: '610100', fund_payamt: 16_184 },
  ]);
});

describe('the state rules of B.9', () => {
  test('2304 needs 2402, unless the patient stays (mid_setl_flag)', () => {
    const { kiosk, settlement, discharge, mdtrt_id } = example2();
    const ask = (flag: string) =>
      kiosk.ask('2303', { data: settlement(mdtrt_id, '86000.00', { mid_setl_flag: flag }) });
    expect(ask('0').err_msg).toContain('未办理出院');
    expect(ask('1').infcode).toBe(0);
    kiosk.done('2402', discharge(mdtrt_id));
    expect(ask('0').infcode).toBe(0);
    expect(ask('2').err_msg).toContain('mid_setl_flag取值不正确');
  });

  test('2404 only without lines and settlement; 2402 only of a stay', () => {
    const { kiosk, ids, discharge, mdtrt_id, patient } = example2();
    expect(kiosk.ask('2404', ids(mdtrt_id)).err_msg).toContain('存在费用明细');
    kiosk.done('2302', { data: [{ feedetl_sn: '0000', mdtrt_id, psn_no: patient.personNumber }] });
    kiosk.done('2404', ids(mdtrt_id));
    expect(kiosk.ask('2402', discharge(mdtrt_id)).err_msg).toContain('未查询到就诊登记信息');
    expect(kiosk.ask('2402', discharge('V-none')).infcode).toBe('-1');
  });

  test('2405 only while the stay is not settled, and after 2305 again', () => {
    const { kiosk, ids, settle, discharge, mdtrt_id, patient, parties } = example2();
    expect(kiosk.ask('2405', ids(mdtrt_id)).err_msg).toContain('未办理出院');
    kiosk.done('2402', discharge(mdtrt_id));
    const { setl_id } = settle(mdtrt_id, '86000.00');
    expect(kiosk.ask('2405', ids(mdtrt_id)).err_msg).toContain('已结算');
    expect(kiosk.ask('2402', discharge(mdtrt_id)).err_msg).toContain('已结算');
    expect(
      kiosk.ask('2302', { data: [{ feedetl_sn: 'F1', mdtrt_id, psn_no: patient.personNumber }] }).err_msg,
    ).toContain('已结算');
    const data = { mdtrt_id, setl_id, psn_no: patient.personNumber };
    expect(kiosk.ask('2208', { data }).err_msg).toContain('门诊住院类别');
    const mirror = kiosk.done('2305', { data }).setlinfo;
    expect(mirror).toMatchObject({ medfee_sumamt: -86_000, psn_cash_pay: -12_936, clr_type: '21' });
    expect(mirror.setl_id).not.toBe(setl_id);
    expect(parties.ledger.liveClaims()).toEqual([]);
    kiosk.done('2405', ids(mdtrt_id));
  });

  test('one person lies in one bed: a second 2401 is refused until 2402, the same number for ever', () => {
    const { kiosk, admission, discharge, admit } = stayOf('zhang');
    const mdtrt_id = admit();
    expect(kiosk.ask('2401', admission({ ipt_no: 'I2' })).err_msg).toContain('已在院');
    kiosk.done('2402', discharge(mdtrt_id));
    expect(kiosk.ask('2401', admission()).err_msg).toContain('住院号重复');
    expect(kiosk.ask('2401', admission({ ipt_no: 'I2' })).infcode).toBe(0);
  });

  test('an admission wants an inpatient type, its own credential and one main diagnosis', () => {
    const { kiosk, admission, parties } = stayOf('zhang');
    const input = admission();
    const [main, second] = input.diseinfo;
    expect(kiosk.ask('2401', admission({ med_type: '11' })).err_msg).toContain('不是住院类别');
    const other = parties.patient('li').identityNumber;
    expect(kiosk.ask('2401', admission({ mdtrt_cert_no: other })).err_msg).toContain('不一致');
    expect(kiosk.ask('2401', { ...input, diseinfo: [second] }).err_msg).toContain('主诊断');
    expect(kiosk.ask('2401', { ...input, diseinfo: [main, main] }).err_msg).toContain('主诊断');
  });

  test('outpatient calls do not touch a stay, inpatient calls no outpatient visit', () => {
    const { kiosk, patient, mdtrt_id } = example2();
    const psn_no = patient.personNumber;
    expect(kiosk.ask('2205', { data: { mdtrt_id, chrg_bchno: '0000', psn_no } }).err_msg).toContain('住院就诊');
    expect(kiosk.ask('2202', { data: { mdtrt_id, psn_no, ipt_otp_no: 'I1' } }).err_msg).toContain('住院就诊');
    const bench = onBench({ bill: 'small', whose: 'li' });
    const { question, bill } = readyToSettle(bench, 'li');
    const { chrg_bchno: _batch, ...data } = { ...question, mid_setl_flag: '1' };
    expect(bench.kiosk.ask('2303', { data }).err_msg).toContain('门诊住院类别');
    const stay = stayOf('li', bench);
    expect(bench.kiosk.ask('2402', stay.discharge(bill.uploaded.visitId)).err_msg).toContain('不是住院就诊');
  });
});

test('2304 compares the sums that it is told; it may be told none, but no single one and no wrong one', () => {
  const { kiosk, settlement, discharge, mdtrt_id, parties } = example2();
  kiosk.done('2402', discharge(mdtrt_id));
  const data = settlement(mdtrt_id, '86000.00');
  const sums = {
    fulamt_ownpay_amt: '6000.00',
    overlmt_selfpay: '0.00',
    preselfpay_amt: '4000.00',
    inscp_scp_amt: '76000.00',
  };
  const ask = (told: object) => kiosk.ask('2304', { data: { ...data, ...told } });
  expect(ask({ ...sums, inscp_scp_amt: '76000.01' }).err_msg).toContain('分类金额');
  expect(ask({ inscp_scp_amt: '76000.00' }).infcode).toBe('-1');
  expect(parties.ledger.claims()).toEqual([]);
  expect(ask({}).infcode).toBe(0);
});

describe('fee lines of a stay', () => {
  test('a line that is taken back leaves exactly what a smaller line would have been', () => {
    const { kiosk, admit, line, discharge, settlement } = stayOf('zhang');
    const mdtrt_id = admit();
    // 128.80 × 5 with a ceiling of 120.00 and 10 % 先行自付; two of them come back, one by one.
    kiosk.done('2301', { feedetail: [line(mdtrt_id, 'capsules', 5)] });
    const back = (amount: string) => ({ init_feedetl_sn: 'F1', cnt: '-1', det_item_fee_sumamt: amount });
    const { result } = kiosk.done('2301', { feedetail: [line(mdtrt_id, 'capsules', 1, back('-128.80'))] });
    expect(result[0]).toMatchObject({ overlmt_amt: -8.8, preselfpay_amt: -12, inscp_scp_amt: -108 });
    kiosk.done('2301', { feedetail: [line(mdtrt_id, 'capsules', 1, back('-128.80'))] });
    kiosk.done('2402', discharge(mdtrt_id));
    expect(kiosk.done('2303', { data: settlement(mdtrt_id, '386.40') }).setlinfo).toMatchObject({
      overlmt_selfpay: 26.4,
      preselfpay_amt: 36,
      inscp_scp_amt: 324,
    });
  });

  test('more than was there, another item, an unknown line or a positive number is no way back', () => {
    const { kiosk, admit, line } = stayOf('zhang');
    const mdtrt_id = admit();
    kiosk.done('2301', { feedetail: [line(mdtrt_id, 'tablets', 2)] });
    const ask = (change: object, key = 'tablets') => {
      const back = { init_feedetl_sn: 'F1', cnt: '-1', det_item_fee_sumamt: '-36.50', ...change };
      return kiosk.ask('2301', { feedetail: [line(mdtrt_id, key, 1, back)] }).infcode;
    };
    expect(ask({ cnt: '-3', det_item_fee_sumamt: '-109.50' })).toBe('-1');
    expect(ask({ init_feedetl_sn: 'F99' })).toBe('-1');
    expect(ask({ cnt: '1', det_item_fee_sumamt: '36.50' })).toBe('-1');
    expect(ask({}, 'bed')).toBe('-1');
    expect(ask({ det_item_fee_sumamt: '-20.00' })).toBe('-1');
    expect(ask({})).toBe(0);
    expect(ask({})).toBe(0);
    expect(ask({})).toBe('-1');
  });

  test('2302 takes a line that has been taken back only together with its way back', () => {
    const { kiosk, admit, line, patient } = stayOf('zhang');
    const mdtrt_id = admit();
    const back = { init_feedetl_sn: 'F1', cnt: '-1', det_item_fee_sumamt: '-36.50' };
    kiosk.done('2301', { feedetail: [line(mdtrt_id, 'tablets', 2), line(mdtrt_id, 'tablets', 1, back)] });
    const named = (...lines: string[]) => ({
      data: lines.map((feedetl_sn) => ({ feedetl_sn, mdtrt_id, psn_no: patient.personNumber })),
    });
    expect(kiosk.ask('2302', named('F1')).err_msg).toContain('已有退费明细');
    expect(kiosk.ask('2302', named('F9')).err_msg).toContain('未查询到费用明细');
    expect(kiosk.ask('2302', named('F1', 'F2')).infcode).toBe(0);
  });
});

describe('deductibles of admissions', () => {
  const twoDays = (stay: ReturnType<typeof stayOf>, change: object = {}) => {
    const mdtrt_id = stay.admit(change);
    stay.kiosk.done('2301', { feedetail: [stay.line(mdtrt_id, 'operation', 1)] });
    return mdtrt_id;
  };

  test('the second admission of the year has the smaller one; a new year starts anew', () => {
    const stay = stayOf('zhang');
    const first = twoDays(stay);
    stay.kiosk.done('2402', stay.discharge(first));
    expect(stay.settle(first, '20000.00').act_pay_dedc).toBe(800);
    const second = twoDays(stay, { ipt_no: 'I2' });
    stay.kiosk.done('2402', stay.discharge(second));
    expect(stay.settle(second, '20000.00').act_pay_dedc).toBe(600);
    stay.clock.pass(310 * 86_400_000);
    stay.kiosk.signIn();
    const third = twoDays(stay, { ipt_no: 'I3' });
    stay.kiosk.done('2402', stay.discharge(third));
    expect(stay.settle(third, '20000.00').act_pay_dedc).toBe(800);
  });

  test('中途结算 pays the deductible once; the final settlement takes only the new lines', () => {
    const stay = stayOf('zhang');
    const mdtrt_id = twoDays(stay);
    expect(stay.settle(mdtrt_id, '20000.00', { mid_setl_flag: '1' }).act_pay_dedc).toBe(800);
    stay.kiosk.done('2301', { feedetail: [stay.line(mdtrt_id, 'bed', 10)] });
    stay.kiosk.done('2402', stay.discharge(mdtrt_id));
    expect(stay.settle(mdtrt_id, '600.00')).toMatchObject({ medfee_sumamt: 600, act_pay_dedc: 0, hifp_pay: 510 });
  });

  test('a stay does not use up the deductible of the year’s outpatient visits', () => {
    const stay = stayOf('zhang');
    const mdtrt_id = twoDays(stay);
    stay.kiosk.done('2402', stay.discharge(mdtrt_id));
    stay.settle(mdtrt_id, '20000.00');
    const account = stay.parties.insurance.people.account(stay.patient.personNumber, '310');
    expect(account.sums).toMatchObject({ deductibleFen: 45_000, eligibleFen: 1_820_000 });
  });
});

describe('2601 of inpatient messages', () => {
  function settledStay() {
    const stay = example2();
    stay.kiosk.done('2402', stay.discharge(stay.mdtrt_id));
    const messageId = stay.kiosk.messageId();
    const info = stay.settle(stay.mdtrt_id, '86000.00', {}, messageId);
    const reverse = (oinfno: string, omsgid = messageId) =>
      stay.kiosk.ask('2601', { data: { psn_no: stay.patient.personNumber, omsgid, oinfno } });
    return { ...stay, messageId, info, reverse };
  }

  test('2304 is reversed under its own number only, and may settle again', () => {
    const { reverse, parties, settle, mdtrt_id } = settledStay();
    expect(reverse('2207').err_msg).toContain('未查询到原交易');
    expect(reverse('2304').infcode).toBe(0);
    expect(reverse('2304').infcode).toBe(0);
    expect(parties.ledger.liveClaims()).toEqual([]);
    expect(settle(mdtrt_id, '86000.00').psn_cash_pay).toBe(12_936);
  });

  test('reversing a 2305 restores the settlement, but not over lines that changed meanwhile', () => {
    const { reverse, parties, kiosk, info, patient, mdtrt_id, settle } = settledStay();
    const ids = { data: { mdtrt_id, setl_id: info.setl_id, psn_no: patient.personNumber } };
    const voiding = kiosk.messageId();
    kiosk.done('2305', ids, voiding);
    expect(reverse('2208', voiding).infcode).toBe('-1');
    expect(reverse('2305', voiding).infcode).toBe(0);
    expect(parties.ledger.liveClaims()).toMatchObject([{ settlementId: info.setl_id }]);
    const again = kiosk.messageId();
    kiosk.done('2305', ids, again);
    settle(mdtrt_id, '86000.00');
    expect(reverse('2305', again).err_msg).toContain('费用明细已变更');
    expect(parties.ledger.liveClaims()).toHaveLength(1);
  });

  test('2401 is reversed while no lines stand', () => {
    const stay = stayOf('zhang', onBench());
    const messageId = stay.kiosk.messageId();
    const { mdtrt_id } = stay.kiosk.done('2401', stay.admission(), messageId).result;
    expect(stay.kiosk.done('2401', stay.admission(), messageId).result.mdtrt_id).toBe(mdtrt_id);
    const reverse = () =>
      stay.kiosk.ask('2601', { data: { psn_no: stay.patient.personNumber, omsgid: messageId, oinfno: '2401' } });
    stay.kiosk.done('2301', { feedetail: [stay.line(mdtrt_id, 'bed', 1)] });
    expect(reverse().err_msg).toContain('存在费用明细');
    stay.kiosk.done('2302', { data: [{ feedetl_sn: '0000', mdtrt_id, psn_no: stay.patient.personNumber }] });
    expect([reverse().infcode, reverse().infcode]).toEqual([0, 0]);
    expect(stay.kiosk.ask('2401', stay.admission(), messageId).infcode).toBe('-1');
    expect(stay.kiosk.ask('2401', stay.admission()).infcode).toBe(0);
  });
});
