/** The POS module's driver on the module's twin: what a cashier's desk sees on an ordinary day. */
import { describe, expect, test } from 'vitest';
import { BALANCE_FEN, ORDER, onBench, SALE_MS } from './terminal-bench.ts';

const ASK = { timeoutMs: 45_000 };

describe('a sale', () => {
  test('is one debit with the bank’s number, and of the card the host learns four digits', async () => {
    const { driver, pay, card, acquirer, events } = await onBench();
    expect(driver.state).toBe('online');
    expect(driver.identity).toBe('99000001');
    expect(await pay()).toEqual({
      done: true,
      value: {
        ...ORDER,
        state: 'approved',
        referenceNumber: 'RRN000000001',
        batchNumber: '000001',
        traceNumber: '000001',
        cardTail: '0001',
      },
    });
    expect(card.balanceFen).toBe(BALANCE_FEN - 3_000);
    expect(acquirer.keptFen(ORDER.orderNumber)).toBe(3_000);
    expect(events.map((event) => event.event === 'saleProgress' && event.progress)).toEqual([
      'cardWanted',
      'cardRead',
      'authorising',
    ]);
    expect(driver.owed).toBeUndefined();
    await driver.close();
  });

  test('a chip in the slot, or more than 1 000 yuan by tap, wants the password first', async () => {
    const { driver, pos, card, clock, ended } = await onBench();
    const selling = driver.sale(ORDER, { timeoutMs: SALE_MS });
    await clock.pass(100);
    pos.insertCard(card);
    await clock.pass(5_000);
    expect(pos.shows).toBe('pleasePin');
    expect(card.balanceFen).toBe(BALANCE_FEN);
    pos.enterPin();
    expect(await ended(selling)).toMatchObject({ done: true });
    await driver.close();
  });

  test('declined by the bank, it takes nothing and the next card may pay', async () => {
    const { driver, pay, card } = await onBench();
    card.refuses = true;
    expect(await pay()).toMatchObject({ done: false, fault: 'declined', effect: 'none' });
    expect(driver.owed).toBeUndefined();
    card.refuses = false;
    expect(await pay()).toMatchObject({ done: true });
    await driver.close();
  });

  test('the red key, or a patient who walks away, ends it with nothing taken', async () => {
    const { driver, pos, clock, ended } = await onBench();
    const selling = driver.sale(ORDER, { timeoutMs: SALE_MS });
    await clock.pass(1_000);
    pos.cancel();
    expect(await ended(selling)).toMatchObject({ fault: 'canceled', effect: 'none' });
    const offer = new AbortController();
    const again = driver.sale({ ...ORDER, orderNumber: 'pay_2' }, { timeoutMs: SALE_MS, signal: offer.signal });
    await clock.pass(1_000);
    expect(pos.shows).toBe('pleaseCard');
    offer.abort();
    expect(await ended(again)).toMatchObject({ fault: 'canceled', effect: 'none' });
    expect(pos.shows).toBe('ready');
    await driver.close();
  });

  test('that waits behind another one is taken back at once, and was never sent', async () => {
    const { driver, pos, clock, ended, card } = await onBench();
    const first = driver.sale(ORDER, { timeoutMs: SALE_MS });
    const offer = new AbortController();
    const second = driver.sale({ ...ORDER, orderNumber: 'pay_2' }, { timeoutMs: SALE_MS, signal: offer.signal });
    await clock.pass(100);
    offer.abort();
    await clock.drain();
    expect(await second).toMatchObject({ fault: 'canceled', detail: 'never started', effect: 'none' });
    pos.tap(card);
    expect(await ended(first)).toMatchObject({ done: true });
    await driver.close();
  });

  test('withdrawn after the card was read, it is still what the bank says', async () => {
    const { driver, pos, clock, ended, card, acquirer } = await onBench();
    const offer = new AbortController();
    const selling = driver.sale(ORDER, { timeoutMs: SALE_MS, signal: offer.signal });
    await clock.pass(100);
    pos.tap(card);
    offer.abort();
    expect(await ended(selling)).toMatchObject({ done: true, value: { state: 'approved' } });
    expect(acquirer.keptFen(ORDER.orderNumber)).toBe(3_000);
    await driver.close();
  });

  test('without paper is not begun', async () => {
    const { driver, pos, pay, card } = await onBench();
    pos.paperOut();
    expect(await pay()).toMatchObject({ fault: 'paperOut', effect: 'none' });
    pos.loadPaper();
    expect(await pay()).toMatchObject({ done: true });
    expect(card.balanceFen).toBe(BALANCE_FEN - 3_000);
    await driver.close();
  });

  test('while the line to the bank is down takes nothing that is not given back', async () => {
    const { driver, pos, pay, card, ended } = await onBench();
    pos.bankLine.cutAfter = pos.bankLine.passed;
    expect(await pay()).toMatchObject({ fault: 'acquirerUnreachable', effect: 'unknown' });
    expect(driver.owed).toBe(ORDER.orderNumber);
    expect(await ended(driver.sale({ ...ORDER, orderNumber: 'pay_2' }, { timeoutMs: SALE_MS }))).toMatchObject({
      fault: 'outcomeOwed',
      effect: 'none',
    });
    pos.bankLine.mend();
    expect(await ended(driver.lookUp(ORDER.orderNumber, ASK))).toMatchObject({ value: { state: 'reversed' } });
    expect(driver.owed).toBeUndefined();
    expect(card.balanceFen).toBe(BALANCE_FEN);
    await driver.close();
  });

  test.each([
    ['no amount', { ...ORDER, amountFen: 0 }],
    ['part of a fen', { ...ORDER, amountFen: 0.5 }],
    ['a number too long for its field', { ...ORDER, orderNumber: 'x'.repeat(33) }],
    ['a number with a separator in it', { ...ORDER, orderNumber: 'a\u001cb' }],
  ])('of %s is refused before anything is sent', async (_what, order) => {
    const { driver, line } = await onBench();
    const before = line.passed;
    expect(await driver.sale(order, { timeoutMs: SALE_MS })).toMatchObject({ fault: 'invalidData', effect: 'none' });
    expect(line.passed).toBe(before);
    await driver.close();
  });
});

