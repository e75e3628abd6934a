/**
 * 报到取号: the number of the hospital's queue, on the page and on paper.
 *
 * One promise: who has paid the fee and gets no number now is told so; the fee's slip is in their hand.
 */
import { forReader } from '../documents/large-print.ts';
import { ticketSlip } from '../documents/ticket-slip.ts';
import type { Appointment, ClinicTicket } from '../hospital/registration.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Identity } from './identify.ts';
import { rate } from './rate.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import type { PaidFee } from './settle-registration.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

const PRINT_TIMEOUT_MS = 30_000;

interface Coming {
  readonly identity: Identity;
  readonly appointment: Pick<Appointment, 'appointmentId' | 'departmentName' | 'doctorName'>;
  /** The fee that was paid just now; its slip comes out first. */
  readonly paid: PaidFee | undefined;
}

type Paper = 'ready' | 'unconfirmed' | 'none';

export async function giveTicket(rooms: Rooms, session: Session, coming: Coming): Promise<JourneyEnd> {
  const ticket = await checkIn(rooms, session, coming);
  rooms.audit.write('ticket.taken', { session: session.id, choice: 'clinic' });
  const printed = print(rooms, session, coming, ticket).then((paper) => ({ paper }));
  const { place, waitingBefore, expectedMinutes } = ticket;
  const page = { name: 'S-TICKET', ticket: ticket.ticket, place, waitingBefore, expectedMinutes } as const;
  const { paper } = await session.ask<{ readonly paper: Paper }>(
    { ...page, paper: 'printing', removeCard: false },
    { accept: () => undefined, until: printed, patience: 'never' },
  );
  const touched = await session.ask<boolean>(
    { ...page, paper, removeCard: false },
    { accept: confirmed, goesOn: true, patience: { timer: rooms.profile.timers.done, afterwards: false } },
  );
  if (touched) await rate(rooms, session);
  return 'checkedIn';
}

/** @throws Stop */
async function checkIn(rooms: Rooms, session: Session, { appointment, paid }: Coming): Promise<ClinicTicket> {
  const asked = rooms.hospital.checkIn(appointment.appointmentId);
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  if (paid && answer.outcome !== 'ok') throw new Stop('numberLater', 'S-STOP', 'settled');
  return hospitalValue(
    answer,
    (reason) =>
      new Stop(reason === 'missed' ? 'numberMissed' : reason === 'feeOpen' ? 'registrationFeeOpen' : 'noClinic'),
  );
}

async function print(rooms: Rooms, session: Session, coming: Coming, ticket: ClinicTicket): Promise<Paper> {
  const { textSize, language } = session;
  await coming.paid?.slip;
  const { printer, config, profile } = rooms;
  if (!printer || printerTrouble(rooms)) return 'none';
  const { departmentName, doctorName } = coming.appointment;
  const document = ticketSlip({
    ...{ config, profile, language, departmentName, doctorName, ...ticket },
    maskedName: maskName(coming.identity.person.name.reveal()),
    printedAt: platformTime(rooms.clock.wallMs()),
  });
  const done = await printer.print(forReader(document, textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return done.done ? (done.value.proof === 'printed' ? 'ready' : 'unconfirmed') : 'none';
}
