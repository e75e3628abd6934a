/** Walks every situation by every script of a depth until a promise is broken. */
import { type Walked, walk } from './kiosk.ts';
import type { Broken } from './promises.ts';
import { type Depth, scriptsOf } from './schedules.ts';
import { situations } from './situations.ts';
import { NO_TROUBLE, type Script, told } from './trouble.ts';

export interface Searched {
  readonly runs: number;
  /** The first promise that was broken, and how. */
  readonly broken: (Broken & { readonly how: string }) | undefined;
}

/** @param depths walked one after the other, each over all situations. */
export function search(depths: readonly Depth[]): Searched {
  let runs = 0;
  let broken: Searched['broken'];
  for (const depth of depths) {
    for (const situation of situations) {
      const walked = (script: Script): Walked => {
        runs += 1;
        const one = walk(situation, script);
        const [first] = one.broken;
        if (first) broken ??= { ...first, how: `${situation.title}: ${told(script)}` };
        else if (script === NO_TROUBLE && one.states.some((state) => state !== situation.ends)) {
          broken ??= { invariant: 'I5 endMeans', detail: `it is ${one.states}`, how: `${situation.title}: all is well` };
        }
        return one;
      };
      for (const script of scriptsOf(situation, depth, walked)) {
        if (broken) return { runs, broken };
        walked(script);
      }
      if (broken) return { runs, broken };
    }
  }
  return { runs, broken };
}
