import { describe, expect, test } from 'vitest';
import { MessageIds } from '../../../firmware/insurance/message-ids.ts';
import { NationalInsurancePlatform } from '../../../firmware/insurance/national-platform.ts';
import { type HttpAnswer, HttpFailure } from '../../../firmware/ports.ts';
import { AnsweringHttp, answered } from '../../support/answering-http.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { amounts, config, profile, question, setlinfo } from '../kiosk-fixture.ts';
import { done, MSGID, platformThat, refused, settling } from './platform-bench.ts';

describe('sign-in', () => {
  test('is made once a day and kept', async () => {
    const { platform, clock, asked } = platformThat(() => done({ setlinfo }));
    await Promise.all([platform.preSettle(question), platform.preSettle(question)]);
    expect(asked('9001')).toHaveLength(1);
    await clock.pass(15 * 3_600_000);
    await platform.preSettle(question);
    expect(asked('2206').map(({ json }) => json.sign_no)).toEqual(['SIGN1', 'SIGN1', 'SIGN2']);
  });

  test('that the centre forgot is made anew and the question asked again under a new id', async () => {
    const { platform, asked } = platformThat(({ json }) =>
      json.sign_no === 'SIGN1' ? refused('签到流水号无效或已过期，请重新签到') : done({ setlinfo }),
    );
    expect(await platform.preSettle(question)).toMatchObject({ outcome: 'ok' });
    const ids = asked('2206').map(({ json }) => json.msgid);
    expect(new Set(ids).size).toBe(2);
  });

  test('that the centre forgot never repeats a settlement, but the next call signs in', async () => {
    const { platform, asked } = platformThat(() => refused('签到流水号无效或已过期，请重新签到'));
    expect(await platform.settle(MSGID, question, amounts)).toMatchObject({ outcome: 'refused' });
    expect(asked('2207')).toHaveLength(1);
    await platform.settle(MSGID, question, amounts);
    expect(asked('2207').map(({ json }) => json.sign_no)).toEqual(['SIGN1', 'SIGN2']);
  });

  test('that gets no answer means that the settlement itself never left', async () => {
    const http = new AnsweringHttp(() => new HttpFailure('unknown', 'timeOut', ''));
    const clock = new ManualClock();
    const random = { bytes: (count: number) => new Uint8Array(count) };
    const messageIds = new MessageIds({
      institutionCode: config.hospital.institutionCode,
      slice: { first: 0, last: 99 },
      clock,
      random,
    });
    const platform = new NationalInsurancePlatform({ http, clock, random, config, profile: profile(), messageIds });
    expect(await platform.settle(MSGID, question, amounts)).toEqual({
      outcome: 'unreachable',
      detail: 'sign-in: http timeOut',
    });
    expect(http.sent.map(({ json }) => json.infno)).toEqual(['9001']);
  });
});

describe('a settlement', () => {
  test('is sent once, under the id of its journal, whatever becomes of it', async () => {
    for (const answer of [
      done({ setlinfo }),
      refused('x'),
      new HttpFailure('unknown', 'timeOut', ''),
      answered('', 500),
    ]) {
      const { platform, asked } = platformThat(() => answer);
      await platform.settle(MSGID, question, amounts);
      expect(asked('2207').map(({ json }) => json.msgid)).toEqual([MSGID]);
    }
  });

  test('copies the four classes of the pre-settlement and takes the path of its region', async () => {
    const { platform, asked } = platformThat(() => done({ setlinfo }), { settlePath: '2207A' });
    await platform.settle(MSGID, question, amounts);
    expect(asked('2207')[0]).toMatchObject({
      path: '/fsi/api/outpatientSettleService/saveSettletment',
      json: {
        input: { data: { fulamt_ownpay_amt: 45.6, overlmt_selfpay: 8.8, preselfpay_amt: 25, inscp_scp_amt: 478 } },
      },
    });
  });

  test('that could not be sent is unreachable, a certificate that does not match is told apart', async () => {
    expect(await settling(() => new HttpFailure('notSent', 'certificate', ''))).toEqual({
      outcome: 'unreachable',
      detail: 'http certificate',
    });
  });

  test('of a person insured elsewhere is waited for longer, as the region says or two minutes', async () => {
    const limits = async (insuredArea: string, offSiteSettleMs?: number) => {
      const timeouts = { settleMs: 60_000, otherMs: 30_000, ...(offSiteSettleMs ? { offSiteSettleMs } : {}) };
      const { platform, http } = platformThat(() => done({ setlinfo }), { timeouts });
      const asked = { ...question, insuredArea };
      await platform.preSettle(asked);
      await platform.settle(MSGID, asked, amounts);
      await platform.findSettlementById('S1', asked);
      return http.sent.map(({ json, timeoutMs }) => [json.infno, timeoutMs]);
    };
    const settling = (ms: number) => [
      ['9001', 30_000],
      ['2206', ms],
      ['2207', ms],
      ['5203', 30_000],
    ];
    expect(await limits('990001')).toEqual(settling(60_000));
    expect(await limits('990088')).toEqual(settling(60_000));
    expect(await limits('330100')).toEqual(settling(120_000));
    expect(await limits('330100', 180_000)).toEqual(settling(180_000));
    // Never shorter than a settlement at home.
    expect(await limits('330100', 20_000)).toEqual(settling(60_000));
  });

  test('is voided whole, and only by an answer with a new id', async () => {
    const answer = (id: string) =>
      platformThat(() => done({ setlinfo: { setl_id: id, medfee_sumamt: -557.4 } })).platform;
    expect(await answer('S2').voidSettlement(MSGID, question, 'S1')).toEqual({
      outcome: 'ok',
      value: { settlementId: 'S2' },
    });
    expect((await answer('S1').voidSettlement(MSGID, question, 'S1')).outcome).toBe('malformed');
  });
});

