/**
 * Which way somebody came for: the tile that was touched, or, with a credential put down at home, the most likely job.
 *
 * Zero touch (放上就办): an open bill opens at once; without one today's appointment, then a stay that is ready to end;
 * else the menu, with the likeliest job first. One promise: nobody who put a card down is sent back to the home screen without a word.
 */
import type { CodeUse } from '../insurance/insurance-platform.ts';
import { reasons } from '../reasons.ts';
import type { JourneyName } from '../screen/messages.ts';
import type { Shown } from '../session/ask-credential.ts';
import { type Job, jobIn } from '../session/menus.ts';
import type { Journey } from '../session/reception-parts.ts';
import type { Session } from '../session/session.ts';
import { complain } from './complaint.ts';
import { findMoney } from './find-money.ts';
import { guidesOf, readGuides } from './guides.ts';
import type { Identity } from './identify.ts';
import { dischargeReady, findStay, inpatient, inpatientTile } from './inpatient.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { takeBackLeftSlip } from './left-slip.ts';
import { actingFor } from './proxy.ts';
import { records } from './records.ts';
import { refund } from './refund.ts';
import { bookedOf, registration } from './registration.ts';
import { reprint, reprintTile } from './reprint.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { settleOutpatient } from './settle-outpatient.ts';
import { waitForParty } from './wait-for-party.ts';
import { greeted, stopping, type WayOfPerson, withIdentity } from './with-identity.ts';

/** Ways of somebody who is known; the outpatient's bill begins with finding out who it is. */
const WAYS: Readonly<Record<Exclude<JourneyName, 'settleOutpatient' | 'guides' | 'complaint' | 'proxy'>, WayOfPerson>> =
  {
    inpatient: async (rooms, session, identity) => {
      const { person } = identity;
      return inpatient(rooms, session, { person, identity, stay: await findStay(rooms, session, person) });
    },
    registration,
    refund,
    records,
    reprint: (rooms, session, { person }) => reprint(rooms, session, person),
  };

type Way = keyof typeof WAYS;

function isWay(job: string): job is Way {
  return Object.hasOwn(WAYS, job);
}

export function journeysOf(rooms: Rooms): Readonly<Record<JourneyName, Journey>> {
  const tile = (name: Way, codeUse: CodeUse = '01301'): Journey => ({
    asks: 'credential',
    run: (session, shown) => withIdentity({ ...rooms, codeUse }, session, shown, WAYS[name]),
  });
  return eachTakingBack(rooms, {
    settleOutpatient: {
      asks: 'credential',
      run: (session, shown) => settleOutpatient(rooms, session, () => greeted(rooms, session, shown)),
    },
    inpatient: {
      asks: 'credential',
      withoutInsurance: true,
      run: (session, shown) => inpatientTile(rooms, session, shown),
    },
    registration: tile('registration', '01101'),
    refund: tile('refund'),
    records: { ...tile('records'), withoutHospital: true },
    guides: {
      asks: 'nothing',
      withoutHospital: true,
      offered: () => guidesOf(rooms).length > 0,
      run: (session) => readGuides(rooms, session),
    },
    proxy: {
      asks: 'credential',
      whose: 'patient',
      run: (session, shown) => settleOutpatient(rooms, session, () => actingFor(rooms, session, shown), withoutBill),
    },
    complaint: { asks: 'nothing', withoutHospital: true, run: (session) => complain(rooms, session) },
    reprint: {
      asks: 'credential',
      withoutInsurance: true,
      run: (session, shown) => reprintTile(rooms, session, shown),
    },
  });
}

export function likelyJob(rooms: Rooms, session: Session, shown: Shown): Promise<JourneyEnd> {
  return settleOutpatient(rooms, session, () => greeted(rooms, session, shown), withoutBill).finally(() =>
    takeBackLeftSlip(rooms, session),
  );
}

/** A slip that hangs at the mouth after a journey is that patient's: the next one finds none. */
function eachTakingBack(rooms: Rooms, journeys: Readonly<Record<JourneyName, Journey>>): Record<JourneyName, Journey> {
  const taken = Object.entries(journeys).map(([name, journey]): readonly [string, Journey] => {
    if (journey.asks === 'nothing') return [name, journey];
    const run = (session: Session, shown: Shown): Promise<string> =>
      journey.run(session, shown).finally(() => takeBackLeftSlip(rooms, session));
    return [name, { ...journey, run }];
  });
  return Object.fromEntries(taken) as Record<JourneyName, Journey>;
}

async function withoutBill(rooms: Rooms, session: Session, identity: Identity): Promise<JourneyEnd> {
  rooms.audit.write(reasons.noOpenBill.audit, { session: session.id, reason: 'noOpenBill' });
  const { person } = identity;
  const { hospital } = rooms;
  const meant = hospitalPerson(person);
  const asked = Promise.all([hospital.today(meant), hospital.inpatientStay(meant)]);
  const [today, stays] = await waitForParty(rooms, session, 'findingBills', asked);
  if (today.outcome === 'ok' && bookedOf(today.value).length > 0) {
    return stopping(rooms, session, () => registration(rooms, session, identity));
  }
  const stay = stays.outcome === 'ok' ? stays.value : undefined;
  if (stay && dischargeReady(stay)) {
    return stopping(rooms, session, () => inpatient(rooms, session, { person, identity, stay }));
  }
  const others = ['registration', 'refund', 'reprint'] as const;
  return menu(rooms, session, identity, stay ? ['inpatient', ...others] : [...others, 'findMoney']);
}

async function menu(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  jobs: readonly (Way | 'findMoney')[],
): Promise<JourneyEnd> {
  session.cardMayLeave();
  const job = await session.ask<Job | 'leave'>(
    { name: 'S-MENU', of: 'nothingToPay', jobs, removeCard: false },
    { accept: jobIn, patience: { timer: rooms.profile.timers.done, afterwards: 'leave' } },
  );
  if (job === 'findMoney') return findMoney(rooms, session, undefined);
  if (job === 'leave' || !isWay(job)) return 'noBill';
  return stopping(rooms, session, () => WAYS[job](rooms, session, identity));
}
