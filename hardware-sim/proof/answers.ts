/**
 * A call arrives at its party: what the party does, and what it says.
 *
 * The only place that knows both the ledger's calls and the parties. Words are those of the contracts.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { Finding, PaySeen } from '../../firmware/settlement/facts.ts';
import type { Ledgers } from './ledgers.ts';
import type { Amounts, Claim } from './parties/insurance-centre.ts';
import { netFen, type PaymentGateway, type PayOrder } from './parties/payment-gateway.ts';
import type { SettlementRecord } from './settlement-record.ts';

/** What else decides an answer. */
export interface Mood {
  /** The party says no, for a reason of its own. */
  readonly refuses: boolean;
  /** What the bank says to a payment code or card. */
  readonly wallet: 'takes' | 'asks' | 'badCode' | 'insufficientFunds';
  /** Whether 5201 and 5203 can be used at all. */
  readonly canFind: boolean;
}

export type AnyFinding = Finding<unknown>;

const ok = (value: unknown): AnyFinding => ({ verdict: 'ok', value });
const no = (reason: string): AnyFinding => ({ verdict: 'fail', reason, detail: reason });
const done = (refusal: string | undefined): AnyFinding => (refusal ? no(refusal) : ok(null));
const REFUSED = no('infcode -1');

export function answerOf(call: Call, record: SettlementRecord, ledgers: Ledgers, mood: Mood): AnyFinding {
  ledgers.touched.add(record.visitId);
  switch (call.step) {
    case 'hospital.lock':
    case 'hospital.unlock':
    case 'hospital.confirm':
      return ofHospital(call, record, ledgers, mood);
    case 'cash.stack':
    case 'cash.counter':
      return ofAcceptor(call, record, ledgers, mood);
    case 'ins.settle':
    case 'ins.find':
    case 'ins.reverse':
    case 'ins.void':
    case 'ins.undo':
    case 'ins.prepare':
    case 'ins.findFormer':
      return ofCentre(call, record, ledgers, mood);
    case 'pay.create':
      if (mood.refuses) return no('amount');
      return created(call, ledgers.gateway);
    default:
      return ofRoute(call, ledgers.route(call.by), record, mood);
  }
}

type Of<Step extends Call['step']> = Extract<Call, { step: Step }>;

function ofHospital(
  call: Of<'hospital.lock' | 'hospital.unlock' | 'hospital.confirm'>,
  { order, number }: SettlementRecord,
  { hospital }: Ledgers,
  mood: Mood,
): AnyFinding {
  const { billId } = order;
  if (call.step === 'hospital.lock') {
    return done(hospital.lock(billId, order.billVersion, number, call.ttlSeconds * 1_000));
  }
  if (call.step === 'hospital.unlock') return done(hospital.unlock(billId, number));
  if (mood.refuses) hospital.refuseForGood(billId, number);
  const told = { by: number, centreSettlementId: call.centre?.settlementId ?? null, ownFen: call.amounts.ownFen };
  const confirmed = hospital.confirm(billId, told);
  if (typeof confirmed === 'string') return no(confirmed);
  return ok({ receiptNumber: confirmed.receiptNumber, nextStep: '3 楼 5 号取药' });
}

function created({ orderNumber, amountFen, lifeMs }: Of<'pay.create'>, gateway: PaymentGateway): AnyFinding {
  const refusal = gateway.create(orderNumber, amountFen, lifeMs);
  return refusal ? no(refusal) : ok({ payCode: `pay:${orderNumber}` });
}

type RouteCall = Of<
  | 'pay.charge'
  | 'pay.close'
  | 'pay.query'
  | 'pay.refund'
  | 'pay.refundState'
  | 'pay.return'
  | 'pay.returnQuery'
  | 'pay.returnState'
>;

