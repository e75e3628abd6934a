/**
 * 住院预缴金: an amount key, the phone, a receipt with what is left of the deposits (product.md 2.3).
 *
 * One promise: the balance on the receipt is the hospital's own figure after this deposit, or none is printed.
 */
import { depositSlip } from '../documents/deposit-slip.ts';
import type { DepositBill } from '../hospital/bill.ts';
import type { Fen } from '../money.ts';
import type { Act } from '../session/act.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import { deliverDocument, warnAboutPaper } from './deliver-paper.ts';
import { finishUnsettled, noteEnd } from './finish.ts';
import { hospitalValue } from './hospital-answer.ts';
import type { Inpatient } from './inpatient.ts';
import { hospitalPerson } from './known-to-hospital.ts';
import { depositOrder } from './orders.ts';
import { type Paid, pay } from './pay.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { showResult } from './show-result.ts';
import { Stop } from './stop.ts';
import { waitForParty } from './wait-for-party.ts';

/** The amounts that have a key of their own, fen. */
const KEYS: readonly Fen[] = [50_000, 100_000, 200_000];

export async function payDeposit(rooms: Rooms, session: Session, patient: Inpatient): Promise<JourneyEnd> {
  const { person, stay } = patient;
  const amountFen = await chooseAmount(session, patient);
  const bill = await openDeposit(rooms, session, stay.stayId, amountFen);
  await warnAboutPaper(rooms, session);
  const paid = await pay(rooms, session, depositOrder({ sessionId: session.id, profile: rooms.profile }, bill));
  const { number, view } = paid;
  if (view.state !== 'settled') {
    return finishUnsettled(rooms, session, { person, insuranceType: undefined, bill, number, view });
  }
  return finishDeposit(rooms, session, { ...patient, amountFen, paid, receiptNumber: view.receiptNumber });
}

async function chooseAmount(session: Session, { person, stay }: Inpatient): Promise<Fen> {
  const { minFen, maxFen } = stay.depositLimits;
  const amounts = KEYS.filter((fen) => fen >= minFen && fen <= maxFen);
  return session.ask<Fen>(
    {
      name: 'S-DEPOSIT',
      maskedName: maskName(person.name.reveal()),
      bed: stay.bed,
      balanceFen: stay.balanceFen,
      ...{ amounts, minFen, maxFen },
      removeCard: false,
    },
    { accept: amountIn },
  );
}

function amountIn(act: Act): Fen | undefined {
  return act.kind === 'intent' && act.intent.do === 'amount' ? act.intent.amountFen : undefined;
}

/** @throws Stop */
async function openDeposit(rooms: Rooms, session: Session, stayId: string, amountFen: Fen): Promise<DepositBill> {
  const asked = rooms.hospital.openDeposit({ stayId, amountFen, requestId: rooms.newId('dep') });
  const answer = await waitForParty(rooms, session, 'findingBills', asked);
  return hospitalValue(answer, (reason) => new Stop(reason === 'amount' ? 'depositAmount' : 'notInpatient'));
}

interface PaidDeposit extends Inpatient {
  readonly amountFen: Fen;
  readonly paid: Paid;
  readonly receiptNumber: string;
}

async function finishDeposit(rooms: Rooms, session: Session, deposit: PaidDeposit): Promise<JourneyEnd> {
  const { person, stay, amountFen, paid, receiptNumber } = deposit;
  noteEnd(rooms, session, paid);
  const { number } = paid;
  const asked = rooms.hospital.inpatientStay(hospitalPerson(person));
  const now = await waitForParty(rooms, session, 'findingBills', asked);
  const balanceFen = now.outcome === 'ok' ? now.value.balanceFen : undefined;
  const { config, profile } = rooms;
  const maskedName = maskName(person.name.reveal());
  const { maskedProxy } = session;
  const delivery = deliverDocument(rooms, session, number, (mark) =>
    depositSlip({
      ...{ config, profile, language: session.language, maskedName, maskedProxy, stay, amountFen, balanceFen },
      ...{ number, receiptNumber, ...mark },
    }),
  );
  await showResult(rooms, session, {
    what: 'deposited',
    big: { label: 'deposited', amountFen },
    amounts: balanceFen === undefined ? [] : [{ label: 'balance', amountFen: balanceFen }],
    nextStep: '',
    ...{ number, returns: [], delivery },
  });
  return 'settled';
}
