/**
 * What the kiosk tells people who are not in front of it: a task for an office of the hospital, an alarm for the
 * authority. Rows of the outbox, so that nothing told is lost with the power; ids and words only, no person.
 */
import type { Clock, Store } from '../ports.ts';

type Facts = Readonly<Record<string, string | number | readonly string[]>>;

export interface Notices {
  /** @param key Under which the receiver knows a repetition. */
  staffTask(key: string, facts: Facts): void;
  authorityAlarm(key: string, facts: Facts): void;
}

export function outboxNotices(store: Store, clock: Pick<Clock, 'wallMs'>): Notices {
  const tell = (kind: string, key: string, facts: Facts): void => {
    const body = JSON.stringify({ ...facts, atMs: Math.floor(clock.wallMs()) });
    store.run('INSERT OR IGNORE INTO outbox(kind, key, body, acked) VALUES(?,?,?,0)', kind, key, body);
  };
  return {
    staffTask: (key, facts) => tell('staffTask', key, facts),
    authorityAlarm: (key, facts) => tell('authorityNotice', key, facts),
  };
}
