/** The bays as the workbench uses them: a button, a door, and a driver at the other side of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { SamIdCardReader } from '../../../drivers/id-card-reader/sam-id-card-reader.ts';
import { ZtPinPad } from '../../../drivers/pin-pad/zt-pin-pad.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { Hallway } from '../../../hardware-sim/bays/all-bays.ts';
import type { Bay } from '../../../hardware-sim/bays/bay.ts';
import { idCardReaderBay } from '../../../hardware-sim/bays/id-card-reader-bay.ts';
import { pinPadBay } from '../../../hardware-sim/bays/pin-pad-bay.ts';
import { PATIENTS } from '../../../hardware-sim/parties/people/patients.ts';

const hallway = {
  clock: systemClock,
  person: () => 'zhang',
  parties: { patient: (key: string) => PATIENTS.find((patient) => patient.key === key) },
} as unknown as Hallway;

async function opened(bay: Bay): Promise<{ readonly address: string; readonly id: string }> {
  const door = await bay.open();
  onTestFinished(() => door.close());
  if (!door.entry) throw new Error(`The site file has no row of its own for ${bay.id}.`);
  return door.entry;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!holds()) {
    if (deadline.aborted) throw new Error(`It did not come about in 20 s: ${what}.`);
    await pause(10);
  }
}

test('whoever stands there puts the card on; every document has a button, and the lamp says what is', async () => {
  const bay = idCardReaderBay(hallway);
  const bus = createDeviceBus({ clock: systemClock });
  const reader = new SamIdCardReader({ ...(await opened(bay)), bus, clock: systemClock });
  onTestFinished(() => reader.close());
  await until(() => reader.state === 'online', 'online');
  expect(bay.lamp()).toBe('well');
  bay.hands['present']?.use(undefined);
  const completion = await reader.readIdCard({ timeoutMs: 10_000 });
  expect(completion.done && completion.value.name.reveal()).toBe('张演一');
  for (const document of bay.hands['document']?.with ?? []) bay.hands['document']?.use(document);
  expect(bay.look()[0]?.value).toBe('other-transit');
  expect(() => bay.hands['document']?.use('护照')).toThrow('drawer');
  bay.hands['unplug']?.use(undefined);
  expect([bay.lamp(), bay.hands['unplug']?.can?.()]).toEqual(['unplugged', false]);
  await until(() => reader.state === 'powerOff', 'lost');
});

test('the pad’s keys are dim until a PIN is asked for; who looks sees dots', async () => {
  const bay = pinPadBay(hallway);
  const bus = createDeviceBus({ clock: systemClock });
  const pad = new ZtPinPad({ ...(await opened(bay)), bus, clock: systemClock });
  onTestFinished(() => pad.close());
  await until(() => pad.state === 'online', 'online');
  expect([pad.keys, bay.hands['press']?.can?.()]).toEqual(['loaded', false]);
  const loaded = await pad.loadPinKey({
    timeoutMs: 5_000,
    keySet: 0,
    // Sixteen bytes of 11 under the bench's master key, and what zeros give under it (openssl enc -des-ede-ecb).
    encryptedKey: Buffer.from('9B3A7B883A100F739B3A7B883A100F73', 'hex'),
    checkValue: Buffer.from('82E136', 'hex'),
  });
  expect(loaded.done || loaded.detail).toBe(true);
  const entering = pad.enterPinBlock({ timeoutMs: 20_000, minDigits: 4, maxDigits: 6, format: 'iso1', keySet: 0 });
  await until(() => bay.hands['press']?.can?.() === true, 'keys');
  for (const digit of ['1', '2', '3', '4']) bay.hands['press']?.use(digit);
  expect([bay.lamp(), bay.look()[1]?.value]).toEqual(['busy', '••••']);
  bay.hands['enter']?.use(undefined);
  expect(await entering).toMatchObject({ done: true, value: { completion: 'enter', digits: 4 } });
  bay.hands['openHousing']?.use(undefined);
  expect(bay.lamp()).toBe('wrong');
});
