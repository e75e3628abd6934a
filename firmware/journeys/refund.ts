/**
 * 退费: what was paid here goes back, each part by the way it came (Z-6.2.3).
 *
 * Reads like the way: which payment, which items, why, the doctor's yes, old and new and difference, then it is done. One
 * promise: nothing is undone before the patient has seen what comes back, and a half is never called a whole.
 */
import type { RefundBill } from '../hospital/bill.ts';
import type { RefundableSettlement, RefundRefusal } from '../hospital/second-thoughts.ts';
import type { SettleQuestion } from '../insurance/insurance-platform.ts';
import type { ReasonId } from '../reasons.ts';
import { reasons } from '../reasons.ts';
import type { Choice, LineToReturn, ReturnOnScreen } from '../screen/messages.ts';
import type { Act } from '../session/act.ts';
import type { Session } from '../session/session.ts';
import type { SettlementOrder } from '../settlement/settlements.ts';
import { owedUploads } from '../upload/owed-uploads.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import { chosen } from './choose.ts';
import { warnAboutPaper } from './deliver-paper.ts';
import { finishUnsettled } from './finish.ts';
import { finishRefund } from './finish-refund.ts';
import { forecastRefund, type RefundForecast } from './forecast-refund.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Identity } from './identify.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { keptBatch, refundOrder } from './orders.ts';
import { pay } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** Why somebody gives something back; the words of the contract's `reason`. */
const REASONS = ['notNeeded', 'doctorChanged', 'chargedByMistake'] as const;

export async function refund(rooms: Rooms, session: Session, identity: Identity): Promise<JourneyEnd> {
  const settlement = await chooseSettlement(session, await refundable(rooms, session, identity));
  const lineNumbers = await chooseLines(session, settlement);
  const reason = await chosen(
    session,
    'refundReason',
    REASONS.map((id): Choice => ({ id, title: '' })),
  );
  const bill = await approvedBill(rooms, session, settlement, { lineNumbers, reason });
  const forecast = forecastRefund(bill, settlement.lines);
  const question = questionOf(identity, bill);
  const frame = { sessionId: session.id, profile: rooms.profile, withoutTerminal: !rooms.hasTerminal };
  const order = refundOrder(frame, bill, { question, kept: forecast.kept });
  await agree(session, forecast, order);
  await warnAboutPaper(rooms, session);
  const { person, insurance } = identity;
  const insured = question && order.anew ? { question, splits: [] } : null;
  const settling = { bill, person, kioskId: rooms.config.kioskId, insured };
  const owed = owedUploads(settling, uploadRules(rooms.profile)).filter(({ kind }) => kind !== 'selfPayVisit');
  const paid = await pay(rooms, session, { ...order, owed });
  const { number, view } = paid;
  if (view.state === 'settled') return finishRefund(rooms, session, { person, bill, forecast, number, view });
  if (view.state === 'notSettled') {
    const { audit } = reasons[view.reason];
    rooms.audit.write(audit, { session: session.id, settlement: number, reason: view.reason });
    throw new Stop(
      view.reason === 'billLockedElsewhere' ? 'refundInProgress' : 'refundNotDone',
      'S-STOP',
      'notSettled',
    );
  }
  return finishUnsettled(rooms, session, { person, insuranceType: insurance.type, bill, number, view });
}

async function refundable(
  rooms: Rooms,
  session: Session,
  { person }: Identity,
): Promise<readonly RefundableSettlement[]> {
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.refundable(hospitalPerson(person)));
  const nothing = (): Stop => new Stop('nothingToRefund', 'S-STOP', 'noBill');
  const settlements = hospitalValue(answer, nothing);
  if (settlements.length === 0) throw nothing();
  return settlements;
}

/** The newest first; one that cannot go back says why. A single one is not asked about. @throws Stop */
async function chooseSettlement(
  session: Session,
  settlements: readonly RefundableSettlement[],
): Promise<RefundableSettlement> {
  const newest = [...settlements].sort((a, b) => (a.settledAt < b.settledAt ? 1 : -1));
  const choices = newest.map((settlement, place): Choice => {
    const off = obstacle(settlement);
    return {
      id: String(place),
      title: settlement.departmentName,
      day: settlement.settledAt.slice(0, 10),
      amountFen: settlement.totalFen,
      ...(off && { off }),
    };
  });
  const open = choices.filter(({ off }) => off === undefined);
  if (open.length === 0) {
    const blocked = choices.some(({ off }) => off === 'blocked');
    throw new Stop(blocked ? 'refundBlocked' : 'refundPerformed');
  }
  const id = choices.length === 1 ? '0' : await chosen(session, 'refundOf', choices);
  const settlement = newest[Number(id)];
  if (!settlement) throw new RangeError('A choice that was not offered.');
  return settlement;
}

