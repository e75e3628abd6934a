/**
 * How a refund ended: each way back with its own state, on the screen as it changes and on the slip as it was then.
 *
 * One promise: "your money is back" is said when every part of it is.
 */
import { refundSlip } from '../documents/refund-slip.ts';
import type { RefundBill } from '../hospital/bill.ts';
import type { Person } from '../insurance/insurance-platform.ts';
import { maskName } from '../session/masks.ts';
import type { Session } from '../session/session.ts';
import type { SettlementView } from '../settlement/settlements.ts';
import { deliverDocument } from './deliver-paper.ts';
import type { RefundForecast } from './forecast-refund.ts';
import type { JourneyEnd, Rooms } from './rooms.ts';
import { progressOf, settledReturns, showResult } from './show-result.ts';

export interface Refunded {
  readonly person: Person;
  readonly bill: RefundBill;
  readonly forecast: RefundForecast;
  readonly number: string;
  readonly view: Extract<SettlementView, { state: 'settled' }>;
}

export async function finishRefund(rooms: Rooms, session: Session, refunded: Refunded): Promise<JourneyEnd> {
  const { person, bill, forecast, number, view } = refunded;
  rooms.audit.write('settlement.ended', { session: session.id, settlement: number, end: view.state });
  const { former } = bill.refund;
  // What the centre made of the kept lines; the forecast only where no insurance is in it.
  const ownFen = view.centre?.amounts.ownFen ?? forecast.kept.ownFen;
  const backFen = former.ownFen - ownFen;
  const accountBackFen = former.accountFen - (view.centre?.amounts.accountFen ?? forecast.kept.accountFen);
  const returns = await settledReturns(rooms, session, number, view.returns);
  const { config, profile } = rooms;
  const delivery = deliverDocument(rooms, session, number, (mark) =>
    refundSlip({
      ...{ config, profile, bill, number, returns, ownFen, backFen, accountBackFen, ...mark },
      language: session.language,
      maskedName: maskName(person.name.reveal()),
      maskedProxy: session.maskedProxy,
      receiptNumber: view.receiptNumber,
    }),
  );
  const last = await showResult(rooms, session, {
    what: 'refunded',
    big: { label: 'back', amountFen: backFen },
    amounts: [
      ...(accountBackFen > 0 ? [{ label: 'accountBack', amountFen: accountBackFen } as const] : []),
      { label: 'ownAfter', amountFen: ownFen },
    ],
    nextStep: '',
    ...{ number, returns, delivery },
  });
  return progressOf(last) === 'done' ? 'refunded' : 'refundOpen';
}
