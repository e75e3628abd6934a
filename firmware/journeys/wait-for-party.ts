/** Shows that a party is being asked, and says so when it takes longer than three seconds. */

import type { BusyWork } from '../screen/messages.ts';
import type { Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';

const SLOW_AFTER_MS = 3_000;
const SLOW = Symbol('slow');

/**
 * The patient may leave a slow party, except while a payment is being prepared.
 * @throws what `asked` rejects with; SessionOver when the patient leaves meanwhile.
 */
export async function waitForParty<Value>(
  rooms: Rooms,
  session: Session,
  work: BusyWork,
  asked: Promise<Value>,
): Promise<Value> {
  let cancelTimer = (): void => undefined;
  const slow = new Promise<typeof SLOW>((resolve) => {
    cancelTimer = rooms.clock.timer(SLOW_AFTER_MS, () => resolve(SLOW));
  });
  try {
    const first = await session.ask<Value | typeof SLOW>(
      { name: 'S-BUSY', work, slow: false, removeCard: false },
      { accept: () => undefined, until: Promise.race([asked, slow]), patience: 'never' },
    );
    if (first !== SLOW) return first;
    return await session.ask<Value>(
      { name: 'S-BUSY', work, slow: true, removeCard: false },
      {
        accept: () => undefined,
        until: asked,
        patience: 'never',
        ...(work === 'preparingPayment' || work === 'preparingRefund' ? {} : { mayLeave: true }),
      },
    );
  } finally {
    cancelTimer();
  }
}
