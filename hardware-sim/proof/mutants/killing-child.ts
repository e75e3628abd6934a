/** One killing machine against the production code as this process has loaded it: the first broken promise, or none. */
import { keepCompiled } from '../compiled-once.ts';
import type { Killer } from './mutant.ts';

export interface Found {
  readonly runs: number;
  readonly broken: { readonly invariant: string; readonly detail: string; readonly how: string } | undefined;
}

const machines: Readonly<Record<Killer, () => Promise<Found>>> = {
  walk: async () => {
    const { search } = await import('./walk/search.ts');
    keepUnchanged();
    return search([1, 2], process.argv[3]);
  },
  disk: async () => {
    const { shortCrash } = await import('./short-crash.ts');
    keepUnchanged();
    return shortCrash();
  },
};

/** Only the code as it is: the next mutant has no use for this one's. */
function keepUnchanged(): void {
  if (!process.env['YIZHAN_MUTANT']) keepCompiled();
}

const machine = machines[process.argv[2] as Killer];
machine().then((found) => process.send?.(found));