describe('money back and the end of the day', () => {
  test('a void, a later refund, its state, totals and the close of the batch', async () => {
    const { driver, pay, ended, card, clock, acquirer } = await onBench();
    acquirer.refundTakesMs = 86_400_000;
    await pay();
    await pay({ orderNumber: 'pay_2', amountFen: 5_000 });
    const whole = { ...ORDER, refundNumber: 'ref_1', as: 'void' } as const;
    expect(await ended(driver.giveBack(whole, ASK))).toEqual({ done: true, value: 'returned' });
    expect(await ended(driver.lookUp(ORDER.orderNumber, ASK))).toMatchObject({ value: { state: 'returned' } });
    const part = { orderNumber: 'pay_2', refundNumber: 'ref_2', amountFen: 2_000, as: 'refund' } as const;
    expect(await ended(driver.giveBack(part, ASK))).toEqual({ done: true, value: 'pending' });
    expect(await ended(driver.totals(ASK))).toEqual({
      done: true,
      value: { batchNumber: '000001', sales: { count: 2, fen: 8_000 }, returns: { count: 2, fen: 5_000 } },
    });
    expect(await ended(driver.settleBatch('000001', ASK))).toEqual({ done: true, value: undefined });
    expect(await ended(driver.settleBatch('000001', ASK))).toEqual({ done: true, value: undefined });
    expect(
      await ended(driver.giveBack({ ...whole, refundNumber: 'ref_3', orderNumber: 'pay_2', amountFen: 5_000 }, ASK)),
    ).toMatchObject({
      fault: 'batchOver',
      effect: 'none',
    });
    await clock.pass(86_400_000);
    expect(await ended(driver.giveBackState('ref_2', ASK))).toEqual({ done: true, value: 'returned' });
    expect(await ended(driver.giveBackState('ref_9', ASK))).toEqual({ done: true, value: 'notFound' });
    expect(card.balanceFen).toBe(BALANCE_FEN - 3_000);
    await driver.close();
  });

  test('a reversal ends an order for good, and does not touch one that is approved', async () => {
    const { driver, pay, ended } = await onBench();
    expect(await ended(driver.reverse('pay_9', ASK))).toEqual({ done: true, value: undefined });
    expect(await pay({ ...ORDER, orderNumber: 'pay_9' })).toMatchObject({ fault: 'closed', effect: 'none' });
    await pay();
    expect(await ended(driver.reverse(ORDER.orderNumber, ASK))).toMatchObject({ fault: 'approved', effect: 'none' });
    expect(await ended(driver.lookUp(undefined, ASK))).toMatchObject({ value: { orderNumber: ORDER.orderNumber } });
    expect(await ended(driver.lookUp('pay_0', ASK))).toEqual({ done: true, value: undefined });
    await driver.close();
  });

  test('a power cut costs the module its keys: the next sale signs in first', async () => {
    const { driver, pos, pay } = await onBench();
    pos.cutPower();
    pos.powerUp();
    expect(await pay()).toMatchObject({ fault: 'deviceNotReady', effect: 'none' });
    expect(await pay()).toMatchObject({ done: true });
    await driver.close();
  });
});

describe('a module that sends the card number', () => {
  test('has its debit told and its number dropped, and takes no more sales', async () => {
    const { driver, pos, pay, card, events, ended } = await onBench();
    pos.faults.sendsCardNumber = true;
    const sold = await pay();
    expect(sold).toMatchObject({ done: true, value: { state: 'approved', cardTail: undefined } });
    expect(driver.state).toBe('potentialFraud');
    expect(driver.capabilities()).toMatchObject({ cardNumberLeavesModule: true });
    expect(events).toContainEqual({ event: 'cardNumberRefused' });
    const everything = JSON.stringify([sold, events, driver.lastFault, driver.capabilities()]);
    expect(everything).not.toContain(card.number.slice(0, 8));
    expect(await ended(driver.sale({ ...ORDER, orderNumber: 'pay_2' }, { timeoutMs: SALE_MS }))).toMatchObject({
      fault: 'fraudAttempt',
      effect: 'none',
    });
    await driver.close();
  });
});
