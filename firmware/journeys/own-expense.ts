/**
 * 不用医保: the patient's own choice on a page of its own (SZ-231, N-16).
 *
 * One promise: no line goes from insurance to the patient's pocket unless the patient said so here, and that is written
 * down with the bill before anything is paid. What is wrong with the charge itself still holds it.
 */
import type { Accounting } from '../documents/accounting-rows.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { Session } from '../session/session.ts';
import { owedUploads } from '../upload/owed-uploads.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import { checkOwnBills, remind } from './check-bills.ts';
import { warnAboutPaper } from './deliver-paper.ts';
import { findBills } from './find-bill.ts';
import { finish } from './finish.ts';
import { selfPayOrder } from './orders.ts';
import { parkReasonOf } from './park-reasons.ts';
import { type Paid, pay } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop, showStop, type WithoutInsurance } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** @returns `undefined` when the patient turned back before anything was chosen. */
export async function goWithoutInsurance(
  rooms: Rooms,
  session: Session,
  { person, bill, reason }: WithoutInsurance,
): Promise<JourneyEnd | undefined> {
  try {
    const bills = bill ? [bill] : await findBills(rooms, session, person);
    checkOwnBills(rooms, person, bills);
    await remind(rooms, session, [], bills);
    let end: JourneyEnd | undefined;
    for (const one of [...bills].sort((a, b) => (a.visitedAt < b.visitedAt ? -1 : 1))) {
      if (!(await chooses(rooms, session, one))) return end;
      await warnAboutPaper(rooms, session);
      const order = selfPayOrder({ sessionId: session.id, profile: rooms.profile }, one);
      const settling = { bill: one, person, kioskId: rooms.config.kioskId, insured: null };
      const paid = await pay(rooms, session, { ...order, owed: owedUploads(settling, uploadRules(rooms.profile)) });
      const accounting = parkReasonOf(reason) && (await accountingOf(rooms, session, paid));
      const kind = { insuranceType: undefined, consentId: undefined };
      end = await finish(rooms, session, { ...kind, person, bill: one, paid, accounting });
      if (end !== 'settled' && end !== 'settledWithoutPaper') return end;
    }
    return end;
  } catch (error) {
    if (error instanceof Stop) return showStop(rooms, session, error);
    throw error;
  }
}

/** 补记账编号 of what a fault made somebody pay alone: insurance can still settle it (SZ-240). */
async function accountingOf(
  rooms: Rooms,
  session: Session,
  { number: settlementNumber, view }: Paid,
): Promise<Accounting | undefined> {
  if (view.state !== 'settled') return undefined;
  const number = settlementNumber.replace(/^set_/, 'acc_');
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.billByNumber(number));
  return { number, until: answer.outcome === 'ok' ? answer.value.until : undefined };
}

async function chooses(rooms: Rooms, session: Session, bill: Bill): Promise<boolean> {
  const chosen = await session.ask<boolean>(
    { name: 'S-OWN-EXPENSE', totalFen: bill.totalFen, department: bill.departmentName, removeCard: false },
    {
      accept: (act) => {
        if (act.kind !== 'intent') return undefined;
        if (act.intent.do === 'confirm') return true;
        return act.intent.do === 'decline' ? false : undefined;
      },
    },
  );
  if (chosen) {
    rooms.audit.write('ownExpense.chosen', { session: session.id, bill: bill.billId, version: bill.version });
  }
  return chosen;
}
