/**
 * What must hold at every step of every schedule: the soak's invariants, stated over the model's smaller ledgers.
 *
 * I1–I9 are those of settlement-journal.md 1.4 (of I7 the copies that are begun, of I8 that each key is told once, in
 * its cause's transaction; printer and drain are the soak's). I10 is a comparison of two runs: the model's own counts.
 * No rule reads our journal, but for the durable intents that I4 and the outbox keys that I8 are about.
 */
import type { Call } from '../../../firmware/settlement/call.ts';
import { formerCounts, keptFen, liveClaims, returnedFen } from './books.ts';
import type { Moment } from './kiosk.ts';
import { wrongPlace, wrongView } from './said-wrongly.ts';
import type { Scene } from './scene.ts';
import { netFen, refundedFen, type World } from './world.ts';

/** One thing that must hold. `check` answers what is wrong, or nothing. */
export interface Rule<Given extends readonly unknown[]> {
  readonly name: string;
  readonly says: string;
  readonly check: (...given: Given) => string | undefined;
}

/** World and kiosk at one moment; without power the kiosk says nothing. */
export interface Look {
  readonly scene: Scene;
  readonly world: World;
  readonly moment: Moment | undefined;
  readonly begunMs: number;
}

/** Longest way of a settlement whose parties are well and whose patient pays or leaves, ms. */
const WELL_MS = 15 * 60_000;

const viewOf = ({ moment }: Look) => moment?.status?.view;
const isEnded = ({ moment }: Look): boolean => moment !== undefined && !moment.content.isOpen;

