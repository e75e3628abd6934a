/** What reconciliation has kept in a database, for reading beside a running kiosk: no party is asked. */
import type { Store } from '../ports.ts';
import { BookStore } from './book-store.ts';
import type { BusinessDate } from './day-book.ts';
import type { DayView, MonthView } from './day-view.ts';
import { DifferenceStore } from './difference-store.ts';
import { dayAsKept } from './look-at-day.ts';
import { monthView } from './month-close.ts';
import { StatementStore } from './statement-store.ts';
import { openTables } from './tables.ts';

export interface KeptBooks {
  readonly differences: DifferenceStore;
  day(date: BusinessDate): DayView | undefined;
  /** yyyy-MM. @throws RangeError */
  month(month: string): MonthView;
  /** Days that were ever looked at, newest first. */
  days(limit: number): readonly DayView[];
}

export function openKeptBooks(store: Store): KeptBooks {
  openTables(store);
  const differences = new DifferenceStore(store);
  const statements = new StatementStore(store);
  const book = new BookStore(store, () => ({ entries: () => [] }));
  const day = (date: BusinessDate) => dayAsKept(date, store, differences);
  return {
    differences,
    day,
    month: (month) => monthView(month, { book, differences, statements, view: day }),
    days: (limit) =>
      store
        .all('SELECT date FROM recon_day ORDER BY date DESC LIMIT ?', limit)
        .flatMap((row) => day(String(row['date'])) ?? []),
  };
}
