/**
 * Asks before anything that the insurance does not cover is paid (Z-6.2.4).
 *
 * Whether the page is due, whether a signature is needed and who may sign are
 * profile values. Declining charges nothing.
 */
import type { ConsentCopy } from '../documents/consent-copy.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { parseYuan } from '../money.ts';
import { type ConsentItem, consentDue } from '../region/consent.ts';
import type { ConsentRule } from '../region/profile.ts';
import type { Signer } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { UploadedBill } from './find-bill.ts';
import type { Rooms } from './rooms.ts';
import { Stop } from './stop.ts';

export interface Consent {
  /** `con_…`, for journal and slip. */
  readonly id: string;
  /** The bills whose items were agreed to. */
  readonly billIds: ReadonlySet<string>;
  /** Where the place wants a signature: what was signed. */
  readonly signed?: Omit<ConsentCopy, 'id'>;
}

/** What of a consent concerns one bill: its number for the order, and the copy to take home. */
export interface AgreedTo {
  readonly consentId: string | undefined;
  readonly consentCopy: ConsentCopy | undefined;
}

export function consentFor(consent: Consent | undefined, billId: string): AgreedTo {
  if (!consent?.billIds.has(billId)) return { consentId: undefined, consentCopy: undefined };
  const { id, signed } = consent;
  const items = signed?.items.filter((item) => item.billId === billId) ?? [];
  return { consentId: id, consentCopy: signed && { ...signed, id, items } };
}

/** @returns `undefined` when none was due. @throws Stop when declined. */
export async function askConsent(
  rooms: Rooms,
  session: Session,
  uploaded: readonly UploadedBill[],
): Promise<Consent | undefined> {
  const due = consentDue(
    uploaded.map(({ bill }) => bill),
    rooms.profile,
    new Map(uploaded.map(({ bill, splits }) => [bill.billId, splits])),
  );
  if (due.notToldBefore.length > 0) throw new Stop('notToldBefore', 'S-HELD');
  for (const billId of new Set(due.exempted.map((item) => item.billId))) {
    rooms.audit.write('consent.exempted', { session: session.id, reason: billId });
  }
  if (!due.due) return undefined;
  const rule = rooms.profile.consent;
  const { signature, signers } = rule;
  const answer = await session.ask<Answer>(
    {
      name: 'S-CONSENT',
      items: due.items.map(onScreen),
      totalFen: due.totalFen,
      signature,
      ...(signature === 'required' && { signers }),
      removeCard: false,
    },
    { accept: (act) => consentAnswer(act, rule) },
  );
  if (answer === 'declined') throw new Stop('consentDeclined', 'S-STOP', 'declined');
  const id = rooms.newId('con');
  const signer = answer === 'agreed' ? {} : { signer: answer.signer };
  rooms.audit.write('consent.given', { session: session.id, consent: id, ...signer });
  const billIds = new Set(due.items.map((item) => item.billId));
  if (answer === 'agreed') return { id, billIds };
  const signedAt = platformTime(rooms.clock.wallMs());
  return { id, billIds, signed: { items: due.items, signer: answer.signer, signedAt } };
}

function onScreen(item: ConsentItem) {
  const { name, quantity, amountFen } = item;
  // Shown to the fen; the rule has compared the exact price.
  return { name, unitPriceFen: parseYuan(item.unitPrice) ?? amountFen, quantity, amountFen };
}

type Answer = 'agreed' | 'declined' | { readonly signer: Signer };

/** Who may sign is the profile's word; anybody else's signature is no answer. */
function consentAnswer(act: Act, { signature, signers }: ConsentRule): Answer | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'decline') return 'declined';
  if (act.intent.do === 'sign') {
    return signers.includes(act.intent.signer) ? { signer: act.intent.signer } : undefined;
  }
  return act.intent.do === 'confirm' && signature === 'none' ? 'agreed' : undefined;
}
