/** 退费凭条: what is back, what is not, and until when what is not will be. */
import { describe, expect, test } from 'vitest';
import { refundSlip } from '../../../firmware/documents/refund-slip.ts';
import { promisedDay } from '../../../firmware/documents/way-rows.ts';
import type { RefundBill } from '../../../firmware/hospital/bill.ts';
import type { ReturnView } from '../../../firmware/settlement/settlements.ts';
import { decodePaper } from '../../../hardware-sim/devices/receipt-printer/paper-decode.ts';
import { bill, config, profile } from '../kiosk-fixture.ts';
import { bytesOf } from './slip-bench.ts';

const former = { settlementNumber: 'set_cuxmysf9h2jd', ownFen: 19_025, accountFen: 0 };
const undone = { ...bill([]), flow: 'refund', refund: { former } } as unknown as RefundBill;

const paper = (...states: readonly ReturnView['state'][]): readonly string[] =>
  decodePaper(
    bytesOf(
      refundSlip({
        ...{ config, profile: profile(), language: 'zh', maskedName: '张*一', bill: undone, copy: 1 },
        ...{ number: 'set_cuxmysf9h2jd', receiptNumber: 'R990002', ownFen: 0, backFen: 19_025, accountBackFen: 0 },
        returns: states.map((state, at) => ({ refundNumber: `r${at}`, amountFen: 100, by: 'code', state })),
        printedAt: '2026-12-28 23:59:59',
      }),
    ),
  ).lines;

describe('the day that is promised', () => {
  test('stands under each part that is still open, and under none that is back or waits at the counter', () => {
    const rows = paper('done', 'underWay', 'atCashier', 'refused').filter((row) =>
      /退回手机|已退回|正在退回|请凭本单|没有退成|最迟/.test(row),
    );
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual([
      '退回手机付款账户 1.00',
      '已退回',
      '退回手机付款账户 1.00',
      '正在退回,还没有到账',
      '最迟到账 2027-01-04',
      '退回手机付款账户 1.00',
      '请凭本单和身份证到窗口领取',
      '退回手机付款账户 1.00',
      '没有退成,工作人员正在处理',
      '最迟答复 2027-01-04',
    ]);
    expect(paper('done').join('\n')).not.toMatch(/最迟|还有钱没有退到/);
  });

  test('is the place’s own count of days where it has one', () => {
    const money = { ...profile().money, backWithinDays: 15 };
    expect(promisedDay({ money }, '2026-02-20 08:00:00')).toBe('2026-03-07');
    expect(promisedDay({ money }, 'no time')).toBeUndefined();
  });
});
