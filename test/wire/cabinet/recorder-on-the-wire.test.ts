/** Cabinet and recorder as the workbench opens them: bays behind loopback doors, the real drivers on the real bus. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDeviceBus } from '../../../drivers/bus.ts';
import { BoardCabinet } from '../../../drivers/cabinet/board-cabinet.ts';
import { LineRecorder } from '../../../drivers/recorder/line-recorder.ts';
import { systemClock } from '../../../drivers/system-clock.ts';
import type { Bay } from '../../../hardware-sim/bays/bay.ts';
import { cabinetBay } from '../../../hardware-sim/bays/cabinet-bay.ts';
import { recorderBay } from '../../../hardware-sim/bays/recorder-bay.ts';

const hallway = { clock: systemClock, parties: {} as never, person: () => 'nobody', facePlace: {} as never };

async function until(done: () => boolean, limitMs = 15_000): Promise<void> {
  for (let waited = 0; !done() && waited < limitMs; waited += 5) await pause(5);
  expect(done()).toBe(true);
}

async function opened(bay: Bay) {
  const open = await bay.open();
  if (!open.entry) throw new Error(`The site file has no row of its own for ${bay.id}.`);
  const bus = createDeviceBus({ clock: systemClock });
  onTestFinished(async () => {
    await bus.close();
    await open.close();
  });
  return { address: open.entry.address, bus };
}

const hand = (bay: Bay, name: string, given?: string): void => bay.hands[name]?.use(given);

test('the cabinet’s bay: every hand is heard or seen by the driver', async () => {
  const bay = cabinetBay(hallway);
  const cabinet = new BoardCabinet({ id: 'cabinet', ...(await opened(bay)), clock: systemClock });
  onTestFinished(() => cabinet.close());
  await until(() => cabinet.state === 'online');
  hand(bay, 'press');
  await until(() => cabinet.status().operatorCallButtonSensor === 'on');
  hand(bay, 'openService');
  await until(() => cabinet.status().doors['service'] === 'open');
  hand(bay, 'turnKey', 'supervisor');
  await until(() => cabinet.status().operatorSwitch === 'supervisor');
  await cabinet.setLight('scanner', { flashRate: 'continuous', color: 'green' }, { timeoutMs: 5_000 });
  expect(bay.look()[0]?.value).toBe('scanner green');
  hand(bay, 'unplug');
  await until(() => cabinet.state === 'powerOff');
  expect(bay.lamp()).toBe('unplugged');
  hand(bay, 'plugIn');
  await until(() => cabinet.state === 'online' && bay.look()[0]?.value === 'scanner green');
});

test('[part of Y3-20a] over TCP: a mark is acknowledged, and a recorder that hangs is known within five seconds', async () => {
  const bay = recorderBay(hallway);
  const ids = { kioskId: 'K-0001', camera: 'entrance-1', bootId: 'b00t1' };
  const recorder = new LineRecorder({ id: 'recorder', ...(await opened(bay)), ...ids, clock: systemClock });
  onTestFinished(() => recorder.close());
  await until(() => recorder.state === 'online' && recorder.status().clockOffsetMs !== undefined);
  const { clockOffsetMs = 0, clockUncertaintyMs = 0 } = recorder.status();
  expect(Math.abs(clockOffsetMs - 1_500)).toBeLessThanOrEqual(clockUncertaintyMs + 2);
  expect(await recorder.mark('ivl_8f3k2m9q', 'start', { timeoutMs: 5_000 })).toMatchObject({ done: true });
  expect(bay.look()[1]?.value).toBe('1');
  hand(bay, 'hang');
  const sinceMs = systemClock.monotonicMs();
  await until(() => recorder.state === 'powerOff');
  expect(systemClock.monotonicMs() - sinceMs).toBeLessThan(5_000);
});
