/**
 * A journey from its tile: who is it, then the way itself.
 *
 * One promise: whatever stops it before money moved ends on a page that says what happened and where a person is.
 */
import type { Shown } from '../session/ask-credential.ts';
import type { Session } from '../session/session.ts';
import { greet } from './greet.ts';
import { type Identity, identify } from './identify.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop, showStop } from './stop.ts';

/** A journey of somebody who is known already. */
export type WayOfPerson = (rooms: Rooms, session: Session, identity: Identity) => Promise<JourneyEnd>;

export async function withIdentity(
  rooms: Rooms,
  session: Session,
  shown: Shown,
  way: WayOfPerson,
): Promise<JourneyEnd> {
  return stopping(rooms, session, async () => {
    return way(rooms, session, await greeted(rooms, session, shown));
  });
}

/** Who it is, and their yes to it. @throws Stop */
export async function greeted(rooms: Rooms, session: Session, shown: Shown): Promise<Identity> {
  const identity = await identify(rooms, session, shown);
  await greet(rooms, session, identity);
  return identity;
}

/** What stops a way is told on its page. */
export async function stopping(rooms: Rooms, session: Session, go: () => Promise<JourneyEnd>): Promise<JourneyEnd> {
  try {
    return await go();
  } catch (error) {
    if (error instanceof Stop) return showStop(rooms, session, error);
    throw error;
  }
}
