/**
 * Opens the ledger: core and store in one, on the disk or on any journal.
 */
import type { Clock, RandomSource, Store } from '../ports.ts';
import type { FoldedSettlements } from './folded-settlements.ts';
import { Journal } from './journal.ts';
import { JournalLedger } from './journal-ledger.ts';
import type { JournalPort } from './journal-port.ts';
import { Seal } from './seal.ts';
import type { Ledger } from './settlement-ledger.ts';

export interface LedgerOptions {
  readonly store: Store;
  /** 32 bytes that never leave the device. */
  readonly sealingKey: Uint8Array;
  readonly random: RandomSource;
  readonly clock: Clock;
}

/** @throws JournalTooNewError, JournalDamagedError, LedgerStoppedError */
export function openLedger({ store, sealingKey, random, clock }: LedgerOptions): Ledger {
  const seal = new Seal(sealingKey);
  return openLedgerOn(() => new Journal(store, seal), { random, clock });
}

/**
 * On any journal; what its opening throws counts like a transaction that threw. A proof that forks its runs keeps what
 * the ledger has folded in its own hands.
 */
export function openLedgerOn(
  open: () => JournalPort,
  { random, clock }: Pick<LedgerOptions, 'random' | 'clock'>,
  folded?: FoldedSettlements,
): Ledger {
  return new JournalLedger(open, random, clock, folded);
}
