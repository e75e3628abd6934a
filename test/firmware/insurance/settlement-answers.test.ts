import { describe, expect, test } from 'vitest';
import { amountWarnings } from '../../../firmware/insurance/settlement-amounts.ts';
import { type HttpAnswer, HttpFailure } from '../../../firmware/ports.ts';
import { answered } from '../../support/answering-http.ts';
import { amounts, question, setlinfo } from '../kiosk-fixture.ts';
import { done, MSGID, platformThat, refused, settling } from './platform-bench.ts';

describe('the envelope', () => {
  test('carries every field of the interface, as a self-service terminal', async () => {
    const { platform, asked } = platformThat(() => done({ setlinfo }));
    await platform.preSettle(question);
    const [envelope] = asked('2206');
    expect(envelope?.path).toBe('/fsi/api/outpatientSettleService/preSettletment');
    expect(envelope?.headers['x-tif-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(envelope?.json).toMatchObject({
      infno: '2206',
      msgid: expect.stringMatching(/^H99000100001\d{18}$/),
      mdtrtarea_admvs: '990001',
      insuplc_admdvs: '990001',
      opter_type: '2',
      opter: 'KIOSK-TEST-01',
      inf_time: '2026-11-22 09:00:00',
      fixmedins_code: 'H99000100001',
      sign_no: 'SIGN1',
    });
    expect(envelope?.json.input.data).toMatchObject({
      medfee_sumamt: 557.4,
      mdtrt_cert_type: '03',
      acct_used_flag: '1',
    });
  });

  test('goes to the one entry where the region has one, infno deciding', async () => {
    const { platform, asked } = platformThat(() => done({ setlinfo }), { paths: 'single', singlePath: '/one/entry' });
    await platform.preSettle(question);
    expect(asked('2206')[0]?.path).toBe('/one/entry');
  });

  test('infcode may be number or text, output may be JSON inside a text', async () => {
    for (const envelope of [
      { infcode: 0, output: { setlinfo } },
      { infcode: '0', output: JSON.stringify({ setlinfo }), err_msg: '' },
      { infcode: 0.0, err_msg: null, enctype: null, output: { setlinfo, setldetail: [] } },
    ]) {
      expect(await settling(() => answered(envelope))).toMatchObject({
        outcome: 'ok',
        value: { settlementId: 'S1', messageId: MSGID },
      });
    }
  });
});

