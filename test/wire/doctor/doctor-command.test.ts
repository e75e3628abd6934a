/** `yizhan doctor` as a person or a program runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { simulatedSite } from '../../../hardware-sim/world/simulated-site.ts';
import { missingForFaces } from '../face/engine-bench.ts';

const CLI = join(import.meta.dirname, '../../../bin/cli.ts');
const doctor = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, 'doctor', ...words], { encoding: 'utf8' });
const lastLine = (text: string): unknown => JSON.parse(text.trim().split('\n').at(-1) ?? '');

function siteFile(devices: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-doctor-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'site.json');
  const hospital = { institutionCode: 'H99000000001', institutionName: 'x', areaCode: '990000' };
  const site = {
    ...{ ...simulatedSite, kioskId: 'k-1', trust: { signers: [] }, devices },
    hospital: { ...hospital, helpWindow: '1', phone: '1' },
  };
  writeFileSync(path, JSON.stringify(site));
  return path;
}

test('the simulated cabinet is well: exit 0, and every row of its JSON has a test’s result', () => {
  const { status, stdout } = doctor('--sim', '--json');
  expect(lastLine(stdout)).toMatchObject({ ok: true, machine: [] });
  const { devices, waysIn } = lastLine(stdout) as Readonly<Record<'devices' | 'waysIn', readonly object[]>>;
  expect(waysIn).toHaveLength(4);
  for (const way of waysIn) expect(way).toMatchObject({ present: true, certified: 'yes' });
  // The face check is there where its optional packages are.
  expect(devices).toHaveLength(missingForFaces() ? 14 : 15);
  for (const device of devices) {
    expect(device).toMatchObject({
      ...{ id: expect.any(String), class: expect.any(String), state: 'online', capabilities: expect.any(Object) },
      selfTest: {
        result: expect.stringMatching(/^(passed|notTested)$/),
        sentence: expect.stringMatching(/^[A-Z].*\.$/),
      },
    });
  }
  expect(status).toBe(0);
}, 60_000);

test('a device that is not there fails with a sentence and what to do: exit 1', () => {
  const path = siteFile({ receiptPrinter: { id: 'slip', address: 'tcp://127.0.0.1:9' } });
  const { status, stdout, stderr } = doctor('--config', path, '--json');
  expect(lastLine(stdout)).toMatchObject({
    ok: false,
    devices: [
      {
        id: 'slip',
        state: 'powerOff',
        selfTest: { result: 'failed', sentence: expect.stringContaining('not connected'), remedy: expect.any(String) },
      },
    ],
  });
  expect(`${stdout}${stderr}`).toContain('✗ slip (receiptPrinter)');
  expect(status).toBe(1);
}, 60_000);

test('a site file with a mistake is named by its path, without a trace of the program', () => {
  const { status, stderr } = doctor('--config', siteFile({ queueDisplay: { id: 'q', address: 'tcp://x', cells: 2 } }));
  expect(stderr).toContain('devices.queueDisplay.cells');
  expect(stderr).not.toMatch(/\.ts:\d+/);
  expect(status).toBe(2);
}, 60_000);
