/**
 * 补打: a slip of one's own once more, at any kiosk of this hospital (product.md 2.5).
 *
 * Reads like the way: who, which one, and it comes out. One promise: nobody's papers but one's own are in the list, every
 * copy says that it is one, which one and when, and its figures add up to what was settled.
 */

import type { PaperDocument } from '../../drivers/receipt-printer/paper-document.ts';
import { depositSlip } from '../documents/deposit-slip.ts';
import { forReader } from '../documents/large-print.ts';
import { refundSlip } from '../documents/refund-slip.ts';
import { SlipDiffersError, settlementSlip } from '../documents/settlement-slip.ts';
import type { PrintableSettlement } from '../hospital/hospital-services.ts';
import type { CentreSettlement, Person } from '../insurance/insurance-platform.ts';
import { platformDate, platformTime } from '../insurance/platform-time.ts';
import { type ReasonId, reasons } from '../reasons.ts';
import type { Choice, ScreenBody } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import { confirmed } from '../session/act.ts';
import type { Shown } from '../session/ask-credential.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { ownExpense } from '../settlement/own-expense.ts';
import { chosen } from './choose.ts';
import { printerTrouble, problemOf } from './deliver-paper.ts';
import { hospitalValue } from './hospital-answer.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { printPrescriptions } from './print-prescriptions.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';
import { whoIs } from './who-is.ts';
import { stopping } from './with-identity.ts';

/** What a profile does not say. */
const DAYS = 90;
const COPIES_PER_DAY = 3;
const DAY_MS = 86_400_000;
const PRINT_TIMEOUT_MS = 60_000;

type Paper = Extract<ScreenBody, { name: 'S-REPRINT' }>['paper'];
interface Printed {
  readonly paper: Paper;
  readonly copy: number | undefined;
  readonly problem: ReasonId | undefined;
}

/** From the tile; the insurance need not answer for it. */
export function reprintTile(rooms: Rooms, session: Session, shown: Shown): Promise<JourneyEnd> {
  return stopping(rooms, session, async () => {
    const { person } = await whoIs(rooms, session, shown, 'privately');
    return reprint(rooms, session, person);
  });
}

export async function reprint(rooms: Rooms, session: Session, person: Person): Promise<JourneyEnd> {
  let own = await printable(rooms, session, person);
  if (own.length === 0) throw new Stop('nothingToReprint', 'S-STOP', 'noBill');
  for (let end: JourneyEnd = 'papersShown'; ; ) {
    const settlement = await choose(rooms, session, own);
    const printed = await printOnce(rooms, session, person, { settlement, more: own.length > 1 });
    if (printed.paper !== 'none') end = 'reprinted';
    if (printed.next === 'leave') return end;
    own = await printable(rooms, session, person);
  }
}

/** @throws Stop */
async function printable(rooms: Rooms, session: Session, person: Person): Promise<readonly PrintableSettlement[]> {
  const { days = DAYS } = rooms.profile.reprint ?? {};
  const since = platformDate(rooms.clock.wallMs() - days * DAY_MS);
  const asked = rooms.services.printable({ person: hospitalPerson(person), since });
  const answer = await waitForParty(rooms, session, 'findingPapers', asked);
  return hospitalValue(answer, () => new Stop('nothingToReprint', 'S-STOP', 'noBill'));
}

/** Always asked, also about a single one: the touch is what prints. */
async function choose(
  rooms: Rooms,
  session: Session,
  own: readonly PrintableSettlement[],
): Promise<PrintableSettlement> {
  const { copiesPerDay = COPIES_PER_DAY } = rooms.profile.reprint ?? {};
  const choices = own.map((settlement, place): Choice => {
    const { bill, settledAt, totalFen, undone, copiesToday } = settlement;
    const off = undone ? 'undone' : copiesToday >= copiesPerDay ? 'printedEnough' : undefined;
    return {
      ...{ id: String(place), title: bill.departmentName, day: settledAt.slice(0, 10), amountFen: totalFen },
      ...(off && { off }),
    };
  });
  const settlement = own[Number(await chosen(session, 'reprintOf', choices))];
  if (!settlement) throw new RangeError('A slip that was not offered.');
  return settlement;
}

interface Wanted {
  readonly settlement: PrintableSettlement;
  readonly more: boolean;
}

async function printOnce(rooms: Rooms, session: Session, person: Person, { settlement, more }: Wanted) {
  const { settlementNumber: number, bill, settledAt, totalFen, invoiceLink } = settlement;
  const page = {
    ...({ name: 'S-REPRINT', department: bill.departmentName, settledOn: settledAt.slice(0, 10) } as const),
    ...{ totalFen, number, invoiceLink, more, removeCard: false },
  };
  const printing = print(rooms, session, person, settlement);
  const { paper, copy, problem } = await session.ask<Printed>(
    { ...page, copy: undefined, paper: 'printing', problem: '' },
    { accept: () => undefined, until: printing, patience: 'never' },
  );
  if (problem) rooms.audit.write(reasons[problem].audit, { session: session.id, settlement: number, reason: problem });
  const next = await session.ask<'leave' | 'another'>(
    { ...page, copy, paper, problem: problem ?? '' },
    { accept: leavesOrMore, goesOn: true, patience: { timer: rooms.profile.timers.done, afterwards: 'leave' } },
  );
  return { paper, next };
}

