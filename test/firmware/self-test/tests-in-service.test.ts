/** A serving kiosk's self-tests in virtual time: whoever comes has the devices at once, even one that is being asked and says nothing. */
import { expect, test } from 'vitest';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { printerProfile } from '../../../drivers/receipt-printer/printer-profile.ts';
import type { KioskDevices } from '../../../firmware/kiosk-devices.ts';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { TestsInService } from '../../../firmware/self-test/tests-in-service.ts';
import { VirtualPrinter } from '../../../hardware-sim/devices/receipt-printer/virtual-printer.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const HOME = { name: 'S-HOME' } as never;
const SOMEBODY = { name: 'S-BUSY', work: 'readingCard', slow: false, removeCard: false } as never;

async function kiosk(settlesMs = 2_000) {
  const clock = new ManualClock();
  const twin = new VirtualPrinter({ clock });
  const bus = busWith({ openByteLink: (_address, signal) => twin.openByteLink(signal) });
  const profile = printerProfile('epson-like');
  const printer = new EscposReceiptPrinter({ id: 'receipt-printer', address: 'sim:printer', bus, clock, profile });
  const screen = new ScreenHub({ clock, help: { window: '1', hospitalPhone: '1', insurancePhone: '1' } });
  screen.show(HOME);
  await clock.pass(settlesMs);
  const devices = { printer, all: [printer], certificates: new Map() } as unknown as KioskDevices;
  const tests = new TestsInService({ kioskId: 'K-1', devices, screen, clock, testPaths: async () => [] });
  const tested = async () => {
    const { busy, devices: told } = await tests.run();
    return [busy, ...told.map(({ selfTest }) => selfTest.result)];
  };
  return { clock, twin, printer, screen, tested };
}

test('whoever comes while a device is asked and says nothing ends the test in the same moment, and the printer is theirs', async () => {
  const { clock, twin, printer, screen, tested } = await kiosk();
  twin.hang();
  const testing = tested();
  await clock.pass(200);
  screen.show(SOMEBODY);
  // No time passes: the report is there.
  await clock.pass(0);
  expect(await testing).toEqual([true, 'notTested']);
  twin.powerOff();
  twin.powerOn();
  await clock.pass(5_000);
  const printing = printer.print({ blocks: [{ kind: 'text', text: 'TEST' }] }, { timeoutMs: 20_000 });
  await clock.pass(20_000);
  expect(await printing).toMatchObject({ done: true });
  await printer.close();
});

test('asked while a device still comes up, it waits for it', async () => {
  const { clock, printer, tested } = await kiosk(0);
  expect(printer.state).toBe('starting');
  const testing = tested();
  await clock.pass(10_000);
  expect(await testing).toEqual([false, 'passed']);
  await printer.close();
});

test('nobody there: tested; somebody there: looked at; who asks in the middle of a test gets that one’s report', async () => {
  const { clock, printer, screen, tested } = await kiosk();
  const both = Promise.all([tested(), tested()]);
  await clock.pass(10_000);
  expect(await both).toEqual([
    [false, 'passed'],
    [false, 'passed'],
  ]);
  screen.show(SOMEBODY);
  const looked = tested();
  await clock.pass(0);
  expect(await looked).toEqual([true, 'notTested']);
  screen.show(HOME);
  const again = tested();
  await clock.pass(10_000);
  expect(await again).toEqual([false, 'passed']);
  await printer.close();
});
