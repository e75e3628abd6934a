/** Walks a scenario file through a live kiosk, by the same actor that walks it on virtual time. */
import { readFileSync } from 'node:fs';
import type { Clock } from '../../drivers/ports.ts';
import { paperText } from '../../hardware-sim/devices/receipt-printer/paper-text.ts';
import { runOnVirtualTime } from '../../hardware-sim/main.ts';
import { Actor } from '../../hardware-sim/scenarios/actor.ts';
import type { ScenarioResult } from '../../hardware-sim/scenarios/run-scenario.ts';
import { readScenario, type Scenario } from '../../hardware-sim/scenarios/scenario.ts';
import { realClock } from '../../hardware-sim/world/real-clock.ts';
import { eventually, type LiveKiosk } from './live-kiosk.ts';

export interface Walk {
  /** Every screen in order, repeats in a row counted once. */
  readonly screens: readonly string[];
  readonly touches: number;
  readonly ended: string;
  /** Text of the slips that this walk brought out, one list of lines a slip. */
  readonly slips: readonly (readonly string[])[];
}

const WALK_LIMIT_MS = 40_000;
/** A step that waits longer than this waits for the slip, on virtual time by a guess. */
const LONGEST_GLANCE_MS = 1_000;
/** Shown for as long as somebody else takes: virtual and real parties differ in that and in nothing else. */
const PASSING = ['S-OUT', 'S-BUSY', 'S-CONFIRMING'];

export function scenarioNamed(name: string): Scenario {
  const file = new URL(`../../hardware-sim/scenarios/files/${name}.yaml`, import.meta.url);
  return readScenario(readFileSync(file, 'utf8'), name);
}

/** The same scenario on virtual time: what a live walk has to equal. */
export function onVirtualTime(name: string): Promise<ScenarioResult> {
  return runOnVirtualTime(scenarioNamed(name), { seed: 1 });
}

/** Screens that a person answers or reads, repeats in a row counted once. */
export function standing(screens: readonly string[]): readonly string[] {
  return screens
    .filter((screen) => !PASSING.includes(screen))
    .filter((screen, index, all) => screen !== all[index - 1]);
}

/** A slip without what is new on each: our number, theirs, the receipt's and the time. */
export function withoutNumbers(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^(交易编号|医保结算号|医院收据号|结算时间|知情同意编号)/.test(line));
}

/** Resolves when all steps are taken and the home screen is back. */
export async function walk(live: LiveKiosk, name: string): Promise<Walk> {
  const scenario = scenarioNamed(name);
  live.bring(scenario);
  const slipsBefore = live.slips.length;
  const endsBefore = live.ends.length;
  const clock: Clock = {
    monotonicMs: () => realClock.monotonicMs(),
    wallMs: () => realClock.wallMs(),
    timer: (delayMs, fire) =>
      delayMs > LONGEST_GLANCE_MS ? whenSlipIsOut(live, slipsBefore, fire) : realClock.timer(delayMs, fire),
  };
  const actor = new Actor({ steps: scenario.steps, clock, hand: (hand, given) => live.hand(hand, given) });
  actor.face(live.kiosk.screen);
  await eventually(
    () => `the walk is over (on ${actor.screen?.name}, waiting for ${actor.waitingFor})`,
    WALK_LIMIT_MS,
    () => actor.done && actor.screen?.name === 'S-HOME' && live.paperAtRest,
  );
  return {
    screens: actor.screens,
    touches: actor.touches,
    ended: live.ends.slice(endsBefore).join(' '),
    slips: live.slips.slice(slipsBefore).map((sheet) => paperText(sheet)),
  };
}

function whenSlipIsOut(live: LiveKiosk, before: number, fire: () => void): () => void {
  let waiting = true;
  const look = (): void => {
    if (!waiting) return;
    if (live.slips.length > before && live.paperAtRest) fire();
    else realClock.timer(20, look);
  };
  look();
  return () => {
    waiting = false;
  };
}
