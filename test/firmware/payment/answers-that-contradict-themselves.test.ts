/** What a broker or a proxy may say, and what is not believed. */
import { expect, test } from 'vitest';
import { HttpHospitalGateway } from '../../../firmware/hospital/http-hospital-gateway.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import type { HttpAnswer } from '../../../firmware/ports.ts';
import { AnsweringHttp, answered } from '../../support/answering-http.ts';
import { config } from '../kiosk-fixture.ts';

const broker = (answer: HttpAnswer) =>
  new HttpPaymentGateway({ http: new AnsweringHttp(() => answer), gateway: config.paymentGateway });
const hospital = (answer: HttpAnswer) =>
  new HttpHospitalGateway({ http: new AnsweringHttp(() => answer), gateway: config.hospitalGateway });

test('an order that is closed and has money in it is not believed to be unpaid, nor one that is paid with none', async () => {
  for (const [state, paidFen] of [
    ['closed', 19_025],
    ['waiting', 1],
    ['userPaying', 19_025],
    ['paid', 0],
  ] as const) {
    const answer = answered({ orderNumber: 'ord_1', state, paidFen, route: null });
    expect(await broker(answer).query('ord_1')).toMatchObject({ outcome: 'malformed' });
  }
});

test('an empty 200, as proxies give it, is no refund, no closed order and no lock', async () => {
  const nothing = answered('');
  const refund = { orderNumber: 'ord_1', refundNumber: 'ref_1', amountFen: 1 };
  expect(await broker(nothing).refund(refund)).toMatchObject({ outcome: 'unknown' });
  expect(await broker(nothing).close('ord_1')).toMatchObject({ outcome: 'unknown' });
  const lock = { billId: 'B1', version: 'v1', settlementNumber: 'set_1', ttlSeconds: 60 };
  expect(await hospital(nothing).lockBill(lock)).toMatchObject({ outcome: 'unknown' });
});

test('a code that no screen can show is no code', async () => {
  const answer = answered({ payCode: 'x'.repeat(5_000) });
  expect(await broker(answer).createOrder({ orderNumber: 'ord_1', amountFen: 1, lifeMs: 1 })).toMatchObject({
    outcome: 'malformed',
  });
});

test('a novel in place of the next step is cut, and the bill is confirmed', async () => {
  const amounts = { totalFen: 1, fundFen: 1, accountFen: 0, ownFen: 0 };
  const kept = { flow: 'outpatient', paidBy: 'none', payOrderNumber: undefined, returns: [] } as const;
  const answer = answered({ receiptNumber: 'R1', nextStep: '取'.repeat(100_000) });
  const confirmed = await hospital(answer).confirmBill('B1', { settlementNumber: 'set_1', ...amounts, ...kept });
  expect(confirmed).toMatchObject({ outcome: 'ok', value: { receiptNumber: 'R1', nextStep: '取'.repeat(200) } });
});