describe('what a settlement answer means', () => {
  test('amounts arrive as number, text, null and empty text, and are fen', async () => {
    expect(await settling(() => done({ setlinfo }))).toEqual({
      outcome: 'ok',
      value: { settlementId: 'S1', settledAt: '2026-11-22 09:00:00', messageId: MSGID, amounts },
    });
  });

  test('a refusal that says why is definite', async () => {
    for (const infcode of [-1, '-1', -2, 999, '1']) {
      const answer = await settling(() => answered({ infcode, err_msg: '余额不足' }));
      expect(answer).toEqual({ outcome: 'refused', infcode: String(infcode), message: '余额不足' });
    }
  });

  test('everything that does not prove its case may have been done', async () => {
    const doubts: (HttpAnswer | HttpFailure)[] = [
      new HttpFailure('unknown', 'timeOut', ''),
      new HttpFailure('unknown', 'reset', ''),
      answered('<html>502</html>', 502),
      answered('<html>please sign in</html>'),
      answered({ infcode: 0, output: { setlinfo } }, 500),
      answered('{"infcode":0,"output":{"setlin'),
      answered(''),
      answered({ output: { setlinfo } }),
      answered({ infcode: 'OK', output: { setlinfo } }),
      answered({ infcode: null, output: { setlinfo } }),
      answered({ infcode: -1, err_msg: '' }),
      answered({ code: 401, message: 'gateway' }, 401),
    ];
    for (const doubt of doubts) expect((await settling(() => doubt)).outcome).toBe('unknown');
  });

  test('an answer of success that breaks the interface is malformed, and says where', async () => {
    const broken: [object | string | null, string][] = [
      [null, 'missing node setlinfo'],
      [{}, 'missing node setlinfo'],
      ['not json', 'not JSON'],
      [{ setlinfo: { ...setlinfo, setl_id: null } }, 'missing setlinfo.setl_id'],
      [{ setlinfo: { ...setlinfo, medfee_sumamt: '' } }, 'amount setlinfo.medfee_sumamt is missing'],
      [{ setlinfo: { ...setlinfo, psn_cash_pay: null } }, 'amount setlinfo.psn_cash_pay is missing'],
      [{ setlinfo: { ...setlinfo, acct_pay: '1.7035E2' } }, 'amount setlinfo.acct_pay is not decimal'],
      [{ setlinfo: { ...setlinfo, psn_cash_pay: -190.25 } }, 'amount psn_cash_pay is negative'],
      [{ setlinfo: { ...setlinfo, mdtrt_id: 'V2' } }, 'mdtrt_id is not the one that was asked for'],
      [
        { setlinfo: { ...setlinfo, medins_setl_id: `${MSGID.slice(0, -1)}9` } },
        'medins_setl_id is not the one that was asked for',
      ],
    ];
    for (const [output, detail] of broken) {
      expect(await settling(() => done(output))).toEqual({
        outcome: 'malformed',
        detail: expect.stringContaining(detail),
      });
    }
  });

  test('one fen in any of the three identities stops the payment', async () => {
    const off = { fulamt_ownpay_amt: 45.61, psn_part_amt: 360.61, psn_cash_pay: 190.24, fund_pay_sumamt: '196.79' };
    for (const [name, value] of Object.entries(off)) {
      const answer = await settling(() => done({ setlinfo: { ...setlinfo, [name]: value } }));
      expect(answer).toEqual({ outcome: 'malformed', detail: expect.stringContaining('does not add up') });
    }
  });

  test('funds that do not make the fund total, and a family share beside the account, only warn', () => {
    expect(amountWarnings(amounts)).toEqual([]);
    expect(amountWarnings({ ...amounts, basicFundFen: 0 })).toEqual(['fundPartsDiffer']);
    expect(amountWarnings({ ...amounts, mutualAidFen: 17_036 })).toEqual(['mutualAidApart']);
  });

  test('a commercial cover is told by its detail; one that cannot be read or is too large is no part, and never an error', async () => {
    const info = { ...setlinfo, hifp_pay: 100, oth_pay: 96.8 };
    const row = { fund_pay_type: '620100', fund_payamt: '40.30' };
    const others: readonly unknown[] = [
      { ...row, fund_payamt: '1e2' },
      { ...row, fund_payamt: '96.81' },
      'noise',
      null,
    ];
    const read = async (setldetail: unknown) => settling(() => done({ setlinfo: info, setldetail }));
    expect(await read([row, { fund_pay_type: '310100', fund_payamt: 100 }])).toMatchObject({
      ...{ outcome: 'ok', value: { amounts: { otherFundFen: 9_680, commercialFen: 4_030 } } },
    });
    for (const other of [...others.map((one) => [one]), 'noise', { fund_pay_type: '620100' }]) {
      const answer = await read(other);
      expect(answer).toMatchObject({ outcome: 'ok', value: { amounts: { otherFundFen: 9_680 } } });
      expect(JSON.stringify(answer)).not.toContain('commercialFen');
    }
  });

  test('the own part is found in each of its spellings', async () => {
    const { psn_cash_pay: own, psn_part_amt: part, ...rest } = setlinfo;
    for (const spelt of [
      { pdn_cash_pay: own, psn_part_amt: part },
      { cash_payamt: own, psn_pay: part },
    ]) {
      const answer = await settling(() => done({ setlinfo: { ...rest, ...spelt } }));
      expect(answer).toMatchObject({ outcome: 'ok', value: { amounts: { ownFen: 19_025 } } });
    }
  });

  test('a pre-settlement of another total than was asked is malformed', async () => {
    const { platform } = platformThat(() => done({ setlinfo }));
    expect((await platform.preSettle({ ...question, totalFen: 55_741 })).outcome).toBe('malformed');
    expect(await platform.preSettle(question)).toEqual({ outcome: 'ok', value: amounts });
  });

  test('certificate and person numbers in a message are masked before anybody reads it, message ids are not', async () => {
    const answer = await settling(() =>
      refused(`人员 99000119790314101X 99000100000000000000101 已结算，报文 ${MSGID}`),
    );
    expect(answer).toMatchObject({ message: `人员 ▒▒▒ ▒▒▒ 已结算，报文 ${MSGID}` });
  });
});

