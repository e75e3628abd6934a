import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildProduction, checkInputs, NotForProductionError } from '../../bin/build-production.ts';

test('production is one bundle per process, its page, and nothing of the simulator', async () => {
  const { folder, startFile, pageFolder, inputs } = await buildProduction();
  expect(existsSync(startFile)).toBe(true);
  expect(existsSync(join(pageFolder, 'index.html'))).toBe(true);
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining([
      'kiosk.js',
      'ledger-worker.js',
      'device-host-child.js',
      'face-engine-child.js',
      'start.js',
      'manifest.json',
    ]),
  );
  expect(inputs).toEqual(
    expect.arrayContaining(['firmware/main.ts', 'firmware/kiosk.ts', 'firmware/settlement/ledger-worker.ts']),
  );
  expect(inputs.filter((path) => /^(hardware-sim|provisioning|test|kiosk-ui)\//.test(path))).toEqual([]);
  for (const bundle of ['kiosk.js', 'ledger-worker.js', 'device-host-child.js', 'face-engine-child.js']) {
    const code = readFileSync(join(folder, bundle), 'utf8');
    expect(
      ['SimCardSlot', 'VirtualPrinter', 'createTestAuthority', 'LiveHall'].filter((name) => code.includes(name)),
    ).toEqual([]);
  }
}, 120_000);

test('a bundle that reaches the simulator is refused by name', () => {
  const inputs = ['firmware/main.ts', 'hardware-sim/devices/card-slot.ts', 'provisioning/test-authority.ts'];
  expect(() => checkInputs(inputs)).toThrow(NotForProductionError);
  expect(() => checkInputs(inputs)).toThrow('hardware-sim/devices/card-slot.ts, provisioning/test-authority.ts');
  expect(() => checkInputs(['firmware/main.ts', 'node_modules/ws/lib/sender.js'])).not.toThrow();
});
