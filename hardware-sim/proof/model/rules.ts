/** Holds a moment against the table of rules. @throws Violation */
import type { Call } from '../../../firmware/settlement/call.ts';
import { arrivalRules, endRules, type Look, momentRules, type Rule, sendRules } from './rule-table.ts';
import type { Scene } from './scene.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

export function checkMoment(look: Look): void {
  hold(momentRules, [look]);
}

/** A call leaves the kiosk. */
export function checkSend(look: Look, call: Call): void {
  hold(sendRules, [look, call]);
}

/** An effect is at its party, which has not acted yet. */
export function checkArrival(scene: Scene, world: World, call: Call): void {
  hold(arrivalRules, [scene, world, call]);
}

/** Nothing more will happen. */
export function checkEnd(look: Look): void {
  hold(endRules, [look]);
}

function hold<Given extends readonly unknown[]>(rules: readonly Rule<Given>[], given: Given): void {
  for (const { name, check } of rules) {
    const wrong = check(...given);
    if (wrong !== undefined) throw new Violation(name, wrong);
  }
}