function leavesOrMore(act: Act): 'leave' | 'another' | undefined {
  if (act.kind === 'intent' && act.intent.do === 'choose') return 'another';
  return confirmed(act) ? 'leave' : undefined;
}

/** Not bound to the session's signal: a slip that has begun is finished even if the patient walks away. */
async function print(
  rooms: Rooms,
  session: Session,
  person: Person,
  settlement: PrintableSettlement,
): Promise<Printed> {
  const { printer, services, settlements, clock, audit } = rooms;
  const none = (problem: ReasonId): Printed => ({ paper: 'none', copy: undefined, problem });
  const { settlementNumber } = settlement;
  if (!sound(() => slipOf(rooms, session, person, { settlement, copy: 2, printedAt: '' }))) return none('unexpected');
  const before = printerTrouble(rooms);
  if (!printer || before) return none(before ?? 'printerAway');
  const claimed = await services.claimCopy({ settlementNumber, requestId: rooms.newId('cop') });
  if (claimed.outcome !== 'ok')
    return none(claimed.outcome === 'malformed' ? 'hospitalAnswerBroken' : 'hospitalUnreachable');
  // One that was settled here is journaled as well: a power cut leaves no half slip for the next one to continue.
  const here = (await settlements.status(settlementNumber))?.view.state === 'settled';
  const journaled = here ? (await settlements.beginCopy(settlementNumber)).copy : undefined;
  const copy = Math.max(claimed.value.copy, journaled ?? 0);
  const document = slipOf(rooms, session, person, { settlement, copy, printedAt: platformTime(clock.wallMs()) });
  const done = await printer.print(forReader(document, session.textSize), { timeoutMs: PRINT_TIMEOUT_MS });
  const proof = done.done ? done.value.proof : 'failed';
  if (journaled !== undefined) await settlements.endCopy(settlementNumber, journaled, proof);
  audit.write('slip.reprinted', { session: session.id, settlement: settlementNumber, count: copy, state: proof });
  if (!done.done) return none(problemOf(done));
  const { language, textSize } = session;
  const maskedName = maskName(person.name.reveal());
  const { bill } = settlement;
  const failed = await printPrescriptions(rooms, { bill, settlementNumber, maskedName, language, textSize });
  if (failed) return none(problemOf(failed));
  return { paper: done.value.proof === 'printed' ? 'ready' : 'unconfirmed', copy, problem: undefined };
}

interface CopyOf {
  readonly settlement: PrintableSettlement;
  readonly copy: number;
  readonly printedAt: string;
}

/** @throws SlipDiffersError */
function slipOf(
  { config, profile }: Rooms,
  session: Session,
  person: Person,
  { settlement, ...mark }: CopyOf,
): PaperDocument {
  const { bill, settlementNumber, receiptNumber, nextStep, ownFen, accountFen, totalFen, settledAt } = settlement;
  const maskedName = maskName(person.name.reveal());
  const frame = { config, profile, language: session.language, maskedName, receiptNumber, ...mark };
  const { refund } = bill;
  if (bill.flow === 'refund' && refund) {
    const { former } = refund;
    return refundSlip({
      ...{ ...frame, bill: { ...bill, flow: bill.flow, refund }, number: settlementNumber, returns: [], ownFen },
      backFen: former.ownFen - ownFen,
      accountBackFen: former.accountFen - accountFen,
    });
  }
  if (bill.flow === 'deposit') {
    const stay = { inpatientNumber: bill.outpatientNumber, departmentName: bill.departmentName, ward: '', bed: '' };
    return depositSlip({ ...frame, stay, amountFen: totalFen, balanceFen: undefined, number: settlementNumber });
  }
  return settlementSlip({
    ...{ ...frame, bill, settlementNumber, nextStep, insuranceType: settlement.insuranceType, consentId: undefined },
    centre: centreOf(settlement, settledAt),
  });
}

/** What the hospital was told of the centre's figures; the funds one by one only the first slip had. */
function centreOf(settlement: PrintableSettlement, settledAt: string): CentreSettlement | null {
  const { centreSettlementId, totalFen, fundFen, accountFen, ownFen } = settlement;
  if (centreSettlementId === undefined) return null;
  const hospitalFen = totalFen - fundFen - accountFen - ownFen;
  const amounts = { ...ownExpense(totalFen), outOfScopeFen: 0, fundFen, accountFen, ownFen, hospitalFen };
  return { settlementId: centreSettlementId, settledAt, messageId: '', amounts };
}

function sound(make: () => PaperDocument): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof SlipDiffersError) return false;
    throw error;
  }
}
