/** Letting time pass within a command, and limiting it. One promise: a signal that fires ends a pause at once. */
import { abortable } from './card-reader/abortable.ts';
import { type Clock, LinkLostError, type Unsubscribe } from './ports.ts';

/** Rejects with `signal.reason`. */
export function pauseFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let cancel = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    cancel = clock.timer(ms, resolve);
  });
  return abortable(passed, signal).finally(() => cancel());
}

/** A signal that fires with `LinkLostError` after `ms`, unless it is canceled before. */
export function signalWithin(clock: Clock, ms: number): { readonly signal: AbortSignal; readonly cancel: Unsubscribe } {
  const controller = new AbortController();
  const cancel = clock.timer(ms, () => controller.abort(new LinkLostError('no answer')));
  return { signal: controller.signal, cancel };
}
