/**
 * The order in which scripts are walked: nothing, one trouble, one cut, one hand; then pairs. What kills most is early,
 * and a budget cuts off the end.
 */
import type { GiveUpReason } from '../../../../firmware/settlement/facts.ts';
import type { Situation, Walked } from './situation.ts';
import { mayHappen, NO_TROUBLE, type Script, troubles } from './trouble.ts';

const REASONS: readonly GiveUpReason[] = ['patientGaveUp', 'payOrderExpired'];
const OUTAGE_MS = 50 * 60_000;
const DAY_MS = 86_400_000;

const script = (more: Partial<Script>): Script => ({ ...NO_TROUBLE, ...more });

/** How deep the walk goes: 1 = one thing goes wrong, 2 = two. */
export type Depth = 1 | 2;

/** `walked` tells what a script led to, so that the next ones know where they may begin. */
export function* scriptsOf(situation: Situation, depth: Depth, walked: (script: Script) => Walked): Generator<Script> {
  const plain = walked(NO_TROUBLE);
  if (situation.onStore) {
    // The store is slow, and what it adds is where the power may go.
    if (depth === 1) yield* cuts(plain);
  } else if (depth === 1) yield* ones(plain);
  else yield* pairs(plain, walked);
}

function* cuts({ places }: Walked): Generator<Script> {
  for (let cut = 0; cut < places; cut += 1) yield script({ cuts: new Set([cut]) });
}

function* ones(plain: Walked): Generator<Script> {
  const { calls } = plain;
  for (let call = 0; call < calls.length; call += 1) {
    for (const trouble of troubles) {
      if (mayHappen(calls[call], trouble)) yield script({ troubles: new Map([[call, trouble]]) });
    }
  }
  yield* cuts(plain);
  for (let call = 0; call < calls.length; call += 1) {
    for (const reason of REASONS) yield script({ leaves: { call, reason } });
    yield script({ outage: { call, ms: OUTAGE_MS } });
  }
}

function* pairs({ calls, places }: Walked, walked: (script: Script) => Walked): Generator<Script> {
  for (let call = 0; call < calls.length; call += 1) {
    for (const trouble of troubles) {
      if (!mayHappen(calls[call], trouble)) continue;
      const one = script({ troubles: new Map([[call, trouble]]) });
      const then = walked(one);
      for (const ms of [DAY_MS, -DAY_MS]) {
        for (let at = call; at < Math.min(then.calls.length, call + 4); at += 1)
          yield { ...one, jump: { call: at, ms } };
      }
      for (let at = Math.max(0, call - 1); at < Math.min(then.calls.length, call + 4); at += 1) {
        for (const reason of REASONS) yield { ...one, leaves: { call: at, reason } };
      }
      for (let next = call + 1; next < Math.min(then.calls.length, call + 6); next += 1) {
        for (const other of troubles) {
          if (!mayHappen(then.calls[next], other)) continue;
          yield script({
            troubles: new Map([
              [call, trouble],
              [next, other],
            ]),
          });
        }
      }
      // A cut before the trouble was one cut.
      const begin = Math.floor((places * call) / Math.max(1, calls.length));
      for (let cut = begin; cut < Math.min(then.places, begin + 40); cut += 1) yield { ...one, cuts: new Set([cut]) };
    }
  }
  for (let cut = 0; cut < places; cut += 1) {
    for (const again of [1, 2, 4, 7]) yield script({ cuts: new Set([cut, cut + again]) });
  }
}
