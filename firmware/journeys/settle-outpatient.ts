/**
 * 门诊结算: a patient puts down a credential and walks away with a settled bill
 * and a slip.
 *
 * Reads like the way through the hospital: who, which bill, consent, the split,
 * pay, paper, done. It owns no money and does not survive a restart.
 */
import type { Bill } from '../hospital/hospital-gateway.ts';
import type { FeeSplit, SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import type { BillOnScreen } from '../screen/messages.ts';
import type { Session } from '../session/session.ts';
import { owedUploads } from '../upload/owed-uploads.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import { agreeOnSplit } from './agree-on-split.ts';
import { type CareCategory, categoryOf, chooseCategories } from './care-category.ts';
import { checkBills, remind } from './check-bills.ts';
import { checkPerson } from './check-person.ts';
import { forTheClock, mustKeepTime } from './clock.ts';
import { type AgreedTo, askConsent, type Consent, consentFor } from './consent.ts';
import { warnAboutPaper } from './deliver-paper.ts';
import { checkEntitlement, findBills, passGate, type UploadedBill, uploadBill, withdrawBill } from './find-bill.ts';
import { finish } from './finish.ts';
import type { Identity } from './identify.ts';
import { checkInjury } from './injury.ts';
import { insuredOrder } from './orders.ts';
import { goWithoutInsurance } from './own-expense.ts';
import { parkBills } from './park-bills.ts';
import { pay } from './pay.ts';
import { reviewDuring } from './review.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { Stop, showStop } from './stop.ts';
import type { WayOfPerson } from './with-identity.ts';

/**
 * @param who finds out whose bill it is
 * @param otherwise where somebody without an open bill goes on; without it that is said and the way is over
 */
export async function settleOutpatient(
  rooms: Rooms,
  session: Session,
  who: () => Promise<Identity>,
  otherwise?: WayOfPerson,
): Promise<JourneyEnd> {
  const waiting: UploadedBill[] = [];
  let known: Identity | undefined;
  try {
    const identity = await who();
    known = identity;
    const bills = await findBills(rooms, session, identity.person);
    mustKeepTime(rooms, identity.person);
    const reminders = await checkBills(rooms, session, identity, bills);
    await checkPerson(rooms, session, identity, bills);
    for (const bill of bills) await passGate(rooms, session, { identity, bill, asOf: 'cached' });
    for (const bill of bills) await checkInjury(rooms, session, identity, bill);
    const chosen = await chooseCategories(rooms, session, identity, bills);
    const category = (bill: Bill): CareCategory => chosen.get(bill.billId) ?? categoryOf(bill);
    for (const bill of bills) await checkEntitlement(rooms, session, identity, bill, category(bill));
    await remind(rooms, session, reminders, bills);
    await showBills(session, bills);
    // Several visits are agreed in one go and settled one by one, the oldest first.
    for (const bill of [...bills].sort((a, b) => (a.visitedAt < b.visitedAt ? -1 : 1))) {
      waiting.push(await uploadBill(rooms, session, identity, bill, category(bill)));
    }
    const consent = await askConsent(rooms, session, waiting);
    return await settleAll(rooms, session, { identity, consent, waiting });
  } catch (error) {
    for (const uploaded of waiting) withdrawBill(rooms, uploaded);
    if (error instanceof Stop) {
      if (otherwise && known && error.end === 'noBill') return otherwise(rooms, session, known);
      const stop = forTheClock(rooms, error);
      return showStop(rooms, session, stop, {
        ownExpense: (without) => goWithoutInsurance(rooms, session, without),
        park: (without) => parkBills(rooms, session, without),
      });
    }
    throw error;
  }
}

interface Agreed {
  readonly identity: Identity;
  readonly consent: Consent | undefined;
  /** What is not with the money yet; taken out as each is handed over. */
  readonly waiting: UploadedBill[];
}

async function settleAll(rooms: Rooms, session: Session, { identity, consent, waiting }: Agreed): Promise<JourneyEnd> {
  let end: JourneyEnd = 'settled';
  let paperless = false;
  for (let uploaded = waiting[0]; uploaded; uploaded = waiting[0]) {
    const { bill } = uploaded;
    if (!paperless) paperless = await warnAboutPaper(rooms, session);
    const { question, agreed } = await agreeOnSplit(rooms, session, identity, uploaded);
    await reviewDuring(rooms, session, { identity, ...uploaded }, agreed);
    await passGate(rooms, session, { identity, bill, asOf: 'live' });
    mustKeepTime(rooms, { person: identity.person, bill });
    waiting.shift();
    const agreedTo = consentFor(consent, bill.billId);
    const { splits } = uploaded;
    const ended = await settleOne(rooms, session, { identity, ...agreedTo, bill, splits, question, agreed });
    if (ended === 'notSettled') withdrawBill(rooms, uploaded);
    // One slip that did not come out is told at the end, too; any other trouble ends the way.
    if (ended !== 'settled' || end === 'settled') end = ended;
    if (ended !== 'settled' && ended !== 'settledWithoutPaper') break;
  }
  for (const left of waiting) withdrawBill(rooms, left);
  return end;
}

interface ReadyToPay extends AgreedTo {
  readonly identity: Identity;
  readonly bill: Bill;
  readonly splits: readonly FeeSplit[];
  readonly question: SettleQuestion;
  readonly agreed: SettlementAmounts;
}

async function settleOne(rooms: Rooms, session: Session, ready: ReadyToPay): Promise<JourneyEnd> {
  const { identity, bill, splits, consentId, consentCopy, question, agreed } = ready;
  const frame = { sessionId: session.id, profile: rooms.profile, consentId };
  const { kioskId } = rooms.config;
  const { person, insurance } = identity;
  const settling = { bill, person, kioskId, insured: { question, splits } };
  const order = insuredOrder(frame, bill, { question, agreed });
  const paid = await pay(rooms, session, { ...order, owed: owedUploads(settling, uploadRules(rooms.profile)) });
  return finish(rooms, session, { person, insuranceType: insurance.type, bill, consentId, consentCopy, paid });
}

async function showBills(session: Session, bills: readonly Bill[]): Promise<void> {
  await session.ask<true>(
    {
      name: 'S-BILL',
      bills: bills.map(onScreen),
      totalFen: bills.reduce((sum, bill) => sum + bill.totalFen, 0),
      removeCard: false,
    },
    { accept: (act) => (act.kind === 'intent' && act.intent.do === 'confirm' ? true : undefined) },
  );
}

function onScreen(bill: Bill): BillOnScreen {
  const sums = new Map<string, number>();
  for (const line of bill.lines) sums.set(line.category, (sums.get(line.category) ?? 0) + line.amountFen);
  return {
    billId: bill.billId,
    department: bill.departmentName,
    visitDate: bill.visitedAt.slice(0, 10),
    totalFen: bill.totalFen,
    lineCount: bill.lines.length,
    categories: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, amountFen]) => ({ category, amountFen })),
  };
}
