/**
 * Which lives are recorded and explored: short journals and long ones, orderly ends and kills, a log that is copied
 * back often, the worker thread. The seed decides everything else.
 */
import type { LifePlan } from './record-lives.ts';
import type { Sabotage } from './sabotage.ts';

export interface Recording {
  readonly name: string;
  readonly lives: readonly LifePlan[];
  /** Random disks per operation, beside the named ones. */
  readonly random: number;
  /** A cut falls after every operation whose number divides by this. */
  readonly stride: number;
}

/** Pages after which the log is copied into the database, so that a short run sees many copies. */
const OFTEN = 40;

/** @param rounds each has every kind of recording once; the long form takes many. */
export function recordings(seed: number, rounds: number, sabotage?: Sabotage): readonly Recording[] {
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) => {
    const base = { seed: seed * 1_000 + round * 10, ...(sabotage && { sabotage }) };
    const here: Omit<LifePlan, 'bills'> = { ...base, ledger: 'thisThread' };
    const all: readonly Recording[] = [
      {
        ...{ name: `short days ${round}`, random: 3, stride: 1 },
        lives: [
          { ...here, bills: { first: 1, count: 2 } },
          { ...here, seed: base.seed + 1, bills: { first: 11, count: 1 }, checkpointPages: OFTEN },
        ],
      },
      {
        ...{ name: `killed and started again ${round}`, random: 3, stride: 1 },
        lives: [
          { ...here, seed: base.seed + 2, bills: { first: 1, count: 3 }, killAfter: 9 },
          { ...here, seed: base.seed + 3, bills: { first: 11, count: 2 }, killAfter: 14, checkpointPages: OFTEN },
          { ...here, seed: base.seed + 4, bills: { first: 21, count: 1 } },
        ],
      },
      {
        ...{ name: `the worker thread ${round}`, random: 3, stride: 1 },
        lives: [
          { ...base, ledger: 'worker', seed: base.seed + 5, bills: { first: 1, count: 2 } },
          { ...base, ledger: 'worker', seed: base.seed + 6, bills: { first: 11, count: 2 }, killAfter: 12 },
        ],
      },
    ];
    // A sabotage sits around the store of this thread; the worker opens its own.
    return sabotage ? all.filter(({ lives }) => lives.every(({ ledger }) => ledger === 'thisThread')) : all;
  });
}
