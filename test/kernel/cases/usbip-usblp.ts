/**
 * The receipt printer without native code: our transport over the kernel's usblp.
 *
 * What a blocking write would do to this process is the reason for the claims on
 * paper out: it would wait in the kernel where nothing can end it.
 */
import assert from 'node:assert/strict';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { runCase, until } from '../case-run.ts';
import { attachUsb } from '../doors/usbip-attach.ts';
import { emulatedClock } from '../emulated-clock.ts';
import { isOnline, PRINT_MS, PRINTED, printerBench, printerOnline, putInCable, slip } from '../printer-on-cable.ts';

await runCase(async (run) => {
  const bench = await printerBench(run);
  const bus = createDeviceBus({ clock: emulatedClock });
  run.atEnd(() => bus.close());
  await putInCable(run);
  // The kernel's own buffers come to the printer's.
  const printer = await printerOnline(run, bench, {
    ...{ bus, address: 'usblp:/dev/usb/lp0' },
    ...{ moreThanFits: 32_768, patienceMs: 3_000 },
  });
  await run.step('a receipt is printed, with the machine’s own proof', async () => {
    assert.deepEqual(await printer.print(slip('门诊收费'), { timeoutMs: PRINT_MS }), PRINTED);
    const paper = await bench.use<readonly string[]>('outlet');
    assert.equal(paper.at(-1), '门诊收费');
  });
  await run.step('the pulled cable is a lost device', async (signal) => {
    await bench.use('unplug');
    await until(signal, () => printer.state === 'powerOff', 2);
  });
  await run.step('put in again it is online by itself, and prints', async (signal) => {
    await bench.use('plugIn');
    await attachUsb();
    await isOnline(printer)(signal);
    assert.deepEqual(await printer.print(slip('门诊收费'), { timeoutMs: PRINT_MS }), PRINTED);
  });
});
