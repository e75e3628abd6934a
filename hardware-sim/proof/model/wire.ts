/**
 * A call on its way to a party and an answer on its way back, with every trouble of the table; and what goes by while
 * time passes.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import { DEADLINES_MS, OTHER_DEADLINE_MS } from '../../../firmware/settlement/deadlines.ts';
import type { Found } from '../../../firmware/settlement/facts.ts';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { type Answered, type AnyFinding, UNKNOWN, UNREACHABLE } from './answered.ts';
import { askCentre } from './centre-side.ts';
import { askHospital, lockEnds } from './hospital-side.ts';
import { askAcceptor, askRoute } from './payment-side.ts';
import { purposeOf } from './rule-table.ts';
import { checkArrival } from './rules.ts';
import type { Scene } from './scene.ts';
import { type Floating, needing, type World, withSeen, withWord } from './world.ts';

/** A message lives shorter than any quarantine. */
const LIFE_MS = 118_000;

/** A call that is over for the kiosk, and the world after it. */
export interface Heard {
  readonly world: World;
  readonly found: Found;
}

export function meet(scene: Scene, world: World, call: Call, trouble: string): Heard {
  const deadlineMs = DEADLINES_MS[call.step] ?? OTHER_DEADLINE_MS;
  const dueMs = world.nowMs + LIFE_MS;
  const heard = (after: World, finding: AnyFinding): Heard => ({ world: after, found: foundOf(call, finding) });
  const marked = trouble === 'ok' ? world : troubled(world, call);
  switch (trouble) {
    case 'unreachable':
      return heard(marked, UNREACHABLE);
    case 'lost':
      return heard(passing(scene, marked, marked.nowMs + deadlineMs), UNKNOWN);
    case 'overtaken':
      return heard(floating(marked, { is: 'request', call, dueMs }), UNKNOWN);
    case 'reset':
      return heard(arrive(scene, marked, call, 'ok')[0], UNKNOWN);
    case 'late':
    case 'twoAnswers': {
      const [done, said] = arrive(scene, marked, call, 'ok');
      const waited = passing(scene, done, done.nowMs + deadlineMs);
      const twice = trouble === 'twoAnswers';
      const found = foundOf(call, twice ? otherNumber(said) : said);
      const after = floating(waited, { is: 'answer', found, dueMs: waited.nowMs + LIFE_MS });
      return heard(twice ? needing(after, 'twoAnswers') : after, UNKNOWN);
    }
    case 'doubled': {
      const [done, said] = arrive(scene, marked, call, 'ok');
      return heard(floating(done, { is: 'request', call, dueMs }), said);
    }
    default:
      return heard(...arrive(scene, marked, call, trouble));
  }
}

function troubled(world: World, { step }: Call): World {
  const { troubles, lockTroubles } = world.seen;
  const isLock = step === 'hospital.lock' || step === 'hospital.unlock';
  return withSeen(world, { troubles: troubles + 1, lockTroubles: lockTroubles + (isLock ? 1 : 0) });
}

function floating(world: World, message: Floating): World {
  return { ...world, floating: [...world.floating, message] };
}

/** The call is at its party: what must hold is looked at just before the party acts. */
export function arrive(scene: Scene, world: World, call: Call, trouble: string): Answered {
  if (call.attempt > 0) checkArrival(scene, world, call);
  const noted = call.attempt > 0 ? noteKeys(world, call) : world;
  switch (call.step) {
    case 'hospital.lock':
    case 'hospital.unlock':
    case 'hospital.confirm':
      return askHospital(noted, call, trouble);
    case 'cash.stack':
    case 'cash.counter':
      return askAcceptor(noted, call, trouble);
    case 'ins.settle':
    case 'ins.find':
    case 'ins.findFormer':
    case 'ins.reverse':
    case 'ins.void':
    case 'ins.undo':
    case 'ins.prepare':
      return askCentre(noted, call, trouble, scene.agreed);
    default:
      return askRoute(noted, call, trouble);
  }
}

function noteKeys(world: World, call: Call): World {
  const { orders, refunds, arrived } = world.seen;
  const purpose = purposeOf(call);
  if (purpose) return arrived.includes(purpose) ? world : withSeen(world, { arrived: withWord(arrived, purpose) });
  if (call.step === 'pay.create' || call.step === 'pay.charge') {
    return orders.includes(call.orderNumber) ? world : withSeen(world, { orders: [...orders, call.orderNumber] });
  }
  if (call.step !== 'pay.refund' && call.step !== 'pay.return') return world;
  const key = `${call.orderNumber} ${call.refundNumber}`;
  return refunds.includes(key) ? world : withSeen(world, { refunds: withWord(refunds, key) });
}

/** Time goes by: what is due arrives, and our lock may end. */
export function passing(scene: Scene, world: World, untilMs: number): World {
  let now = world;
  for (;;) {
    const place = firstDue(now, untilMs);
    const message = now.floating[place];
    const ends = now.bill.holder === 'us' && now.bill.untilMs <= untilMs ? now.bill.untilMs : Number.POSITIVE_INFINITY;
    const messageMs = message?.dueMs ?? Number.POSITIVE_INFINITY;
    if (Math.min(ends, messageMs) === Number.POSITIVE_INFINITY) return lockEnds({ ...now, nowMs: untilMs });
    now = { ...now, nowMs: Math.max(now.nowMs, Math.min(ends, messageMs)) };
    now = message && messageMs <= ends ? deliverRequest(scene, now, place) : lockEnds(now);
  }
}

/** The first request that is due by then; late answers wait for somebody who hears them. */
function firstDue({ floating: messages }: World, untilMs: number): number {
  return messages.findIndex(({ is, dueMs }) => is === 'request' && dueMs <= untilMs);
}

export function deliverRequest(scene: Scene, world: World, place: number): World {
  const message = world.floating[place];
  if (message?.is !== 'request') return world;
  return arrive(scene, without(world, place), message.call, 'ok')[0];
}

export function without(world: World, place: number): World {
  return { ...world, floating: world.floating.filter((_, at) => at !== place) };
}

function foundOf(call: Call, finding: AnyFinding): Found {
  const { step, attempt } = call;
  return { step, attempt, ...('leg' in call && { leg: call.leg }), finding } as Found;
}

function otherNumber(said: AnyFinding): AnyFinding {
  if (said.verdict !== 'ok') return said;
  return { verdict: 'ok', value: { ...(said.value as SettlementOrder['agreed']), settlementId: 'S9' } };
}
