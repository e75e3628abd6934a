/**
 * 办事指南 and 公告: how things are done here and what is new, for anybody, out of the signed profile of the place.
 *
 * One promise: what stands there was signed by two people, and its day and edition stand under it.
 */
import { platformDate } from '../insurance/platform-time.ts';
import type { GuideText } from '../region/profile.ts';
import type { GuideEntry } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';

interface Readable {
  readonly entry: GuideEntry;
  readonly text: GuideText['text'];
}

/** Notices of today first, then the guides. */
export function guidesOf({ profile, clock }: Pick<Rooms, 'profile' | 'clock'>): readonly Readable[] {
  const today = platformDate(clock.wallMs());
  const notices = (profile.notices ?? []).filter(({ from = today, until = today }) => from <= today && today <= until);
  const as =
    (kind: GuideEntry['kind']) =>
    ({ id, title, updatedOn, text }: GuideText): Readable => ({
      entry: { id: `${kind}.${id}`, kind, title, updatedOn },
      text,
    });
  return [...notices.map(as('notice')), ...(profile.guides ?? []).map(as('guide'))];
}

export async function readGuides(rooms: Rooms, session: Session): Promise<JourneyEnd> {
  const { profile } = rooms;
  const version = `${profile.id}/${profile.version}`;
  // Nothing here is anybody's: the page goes by itself and nobody is warned.
  const patience = { timer: profile.timers.idle, afterwards: 'leave' as const };
  for (;;) {
    const readable = guidesOf(rooms);
    const id = await session.ask<string>(
      { name: 'S-GUIDES', entries: readable.map(({ entry }) => entry) },
      { accept: chosenIn, patience },
    );
    if (id === 'leave') return 'guidesRead';
    const found = readable.find(({ entry }) => entry.id === id);
    if (!found) continue;
    const next = await session.ask<'leave' | 'back'>(
      { name: 'S-GUIDE', ...found, version },
      { accept: backOrLeave, patience },
    );
    if (next === 'leave') return 'guidesRead';
  }
}

function chosenIn(act: Act): string | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'choose') return act.intent.id;
  return act.intent.do === 'cancel' ? 'leave' : undefined;
}

function backOrLeave(act: Act): 'leave' | 'back' | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'confirm') return 'back';
  return act.intent.do === 'cancel' ? 'leave' : undefined;
}
