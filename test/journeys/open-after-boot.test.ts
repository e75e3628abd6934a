/** The door after a power cut in mid-settlement, with the insurance line dead: it opens all the same, or the kiosk stops. */
import { expect, it } from 'vitest';
import { EXAMPLE_PAID } from './endings.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

/** Cut off while its 2207 was on the way; up again, and nobody at the centre answers. */
async function bootWithDeadLine(): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk();
  const { hall, patient } = kiosk;
  kiosk.when('2207', 'after', () => {
    hall.cutPower();
    hall.insuranceLine.cut();
  });
  patient.come({});
  await kiosk.run(() => !hall.hasPower);
  hall.slot.remove();
  patient.leave();
  hall.restorePower();
  return kiosk;
}

it('the home screen is there within ninety seconds, and what was open is found out when the line is back', async () => {
  const kiosk = await bootWithDeadLine();
  await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME', 90_000);
  expect(kiosk.openSettlements).toHaveLength(1);
  await kiosk.pass(600_000);
  kiosk.hall.insuranceLine.restore();
  await kiosk.run(() => kiosk.atRest, 600_000);
  expect(kiosk.books).toEqual(EXAMPLE_PAID);
  expect(kiosk.troubles).toEqual([]);
});

it('a kiosk that is stopped before its door is open ends at once, and opens for nobody', async () => {
  const kiosk = await bootWithDeadLine();
  await kiosk.pass(100);
  expect(kiosk.patient.body?.name).toBe('S-OUT');
  let stopped = false;
  const note = (): void => {
    stopped = true;
  };
  kiosk.kiosk.stop().then(note, note);
  await kiosk.run(() => stopped, 1_000);
  expect(kiosk.patient.body?.name).toBe('S-OUT');
});
