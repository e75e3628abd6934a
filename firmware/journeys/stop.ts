/**
 * A refusal before money moved: says what happened, what to do and where a
 * person is, writes it down, and leaves the patient free to go.
 *
 * Where the rules allow it the patient may choose 不用医保; what became of that choice is another page's (SZ-231).
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { TicketOffice } from '../hospital/queue-tickets.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import { type Reason, type ReasonId, reasons } from '../reasons.ts';
import { caseOffices, type Office, opensCase } from '../region/offices.ts';
import type { RefusalOffer, ScreenBody } from '../screen/messages.ts';
import { type Act, confirmed } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { type HeldBill, openCase } from './held-case.ts';
import { parkReasonOf } from './park-reasons.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

/** Thrown to leave a journey with a reason; caught once, where the journey starts. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: ReasonId;
  readonly screen: 'S-STOP' | 'S-HELD';
  readonly end: JourneyEnd;
  /** The bill that is meant, once one is. */
  readonly held: HeldBill | undefined;
  /** Who is meant before any bill is. */
  readonly person: Person | undefined;

  constructor(
    reason: ReasonId,
    screen: Stop['screen'] = 'S-STOP',
    end: JourneyEnd = 'stopped',
    about: HeldBill | Person | undefined = undefined,
  ) {
    super(reason);
    this.reason = reason;
    this.screen = screen;
    this.end = end;
    this.held = about && 'bill' in about ? about : undefined;
    this.person = about && 'bill' in about ? about.person : about;
  }
}

/** Who may go on without insurance, with which bill; `undefined` = whatever is open. */
export interface WithoutInsurance {
  readonly person: Person;
  readonly bill: Bill | undefined;
  /** What stopped the insured way. */
  readonly reason: ReasonId;
}

/** The ways on that need no insurance now; `undefined` as an end = the patient turned back to the refusal. */
export interface WaysOn {
  ownExpense(without: WithoutInsurance): Promise<JourneyEnd | undefined>;
  /** 补记账: the bill is kept for later. */
  park(without: WithoutInsurance): Promise<JourneyEnd | undefined>;
}

/** A bill that a rule holds: it gets a case. */
export function held(reason: ReasonId, bill: HeldBill, screen: Stop['screen'] = 'S-HELD'): Stop {
  return new Stop(reason, screen, 'stopped', bill);
}

type Paper = 'printing' | 'ready' | 'none';
type Answer = 'leave' | 'ownExpense' | 'park' | 'takeTicket' | { readonly paper: Paper };

export async function showStop(rooms: Rooms, session: Session, stop: Stop, waysOn?: WaysOn): Promise<JourneyEnd> {
  const { audit, staffCode } = reasons[stop.reason];
  const { mayPayOwn }: Reason = reasons[stop.reason];
  const without =
    waysOn && mayPayOwn && stop.person
      ? { person: stop.person, bill: stop.held?.bill, reason: stop.reason }
      : undefined;
  rooms.audit.write(audit, { session: session.id, reason: stop.reason });
  session.cardMayLeave();
  const opened =
    stop.held && opensCase(stop.reason) ? await openCase(rooms, session, stop.reason, stop.held) : undefined;
  let window = stop.held && opensCase(stop.reason) ? windowOf(caseOffices[stop.reason]) : undefined;
  let ticket: string | undefined;
  let paper: Paper = 'printing';
  for (let goesOn = false; ; ) {
    const offers: readonly RefusalOffer[] = [
      ...(window ? ['ticket' as const] : []),
      ...(without && parkReasonOf(stop.reason) ? ['park' as const] : []),
      ...(without ? ['ownExpense' as const] : []),
    ];
    const printing: Promise<Answer> | undefined =
      opened && paper === 'printing' ? opened.slip.then((now) => ({ paper: now })) : undefined;
    const body: ScreenBody = {
      ...{ name: stop.screen, reason: stop.reason, staffCode, removeCard: false },
      ...(opened && { slip: { number: opened.number, paper } }),
      ...(offers.length > 0 && { offers }),
      ...(ticket !== undefined && { ticket }),
      ...(stop.held?.staleMs !== undefined && { knownMinutesAgo: Math.floor(stop.held.staleMs / 60_000) }),
    };
    const answer: Answer = await session.ask<Answer>(body, {
      accept: refusalAnswer,
      ...(goesOn ? { goesOn: true } : {}),
      ...(printing && { until: printing }),
      patience: { timer: rooms.profile.timers.done, afterwards: 'leave' },
    });
    goesOn = typeof answer === 'object';
    if (typeof answer === 'object') paper = answer.paper;
    else if (answer === 'leave') return stop.end;
    else if (answer === 'takeTicket') {
      ticket = window && (await takeTicket(rooms, session, window));
      window = undefined;
    } else {
      const end = without && (await waysOn?.[answer](without));
      if (end !== undefined) return end;
    }
  }
}

/** Offices beside the counter that call by number. */
function windowOf(office: Office): TicketOffice | undefined {
  return office === 'filingWindow' || office === 'priceOffice' || office === 'wardOffice' ? office : undefined;
}

/** One number a session and window; a queue that gives none leaves the window's name on page and slip. */
async function takeTicket(rooms: Rooms, session: Session, office: TicketOffice): Promise<string | undefined> {
  const asked = rooms.hospital.takeTicket({ office, requestId: `${session.id}-${office}` });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  if (answer.outcome !== 'ok') return undefined;
  rooms.audit.write('ticket.taken', { session: session.id, choice: office });
  return answer.value.ticket;
}

function refusalAnswer(act: Act): Answer | undefined {
  const does = act.kind === 'intent' ? act.intent.do : undefined;
  if (does === 'ownExpense' || does === 'park' || does === 'takeTicket') return does;
  return confirmed(act) ? 'leave' : undefined;
}
