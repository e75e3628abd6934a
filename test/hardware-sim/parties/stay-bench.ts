/** A hand-written hospital line for one stay: what it would send for 2301, 2302, 2303, 2304, 2305, 2401, 2402, 2404, 2405. */
import { itemByKey } from '../../../hardware-sim/parties/catalogue/catalogue.ts';
import { type Json, onBench } from './parties-bench.ts';

export function stayOf(whose: string, bench = onBench()) {
  const { kiosk, parties } = bench;
  const patient = parties.patient(whose);
  const { personNumber: psn_no, identityNumber, insurances } = patient;
  kiosk.insuredArea = insurances[0]?.insuredArea ?? '990001';
  kiosk.signIn();
  const shown = { mdtrt_cert_type: '02', mdtrt_cert_no: identityNumber };
  const insutype = insurances[0]?.type;
  let serial = 0;
  const diagnosis = (code: string, main: boolean) => ({
    psn_no,
    diag_type: '1',
    maindiag_flag: main ? '1' : '0',
    diag_srt_no: main ? 1 : 2,
    diag_code: code,
    diag_name: '演示诊断',
    diag_dept: '演示内科',
    dise_dor_no: 'D990001000001',
    dise_dor_name: '医演甲',
    diag_time: '2026-03-01 10:00:00',
  });
  const admission = (change: Json = {}) => ({
    mdtrtinfo: {
      psn_no,
      insutype,
      begntime: '2026-03-01 10:00:00',
      ...shown,
      med_type: '21',
      ipt_no: 'I1',
      atddr_no: 'D990001000001',
      chfpdr_name: '医演甲',
      adm_diag_dscr: '演示入院诊断',
      adm_dept_codg: 'D0101',
      adm_dept_name: '演示内科',
      adm_bed: '12',
      dscg_maindiag_code: 'K35.800',
      dscg_maindiag_name: '演示诊断',
      ...change,
    },
    diseinfo: [diagnosis('K35.800', true), diagnosis('I10.x00', false)],
  });
  const line = (mdtrt_id: string, key: string, count: number, change: Json = {}) => {
    const { code, hospitalCode, price } = itemByKey(key);
    serial += 1;
    return {
      feedetl_sn: `F${serial}`,
      mdtrt_id,
      psn_no,
      med_type: '21',
      fee_ocur_time: '2026-03-01 11:00:00',
      med_list_codg: code,
      medins_list_codg: hospitalCode,
      det_item_fee_sumamt: (Number(price) * count).toFixed(2),
      cnt: String(count),
      pric: price,
      bilg_dept_codg: 'D0101',
      bilg_dept_name: '演示内科',
      bilg_dr_codg: 'D990001000001',
      bilg_dr_name: '医演甲',
      ...change,
    };
  };
  const discharge = (mdtrt_id: string) => ({
    dscginfo: {
      mdtrt_id,
      psn_no,
      insutype,
      endtime: '2026-03-02 08:00:00',
      dscg_dept_codg: 'D0101',
      dscg_dept_name: '演示内科',
      dscg_way: '1',
    },
    diseinfo: [diagnosis('K35.800', true)],
  });
  const settlement = (mdtrt_id: string, total: string, change: Json = {}) => ({
    psn_no,
    ...shown,
    medfee_sumamt: total,
    psn_setlway: '01',
    mdtrt_id,
    insutype,
    acct_used_flag: '0',
    mid_setl_flag: '0',
    ...change,
  });
  /** 2304 with the sums that 2303 answered. */
  const settle = (mdtrt_id: string, total: string, change: Json = {}, messageId?: string) => {
    const data = settlement(mdtrt_id, total, change);
    const info = kiosk.done('2303', { data }).setlinfo;
    const { fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt } = info;
    const sums = { fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, dscg_time: '2026-03-02' };
    return kiosk.done('2304', { data: { ...data, ...sums } }, messageId).setlinfo;
  };
  const ids = (mdtrt_id: string) => ({ data: { mdtrt_id, psn_no } });
  return {
    ...bench,
    patient,
    admission,
    line,
    discharge,
    settlement,
    settle,
    ids,
    admit: (change: Json = {}): string => kiosk.done('2401', admission(change)).result.mdtrt_id,
  };
}
