/** Shows that a party is being asked, and says so when it takes longer than three seconds. */

import type { BusyWork } from '../screen/messages.ts';
import type { Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';

const SLOW_AFTER_MS = 3_000;

/** @throws what `work` throws; SessionOver when the patient leaves meanwhile. */
export async function waitForParty<Value>(
  rooms: Rooms,
  session: Session,
  work: BusyWork,
  asked: Promise<Value>,
): Promise<Value> {
  const cancelSlow = rooms.clock.timer(SLOW_AFTER_MS, () => {
    if (!session.signal.aborted) session.show({ name: 'S-BUSY', work, slow: true, removeCard: false });
  });
  session.show({ name: 'S-BUSY', work, slow: false, removeCard: false });
  try {
    return await Promise.race([asked, whenOver(session)]);
  } finally {
    cancelSlow();
  }
}

function whenOver(session: Session): Promise<never> {
  return new Promise((_, reject) => {
    if (session.signal.aborted) reject(session.signal.reason);
    session.signal.addEventListener('abort', () => reject(session.signal.reason), { once: true });
  });
}
