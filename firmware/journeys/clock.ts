/**
 * The clock before money (product.md 2.9): no insured settlement begins while the kiosk's calendar is not the platform's.
 *
 * One promise: it is looked at before the money and never after; what has begun goes on to its end.
 */
import type { Person } from '../insurance/insurance-platform.ts';
import type { ReasonId } from '../reasons.ts';
import type { HeldBill } from './held-case.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';

/** @throws Stop */
export function mustKeepTime({ calendar }: Rooms, about: HeldBill | Person): void {
  if (calendar.wrong) throw clockWrong(about);
}

/** What a platform may say of a message from another day, before anybody knew that it was one. */
const SAID_OF_TIME: readonly ReasonId[] = [
  'personNotFound',
  'eligibilityUnknown',
  'insuranceRefused',
  'insuranceAnswerBroken',
];

/** A refusal that the calendar explains is told as what it is. */
export function forTheClock({ calendar }: Rooms, stop: Stop): Stop {
  return calendar.wrong && SAID_OF_TIME.includes(stop.reason) ? clockWrong(stop.held ?? stop.person) : stop;
}

function clockWrong(about: HeldBill | Person | undefined): Stop {
  return new Stop('clockWrong', 'S-STOP', 'stopped', about);
}
