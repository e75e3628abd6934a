/**
 * What a printer is told and asked besides printing: forget, wake up, who are you.
 *
 * One promise: after `forget` succeeded, nothing that was sent before it will
 * come out when somebody puts paper in.
 */
import { type Completion, completed, failed } from '../device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { jobStart, processIdRequest } from './encoder.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { PrinterWire } from './printer-wire.ts';

export interface Upkeep {
  readonly wire: PrinterWire;
  readonly profile: PrinterProfile;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const FORGET_MS = 1_000;
const FIRST_ANSWER_MS = 2_000;
const IDENTITY_MS = 300;
const SLIP_WAITS_MS = 500;
/** A printer that answers nothing for so long hangs, ms. */
const SILENCE_MS = 3_000;
/** `GS I n`: maker, model. */
const IDENTITY_QUESTIONS = [0x42, 0x43];
/** `DLE ENQ 2`: leaves a recoverable error once its cause is gone, with empty buffers; else nothing happens. */
const RECOVER = [0x10, 0x05, 0x02];
const LONGEST_IDENTITY = 64;

/**
 * Clears the printer's buffers and brings it back to its first state. `false`: it did not say that it has.
 * An error that a person must see to is left as it is.
 */
export async function forget({ wire, profile, clock, signal }: Upkeep): Promise<boolean> {
  const { clearBuffers } = profile;
  const limit = limitedTo(FORGET_MS, clock, signal);
  try {
    if (clearBuffers) {
      const cleared = clearBuffers.answered
        ? wire.next((answer) => (answer.kind === 'buffersCleared' ? true : undefined), limit.signal)
        : undefined;
      cleared?.catch(() => undefined);
      await wire.write(clearBuffers.bytes, limit.signal);
      await cleared;
    }
    await wire.write(jobStart(profile), limit.signal);
    return true;
  } catch (error) {
    // The rest is not sent after a silence: a printer that takes nothing would hold it too.
    if (error instanceof LinkLostError || signal.aborted) throw error;
    return false;
  } finally {
    limit.release();
  }
}

/**
 * A link was just opened. What an earlier link left in the printer is thrown away first.
 * @throws LinkLostError when a printer that should answer does not.
 */
export async function wake(upkeep: Upkeep): Promise<void> {
  const { wire, profile, clock, signal } = upkeep;
  // Without the word that it is empty, go on all the same: some firmware clears and says nothing.
  if (!(await forget(upkeep))) await wire.write(jobStart(profile), signal);
  if (!profile.realTimeStatus) return;
  const limit = limitedTo(FIRST_ANSWER_MS, clock, signal);
  try {
    await wire.askStatus(limit.signal);
  } catch (error) {
    if (error instanceof LinkLostError || signal.aborted) throw error;
    throw new LinkLostError('the printer does not answer when asked for its status');
  } finally {
    limit.release();
  }
}

/** Maker and model in the printer's own words; `undefined` when it has none or is too busy to answer. */
export async function identityOf({ wire, profile, clock, signal }: Upkeep): Promise<string | undefined> {
  if (!profile.identifies || wire.status.offline) return undefined;
  const words: string[] = [];
  for (const question of IDENTITY_QUESTIONS) {
    const limit = limitedTo(IDENTITY_MS, clock, signal);
    try {
      const told = wire.next((answer) => (answer.kind === 'text' ? answer.text : undefined), limit.signal);
      told.catch(() => undefined);
      await wire.write([0x1d, 0x49, question], limit.signal);
      words.push(await told);
    } catch (error) {
      if (error instanceof LinkLostError || signal.aborted) throw error;
      break;
    } finally {
      limit.release();
    }
  }
  return words.length > 0 ? words.join(' ').slice(0, LONGEST_IDENTITY) : undefined;
}

/** Has the printer send back an id behind which nothing is printed: its way to prove a print, without one. */
export async function echo(
  upkeep: Omit<Upkeep, 'wire'> & { readonly wire: PrinterWire | undefined; readonly id: string },
): Promise<Completion<void>> {
  const { wire, profile, signal, id } = upkeep;
  if (!wire) return failed('deviceNotReady', 'the printer is not there');
  if (profile.realTimeStatus) await wire.askStatus(signal);
  if (!profile.processId) return failed('unsupportedCommand', 'it confirms nothing');
  if (wire.status.offline) return failed('hardwareError', 'it is stopped');
  const back = wire.next((answer) => (answer.kind === 'processId' && answer.id === id ? id : undefined), signal);
  await Promise.all([wire.write(processIdRequest(id), signal), back]);
  return completed(undefined);
}

/** The cause is gone, as far as the cover tells: try to leave the error. Whether it worked, the status says. */
export function recover(wire: PrinterWire, clock: Clock): void {
  const limit = limitedTo(FORGET_MS, clock);
  wire
    .write(RECOVER, limit.signal)
    .catch(() => undefined)
    .finally(() => limit.release());
}

/** A dead line looks exactly like a printer with nothing to say, so it is asked now and then. */
export function askWhenIdle(
  watch: Pick<Upkeep, 'wire' | 'profile' | 'clock'> & { readonly idle: () => boolean; readonly onSilent: () => void },
): Unsubscribe {
  const { wire, profile, clock } = watch;
  if (!profile.realTimeStatus) return () => undefined;
  let cancel = (): void => undefined;
  const later = (): void => {
    // While a slip waits, whoever waits for it to be taken wants to know soon.
    const everyMs = wire.status.slipWaiting ? Math.min(SLIP_WAITS_MS, profile.idleAskMs) : profile.idleAskMs;
    cancel = clock.timer(everyMs, () => {
      later();
      if (!watch.idle()) return;
      const limit = limitedTo(SILENCE_MS, clock);
      wire
        .askStatus(limit.signal)
        .catch(watch.onSilent)
        .finally(() => limit.release());
    });
  };
  later();
  return () => cancel();
}

/** A signal that also fires after `ms`. Call `release` when the work is over. */
export function limitedTo(ms: number, clock: Clock, signal?: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const cancel = clock.timer(ms, () => controller.abort(new Error(`no answer within ${ms} ms`)));
  return {
    signal: controller.signal,
    release: () => {
      cancel();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