/** Why a person may be called, by what was done to the settlement. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  reversalRefused: ['reverse'],
  // Undone by somebody else, the 2208 refused for that, and then a centre that can no longer be asked: nobody else can tell.
  voidRefused: ['void', 'undo', 'twoAnswers', 'elsewhere'],
  refundRefused: ['refund'],
  returnRefused: ['return'],
  cashMismatch: ['counter'],
  insuranceContradicts: ['twoAnswers', 'elsewhere'],
  hospitalUnreadable: ['unreadable'],
};

export const momentRules: readonly Rule<[Look]>[] = [
  {
    name: 'I1 oneCharge',
    says: 'A bill has at most one live charge at any instant, the window’s included.',
    check: (look) => {
      const { scene, world } = look;
      const atWindow = world.bill.confirmed === 'window' && !world.bill.isLost ? 1 : 0;
      const notes = viewOf(look)?.state === 'notSettled' ? 0 : world.cash.stackedFen;
      const ours = netFen(world.orders[scene.orderNumber]) + notes > 0 ? 1 : 0;
      return atWindow + ours > 1 ? 'paid here and at the window' : undefined;
    },
  },
  {
    name: 'I2 oneClaim',
    says: 'A visit has at most one claim that counts at any instant, the window’s and a former one included.',
    check: ({ world }) => {
      const atWindow = world.bill.confirmed === 'window' && !world.bill.isLost ? 1 : 0;
      const count = liveClaims(world) + formerCounts(world) + (liveClaims(world) > 0 ? atWindow : 0);
      return count > 1 ? `${count} live claims` : undefined;
    },
  },
  {
    name: 'I3 refundWithinCharge',
    says: 'Never more goes back than was charged, order by order.',
    check: ({ world }) => {
      const wrong = Object.entries(world.orders).find(([, order]) => refundedFen(order, true) > order.paidFen);
      return wrong && `${refundedFen(wrong[1], true)} of ${wrong[1].paidFen} fen of ${wrong[0]}`;
    },
  },
  {
    name: 'I5 endMeans',
    says: 'Settled means confirmed, paid to the fen, one claim; not settled means none of the three.',
    check: (look) => {
      const state = viewOf(look)?.state;
      if (!isEnded(look) || state === undefined) return undefined;
      return state === 'settled' || state === 'notSettled' || state === 'parked' || state === 'handedToPerson'
        ? wrongView(look)
        : `ended as ${state}`;
    },
  },
  {
    name: 'I9 doneStays',
    says: 'Nothing that was shown as done is undone, by a crash or otherwise.',
    check: (look) => {
      const { shown } = look.world.seen;
      const view = viewOf(look);
      const state = view?.state;
      // A centre that says after all that it settled what it had denied has undone it itself.
      const denied = shown === 'notSettled' || shown === 'parked';
      if (denied && view?.state === 'handedToPerson' && view.reason === 'insuranceContradicts') return undefined;
      return shown === undefined || state === undefined || state === shown ? undefined : `${shown}, then ${state}`;
    },
  },
  {
    name: 'P1 moneyIsWhereSaid',
    says: 'What the kiosk says about a bill and its money is never contradicted by the parties’ ledgers.',
    check: (look) => (isEnded(look) ? undefined : wrongView(look)) ?? wrongPlace(look),
  },
  {
    name: 'P2 oneNumberEach',
    says: 'One order number, one refund number an order, one message each to settle, void and undo.',
    check: ({ scene, world: { seen } }) => {
      const { order, orderNumber, refundNumber } = scene;
      const agreed = [...order.returns, { orderNumber, refundNumber }].map(
        (one) => `${one.orderNumber} ${one.refundNumber}`,
      );
      const other =
        seen.orders.find((number) => number !== orderNumber) ?? seen.refunds.find((key) => !agreed.includes(key));
      if (other !== undefined) return `${other} was not agreed`;
      const purposes = seen.arrived.map((message) => message.slice(message.indexOf(' ')));
      return new Set(purposes).size === purposes.length ? undefined : `messages ${purposes.join(',')}`;
    },
  },
  {
    name: 'P3 billIsGivenBack',
    says: 'A settlement that ended as not settled no longer holds its bill, unless locking itself met trouble.',
    check: (look) => {
      if (!isEnded(look) || viewOf(look)?.state !== 'notSettled' || look.world.seen.lockTroubles > 0) return undefined;
      return look.world.bill.holder === 'us' ? 'still holds its bill' : undefined;
    },
  },
  {
    name: 'P4 personOnlyInNeed',
    says: 'A person is called only when parties contradict each other or refuse what must be undone.',
    check: (look) => {
      const view = viewOf(look);
      if (view?.state !== 'handedToPerson') return undefined;
      const { seen, bill } = look.world;
      const disturbed = seen.troubles > 0 || seen.lives > 1 || bill.isLost;
      // Off-site, what is not found is never reversed; a refund that has undone has no way back: any trouble may do.
      if (view.reason === 'offSiteUnknown')
        return look.scene.scenario.isOffSite && disturbed ? undefined : 'for offSiteUnknown';
      if (view.reason === 'refundHalfDone') {
        return formerCounts(look.world) === 0 && disturbed ? undefined : 'for refundHalfDone';
      }
      const allowed = NEEDS[view.reason] ?? [];
      return allowed.some((need) => seen.needs.includes(need)) ? undefined : `for ${view.reason}`;
    },
  },
  {
    name: 'P15 unpaidByQuestion',
    says: 'An order counts as unpaid only after a question said so, not because a close was taken.',
    check: (look) => {
      const { scene, world } = look;
      if (!isEnded(look) || viewOf(look)?.state !== 'notSettled' || !world.seen.orders.includes(scene.orderNumber))
        return;
      const isUnpaid = world.orders[scene.orderNumber]?.paidFen === 0;
      const { lastPay } = world.seen;
      return isUnpaid && lastPay !== 'closed' && lastPay !== 'notFound' ? `ended after ${lastPay}` : undefined;
    },
  },
];

/** A hospital that nobody could read is read again in the end, so that case ends by itself. */
function waitsForPerson(look: Look): boolean {
  const view = viewOf(look);
  return view?.state === 'handedToPerson' && view.reason !== 'hospitalUnreadable';
}

/** The key that the intent of a call must have been written with. */
function keyOf(call: Call, number: string): string {
  if ('refundNumber' in call) return call.refundNumber;
  if ('messageId' in call) return call.messageId;
  if (call.step === 'cash.stack') return `${number.replace('set_', 'pay_')} ${call.attempt}`;
  return 'orderNumber' in call && call.step !== 'hospital.confirm' ? call.orderNumber : number;
}

/** What a message id of money is used for. */
export function purposeOf(call: Call): string | undefined {
  if (call.step !== 'ins.settle' && call.step !== 'ins.void' && call.step !== 'ins.undo') return undefined;
  return `${call.messageId} ${call.step}`;
}

