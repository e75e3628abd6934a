/**
 * Whoever takes money: code broker, bank terminal, note acceptor.
 *
 * Asking leaves no mark; only a close stops what is on its way, and what was closed unseen stays closed
 * (docs/interfaces/payment.openapi.yaml). An order that nobody closes can be paid for ever, also after its life and
 * with nobody in front of the kiosk. A refund may be taken in and carried out later, or never.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import type { PaySeen } from '../../../firmware/settlement/facts.ts';
import { type Answered, no, ok } from './answered.ts';
import { needing, netFen, type PayOrder, type Refund, refundedFen, stubborn, type World } from './world.ts';

type RouteCall = Extract<Call, { step: `pay.${string}` }>;
type CashCall = Extract<Call, { step: `cash.${string}` }>;

const PENDING_MS = 5_000;
const ESCROW_MS = 20_000;
/** A payer who does not type a password is not waited for any longer; the order can be paid anew. */
const PASSWORD_MS = 40_000;

export function askRoute(world: World, call: RouteCall, trouble: string): Answered {
  switch (call.step) {
    case 'pay.create': {
      const order = orderAt(world, call.orderNumber);
      if (trouble === 'refused') return [world, no('amount')];
      if (order?.state === 'paid' || order?.state === 'closed') return [world, no(order.state)];
      const made = order ? world : withOrder(world, call.orderNumber, newOrder(call.amountFen, 'waiting'));
      return [made, ok({ payCode: `pay:${call.orderNumber}` })];
    }
    case 'pay.charge':
      return charge(world, call, trouble);
    case 'pay.query':
    case 'pay.returnQuery':
      return [world, ok(seenOf(orderAt(world, call.orderNumber)))];
    case 'pay.close': {
      const order = orderAt(world, call.orderNumber);
      if (order?.state === 'paid' || order?.state === 'userPaying') return [world, no(order.state)];
      if (trouble === 'refused') return [world, no('tooEarly')];
      if (trouble === 'noMark' && !order) return [world, ok(null)];
      const closed = order ? { ...order, state: 'closed' as const } : newOrder(0, 'closed');
      return [withOrder(world, call.orderNumber, closed), ok(null)];
    }
    case 'pay.refund':
    case 'pay.return':
      return refund(world, call, trouble);
    case 'pay.refundState':
    case 'pay.returnState':
      return refundState(world, call.refundNumber);
  }
}

function charge(world: World, { orderNumber, amountFen, by }: Extract<Call, { step: 'pay.charge' }>, trouble: string) {
  const order = orderAt(world, orderNumber);
  if (order?.state === 'paid' || order?.state === 'closed') return [world, no(order.state)] as const;
  if (trouble === 'refused') return [world, no(by === 'card' ? 'declined' : 'badCode')] as const;
  if (trouble === 'poor') return [world, no('insufficientFunds')] as const;
  const state = trouble === 'asks' ? 'userPaying' : 'paid';
  const paidFen = state === 'paid' ? amountFen - (trouble === 'short' ? 1 : 0) : 0;
  const askedUntilMs = world.nowMs + PASSWORD_MS;
  const charged: PayOrder = { ...(order ?? newOrder(amountFen, 'waiting')), state, paidFen, askedUntilMs };
  return [withOrder(world, orderNumber, charged), ok(seenOf(charged))] as const;
}

type Back = Extract<Call, { step: 'pay.refund' | 'pay.return' }>;

