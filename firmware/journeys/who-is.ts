/**
 * Who somebody is where the hospital alone can do what they came for.
 *
 * One promise: a fault of the insurance line keeps nobody from it, and the hospital's own card, which is a number
 * that anybody can copy, opens nothing that is private.
 */
import type { Person } from '../insurance/insurance-platform.ts';
import { type Reason, reasons } from '../reasons.ts';
import type { Shown } from '../session/ask-credential.ts';
import type { Session } from '../session/session.ts';
import { greet } from './greet.ts';
import { type Identity, identify } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';

/** `identity` is missing when the insurance cannot be asked now. */
export interface KnownPerson {
  readonly person: Person;
  readonly identity: Identity | undefined;
}

/** @param privately what is shown is for this person's eyes: 就诊卡 is not enough. @throws Stop */
export async function whoIs(
  rooms: Rooms,
  session: Session,
  shown: Shown,
  privately: 'privately' | 'anyCard' = 'anyCard',
): Promise<KnownPerson> {
  try {
    const identity = await identify(rooms, session, shown);
    await greet(rooms, session, identity);
    return { person: identity.person, identity };
  } catch (error) {
    if (!(error instanceof Stop) || !error.person) throw error;
    if (privately === 'privately' && 'visitCardNumber' in error.person) throw new Stop('ownCardNeeded');
    const { mayPayOwn }: Reason = reasons[error.reason];
    if (!mayPayOwn) throw error;
    rooms.audit.write(reasons[error.reason].audit, { session: session.id, reason: error.reason });
    return { person: error.person, identity: undefined };
  }
}
