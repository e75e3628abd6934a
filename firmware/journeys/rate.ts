/**
 * 好差评: one row of faces, one touch or none, once a service (Y1-17).
 *
 * One promise: a rating is written down and sent to the hospital with the session and nothing of the person, and "不评价" is a button like the others.
 */
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';

type Stars = 1 | 2 | 3 | 4 | 5;

export async function rate(rooms: Rooms, session: Session): Promise<void> {
  const answer = await session.ask<Stars | 'none'>(
    { name: 'S-RATE', removeCard: false },
    { accept: starsIn, patience: { timer: rooms.profile.timers.done, afterwards: 'none' } },
  );
  if (answer !== 'none') noteRating(rooms, session, answer);
}

/** In the book that nobody can change afterwards. */
export function noteRating(rooms: Rooms, session: Session, stars: Stars): void {
  rooms.audit.write('service.rated', { session: session.id, choice: String(stars) });
  rooms.notices.rated(session.id, rooms.config.kioskId, stars);
}

function starsIn(act: Act): Stars | 'none' | undefined {
  if (act.kind === 'intent' && act.intent.do === 'rate') return act.intent.stars;
  return confirmed(act) ? 'none' : undefined;
}
