/** `yizhan sim run|list|soak|crash|mutants`: scenarios on virtual time, and the proofs. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ScenarioResult } from '../../hardware-sim/scenarios/run-scenario.ts';
import type { SabotageName } from '../../hardware-sim/scenarios/sabotage-names.ts';
import { type Command, printJson, readWords, say, UsageError, wholeNumber } from '../command.ts';

const folder = new URL('../../hardware-sim/scenarios/files/', import.meta.url);

export const command: Command = {
  help: `yizhan sim run SCENARIO|FILE|--all [--seed N] [--sabotage] [--json]
yizhan sim list [--json]
yizhan sim schema
yizhan sim soak [--days N] [--seed N] [--json]      virtual years of settlements; "sim soak --help"
yizhan sim crash [--rounds N] [--seed N] [--json]   power cuts at every write of the journal; "sim crash --help"
yizhan sim model [--budget N] [--json]              every schedule of a bounded window; "sim model --help"
yizhan sim mutants [--only WORDS] [--json]          code with a mistake must be noticed; "sim mutants --help"

Runs scenarios through the real firmware on virtual time. A scenario is a name
from "sim list" or a YAML file; "sim schema" prints the JSON Schema of such files.

  --all        every scenario of the project
  --seed N     the one source of chance, 0 to 2147483647 (default 1)
  --sabotage   with the sabotage that the scenario names: it must fail then
  --json       the last line is one JSON object, also when a scenario fails

Exit 0 when everything held, 1 when not, 2 for wrong use.`,

  async helpFor(verb) {
    return (await proofs[verb ?? '']?.())?.help;
  },

  async run(words) {
    const proof = proofs[words[0] ?? ''];
    if (proof) return (await proof()).run(words.slice(1));
    const { values, positionals } = readWords(words, {
      all: { type: 'boolean' },
      seed: { type: 'string' },
      sabotage: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const [verb, name, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`One scenario at a time, or --all: "${more[0]}" is too much.`);
    if (verb === 'list') return list(values.json === true);
    if (verb === 'schema') return schema();
    if (verb !== 'run')
      throw new UsageError(verb ? `"sim ${verb}" is not known.` : 'Say what to do: run, list or schema.');
    const seed = wholeNumber('seed', values.seed, 1, [0, 2_147_483_647]);
    if (values.all === true) {
      if (name !== undefined) throw new UsageError('Give a scenario or --all, not both.');
      return runAll({ seed, sabotage: values.sabotage === true, json: values.json === true });
    }
    if (name === undefined) throw new UsageError('Which scenario? "yizhan sim list" names them.');
    return runOne(name, { seed, sabotage: values.sabotage === true, json: values.json === true });
  },
};

interface Proof {
  readonly help: string;
  run(words: readonly string[]): Promise<number>;
}

/** Verbs with a file of their own. */
const proofs: Readonly<Record<string, () => Promise<Proof>>> = {
  crash: () => import('./sim-crash.ts'),
  model: () => import('./sim-model.ts'),
  mutants: () => import('./sim-mutants.ts'),
  soak: () => import('./sim-soak.ts'),
};

interface Wish {
  readonly seed: number;
  readonly sabotage: boolean;
  readonly json: boolean;
}

function scenarioNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}

async function read(name: string) {
  const { readScenario } = await import('../../hardware-sim/scenarios/scenario.ts');
  const known = scenarioNames().includes(name);
  const file = known ? new URL(`${name}.yaml`, folder) : join(process.cwd(), name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`There is no scenario "${name}" and no such file. Known: ${scenarioNames().join(', ')}.`);
  }
  try {
    return readScenario(text, basename(name));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(name: string, wish: Wish): Promise<ScenarioResult> {
  const scenario = await read(name);
  const { runOnVirtualTime } = await import('../../hardware-sim/main.ts');
  const sabotage = wish.sabotage ? (scenario.sabotage as SabotageName) : undefined;
  return runOnVirtualTime(scenario, { seed: wish.seed, sabotage });
}

async function runOne(name: string, wish: Wish): Promise<number> {
  const result = await run(name, wish);
  tell(result);
  for (const line of result.paper) say(`  | ${line}`);
  if (wish.json) printJson(result);
  return result.ok ? 0 : 1;
}

async function runAll(wish: Wish): Promise<number> {
  const results: ScenarioResult[] = [];
  for (const name of scenarioNames()) {
    const result = await run(name, wish);
    tell(result);
    results.push(result);
  }
  const failures = results
    .filter((result) => !result.ok)
    .map(({ scenario, failures: unmet, violations }) => ({ scenario, failures: unmet, violations }));
  const passed = results.length - failures.length;
  say(`${passed} passed, ${failures.length} failed`);
  if (wish.json) printJson({ passed, failed: failures.length, failures });
  return failures.length === 0 ? 0 : 1;
}

function tell(result: ScenarioResult): void {
  const mark = result.ok ? 'ok    ' : 'FAILED';
  say(
    `${mark} ${result.scenario}: ${result.ended}, ${result.touches} touches, ${result.virtualMs} ms virtual, ${result.wallMs} ms wall`,
  );
  for (const failure of [...result.violations, ...result.failures]) say(`       ${failure}`);
}

async function list(json: boolean): Promise<number> {
  const scenarios = await Promise.all(
    scenarioNames().map(async (name) => {
      const { title, clauses } = await read(name);
      return { name, title, clauses };
    }),
  );
  for (const { name, title } of scenarios) say(`${name.padEnd(34)} ${title}`);
  if (json) printJson({ scenarios });
  return 0;
}

async function schema(): Promise<number> {
  const { scenarioJsonSchema } = await import('../../hardware-sim/scenarios/scenario.ts');
  process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`);
  return 0;
}
