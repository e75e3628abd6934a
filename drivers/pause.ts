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

/** Never rejects: over with its time or with the first of the signals. */
export function restFor(clock: Clock, ms: number, ends: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      cancel();
      for (const end of ends) end.removeEventListener('abort', go);
      resolve();
    };
    const cancel = clock.timer(ms, go);
    for (const end of ends) end.addEventListener('abort', go, { once: true });
    if (ends.some((end) => end.aborted)) go();
  });
}

/** A signal that fires with `LinkLostError` after `ms`, unless it is canceled before. */
export function signalWithin(clock: Clock, ms: number): { readonly signal: AbortSignal; readonly cancel: Unsubscribe } {
  const controller = new AbortController();
  const cancel = clock.timer(ms, () => controller.abort(new LinkLostError('no answer')));
  return { signal: controller.signal, cancel };
}
