/**
 * A refusal before money moved: says what happened, what to do and where a
 * person is, writes it down, and leaves the patient free to go.
 */
import { type ReasonId, reasons } from '../reasons.ts';
import { confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';

/** Thrown to leave a journey with a reason; caught once, where the journey starts. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: ReasonId;
  readonly screen: 'S-STOP' | 'S-HELD';
  readonly end: JourneyEnd;

  constructor(reason: ReasonId, screen: Stop['screen'] = 'S-STOP', end: JourneyEnd = 'stopped') {
    super(reason);
    this.reason = reason;
    this.screen = screen;
    this.end = end;
  }
}

export async function showStop(rooms: Rooms, session: Session, stop: Stop): Promise<JourneyEnd> {
  const { audit, staffCode } = reasons[stop.reason];
  rooms.audit.write(audit, { session: session.id, reason: stop.reason });
  session.cardMayLeave();
  await session.ask(
    { name: stop.screen, reason: stop.reason, staffCode, removeCard: false },
    { accept: confirmed, patience: { timer: rooms.profile.timers.done, afterwards: true as const } },
  );
  return stop.end;
}
