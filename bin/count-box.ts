/** `yizhan reconcile count`: what two people counted in the cash box, beside a kiosk that may be running. */
import { systemClock } from '../drivers/system-clock.ts';
import type { Store } from '../firmware/ports.ts';
import { BookStore } from '../firmware/reconciliation/book-store.ts';
import { dateOf, timeText } from '../firmware/reconciliation/business-time.ts';
import { type CashCount, CountRefusedError, compareCash, writeCount } from '../firmware/reconciliation/count-cash.ts';
import { differenceText } from '../firmware/reconciliation/day-text.ts';
import { DifferenceStore } from '../firmware/reconciliation/difference-store.ts';
import { StatementStore } from '../firmware/reconciliation/statement-store.ts';
import { openTables } from '../firmware/reconciliation/tables.ts';
import { Journal } from '../firmware/settlement/journal.ts';
import { Seal } from '../firmware/settlement/seal.ts';
import { loadDeviceKey } from '../firmware/world/device-key.ts';
import { UsageError, wholeNumber } from './command.ts';

export interface BoxAsked {
  /** `100x3`: face value in yuan, notes. */
  readonly notes: readonly string[];
  readonly by?: readonly string[] | undefined;
  readonly device?: string | undefined;
  readonly again?: string | undefined;
}

const NOTE = /^(\d{1,4})x(\d{1,5})$/;

/** @throws UsageError for what may not be written. */
export async function countBox(
  store: Store,
  folder: string,
  { notes, by = [], device, again }: BoxAsked,
): Promise<{ readonly count: CashCount; readonly open: readonly string[] }> {
  const faces = new Map<number, number>();
  for (const word of notes) {
    const [, yuan, count] = NOTE.exec(word) ?? [];
    const face = Number(yuan) * 100;
    if (yuan === undefined || faces.has(face)) throw new UsageError(`"${word}" is no count; say it as 100x3 50x1.`);
    faces.set(face, Number(count));
  }
  openTables(store);
  const seal = new Seal(loadDeviceKey(folder));
  const book = new BookStore(store, () => new Journal(store, seal));
  await book.refresh(async () => undefined);
  const books = { book, statements: new StatementStore(store) };
  const at = timeText(systemClock.wallMs());
  const deviceFen = device === undefined ? {} : { deviceFen: wholeNumber('device', device, 0, [0, 1_000_000_000]) };
  try {
    const counting = { by: [by[0] ?? '', by[1] ?? ''] as const, notes: faces, ...deviceFen };
    const count = writeCount(counting, { date: dateOf(at), at, again }, books);
    const differences = new DifferenceStore(store);
    differences.replace('cash', count.date, compareCash(count.date, books)?.found ?? []);
    const mine = differences.withKey('cash', count.number).filter(({ state }) => state === 'open');
    return { count, open: mine.flatMap(differenceText) };
  } catch (error) {
    if (error instanceof CountRefusedError) throw new UsageError(error.message);
    throw error;
  }
}
