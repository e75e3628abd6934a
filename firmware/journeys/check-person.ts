/**
 * 智能核卡: whether who stands here is the holder of the credential, where the hospital or the place wants it looked at
 * once more (SZ-213b, SZ-213c, SZ-217b).
 *
 * One promise: nothing that wants the check reaches the insurance without a yes of it; what wants none has no step
 * more, and a face is never the only way: who would rather not goes to a person.
 */
import { personCheckedSlip } from '../documents/person-checked-slip.ts';
import type { Bill } from '../hospital/hospital-gateway.ts';
import { platformTime } from '../insurance/platform-time.ts';
import { reasons } from '../reasons.ts';
import type { CheckRules } from '../region/profile.ts';
import { askCredential } from '../session/ask-credential.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { printerTrouble } from './deliver-paper.ts';
import type { Identity } from './identify.ts';
import { type KnownHolder, matchHolder } from './identify-by-face.ts';
import { MediumProblem } from './medium-problem.ts';
import type { Rooms } from './rooms.ts';
import { staffVouches } from './staff-vouch.ts';
import { held } from './stop.ts';

const SHEET_TIMEOUT_MS = 30_000;

/** @throws Stop */
export async function checkPerson(
  rooms: Rooms,
  session: Session,
  identity: Identity,
  bills: readonly Bill[],
): Promise<void> {
  const bill = bills.find((one) => wantsCheck(one, bills, rooms.profile.checks.person));
  // Whoever came by the identity card and their face was looked at already.
  if (!bill || identity.credential.type === '02') return;
  const { person } = identity;
  /** 人卡相符, by somebody of the staff; without one it is the window's. */
  const byStaff = async (): Promise<void> => {
    const member = await staffVouches(rooms, session, 'personMatches');
    if (member) return printSheet(rooms, session, { bill, person, staffNumber: member.staffNumber });
    throw held('personUnchecked', { bill, person }, 'S-STOP');
  };
  // The face here is the proxy's.
  if (session.maskedProxy !== undefined) return byStaff();
  rooms.audit.write('person.checkDue', { session: session.id, bill: bill.billId });
  try {
    await matchHolder(rooms, session, holderOf(rooms, session, identity));
  } catch (error) {
    if (!(error instanceof MediumProblem)) throw error;
    const { reason } = error;
    rooms.audit.write(reasons[reason].audit, { session: session.id, reason });
    if (reason !== 'faceDiffers' && reason !== 'faceNotLive') return byStaff();
    callStaff(rooms);
    throw held('personDiffers', { bill, person }, 'S-STOP');
  }
}

interface Checked {
  readonly bill: Bill;
  readonly person: Identity['person'];
  readonly staffNumber: string;
}

/** For the ward's own file, where the place wants one; without paper the trail has it all the same. */
async function printSheet(rooms: Rooms, session: Session, { bill, person, staffNumber }: Checked): Promise<void> {
  const { printer, profile, config, clock, audit } = rooms;
  if (profile.checks.person?.sheet !== true || !printer || printerTrouble(rooms)) return;
  const maskedName = maskName(person.name.reveal());
  const sheet = personCheckedSlip({ config, maskedName, bill, staffNumber, at: platformTime(clock.wallMs()) });
  const printed = await printer.print(sheet, { timeoutMs: SHEET_TIMEOUT_MS });
  audit.write('person.sheet', { session: session.id, bill: bill.billId, state: printed.done ? 'printed' : 'failed' });
}

function wantsCheck(bill: Bill, bills: readonly Bill[], rule: CheckRules['person']): boolean {
  if (bill.personCheck === true) return true;
  if (bill.discharge) return rule?.inpatient === true;
  return rule?.fromFen !== undefined && bills.reduce((sum, { totalFen }) => sum + totalFen, 0) >= rule.fromFen;
}

/** The platform has a picture of its own; everybody else compares with the chip of the identity card. */
function holderOf(rooms: Rooms, session: Session, { person }: Identity): KnownHolder {
  const number = person.certificateNumber;
  if (rooms.face?.matchLocation === 'platform') return { number };
  return {
    number,
    putDownCard: async () => {
      const shown = await askCredential(session, rooms.profile.timers.read, 'personCheckNeeded');
      if (shown.medium !== 'idCard') throw new MediumProblem('faceDeclined');
    },
  };
}

/** 人证不符: somebody comes, and is told the page and our code alone. */
function callStaff({ services, audit, config, newId }: Rooms): void {
  const { staffCode } = reasons.personDiffers;
  audit.write('help.called', { choice: 'S-STOP', reason: staffCode });
  services.callHelp({ kioskId: config.kioskId, screen: 'S-STOP', staffCode, requestId: newId('help') }).then(
    ({ outcome }) => outcome === 'ok' || audit.write('help.unanswered'),
    () => audit.write('help.unanswered'),
  );
}
