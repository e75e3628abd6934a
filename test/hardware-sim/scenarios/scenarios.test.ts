/** Every scenario file of the project, with and without its sabotage, and what bad files are told. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBays } from '../../../hardware-sim/bays/all-bays.ts';
import { FacePlace } from '../../../hardware-sim/bays/face-place.ts';
import { runOnVirtualTime } from '../../../hardware-sim/main.ts';
import { createParties, DEMO_INSTITUTION } from '../../../hardware-sim/parties/virtual-world.ts';
import { bayHandNames } from '../../../hardware-sim/scenarios/hall-bays.ts';
import type { ScenarioResult } from '../../../hardware-sim/scenarios/run-scenario.ts';
import { sabotages } from '../../../hardware-sim/scenarios/sabotage.ts';
import { sabotageNames } from '../../../hardware-sim/scenarios/sabotage-names.ts';
import {
  readScenario,
  type Scenario,
  ScenarioError,
  scenarioJsonSchema,
} from '../../../hardware-sim/scenarios/scenario.ts';
import { simulatedSite } from '../../../hardware-sim/world/simulated-site.ts';
import { VirtualClock } from '../../../hardware-sim/world/virtual-clock.ts';
import { degradedModes, journeys, media, type Shown } from './coverage-table.ts';

const yizhan = new URL('../../../bin/yizhan.mjs', import.meta.url).pathname;
const folder = new URL('../../../hardware-sim/scenarios/files/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const scenarios: readonly Scenario[] = files.map((file) =>
  readScenario(readFileSync(new URL(file, folder), 'utf8'), file),
);
const knownClauses = new Set(
  readFileSync(new URL('../../../docs/clauses.tsv', import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[0]),
);

const runs = new Map<string, Promise<ScenarioResult>>();

/** With seed 1, once in this file. */
function runOnce(scenario: Scenario): Promise<ScenarioResult> {
  const run = runs.get(scenario.name) ?? runOnVirtualTime(scenario, { seed: 1 });
  runs.set(scenario.name, run);
  return run;
}

const withoutWall = ({ wallMs, ...rest }: ScenarioResult): Omit<ScenarioResult, 'wallMs'> => {
  expect(wallMs).toBeGreaterThanOrEqual(0);
  return rest;
};

/** What the first issue promises by name. */
const REQUIRED = [
  'outpatient-card',
  'outpatient-qr',
  'outpatient-consent',
  'outpatient-own-part-zero',
  'outpatient-mismatch',
  'outpatient-paper-out',
  'outpatient-line-cut-in-settle',
  'outpatient-power-cut-in-settle',
];

