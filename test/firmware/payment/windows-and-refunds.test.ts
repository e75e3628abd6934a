/** The windows of the channels and every way a refund can go, with the real client at the virtual broker. */
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../drivers/secret.ts';
import { HttpPaymentGateway } from '../../../firmware/payment/http-payment-gateway.ts';
import type { ChannelRules } from '../../../hardware-sim/parties/payment/channel-rules.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { contract } from '../contract-document.ts';
import { config } from '../kiosk-fixture.ts';
import { virtualParties } from '../parties-http.ts';

const order = { orderNumber: 'ord_1', amountFen: 10_000 };
const DAY_MS = 86_400_000;

function atBroker(channels: Partial<ChannelRules> = {}, whose = 'zhang') {
  const clock = new ManualClock();
  const { parties, http } = virtualParties(clock, { bills: [], channels });
  const payment = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
  const wallet = parties.wallet(whose);
  const document = contract('payment');
  const pay = async (orderNumber = 'ord_1') => {
    const created = await payment.createOrder({ ...order, orderNumber, lifeMs: 120_000 });
    if (created.outcome !== 'ok') throw new Error(created.outcome);
    return parties.payment.scanAndPay(created.value.payCode, wallet);
  };
  const refund = async (refundNumber: string, amountFen: number, orderNumber = 'ord_1') => {
    const answer = await payment.refund({ orderNumber, refundNumber, amountFen });
    return answer.outcome === 'ok' ? answer.value : answer.outcome === 'refused' ? answer.reason : answer.outcome;
  };
  const state = async (refundNumber: string) => {
    const answer = await payment.refundState(refundNumber);
    return answer.outcome === 'ok' ? answer.value : answer.outcome;
  };
  const everyExchangeFits = () =>
    expect(http.exchanges.map((exchange) => document.faultIn(exchange)).filter(Boolean)).toEqual([]);
  return { clock, parties, payment, wallet, pay, refund, state, everyExchangeFits };
}

describe('closing', () => {
  test('an order is not closed before the channel’s window, and may be paid until it is', async () => {
    const { payment, clock, parties, wallet, everyExchangeFits } = atBroker({ closeNotBeforeMs: 300_000 });
    const created = await payment.createOrder({ ...order, lifeMs: 600_000 });
    if (created.outcome !== 'ok') throw new Error(created.outcome);
    await clock.pass(299_999);
    expect(await payment.close('ord_1')).toMatchObject({ outcome: 'refused', reason: 'tooEarly' });
    expect(parties.payment.scanAndPay(created.value.payCode, wallet)).toBe('paid');
    await clock.pass(1);
    expect(await payment.close('ord_1')).toMatchObject({ reason: 'paid' });
    everyExchangeFits();
  });

  test('a charge by a shown code is not taken back within its first 15 s', async () => {
    const { payment, clock, parties, everyExchangeFits } = atBroker({}, 'zhou');
    const code = new Secret(parties.payment.showPayCode(parties.wallet('zhou')));
    expect(await payment.chargeByCode(order, code)).toMatchObject({ reason: 'insufficientFunds' });
    await clock.pass(14_999);
    expect(await payment.close('ord_1')).toMatchObject({ reason: 'tooEarly' });
    await clock.pass(1);
    expect(await payment.close('ord_1')).toMatchObject({ outcome: 'ok' });
    everyExchangeFits();
  });

  test('an order that the broker has never seen gets its tombstone at once', async () => {
    const { payment } = atBroker({ closeNotBeforeMs: 300_000 });
    expect(await payment.close('ord_9')).toMatchObject({ outcome: 'ok' });
  });
});

describe('a refund', () => {
  test('goes back in parts, each number once, and never beyond what was paid', async () => {
    const { pay, refund, state, wallet, payment, everyExchangeFits } = atBroker();
    await pay();
    expect(await refund('ref_1', 3_000)).toBe('refunded');
    expect(await refund('ref_1', 3_000)).toBe('refunded');
    expect(await refund('ref_1', 3_001)).toBe('amount');
    expect(await refund('ref_2', 7_001)).toBe('amount');
    expect(wallet.balanceFen).toBe(500_000 - 7_000);
    expect(await payment.query('ord_1')).toMatchObject({ value: { state: 'paid', paidFen: 10_000 } });
    expect(await refund('ref_2', 7_000)).toBe('refunded');
    expect(await payment.query('ord_1')).toMatchObject({ value: { state: 'refunded', paidFen: 10_000 } });
    expect(await state('ref_3')).toBe('notFound');
    everyExchangeFits();
  });

  test('that is taken in is pending, moves nothing, and is done later', async () => {
    const { pay, refund, state, wallet, clock, everyExchangeFits } = atBroker({ refundTakesMs: DAY_MS });
    await pay();
    expect(await refund('ref_1', 4_000)).toBe('pending');
    expect(await refund('ref_2', 6_001)).toBe('amount');
    await clock.pass(DAY_MS - 1);
    expect(await state('ref_1')).toBe('pending');
    expect(wallet.balanceFen).toBe(490_000);
    await clock.pass(1);
    expect(await state('ref_1')).toBe('refunded');
    expect(await refund('ref_1', 4_000)).toBe('refunded');
    expect(wallet.balanceFen).toBe(494_000);
    everyExchangeFits();
  });

  test('that fails after it was taken in has given nothing, stays failed, and leaves the money to be given by another', async () => {
    const { pay, refund, state, wallet, clock, parties, everyExchangeFits } = atBroker({ refundTakesMs: 1_000 });
    await pay();
    parties.payment.book.refunds.failing = true;
    expect(await refund('ref_1', 10_000)).toBe('pending');
    parties.payment.book.refunds.failing = false;
    await clock.pass(1_000);
    expect(await state('ref_1')).toBe('failed');
    expect(await refund('ref_1', 10_000)).toBe('failed');
    expect(wallet.balanceFen).toBe(490_000);
    expect(await refund('ref_2', 10_000)).toBe('pending');
    everyExchangeFits();
  });

  test('finds an old route and a closed account expired; a number that was done before stays done', async () => {
    const { pay, refund, clock, parties, wallet, everyExchangeFits } = atBroker();
    await pay();
    await clock.pass(365 * DAY_MS - 1);
    expect(await refund('ref_1', 1_000)).toBe('refunded');
    await clock.pass(1);
    expect(await refund('ref_2', 1_000)).toBe('expired');
    expect(await refund('ref_1', 1_000)).toBe('refunded');
    await pay('ord_2');
    parties.payment.book.refunds.closeAccount(wallet);
    expect(await refund('ref_3', 1_000, 'ord_2')).toBe('expired');
    everyExchangeFits();
  });
});

