import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { answered } from '../../support/answering-http.ts';
import { credential, question } from '../kiosk-fixture.ts';
import { done, platformThat } from './platform-bench.ts';

describe('persons and standings', () => {
  test('[Z-8.1.3] a field that 1101 leaves out arrives as empty, not as a fault', async () => {
    const output = { baseinfo: { psn_no: 'P1', psn_name: null, certno: '', age: '' }, insuinfo: [] };
    const answer = await platformThat(() => done(output)).platform.person(credential);
    if (answer.outcome !== 'ok') throw new Error(answer.outcome);
    expect([answer.value.name.reveal(), answer.value.certificateNumber.reveal(), answer.value.age]).toEqual([
      '',
      '',
      -1,
    ]);
  });

  test('a code is decoded from either form of data, and a person never shows in what is printed', async () => {
    const data = { ecToken: '990001ec00ff', userName: '张演一', idNo: '990001197903141012', insuOrg: '990001' };
    for (const form of [data, JSON.stringify(data)]) {
      const { platform, http } = platformThat(() => answered({ code: 0, message: '成功', data: form, orgId: '' }));
      const answer = await platform.decodeECredential(new Secret('CODE'), '01301');
      if (answer.outcome !== 'ok') throw new Error(answer.outcome);
      expect(answer.value.token.reveal()).toBe('990001ec00ff');
      expect(JSON.stringify(answer)).not.toMatch(/990001ec|张演一|19790314/);
      expect(http.sent[0]).toMatchObject({ path: '/fsi/api/hsecfc/localQrCodeQuery', json: { transType: 'ec.query' } });
      expect(http.sent[0]?.json.data).toMatchObject({ deviceType: 'SelfService', businessType: '01301' });
    }
  });

  test('a code that was used or is old is refused with the words of the centre', async () => {
    const { platform } = platformThat(() => answered({ code: 1001, message: '二维码已失效', data: null }));
    expect(await platform.decodeECredential(new Secret('CODE'), '01301')).toMatchObject({
      outcome: 'refused',
      message: '二维码已失效',
    });
  });

  test('[SZ-246] only a filing that holds now is active', async () => {
    const rows: [object[], string][] = [
      [[{ prac_psn_code: 'D1', begntime: '2020-01-01 00:00:00', endtime: null, hi_dr_flag: '1' }], 'active'],
      [[{ prac_psn_code: 'D1', vali_flag: '0' }], 'paused'],
      [[{ prac_psn_code: 'D1', hi_dr_flag: 0 }], 'paused'],
      [[{ prac_psn_code: 'D1', begntime: '2026-12-01 00:00:00' }], 'paused'],
      [[{ prac_psn_code: 'D1', endtime: '2026-11-22 09:00:00' }], 'ended'],
      [
        [
          { prac_psn_code: 'D1', endtime: '2025-01-01 00:00:00' },
          { prac_psn_code: 'D1', endtime: '2027-01-01 00:00:00' },
        ],
        'active',
      ],
      [[{ prac_psn_code: 'D2' }], 'unknown'],
      [[], 'unknown'],
    ];
    for (const [feedetail, standing] of rows) {
      const { platform } = platformThat(() => done({ feedetail }));
      expect(await platform.practitionerStanding('D1')).toEqual({ outcome: 'ok', value: standing });
    }
  });

  test('the fund pays when a fund row says so today, and the reason is told when it does not', async () => {
    const ask = (trtinfo: object[]) =>
      platformThat(() => done({ trtinfo })).platform.entitlement({ ...question, begunAt: '2026-11-22 08:00:00' });
    const row = { trt_chk_type: '1', trt_enjymnt_flag: '1', begndate: '2026-01-01', enddate: '2026-11-22' };
    expect(await ask([row])).toEqual({ outcome: 'ok', value: { entitled: true, reason: undefined } });
    expect(await ask([{ ...row, enddate: '2026-11-21' }])).toMatchObject({ value: { entitled: false } });
    const waiting = { ...row, trt_enjymnt_flag: '0', trt_chk_rslt: '待遇等待期' };
    expect(await ask([waiting])).toEqual({ outcome: 'ok', value: { entitled: false, reason: '待遇等待期' } });
    expect(await ask([])).toMatchObject({ outcome: 'malformed' });
  });

  test('[Z-8.3.3] lines that come back from 2204 are the lines that were sent, split to the fen', async () => {
    const line = {
      feedetl_sn: 'L1',
      det_item_fee_sumamt: '128.80',
      fulamt_ownpay_amt: null,
      overlmt_amt: 8.8,
      preselfpay_amt: 12,
      inscp_scp_amt: 108,
      chrgitm_lv: 2,
      med_chrgitm_type: '09',
    };
    const batch = {
      chargeBatch: 'B1',
      occurredAt: '2026-11-22 08:30:00',
      departmentCode: 'A01',
      departmentName: '演示科',
    };
    const sent = {
      lineNumber: 'L1',
      catalogueCode: 'X',
      hospitalCode: 'H',
      name: '药',
      specification: '',
      unit: '盒',
      quantity: '1.0000',
      unitPrice: '128.800000',
      amountFen: 12_880,
      doctorCode: 'D1',
      doctorName: '演医',
    };
    const upload = (result: object[]) => {
      const told = platformThat(() => done({ result }));
      return told.platform.uploadFees(question, { ...batch, lines: [sent] });
    };
    expect(await upload([line])).toMatchObject({
      outcome: 'ok',
      value: [{ level: '02', overLimitFen: 880, outOfScopeFen: 0 }],
    });
    for (const wrong of [
      [],
      [line, line],
      [{ ...line, feedetl_sn: 'L2' }],
      [{ ...line, inscp_scp_amt: 107.99 }],
      [{ ...line, chrgitm_lv: '4' }],
    ]) {
      expect(await upload(wrong)).toMatchObject({ outcome: 'malformed' });
    }
  });
});
