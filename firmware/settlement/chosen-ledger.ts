/** Core and store of the money, wherever the kiosk's builder wants them to run. */
import type { Clock, RandomSource, Store } from '../ports.ts';
import { openLedger } from './ledger.ts';
import { inProcess, type SettlementLedger } from './settlement-ledger.ts';
import { openWorkerLedger } from './worker-ledger.ts';

/** In this thread on the kiosk's own store, in a worker on this database file, or open already. */
export type LedgerChoice = 'thisThread' | { readonly workerOn: string } | SettlementLedger;

export interface LedgerParts {
  readonly store: Store;
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
  readonly clock: Clock;
  /** A worker ended without being closed. */
  readonly onEnded: (error: Error) => void;
}

export function chosenLedger(choice: LedgerChoice, parts: LedgerParts): SettlementLedger {
  const { store, sealingKey, random, clock, onEnded } = parts;
  if (choice === 'thisThread') return inProcess(openLedger({ store, sealingKey, random, clock }));
  if (!('workerOn' in choice)) return choice;
  return openWorkerLedger({ path: choice.workerOn, sealingKey, random, clock, onEnded });
}
