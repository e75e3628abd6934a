/** Where the region wants the kiosk watched: a hand over the lens closes the insurance path, and taking it away opens it. */
import { expect, it, onTestFinished } from 'vitest';
import { startHealth } from '../../firmware/health/kiosk-health.ts';
import { openSqliteStore } from '../../firmware/world/sqlite-store.ts';
import { MemoryBroker } from '../../hardware-sim/world/memory-broker.ts';
import { SeededRandom } from '../../hardware-sim/world/seeded-random.ts';
import { readPayload } from '../firmware/health/payload-reader.ts';
import { type Profile, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const watched = (profile: Profile): void => {
  profile.checks['camera'] = 'mustSee';
};

const home = ({ patient }: VirtualKiosk): unknown =>
  patient.body?.name === 'S-HOME' ? patient.body.insurance : undefined;

async function atHome(setting: Setting = {}) {
  const kiosk = new VirtualKiosk({ camera: true, rules: watched, bills: ['small'], ...setting });
  await kiosk.run(() => home(kiosk) === 'open');
  return kiosk;
}

/** The fleet's broker; → what it last heard of the lens. */
function fleetHears(kiosk: VirtualKiosk) {
  const { clock } = kiosk.hall;
  const broker = new MemoryBroker(clock);
  const health = startHealth({
    ...{ broker, clock, random: new SeededRandom(7, 'health'), url: 'mqtt://broker.sim' },
    ...{ group: 'H99000000001', node: 'YZ-0001', version: '0.1.0', devices: kiosk.kiosk.devices.all },
    openStore: () => openSqliteStore(':memory:'),
    openSettlements: () => Promise.resolve([]),
  });
  onTestFinished(() => void health.stop());
  return () =>
    broker.traffic
      .flatMap((entry) =>
        'message' in entry && /\/(DBIRTH|DDATA)\/.*\/camera$/.test(entry.message.topic) ? [entry] : [],
      )
      .flatMap(({ message }) => readPayload(message.payload).metrics)
      .findLast(({ name }) => name === 'Lens')?.value;
}

/** ms until it holds. */
async function until(kiosk: VirtualKiosk, holds: () => boolean): Promise<number> {
  const { clock } = kiosk.hall;
  const fromMs = clock.monotonicMs();
  await kiosk.run(holds, 20_000);
  return clock.monotonicMs() - fromMs;
}

it('[SZ-268b] the lens is covered: within 5 s the journal has it, the insurance path is shut and the fleet’s engineers hear of it; uncovered it opens by itself', async () => {
  const kiosk = await atHome();
  const lens = fleetHears(kiosk);
  kiosk.hall.camera.coverLens();
  expect(await until(kiosk, () => home(kiosk) === 'closed')).toBeLessThan(5_000);
  const words = () => kiosk.audited('camera.lens').map(({ fields }) => (JSON.parse(fields) as { state: string }).state);
  expect(words().at(-1)).toBe('covered');
  expect(await until(kiosk, () => lens() === 'covered')).toBeLessThan(5_000);
  kiosk.hall.camera.uncoverLens();
  expect(await until(kiosk, () => home(kiosk) === 'open')).toBeLessThan(5_000);
  expect(words().at(-1)).toBe('clear');
  await until(kiosk, () => lens() === 'clear');
  expect(await kiosk.visit({})).toContain('S-DONE');
  expect(kiosk.ended).toEqual(['settled']);
});

it('covered in the middle of a visit: nothing is settled by insurance, and the page says why', async () => {
  const kiosk = await atHome();
  await kiosk.visit({
    'S-SPLIT': ({ hall, patient }) => {
      hall.camera.coverLens();
      hall.clock.timer(4_000, () => patient.pay());
    },
  });
  const stops = kiosk.patient.bodies.flatMap((body) => ('reason' in body ? [body.reason] : []));
  expect(stops).toContain('cameraCovered');
  expect(kiosk.count('2207')).toBe(0);
  expect(kiosk.troubles).toEqual([]);
});

it('a camera that is unplugged shuts the insurance path as a hand does; plugged in it opens again', async () => {
  const kiosk = await atHome();
  kiosk.hall.camera.unplug();
  expect(await until(kiosk, () => home(kiosk) === 'closed')).toBeLessThan(5_000);
  kiosk.hall.camera.plugIn();
  await until(kiosk, () => home(kiosk) === 'open');
});

it('where the region does not ask for it, a covered lens is only written down', async () => {
  const kiosk = await atHome({ rules: () => undefined });
  kiosk.hall.camera.coverLens();
  await until(kiosk, () => kiosk.audited('camera.lens').some(({ fields }) => fields.includes('covered')));
  expect(home(kiosk)).toBe('open');
});
