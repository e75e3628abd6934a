/** Real time for the simulator's wire depth: the only place where it asks the operating system. */
import type { Clock } from '../../drivers/ports.ts';

export const realClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  timer: (delayMs, fire) => {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
