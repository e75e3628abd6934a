/**
 * One walk with one thing going wrong on one page, and what must hold after it whatever it was.
 *
 * One promise: the visit has a named end, the next person can come, nothing of the patient is left to read, the
 * books agree, and every fen that moved stands in the journal.
 */
import type { ScreenName } from '../../../firmware/screen/messages.ts';
import { type Deed, type Plan, plainDeed } from '../patient.ts';
import type { VirtualKiosk } from '../virtual-kiosk.ts';
import type { Disturbance } from './disturbance-table.ts';
import type { Walk } from './walks-table.ts';

/** The n-th time (from 0) that a page of this name comes up. */
export interface Place {
  readonly screen: ScreenName;
  readonly time: number;
}

/** Longer than any settlement waits to be found out, ms. */
const TEN_MINUTES_MS = 600_000;

/** A reader that looks now and then has seen what lies on it, ms. */
const NOTICED_MS = 2_000;

/** The pages of the walk when nothing goes wrong; a page that only waits for a party is one of them. */
export async function placesOf(walk: Walk): Promise<{ readonly places: readonly Place[]; readonly end: string }> {
  const kiosk = await walk.before();
  kiosk.patient.come(walk.plan);
  await kiosk.run(() => kiosk.patient.hasCome);
  await kiosk.pass(NOTICED_MS);
  await kiosk.run(() => kiosk.atRest);
  const times = new Map<ScreenName, number>();
  const places = kiosk.patient.screens.slice(0, -1).map((screen): Place => {
    const time = times.get(screen) ?? 0;
    times.set(screen, time + 1);
    return { screen, time };
  });
  return { places, end: kiosk.ended.join(' ') };
}

function deedAt(plan: Plan, { screen, time }: Place): Deed {
  const planned = plan[screen] ?? plainDeed(screen) ?? 'nothing';
  return Array.isArray(planned)
    ? ((planned[Math.min(time, planned.length - 1)] ?? 'nothing') as Deed)
    : (planned as Deed);
}

/** The plan of somebody to whom it happens there. */
function disturbed(plan: Plan, place: Place, { happens, goesOn, touches = 1 }: Disturbance): Plan {
  const deeds: Deed[] = [];
  for (let time = 0; time < place.time; time += 1) deeds.push(deedAt(plan, { ...place, time }));
  deeds.push((kiosk) => {
    happens(kiosk);
    for (let touch = 0; goesOn && touch < touches; touch += 1) kiosk.patient.do(deedAt(plan, place));
  });
  deeds.push(deedAt(plan, { ...place, time: place.time + 1 }));
  return { ...plan, 'S-HELP': 'confirm', [place.screen]: deeds };
}

export interface Walked {
  readonly kiosk: VirtualKiosk;
  /** Orders and claims of the parties' books that the kiosk's journal does not know. */
  readonly notInJournal: readonly string[];
}

/** Walks, mends what was broken, and waits until nothing is left to find out. */
export async function walkDisturbed(walk: Walk, place: Place, disturbance: Disturbance): Promise<Walked> {
  const kiosk = await walk.before();
  const before = new Set(moved(kiosk));
  kiosk.patient.come(disturbed(walk.plan, place, disturbance));
  const began = (): boolean => kiosk.ended.length > 0 || !kiosk.hall.hasPower;
  await kiosk.run(() => kiosk.patient.hasCome);
  await kiosk.pass(NOTICED_MS);
  await kiosk.run(() => began() || kiosk.atRest);
  await kiosk.run(() => kiosk.hall.hasPower);
  disturbance.mended?.(kiosk);
  kiosk.patient.leave();
  kiosk.hall.slot.remove();
  await kiosk.pass(TEN_MINUTES_MS);
  const journal = kiosk.journalText();
  const unknown = moved(kiosk).filter((number) => !before.has(number) && !journal.includes(number));
  return { kiosk, notInJournal: unknown };
}

/** The numbers under which the parties' books have money. */
function moved(kiosk: VirtualKiosk): readonly string[] {
  const { ledger } = kiosk.hall.parties;
  return [
    ...ledger
      .charges()
      .filter(({ paidFen }) => paidFen > 0)
      .map(({ orderNumber }) => orderNumber),
    ...ledger.liveClaims().map(({ settlementId }) => settlementId),
  ];
}
