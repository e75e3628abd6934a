/**
 * The kiosk's clock in the guest: an emulated machine is slower, and so is its time.
 *
 * One promise: every deadline of the product stays what it is in relation to the
 * machine; a heartbeat that is missed here is missed for another reason.
 */
import type { Clock } from '../../drivers/ports.ts';
import { systemClock } from '../../drivers/system-clock.ts';

/** How much slower than a kiosk, with two busy cores to run on. */
const SLOWER = 6;

export const emulatedClock: Clock = {
  monotonicMs: () => systemClock.monotonicMs() / SLOWER,
  wallMs: () => systemClock.wallMs(),
  timer: (delayMs, fire) => systemClock.timer(delayMs * SLOWER, fire),
};