describe('a channel’s file', () => {
  test('[part of Z-7.5] a charge at night and its refund the next day stand in the files of their own days', async () => {
    // ManualClock begins at 09:00 Beijing time on 22 November.
    const { pay, refund, payment, clock, everyExchangeFits } = atBroker({}, 'zhang');
    await clock.pass(14 * 3_600_000 + 1_800_000);
    await pay();
    await clock.pass(3_600_000);
    await refund('ref_1', 4_000);
    expect(await payment.channelStatement('2026-11-22', 'wechat')).toMatchObject({ reason: 'notYet' });
    await clock.pass(2 * DAY_MS);
    const first = await payment.channelStatement('2026-11-22', 'wechat');
    expect(first).toMatchObject({ value: { cutOff: '00:00:00', rows: [{ kind: 'charge', amountFen: 10_000 }] } });
    const second = await payment.channelStatement('2026-11-23', 'wechat');
    expect(second).toMatchObject({
      value: { rows: [{ kind: 'refund', orderNumber: 'ord_1', refundNumber: 'ref_1', amountFen: 4_000 }] },
    });
    everyExchangeFits();
  });

  test('a cut-off in the evening begins the next day’s file', async () => {
    const { payment, parties, clock, everyExchangeFits } = atBroker({}, 'chen');
    const charge = async (orderNumber: string) => {
      const created = await payment.createOrder({ ...order, orderNumber, lifeMs: 120_000 });
      if (created.outcome !== 'ok') throw new Error(created.outcome);
      parties.payment.scanAndPay(created.value.payCode, parties.wallet('chen'));
      parties.payment.typePassword(parties.wallet('chen'));
    };
    await clock.pass(14 * 3_600_000 - 1_000);
    await charge('ord_1');
    await clock.pass(1_000);
    await charge('ord_2');
    await clock.pass(2 * DAY_MS);
    const orders = async (date: string) => {
      const answer = await payment.channelStatement(date, 'unionPay');
      return answer.outcome === 'ok' ? answer.value.rows.map(({ orderNumber }) => orderNumber) : answer.outcome;
    };
    expect(await orders('2026-11-22')).toEqual(['ord_1']);
    expect(await orders('2026-11-23')).toEqual(['ord_2']);
    everyExchangeFits();
  });

  test('of a channel that is not this merchant’s is refused', async () => {
    const { payment, everyExchangeFits } = atBroker();
    expect(await payment.channels()).toMatchObject({ value: expect.arrayContaining(['wechat', 'alipay', 'unionPay']) });
    expect(await payment.channelStatement('2026-11-20', 'barter')).toMatchObject({ reason: 'unknownChannel' });
    everyExchangeFits();
  });
});

test('a kiosk never believes half an answer: cut after any byte, it is no answer, and the question tells the truth', async () => {
  const { clock, parties, wallet } = atBroker();
  const { http } = virtualParties(clock, { bills: [] });
  const whole = new HttpPaymentGateway({ http, gateway: config.paymentGateway });
  await whole.createOrder({ ...order, lifeMs: 120_000 });
  let cutAt = 0;
  let length = 1;
  const cutting = {
    request: async (request: Parameters<typeof http.request>[0]) => {
      const answer = await http.request(request);
      length = answer.body.length;
      return { ...answer, body: answer.body.subarray(0, cutAt) };
    },
  };
  const half = new HttpPaymentGateway({ http: cutting, gateway: config.paymentGateway });
  for (cutAt = 0; cutAt < length; cutAt += 1) {
    const seen = await half.query('ord_1');
    expect(seen.outcome, `after ${cutAt} bytes`).toBe('unknown');
  }
  expect(await half.query('ord_1')).toMatchObject({ outcome: 'ok', value: { state: 'waiting' } });
  expect(parties.ledger.liveCharges()).toEqual([]);
  expect(wallet.balanceFen).toBe(500_000);
});
