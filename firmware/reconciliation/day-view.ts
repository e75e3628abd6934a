/** One day as people see it: where it stands, sums of every party, and its differences. No person is in it. */
import type { DayBusiness } from './business-of-day.ts';
import type { BusinessDate } from './day-book.ts';
import type { DayTotals, Difference } from './difference.ts';

/**
 * `open`: nothing is compared, or not all. `centreAndHospital`: the night's part is done. `channels`: the morning's
 * too, and something is still open. `closed`: everything agrees or is explained and ended.
 */
export type DayState = 'open' | 'centreAndHospital' | 'channels' | 'closed';

export interface DayView {
  readonly date: BusinessDate;
  readonly state: DayState;
  readonly totals: readonly DayTotals[];
  readonly differences: readonly Difference[];
  /** What the kiosk claimed that day, by kind. */
  readonly business: DayBusiness;
}

export interface MonthView {
  /** yyyy-MM */
  readonly month: string;
  readonly closed: boolean;
  /** Why not, each with its day or number. */
  readonly because: readonly string[];
}
