import { expect, test } from 'vitest';
import { askJson, onBench, PAYMENT_TOKEN } from './parties-bench.ts';

function atBroker() {
  const bench = onBench();
  const { payment } = bench.parties;
  const post = (path: string, body: unknown) => askJson(payment, PAYMENT_TOKEN, 'POST', `/v1/${path}`, body);
  const get = (path: string) => askJson(payment, PAYMENT_TOKEN, 'GET', `/v1/${path}`);
  const create = (change: object = {}) =>
    post('orders', { orderNumber: 'P1', amountFen: 19_025, lifeMs: 120_000, merchantId: 'M1', ...change });
  const charge = (authCode: string, amountFen = 19_025) =>
    post('orders/P1/charge', { amountFen, authCode, merchantId: 'M1' });
  const refund = (refundNumber: string, amountFen: number) =>
    post('refunds', { orderNumber: 'P1', refundNumber, amountFen });
  return { ...bench, payment, post, get, create, charge, refund, wallet: bench.parties.wallet };
}

test('a scanned order is paid from the wallet by its route', () => {
  const { create, get, payment, wallet } = atBroker();
  const { payCode } = create().body;
  expect(get('orders/P1').body).toEqual({ orderNumber: 'P1', state: 'waiting', paidFen: 0, route: null });
  expect(payment.scanAndPay(payCode, wallet('zhang'))).toBe('paid');
  expect(get('orders/P1').body).toEqual({ orderNumber: 'P1', state: 'paid', paidFen: 19_025, route: 'wechat' });
  expect(wallet('zhang').balanceFen).toBe(500_000 - 19_025);
  expect(payment.scanAndPay(payCode, wallet('rare'))).toBe('closed');
});

test('creating an order again is harmless; with another amount it is not', () => {
  const { create, payment, wallet } = atBroker();
  const first = create();
  expect(create()).toEqual(first);
  expect(create({ amountFen: 19_026 }).body.reason).toBe('amount');
  payment.scanAndPay(first.body.payCode, wallet('zhang'));
  expect(create().body.reason).toBe('paid');
  expect(create({ orderNumber: 'P2', amountFen: 0 }).body.reason).toBe('amount');
});

test('an order ends by the broker’s clock', () => {
  const { create, get, clock, payment, wallet } = atBroker();
  const { payCode } = create().body;
  clock.pass(119_999);
  expect(get('orders/P1').body.state).toBe('waiting');
  clock.pass(1);
  expect(get('orders/P1').body.state).toBe('closed');
  expect(payment.scanAndPay(payCode, wallet('zhang'))).toBe('closed');
  expect(create().body.reason).toBe('closed');
});

test('while the password is typed the order cannot be closed, and it may still be paid after its end', () => {
  const { create, post, get, clock, payment, wallet } = atBroker();
  const { payCode } = create({ lifeMs: 10_000 }).body;
  expect(payment.scanAndPay(payCode, wallet('li'))).toBe('asksPassword');
  expect(get('orders/P1').body.state).toBe('userPaying');
  expect(post('orders/P1/close', {}).body.reason).toBe('userPaying');
  clock.pass(20_000);
  expect(payment.typePassword(wallet('li'))).toBe('paid');
  expect(get('orders/P1').body).toMatchObject({ state: 'paid', route: 'alipay' });
});

test('a password page that is left alone lets go after 45 s', () => {
  const { create, get, clock, payment, wallet } = atBroker();
  payment.scanAndPay(create().body.payCode, wallet('li'));
  clock.pass(45_000);
  expect(get('orders/P1').body.state).toBe('waiting');
  expect(payment.typePassword(wallet('li'))).toBe('notAsked');
});

test('asking for an unknown order leaves no mark: the late charge still takes the money', () => {
  const { get, charge, payment, wallet } = atBroker();
  expect(get('orders/P1')).toMatchObject({ status: 404, body: { reason: 'notFound' } });
  const code = payment.showPayCode(wallet('zhang'));
  expect(charge(code).body).toMatchObject({ state: 'paid', paidFen: 19_025 });
});

