/** What the interface's tables call mandatory (reference, B.9, B.13, B.15), field by field: without it nothing is done. */
import { expect, test } from 'vitest';
import { type Json, onBench } from './parties-bench.ts';
import { stayOf } from './stay-bench.ts';

const without = (node: Json, name: string): Json => {
  const { [name]: _gone, ...rest } = node;
  return rest;
};

/** Sends the input whole at last, so that what was refused before was refused for its gap. */
function eachIsMissed(
  stay: ReturnType<typeof stayOf>,
  transaction: string,
  node: string,
  input: Json,
  fields: string,
): void {
  const list = Array.isArray(input[node]);
  const row = list ? input[node][0] : input[node];
  for (const name of fields.split(' ')) {
    expect(row, name).toHaveProperty(name);
    const gap = without(row, name);
    const answer = stay.kiosk.ask(transaction, { ...input, [node]: list ? [gap] : gap });
    expect(answer.err_msg, `${transaction} without ${name}`).toBe(`${node}.${name}不能为空`);
  }
  expect(stay.kiosk.ask(transaction, input).infcode, transaction).toBe(0);
}

test('a stay: 2401, 2301, 2402, 2303, 2304, 2305, 2302', () => {
  const stay = stayOf('zhang');
  eachIsMissed(
    stay,
    '2401',
    'mdtrtinfo',
    stay.admission(),
    'psn_no insutype begntime mdtrt_cert_type mdtrt_cert_no med_type ipt_no atddr_no chfpdr_name adm_diag_dscr ' +
      'adm_dept_codg adm_dept_name adm_bed dscg_maindiag_code dscg_maindiag_name',
  );
  const [mdtrt_id = ''] = stay.parties.insurance.visits.visits.keys();
  eachIsMissed(
    stay,
    '2301',
    'feedetail',
    { feedetail: [stay.line(mdtrt_id, 'bed', 2)] },
    'feedetl_sn mdtrt_id psn_no med_type fee_ocur_time med_list_codg medins_list_codg det_item_fee_sumamt cnt pric ' +
      'bilg_dept_codg bilg_dept_name bilg_dr_codg bilg_dr_name',
  );
  const psn_no = stay.patient.personNumber;
  const one = { feedetail: [stay.line(mdtrt_id, 'bed', 1)] };
  stay.kiosk.done('2301', one);
  const named = { data: [{ feedetl_sn: one.feedetail[0]?.feedetl_sn, mdtrt_id, psn_no }] };
  eachIsMissed(stay, '2302', 'data', named, 'feedetl_sn mdtrt_id psn_no');
  eachIsMissed(
    stay,
    '2402',
    'dscginfo',
    stay.discharge(mdtrt_id),
    'mdtrt_id psn_no insutype endtime dscg_dept_codg dscg_dept_name dscg_way',
  );
  const settlement =
    'psn_no mdtrt_cert_type mdtrt_cert_no medfee_sumamt psn_setlway mdtrt_id insutype acct_used_flag mid_setl_flag';
  const data = stay.settlement(mdtrt_id, '120.00');
  eachIsMissed(stay, '2303', 'data', { data }, settlement);
  const sums = { fulamt_ownpay_amt: '0', overlmt_selfpay: '0', preselfpay_amt: '0', inscp_scp_amt: '120.00' };
  eachIsMissed(stay, '2304', 'data', { data: { ...data, ...sums } }, settlement);
  const [record] = stay.parties.insurance.settlements.settlements.values();
  eachIsMissed(
    stay,
    '2305',
    'data',
    { data: { mdtrt_id, setl_id: record?.settlementId, psn_no } },
    'mdtrt_id setl_id psn_no',
  );
  eachIsMissed(stay, '2405', 'data', stay.ids(mdtrt_id), 'mdtrt_id psn_no');
});

test('goods: 3505 and 3506', () => {
  const stay = stayOf('zhang');
  const selinfo = {
    med_list_codg: 'X99AA01A001A00101010101',
    fixmedins_hilist_id: 'SIM-tablets',
    fixmedins_hilist_name: '演示片',
    fixmedins_bchno: 'SALE-1',
    prsc_dr_name: '医演甲',
    phar_name: '药演乙',
    phar_prac_cert_no: 'ZY1',
    hi_feesetl_type: '2',
    mdtrt_sn: 'O1',
    psn_cert_type: '01',
    manu_lotnum: 'LOT1',
    manu_date: '2026-01-01',
    rx_flag: '1',
    trdn_flag: '0',
    rtal_docno: 'R1',
    drugtracinfo: [{ drug_trac_codg: '81000000000000000001' }],
    sel_retn_cnt: '1',
    sel_retn_time: '2026-03-02 09:00:00',
    sel_retn_opter_name: 'K01',
    mdtrt_setl_type: '2',
  };
  const fields = Object.keys(selinfo)
    .filter((name) => name !== 'drugtracinfo')
    .join(' ');
  eachIsMissed(stay, '3505', 'selinfo', { selinfo }, fields);
  const back = { ...selinfo, fixmedins_bchno: 'BACK-1', medins_prod_sel_no: 'SALE-1' };
  eachIsMissed(stay, '3506', 'selinfo', { selinfo: back }, `${fields} medins_prod_sel_no`);
  const wrong = { ...selinfo, fixmedins_bchno: 'SALE-2', drugtracinfo: [{ drug_trac_codg: '短' }] };
  expect(stay.kiosk.done('3505', { selinfo: wrong }).result).toEqual({ retRslt: '0', msgRslt: '药品追溯码格式不正确' });
});

test('queries: 5301, 5302, 5303; a person whom nobody knows and a kind that is none are refused', () => {
  const stay = stayOf('zhang', onBench());
  const psn_no = stay.patient.personNumber;
  const span = { begntime: '2026-01-01 00:00:00', endtime: '2026-03-03 00:00:00' };
  eachIsMissed(stay, '5301', 'data', { data: { psn_no } }, 'psn_no');
  eachIsMissed(stay, '5302', 'data', { data: { psn_no, biz_appy_type: '02' } }, 'psn_no biz_appy_type');
  eachIsMissed(stay, '5303', 'data', { data: { psn_no, ...span } }, 'psn_no begntime endtime');
  expect(stay.kiosk.ask('5301', { data: { psn_no: '000' } }).infcode).toBe('-1');
  expect(stay.kiosk.ask('5302', { data: { psn_no, biz_appy_type: '99' } }).err_msg).toContain('取值不正确');
});
