import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus, type OpenDeviceBus } from '../../../drivers/bus.ts';
import { ChipCardReader } from '../../../drivers/card-reader/chip-card-reader.ts';
import { DeviceAddressError } from '../../../drivers/device-address.ts';
import { LinkLostError } from '../../../drivers/ports.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { SimCardSlot } from '../../../hardware-sim/devices/card-slot.ts';
import { issueCard, RARE_NAME_HOLDERS } from '../../../hardware-sim/devices/cards.ts';
import { openTcpCardDoor } from '../../../hardware-sim/devices/tcp-card-door.ts';
import { serveVpcdCard } from '../../../hardware-sim/devices/vpcd-card.ts';
import { realPcscdMissing, startRealPcscd } from './real-pcscd.ts';
import { daemonWith, nativeLibraryMissing, newSlot, within } from './wire-bench.ts';

interface World {
  readonly bus: OpenDeviceBus;
  readonly address: string;
}

function busOn(pcscdSocketPath?: string): OpenDeviceBus {
  const bus = createDeviceBus({ clock: systemClock, ...(pcscdSocketPath === undefined ? {} : { pcscdSocketPath }) });
  onTestFinished(() => bus.close());
  return bus;
}

/** The same card through the same driver, whatever lies in between. */
async function readsTheCard(sim: SimCardSlot, { bus, address }: World): Promise<void> {
  const holder = RARE_NAME_HOLDERS.long;
  const reader = new ChipCardReader({ id: 'card-reader', address, bus, clock: systemClock });
  onTestFinished(() => reader.close());
  const inserted = new Promise<void>((resolve) => {
    reader.onCardEvent(({ event }) => {
      if (event === 'mediaInserted') resolve();
    });
  });
  sim.insert(issueCard(holder));
  await inserted;
  const read = await reader.readSocialSecurityCard({ timeoutMs: 10_000 });
  expect(read.done).toBe(true);
  if (!read.done) return;
  expect(read.value.name.reveal()).toBe(holder.name);
  expect(read.value.socialSecurityNumber.reveal()).toBe(holder.identityNumber);
  const removed = new Promise<void>((resolve) => {
    reader.onCardEvent(({ event }) => {
      if (event === 'mediaRemoved') resolve();
    });
  });
  sim.remove();
  await removed;
}

test('a social-security card is read on the TCP slot', async () => {
  const sim = newSlot();
  const door = await openTcpCardDoor(sim);
  onTestFinished(() => door.close());
  await readsTheCard(sim, { bus: busOn(), address: door.address });
});

test('a social-security card is read through the daemon’s socket', async () => {
  const sim = newSlot();
  const { socketPath } = await daemonWith(sim);
  await readsTheCard(sim, { bus: busOn(socketPath), address: 'pcscd:Yizhan*' });
});

test('a social-security card is read through the unmodified native library on our daemon', async (ctx) => {
  const missing = nativeLibraryMissing();
  if (missing) return ctx.skip(missing);
  const sim = newSlot();
  const { socketPath } = await daemonWith(sim);
  await readsTheCard(sim, { bus: busOn(socketPath), address: 'pcsc:Yizhan*' });
});

test('a social-security card is read through the unmodified native library on the real pcscd', async (ctx) => {
  const missing = nativeLibraryMissing() ?? realPcscdMissing();
  if (missing) return ctx.skip(missing);
  const sim = newSlot();
  const pcscd = await startRealPcscd();
  const line = serveVpcdCard({ slot: sim, clock: systemClock, port: pcscd.vpcdPort });
  onTestFinished(async () => {
    line.close();
    await pcscd.close();
  });
  await readsTheCard(sim, { bus: busOn(pcscd.socketPath), address: 'pcsc:Virtual PCD 00 00' });
});

test('bytes go out and come back on a TCP link', async () => {
  const echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void echo.close());
  const link = await busOn().openByteLink(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`, within(5_000));
  const heard = new Promise<Uint8Array>((resolve) => link.onData(resolve));
  await link.write(Uint8Array.of(0x1b, 0x40), within(5_000));
  expect([...(await heard)]).toEqual([0x1b, 0x40]);
  await link.close();
});

test('a serial port and a USB printer that are not there are lost links, told by their own hosts', async () => {
  const bus = busOn();
  await expect(bus.openByteLink('serial:/dev/no-such-port', within(10_000))).rejects.toBeInstanceOf(LinkLostError);
  await expect(bus.openByteLink('usb:ffff:fffe', within(10_000))).rejects.toBeInstanceOf(LinkLostError);
});

test('an address of the wrong kind is a mistake of the map, not a lost device', async () => {
  const bus = busOn();
  await expect(bus.openCardSlot('tcp://127.0.0.1:9100', within(1_000))).rejects.toBeInstanceOf(DeviceAddressError);
  await expect(bus.openByteLink('pcsc:*', within(1_000))).rejects.toBeInstanceOf(DeviceAddressError);
});