test('closing an unknown order makes the tombstone that stops a late charge', () => {
  const { post, get, charge, create, payment, wallet } = atBroker();
  expect(post('orders/P1/close', {})).toEqual({ status: 200, body: {} });
  expect(charge(payment.showPayCode(wallet('zhang'))).body.reason).toBe('closed');
  expect(create().body.reason).toBe('closed');
  expect(get('orders/P1').body.state).toBe('closed');
  expect(post('orders/P1/close', {}).status).toBe(200);
  expect(wallet('zhang').balanceFen).toBe(500_000);
});

test('a payment code has its route’s form, works once, and not after a minute', () => {
  const { charge, clock, payment, wallet, post } = atBroker();
  expect(payment.showPayCode(wallet('zhang'))).toMatch(/^1[0-5]\d{16}$/);
  expect(payment.showPayCode(wallet('li'))).toMatch(/^28\d{16}$/);
  expect(payment.showPayCode(wallet('chen'))).toMatch(/^62\d{17}$/);
  const code = payment.showPayCode(wallet('zhang'));
  expect(charge(code).status).toBe(200);
  expect(charge(code).body.reason).toBe('paid');
  const again = { amountFen: 100, authCode: code, merchantId: 'M1' };
  expect(post('orders/P2/charge', again).body.reason).toBe('badCode');
  const stale = payment.showPayCode(wallet('zhang'));
  clock.pass(60_000);
  expect(post('orders/P2/charge', { ...again, authCode: stale }).body.reason).toBe('badCode');
});

test('a charge that asks for a password answers userPaying, again and again, and then paid', () => {
  const { charge, get, payment, wallet } = atBroker();
  const code = payment.showPayCode(wallet('li'));
  expect(charge(code).body.state).toBe('userPaying');
  expect(charge(code).body.state).toBe('userPaying');
  expect(payment.typePassword(wallet('li'))).toBe('paid');
  expect(get('orders/P1').body.state).toBe('paid');
});

test('an empty wallet is insufficientFunds and nothing moves', () => {
  const { charge, create, payment, wallet } = atBroker();
  expect(charge(payment.showPayCode(wallet('zhou'))).body.reason).toBe('insufficientFunds');
  expect(payment.scanAndPay(create({ orderNumber: 'P2' }).body.payCode, wallet('zhou'))).toBe('insufficientFunds');
  expect(wallet('zhou').balanceFen).toBe(0);
});

test('a refund goes back to the payer once per refund number and never beyond the charge', () => {
  const { create, refund, get, payment, wallet, parties } = atBroker();
  expect(refund('R1', 100).body.reason).toBe('notPaid');
  payment.scanAndPay(create().body.payCode, wallet('zhang'));
  expect(refund('R1', 9_025).status).toBe(200);
  expect(refund('R1', 9_025).status).toBe(200);
  expect(refund('R1', 9_026).body.reason).toBe('amount');
  expect(get('orders/P1').body.state).toBe('paid');
  expect(refund('R2', 10_001).body.reason).toBe('amount');
  expect(refund('R2', 10_000).status).toBe(200);
  expect(get('orders/P1').body).toMatchObject({ state: 'refunded', paidFen: 19_025 });
  expect(wallet('zhang').balanceFen).toBe(500_000);
  expect(get('refunds/R2').body).toEqual({ state: 'refunded' });
  expect(get('refunds/R3').status).toBe(404);
  expect(parties.ledger.charges()).toMatchObject([{ paidFen: 19_025, refundedFen: 19_025, refunds: 2 }]);
});

test('a paid or refunded order cannot be closed', () => {
  const { create, post, refund, payment, wallet } = atBroker();
  payment.scanAndPay(create().body.payCode, wallet('zhang'));
  expect(post('orders/P1/close', {}).body.reason).toBe('paid');
  refund('R1', 19_025);
  expect(post('orders/P1/close', {}).body.reason).toBe('paid');
});

test('amounts that are no whole fen, a foreign merchant and a bad token are turned away', () => {
  const { create, payment } = atBroker();
  for (const amountFen of [1.5, '100', null, -1, 1e15])
    expect(create({ amountFen }).status, String(amountFen)).toBe(400);
  expect(create({ merchantId: 'M2' }).status).toBe(400);
  expect(askJson(payment, 'wrong', 'GET', '/v1/orders/P1').status).toBe(401);
});
