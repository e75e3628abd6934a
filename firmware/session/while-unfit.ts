/**
 * What patients meet while the kiosk itself is not fit to serve.
 *
 * One promise: the page says why from the first moment, and goes when the last reason does.
 */
import type { Unsubscribe } from '../ports.ts';
import { reasons } from '../reasons.ts';
import type { Readiness } from './readiness.ts';
import type { Session, SessionScreen } from './session.ts';

/** Resolves when the kiosk is fit again, or when `stops` is called. → whether there was anything to wait for */
export async function untilFit(
  readiness: Readiness | undefined,
  screen: Pick<SessionScreen, 'show'>,
  onStop: (stops: () => void) => void,
): Promise<boolean> {
  let stopped = false;
  let waited = false;
  for (;;) {
    const reason = readiness?.now()?.reason;
    if (!readiness || !reason || stopped) return waited;
    waited = true;
    screen.show({ name: 'S-OUT', reason, staffCode: reasons[reason].staffCode });
    await new Promise<void>((resolve) => {
      const unsubscribe = readiness.onChanged(() => resolve(unsubscribe()));
      onStop(() => {
        stopped = true;
        resolve(unsubscribe());
      });
    });
  }
}

/** An opened cabinet ends the session at once, wherever it is. */
export function endWhenOpened(readiness: Readiness | undefined, session: Pick<Session, 'end'>): Unsubscribe {
  const look = (): void => {
    if (readiness?.now()?.session === 'endsNow') session.end('closed');
  };
  look();
  return readiness?.onChanged(look) ?? (() => undefined);
}
