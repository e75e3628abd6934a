/**
 * 亲友代办: somebody settles for a patient: the patient's own credential first, then one's own, then the right to do so
 * (product.md 2.8, Y4-12b, SZ-215).
 *
 * One promise: without a right that the hospital or the centre knows nothing of the patient is shown, and from then on
 * every page and the slip name both.
 */
import type { Secret } from '../../drivers/secret.ts';
import type { ProxyState } from '../hospital/hospital-services.ts';
import type { ReasonId } from '../reasons.ts';
import { askCredential, type Shown } from '../session/ask-credential.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { type Identity, identify, readCredential, valueOrStop } from './identify.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import type { Rooms } from './rooms.ts';
import { staffVouches } from './staff-vouch.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

interface Proxy {
  readonly name: Secret<string>;
  readonly certificateNumber: Secret<string>;
}

/** → the patient, for whom it goes on. @throws Stop */
export async function actingFor(rooms: Rooms, session: Session, shown: Shown): Promise<Identity> {
  const identity = await withoutOffers(() => identify(rooms, session, shown));
  const { person } = identity;
  const proxy = await readProxy(rooms, session);
  if (proxy.certificateNumber.reveal() === person.certificateNumber.reveal()) throw new Stop('proxyIsPatient');
  const asked = rooms.services.proxyState({
    person: hospitalPerson(person),
    proxy: { certificateNumber: proxy.certificateNumber },
  });
  const answer = await waitForParty(rooms, session, 'identifying', asked);
  if (answer.outcome !== 'ok' && answer.outcome !== 'refused') {
    throw new Stop(answer.outcome === 'malformed' ? 'hospitalAnswerBroken' : 'hospitalUnreachable');
  }
  const state: ProxyState = answer.outcome === 'ok' ? answer.value.state : 'none';
  if (state === 'none' || state === 'expired') {
    // 委托书: a paper that somebody of the staff has looked at counts for this once.
    if (!(await staffVouches(rooms, session, 'paperProxy'))) throw new Stop(REFUSED[state]);
  }
  const right = state === 'registered' || state === 'guardian' ? state : 'paper';
  rooms.audit.write('proxy.accepted', { session: session.id, choice: right });
  session.actFor({
    maskedPatient: maskName(person.name.reveal()),
    maskedProxy: maskName(proxy.name.reveal()),
  });
  return identity;
}

const REFUSED: Readonly<Record<'none' | 'expired', ReasonId>> = {
  none: 'proxyNotAuthorised',
  expired: 'proxyExpired',
};

/** A credential of their own like everybody's: a number that was copied is none. @throws Stop */
async function readProxy(rooms: Rooms, session: Session): Promise<Proxy> {
  const shown = await askCredential(session, rooms.profile.timers.read, undefined, 'proxy');
  const credential = await withoutOffers(() => readCredential(rooms, session, shown, 'proxy'));
  const { name, certificateNumber } = credential;
  if (name && certificateNumber) return { name, certificateNumber };
  return valueOrStop(
    await waitForParty(rooms, session, 'identifying', rooms.insurance.person(credential)),
    'personNotFound',
  );
}

/** Before the right is known nobody is offered anybody's bill: not the patient's, and not the proxy's own. */
async function withoutOffers<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Stop) || !error.person) throw error;
    throw new Stop('visitCardNumber' in error.person ? 'ownCardNeeded' : error.reason);
  }
}
