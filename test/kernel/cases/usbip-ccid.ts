/**
 * The card reader: our driver, device host and transport over `pcsclite`, the real pcscd and the real libccid.
 *
 * The reader at the other end of the cable is the simulator's slot behind a CCID
 * plug, and the card the simulator's social-security card.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { Bench } from '../bench-process.ts';
import { NoSuchDoor, runCase, until } from '../case-run.ts';
import { startUdev } from '../doors/udev-daemon.ts';
import { attachUsb } from '../doors/usbip-attach.ts';
import { emulatedClock, hostClock } from '../emulated-clock.ts';

const READ_MS = 30_000;
const PCSCD = '/usr/sbin/pcscd';

await runCase(async (run) => {
  if (!existsSync(PCSCD)) throw new NoSuchDoor('pcscd is not installed');
  const bench = await run.step('the bench stands', () => Bench.start('./benches/card-bench.ts'));
  run.atEnd(() => bench.stop());
  startUdev();
  mkdirSync('/run/pcscd', { recursive: true });
  const daemon = spawn(PCSCD, ['--foreground'], { stdio: ['ignore', 2, 2] });
  run.atEnd(() => daemon.kill('SIGKILL'));
  await run.step('pcscd runs', (signal) => until(signal, () => existsSync('/run/pcscd/pcscd.comm'), 20));

  const bus = createDeviceBus({ clock: hostClock });
  run.atEnd(() => bus.close());
  const reader = new ChipCardReader({
    id: 'card-reader',
    address: 'pcsc:Gemalto PC Twin Reader*',
    bus,
    clock: emulatedClock,
  });
  run.atEnd(() => reader.close());
  const media = (kind: string) => (signal: AbortSignal) =>
    until(signal, () => reader.state === 'online' && reader.media === kind, 5);
  const read = () => reader.readSocialSecurityCard({ timeoutMs: READ_MS });

  await run.step('the cable is put in: libccid takes the reader, and our driver is online', async (signal) => {
    await attachUsb();
    await until(signal, () => reader.state === 'online');
    assert.match(reader.identity ?? '', /^Gemalto PC Twin Reader/);
  });
  await run.step('the empty slot is empty', media('notPresent'));
  await run.step('a card that is put in is seen', async (signal) => {
    await bench.use('insert', 'yan');
    await media('present')(signal);
  });
  await run.step('the social-security card is read, a rare name and all', async () => {
    const end = await read();
    assert.equal(end.done, true, JSON.stringify(end));
    if (!end.done) return;
    assert.equal(end.value.name.reveal(), RARE_NAME_HOLDERS.yan.name);
    assert.equal(end.value.cardNumber.reveal(), RARE_NAME_HOLDERS.yan.card?.number);
  });
  await run.step('a card that is taken out is gone', async (signal) => {
    await bench.use('remove');
    await media('notPresent')(signal);
    const end = await read();
    assert.ok(!end.done && end.fault === 'noMedia');
  });
  await run.step('a card put in the wrong way is invalid', async (signal) => {
    await bench.use('insert', 'ji', 'wrong');
    await media('invalid')(signal);
    await bench.use('remove');
    await media('notPresent')(signal);
  });
  await run.step('a card torn out while it is read is no card', async (signal) => {
    await bench.use('insert', 'ji');
    await media('present')(signal);
    await bench.use('tearOffAt', 3);
    const end = await read();
    assert.ok(!end.done && end.fault === 'noMedia', JSON.stringify(end));
    await media('notPresent')(signal);
  });
  await run.step('the pulled cable is a lost device', async (signal) => {
    await bench.use('unplug');
    await until(signal, () => reader.state === 'powerOff', 2);
    const end = await read();
    assert.ok(!end.done && end.fault === 'deviceNotReady');
  });
  await run.step('plugged in again it is online by itself, and the card put in meanwhile is read', async (signal) => {
    await bench.use('insert', 'yan');
    await bench.use('plugIn');
    await attachUsb();
    await media('present')(signal);
    const end = await read();
    assert.equal(end.done, true, JSON.stringify(end));
  });
});
