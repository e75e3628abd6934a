/** The POS module behind a pseudo-terminal and a TCP door, opened by the real bus: the unmodified serialport library. */
import { afterEach, describe, expect, test } from 'vitest';
import { SerialBankTerminal } from '../../../drivers/bank-terminal/serial-bank-terminal.ts';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { PosModule } from '../../../hardware-sim/devices/bank-terminal/pos-module.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { Acquirer } from '../../../hardware-sim/parties/payment/acquirer.ts';
import { inventBankCard } from '../../../hardware-sim/parties/payment/bank-card.ts';

const ORDER = { orderNumber: 'pay_0123456789ab', amountFen: 3_000 };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function atTerminal(how: 'pty' | 'tcp') {
  const acquirer = new Acquirer(systemClock);
  const card = acquirer.issue(inventBankCard('測試甲', 1, 100_000));
  const pos = new PosModule({ clock: systemClock, acquirer });
  const bus = createDeviceBus({ clock: systemClock });
  closing.push(() => bus.close());
  let address: string;
  if (how === 'pty') {
    const door = await PtyDoor.open(pos, systemClock);
    closing.push(() => door.close());
    address = `serial:${door.path}?baudRate=9600`;
  } else {
    const door = await openByteDoor((signal) => pos.openByteLink(signal));
    closing.push(() => door.close());
    address = door.address;
  }
  const driver = new SerialBankTerminal({ id: 'bank-terminal', address, bus, clock: systemClock });
  closing.push(() => driver.close());
  return { acquirer, card, pos, driver };
}

function state(driver: SerialBankTerminal, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    if (driver.state === wanted) return resolve();
    const stop = driver.onStateChanged((now) => {
      if (now !== wanted) return;
      stop();
      resolve();
    });
  });
}

/** Taps the card at the moment the module asks for it. */
function tapWhenAsked({ driver, pos, card }: Awaited<ReturnType<typeof atTerminal>>): void {
  const stop = driver.onTerminalEvent((event) => {
    if (event.event !== 'saleProgress' || event.progress !== 'cardWanted') return;
    stop();
    pos.tap(card);
  });
}

describe.each(['pty', 'tcp'] as const)('a POS module on a %s', (how) => {
  test('sells, is unplugged in the middle of a sale, and tells afterwards what became of it', async () => {
    const bench = await atTerminal(how);
    const { driver, pos, acquirer } = bench;
    await state(driver, 'online');
    tapWhenAsked(bench);
    expect(await driver.sale(ORDER, { timeoutMs: 20_000 })).toMatchObject({ done: true, value: { cardTail: '0001' } });
    const second = { orderNumber: 'pay_2', amountFen: 700 };
    const stop = driver.onTerminalEvent((event) => {
      if (event.event !== 'saleProgress' || event.progress !== 'cardWanted') return;
      stop();
      pos.unplug();
    });
    expect(await driver.sale(second, { timeoutMs: 20_000 })).toMatchObject({
      fault: 'deviceNotReady',
      effect: 'unknown',
    });
    expect(driver.owed).toBe('pay_2');
    const found = new Promise((resolve) =>
      driver.onTerminalEvent((event) => event.event === 'outcomeFound' && resolve(event)),
    );
    pos.plugIn();
    expect(await found).toEqual({ event: 'outcomeFound', number: 'pay_2', outcome: 'never' });
    await state(driver, 'online');
    expect(acquirer.keptFen('pay_2')).toBe(0);
    tapWhenAsked(bench);
    expect(await driver.sale(second, { timeoutMs: 20_000 })).toMatchObject({ done: true });
    expect(acquirer.keptFen('pay_2')).toBe(700);
  });
});
