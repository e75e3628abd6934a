/**
 * 不用医保: the patient's own choice on a page of its own (SZ-231, N-16).
 *
 * One promise: no line goes from insurance to the patient's pocket unless the patient said so here, and that is written
 * down with the bill before anything else happens.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { Session } from '../session/session.ts';
import type { Rooms } from './rooms.ts';

/** @returns whether the patient chose to go on without insurance. */
export async function chooseOwnExpense(rooms: Rooms, session: Session, bill: Bill): Promise<boolean> {
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
