/** A "no" is taken for an answer about the money only when it is one. */
import { describe, expect, test } from 'vitest';
import { answered } from '../../support/answering-http.ts';
import { amounts, question, setlinfo } from '../kiosk-fixture.ts';
import { done, MSGID, platformThat, refused } from './platform-bench.ts';

const original = { messageId: MSGID, transaction: '2207' as const };

/** A platform that signs nobody in and would take everything else. */
function lockedOut(message: string) {
  const bench = platformThat(({ json }) => (json.infno === '9001' ? refused(message) : done({ setlinfo })));
  const { http, platform } = bench;
  const request = http.request.bind(http);
  http.request = async (sent) => {
    const json = JSON.parse(new TextDecoder().decode(sent.body));
    return json.infno === '9001' ? refused(message) : request(sent);
  };
  return platform;
}

describe('a sign-in that is refused', () => {
  test('says nothing about a settlement: neither that it is unknown nor that it cannot be undone', async () => {
    for (const words of ['无此终端登记信息', '终端编号不存在', '终端已停用']) {
      const platform = lockedOut(words);
      for (const answer of [
        await platform.settle(MSGID, question, amounts),
        await platform.reverse(original, question),
        await platform.voidSettlement(MSGID, question, 'S1'),
        await platform.findSettlement(MSGID, question),
      ]) {
        expect(answer).toMatchObject({ outcome: 'unreachable' });
      }
    }
  });

  test('that lapsed under a 2208 or a 2601 leaves it to be asked again, not refused for good', async () => {
    const { platform } = platformThat(() => refused('签到流水号无效或已过期，请重新签到'));
    expect(await platform.voidSettlement(MSGID, question, 'S1')).toMatchObject({ outcome: 'unreachable' });
    expect(await platform.reverse(original, question)).toMatchObject({ outcome: 'unreachable' });
    expect(await platform.findSettlement(MSGID, question)).toMatchObject({ outcome: 'unreachable' });
  });
});

describe('a gateway that is being redeployed', () => {
  test('does not say that a settlement never was', async () => {
    for (const words of [
      '服务不存在',
      '未找到可用的服务实例',
      '找不到对应的接口',
      '请求的路由不存在',
      '接口未查询到',
    ]) {
      const { platform } = platformThat(() => refused(words));
      expect(await platform.reverse(original, question)).toMatchObject({ outcome: 'refused' });
      expect(await platform.findSettlement(MSGID, question)).toMatchObject({ outcome: 'refused' });
    }
    for (const words of ['未查询到结算信息', '冲正失败：未查询到原交易信息', '原交易不存在', '查无此交易']) {
      const { platform } = platformThat(() => refused(words));
      expect(await platform.reverse(original, question)).toMatchObject({ value: { reversed: 'notFound' } });
    }
  });

  test('that answers a question about money with a page of its own is asked again', async () => {
    for (const status of [401, 403, 404]) {
      const { platform } = platformThat(() => answered('<html>nginx</html>', status));
      expect(await platform.findSettlement(MSGID, question)).toMatchObject({ outcome: 'unknown' });
    }
  });
});

test('a gateway that tells of a time-out behind it, or of the same message twice, has not said no', async () => {
  for (const words of [
    '调用核心服务超时',
    'Read timed out',
    '后端服务无响应',
    '报文重复',
    '重复提交',
    '发送方报文ID已存在',
  ]) {
    const { platform } = platformThat(() => refused(words));
    expect(await platform.settle(MSGID, question, amounts)).toMatchObject({ outcome: 'unknown' });
  }
  for (const words of ['超时限结算，请到窗口办理', '电子凭证已超时', '参保状态为暂停参保']) {
    const { platform } = platformThat(() => refused(words));
    expect(await platform.settle(MSGID, question, amounts)).toMatchObject({ outcome: 'refused' });
  }
});

describe('a 2208 that is refused', () => {
  const voiding = (words: string, settlementQuery: 'none' | '5203-by-visit') =>
    platformThat(() => refused(words), { settlementQuery }).platform.voidSettlement(MSGID, question, 'S1');

  test('because it was done before is done, where nobody can be asked after it', async () => {
    for (const words of ['该结算已撤销', '该笔结算已经被撤销，不能重复撤销', '重复撤销', '已退费，不能再次退费']) {
      expect(await voiding(words, 'none')).toEqual({ outcome: 'ok', value: { settlementId: '' } });
      // Where it can be asked after, the answer counts and not the words.
      expect(await voiding(words, '5203-by-visit')).toMatchObject({ outcome: 'refused' });
    }
  });

  test('for any other reason is refused', async () => {
    for (const words of ['未撤销成功', '跨月结算不能撤销', '已清算，不能撤销', '该报文已冲正，不能再次撤销']) {
      expect(await voiding(words, 'none')).toMatchObject({ outcome: 'refused' });
    }
  });
});
