/**
 * The slip at the printer's mouth: seen, waited for, drawn back.
 *
 * One promise: a slip counts as there, or as gone, only when the printer's own eye has said so.
 */
import { type Completion, completed, failed } from '../device.ts';
import type { Clock } from '../ports.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { limitedTo } from './printer-upkeep.ts';
import { type PrinterWire, untilAborted } from './printer-wire.ts';
import type { MouthState, RetractFault } from './receipt-printer.ts';

/** How often the eye is asked while somebody waits for it, ms. */
const LOOK_MS = 200;
/** The motor needs a second or two; what has not gone by then is held or stuck, ms. */
const RETRACT_MS = 4_000;
/** From the cut to the slip at the mouth, at worst, ms. */
const PRESENT_MS = 4_000;

export interface Mouth {
  readonly wire: PrinterWire;
  readonly profile: PrinterProfile;
  readonly clock: Clock;
}

export function mouthState(wire: PrinterWire | undefined): MouthState {
  const slip = wire?.status.slipWaiting;
  return slip === undefined ? 'unknown' : slip ? 'present' : 'notPresent';
}

/**
 * @param retracts told before the command that the slip's going is our doing, and after it when it did not go
 */
export async function drawBack(
  mouth: Mouth & { readonly retracts: (really: boolean) => void },
  signal: AbortSignal,
): Promise<Completion<'retracted', RetractFault>> {
  const { wire, profile, retracts } = mouth;
  const { outlet } = profile;
  if (outlet?.kind !== 'presenter') return failed('unsupportedCommand', 'only hands take a slip from this printer');
  await wire.askStatus(signal);
  if (!wire.status.slipWaiting) return failed('noMediaPresent', 'there is no slip at the mouth');
  retracts(true);
  await wire.write(outlet.retract, signal);
  if (await slipBecomes(false, { ...mouth, withinMs: RETRACT_MS }, signal)) return completed('retracted');
  retracts(false);
  return failed('mediaJammed', 'the slip is still at the mouth');
}

/** → whether the slip came to the mouth. A patient who pulls it at once may be faster than the eye is asked. */
export function slipComes(mouth: Mouth, signal: AbortSignal): Promise<boolean> {
  return slipBecomes(true, { ...mouth, withinMs: PRESENT_MS }, signal);
}

/** After a print on a printer that only sees: what it sees is worth knowing, and nothing fails without it. */
export async function lookAtMouth({ wire, clock }: Mouth, signal: AbortSignal): Promise<void> {
  const limit = limitedTo(LOOK_MS * 5, clock, signal);
  await wire
    .askStatus(limit.signal)
    .catch(() => undefined)
    .finally(() => limit.release());
}

async function slipBecomes(
  wanted: boolean,
  { wire, clock, withinMs }: Mouth & { readonly withinMs: number },
  signal: AbortSignal,
): Promise<boolean> {
  const limit = limitedTo(withinMs, clock, signal);
  let stopLooking = (): void => undefined;
  let stopListening = (): void => undefined;
  const seen = new Promise<true>((resolve) => {
    const look = (): void => {
      if (wire.status.slipWaiting === wanted) resolve(true);
    };
    stopListening = wire.onStatus(look);
    const again = (): void => {
      stopLooking = clock.timer(LOOK_MS, () => {
        // No answer comes while the paper moves: the next question may have one.
        wire.askStatus(limit.signal).catch(() => undefined);
        again();
      });
    };
    again();
    look();
  });
  try {
    return await untilAborted(seen, limit.signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  } finally {
    stopLooking();
    stopListening();
    limit.release();
  }
}
