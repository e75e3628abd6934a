/**
 * Asks before anything that the insurance does not cover is paid (Z-6.2.4).
 *
 * Whether the page is due, whether a signature is needed and who may sign are
 * profile values. Declining charges nothing.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import { consentDue } from '../region/consent.ts';
import type { Act, Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';

/** @returns the consent's id for journal and slip, or `undefined` when none was due. @throws Stop when declined. */
export async function askConsent(rooms: Rooms, session: Session, bills: readonly Bill[]): Promise<string | undefined> {
  const due = consentDue(bills, rooms.profile.consent);
  if (due.notToldBefore) throw new Stop('notToldBefore', 'S-HELD');
  if (!due.due) return undefined;
  const { signature } = rooms.profile.consent;
  const answer = await session.ask<'agreed' | 'declined'>(
    { name: 'S-CONSENT', items: due.items, totalFen: due.totalFen, signature, removeCard: false },
    { accept: (act) => consentAnswer(act, signature) },
  );
  if (answer === 'declined') throw new Stop('consentDeclined', 'S-STOP', 'declined');
  const consentId = rooms.newId('con');
  rooms.audit.write('consent.given', { session: session.id, reason: consentId });
  return consentId;
}

function consentAnswer(act: Act, signature: 'none' | 'required'): 'agreed' | 'declined' | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'decline') return 'declined';
  if (act.intent.do === 'sign') return 'agreed';
  return act.intent.do === 'confirm' && signature === 'none' ? 'agreed' : undefined;
}
