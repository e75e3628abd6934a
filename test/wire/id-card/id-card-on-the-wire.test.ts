/** The whole driver on real wires: the unmodified `serialport` in a device host on a pseudo-terminal, and TCP. */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { SamIdCardReader } from '../../../drivers/id-card-reader/sam-id-card-reader.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { WipeableBytes } from '../../../drivers/wipeable.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { openHidDoor } from '../../../hardware-sim/devices/hid-door.ts';
import { openHidForm } from '../../../hardware-sim/devices/hid-form.ts';
import { VirtualIdCardReader } from '../../../hardware-sim/devices/id-card-reader/virtual-id-card-reader.ts';
import { issueIdCard } from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';

const JIA = {
  key: 'jia',
  name: '測試甲',
  sex: 'female',
  born: '1985-09-02',
  identityNumber: '990000198509020123',
} as const;
const noPty = !existsSync('/dev/ptmx');
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function driverAt(address: string): SamIdCardReader {
  const bus = createDeviceBus({ clock: systemClock });
  cleanUp.push(() => bus.close());
  const reader = new SamIdCardReader({ id: 'id-card-reader', address, bus, clock: systemClock });
  cleanUp.push(() => reader.close());
  return reader;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!holds()) {
    if (deadline.aborted) throw new Error(`It did not come about in 20 s: ${what}.`);
    await pause(10);
  }
}

async function readsAndSurvives(twin: VirtualIdCardReader, reader: SamIdCardReader): Promise<void> {
  const card = issueIdCard(JIA);
  await until(() => reader.state === 'online', 'online');
  twin.present(card);
  await until(() => reader.media === 'present', 'a card');
  let photo: WipeableBytes | undefined;
  const completion = await reader.readIdCard({
    timeoutMs: 10_000,
    photoTo: (secret) => {
      photo = secret;
    },
  });
  expect(completion.done && completion.value.number.reveal()).toBe(JIA.identityNumber);
  expect(Buffer.from(photo?.reveal() ?? []).equals(Buffer.from(card.photo))).toBe(true);
  twin.takeAway();
  await until(() => reader.media === 'notPresent', 'no card');
  twin.unplug();
  await until(() => reader.state === 'powerOff', 'lost');
  twin.plugIn();
  await until(() => reader.state === 'online', 'online again');
  twin.present(card);
  await until(() => reader.media === 'present', 'a card again');
  expect((await reader.readIdCard({ timeoutMs: 10_000 })).done).toBe(true);
}

describe('an identity card reader', () => {
  test.skipIf(noPty)('on a serial port is read, unplugged and read again', async () => {
    const twin = new VirtualIdCardReader({ clock: systemClock });
    const door = await PtyDoor.open(twin, systemClock);
    cleanUp.push(() => door.close());
    await readsAndSurvives(twin, driverAt(`serial:${door.path}?baudRate=115200`));
  });

  test('in its HID form, behind a port of HID reports, is read, unplugged and read again', async () => {
    const twin = new VirtualIdCardReader({ clock: systemClock });
    const door = await openHidDoor((signal) => openHidForm(twin, signal));
    cleanUp.push(() => door.close());
    await readsAndSurvives(twin, driverAt(door.address));
  });

  test('behind a TCP port is read, unplugged and read again', async () => {
    const twin = new VirtualIdCardReader({ clock: systemClock });
    const door = await openByteDoor((signal) => twin.openByteLink(signal));
    cleanUp.push(() => door.close());
    await readsAndSurvives(twin, driverAt(door.address));
  });
});
