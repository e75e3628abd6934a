import { expect, test } from 'vitest';
import { onBench, textIn } from './parties-bench.ts';

function registered() {
  const bench = onBench({ visitDrivenBy: 'kiosk' });
  const { kiosk, parties } = bench;
  const { personNumber, identityNumber } = parties.patient('zhang');
  kiosk.signIn();
  const visit = {
    psn_no: personNumber,
    insutype: '310',
    begntime: '2026-03-02 08:30:00',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identityNumber,
    ipt_otp_no: 'O1',
    atddr_no: 'D990001000001',
    dr_name: '医演甲',
    dept_code: 'D0101',
    dept_name: '演示内科',
    caty: 'A03',
  };
  const mdtrt_id = kiosk.done('2201', { data: visit }).data.mdtrt_id;
  const diagnosis = {
    diag_type: '1',
    diag_srt_no: 1,
    diag_code: 'J06.900',
    diag_name: '演示',
    diag_dept: '演示内科',
    dise_dor_no: 'D990001000001',
    dise_dor_name: '医演甲',
    diag_time: '2026-03-02 08:30:00',
    vali_flag: '1',
  };
  const describe = () =>
    kiosk.ask('2203A', {
      mdtrtinfo: { mdtrt_id, psn_no: personNumber, med_type: '11', begntime: '2026-03-02 08:30:00' },
      diseinfo: [diagnosis],
    });
  const fee = {
    feedetl_sn: 'L1',
    mdtrt_id,
    psn_no: personNumber,
    chrg_bchno: 'C1',
    rx_circ_flag: '0',
    fee_ocur_time: '2026-03-02 08:30:00',
    med_list_codg: 'X99AA02B002E00101010202',
    medins_list_codg: 'SIM-capsules',
    det_item_fee_sumamt: 128.8,
    cnt: 1,
    pric: 128.8,
    bilg_dept_codg: 'D0101',
    bilg_dept_name: '演示内科',
    bilg_dr_codg: 'D990001000001',
    bilg_dr_name: '医演甲',
    hosp_appr_flag: '0',
  };
  return { ...bench, visit, mdtrt_id, personNumber, describe, fee };
}

test('fees without an uploaded diagnosis are refused', () => {
  const { kiosk, describe, fee } = registered();
  expect(kiosk.ask('2204', { feedetail: [fee] }).infcode).toBe('-1');
  expect(describe().infcode).toBe(0);
  expect(kiosk.ask('2204', { feedetail: [fee] }).infcode).toBe(0);
});

test('2204 splits a line as the reference does and writes two decimals', () => {
  const { parties, kiosk, describe, fee } = registered();
  describe();
  const text = textIn(parties.insurance.handle(kiosk.request('2204', { feedetail: [fee] })));
  expect(text).toContain('"det_item_fee_sumamt":128.80,');
  expect(text).toContain('"fulamt_ownpay_amt":0.00,"overlmt_amt":8.80,"preselfpay_amt":12.00,"inscp_scp_amt":108.00');
});

test('a wrong product, a repeated line number, a paused doctor and an unknown doctor are refused', () => {
  const { parties, kiosk, describe, fee } = registered();
  describe();
  const ask = (change: object) => kiosk.ask('2204', { feedetail: [{ ...fee, ...change }] }).infcode;
  expect(ask({ det_item_fee_sumamt: 128.9 })).toBe('-1');
  expect(ask({ bilg_dr_codg: 'D990001999999' })).toBe('-1');
  expect(ask({ bilg_dr_codg: 'D990001000009' })).toBe('-1');
  expect(ask({})).toBe(0);
  expect(ask({})).toBe('-1');
  parties.insurance.suspendPractitioner('D990001000001');
  expect(ask({ feedetl_sn: 'L2' })).toBe('-1');
});

test('a code that is in no catalogue counts as own expense', () => {
  const { kiosk, describe, fee } = registered();
  describe();
  const [row] = kiosk.done('2204', { feedetail: [{ ...fee, med_list_codg: 'X00000000000000000000000' }] }).result;
  expect(row).toMatchObject({ chrgitm_lv: '03', fulamt_ownpay_amt: 128.8, inscp_scp_amt: 0 });
});

test('2205 takes back one batch or all, and 2204 may then come again', () => {
  const { kiosk, describe, fee, mdtrt_id, personNumber } = registered();
  describe();
  kiosk.done('2204', { feedetail: [fee] });
  kiosk.done('2205', { data: { mdtrt_id, chrg_bchno: '0000', psn_no: personNumber } });
  expect(kiosk.ask('2204', { feedetail: [fee] }).infcode).toBe(0);
});

test('a suspended institution registers nobody', () => {
  const { parties, kiosk, visit } = registered();
  parties.insurance.suspendInstitution();
  expect(kiosk.ask('2201', { data: { ...visit, ipt_otp_no: 'O2' } }).err_msg).toContain('协议已暂停');
});

test('2203 and 2203A may be sent again and again; the last one counts', () => {
  const { kiosk, parties, describe, fee, mdtrt_id, personNumber } = registered();
  describe();
  kiosk.done('2204', { feedetail: [fee] });
  const again = (transaction: string, med_type: string) =>
    kiosk.done(transaction, {
      mdtrtinfo: { mdtrt_id, psn_no: personNumber, med_type, begntime: '2026-03-02 08:30:00' },
      diseinfo: [
        {
          diag_type: '1',
          diag_srt_no: 1,
          diag_code: 'E11.900',
          diag_name: '演示',
          diag_dept: '演示内科',
          dise_dor_no: 'D990001000001',
          dise_dor_name: '医演甲',
          diag_time: '2026-03-02 08:30:00',
          vali_flag: '1',
        },
      ],
    });
  again('2203', '14');
  expect(parties.insurance.visits.visits.get(mdtrt_id)).toMatchObject({ medicalType: '14', diagnoses: 1 });
  again('2203A', '11');
  again('2203A', '11');
  expect(parties.insurance.visits.visits.get(mdtrt_id)).toMatchObject({ medicalType: '11', diagnoses: 1 });
});
