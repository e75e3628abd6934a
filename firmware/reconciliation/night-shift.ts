/**
 * Reconciles by itself: after midnight, and again through the next day while files are awaited.
 *
 * One promise: it works only while nobody stands in front of the kiosk, or when it has waited long enough for that;
 * what day it is, the centre says.
 */
import type { Clock, Unsubscribe } from '../ports.ts';
import { dateOf, secondOfDay, timeText } from './business-time.ts';
import type { DayView } from './day-view.ts';
import type { Reconciliation, RunOutcome } from './reconciliation.ts';

export interface NightShiftOptions {
  readonly reconciliation: Pick<Reconciliation, 'runDue'>;
  readonly clock: Clock;
  /** A patient is being served. */
  readonly busy: () => boolean;
  /** Kiosks of one hospital do not all ask at once, ms. */
  readonly spreadMs: number;
  /** Reads journal and outbox once more: once after a start and once each night. */
  readonly check?: () => Promise<void>;
  readonly onRan?: (outcome: RunOutcome) => void;
  /** Something that no party did: our own mistake or the disk's. */
  readonly onThrew: (error: unknown) => void;
}

/** First look after a start: whoever switches a kiosk on wants it for a patient first. */
const FIRST_MS = 30 * 60_000;
const EVERY_MS = 15 * 60_000;
/** So many looks in a row may find a patient before it works beside one. */
const MOST_POSTPONED = 8;
/** The day's last settlements have ended by then. */
const NIGHT_BEGINS_SECONDS = 20 * 60;
/** Nobody's day is shorter than this between two nights, ms. */
const CHECK_EVERY_MS = 20 * 60 * 60_000;
/** What only time resolves is asked after this often, ms. */
const AGAIN_MS = 60 * 60_000;

interface LastRun {
  readonly monoMs: number;
  readonly businessMs: number;
  /** The day on which it ran; the day before was the newest that it looked at. */
  readonly today: string;
  readonly waiting: boolean;
}

/** `stop` does not wait: a run in the middle of a question is left, and the next boot begins it again. */
export function startNightShift(options: NightShiftOptions): { stop(): void } {
  const { reconciliation, clock, busy, spreadMs } = options;
  let last: LastRun | undefined;
  let checkedMs = Number.NEGATIVE_INFINITY;
  let postponed = 0;
  let stopped = false;
  let running = false;
  let cancel: Unsubscribe = clock.timer(FIRST_MS + spreadMs, look);

  function look(): void {
    cancel = clock.timer(EVERY_MS, look);
    if (running || !due()) return;
    if (busy() && postponed < MOST_POSTPONED) {
      postponed += 1;
      return;
    }
    postponed = 0;
    void run();
  }

  /** The first time nobody knows what day it is: asking is the way to know. */
  function due(): boolean {
    if (!last) return true;
    const sinceMs = clock.monotonicMs() - last.monoMs;
    const now = timeText(last.businessMs + sinceMs);
    const newDay = dateOf(now) > last.today && secondOfDay(now) >= NIGHT_BEGINS_SECONDS + spreadMs / 1_000;
    return newDay || (last.waiting && sinceMs >= AGAIN_MS);
  }

  async function run(): Promise<void> {
    running = true;
    try {
      const outcome = await reconciliation.runDue();
      if (outcome.ran) {
        const { today, nowMs: businessMs, days } = outcome;
        last = { monoMs: clock.monotonicMs(), businessMs, today, waiting: days.some(waits) };
      }
      if (!stopped) options.onRan?.(outcome);
    } catch (error) {
      // The store was closed under it: that is how it ends.
      if (!stopped) options.onThrew(error);
    }
    // Not only when the comparison worked: it may have broken off at the very damage that is to be told.
    try {
      await check();
    } catch (error) {
      if (!stopped) options.onThrew(error);
    }
    running = false;
  }

  async function check(): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (stopped || nowMs - checkedMs < CHECK_EVERY_MS) return;
    checkedMs = nowMs;
    await options.check?.();
  }

  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

/** Whether time alone may bring this day further. */
function waits({ state, differences }: DayView): boolean {
  if (state === 'closed') return false;
  return state !== 'channels' || differences.some((one) => one.state === 'open' && one.remedy !== 'person');
}
