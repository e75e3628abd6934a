/** Power cuts at every write of a short day, in the short form; the long form is `yizhan sim crash`. */
import { expect, test, vi } from 'vitest';
import { runCrash } from '../../hardware-sim/proof/disk/crash-run.ts';
import type { MoneyPlan } from '../../hardware-sim/proof/disk/record-tape.ts';
import type { Sabotage } from '../../hardware-sim/proof/disk/sabotage.ts';

// Engines start and hundreds of databases are opened: seconds, or a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const SHORT: MoneyPlan = { seed: 1, flows: ['outpatient', 'selfPay', 'deposit'], ledger: 'thisThread' };

/** Some hundreds of disks: cuts after every few operations of one short day, with everything that follows from it. */
function short(sabotage?: Sabotage, stride = 29, plan: Partial<MoneyPlan> = {}) {
  const recording = {
    name: 'a short day',
    plan: { ...SHORT, ...plan, ...(sabotage && { sabotage }) },
    random: 1,
    stride,
  };
  return runCrash({ seed: 1, recordings: [recording], shards: 1 });
}

test('whatever write a power cut falls into, every settlement that is taken up again ends with its money explained', async () => {
  const result = await short(undefined, 19);
  expect(result.findings).toEqual([]);
  expect(result.states).toBeGreaterThan(100);
  expect(result.resumed).toBeGreaterThan(100);
  expect(result.flows).toMatchObject({ discharge: expect.any(Number), deposit: expect.any(Number) });
});

test('the same with the ledger in its worker, whose every reply is the one that the world was answered', async () => {
  const result = await short(undefined, 37, { seed: 4, ledger: 'worker', flows: ['outpatient', 'selfPay'] });
  expect(result.findings).toEqual([]);
  expect(result.resumed).toBeGreaterThan(30);
});

/** Rules about the parties' own money and claims, whatever the journal holds. */
const MONEY = /^(I[1-3]|I5|P1|P10|P12|P13|P14) /;

test.each<Sabotage>(['normal', 'off'])(
  'synchronous = %s loses acknowledged entries: what was done is undone, and uploads are lost',
  async (sabotage) => {
    const { findings } = await short(sabotage, 17);
    const seen = findings.map(({ what }) => what);
    expect(seen).toContain('an acknowledged entry is gone');
    expect(seen.some((what) => what.startsWith('I9 doneStays'))).toBe(true);
    expect(seen.some((what) => what.startsWith('I8 uploadedOnce'))).toBe(true);
  },
);

test('an intent that is written after its effect leaves money or a claim of nobody', async () => {
  const { findings } = await short('intentAfterEffect', 17);
  const seen = findings.map(({ what }) => what);
  expect(seen.some((what) => /^I4: .* took place without a durable intent$/.test(what))).toBe(true);
  expect(seen.some((what) => MONEY.test(what))).toBe(true);
  expect(seen.some((what) => what.startsWith('P14 zeroUnexplainedFen'))).toBe(true);
});

test('the same seed explores the same disks and resumes the same settlements', async () => {
  const [one, other] = [await short(undefined, 61), await short(undefined, 61)];
  expect(one).toEqual(other);
});
