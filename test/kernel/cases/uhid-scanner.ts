/**
 * The code scanner: our driver, device host and transport over `node-hid`, on the kernel's hidraw.
 *
 * The scanner at the other end is the simulator's own. One that was set up as a
 * keyboard is refused: the kernel hands its keys to everybody.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createDeviceBus } from '../../../drivers/bus.ts';
import type { ScannerEvent } from '../../../drivers/code-scanner/code-scanner.ts';
import { openCodeScanner } from '../../../drivers/code-scanner/open-code-scanner.ts';
import { Bench } from '../bench-process.ts';
import { runCase, until } from '../case-run.ts';
import { emulatedClock, hostClock } from '../emulated-clock.ts';

/** Longer than one report, as e-credentials are. */
const LONG_CODE = `https://example.invalid/ecode?token=${'990000'.repeat(20)}`;

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/scanner-bench.ts'));
  run.atEnd(() => bench.stop());
  const bus = createDeviceBus({ clock: hostClock });
  run.atEnd(() => bus.close());
  await bench.use('plugIn');
  const scanner = openCodeScanner({ id: 'code-scanner', address: 'hid:0c2e:0b61', bus, clock: emulatedClock });
  run.atEnd(() => scanner.close());
  const events: ScannerEvent[] = [];
  scanner.onScannerEvent((event) => events.push(event));
  const reads = async (text: string, signal: AbortSignal): Promise<void> => {
    const before = events.length;
    await bench.use('show', text);
    const event = await until(signal, () => events[before], 5);
    assert.ok(event.event === 'codeRead', JSON.stringify(event));
    assert.equal(event.text.reveal(), text);
    assert.equal(event.symbology, ']Q1');
  };

  await run.step('the driver is online', (signal) => until(signal, () => scanner.state === 'online'));
  await run.step('a code is read', (signal) => reads('134567890123456789', signal));
  await run.step('a code that needs several reports is read whole', (signal) => reads(LONG_CODE, signal));
  await run.step('the pulled cable is a lost device within a second', async (signal) => {
    const pulled = bench.use<number>('unplug');
    await until(signal, () => scanner.state === 'powerOff', 2);
    assert.ok(Date.now() - (await pulled) < 1_000);
  });
  await run.step('put in again, it is online by itself and reads', async (signal) => {
    await bench.use('plugIn');
    await until(signal, () => scanner.state === 'online');
    await reads('281234567890123456', signal);
  });
  await run.step('set up as a keyboard it is refused, and the fault says what to do', async (signal) => {
    await bench.use('showSetUpSheet', 'keyboard');
    await until(signal, () => scanner.state === 'hardwareError');
    assert.match(scanner.lastFault?.detail ?? '', /keyboard.*HID-POS/);
    // The kernel has made a keyboard of it, which is why.
    assert.match(readFileSync('/proc/bus/input/devices', 'utf8'), /Yizhan Virtual Scanner/);
  });
  await run.step('set up as HID-POS it is used again', async (signal) => {
    await bench.use('showSetUpSheet', 'hidPos');
    await until(signal, () => scanner.state === 'online');
    await reads('625555555555555555', signal);
  });
});
