/**
 * The USB receipt printer: our driver, device host and transport over the `usb` package, on the kernel's USB stack.
 *
 * The printer at the other end of the cable is the simulator's own, behind a
 * class 7/1/2 plug: paper out is a NAK for ever, the pulled cable a disconnect.
 */
import assert from 'node:assert/strict';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { runCase, until } from '../case-run.ts';
import { attachUsb } from '../doors/usbip-attach.ts';
import { hostClock } from '../emulated-clock.ts';
import { isOnline, PRINT_MS, PRINTED, printerBench, printerOnline, putInCable, slip } from '../printer-on-cable.ts';

const ADDRESS = 'usb:0416:5011';
const STATUS_REQUEST = Uint8Array.of(0x10, 0x04, 0x01);

await runCase(async (run) => {
  const bench = await printerBench(run);
  const bus = createDeviceBus({ clock: hostClock });
  run.atEnd(() => bus.close());
  await putInCable(run);
  await run.step(
    'the transport takes the printer from usblp, and its status comes through the device host',
    async (signal) => {
      const link = await bus.openByteLink(ADDRESS, signal);
      const answer = new Promise<Uint8Array>((resolve) => link.onData(resolve));
      await link.write(STATUS_REQUEST, signal);
      assert.equal(((await answer)[0] ?? 0) & 0x93, 0x12);
      await link.close();
    },
  );

  const printer = await printerOnline(run, bench, { bus, address: ADDRESS, moreThanFits: 8_192, patienceMs: 4_000 });
  await run.step('a receipt is printed, with the machine’s own proof', async () => {
    const end = await printer.print(slip('门诊收费', '合计 12.50'), { timeoutMs: PRINT_MS });
    assert.deepEqual(end, PRINTED);
    assert.deepEqual(await bench.use('outlet'), ['门诊收费', '合计 12.50']);
    await bench.use('tear');
  });
  await run.step('paper that ends in the middle of a receipt is a fault word, and not a printed receipt', async () => {
    await bench.use('loadPaper', 60);
    const lines = Array.from({ length: 150 }, (_, at) => `明细 ${at + 1}`);
    const end = await printer.print(slip(...lines), { timeoutMs: 15_000 });
    assert.equal(end.done, false);
    if (!end.done) assert.equal(end.fault, 'paperOut');
  });
  await run.step('new paper, and it prints again', async (signal) => {
    await bench.use('loadPaper', 50_000);
    await until(signal, () => printer.state === 'online' && printer.obstacle() === undefined);
    const end = await printer.print(slip('补打'), { timeoutMs: PRINT_MS });
    assert.deepEqual(end, PRINTED);
  });

  await run.step('the pulled cable is a lost device within a second', async (signal) => {
    const pulled = bench.use<number>('unplug');
    await until(signal, () => printer.state === 'powerOff', 2);
    assert.ok(Date.now() - (await pulled) < 1_000);
    const end = await printer.print(slip('丢失'), { timeoutMs: 2_000 });
    assert.equal(end.done, false);
  });
  await run.step('plugged in again it is online by itself, and nothing of what was lost is printed', async (signal) => {
    for (let slips = 0; slips < 10; slips += 1) await bench.use('tear');
    await bench.use('plugIn');
    await attachUsb();
    await isOnline(printer)(signal);
    const end = await printer.print(slip('门诊二'), { timeoutMs: PRINT_MS });
    assert.deepEqual(end, PRINTED);
    assert.deepEqual(await bench.use('outlet'), ['门诊二']);
  });
  await run.step('a cable pulled in the middle of a receipt ends the print with a fault word', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `明细 ${at + 1} 甲类 2 × 3.40`);
    const printing = printer.print(slip(...lines), { timeoutMs: PRINT_MS });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await bench.use('unplug');
    const end = await printing;
    assert.equal(end.done, false);
    if (!end.done) assert.notEqual(end.fault, 'timeOut');
  });
});
