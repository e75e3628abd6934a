/**
 * The small-scope exhaustive check, in one thread or in several.
 *
 * One promise: the same budget gives the same counts, however many threads share the scenarios. What breaks is told
 * with the shortest schedule there is: fewest things gone wrong, which a test can replay (`replay`).
 */
import { Worker } from 'node:worker_threads';
import { branchesOf, firstNode } from './branches.ts';
import { atRest, type Explored, explore, type Found } from './explore.ts';
import { type Core, PRODUCTION } from './kiosk.ts';
import type { Budget } from './node.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenario-table.ts';
import { sceneOf } from './scene.ts';
import { Violation } from './violation.ts';

/** One trouble with up to two power cuts, two troubles with one, and in their place the patient's second thoughts. */
export const WHOLE_BUDGET: Budget = { faults: 2, crashes: 2, patient: 1, all: 3 };

export interface Wish {
  readonly budget: Budget;
  /** Where in the list of scenarios to begin. */
  readonly seed?: number;
  /** A core that is not production's. */
  readonly core?: Core;
  /** Only scenarios whose name holds this. */
  readonly only?: string;
}

export interface Checked {
  readonly schedules: number;
  readonly states: number;
  readonly violation: Found | undefined;
}

/** In this thread, and with fewest things gone wrong first: ends at the first violation. */
export function checkModel({ budget, seed = 0, core = PRODUCTION, only = '' }: Wish): Checked {
  const some = SCENARIOS.filter(({ name }) => name.includes(only));
  const turn = seed % Math.max(1, some.length);
  let schedules = 0;
  let states = 0;
  for (let all = 0; all <= budget.all; all += 1) {
    schedules = 0;
    for (const scenario of [...some.slice(turn), ...some.slice(0, turn)]) {
      const explored = explore(core, scenario, { ...budget, all: allowed(scenario, budget, all) });
      schedules += explored.schedules;
      states += explored.states;
      if (explored.violation) return { schedules, states, violation: explored.violation };
    }
  }
  return { schedules, states, violation: undefined };
}

function allowed({ isWhole }: Scenario, { all: most }: Budget, all: number): number {
  return isWhole ? all : Math.min(all, Math.max(1, most - 1));
}

/** The whole of one scenario; what is broken in it with the fewest things gone wrong. */
export function checkScenario(name: string, budget: Budget, core: Core = PRODUCTION): Explored {
  const scenario = named(name);
  const most = allowed(scenario, budget, budget.all);
  const explored = explore(core, scenario, { ...budget, all: most });
  if (!explored.violation) return explored;
  for (let all = 0; all < most; all += 1) {
    const { violation } = explore(core, scenario, { ...budget, all });
    if (violation) return { ...explored, violation };
  }
  return explored;
}

/** Walks one schedule by its script. @returns what breaks in it. */
export function replay(name: string, script: readonly string[], core: Core = PRODUCTION): Violation | undefined {
  const scene = sceneOf(named(name));
  const plenty: Budget = { faults: 99, crashes: 99, patient: 99, all: 99 };
  try {
    let node = firstNode(core, scene, plenty);
    for (const label of script) {
      const branches = branchesOf(core, scene, node);
      const branch = branches.find((one) => one.label === label);
      if (!branch) throw new RangeError(`Not "${label}" but: ${branches.map((one) => one.label).join(' / ')}`);
      node = branch.node;
    }
    const isAtRest = !node.pending && node.doing.is === 'resting' && node.world.floating.length === 0;
    if (isAtRest) atRest(core, scene, node);
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return error;
    throw error;
  }
}

function named(name: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (!scenario) throw new RangeError(`There is no scenario "${name}".`);
  return scenario;
}

export interface ModelResult {
  readonly schedules: number;
  /** Moments that were walked; the schedules are the ways through them. */
  readonly states: number;
  readonly violations: number;
  readonly flows: Readonly<Record<string, { readonly schedules: number; readonly states: number }>>;
  readonly found: readonly Found[];
}

export interface ModelWish {
  readonly budget: Budget;
  readonly threads: number;
  readonly only?: string;
  readonly onScenario?: (explored: Explored, done: number, all: number) => void;
}

/** Whoever is free takes the next scenario; the long ones first. */
export async function modelInThreads({ budget, threads, only = '', onScenario }: ModelWish): Promise<ModelResult> {
  const some = SCENARIOS.filter(({ name }) => name.includes(only));
  const queue = [...some.filter(({ isWhole }) => isWhole), ...some.filter(({ isWhole }) => !isWhole)];
  const results = new Map<string, Explored>();
  let next = 0;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./model-thread.ts', import.meta.url));
      const give = (): void => {
        const scenario = queue[next];
        next += 1;
        worker.postMessage(scenario ? { name: scenario.name, budget } : 'enough');
      };
      worker.on('message', (explored: Explored) => {
        results.set(explored.scenario, explored);
        onScenario?.(explored, results.size, queue.length);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
      give();
    });
  await Promise.all(Array.from({ length: Math.min(threads, queue.length) }, work));
  return summed(some.flatMap(({ name }) => results.get(name) ?? []));
}

function summed(all: readonly Explored[]): ModelResult {
  const flows: Record<string, { schedules: number; states: number }> = {};
  for (const { flow, schedules, states } of all) {
    const before = flows[flow] ?? { schedules: 0, states: 0 };
    flows[flow] = { schedules: before.schedules + schedules, states: before.states + states };
  }
  const found = all.flatMap(({ violation }) => violation ?? []);
  const sum = (of: (one: Explored) => number): number => all.reduce((total, one) => total + of(one), 0);
  const counts = { schedules: sum((one) => one.schedules), states: sum((one) => one.states) };
  return { ...counts, violations: found.length, flows, found };
}