function ofRoute(call: RouteCall, route: PaymentGateway, record: SettlementRecord, mood: Mood): AnyFinding {
  switch (call.step) {
    case 'pay.charge': {
      const wallet = mood.refuses ? 'insufficientFunds' : mood.wallet;
      // A card's password is typed while the call runs.
      const asked = call.by === 'card' && wallet === 'asks' ? 'takes' : wallet;
      const charged = route.charge(call.orderNumber, call.amountFen, asked);
      if (typeof charged !== 'string') return ok(seen(charged));
      return no(call.by === 'card' && charged === 'badCode' ? 'declined' : charged);
    }
    case 'pay.close':
      return done(route.close(call.orderNumber));
    case 'pay.query':
    case 'pay.returnQuery':
      return ok(seen(route.find(call.orderNumber)));
    case 'pay.refund':
    case 'pay.return': {
      if (mood.refuses) return no(call.step === 'pay.return' ? 'expired' : 'amount');
      const state = route.refund(call.orderNumber, call.refundNumber, call.amountFen);
      if (state === 'failed') record.needsPerson = true;
      return state === 'refunded' || state === 'pending' ? ok({ state }) : no(state);
    }
    case 'pay.refundState':
    case 'pay.returnState': {
      const state = route.refundState(call.refundNumber);
      if (state === 'failed') record.needsPerson = true;
      return ok({ state });
    }
  }
}

/** A device on a serial line: nothing is late there, and nothing comes twice. */
function ofAcceptor(
  call: Of<'cash.stack' | 'cash.counter'>,
  { kiosk, number }: SettlementRecord,
  ledgers: Ledgers,
  mood: Mood,
): AnyFinding {
  const acceptor = ledgers.acceptor(kiosk);
  if (call.step === 'cash.counter') return ok({ counterFen: acceptor.counterFen });
  if (mood.refuses) acceptor.giveBack();
  return acceptor.stack(number) ? ok(null) : no('returned');
}

function ofCentre(
  call: Extract<Call, { step: `ins.${string}` }>,
  record: SettlementRecord,
  { centre }: Ledgers,
  mood: Mood,
): AnyFinding {
  switch (call.step) {
    case 'ins.settle': {
      if (mood.refuses) centre.refuseForGood(call.messageId);
      const claim = centre.settle(call.messageId, record.visitId, shifted(call.preSettled, -record.differsByFen));
      return typeof claim === 'string' ? REFUSED : ok(settlementOf(claim));
    }
    case 'ins.find': {
      if (!mood.canFind) return REFUSED;
      const claim = centre.find(call.messageId);
      return ok({ centre: claim ? settlementOf(claim) : null });
    }
    case 'ins.reverse': {
      if (mood.refuses) return REFUSED;
      const reversed = centre.reverse(call.messageId);
      return reversed === 'voided' ? REFUSED : ok({ reversed });
    }
    case 'ins.void':
    case 'ins.undo': {
      if (mood.refuses) return REFUSED;
      const voided = centre.void(call.messageId, call.settlementId);
      return typeof voided === 'string' ? REFUSED : ok(voided);
    }
    case 'ins.findFormer': {
      if (!mood.canFind) return REFUSED;
      const state = centre.bySettlementId(call.settlementId)?.state;
      return ok({ state: state === 'live' ? 'counts' : state ? 'voided' : 'notFound' });
    }
    case 'ins.prepare':
      return mood.refuses ? REFUSED : ok(shifted(record.order.agreed, record.cutsAnewFen));
  }
}

/** Another split of the same total: so much less is the person's own part. */
function shifted(amounts: Amounts, fen: number): Amounts {
  if (fen === 0) return amounts;
  const { fundFen, basicFundFen, personFen, ownFen } = amounts;
  return {
    ...amounts,
    fundFen: fundFen + fen,
    basicFundFen: basicFundFen + fen,
    personFen: personFen - fen,
    ownFen: ownFen - fen,
  };
}

function seen(order: PayOrder | undefined): PaySeen {
  if (!order) return { state: 'notFound', paidFen: 0, route: null };
  const { paidFen, route } = order;
  const isBack = order.state === 'paid' && netFen(order) === 0;
  return { state: isBack ? 'refunded' : order.state, paidFen, route };
}

function settlementOf({ settlementId, messageId, amounts }: Claim) {
  return { settlementId, settledAt: '2026-01-01 09:00:00', messageId, amounts };
}