describe('every scenario of the project', () => {
  it('is named like its file, and those that the project promises are there', () => {
    expect(scenarios.map(({ name }) => name)).toEqual(files.map((file) => basename(file, '.yaml')));
    expect(scenarios.map(({ name }) => name)).toEqual(expect.arrayContaining(REQUIRED));
  });

  it('names only clauses that exist', () => {
    for (const { clauses } of scenarios) for (const clause of clauses) expect(knownClauses).toContain(clause);
  });

  for (const scenario of scenarios) {
    it(`${scenario.name}: ${scenario.title}`, async () => {
      const result = await runOnce(scenario);
      expect(result.failures).toEqual([]);
      expect(result.violations).toEqual([]);
      expect(result).toMatchObject({ scenario: scenario.name, seed: 1, ok: true, ended: scenario.expect.ended });
    });

    it(`${scenario.name} fails when "${sabotages[scenario.sabotage].breaks}" no longer holds`, async () => {
      const result = await runOnVirtualTime(scenario, { seed: 1, sabotage: scenario.sabotage });
      expect(result.ok).toBe(false);
      expect([...result.failures, ...result.violations].length).toBeGreaterThan(0);
    });

    it(`${scenario.name} gives the same result twice for one seed, and holds for others`, async () => {
      const [once, again, other] = [
        await runOnce(scenario),
        await runOnVirtualTime(scenario, { seed: 1 }),
        await runOnVirtualTime(scenario, { seed: 2_147_483_647 }),
      ];
      expect(withoutWall(again)).toEqual(withoutWall(once));
      expect(other.ok).toBe(true);
    });
  }

  it('uses every sabotage that there is', () => {
    const used = new Set(scenarios.map(({ sabotage }) => sabotage));
    expect(sabotageNames.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('what the scenarios show', () => {
  const listing = execFileSync(process.execPath, [yizhan, 'sim', 'list', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const listed = (
    JSON.parse(listing) as {
      readonly scenarios: readonly { readonly name: string }[];
    }
  ).scenarios.map(({ name }) => name);

  /** What of the table its scenario does not show. */
  async function notShown(table: Readonly<Record<string, Shown>>): Promise<readonly string[]> {
    const missing: string[] = [];
    for (const [what, [name, by]] of Object.entries(table)) {
      const scenario = scenarios.find((one) => one.name === name && listed.includes(name));
      const seen = scenario && [...(await runOnce(scenario)).screens, ...scenario.steps.map((step) => step.do)];
      if (!seen) missing.push(`${what}: there is no scenario ${name}`);
      else if (!seen.some((one) => one === by)) missing.push(`${what}: ${name} does not show it by ${by}`);
    }
    return missing;
  }

  it('is every journey that a tile, a button or a bill can open', async () => {
    expect(await notShown(journeys)).toEqual([]);
  });

  it('is every medium with which somebody says who they are, or pays', async () => {
    expect(await notShown(media)).toEqual([]);
  });

  it('is every degraded mode that the product knows', async () => {
    expect(await notShown(degradedModes)).toEqual([]);
  });

  it('is done by hands that the live hall’s bays have, too', () => {
    const clock = new VirtualClock(0);
    const { insurance, hospitalGateway, paymentGateway } = simulatedSite;
    const parties = createParties({
      ...{ clock, seed: 1, institution: DEMO_INSTITUTION, visitDrivenBy: 'hospital' },
      caller: { id: insurance.callerId, token: insurance.callerToken },
      hospitalToken: hospitalGateway.token,
      payment: paymentGateway,
    });
    const bays = createBays({ clock, parties, person: () => 'zhang', facePlace: new FacePlace(() => undefined) });
    const there = bays.flatMap(({ id, hands }) => Object.keys(hands).map((hand) => `${id}.${hand}`));
    expect(bayHandNames.filter((name) => !name.startsWith('disk.') && !there.includes(name))).toEqual([]);
  });
});

describe('a scenario that gets stuck', () => {
  it('says on which screen it waits and for which step', async () => {
    const first = scenarios.find(({ name }) => name === 'outpatient-card');
    if (!first) throw new Error('No scenario is there.');
    const steps: Scenario['steps'] = [
      { on: 'S-HOME', do: 'insertCard' },
      { on: 'S-OUT', touch: 'confirm' },
    ];
    const result = await runOnVirtualTime({ ...first, steps, limitMs: 5_000 }, { seed: 1 });
    expect(result.ok).toBe(false);
    expect(result.failures[0]).toMatch(/^stuck on S-BILL, waiting for step 2: .*S-OUT.*5000 ms/);
  });
});

describe('a bad scenario file', () => {
  const good = {
    name: 'a-story',
    title: 'A story',
    person: 'zhang',
    bills: ['example'],
    steps: [{ on: 'S-HOME', do: 'insertCard' }],
    expect: { ended: 'settled', claims: 1, chargedFen: 0, confirmed: 1 },
    sabotage: 'chargedTwice',
  };
  const told = (change: object): string => {
    try {
      readScenario(JSON.stringify({ ...good, ...change }), 'story.yaml');
    } catch (error) {
      expect(error).toBeInstanceOf(ScenarioError);
      return error instanceof Error ? error.message : '';
    }
    throw new Error('The file was taken.');
  };

  it('that is good is taken, with the defaults filled in', () => {
    expect(readScenario(JSON.stringify(good), 'story.yaml')).toMatchObject({ profile: 'national', limitMs: 900_000 });
  });

  const bad: readonly [what: string, change: object, where: RegExp][] = [
    ['a name with blanks', { name: 'A story' }, /^story\.yaml is not a scenario:\n {2}name: /],
    ['a hand that nobody has', { steps: [{ do: 'kickIt' }] }, /steps\.0\.do/],
    ['a touch that no screen offers', { steps: [{ on: 'S-HOME', touch: 'everything' }] }, /steps\.0\.touch/],
    ['a step that does nothing', { steps: [{ on: 'S-HOME' }] }, /steps\.0: a step touches, does something or waits/],
    ['a moment without a call', { steps: [{ moment: 'before', do: 'cutPower' }] }, /steps\.0: .*go together/],
    ['a word that is not known', { step: [] }, /top level: .*step/],
    ['no expectation', { expect: undefined }, /expect: /],
    ['half a cent', { expect: { ...good.expect, chargedFen: 0.5 } }, /expect\.chargedFen: /],
    ['no sabotage', { sabotage: undefined }, /sabotage: /],
    ['no list of bills', { bills: undefined }, /bills: /],
    ['a bill that the hospital does not know', { bills: ['example', 'huge'] }, /bills\.1: /],
    ['a person whom nobody invented', { person: 'nobody' }, /person: /],
    ['a screen that there is not', { steps: [{ on: 'S-NEVER', touch: 'confirm' }] }, /steps\.0\.on: /],
    ['a day that there is not', { start: 'tomorrow' }, /start: /],
    ['an unknown place', { profile: 'atlantis' }, /profile: /],
  ];
  for (const [what, change, where] of bad) {
    it(`with ${what} is told where it is wrong`, () => {
      expect(told(change)).toMatch(where);
    });
  }

  it('that is no YAML is told so, with its name', () => {
    expect(() => readScenario('steps: [', 'story.yaml')).toThrow(/^story\.yaml is not YAML: /);
  });

  it('is also refused by the published JSON Schema’s own list of words', () => {
    expect(JSON.stringify(scenarioJsonSchema())).toContain('"insertCard"');
    expect(scenarioJsonSchema()).toMatchObject({
      title: 'Yizhan scenario',
      type: 'object',
      additionalProperties: false,
    });
  });
});