const BEGINNINGS: ReadonlySet<Call['step']> = new Set([
  'pay.create',
  'pay.charge',
  'cash.stack',
  'ins.settle',
  'ins.undo',
]);

/** An undo whose outcome is not "certainly did not leave" is begun, and goes on whatever comes. */
function mayHaveLeft(moment: Moment | undefined): boolean {
  return (moment?.content.entries ?? []).some(({ fact }) => {
    if (!('found' in fact) || fact.found.step !== 'ins.undo') return false;
    const { finding } = fact.found;
    return finding.verdict !== 'fail' || finding.reason !== 'unreachable';
  });
}

/** Of a call that leaves the kiosk. */
export const sendRules: readonly Rule<[Look, Call]>[] = [
  {
    name: 'I4 intentFirst',
    says: 'No effect leaves without an earlier durable intent under the same key.',
    check: ({ scene, moment }, call) => {
      if (call.attempt === 0) return undefined;
      const key = keyOf(call, scene.number);
      const there = moment?.content.entries.some(({ fact }) => {
        return fact.phase === 'intent' && fact.step === call.step && fact.attempt === call.attempt && fact.key === key;
      });
      return there ? undefined : `${call.step} ${call.attempt} under ${key}`;
    },
  },
  {
    name: 'P5 beginUnderLock',
    says: 'Money and claims are begun only while the hospital holds the bill for this settlement.',
    check: ({ scene, world, moment }, { step }) => {
      if (!BEGINNINGS.has(step) || (step === 'ins.undo' && mayHaveLeft(moment))) return undefined;
      if (step === 'ins.settle' && scene.scenario.flow === 'refund') return undefined;
      return world.bill.holder === 'us' ? undefined : `${step} while the bill is ${world.bill.confirmed ?? 'nobody’s'}`;
    },
  },
  {
    name: 'P6 nothingBegunForNobody',
    says: 'No claim is sent for the first time, and no money asked for, after the kiosk started again.',
    check: ({ scene, world, moment }, { step }) => {
      if (world.seen.lives === 1 || !BEGINNINGS.has(step)) return undefined;
      if (step === 'ins.undo' && mayHaveLeft(moment)) return undefined;
      // A refund that has undone is for ever on its way to its end.
      if (step === 'ins.settle' && scene.scenario.flow === 'refund') return undefined;
      return `${step} in life ${world.seen.lives}`;
    },
  },
  {
    name: 'P7 claimAfterMoney',
    says: 'Where money comes first, a claim is sent only when all of it is there.',
    check: ({ scene, world }, { step }) => {
      if (step !== 'ins.settle' || scene.order.plan !== 'payThenSettle') return undefined;
      const kept = keptFen(scene, world);
      return kept >= scene.collectFen ? undefined : `${kept} of ${scene.collectFen} fen`;
    },
  },
  {
    name: 'P8 messageIdsAreNew',
    says: 'No message id of money is ever used for two things, though the calendar stands still.',
    check: ({ world }, call) => {
      const mine = purposeOf(call);
      if (mine === undefined) return undefined;
      const id = mine.slice(0, mine.indexOf(' ') + 1);
      return world.seen.messages.find((used) => used.startsWith(id) && used !== mine);
    },
  },
  {
    name: 'P9 closeAfterQuestion',
    says: 'An order is closed only right after a question said that it is not paid.',
    check: ({ world: { seen } }, { step }) =>
      step === 'pay.close' && seen.lastPay !== 'open' && seen.lastPay !== 'notFound'
        ? `the last answer was ${seen.lastPay}`
        : undefined,
  },
  {
    name: 'P19 offSiteIsNotReversed',
    says: 'An off-site settlement is only asked after, never reversed.',
    check: ({ scene }, { step }) =>
      step === 'ins.reverse' && scene.scenario.isOffSite ? 'reversed blindly' : undefined,
  },
  {
    name: 'P16 undoneBeforeAnew',
    says: 'Kept lines settle anew only when the former settlement no longer counts.',
    check: ({ world }, { step }) =>
      step === 'ins.settle' && formerCounts(world) > 0 ? 'the former one counts' : undefined,
  },
];

