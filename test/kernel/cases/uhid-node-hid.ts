/** node-hid, unmodified, on the kernel's own hidraw: a scanner and a PIN pad that are pulled out. */
import assert from 'node:assert/strict';
import { type Device, devicesAsync, HIDAsync } from 'node-hid';
import { Bench } from '../bench-process.ts';
import { runCase, until } from '../case-run.ts';
import { HID_POS_REPORT_BYTES, PIN_PAD_REPORT_BYTES } from '../doors/hid-descriptors.ts';

const SCANNER = { vendorId: 0x0c2e, productId: 0x0b61 };
const PIN_PAD = { vendorId: 0xf055, productId: 0x0002 };

async function find({ vendorId, productId }: { vendorId: number; productId: number }): Promise<Device | undefined> {
  const all = await devicesAsync();
  return all.find((one) => one.vendorId === vendorId && one.productId === productId);
}

/** The library reads, and so notices the end, only while somebody listens for data: this listener stays. */
function reportsOf(device: HIDAsync): () => Promise<Buffer> {
  const waiting: ((report: Buffer) => void)[] = [];
  device.on('data', (report: Buffer) => waiting.shift()?.(report));
  return () => new Promise((resolve) => waiting.push(resolve));
}

const loss = (device: HIDAsync): Promise<number> =>
  new Promise((resolve) => device.once('error', () => resolve(Date.now())));

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/hid-bench.ts'));
  run.atEnd(() => bench.stop());

  await bench.use('plugIn', 'scanner');
  const listed = await run.step('node-hid lists the scanner as a bar code scanner, not as a keyboard', (signal) =>
    until(signal, () => find(SCANNER)),
  );
  assert.equal(listed.usagePage, 0x8c);
  assert.equal(listed.product, 'Yizhan HID-POS scanner');
  const scanner = await run.step('it opens', () => HIDAsync.open(listed.path ?? ''));
  const nextScan = reportsOf(scanner);
  const scanned = await run.step('a code that is scanned arrives whole', async () => {
    const report = nextScan();
    await bench.use('scan', '28:99000120261129:医');
    return report;
  });
  assert.equal(scanned.length, HID_POS_REPORT_BYTES);
  const length = scanned[1] ?? 0;
  assert.equal(scanned.subarray(2, 5).toString('latin1'), ']Q1');
  assert.equal(scanned.subarray(5, 5 + length).toString('utf8'), '28:99000120261129:医');

  await bench.use('plugIn', 'pinPad');
  const padListed = await run.step('node-hid lists the PIN pad', (signal) => until(signal, () => find(PIN_PAD)));
  const pad = await run.step('the PIN pad opens beside the scanner', () => HIDAsync.open(padListed.path ?? ''));
  const nextAnswer = reportsOf(pad);
  await run.step('100 reports go out and their answers come back, byte for byte', async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const out = Buffer.alloc(PIN_PAD_REPORT_BYTES, turn);
      out[0] = 0x02;
      const answer = nextAnswer();
      await pad.write([0, ...out]);
      assert.deepEqual(
        [...(await answer)],
        [...out].map((byte) => byte ^ 0xff),
      );
    }
  });

  await run.step('a cable that is pulled while nothing happens is told within a second', async () => {
    const told = loss(scanner);
    const pulled = await bench.use<number>('unplug', 'scanner');
    assert.ok((await told) - pulled < 1_000);
  });
  await scanner.close().catch(() => undefined);
  await run.step('a cable that is pulled while a report goes out is told too', async () => {
    const told = loss(pad);
    const writing = pad.write([0, ...Buffer.alloc(PIN_PAD_REPORT_BYTES, 1)]).catch(() => undefined);
    const pulled = await bench.use<number>('unplug', 'pinPad');
    await writing;
    assert.ok((await told) - pulled < 1_000);
  });
  await pad.close().catch(() => undefined);
  await run.step('both are gone from the list, and the one that is plugged in again is found again', async (signal) => {
    await until(signal, async () => !(await find(SCANNER)) && !(await find(PIN_PAD)));
    await bench.use('plugIn', 'scanner');
    const again = await until(signal, () => find(SCANNER));
    const reopened = await HIDAsync.open(again.path ?? '');
    const report = reportsOf(reopened)();
    await bench.use('scan', 'again');
    assert.equal((await report).subarray(5, 10).toString(), 'again');
    await reopened.close();
  });
});
