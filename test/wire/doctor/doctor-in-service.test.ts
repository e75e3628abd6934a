/** A kiosk that serves is asked for its self-tests at its door: its own devices answer, and no patient waits for them. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { askRunningKiosk } from '../../../bin/running-kiosk.ts';
import type { ScreenBody } from '../../../firmware/screen/messages.ts';
import { LiveKiosk } from '../../support/live-kiosk.ts';

const WITHIN_MS = 30_000;

async function kioskAtHome() {
  const live = await LiveKiosk.open();
  onTestFinished(() => live.close(), 60_000);
  const folder = dirname(live.hall.siteFile);
  const sees = async (name: ScreenBody['name']): Promise<void> => {
    const lastMs = performance.now() + WITHIN_MS;
    while (live.kiosk.screen.current?.body.name !== name) {
      if (performance.now() > lastMs) throw new Error(`${name} did not come: ${live.kiosk.screen.current?.body.name}.`);
      await pause(5);
    }
  };
  await sees('S-HOME');
  return { live, folder, sees };
}

interface Told {
  readonly ok: boolean;
  readonly kiosk: { readonly id: string; readonly busy: boolean } | null;
  readonly devices: readonly { readonly id: string; readonly selfTest: { readonly result: string } }[];
}

/** `yizhan doctor --json`, beside the kiosk, in a process of its own. */
function doctor(folder: string): Promise<Told> {
  const cli = join(import.meta.dirname, '..', '..', '..', 'bin', 'cli.ts');
  const words = ['--disable-warning=ExperimentalWarning', cli, 'doctor', '--data', folder, '--json'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', () => resolve(JSON.parse(text) as Told));
  });
}

test('the doctor of a kiosk that serves tells its own devices, all tested, and nothing came out of the printer', async () => {
  const { live, folder, sees } = await kioskAtHome();
  let told = await doctor(folder);
  // A machine that stalls for a second takes a device away for a moment: it is asked again.
  for (let again = 0; !told.ok && again < 5; again += 1) told = await doctor(folder);
  expect(told).toMatchObject({ ok: true, kiosk: { id: 'sim-kiosk-1', busy: false } });
  expect(told.devices.map(({ id }) => id).sort()).toEqual(live.kiosk.devices.all.map(({ id }) => id).sort());
  const results = new Set(told.devices.map(({ selfTest }) => selfTest.result));
  expect([...results].sort()).toEqual(['notTested', 'passed']);
  expect(live.hall.printer.state()).toMatchObject({ atHead: { lines: [] } });
  await sees('S-HOME');
}, 90_000);

test('a patient who comes in the middle of the test ends it and is served; one who is there is left alone', async () => {
  const { live, folder, sees } = await kioskAtHome();
  live.bring({ person: 'zhang', bills: ['clinic'] } as never);
  const asked = askRunningKiosk(folder);
  await pause(30);
  live.hand('insertCard');
  const report = await asked;
  expect(report?.busy).toBe(true);
  await sees('S-BILL');
  const looked = await askRunningKiosk(folder);
  expect(looked?.busy).toBe(true);
  for (const id of ['pin-pad', 'bank-terminal', 'queue-display', 'receipt-printer']) {
    const { selfTest } = looked?.devices.find((device) => device.id === id) ?? {};
    expect({ id, ...selfTest }).toMatchObject({
      id,
      result: 'notTested',
      sentence: expect.stringMatching(/being served/),
    });
  }
  // Nothing is closed while somebody's card lies in the slot.
  live.hand('removeCard');
}, 90_000);

test('a folder on which no kiosk runs is nobody’s', async () => {
  expect(await askRunningKiosk('/nowhere')).toBeUndefined();
});
