/**
 * 医保服务: guides (办事指南), 信息公开, 住院须知 and notices (公告), for anybody, out of the signed profile of the place.
 *
 * One promise: what stands there was signed by two people, and its day, edition and source stand under it, on the page
 * and on paper. Where a window sees to it, its number can be had here; a second matter goes with the same number.
 */
import { guideSlip } from '../documents/guide-slip.ts';
import { forReader } from '../documents/large-print.ts';
import type { TicketOffice } from '../hospital/queue-tickets.ts';
import { platformDate, platformTime } from '../insurance/platform-time.ts';
import type { GuideText } from '../region/profile.ts';
import type { GuideEntry, GuideTicket, GuideTopicName, GuideTopicRow } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { HomeNews } from '../session/reception-parts.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

const PRINT_TIMEOUT_MS = 30_000;

interface Readable {
  readonly entry: GuideEntry;
  readonly guide: GuideText;
}

/** Notices of today first, then the guides. */
export function guidesOf({ profile, clock }: Pick<Rooms, 'profile' | 'clock'>): readonly Readable[] {
  const today = platformDate(clock.wallMs());
  const notices = (profile.notices ?? []).filter(({ from = today, until = today }) => from <= today && today <= until);
  const as =
    (kind: GuideEntry['kind']) =>
    (guide: GuideText): Readable => ({
      entry: { id: `${kind}.${guide.id}`, kind, title: guide.title, updatedOn: guide.updatedOn },
      guide,
    });
  return [...notices.map(as('notice')), ...(profile.guides ?? []).map(as('guide'))];
}

/** What the first page says beside its tiles. */
export function homeNewsOf(rooms: Pick<Rooms, 'profile' | 'clock'>): HomeNews {
  const notice = guidesOf(rooms).find(({ entry }) => entry.kind === 'notice')?.entry.title;
  const { station } = rooms.profile;
  return { ...(notice && { notice }), ...(station && { station }) };
}

export async function readGuides(rooms: Rooms, session: Session): Promise<JourneyEnd> {
  /** Numbers that were taken in this session, by window. */
  const tickets = new Map<TicketOffice, GuideTicket>();
  let of: GuideTopicName | 'all' = 'all';
  for (;;) {
    const readable = guidesOf(rooms);
    const id: string = await session.ask<string>(
      { name: 'S-GUIDES', of, entries: rowsOf(readable, of) },
      { accept: chosenIn, patience: patienceOf(rooms) },
    );
    if (id === 'leave') return 'guidesRead';
    if (id === 'back') of = 'all';
    else if (id === 'topic.open' || id === 'topic.inpatient') of = id === 'topic.open' ? 'open' : 'inpatient';
    const found = readable.find(({ entry }) => entry.id === id);
    if (found && (await readOne(rooms, session, found, tickets)) === 'leave') return 'guidesRead';
  }
}

/** A topic's row stands where its first page would stand. */
function rowsOf(readable: readonly Readable[], of: GuideTopicName | 'all'): readonly (GuideEntry | GuideTopicRow)[] {
  if (of !== 'all') return readable.filter(({ guide }) => guide.topic === of).map(({ entry }) => entry);
  const seen = new Set<GuideTopicName>();
  return readable.flatMap(({ entry, guide: { topic } }): readonly (GuideEntry | GuideTopicRow)[] => {
    if (topic === undefined) return [entry];
    if (seen.has(topic)) return [];
    seen.add(topic);
    return [{ id: `topic.${topic}` as const, kind: 'topic', topic }];
  });
}

type Paper = 'can' | 'printing' | 'ready' | 'none';
type Next = 'back' | 'leave' | 'print' | 'takeTicket' | { readonly paper: Paper };

async function readOne(
  rooms: Rooms,
  session: Session,
  { entry, guide }: Readable,
  tickets: Map<TicketOffice, GuideTicket>,
): Promise<'back' | 'leave'> {
  const { window: office, source } = guide;
  const version = `${rooms.profile.id}/${rooms.profile.version}`;
  let window: 'none' | 'open' | 'shut' = office === undefined ? 'none' : 'open';
  let ticket: GuideTicket | undefined;
  let paper: Paper = 'can';
  let printing: Promise<Next> | undefined;
  for (let goesOn = false; ; goesOn = true) {
    const next: Next = await session.ask<Next>(
      { name: 'S-GUIDE', entry, text: guide.text, source, version, paper, window, ticket },
      {
        accept: nextIn,
        patience: printing ? 'never' : patienceOf(rooms),
        ...(printing && { until: printing }),
        ...(goesOn && { goesOn: true }),
      },
    );
    if (next === 'leave' || next === 'back') return next;
    if (typeof next === 'object') {
      printing = undefined;
      paper = next.paper;
    } else {
      if (next === 'takeTicket' && office) {
        ticket = await takeNumber(rooms, session, { office, need: guide.id, tickets });
        if (!ticket) window = 'shut';
      }
      // The number is nothing without paper; a window that gives none leaves what is written.
      if (next === 'print' || ticket) {
        printing = print(rooms, session, { guide, version, ticket });
        paper = 'printing';
      }
    }
  }
}

interface Wanted {
  readonly office: TicketOffice;
  readonly need: string;
  readonly tickets: Map<TicketOffice, GuideTicket>;
}

/** One number a session and window, for all that is wanted there (Y4-10). */
async function takeNumber(rooms: Rooms, session: Session, { office, need, tickets }: Wanted) {
  const asked = rooms.hospital.takeTicket({ office, requestId: `${session.id}-${office}`, need });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  if (answer.outcome !== 'ok') return undefined;
  rooms.audit.write('ticket.taken', { session: session.id, choice: office });
  const { ticket: number, place, waitingBefore } = answer.value;
  const ticket: GuideTicket = { number, place, waitingBefore, together: tickets.has(office) };
  tickets.set(office, ticket);
  return ticket;
}

interface Printable {
  readonly guide: GuideText;
  readonly version: string;
  readonly ticket: GuideTicket | undefined;
}

/** Not bound to the session's signal: what has begun is finished even if the reader walks away. */
async function print(rooms: Rooms, { language, textSize }: Session, what: Printable): Promise<Next> {
  const { printer, config, profile, clock } = rooms;
  if (!printer || printerTrouble(rooms)) return { paper: 'none' };
  const printedAt = platformTime(clock.wallMs());
  const document = guideSlip({ config, profile, language, printedAt, ...what });
  const done = await printer.print(forReader(document, textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  return { paper: done.done ? 'ready' : 'none' };
}

/** Nothing here is anybody's: the page goes by itself and nobody is warned. */
function patienceOf({ profile }: Rooms) {
  return { timer: profile.timers.idle, afterwards: 'leave' as const };
}

function chosenIn(act: Act): string | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'choose') return act.intent.id;
  if (act.intent.do === 'confirm') return 'back';
  return act.intent.do === 'cancel' ? 'leave' : undefined;
}

function nextIn(act: Act): Next | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'confirm') return 'back';
  if (act.intent.do === 'print' || act.intent.do === 'takeTicket') return act.intent.do;
  return act.intent.do === 'cancel' ? 'leave' : undefined;
}
