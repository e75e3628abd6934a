/** Walks every situation by every script of a depth until a promise is broken. */
import { walk } from './kiosk.ts';
import type { Broken } from './promises.ts';
import { type Depth, scriptsOf } from './schedules.ts';
import type { Situation, Walked } from './situation.ts';
import { situations } from './situations.ts';
import { NO_TROUBLE, type Script, told } from './trouble.ts';

export interface Searched {
  readonly runs: number;
  /** The first promise that was broken, and how. */
  readonly broken: (Broken & { readonly how: string }) | undefined;
}

/** @param depths walked one after the other, each over all situations. */
/** Two things that go wrong are walked in so many passes, each over all situations: what is common is found in the first. */
const PASSES = 16;

/** @param depths walked one after the other. @param where the situation that is walked whole before all others. */
export function search(depths: readonly Depth[], where?: string): Searched {
  const begun = { runs: 0, broken: undefined } as { runs: number; broken: Searched['broken'] };
  for (const depth of depths) {
    const passes = depth === 1 ? 1 : PASSES;
    const first = depth === 1 ? undefined : situations.find(({ title }) => title === where);
    if (first) searchOne(first, depth, { pass: 0, passes: 1 }, begun);
    for (let pass = 0; pass < passes; pass += 1) {
      for (const situation of situations) {
        if (begun.broken) return begun;
        searchOne(situation, depth, { pass, passes }, begun);
      }
    }
  }
  return begun;
}

function searchOne(
  situation: Situation,
  depth: Depth,
  { pass, passes }: { readonly pass: number; readonly passes: number },
  state: { runs: number; broken: Searched['broken'] },
): void {
  const walked = (script: Script): Walked => {
    state.runs += 1;
    const one = walk(situation, script);
    const [first] = one.broken;
    if (first) state.broken ??= { ...first, how: `${situation.title}: ${told(script)}` };
    else if (script === NO_TROUBLE && one.states.some((end) => end !== situation.ends)) {
      state.broken ??= {
        invariant: 'I5 endMeans',
        detail: `it is ${one.states}`,
        how: `${situation.title}: all is well`,
      };
    }
    return one;
  };
  let nth = 0;
  for (const script of scriptsOf(situation, depth, walked)) {
    if (state.broken) return;
    if (nth % passes === pass) walked(script);
    nth += 1;
  }
}
