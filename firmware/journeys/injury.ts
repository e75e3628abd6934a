/**
 * 外伤: before a trauma bill is counted, its five facts stand (SZ-221), it is filed (Z-8.1.8), and the patient has said
 * in one of three plain words how it happened (SZ-258).
 *
 * One promise: an injury that somebody else may have to pay for is not charged to the fund here; nobody is judged.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { InjuryCause } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { held } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** @throws Stop */
export async function checkInjury(rooms: Rooms, session: Session, identity: Identity, bill: Bill): Promise<void> {
  if (!bill.injury) return;
  const { person } = identity;
  const { happenedAt, place, cause, state, receivedAt, filingId } = bill.injury;
  if ([happenedAt, place, cause, state, receivedAt].some((fact) => !fact?.trim())) {
    throw held('injuryFactsMissing', { bill, person, rule: 'SZ-221' }, 'S-STOP');
  }
  if (rooms.profile.checks.injuryFiling && filingId === undefined) {
    const { personNumber } = person;
    const { insuredArea } = identity.insurance;
    const asked = rooms.reviews.traumaFiling({ personNumber, insuredArea });
    const { filed } = valueOrStop(await waitForParty(rooms, session, 'identifying', asked), 'insuranceRefused');
    if (!filed) throw held('injuryNotFiled', { bill, person, rule: 'Z-8.1.8' }, 'S-STOP');
  }
  const told = await session.ask<InjuryCause>(
    { name: 'S-INJURY', department: bill.departmentName, visitDate: bill.visitedAt.slice(0, 10), removeCard: false },
    { accept: injuryAnswer },
  );
  rooms.audit.write('injury.told', { session: session.id, bill: bill.billId, choice: told });
  if (told !== 'self') throw held('injuryOfOthers', { bill, person, rule: `told ${told}` }, 'S-STOP');
}

function injuryAnswer(act: Act): InjuryCause | undefined {
  return act.kind === 'intent' && act.intent.do === 'injury' ? act.intent.cause : undefined;
}
