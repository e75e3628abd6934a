/**
 * 门慢特病: who has a filing is asked which category a visit counts for (Z-8.3.4, Y3-6), with what the doctor treated
 * chosen already.
 *
 * One promise: a visit counts for a filed disease only when the filing holds today, the doctor treated that disease and
 * the patient said so; anything else is an ordinary visit.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { ChronicFiling } from '../insurance/insurance-reviews.ts';
import { reasons } from '../reasons.ts';
import type { Session } from '../session/session.ts';
import { type Identity, valueOrStop } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { waitForParty } from './wait-for-party.ts';

/** `med_type` and `dise_codg` of one visit. */
export interface CareCategory {
  readonly medicalType: string;
  readonly disease: { readonly code: string; readonly name: string } | undefined;
}

/** 普通门诊, 门诊慢特病 */
const ORDINARY = '11';
const CHRONIC = '14';
const NO_DISEASE = 'ordinary';
/** As many as fit under each other in large print. */
const MOST_ASKED = 3;

export function categoryOf(bill: Bill): CareCategory {
  return { medicalType: bill.medicalType, disease: undefined };
}

/** By bill id; a bill that the hospital has brought to the centre is counted as the hospital brought it. */
export async function chooseCategories(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bills: readonly Bill[],
): Promise<ReadonlyMap<string, CareCategory>> {
  const open = bills.filter(mayCountAsChronic);
  if (open.length === 0 || !rooms.profile.checks.chronicFilings) return new Map();
  const { personNumber } = identity.person;
  const { insuredArea } = identity.insurance;
  const asked = rooms.reviews.chronicFilings({ personNumber, insuredArea });
  const answer = valueOrStop(await waitForParty(rooms, session, 'identifying', asked), 'insuranceRefused');
  const filings = answer.filter(({ valid }) => valid);
  const chosen = new Map<string, CareCategory>();
  for (const bill of open) {
    const category = filings.length === 0 ? ordinary() : await choose(rooms, session, bill, filings);
    chosen.set(bill.billId, category);
  }
  return chosen;
}

function mayCountAsChronic({ uploaded, emergency, medicalType }: Bill): boolean {
  return !uploaded && !emergency && (medicalType === ORDINARY || medicalType === CHRONIC);
}

async function choose(
  rooms: Rooms,
  session: Session,
  bill: Bill,
  filings: readonly ChronicFiling[],
): Promise<CareCategory> {
  const treated = filings.find(({ code }) => code === bill.chronicDisease);
  // The treated one stands first; nobody has more than a few, and ordinary is always there.
  const shown = [...(treated ? [treated] : []), ...filings.filter((one) => one !== treated)].slice(0, MOST_ASKED);
  const code = await session.ask<string>(
    {
      name: 'S-CATEGORY',
      categories: [...shown.map(({ code, name }) => ({ code, name })), { code: NO_DISEASE, name: '' }],
      chosen: treated?.code ?? NO_DISEASE,
      department: bill.departmentName,
      removeCard: false,
    },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'category' ? act.intent.code : undefined) },
  );
  rooms.audit.write('category.chosen', { session: session.id, bill: bill.billId, choice: code });
  if (treated && code === treated.code) return { medicalType: CHRONIC, disease: { code, name: treated.name } };
  if (code !== NO_DISEASE) await sayOrdinary(rooms, session, bill);
  return ordinary();
}

/** The doctor treated something else: it counts as an ordinary visit, and the patient hears it before anything is paid. */
async function sayOrdinary(rooms: Rooms, session: Session, bill: Bill): Promise<void> {
  const { audit } = reasons.otherDisease;
  rooms.audit.write(audit, { session: session.id, bill: bill.billId, reason: 'otherDisease' });
  await session.ask<true>(
    { name: 'S-REMIND', reasons: ['otherDisease'], removeCard: false },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
}

function ordinary(): CareCategory {
  return { medicalType: ORDINARY, disease: undefined };
}
