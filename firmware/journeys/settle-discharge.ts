/**
 * 出院结算: what the stay cost, who pays it, the deposits taken off, and the rest paid or given back by its routes
 * (product.md 2.3, Z-8.4.5).
 *
 * One promise: what comes back and by which way stands on the page before the stay is settled.
 */
import { inpatientList } from '../documents/inpatient-list.ts';
import type { DischargeBill } from '../hospital/bill.ts';
import type { InpatientStay } from '../hospital/inpatient.ts';
import type { SettlementAmounts, SettleQuestion } from '../insurance/insurance-platform.ts';
import { platformTime } from '../insurance/platform-time.ts';
import type { ReturnOnScreen } from '../screen/messages.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import type { SettlementOrder, SettlementView } from '../settlement/settlements.ts';
import { owedUploads } from '../upload/owed-uploads.ts';
import { uploadRules } from '../upload/upload-rules.ts';
import { agreeOnSplit } from './agree-on-split.ts';
import { categoryOf } from './care-category.ts';
import { mustBeAsWritten } from './check-bills.ts';
import { checkPerson } from './check-person.ts';
import { mustKeepTime } from './clock.ts';
import { type AgreedTo, askConsent, consentFor } from './consent.ts';
import { deliverPaper, warnAboutPaper } from './deliver-paper.ts';
import { passGate, type UploadedBill } from './find-bill.ts';
import { finishUnsettled, noteEnd } from './finish.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Identity } from './identify.ts';
import type { Inpatient } from './inpatient.ts';
import { dischargeOrder } from './orders.ts';
import { type Paid, pay } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { settledReturns, showResult } from './show-result.ts';
import { stayPapers } from './stay-papers.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

export async function settleDischarge(rooms: Rooms, session: Session, patient: Inpatient): Promise<JourneyEnd> {
  const { identity, stay } = patient;
  if (!identity) throw new Stop('insuranceUnreachable');
  mustKeepTime(rooms, identity.person);
  const bill = await openDischarge(rooms, session, stay.stayId);
  mustBeAsWritten(bill, identity.person);
  await checkPerson(rooms, session, identity, [bill]);
  await passGate(rooms, session, { identity, bill, asOf: 'cached' });
  const uploaded = ofStay(identity, bill);
  const { consentId, consentCopy } = consentFor(await askConsent(rooms, session, [uploaded]), bill.billId);
  const frame = { sessionId: session.id, profile: rooms.profile, withoutTerminal: !rooms.hasTerminal, consentId };
  const orderOf = (split: Split): SettlementOrder => dischargeOrder(frame, bill, split);
  const split = await agreeOnSplit(rooms, session, identity, uploaded, {
    depositFen: bill.discharge.depositFen,
    dischargedOn: bill.discharge.dischargedAt.slice(0, 10),
    waysBack: (agreed) => plannedWays(orderOf(agreed)),
  });
  await warnAboutPaper(rooms, session);
  await passGate(rooms, session, { identity, bill, asOf: 'live' });
  mustKeepTime(rooms, { person: identity.person, bill });
  const { person, insurance } = identity;
  const insured = { question: split.question, splits: uploaded.splits };
  const settling = { bill, person, kioskId: rooms.config.kioskId, insured };
  const owed = owedUploads(settling, uploadRules(rooms.profile));
  const paid = await pay(rooms, session, { ...orderOf(split), owed });
  const { number, view } = paid;
  if (view.state !== 'settled') {
    return finishUnsettled(rooms, session, { person, insuranceType: undefined, bill, number, view });
  }
  const agreedTo = { consentId, consentCopy };
  return finishDischarge(rooms, session, {
    ...{ stay, identity, insuranceType: insurance.type, bill, split, agreedTo, paid, view },
  });
}

interface Split {
  readonly question: SettleQuestion;
  readonly agreed: SettlementAmounts;
}

/** @throws Stop */
async function openDischarge(rooms: Rooms, session: Session, stayId: string): Promise<DischargeBill> {
  const answer = await waitForParty(rooms, session, 'findingBills', rooms.hospital.openDischarge(stayId));
  return hospitalValue(
    answer,
    (reason) => new Stop(reason === 'alreadySettled' ? 'billAlreadySettled' : 'dischargeNotReady'),
  );
}

/** A ward brings its visit and fees to the centre itself; a stay that is not there is for the window. @throws Stop */
function ofStay({ person, insurance }: Identity, bill: DischargeBill): UploadedBill {
  if (!bill.uploaded) throw new Stop('dischargeNotReady');
  const { visitId, chargeBatch, splits } = bill.uploaded;
  const { personNumber } = person;
  const visit = { care: 'inpatient', visitId, personNumber, insuredArea: insurance.insuredArea } as const;
  return { bill, visit, chargeBatch, splits, category: categoryOf(bill) };
}

function plannedWays({ returns }: SettlementOrder): readonly ReturnOnScreen[] {
  return returns
    .filter(({ amountFen }) => amountFen > 0)
    .map(({ by, amountFen }): ReturnOnScreen => ({ by, amountFen, state: 'planned' }));
}

interface Settled {
  readonly stay: InpatientStay;
  readonly identity: Identity;
  readonly insuranceType: string;
  readonly bill: DischargeBill;
  readonly split: Split;
  readonly agreedTo: AgreedTo;
  readonly paid: Paid;
  readonly view: Extract<SettlementView, { state: 'settled' }>;
}

async function finishDischarge(rooms: Rooms, session: Session, settled: Settled): Promise<JourneyEnd> {
  const { stay, identity, insuranceType, bill, split, agreedTo, paid, view } = settled;
  noteEnd(rooms, session, paid);
  const { number } = paid;
  const { ownFen } = view.centre?.amounts ?? split.agreed;
  const { depositFen } = bill.discharge;
  const returns = await settledReturns(rooms, session, number, view.returns);
  const material = {
    ...{ config: rooms.config, profile: rooms.profile, language: session.language, insuranceType, bill, returns },
    maskedName: maskName(identity.person.name.reveal()),
    maskedProxy: session.maskedProxy,
    settlementNumber: number,
    centre: view.centre,
    receiptNumber: view.receiptNumber,
    nextStep: view.nextStep,
    ...agreedTo,
  };
  const delivery = deliverPaper(rooms, session, material);
  const backFen = Math.max(0, depositFen - ownFen);
  const restFen = Math.max(0, ownFen - depositFen);
  await showResult(rooms, session, {
    what: 'discharged',
    big: backFen > 0 ? { label: 'back', amountFen: backFen } : { label: 'paid', amountFen: restFen },
    amounts: [
      { label: 'own', amountFen: ownFen },
      { label: 'deposit', amountFen: depositFen },
    ],
    nextStep: view.nextStep,
    ...{ number, returns, delivery },
    afterwards: (slip) =>
      stayPapers(rooms, session, {
        ...{ person: identity.person, settlementNumber: number, inpatientNumber: bill.outpatientNumber, slip },
        feeListPages: () =>
          inpatientList({
            ...{
              institutionName: rooms.config.hospital.institutionName,
              name: material.maskedName,
              insuranceType,
              bill,
            },
            ...{ bed: `${stay.ward} ${stay.bed}`, settlementNumber: number, centre: view.centre, copy: 1 },
            printedAt: platformTime(rooms.clock.wallMs()),
          }),
        feeListSlip: () => deliverPaper(rooms, session, material),
      }),
  });
  return 'settled';
}
