import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import { type HttpAnswer, HttpFailure } from '../../../firmware/ports.ts';
import { AnsweringHttp, answered } from '../../support/answering-http.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { contract } from '../contract-document.ts';
import { config } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';

const order = { orderNumber: 'ord_1', amountFen: 19_025 };
const gatewayThat = (answer: HttpAnswer | HttpFailure) =>
  new HttpPaymentGateway({ http: new AnsweringHttp(() => answer), gateway: config.paymentGateway });

describe('the payment gateway', () => {
  test('an order is paid only when the broker says so of this very order', async () => {
    const paid = { orderNumber: 'ord_1', state: 'paid', paidFen: 19_025, route: 'wechat' };
    expect(await gatewayThat(answered(paid)).query('ord_1')).toEqual({ outcome: 'ok', value: paid });
    for (const wrong of [
      { orderNumber: 'ord_2' },
      { state: 'PAID' },
      { paidFen: '19025' },
      { paidFen: null },
      { paidFen: -1 },
    ]) {
      expect(await gatewayThat(answered({ ...paid, ...wrong })).query('ord_1')).toMatchObject({ outcome: 'malformed' });
    }
  });

  test('a charge without a whole answer may have been paid', async () => {
    for (const doubt of [
      new HttpFailure('unknown', 'reset', ''),
      answered('gateway', 502),
      answered('<html>ok</html>'),
      answered('{"state":"pa'),
    ]) {
      expect((await gatewayThat(doubt).chargeByCode(order, new Secret('134567890123456789'))).outcome).toBe('unknown');
    }
  });

  test('an order or refund that nobody knows is notFound, a missing path is not', async () => {
    const notFound = answered({ reason: 'notFound', detail: '' }, 404);
    expect(await gatewayThat(notFound).query('ord_1')).toMatchObject({
      outcome: 'ok',
      value: { state: 'notFound', paidFen: 0 },
    });
    expect(await gatewayThat(notFound).refundState('ref_1')).toEqual({ outcome: 'ok', value: 'notFound' });
    expect(await gatewayThat(answered('<html>404</html>', 404)).query('ord_1')).toMatchObject({ outcome: 'unknown' });
    expect(await gatewayThat(notFound).close('ord_1')).toMatchObject({ outcome: 'malformed' });
  });
});

describe('against the virtual broker, every exchange fits the OpenAPI document', () => {
  test('by scanning, by shown code, close, refund, and their refusals', async () => {
    const { parties, http } = virtualParties(new ManualClock());
    const payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
    const wallet = parties.wallet('zhang');
    expect(await payment.query('ord_1')).toMatchObject({ value: { state: 'notFound' } });
    const created = await payment.createOrder({ ...order, lifeMs: 120_000 });
    if (created.outcome !== 'ok') throw new Error(created.outcome);
    expect(await payment.createOrder({ ...order, lifeMs: 120_000 })).toEqual(created);
    expect(await payment.createOrder({ orderNumber: 'ord_1', amountFen: 1, lifeMs: 120_000 })).toMatchObject({
      reason: 'amount',
    });
    expect(parties.payment.scanAndPay(created.value.payCode, wallet)).toBe('paid');
    expect(await payment.query('ord_1')).toMatchObject({ value: { state: 'paid', paidFen: 19_025, route: 'wechat' } });
    expect(await payment.close('ord_1')).toMatchObject({ reason: 'paid' });
    expect(await payment.refund({ ...order, refundNumber: 'ref_1', amountFen: 99_999 })).toMatchObject({
      reason: 'amount',
    });
    expect(await payment.refund({ ...order, refundNumber: 'ref_1' })).toMatchObject({ outcome: 'ok' });
    expect(await payment.refundState('ref_1')).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(await payment.refundState('ref_2')).toEqual({ outcome: 'ok', value: 'notFound' });

    const shown = { orderNumber: 'ord_2', amountFen: 100 };
    expect(await payment.chargeByCode(shown, new Secret('000'))).toMatchObject({ reason: 'badCode' });
    const code = new Secret(parties.payment.showPayCode(wallet));
    expect(await payment.chargeByCode(shown, code)).toMatchObject({ outcome: 'ok', value: { state: 'paid' } });
    expect(await payment.close('ord_3')).toMatchObject({ outcome: 'ok' });
    expect(await payment.createOrder({ ...order, orderNumber: 'ord_3', lifeMs: 1 })).toMatchObject({
      reason: 'closed',
    });

    expect(await payment.channels()).toMatchObject({ outcome: 'ok' });
    expect(await payment.channelStatement('2026-11-20', 'wechat')).toMatchObject({ value: { rows: [] } });

    const document = contract('payment');
    expect(http.exchanges.map((exchange) => document.faultIn(exchange)).filter(Boolean)).toEqual([]);
    const used = document.operations.filter(({ path, method }) =>
      http.exchanges.some(
        (one) =>
          one.method.toLowerCase() === method && new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(one.path),
      ),
    );
    expect(used).toHaveLength(document.operations.length);
  });
});
