/** S-WHO: two seconds, no touch; "不是我" ends it before anything of the person is shown. */
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import type { Identity } from './identify.ts';
import type { Rooms } from './rooms.ts';

export async function greet(rooms: Rooms, session: Session, identity: Identity): Promise<void> {
  const { insuredArea, type } = identity.insurance;
  const answer = await session.ask<'me' | 'notMe'>(
    {
      name: 'S-WHO',
      maskedName: maskName(identity.person.name.reveal()),
      insuranceType: type,
      insuredArea,
      local: insuredArea.slice(0, 4) === rooms.config.hospital.areaCode.slice(0, 4),
      removeCard: false,
    },
    {
      accept: (act) => (confirmed(act) ? 'me' : declined(act) ? 'notMe' : undefined),
      patience: { timer: rooms.profile.timers.who, afterwards: 'me' },
      // Nobody goes on to what is somebody's who is not there.
      whenLeft: 'over',
    },
  );
  if (answer === 'notMe') session.leave('canceled');
}

function declined(act: Act): boolean {
  return act.kind === 'intent' && act.intent.do === 'decline';
}
