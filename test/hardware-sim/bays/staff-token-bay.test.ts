import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { PinEntry } from '../../../drivers/person-token/pin-entry.ts';
import { PivToken } from '../../../drivers/person-token/piv-token.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import { staffTokenBay } from '../../../hardware-sim/bays/staff-token-bay.ts';

const PATIENT = { timeoutMs: 10_000 } as const;

test('the staff reader’s bay has cards that its people can sign with, and hands that a kiosk notices', async () => {
  const bay = staffTokenBay({ clock: systemClock });
  expect(() => bay.hands['insert']?.use('engineer')).toThrow('no card of "engineer"');
  const open = await bay.open();
  if (!open.entry) throw new Error(`The site file has no row of its own for ${bay.id}.`);
  const bus = createDeviceBus({ clock: systemClock });
  const token = new PivToken({ ...open.entry, bus, clock: systemClock });
  onTestFinished(async () => {
    await token.close();
    await bus.close();
    await open.close();
  });
  const hears = (event: string): Promise<void> =>
    new Promise((resolve) => {
      const stop = token.onTokenEvent((told) => {
        if (told.event !== event) return;
        stop();
        resolve();
      });
    });
  expect(bay.lamp()).toBe('well');
  const inserted = hears('mediaInserted');
  bay.hands['insert']?.use('engineer');
  await inserted;
  expect([bay.lamp(), bay.look()[0]?.value]).toEqual(['busy', 'staff-engineer']);
  const pin = PinEntry.from(new TextEncoder().encode('471100'));
  expect(await token.verifyPin(pin, PATIENT)).toEqual({ done: true, value: { verdict: 'accepted' } });
  const challenge = new TextEncoder().encode('a challenge of at least thirty-two bytes');
  expect((await token.sign(challenge, PATIENT)).done).toBe(true);
  const removed = hears('mediaRemoved');
  bay.hands['remove']?.use(undefined);
  await removed;
  bay.hands['unplug']?.use(undefined);
  expect(bay.lamp()).toBe('unplugged');
}, 30_000);
