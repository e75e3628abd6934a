/**
 * Walks every schedule of one scenario, depth first, with forked moments instead of runs from the start.
 *
 * Moments that go on alike are walked once: `states` is how many were walked, `schedules` how many different ways
 * through them there are from begin to rest.
 */
import { branchesOf, firstNode } from './branches.ts';
import { Keys } from './key.ts';
import { act, type Core, powerOn, resume } from './kiosk.ts';
import type { Branch, Budget, Node } from './node.ts';
import { checkEnd } from './rules.ts';
import type { Scenario } from './scenario.ts';
import { type Scene, sceneOf } from './scene.ts';
import { Violation } from './violation.ts';

export interface Explored {
  readonly scenario: string;
  readonly flow: string;
  readonly schedules: number;
  readonly states: number;
  readonly violation: Found | undefined;
}

/** A schedule that breaks a rule: the labels of its branches, from the first to the one that broke it. */
export interface Found {
  readonly scenario: string;
  readonly rule: string;
  readonly detail: string;
  readonly script: readonly string[];
}

/** Longer than this no schedule is unless it runs in circles. */
const LONGEST = 600;

export function explore(core: Core, scenario: Scenario, budget: Budget): Explored {
  const walk = new Walk(core, sceneOf(scenario));
  const { name, flow } = scenario;
  try {
    const schedules = walk.from(firstNode(core, walk.scene, budget), 0);
    return { scenario: name, flow, schedules, states: walk.states, violation: undefined };
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    const { rule, detail } = error;
    const violation = { scenario: name, rule, detail, script: [...walk.way] };
    return { scenario: name, flow, schedules: walk.leaves, states: walk.states, violation };
  }
}

class Walk {
  readonly scene: Scene;
  /** Labels from the first branch to where the walk is. */
  readonly way: string[] = [];
  leaves = 0;
  readonly #core: Core;
  readonly #keys = new Keys();
  /** Moment → ways from it to rest; −1 while they are walked. */
  readonly #ways = new Map<number, number>();

  constructor(core: Core, scene: Scene) {
    this.#core = core;
    this.scene = scene;
  }

  get states(): number {
    return this.#ways.size;
  }

  from(node: Node, depth: number): number {
    if (depth > LONGEST) throw new Violation('I6 everyOneEnds', 'no end in sight');
    // What is pending is decided at once: only what comes of it is a moment of its own.
    const key = node.pending ? undefined : this.#keys.of(node);
    const known = key === undefined ? undefined : this.#ways.get(key);
    if (known === -1) throw new Violation('I6 everyOneEnds', 'it runs in a circle');
    if (known !== undefined) return known;
    if (key !== undefined) this.#ways.set(key, -1);
    const branches = expand(this.#core, this.scene, node, (label) => this.way.push(label));
    let ways = 0;
    if (branches.length === 0) {
      this.leaves += 1;
      atRest(this.#core, this.scene, node);
      ways = 1;
    }
    for (const branch of branches) {
      this.way.push(branch.label);
      ways += this.from(branch.node, depth + 1);
      this.way.pop();
    }
    if (key !== undefined) this.#ways.set(key, ways);
    return ways;
  }
}

/** The branches of a node; a rule that breaks while they are made is told with the branch it breaks in. */
function expand(core: Core, scene: Scene, node: Node, onBroken: (label: string) => void): readonly Branch[] {
  try {
    return branchesOf(core, scene, node);
  } catch (error) {
    onBroken(node.pending?.what ?? (node.doing.is === 'calling' ? node.doing.call.step : node.doing.is));
    throw error;
  }
}

/** Nothing moves any more: the last look, and the slip of what is settled. */
export function atRest(core: Core, scene: Scene, { world, moment }: Node): void {
  checkEnd({ scene, world, moment, begunMs: scene.before.nowMs });
  if (moment.status?.view.state !== 'settled') return;
  const copyOf = (from: typeof moment) => {
    let copies = 0;
    const { moment: after } = act(from, world.nowMs, (ledger) => {
      copies = ledger.beginCopy(scene.number).copies;
      return undefined;
    });
    return { copies, after };
  };
  const first = copyOf(moment);
  const again = resume(powerOn(core, first.after.content, world.nowMs), world.nowMs).moment;
  const second = copyOf(again);
  // Copy 1 is the only one without a mark.
  if (first.copies !== 1 || second.copies !== 2) {
    throw new Violation('I7 oneUnmarkedSlip', `copies ${first.copies} and ${second.copies}`);
  }
}
