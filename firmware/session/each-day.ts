/** What is of one day on a page (公告) comes and goes with its day, also where nobody comes by. */
import type { Clock, Unsubscribe } from '../ports.ts';

const DAY_MS = 86_400_000;
/** UTC+8, all of China. */
const BEIJING_MS = 8 * 3_600_000;

/** Calls at the beginning of each day in Beijing, until unsubscribed. */
export function eachDay(clock: Pick<Clock, 'timer' | 'wallMs'>, then: () => void): Unsubscribe {
  let stop: Unsubscribe = () => undefined;
  const wait = (): void => {
    const leftMs = DAY_MS - ((clock.wallMs() + BEIJING_MS) % DAY_MS);
    stop = clock.timer(leftMs, () => {
      wait();
      then();
    });
  };
  wait();
  return () => stop();
}
