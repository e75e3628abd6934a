/**
 * The centre's own supervision looks at a bill: 3101 before its fees are there, 3102 between pre-settlement and
 * settlement (SZ-275, Z-9.1.3).
 *
 * One promise: what it blocks is not settled; what it wants explained waits for the doctor side, and the patient is
 * never asked to justify anything. A review that cannot be heard stops nobody, and that is written down.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { PlatformAnswer, SettlementAmounts, VisitIdentity } from '../insurance/insurance-platform.ts';
import type { ReviewFinding, ReviewQuestion } from '../insurance/insurance-reviews.ts';
import type { Session } from '../session/session.ts';
import type { CareCategory } from './care-category.ts';
import type { Identity } from './identify.ts';
import type { Rooms } from './rooms.ts';
import { held } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

export interface Reviewed {
  readonly identity: Identity;
  readonly bill: Bill;
  readonly visit: VisitIdentity;
  readonly category: CareCategory;
}

/** 3101. @throws Stop */
export async function reviewBefore(rooms: Rooms, session: Session, reviewed: Reviewed): Promise<void> {
  if (rooms.profile.checks.reviews === 'none') return;
  const asked = rooms.reviews.reviewBefore(reviewQuestion(reviewed));
  await heed(rooms, session, reviewed, await waitForParty(rooms, session, 'calculating', asked));
}

/** 3102, about what 2206 answered. @throws Stop */
export async function reviewDuring(
  rooms: Rooms,
  session: Session,
  reviewed: Reviewed,
  amounts: SettlementAmounts,
): Promise<void> {
  if (rooms.profile.checks.reviews !== 'beforeAndDuring') return;
  const asked = rooms.reviews.reviewDuring({ ...reviewQuestion(reviewed), amounts });
  await heed(rooms, session, reviewed, await waitForParty(rooms, session, 'calculating', asked));
}

function reviewQuestion({ identity, bill, visit, category }: Reviewed): ReviewQuestion {
  const { doctorCode, doctorName, departmentCode, departmentName, diagnoses, lines, totalFen } = bill;
  return {
    ...visit,
    ...{ doctorCode, doctorName, departmentCode, departmentName, diagnoses, lines, totalFen },
    person: identity.person,
    medicalType: category.medicalType,
    insuranceType: identity.insurance.type,
    begunAt: bill.visitedAt,
  };
}

async function heed(
  rooms: Rooms,
  session: Session,
  { bill, identity: { person } }: Reviewed,
  answer: PlatformAnswer<readonly ReviewFinding[]>,
): Promise<void> {
  if (answer.outcome !== 'ok') {
    rooms.audit.write('review.unheard', { session: session.id, bill: bill.billId, reason: answer.outcome });
    return;
  }
  const of = (severity: ReviewFinding['severity']) => answer.value.filter((one) => one.severity === severity);
  const [blocking] = of('block');
  if (blocking) throw held('reviewBlocked', { bill, person, lineNumbers: blocking.lineNumbers, rule: blocking.ruleId });
  const [unexplained] = of('explain');
  if (unexplained) {
    const { lineNumbers, ruleId: rule } = unexplained;
    rooms.audit.write('doctor.asked', { session: session.id, bill: bill.billId, rule, lines: lineNumbers.join(' ') });
    throw held('doctorAsked', { bill, person, lineNumbers, rule });
  }
  const reminders = of('remind');
  if (reminders.length === 0) return;
  await session.ask<true>(
    {
      name: 'S-REMIND',
      reasons: ['reviewReminds'],
      says: reminders.map(({ reason }) => reason),
      removeCard: false,
    },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
  for (const { ruleId: rule, lineNumbers } of reminders) {
    const lines = lineNumbers.join(' ');
    rooms.audit.write('bill.reminded', {
      session: session.id,
      bill: bill.billId,
      reason: 'reviewReminds',
      rule,
      lines,
    });
  }
}