/** Of an effect that reaches its party, just before the party acts. */
export const arrivalRules: readonly Rule<[Scene, World, Call]>[] = [
  {
    name: 'P10 refundAfterInsurance',
    says: 'Money goes back only when no claim of the settlement counts.',
    check: (_scene, world, { step }) =>
      step === 'pay.refund' && liveClaims(world) > 0 ? 'a claim still counts' : undefined,
  },
  {
    name: 'P11 refundAfterQuestion',
    says: 'Money goes back only after a question was answered with “paid” for that very order.',
    check: (_scene, { seen }, call) =>
      (call.step === 'pay.refund' || call.step === 'pay.return') && !seen.paid.includes(call.orderNumber)
        ? `nobody had asked after ${call.orderNumber}`
        : undefined,
  },
  {
    name: 'P12 unlockLast',
    says: 'The bill is let go only when no money and no claim of the settlement is left; notes are owed.',
    check: (scene, world, { step }) => {
      if (step !== 'hospital.unlock') return undefined;
      const kept = netFen(world.orders[scene.orderNumber]);
      const claims = liveClaims(world);
      return kept === 0 && claims === 0 ? undefined : `${kept} fen and ${claims} claims`;
    },
  },
  {
    name: 'P13 confirmWhatIs',
    says: 'The hospital is told of a settlement only when its claim counts and its money is there.',
    check: (scene, world, call) => {
      if (call.step !== 'hospital.confirm' || world.bill.confirmed) return undefined;
      // What the hospital has refused it refuses again when an earlier copy comes late. A centre that says two numbers
      // for one settlement may have been heard with the wrong one only.
      if (world.stubborn.includes('confirm') || world.seen.needs.includes('twoAnswers')) return undefined;
      const claim = call.centre && world.claims.find((one) => one.settlementId === call.centre?.settlementId)?.state;
      const kept = keptFen(scene, world);
      const former = formerCounts(world);
      if ((scene.isInsured ? claim === 'live' : claim === null) && kept >= scene.collectFen && former === 0)
        return undefined;
      return `claim ${claim}, former ${former}, ${kept} of ${scene.collectFen} fen`;
    },
  },
  {
    name: 'P18 oneCardSale',
    says: 'A sale reaches the bank terminal once: it asks for a card each time.',
    check: (_scene, { seen }, call) =>
      call.step === 'pay.charge' && call.by === 'card' && seen.orders.includes(call.orderNumber)
        ? `${call.orderNumber} again`
        : undefined,
  },
  {
    name: 'P17 returnAfterConfirm',
    says: 'Earlier money goes back only for what the hospital has confirmed.',
    check: (_scene, world, { step }) =>
      step === 'pay.return' && world.bill.confirmed !== 'us' ? 'the hospital knows nothing of it' : undefined,
  },
];

/** Of a schedule that has come to rest. */
export const endRules: readonly Rule<[Look]>[] = [
  {
    name: 'I6 everyOneEnds',
    says: 'Every settlement ends, or waits for a person; undisturbed ones within a quarter of an hour.',
    check: (look) => {
      const { seen, nowMs } = look.world;
      if (!isEnded(look))
        return waitsForPerson(look) || seen.needs.some((need) => need !== 'unreadable') ? undefined : 'never ends';
      const isWell = seen.troubles === 0 && seen.lives === 1;
      return isWell && nowMs - look.begunMs > WELL_MS ? `took ${nowMs - look.begunMs} ms` : undefined;
    },
  },
  {
    name: 'I8 toldOnce',
    says: 'Every end, every case and every upload that is owed stands once among what others are told.',
    check: (look) => {
      const { moment, scene } = look;
      const due = isEnded(look) ? [`${scene.number} ended`] : [`${scene.number} case`];
      if (isEnded(look) && viewOf(look)?.state === 'settled')
        due.push(`${scene.number} totals`, `${scene.number} settlementList`);
      return due.find((key) => !moment?.content.outbox.includes(key));
    },
  },
  {
    name: 'P14 zeroUnexplainedFen',
    says: 'All money and all claims at rest belong to a confirmed bill, or to a case that a person has.',
    check: (look) => {
      const { scene, world } = look;
      if (world.bill.confirmed === 'us' || viewOf(look)?.state === 'handedToPerson') return undefined;
      const kept = netFen(world.orders[scene.orderNumber]);
      const found = [kept, liveClaims(world), returnedFen(scene, world)];
      return found.some((sum) => sum !== 0) ? `${found.join(', ')}: fen, claims, fen gone back` : undefined;
    },
  },
];