function obstacle({ blockedBy, lines }: RefundableSettlement): Choice['off'] {
  if (blockedBy !== undefined) return 'blocked';
  return lines.every(({ performed }) => performed) ? 'performed' : undefined;
}

/** All that can go back is taken at first: most people come for the whole. */
async function chooseLines(session: Session, settlement: RefundableSettlement): Promise<readonly string[]> {
  const { departmentName: department, settledAt, lines } = settlement;
  let taken = new Set(lines.filter(({ performed }) => !performed).map(({ lineNumber }) => lineNumber));
  for (let goesOn = false; ; goesOn = true) {
    const shown = lines.map(
      ({ lineNumber, name, quantity, unit, amountFen, performed }, place): LineToReturn => ({
        id: String(place),
        name,
        quantity: `${quantity}${unit}`,
        amountFen,
        taken: taken.has(lineNumber),
        ...(performed && { off: 'performed' as const }),
      }),
    );
    const body = { name: 'S-REFUND-LINES', department, settledOn: settledAt.slice(0, 10), lines: shown } as const;
    const answer = await session.ask<'goOn' | { readonly line: string }>(
      { ...body, removeCard: false },
      { accept: lineAnswer, ...(goesOn && { goesOn: true }) },
    );
    if (answer === 'goOn') return lines.filter((line) => taken.has(line.lineNumber)).map((line) => line.lineNumber);
    const touched = lines[Number(answer.line)]?.lineNumber ?? '';
    const next = new Set(taken);
    if (!next.delete(touched)) next.add(touched);
    taken = next;
  }
}

function lineAnswer(act: Act): 'goOn' | { readonly line: string } | undefined {
  if (act.kind !== 'intent') return undefined;
  if (act.intent.do === 'choose') return { line: act.intent.id };
  return act.intent.do === 'confirm' ? 'goOn' : undefined;
}

const REFUSALS: Readonly<Record<RefundRefusal, ReasonId>> = {
  performed: 'refundPerformed',
  blocked: 'refundBlocked',
  tooOld: 'refundTooOld',
  notApproved: 'refundNotApproved',
  inProgress: 'refundInProgress',
  refundedBefore: 'refundedBefore',
  atWindow: 'refundAtWindow',
};

/** The doctor's or department's yes, and with it the bill. @throws Stop */
async function approvedBill(
  rooms: Rooms,
  session: Session,
  { settlementNumber, lines }: RefundableSettlement,
  { lineNumbers, reason }: { readonly lineNumbers: readonly string[]; readonly reason: string },
): Promise<RefundBill> {
  const whole = lineNumbers.length === lines.length;
  const request = { settlementNumber, lineNumbers: whole ? ('all' as const) : lineNumbers, reason };
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.requestRefund(request));
  const approval = hospitalValue(answer, () => new Stop('refundAtWindow'));
  if (approval.state === 'waiting') throw new Stop('refundWaits');
  if (approval.state === 'refused') throw new Stop(REFUSALS[approval.reason]);
  return approval.bill;
}

/** About the kept lines, or, when nothing is kept, about the visit that is undone; `null` = no insurance was in it. */
function questionOf({ person, insurance, credential }: Identity, bill: RefundBill): SettleQuestion | null {
  const { centre, accountFen } = bill.refund.former;
  if (!centre) return null;
  return {
    visitId: centre.visitId,
    personNumber: person.personNumber,
    insuredArea: insurance.insuredArea,
    credential,
    medicalType: bill.medicalType,
    insuranceType: insurance.type,
    chargeBatch: bill.lines.length === 0 ? '' : keptBatch(bill),
    totalFen: bill.totalFen,
    // As it was: an account that the patient left alone is not touched by giving something back.
    useAccount: accountFen > 0,
  };
}

async function agree(session: Session, forecast: RefundForecast, { returns }: SettlementOrder): Promise<void> {
  const ways = returns
    .filter(({ amountFen }) => amountFen > 0)
    .map(({ by, amountFen }): ReturnOnScreen => ({ by, amountFen, state: 'planned' }));
  await session.ask<true>(
    {
      name: 'S-REFUND',
      oldOwnFen: forecast.old.ownFen,
      newOwnFen: forecast.kept.ownFen,
      backFen: forecast.backFen,
      accountBackFen: forecast.accountBackFen,
      ways,
      removeCard: false,
    },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
}
