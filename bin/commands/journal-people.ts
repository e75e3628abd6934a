/**
 * What people write into a kiosk's journal while the kiosk is off: cash that the cashier handed out, a case that two
 * people have closed.
 *
 * One promise: the production ledger checks and journals it, and never beside a running kiosk.
 */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../../drivers/system-clock.ts';
import { openLedger } from '../../firmware/settlement/ledger.ts';
import { NotAllowedError } from '../../firmware/settlement/ledger-errors.ts';
import { numberFromPerson } from '../../firmware/settlement/order-fact.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import { loadDeviceKey } from '../../firmware/world/device-key.ts';
import { openSqliteStore, requireAlone, StoreHeldError } from '../../firmware/world/sqlite-store.ts';
import { UsageError, wholeNumber } from '../command.ts';

export interface Writing {
  readonly folder: string;
  readonly file: string;
  readonly verb: 'close' | 'paid-out';
  /** The number as a person typed it. */
  readonly typed: string;
  readonly fen?: string | undefined;
  readonly by?: readonly string[] | undefined;
  readonly claim?: string | undefined;
  readonly kept?: string | undefined;
  readonly note?: string | undefined;
}

const MOST_FEN = 100_000_000;

/** @throws UsageError for what the ledger does not allow, and while a kiosk has the folder open. */
export async function writeDown(writing: Writing): Promise<SettlementStatus> {
  const { folder, file, typed, by = [] } = writing;
  const number = numberFromPerson(typed);
  const say = sentence(writing);
  try {
    requireAlone(file);
  } catch (error) {
    if (!(error instanceof StoreHeldError)) throw error;
    throw new UsageError('A kiosk has this data folder open. Stop it first; it reads the entry when it starts again.');
  }
  const store = openSqliteStore(file);
  try {
    const random = { bytes: (count: number) => randomBytes(count) };
    const ledger = openLedger({ store, sealingKey: loadDeviceKey(folder), random, clock: systemClock });
    if (say.verb === 'paid-out') return ledger.paidOut(number, say.fen, by[0] ?? '');
    return ledger.closeCase(number, { by: [by[0] ?? '', by[1] ?? ''], ...say.closing });
  } catch (error) {
    if (error instanceof NotAllowedError) throw new UsageError(error.message);
    throw error;
  } finally {
    store.close();
  }
}

function sentence({ verb, fen, by = [], claim, kept, note = '' }: Writing) {
  if (verb === 'paid-out') {
    if (fen === undefined || by.length !== 1) throw new UsageError('Say --fen N and --by STAFF once.');
    return { verb, fen: wholeNumber('fen', fen, 0, [1, MOST_FEN]) } as const;
  }
  if (by.length !== 2) throw new UsageError('A case is closed by two different people: --by twice.');
  if (claim !== 'counts' && claim !== 'none') throw new UsageError('--claim is counts or none.');
  if (kept === undefined) throw new UsageError('Say with --kept what the hospital keeps, fen.');
  const keptFen = wholeNumber('kept', kept, 0, [0, MOST_FEN]);
  return { verb, closing: { claim, keptFen, note } } as const;
}