describe('a lost settlement', () => {
  const original = { messageId: MSGID, transaction: '2207' as const };

  test('is reversed, was reversed before, or is not known: three answers; another refusal stays one', async () => {
    const told: [HttpAnswer, object][] = [
      [done(null), { outcome: 'ok', value: { reversed: 'reversed' } }],
      [refused('该交易已冲正'), { outcome: 'ok', value: { reversed: 'reversed' } }],
      [refused('冲正失败：未查询到原交易信息'), { outcome: 'ok', value: { reversed: 'notFound' } }],
      [refused('已结算不可冲正'), { outcome: 'refused' }],
      [refused('人员信息不存在'), { outcome: 'refused' }],
    ];
    for (const [answer, expected] of told) {
      expect(await platformThat(() => answer).platform.reverse(original, question)).toMatchObject(expected);
    }
  });

  test('is found by 5201 and 5203 under its own message id only', async () => {
    const row = { ...setlinfo, medins_setl_id: MSGID, refd_setl_flag: '0' };
    const find = (rows: unknown) =>
      platformThat(({ json }) =>
        json.infno === '5201' ? done({ mdtrtinfo: [{ mdtrt_id: 'V1', setl_id: null }] }) : done({ setlinfo: rows }),
      ).platform.findSettlement(MSGID, question);
    expect(await find([row])).toMatchObject({ outcome: 'ok', value: { settlementId: 'S1', amounts } });
    expect(await find({ ...row, refd_setl_flag: 1 })).toEqual({ outcome: 'ok', value: undefined });
    expect(await find({ ...row, medins_setl_id: 'another' })).toEqual({ outcome: 'ok', value: undefined });
    expect(await find(null)).toEqual({ outcome: 'ok', value: undefined });
    // A row that does not say which message made it proves nothing in either direction.
    expect(await find(setlinfo)).toMatchObject({ outcome: 'malformed' });
    expect(await find([row, row])).toMatchObject({ outcome: 'malformed' });
  });

  test('counts, was voided or is not there: by its own id 5203 says which, and silence says nothing', async () => {
    const row = { ...setlinfo, medins_setl_id: MSGID, refd_setl_flag: '0' };
    const ask = (rows: unknown) =>
      platformThat(() => done({ setlinfo: rows })).platform.findSettlementById('S1', question);
    expect(await ask(row)).toMatchObject({
      outcome: 'ok',
      value: { state: 'counts', settlement: { settlementId: 'S1', messageId: MSGID, amounts } },
    });
    expect(await ask([{ ...row, refd_setl_flag: 1 }])).toEqual({ outcome: 'ok', value: { state: 'voided' } });
    for (const nothing of [null, [], { ...row, setl_id: 'S2' }]) {
      expect(await ask(nothing)).toEqual({ outcome: 'ok', value: { state: 'notFound' } });
    }
    for (const doubt of [{ ...row, refd_setl_flag: null }, { ...row, mdtrt_id: 'V2' }, [row, row]]) {
      expect(await ask(doubt)).toMatchObject({ outcome: 'malformed' });
    }
    const refusing = platformThat(() => refused('未查询到结算信息')).platform;
    expect(await refusing.findSettlementById('S1', question)).toEqual({ outcome: 'ok', value: { state: 'notFound' } });
    const dead = platformThat(() => new HttpFailure('unknown', 'timeOut', '')).platform;
    expect(await dead.findSettlementById('S1', question)).toMatchObject({ outcome: 'unknown' });
  });

  test('is asked for by visit where the region does so, and a line that fails is never "not found"', async () => {
    const { platform, asked } = platformThat(() => refused('未查询到结算信息'), { settlementQuery: '5203-by-visit' });
    expect(await platform.findSettlement(MSGID, question)).toEqual({ outcome: 'ok', value: undefined });
    expect(asked('5203')[0]?.json.input.data).toMatchObject({ mdtrt_id: 'V1', setl_id: '' });
    const dead = platformThat(() => new HttpFailure('unknown', 'timeOut', '')).platform;
    expect(await dead.findSettlement(MSGID, question)).toMatchObject({ outcome: 'unknown' });
  });
});
