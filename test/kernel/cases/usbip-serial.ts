/**
 * A USB serial device (CDC-ACM): our device host and transport over `serialport`, on the kernel's own tty.
 *
 * Plain `serialport` spins without an event when the port goes away during
 * traffic; what is claimed here is that our transport does not.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { Bench } from '../bench-process.ts';
import { runCase, until } from '../case-run.ts';
import { startUdev } from '../doors/udev-daemon.ts';
import { attachUsb } from '../doors/usbip-attach.ts';
import { hostClock } from '../emulated-clock.ts';

/** As udev names it: the maker, the name and the serial number of the plug, and never the order of plugging. */
const PATH = '/dev/serial/by-id/usb-Yizhan_Serial_device_990000-if00';
const lossOf = (link: ByteLink): Promise<number> => new Promise((resolve) => link.onLost(() => resolve(Date.now())));

await runCase(async (run) => {
  const bench = await run.step('the bench stands', () => Bench.start('./benches/serial-bench.ts'));
  run.atEnd(() => bench.stop());
  const bus = createDeviceBus({ clock: hostClock });
  run.atEnd(() => bus.close());
  startUdev();
  const plugIn = async (signal: AbortSignal): Promise<ByteLink> => {
    await attachUsb();
    await until(signal, () => existsSync(PATH), 20);
    return bus.openByteLink(`serial:${PATH}?baudRate=9600`, signal);
  };

  const first = await run.step('the cable is put in, and the port opens by its stable name', plugIn);
  await run.step('the baud rate reaches the device', async () => {
    assert.equal(await bench.use('baudRate'), 9_600);
  });
  await run.step('every byte value goes out and comes back, unchanged', async (signal) => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const back: number[] = [];
    first.onData((bytes) => back.push(...bytes));
    await first.write(every, signal);
    await until(signal, () => back.length >= 256, 5);
    assert.deepEqual(back, [...every]);
  });
  await run.step('the cable pulled while nothing is said is a lost link within a second', async () => {
    const lost = lossOf(first);
    const pulled = await bench.use<number>('unplug');
    assert.ok((await lost) - pulled < 1_000);
    await first.close();
  });

  await bench.use('plugIn');
  const second = await run.step('put in again, it opens again', plugIn);
  await run.step(
    'the cable pulled in the middle of what the device says is a lost link within a second',
    async (signal) => {
      let heard = 0;
      second.onData((bytes) => {
        heard += bytes.length;
      });
      await bench.use('talk');
      await until(signal, () => heard > 1_000, 5);
      const lost = lossOf(second);
      const pulled = await bench.use<number>('unplug');
      assert.ok((await lost) - pulled < 1_000);
    },
  );
  await run.step('and nobody spins: the device host rests', async () => {
    const before = hostTicks();
    await pause(2_000);
    // Of 200 ticks in these 2 s; the spinning library takes them all.
    assert.ok(hostTicks() - before < 60, `${hostTicks() - before} ticks of 200`);
  });
  await run.step('a write to the lost port ends', async (signal) => {
    await assert.rejects(second.write(Uint8Array.of(1), signal), LinkLostError);
    await second.close();
  });
});

/** Processor time of the device host so far, in ticks of 10 ms (proc(5), utime and stime). */
function hostTicks(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const host = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('device-host-child'));
  const [, rest = ''] = readFileSync(`/proc/${host}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
