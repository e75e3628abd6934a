/**
 * 住院: a deposit, and the settlement that ends a stay (Z-8.4.3, Z-8.4.5).
 *
 * Reads like the way: who, which bed, what can be done now. One promise: the discharge is offered only when everything it
 * needs is there, and what is missing is said by name, not by a refusal after the touch.
 */

import type { InpatientStay } from '../hospital/inpatient.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import type { DischargeTicks, StayOffer } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Shown } from '../session/ask-credential.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { dailyList } from './daily-list.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Identity } from './identify.ts';
import { inpatientOffers } from './inpatient-offers.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { payDeposit } from './pay-deposit.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { settleDischarge } from './settle-discharge.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';
import { whoIs } from './who-is.ts';
import { stopping } from './with-identity.ts';

/** Somebody in a ward; without an identity the insurance cannot be asked now, and a deposit is all there is. */
export interface Inpatient {
  readonly person: Person;
  readonly identity: Identity | undefined;
  readonly stay: InpatientStay;
}

/** From the tile. */
export function inpatientTile(rooms: Rooms, session: Session, shown: Shown): Promise<JourneyEnd> {
  return stopping(rooms, session, async () => {
    const who = await whoIs(rooms, session, shown);
    return inpatient(rooms, session, { ...who, stay: await findStay(rooms, session, who.person) });
  });
}

export async function inpatient(rooms: Rooms, session: Session, patient: Inpatient): Promise<JourneyEnd> {
  const offer = await showStay(rooms, session, patient);
  if (offer === 'dailyList') return dailyList(rooms, session, patient);
  return offer === 'deposit' ? payDeposit(rooms, session, patient) : settleDischarge(rooms, session, patient);
}

/** @throws Stop */
export async function findStay(rooms: Rooms, session: Session, person: Person): Promise<InpatientStay> {
  const asked = rooms.hospital.inpatientStay(hospitalPerson(person));
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  return hospitalValue(answer, () => new Stop('notInpatient', 'S-STOP', 'noBill'));
}

export function dischargeReady(stay: InpatientStay): boolean {
  return inpatientOffers(stay).offers.includes('discharge');
}

/** S-STAY: bed and masked name, what is left of the deposits, the four ticks of a discharge that is ordered. */
async function showStay(rooms: Rooms, session: Session, { person, identity, stay }: Inpatient): Promise<StayOffer> {
  // A day's list says what is treated: the hospital's own card, a number that anybody can copy, is not enough for it.
  const list: readonly StayOffer[] = 'visitCardNumber' in person ? [] : ['dailyList'];
  const offers: readonly StayOffer[] =
    identity && dischargeReady(stay) ? ['discharge', 'deposit', ...list] : ['deposit', ...list];
  const answer = await session.ask<StayOffer>(
    {
      name: 'S-STAY',
      maskedName: maskName(person.name.reveal()),
      ward: stay.ward,
      bed: stay.bed,
      admittedOn: stay.admittedAt.slice(0, 10),
      feesFen: stay.feesFen,
      balanceFen: stay.balanceFen,
      ticks: ticksOf(stay),
      offers,
      removeCard: false,
    },
    { accept: (act) => offerIn(act, offers) },
  );
  rooms.audit.write('stay.chosen', { session: session.id, choice: answer });
  return answer;
}

function ticksOf({ discharge }: InpatientStay): DischargeTicks | undefined {
  const { ordered, feesPosted, coded, disputed } = discharge;
  return ordered ? { ordered, feesPosted, coded, undisputed: !disputed } : undefined;
}

function offerIn(act: Act, offers: readonly StayOffer[]): StayOffer | undefined {
  const { intent } = act.kind === 'intent' ? act : {};
  return intent?.do === 'choose' ? offers.find((offer) => offer === intent.id) : undefined;
}
