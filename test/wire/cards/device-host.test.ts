import { expect, onTestFinished, test } from 'vitest';
import { DeviceHost } from '../../../drivers/device-host/device-host.ts';
import { type CardSlot, LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { openTcpCardDoor } from '../../../hardware-sim/devices/tcp-card-door.ts';
import { everyMotorPushesOut, everySlotKeepsItsPromises, everyUnpluggedReaderIsLost } from './slot-contract.ts';
import {
  daemonWith,
  KnownCard,
  lossOf,
  nativeLibraryMissing,
  newSlot,
  READ_BINARY_16,
  until,
  within,
} from './wire-bench.ts';

everySlotKeepsItsPromises('device host', { serve: hosted });
everyUnpluggedReaderIsLost('device host, unplugged and hung', { serve: hosted });
everyMotorPushesOut('device host, a motor', { serve: hosted });

async function hosted(sim: SimCardSlot): Promise<(signal: AbortSignal) => Promise<CardSlot>> {
  const { host, address } = await hostAndDoor(sim);
  return (signal) => host.openCardSlot(address, signal);
}

async function hostAndDoor(sim: SimCardSlot): Promise<{ host: DeviceHost; address: string }> {
  const door = await openTcpCardDoor(sim);
  const host = new DeviceHost({ library: 'loopback', clock: systemClock });
  onTestFinished(async () => {
    await host.close();
    await door.close();
  });
  return { host, address: door.address };
}

/** The child that has the slot open right now. */
function childOf(host: DeviceHost): number {
  const { processId } = host;
  if (processId === undefined) throw new Error('There is no device host child.');
  return processId;
}

/** Whether this process exists (a killed one that was reaped does not). */
function runs(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

async function openWithCard(): Promise<{ host: DeviceHost; slot: CardSlot; reopen: () => Promise<CardSlot> }> {
  const sim = newSlot();
  sim.insert(new KnownCard());
  const { host, address } = await hostAndDoor(sim);
  const reopen = (): Promise<CardSlot> => host.openCardSlot(address, within(10_000));
  return { host, slot: await reopen(), reopen };
}

test.each([
  ['crashes (SIGSEGV)', 'SIGSEGV'],
  ['is killed (SIGKILL)', 'SIGKILL'],
  ['hangs (SIGSTOP)', 'SIGSTOP'],
] as const)('a device host that %s is a reader lost within a second, and the next open works', async (_how, signal) => {
  const { host, slot, reopen } = await openWithCard();
  const loss = lossOf(slot);
  const child = childOf(host);
  const startedMs = systemClock.monotonicMs();
  process.kill(child, signal);
  expect(await loss).toBeInstanceOf(LinkLostError);
  expect(systemClock.monotonicMs() - startedMs).toBeLessThan(1_000);
  expect(slot.media().kind).toBe('notPresent');

  const again = await reopen();
  expect(childOf(host)).not.toBe(child);
  await until(again, 'present');
  const chip = await again.connect(within(5_000));
  expect((await chip.transmit(READ_BINARY_16, within(5_000))).length).toBe(18);
});

test('a command that runs while the device host dies ends as a lost link, not never', async () => {
  const sim = newSlot();
  sim.insert(new KnownCard());
  const { host, address } = await hostAndDoor(sim);
  const slot = await host.openCardSlot(address, within(10_000));
  const chip = await slot.connect(within(5_000));
  sim.hang();
  const stuck = chip.transmit(READ_BINARY_16, within(10_000));
  process.kill(childOf(host), 'SIGKILL');
  await expect(stuck).rejects.toBeInstanceOf(LinkLostError);
  await expect(slot.connect(within(1_000))).rejects.toBeInstanceOf(LinkLostError);
  await chip.disconnect();
  await slot.close();
});

test('every reader that shares a device host is lost with it', async () => {
  const first = newSlot();
  const second = newSlot('Yizhan Virtual Reader 01 00');
  const { host, address } = await hostAndDoor(first);
  const door = await openTcpCardDoor(second);
  onTestFinished(() => door.close());
  const slots = [
    await host.openCardSlot(address, within(10_000)),
    await host.openCardSlot(door.address, within(10_000)),
  ];
  const losses = Promise.all(slots.map(lossOf));
  process.kill(childOf(host), 'SIGKILL');
  expect((await losses).map(({ name }) => name)).toEqual(['LinkLostError', 'LinkLostError']);
});

test('nobody there, behind a device host too, is a lost link and leaves the host alive', async () => {
  const { host, slot } = await openWithCard();
  const child = childOf(host);
  await expect(host.openCardSlot('tcp-card://127.0.0.1:1', within(5_000))).rejects.toBeInstanceOf(LinkLostError);
  expect(childOf(host)).toBe(child);
  expect(slot.media().kind).toBe('present');
});

test('a chip hung inside the native library costs its host, not the kiosk', async (ctx) => {
  const missing = nativeLibraryMissing();
  if (missing) return ctx.skip(missing);
  const sim = newSlot();
  sim.insert(new KnownCard());
  const { socketPath } = await daemonWith(sim);
  const environment = { PCSCLITE_CSOCK_NAME: socketPath };
  const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
  onTestFinished(() => host.close());
  const slot = await host.openCardSlot('pcsc:Yizhan*', within(10_000));
  const chip = await slot.connect(within(5_000));
  const loss = lossOf(slot);
  sim.hang();
  await expect(chip.transmit(READ_BINARY_16, within(20))).rejects.toMatchObject({ name: 'TimeoutError' });
  expect((await loss).message).toContain('hangs');
});

test('a PC/SC daemon that ends is a lost reader, and its return is found again', async (ctx) => {
  const missing = nativeLibraryMissing();
  if (missing) return ctx.skip(missing);
  const daemon = await daemonWith(newSlot());
  const environment = { PCSCLITE_CSOCK_NAME: daemon.socketPath };
  const host = new DeviceHost({ library: 'pcsclite', clock: systemClock, environment });
  onTestFinished(() => host.close());
  const slot = await host.openCardSlot('pcsc:Yizhan*', within(10_000));
  const loss = lossOf(slot);
  await daemon.close();
  expect(await loss).toBeInstanceOf(LinkLostError);
  await slot.close();
  await expect(host.openCardSlot('pcsc:Yizhan*', within(5_000))).rejects.toBeInstanceOf(LinkLostError);
});

test('closing a device host leaves no process behind', async () => {
  const { host, slot } = await openWithCard();
  const child = childOf(host);
  await host.close();
  expect(runs(child)).toBe(false);
  expect(slot.media().kind).toBe('notPresent');
  await expect(host.openCardSlot('tcp-card://127.0.0.1:1', within(1_000))).rejects.toThrow('closed');
});
