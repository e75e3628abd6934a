/**
 * The receipt printer without native code: our transport over the kernel's usblp.
 *
 * What a blocking write would do to this process is the reason for the claims on
 * paper out: it would wait in the kernel where nothing can end it.
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
import { emulatedClock } from '../emulated-clock.ts';

const PRINT_MS = 30_000;
const PATH = '/dev/usb/lp0';
const ADDRESS = `usblp:${PATH}`;
const receipt = {
  blocks: [
    { kind: 'text', text: '门诊收费' },
    { kind: 'cut', mode: 'partial' },
  ],
} as const;
const printed = { done: true, value: { proof: 'printed' } };

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/printer-bench.ts'));
  run.atEnd(() => bench.stop());
  const bus = createDeviceBus({ clock: emulatedClock });
  run.atEnd(() => bus.close());
  await run.step('the cable is put in, and the kernel knows a printer', async (signal) => {
    await attachUsb();
    await until(signal, () => existsSync(PATH), 20);
  });
  await run.step(
    'a printer with no paper takes nothing for ever: the write ends with its own signal, the link lives',
    async (signal) => {
      await bench.use('loadPaper', 0);
      const link = await bus.openByteLink(ADDRESS, signal);
      const lost: LinkLostError[] = [];
      link.onLost((error) => lost.push(error));
      const patience = AbortSignal.timeout(3_000);
      // More than the printer's buffer and the kernel's own hold together.
      await assert.rejects(
        link.write(new Uint8Array(32_768).fill(0x61), patience),
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
    assert.deepEqual(await printer.print(receipt, { timeoutMs: PRINT_MS }), printed);
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
    await online(signal);
    assert.deepEqual(await printer.print(receipt, { timeoutMs: PRINT_MS }), printed);
  });
});