/** Any amount up to what is left, idempotent by the refund's number. */
function refund(world: World, { step, orderNumber, refundNumber, amountFen }: Back, trouble: string): Answered {
  const order = orderAt(world, orderNumber);
  const known = order?.refunds[refundNumber];
  if (known?.state === 'refunded' || known?.state === 'pending') return [world, ok({ state: known.state })];
  if (known) return [world, no('failed')];
  const word = step === 'pay.refund' ? 'refund' : 'return';
  if (trouble === 'refusedOnce') return [needing(world, word), no('amount')];
  for (const way of ['expired', 'refused'] as const) {
    if (trouble !== way && !world.stubborn.includes(`${word} ${way}`)) continue;
    return [needing(stubborn(world, `${word} ${way}`), word), no(way === 'expired' ? 'expired' : 'amount')];
  }
  if (order?.state !== 'paid') return [world, no('notPaid')];
  if (amountFen > order.paidFen - refundedFen(order, true)) return [world, no('amount')];
  const waits = trouble === 'pending' || trouble === 'pendingFails';
  const fails = trouble === 'pendingFails';
  const state = waits ? 'pending' : 'refunded';
  const made: Refund = { amountFen, state, untilMs: world.nowMs + (waits ? PENDING_MS : 0), fails };
  const after = withRefund(world, orderNumber, order, refundNumber, made);
  return [fails ? needing(after, word) : after, ok({ state })];
}

function refundState(world: World, refundNumber: string): Answered {
  for (const [orderNumber, order] of Object.entries(world.orders)) {
    const known = order.refunds[refundNumber];
    if (!known) continue;
    if (known.state !== 'pending' || world.nowMs < known.untilMs) return [world, ok({ state: known.state })];
    const state = known.fails ? 'failed' : 'refunded';
    return [withRefund(world, orderNumber, order, refundNumber, { ...known, state, untilMs: 0 }), ok({ state })];
  }
  return [world, ok({ state: 'notFound' })];
}

/** A phone pays what can be paid; answers what became of it. */
export function phonePays(world: World, orderNumber: string): World | undefined {
  const order = orderAt(world, orderNumber);
  if (order?.state !== 'waiting' && order?.state !== 'userPaying') return undefined;
  return withOrder(world, orderNumber, { ...order, state: 'paid', paidFen: order.amountFen });
}

/** A device on a serial line: nothing is late there, and nothing comes twice. */
export function askAcceptor(world: World, call: CashCall, trouble: string): Answered {
  const { cash } = world;
  if (call.step === 'cash.counter') {
    const after = trouble === 'refused' ? needing(stubborn(world, 'counter'), 'counter') : world;
    const off = after.stubborn.includes('counter') ? 7 : 0;
    return [after, ok({ counterFen: cash.counterFen + off })];
  }
  const note = cash.escrow && world.nowMs < cash.escrow.untilMs ? cash.escrow : undefined;
  if (!note || trouble === 'refused') return [{ ...world, cash: { ...cash, escrow: undefined } }, no('returned')];
  const { amountFen } = note;
  const counterFen = cash.counterFen + amountFen;
  const stackedFen = cash.stackedFen + amountFen;
  return [{ ...world, cash: { counterFen, stackedFen, escrow: undefined } }, ok(null)];
}

export function noteIn(world: World, amountFen: number): World {
  return { ...world, cash: { ...world.cash, escrow: { amountFen, untilMs: world.nowMs + ESCROW_MS } } };
}

export function seenOf(order: PayOrder | undefined): PaySeen {
  if (!order) return { state: 'notFound', paidFen: 0, route: null };
  const { state, paidFen } = order;
  return {
    state: state === 'paid' && netFen(order) === 0 ? 'refunded' : state,
    paidFen,
    route: paidFen ? 'wechat' : null,
  };
}

function orderAt({ orders, nowMs }: World, number: string): PayOrder | undefined {
  const order = orders[number];
  return order?.state === 'userPaying' && nowMs >= order.askedUntilMs ? { ...order, state: 'waiting' } : order;
}

export function newOrder(amountFen: number, state: PayOrder['state']): PayOrder {
  return { amountFen, state, paidFen: state === 'paid' ? amountFen : 0, askedUntilMs: 0, refunds: {} };
}

function withOrder(world: World, number: string, order: PayOrder): World {
  return { ...world, orders: { ...world.orders, [number]: order } };
}

function withRefund(world: World, number: string, order: PayOrder, refundNumber: string, made: Refund): World {
  return withOrder(world, number, { ...order, refunds: { ...order.refunds, [refundNumber]: made } });
}
