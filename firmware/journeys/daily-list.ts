/**
 * 一日清单: what one day in hospital cost, kind by kind, day before and day after, on screen and paper (Z-8.4.3, product.md 2.3).
 *
 * One promise: lines and subtotals add up to the hospital's figure of that day, or it is said that nothing true is there.
 */

import { dayListSlip } from '../documents/day-list-slip.ts';
import { forReader } from '../documents/large-print.ts';
import type { BillLine } from '../hospital/bill.ts';
import type { DayOfStay } from '../hospital/hospital-services.ts';
import { platformDate, platformTime } from '../insurance/platform-time.ts';
import type { DayGroup } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Inpatient } from './inpatient.ts';
import { phoneLink } from './phone-link.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

const DAY_MS = 86_400_000;
const PRINT_TIMEOUT_MS = 60_000;

type Paper = 'can' | 'printing' | 'ready' | 'none';
type Next = 'earlier' | 'later' | 'phone' | 'print' | 'leave' | { readonly paper: Paper };

/** Opens on the last whole day; a patient who came today sees today. */
export async function dailyList(rooms: Rooms, session: Session, patient: Inpatient): Promise<JourneyEnd> {
  const today = platformDate(rooms.clock.wallMs());
  const first = patient.stay.admittedAt.slice(0, 10);
  const yesterday = beside(today, -1);
  for (let day = yesterday < first ? first : yesterday; ; ) {
    const list = await ofDay(rooms, session, patient, day);
    const turn = await showDay(rooms, session, patient, { list, hasEarlier: day > first, hasLater: day < today });
    if (turn === 'leave') return 'dayListShown';
    day = beside(day, turn === 'earlier' ? -1 : 1);
  }
}

/** @throws Stop */
async function ofDay(rooms: Rooms, session: Session, { stay }: Inpatient, day: string): Promise<DayOfStay> {
  const asked = rooms.services.dayOfStay({ stayId: stay.stayId, day });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  return hospitalValue(answer, () => new Stop('notInpatient', 'S-STOP', 'noBill'));
}

interface Day {
  readonly list: DayOfStay;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

async function showDay(
  rooms: Rooms,
  session: Session,
  patient: Inpatient,
  { list, ...beside }: Day,
): Promise<'earlier' | 'later' | 'leave'> {
  const maskedName = maskName(patient.person.name.reveal());
  const groups = groupsOf(list.lines);
  const code = phoneLink(list.link, patient.person, [patient.stay.inpatientNumber]);
  let paper: Paper = 'can';
  let printing: Promise<Next> | undefined;
  for (let goesOn = false; ; goesOn = true) {
    const next: Next = await session.ask<Next>(
      {
        ...{ name: 'S-DAY-LIST', maskedName, day: list.day, ...beside, removeCard: false },
        ...{ groups, totalFen: list.totalFen, paper, phone: code !== undefined },
      },
      {
        accept: nextIn,
        ...(printing && { until: printing, patience: 'never' as const }),
        ...(goesOn && { goesOn: true }),
      },
    );
    if (typeof next === 'object') {
      printing = undefined;
      paper = next.paper;
    } else if (next === 'print') {
      printing = print(rooms, session, patient, { list, groups, maskedName });
      paper = 'printing';
    } else if (next === 'phone') await showCode(rooms, session, code);
    else return next;
  }
}

function nextIn(act: Act): Next | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'print') return 'print';
  if (act.intent.do === 'choose') {
    const { id } = act.intent;
    return (['earlier', 'later', 'phone'] as const).find((turn) => turn === id);
  }
  return confirmed(act) ? 'leave' : undefined;
}

/** The same day on a phone: the code is the hospital's own page and says nothing of the person. */
async function showCode(rooms: Rooms, session: Session, code: string | undefined): Promise<void> {
  await session.ask<true>(
    { name: 'S-PAPER', paper: 'dayList', code, print: 'cannot', removeCard: false },
    { accept: confirmed, patience: { timer: rooms.profile.timers.idle, afterwards: true } },
  );
}

interface Printable {
  readonly list: DayOfStay;
  readonly groups: readonly DayGroup[];
  readonly maskedName: string;
}

/** Not bound to the session's signal: a list that has begun is finished even if the patient walks away. */
async function print(
  rooms: Rooms,
  session: Session,
  { stay }: Inpatient,
  { list, groups, maskedName }: Printable,
): Promise<Next> {
  const { printer, config, profile, clock, audit } = rooms;
  if (!printer || printerTrouble(rooms)) return { paper: 'none' };
  const document = dayListSlip({
    ...{ config, profile, language: session.language, maskedName, stay, day: list.day, groups },
    totalFen: list.totalFen,
    printedAt: platformTime(clock.wallMs()),
  });
  const done = await printer.print(forReader(document, session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  audit.write('dayList.printed', { session: session.id, state: done.done ? done.value.proof : 'failed' });
  return { paper: done.done ? 'ready' : 'none' };
}

function groupsOf(lines: readonly BillLine[]): readonly DayGroup[] {
  const categories = [...new Set(lines.map(({ category }) => category))].sort();
  return categories.map((category) => {
    const own = lines.filter((line) => line.category === category);
    return {
      category,
      amountFen: own.reduce((sum, { amountFen }) => sum + amountFen, 0),
      lines: own.map(({ name, quantity, unit, amountFen }) => ({ name, quantity: `${quantity}${unit}`, amountFen })),
    };
  });
}

/** The day so many days after `day`; both yyyy-MM-dd in Beijing. */
function beside(day: string, days: number): string {
  return platformDate(Date.parse(`${day}T12:00:00+08:00`) + days * DAY_MS);
}