describe('the two public sample answers of the reference (B.8)', () => {
  const inpatient = {
    mdtrt_id: 'V1',
    setl_id: 'S1',
    setl_time: '2026-11-22 09:00:00',
    medfee_sumamt: 23442.46,
    fulamt_ownpay_amt: 2533.97,
    overlmt_selfpay: 1396.89,
    preselfpay_amt: 703.44,
    inscp_scp_amt: 18808.16,
    hifob_pay: 18785.39,
    fund_pay_sumamt: 18785.39,
    psn_part_amt: 4152.06,
    hosp_part_amt: 505.01,
    acct_pay: 170.04,
    psn_cash_pay: 3982.02,
  };

  test('the stay, by 2304: the hospital bears a part, all of the fund is 大额', async () => {
    const { platform } = platformThat(() => done({ setlinfo: inpatient }));
    const answer = await platform.settle(MSGID, { ...question, care: 'inpatient' }, amounts);
    expect(answer).toMatchObject({
      outcome: 'ok',
      value: {
        amounts: {
          totalFen: 2_344_246,
          fundFen: 1_878_539,
          largeAmountFen: 1_878_539,
          basicFundFen: 0,
          hospitalFen: 50_501,
          personFen: 415_206,
          accountFen: 17_004,
          ownFen: 398_202,
        },
      },
    });
    // Without its hospital share it no longer adds up.
    const without = platformThat(() => done({ setlinfo: { ...inpatient, hosp_part_amt: null } })).platform;
    expect((await without.settle(MSGID, { ...question, care: 'inpatient' }, amounts)).outcome).toBe('malformed');
  });

  test('the visit of 4.52, whose classes are 0 + 0 + 0.23 + 4.29', async () => {
    const classes = { medfee_sumamt: 4.52, fulamt_ownpay_amt: 0, overlmt_selfpay: 0.0, preselfpay_amt: 0.23 };
    const paid = { inscp_scp_amt: 4.29, fund_pay_sumamt: 0, psn_part_amt: 4.52, acct_pay: 4.52, psn_cash_pay: 0 };
    const { platform } = platformThat(() => done({ setlinfo: { mdtrt_id: 'V1', ...classes, ...paid } }));
    expect(await platform.preSettle({ ...question, totalFen: 452 })).toMatchObject({
      outcome: 'ok',
      value: { totalFen: 452, preSelfPayFen: 23, inScopeFen: 429, accountFen: 452, ownFen: 0 },
    });
  });

  test('the cancellation: a new id, every amount negative, three of them null', async () => {
    const setlinfo = { setl_id: 'S2', medfee_sumamt: -25.1, acct_pay: -25.1, balc: 25.1, psn_part_amt: null };
    for (const care of ['outpatient', 'inpatient'] as const) {
      const { platform, asked } = platformThat(() => done({ setlinfo }));
      expect(await platform.voidSettlement(MSGID, { ...question, care }, 'S1')).toMatchObject({
        outcome: 'ok',
        value: { settlementId: 'S2' },
      });
      expect(asked(care === 'inpatient' ? '2305' : '2208')).toHaveLength(1);
    }
  });
});
