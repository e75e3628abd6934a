/** The POS module's line against modules that misbehave: said by hand, byte by byte. */
import { expect, test } from 'vitest';
import { SerialBankTerminal } from '../../../drivers/bank-terminal/serial-bank-terminal.ts';

import { posModule } from '../../../drivers/bank-terminal/terminal-profile-table.ts';
import { TerminalWire } from '../../../drivers/bank-terminal/terminal-wire.ts';
import type { ByteLink } from '../../../drivers/ports.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ORDER, onBench, SALE_MS } from './terminal-bench.ts';

const ACK = Uint8Array.of(0x06);
const NAK = Uint8Array.of(0x15);
const ASK = { timeoutMs: 45_000 };

/** A line whose other end is this test. */
function wireByHand() {
  const clock = new ManualClock();
  const written: Uint8Array[] = [];
  let say: (bytes: Uint8Array) => void = () => undefined;
  const link: ByteLink = {
    write: (bytes) => {
      written.push(bytes);
      return Promise.resolve();
    },
    onData: (listener) => {
      say = listener;
      return () => undefined;
    },
    onLost: () => () => undefined,
    close: () => Promise.resolve(),
  };
  const wire = new TerminalWire({
    ...{ link, clock, profile: posModule, sequence: 0 },
    onProgress: () => undefined,
    onCardNumber: () => undefined,
  });
  return { clock, wire, written, say: (bytes: Uint8Array) => say(bytes) };
}

test('a sale that was acknowledged is never said again, whatever stands on the line behind the ACK', async () => {
  const { clock, wire, written, say } = wireByHand();
  const giveUp = new AbortController();
  const fields = [['order', ORDER.orderNumber] as const, ['amount', '000000003000'] as const];
  const asked = wire.ask({ command: 'sale', fields, answerMs: undefined }, giveUp.signal).catch(() => 'ended');
  await clock.drain();
  say(NAK);
  await clock.drain();
  expect(written).toHaveLength(2);
  say(ACK);
  wire.tell('cancel', [['order', ORDER.orderNumber]]);
  for (let noise = 0; noise < 5; noise += 1) say(NAK);
  await clock.pass(5_000);
  // The sale, the sale again for its NAK, the notice: no third sale.
  expect(written).toHaveLength(3);
  giveUp.abort(new Error('over'));
  expect(await asked).toBe('ended');
});

test('a module that stutters ACKs gets no more time for its answer with each', async () => {
  const { clock, wire, say } = wireByHand();
  let silent = false;
  wire.ask({ command: 'totals', fields: [], answerMs: 3_000 }, new AbortController().signal).catch(() => {
    silent = true;
  });
  await clock.drain();
  for (let beat = 0; beat < 8; beat += 1) {
    say(ACK);
    await clock.pass(500);
  }
  expect(silent).toBe(true);
});

test('what is owed is found out by an idle line too, without anybody asking', async () => {
  const { driver, pos, pay, clock, events } = await onBench();
  pos.bankLine.cutAfter = pos.bankLine.passed;
  expect(await pay()).toMatchObject({ fault: 'acquirerUnreachable', effect: 'unknown' });
  pos.bankLine.mend();
  await clock.pass(65_000);
  expect(driver.owed).toBeUndefined();
  expect(events.at(-1)).toEqual({ event: 'outcomeFound', number: ORDER.orderNumber, outcome: 'reversed' });
  await driver.close();
});

test('a refund that happens to have the number of an order that is owed does not take its place', async () => {
  const { driver, pos, pay, ended } = await onBench();
  pos.bankLine.cutAfter = pos.bankLine.passed;
  await pay();
  const refund = { orderNumber: 'pay_before', refundNumber: ORDER.orderNumber, amountFen: 100, as: 'refund' } as const;
  expect(await ended(driver.giveBack(refund, ASK))).toMatchObject({ fault: 'outcomeOwed', effect: 'none' });
  expect(await ended(driver.giveBackState(ORDER.orderNumber, ASK))).toMatchObject({ done: false });
  expect(driver.owed).toBe(ORDER.orderNumber);
  await driver.close();
});

test('a batch that can’t be closed because the module can’t sign in is no batch with a sale open', async () => {
  const { driver, pos, ended } = await onBench();
  pos.bankLine.cutAfter = pos.bankLine.passed;
  await ended(driver.lookUp('pay_0', ASK));
  pos.cutPower();
  pos.powerUp();
  await ended(driver.sale(ORDER, { timeoutMs: SALE_MS }));
  expect(await ended(driver.settleBatch('000001', ASK))).toMatchObject({
    fault: 'acquirerUnreachable',
    effect: 'none',
  });
  await driver.close();
});

test('a sale that ends by a mistake of ours leaves nobody waiting for a card: its reversal goes out', async () => {
  const { pos, ended, clock } = await onBench();
  let broken = false;
  const bus = busWith({
    openByteLink: async (_address, signal) => {
      const link = await pos.openByteLink(signal);
      const write = link.write.bind(link);
      link.write = (bytes, to) => (broken ? Promise.reject(new TypeError('a mistake of ours')) : write(bytes, to));
      return link;
    },
  });
  const driver = new SerialBankTerminal({ id: 'bank-terminal', address: 'sim:pos', bus, clock });
  await clock.pass(3_000);
  broken = true;
  await expect(ended(driver.sale(ORDER, { timeoutMs: SALE_MS }))).rejects.toThrow(TypeError);
  broken = false;
  expect(await ended(driver.reverse(ORDER.orderNumber, ASK))).toMatchObject({ done: true });
  await driver.close();
});

test('the address opens nothing: a sale ends with a word and moved nothing', async () => {
  const clock = new ManualClock();
  const bus = busWith({});
  const driver = new SerialBankTerminal({ id: 'bank-terminal', address: 'sim:none', bus, clock });
  await clock.pass(500);
  expect(await driver.sale(ORDER, { timeoutMs: SALE_MS })).toMatchObject({ fault: 'deviceNotReady', effect: 'none' });
  await driver.close();
});
