/** The whole driver on real wires: the unmodified `serialport` in a device host on a pseudo-terminal, and TCP. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { ZtPinPad } from '../../../drivers/pin-pad/zt-pin-pad.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { openByteDoor } from '../../../hardware-sim/devices/byte-door.ts';
import { openHidDoor } from '../../../hardware-sim/devices/hid-door.ts';
import { openHidForm } from '../../../hardware-sim/devices/hid-form.ts';
import { VirtualPinPad } from '../../../hardware-sim/devices/pin-pad/virtual-pin-pad.ts';
import { PtyDoor } from '../../../hardware-sim/devices/receipt-printer/pty-door.ts';
import { SeededRandom } from '../../../hardware-sim/world/seeded-random.ts';

const MASTER_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
const PIN_KEY = Buffer.from('89ABCDEF0123456710325476BADCFE98', 'hex');
const noPty = !existsSync('/dev/ptmx');
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

function tripleDes(key: Buffer, data: Uint8Array, make: typeof createCipheriv | typeof createDecipheriv): Buffer {
  const cipher = make('des-ede3-ecb', Buffer.concat([key, key.subarray(0, 8)]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!holds()) {
    if (deadline.aborted) throw new Error(`It did not come about in 20 s: ${what}.`);
    await pause(10);
  }
}

function driverAt(address: string): ZtPinPad {
  const bus = createDeviceBus({ clock: systemClock });
  cleanUp.push(() => bus.close());
  const pad = new ZtPinPad({ id: 'pin-pad', address, bus, clock: systemClock });
  cleanUp.push(() => pad.close());
  return pad;
}

async function takesAPin(twin: VirtualPinPad, pad: ZtPinPad): Promise<void> {
  const entering = pad.enterPinBlock({ timeoutMs: 20_000, minDigits: 4, maxDigits: 12, format: 'iso1', keySet: 0 });
  await until(() => twin.entry.input === 'pin', 'an entry');
  twin.typePin('739154');
  twin.press('enter');
  const completion = await entering;
  if (!completion.done || completion.value.completion === 'cancel') throw new Error('no block');
  const clear = tripleDes(PIN_KEY, completion.value.block.reveal(), createDecipheriv).toString('hex');
  expect(clear.slice(0, 8)).toBe('16739154');
}

async function takesPinsAndSurvives(twin: VirtualPinPad, pad: ZtPinPad): Promise<void> {
  await until(() => pad.state === 'online', 'online');
  const loaded = await pad.loadPinKey({
    timeoutMs: 5_000,
    keySet: 0,
    encryptedKey: tripleDes(MASTER_KEY, PIN_KEY, createCipheriv),
    checkValue: tripleDes(PIN_KEY, Buffer.alloc(8), createCipheriv).subarray(0, 4),
  });
  expect(loaded).toEqual({ done: true, value: undefined });
  await takesAPin(twin, pad);
  twin.unplug();
  await until(() => pad.state === 'powerOff', 'lost');
  twin.plugIn();
  await until(() => pad.state === 'online', 'online again');
  await takesAPin(twin, pad);
}

function onBench(): VirtualPinPad {
  const twin = new VirtualPinPad({ clock: systemClock, random: new SeededRandom(7, 'pin-pad') });
  twin.loadMasterKey(MASTER_KEY);
  return twin;
}

describe('a PIN pad', () => {
  test.skipIf(noPty)('on a serial port at 9600 baud takes a PIN, is unplugged, and takes another', async () => {
    const twin = onBench();
    const door = await PtyDoor.open(twin, systemClock);
    cleanUp.push(() => door.close());
    await takesPinsAndSurvives(twin, driverAt(`serial:${door.path}?baudRate=9600`));
  });

  test('in its HID form, behind a port of HID reports, takes a PIN, is unplugged, and takes another', async () => {
    const twin = onBench();
    const door = await openHidDoor((signal) => openHidForm(twin, signal));
    cleanUp.push(() => door.close());
    await takesPinsAndSurvives(twin, driverAt(door.address));
  });

  test('behind a TCP port takes a PIN, is unplugged, and takes another', async () => {
    const twin = onBench();
    const door = await openByteDoor((signal) => twin.openByteLink(signal));
    cleanUp.push(() => door.close());
    await takesPinsAndSurvives(twin, driverAt(door.address));
  });
});
