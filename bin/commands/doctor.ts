/** `yizhan doctor`: every device with its state, and what to do about those that are not well. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, printJson, readWords, say, UsageError } from '../command.ts';

export const command: Command = {
  help: `yizhan doctor [--sim | --config FILE] [--json]

Opens every device that the kiosk has, waits a moment, and says how each is.
Without --sim or --config it looks at this machine: what devices would need, what
is missing, and what to do.

  --sim          the simulated cabinet, behind its loopback doors
  --config FILE  the site file of a real kiosk
  --json         {"ok","devices":[{"id","class","state","identity","capabilities","lastFault","selfTest"}],
                 "machine":[{"id","what","forDevices","state","remedy"}]}

Exit 0 when all are well, 1 when one is not or something is missing.`,

  async run(words) {
    const { values } = readWords(words, {
      sim: { type: 'boolean' },
      config: { type: 'string' },
      json: { type: 'boolean' },
    });
    if (values.sim === true && values.config !== undefined) {
      throw new UsageError('Give --sim for the simulated cabinet or --config FILE for a real one, not both.');
    }
    if (values.sim !== true && values.config === undefined) return lookAtMachine(values.json === true);
    const { readSite } = await import('../../firmware/config/read-config.ts');
    const { createDeviceBus } = await import('../../drivers/bus.ts');
    const { systemClock } = await import('../../drivers/system-clock.ts');
    const { openDevices, reportDevices } = await import('../../firmware/kiosk-devices.ts');
    const place =
      values.config === undefined ? await simulatedPlace() : { siteFile: values.config, leave: async () => undefined };
    const { config } = readSite(readFileSync(place.siteFile, 'utf8'));
    const bus = createDeviceBus({ clock: systemClock });
    const devices = openDevices({ bus, clock: systemClock, random: { bytes: (count) => randomBytes(count) } }, config);
    const patience = Date.now() + 3_000;
    while (devices.all.some((device) => device.state !== 'online') && Date.now() < patience) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const report = reportDevices(devices);
    const ok = report.every((device) => device.selfTest === 'passed');
    for (const device of report) {
      say(
        `${device.selfTest === 'passed' ? '✓' : '✗'} ${device.id} (${device.class}): ${device.state}, ${device.selfTest}`,
      );
      if (device.identity !== null) say(`    ${device.identity}`);
      if (device.lastFault) say(`    last fault: ${device.lastFault.fault}, ${device.lastFault.detail}`);
    }
    if (report.length === 0) say('The site file names no devices.');
    for (const device of devices.all) await device.close();
    await bus.close();
    await place.leave();
    if (values.json === true) printJson({ ok, devices: report });
    return ok ? 0 : 1;
  },
};

/** No kiosk is named: says what this machine has for devices. */
async function lookAtMachine(json: boolean): Promise<number> {
  const { machineNeeds } = await import('../../drivers/machine-needs.ts');
  const { thisMachine } = await import('../machine-look.ts');
  const machine = machineNeeds(thisMachine);
  const ok = machine.every(({ state }) => state === 'there');
  say('This machine, without a site file (--config FILE opens its devices, --sim the simulated cabinet):');
  for (const { what, forDevices, state, remedy } of machine) {
    const word = state === 'there' ? 'there' : state === 'missing' ? 'missing' : 'there, but this user may not open it';
    say(`${state === 'there' ? '✓' : '✗'} ${what}: ${word}`);
    if (remedy !== undefined) say(`    for ${forDevices.join(', ')}: ${remedy}`);
  }
  if (json) printJson({ ok, devices: [], machine });
  return ok ? 0 : 1;
}

async function simulatedPlace(): Promise<{ readonly siteFile: string; readonly leave: () => Promise<void> }> {
  const { LiveHall } = await import('../../hardware-sim/live-hall.ts');
  const dataFolder = mkdtempSync(join(tmpdir(), 'yizhan-doctor-'));
  const hall = await LiveHall.open({ dataFolder });
  return {
    siteFile: hall.siteFile,
    leave: async () => {
      await hall.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
