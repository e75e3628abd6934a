/**
 * A protocol mutant: production code with one mistake in it that somebody could make, and the promise it breaks.
 *
 * The text that is replaced must be in its file exactly once, or nothing is run: a mutant that changes nothing would
 * be "survived" by everything.
 */

export interface Change {
  /** Below the repository's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** `walk`: scripts through every flow. `disk`: the disk-state explorer. */
export type Killer = 'walk' | 'disk';

export interface Mutant {
  readonly name: string;
  /** The mistake in one plain sentence. */
  readonly says: string;
  /** The promise that it breaks first, by its name in the list of invariants. */
  readonly invariant: string;
  readonly killer: Killer;
  /** The walk looks here first, after everything that one trouble alone brings about: a situation’s title. */
  readonly where?: string;
  readonly changes: readonly Change[];
}

export class MutantTextError extends Error {
  override readonly name = 'MutantTextError';
}

/** @throws MutantTextError unless each text is there exactly once. */
export function mutated(mutant: Mutant, file: string, source: string): string {
  let text = source;
  for (const { find, replace } of mutant.changes.filter((change) => change.file === file)) {
    const times = text.split(find).length - 1;
    if (times !== 1) throw new MutantTextError(`"${mutant.name}": its text is ${times} times in ${file}: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
}
