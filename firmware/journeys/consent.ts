/**
 * Asks before anything that the insurance does not cover is paid (Z-6.2.4).
 *
 * Whether the page is due, whether a signature is needed and who may sign are
 * profile values. Declining charges nothing.
 */
import { parseYuan } from '../money.ts';
import { type ConsentItem, consentDue } from '../region/consent.ts';
import type { Act, Session } from '../session/session.ts';
import type { UploadedBill } from './find-bill.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';

/** @returns the consent's id for journal and slip, or `undefined` when none was due. @throws Stop when declined. */
export async function askConsent(
  rooms: Rooms,
  session: Session,
  uploaded: readonly UploadedBill[],
): Promise<string | undefined> {
  const due = consentDue(
    uploaded.map(({ bill }) => bill),
    rooms.profile,
    new Map(uploaded.map(({ bill, splits }) => [bill.billId, splits])),
  );
  if (due.notToldBefore.length > 0) throw new Stop('notToldBefore', 'S-HELD');
  if (!due.due) return undefined;
  const { signature } = rooms.profile.consent;
  const answer = await session.ask<'agreed' | 'declined'>(
    { name: 'S-CONSENT', items: due.items.map(onScreen), totalFen: due.totalFen, signature, removeCard: false },
    { accept: (act) => consentAnswer(act, signature) },
  );
  if (answer === 'declined') throw new Stop('consentDeclined', 'S-STOP', 'declined');
  const consentId = rooms.newId('con');
  rooms.audit.write('consent.given', { session: session.id, reason: consentId });
  return consentId;
}

function onScreen(item: ConsentItem) {
  const { name, quantity, amountFen } = item;
  // Shown to the fen; the rule has compared the exact price.
  return { name, unitPriceFen: parseYuan(item.unitPrice) ?? amountFen, quantity, amountFen };
}

function consentAnswer(act: Act, signature: 'none' | 'required'): 'agreed' | 'declined' | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'decline') return 'declined';
  if (act.intent.do === 'sign') return 'agreed';
  return act.intent.do === 'confirm' && signature === 'none' ? 'agreed' : undefined;
}
