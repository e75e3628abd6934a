/**
 * The kiosk's clock in the guest: an emulated machine is slower, and so is its time.
 *
 * One promise: every deadline of the product stays what it is in relation to the
 * machine; a heartbeat that is missed here is missed for another reason.
 */
import type { Clock } from '../../drivers/ports.ts';
import { systemClock } from '../../drivers/system-clock.ts';

/** How much slower than a kiosk, with two busy cores to run on. */
const SLOWER = 4;
/** A device host also reads its library's many files through two kernels before it can answer a heartbeat. */
const SLOWER_TO_LOAD = 25;

export const emulatedClock = slowed(SLOWER);
/** For the device bus: its only deadlines are the device hosts'. */
export const hostClock = slowed(SLOWER_TO_LOAD);

function slowed(factor: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() / factor,
    wallMs: () => systemClock.wallMs(),
    timer: (delayMs, fire) => systemClock.timer(delayMs * factor, fire),
  };
}
