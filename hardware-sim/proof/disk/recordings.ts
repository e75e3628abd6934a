/**
 * Which worlds are recorded and explored: every flow, a log that is copied back often, the worker thread.
 *
 * Seeds decide what goes wrong in them, whether the kiosk is killed or updated, and what follows from a settled bill.
 */
import type { FlowKind } from '../flow-table.ts';
import type { MoneyPlan } from './record-tape.ts';
import type { Sabotage } from './sabotage.ts';

export interface Recording {
  readonly name: string;
  readonly plan: MoneyPlan;
  /** Random disks per operation, beside the named ones. */
  readonly random: number;
  /** A cut falls after every operation whose number divides by this. */
  readonly stride: number;
}

/** Pages after which the log is copied into the database, so that a short run sees many copies. */
const OFTEN = 40;

interface Row {
  readonly flows: readonly FlowKind[];
  readonly ledger: MoneyPlan['ledger'];
  readonly checkpointPages?: number;
}

const rows: readonly Row[] = [
  { flows: ['outpatient'], ledger: 'thisThread' },
  { flows: ['selfPay'], ledger: 'thisThread', checkpointPages: OFTEN },
  { flows: ['deposit'], ledger: 'thisThread' },
  { flows: ['registration', 'parked'], ledger: 'thisThread', checkpointPages: OFTEN },
  { flows: ['outpatient', 'selfPay'], ledger: 'worker' },
  { flows: ['registration'], ledger: 'worker' },
  { flows: ['deposit', 'outpatient'], ledger: 'thisThread', checkpointPages: OFTEN },
];

/** @param rounds each has every row once, with other seeds; the long form takes many. */
export function recordings(seed: number, rounds: number, sabotage?: Sabotage): readonly Recording[] {
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    rows
      // A sabotage sits around the store of this thread; the worker opens its own.
      .filter(({ ledger }) => !(sabotage && ledger === 'worker'))
      .map(({ flows, ledger, checkpointPages }, place): Recording => {
        const plan: MoneyPlan = {
          ...{ seed: seed * 1_000 + round * 10 + place, flows, ledger },
          ...(sabotage && { sabotage }),
          ...(checkpointPages !== undefined && { checkpointPages }),
        };
        return { name: `${flows.join(' and ')} ${round}, ${ledger}`, plan, random: 7, stride: 1 };
      }),
  );
}
