/**
 * The USB receipt printer: our driver, device host and transport over the `usb` package, on the kernel's USB stack.
 *
 * The printer at the other end of the cable is the simulator's own, behind a
 * class 7/1/2 plug: paper out is a NAK for ever, the pulled cable a disconnect.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createDeviceBus } from '../../../drivers/bus.ts';
import type { LinkLostError } from '../../../drivers/ports.ts';
import { EscposReceiptPrinter } from '../../../drivers/receipt-printer/escpos-receipt-printer.ts';
import { epsonLike } from '../../../drivers/receipt-printer/printer-profile.ts';
import { Bench } from '../bench-process.ts';
import { runCase, until } from '../case-run.ts';
import { attachUsb } from '../doors/usbip-attach.ts';
import { emulatedClock, hostClock } from '../emulated-clock.ts';

const PRINT_MS = 30_000;
const ADDRESS = 'usb:0416:5011';
const STATUS_REQUEST = Uint8Array.of(0x10, 0x04, 0x01);
const slip = (...lines: string[]) =>
  ({
    blocks: [...lines.map((text) => ({ kind: 'text', text }) as const), { kind: 'cut', mode: 'partial' } as const],
  }) as const;

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/printer-bench.ts'));
  run.atEnd(() => bench.stop());
  const bus = createDeviceBus({ clock: hostClock });
  run.atEnd(() => bus.close());

  await run.step('the cable is put in, and the kernel knows a printer', async (signal) => {
    await attachUsb();
    await until(signal, () => existsSync('/dev/usb/lp0'), 20);
  });
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

  await run.step(
    'a printer with no paper takes nothing for ever: the write ends with its own signal, the link lives',
    async (signal) => {
      await bench.use('loadPaper', 0);
      const link = await bus.openByteLink(ADDRESS, signal);
      const lost: LinkLostError[] = [];
      link.onLost((error) => lost.push(error));
      const patience = AbortSignal.timeout(4_000);
      await assert.rejects(
        link.write(new Uint8Array(8_192).fill(0x61), patience),
        (error) => error === patience.reason,
      );
      assert.deepEqual(lost, []);
      await link.close();
      await bench.use('loadPaper', 50_000);
      await until(signal, async () => (await bench.use<{ buffered: number }>('state')).buffered === 0, 100);
      await bench.use('tear');
    },
  );

  const printer = new EscposReceiptPrinter({
    id: 'receipt-printer',
    address: ADDRESS,
    bus,
    clock: emulatedClock,
    profile: epsonLike,
  });
  run.atEnd(() => printer.close());
  const online = (signal: AbortSignal) => until(signal, () => printer.state === 'online');
  await run.step('the driver is online', online);
  await run.step('a receipt is printed, with the machine’s own proof', async () => {
    const end = await printer.print(slip('门诊收费', '合计 12.50'), { timeoutMs: PRINT_MS });
    assert.deepEqual(end, { done: true, value: { proof: 'printed' } });
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
    assert.deepEqual(end, { done: true, value: { proof: 'printed' } });
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
    await online(signal);
    const end = await printer.print(slip('门诊二'), { timeoutMs: PRINT_MS });
    assert.deepEqual(end, { done: true, value: { proof: 'printed' } });
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
