/** `yizhan doctor`: every device with its state, and what to do about those that are not well. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { machineNeeds, type NeedReport } from '../../drivers/machine-needs.ts';
import type { PathReport } from '../../firmware/self-test/paths.ts';
import type { DeviceReport } from '../../firmware/self-test/run-self-tests.ts';
import type { ServiceReport } from '../../firmware/self-test/tests-in-service.ts';
import { waysIn } from '../../firmware/self-test/ways-in.ts';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';
import { thisMachine } from '../machine-look.ts';
import type { OpenedDevices } from '../opened-devices.ts';
import { askRunningKiosk } from '../running-kiosk.ts';

/** A device has so long to come up before it is called away, ms. */
const PATIENCE_MS = 8_000;
const LOOK_MS = 50;

export const command: Command = {
  help: `yizhan doctor [--sim | --config FILE] [--data DIR] [--json]

Opens every device that the kiosk has, tests each, and says how it is. No test prints, keeps a
picture, spends a PIN try or moves money; the PIN pad beeps, and lamps and the queue display
light up for a moment. A kiosk that runs on this machine tests its own devices, while nobody is
there; whoever comes in the middle ends the test. Without --sim or --config, and with no kiosk
running, it looks at this machine: what devices would need, what is missing, and what to do.

  --sim          the simulated cabinet, behind its loopback doors
  --config FILE  the site file of a real kiosk
  --data DIR     the data folder of the running kiosk (default ~/.local/share/yizhan, and sim in it)
  --json         {"ok","kiosk":{"id","busy"}|null,"devices":[{"id","class","state","identity","capabilities","lastFault",
                 "selfTest":{"result":"passed|failed|notTested","sentence","remedy"},
                 "certificate":{"number","until","inForce"}|null}],
                 "waysIn":[{"way","device","present","certified":"yes|ended|notStated"}],
                 "paths":[{"path":"mobilePay|insuranceTerminal","selfTest"}] of a kiosk that runs,
                 "machine":[{"id","what","forDevices","state","remedy"}]}

Exit 0 when nothing failed, 1 when a test did or something is missing.`,

  async run(words) {
    const { values } = readWords(words, {
      sim: { type: 'boolean' },
      config: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (values.sim === true && values.config !== undefined) {
      throw new UsageError('Give --sim for the simulated cabinet or --config FILE for a real one, not both.');
    }
    const json = values.json === true;
    const running = await runningKiosk(values);
    if (running)
      return sayReport(running.devices, json, { id: running.kioskId, busy: running.busy, paths: running.paths });
    if (values.sim !== true && values.config === undefined) return lookAtMachine(json);
    const place =
      values.config === undefined ? await simulatedPlace() : { siteFile: values.config, leave: async () => undefined };
    try {
      return await testSite(readFileSync(place.siteFile, 'utf8'), json);
    } finally {
      await place.leave();
    }
  },
};

/** Opens what the site file names, waits a moment, and tests it. */
async function testSite(siteText: string, json: boolean): Promise<number> {
  const { openedDevices } = await import('../opened-devices.ts');
  const { testDevices } = await import('../../firmware/self-test/run-self-tests.ts');
  const { systemClock: clock } = await import('../../drivers/system-clock.ts');
  const { SiteError } = await import('../../firmware/config/read-config.ts');
  let opened: OpenedDevices;
  try {
    opened = openedDevices(siteText);
  } catch (error) {
    throw error instanceof SiteError ? new UsageError(error.message) : error;
  }
  const { devices, close } = opened;
  try {
    const patience = Date.now() + PATIENCE_MS;
    while (devices.all.some(({ state }) => state === 'starting') && Date.now() < patience) await pause(LOOK_MS);
    return sayReport(await testDevices(devices, { clock, busy: () => false }), json, null);
  } finally {
    await close();
  }
}

/** The kiosk that holds the devices now; with a site file, only if that is whose kiosk it is. */
async function runningKiosk({ sim, config, data }: Asked): Promise<ServiceReport | undefined> {
  const own = join(homedir(), '.local', 'share', 'yizhan');
  const ofSim = join(own, 'sim');
  const usual = sim === true ? [ofSim] : config === undefined ? [own, ofSim] : [own];
  for (const folder of data === undefined ? usual : [data]) {
    const report = await askRunningKiosk(folder);
    if (report && (config === undefined || report.kioskId === kioskIdIn(config))) return report;
  }
  return undefined;
}

interface Asked {
  readonly sim?: boolean | undefined;
  readonly config?: string | undefined;
  readonly data?: string | undefined;
}

/** `undefined` for a file that names none: whoever opens it says what is wrong with it. */
function kioskIdIn(siteFile: string): unknown {
  try {
    return (JSON.parse(readFileSync(siteFile, 'utf8')) as { readonly kioskId?: unknown }).kioskId;
  } catch {
    return undefined;
  }
}

interface AskedKiosk {
  readonly id: string;
  readonly busy: boolean;
  readonly paths: readonly PathReport[];
}

function sayReport(report: readonly DeviceReport[], json: boolean, kiosk: AskedKiosk | null): number {
  if (kiosk) say(`Kiosk ${kiosk.id} runs here and tested its own devices${kiosk.busy ? '; somebody is there' : ''}:`);
  for (const device of report) sayDevice(device);
  if (report.length === 0) say('The site file names no devices.');
  const entries = waysIn(report);
  for (const { way, present, certified } of entries) {
    say(`${present ? '✓' : '✗'} ${way}: ${present ? 'there' : 'not there'}, ${CERTIFIED[certified]}`);
  }
  for (const { path, selfTest } of kiosk?.paths ?? []) {
    say(`${selfTest.result === 'passed' ? '✓' : '✗'} ${path}: ${selfTest.sentence}`);
    if (selfTest.remedy !== null) say(`    → ${selfTest.remedy}`);
  }
  const failed = report.filter(({ selfTest }) => selfTest.result === 'failed');
  const ok = failed.length === 0 && (kiosk?.paths ?? []).every(({ selfTest }) => selfTest.result !== 'failed');
  const lacking = lookFor(failed.map((device) => device.class));
  if (lacking.length > 0) say('What this machine lacks for those that failed:');
  for (const need of lacking) sayNeed(need);
  if (json) {
    const asked = kiosk && { id: kiosk.id, busy: kiosk.busy };
    printJson({ ok, kiosk: asked, devices: report, waysIn: entries, paths: kiosk?.paths ?? [], machine: lacking });
  }
  return ok ? 0 : 1;
}

const CERTIFIED = {
  yes: 'certified',
  ended: 'its certificate has ended',
  notStated: 'no certificate in the site file',
} as const;

function sayDevice({ id, class: kind, state, identity, lastFault, selfTest }: DeviceReport): void {
  const mark = { passed: '✓', failed: '✗', notTested: '–' }[selfTest.result];
  say(`${mark} ${id} (${kind}): ${state}. ${selfTest.sentence}`);
  if (selfTest.remedy !== null) say(`    → ${selfTest.remedy}`);
  if (identity !== null) say(`    ${identity}`);
  if (lastFault) say(`    last fault: ${lastFault.fault}, ${lastFault.detail}`);
}

/** What is missing for these classes; a cable that is out needs none of it. */
const lookFor = (classes: readonly string[]): readonly NeedReport[] =>
  machineNeeds(thisMachine).filter(
    ({ state, forDevices }) => state !== 'there' && forDevices.some((one) => classes.includes(one)),
  );

/** No kiosk is named: says what this machine has for devices. */
async function lookAtMachine(json: boolean): Promise<number> {
  const machine = machineNeeds(thisMachine);
  const ok = machine.every(({ state }) => state === 'there');
  say('This machine, without a site file (--config FILE opens its devices, --sim the simulated cabinet):');
  for (const need of machine) sayNeed(need);
  if (json) printJson({ ok, kiosk: null, devices: [], machine });
  return ok ? 0 : 1;
}

function sayNeed({ what, forDevices, state, remedy }: NeedReport): void {
  const word = state === 'there' ? 'there' : state === 'missing' ? 'missing' : 'there, but this user may not open it';
  say(`${state === 'there' ? '✓' : '✗'} ${what}: ${word}`);
  if (remedy !== undefined) say(`    for ${forDevices.join(', ')}: ${remedy}`);
}

async function simulatedPlace(): Promise<{ readonly siteFile: string; readonly leave: () => Promise<void> }> {
  const { LiveHall } = await import('../../hardware-sim/live-hall.ts');
  const dataFolder = mkdtempSync(join(tmpdir(), 'yizhan-doctor-'));
  const hall = await LiveHall.open({ dataFolder, takenSensor: true });
  return {
    siteFile: hall.siteFile,
    leave: async () => {
      await hall.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
