/** Power cuts at every write of a short day, in the short form; the long form is `yizhan sim crash`. */
import { expect, test, vi } from 'vitest';
import { runCrash } from '../../hardware-sim/proof/disk/crash-run.ts';
import type { Sabotage } from '../../hardware-sim/proof/disk/sabotage.ts';

// Engines start and hundreds of databases are opened: seconds, or a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/** Some hundreds of disks: cuts after every few operations of two short lives, the first of which is killed. */
function short(sabotage?: Sabotage) {
  const life = { seed: 1, ledger: 'thisThread', ...(sabotage && { sabotage }) } as const;
  const lives = [
    { ...life, bills: { first: 1, count: 2 }, killAfter: 12 },
    { ...life, bills: { first: 11, count: 1 }, checkpointPages: 30 },
  ];
  const recording = { name: 'two short lives', lives, random: 1, stride: 13 };
  return runCrash({ seed: 1, recordings: [recording], shards: 1 });
}

test('whatever write a power cut falls into, nothing acknowledged is missing and no effect is without its intent', async () => {
  const result = await short();
  expect(result.findings).toEqual([]);
  expect(result.states).toBeGreaterThan(150);
  expect(result.resumed).toBeGreaterThan(150);
});

test.each<Sabotage>(['normal', 'off'])(
  'synchronous = %s loses acknowledged entries, and that is seen',
  async (sabotage) => {
    const { findings } = await short(sabotage);
    expect(findings.map(({ what }) => what)).toContain('an acknowledged entry is gone');
  },
);

test('an intent that is written after its effect is noticed', async () => {
  const { findings } = await short('intentAfterEffect');
  expect(findings.some(({ what }) => /^I4: .* took place without a durable intent$/.test(what))).toBe(true);
});

test('the same seed explores the same disks', async () => {
  const [one, other] = [await short(), await short()];
  expect(one).toEqual(other);
});
