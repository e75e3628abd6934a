/** The settlement's card gateway on the real driver: device words become the words of a payment route. */
import { describe, expect, test } from 'vitest';
import { TerminalCardGateway } from '../../../firmware/payment/card-gateway.ts';
import { DeviceBankTerminal } from '../../../firmware/payment/device-bank-terminal.ts';
import { onBench } from '../../drivers/bank-terminal/terminal-bench.ts';

const ORDER = { orderNumber: 'pay_1', amountFen: 3_000 };
const never = new AbortController().signal;

async function atGateway() {
  const bench = await onBench();
  const gateway = new TerminalCardGateway(new DeviceBankTerminal(bench.driver));
  const pay = async (order = ORDER, signal = never) => {
    const charging = gateway.chargeCard(order, signal);
    await bench.clock.pass(100);
    bench.pos.tap(bench.card);
    return bench.ended(charging);
  };
  return { ...bench, gateway, pay };
}

describe('a card payment through the cabinet’s terminal', () => {
  test('is paid, given back as a void, and ended by reversal, each in the route’s own words', async () => {
    const { gateway, pay, ended, card, driver } = await atGateway();
    expect(await pay()).toMatchObject({ outcome: 'ok', value: { state: 'paid', paidFen: 3_000, route: 'card' } });
    expect(await ended(gateway.close('pay_1'))).toMatchObject({ outcome: 'refused', reason: 'paid' });
    expect(await pay()).toMatchObject({ outcome: 'refused', reason: 'paid' });
    const back = { ...ORDER, refundNumber: 'ref_1' };
    expect(await ended(gateway.refund(back))).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(await ended(gateway.refundState('ref_1'))).toEqual({ outcome: 'ok', value: 'refunded' });
    expect(await ended(gateway.query('pay_1'))).toMatchObject({ value: { state: 'refunded' } });
    expect(await ended(gateway.query('pay_0'))).toMatchObject({ value: { state: 'notFound' } });
    expect(card.balanceFen).toBe(100_000);
    await driver.close();
  });

  test('a declined card, a walk-away and a tombstone are refused, nothing taken', async () => {
    const { gateway, pay, ended, card, clock, driver } = await atGateway();
    card.refuses = true;
    expect(await pay()).toMatchObject({ outcome: 'refused', reason: 'declined' });
    const offer = new AbortController();
    const charging = gateway.chargeCard({ ...ORDER, orderNumber: 'pay_2' }, offer.signal);
    await clock.pass(100);
    expect(await ended(gateway.close('pay_2'))).toMatchObject({ reason: 'userPaying' });
    offer.abort();
    expect(await ended(charging)).toMatchObject({ outcome: 'refused', reason: 'cancelled' });
    expect(await ended(gateway.close('pay_2'))).toMatchObject({ outcome: 'ok' });
    card.refuses = false;
    expect(await pay({ ...ORDER, orderNumber: 'pay_2' })).toMatchObject({ reason: 'closed' });
    expect(card.balanceFen).toBe(100_000);
    await driver.close();
  });

  test('a cut line is unknown, and found out afterwards', async () => {
    const { gateway, pay, ended, line, acquirer, clock, driver } = await atGateway();
    line.disturb('pulled', 130);
    expect(await pay()).toMatchObject({ outcome: 'unknown' });
    expect(await ended(gateway.query('pay_1'))).toMatchObject({ outcome: 'unknown' });
    line.mend();
    await clock.pass(10_000);
    const seen = await ended(gateway.query('pay_1'));
    expect(seen).toMatchObject({ outcome: 'ok', value: { paidFen: acquirer.keptFen('pay_1') } });
    await driver.close();
  });

  test('a terminal that is not there takes nothing and says so', async () => {
    const { pay, pos, driver } = await atGateway();
    pos.unplug();
    expect(await pay()).toMatchObject({ outcome: 'refused', reason: 'outOfService' });
    await driver.close();
  });
});
