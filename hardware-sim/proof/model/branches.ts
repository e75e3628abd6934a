/**
 * Everything that can happen next: the quiet day first, then each trouble, power cut and whim that is still allowed.
 *
 * One promise: what is not listed here does not happen, and each branch begins from the same untouched moment.
 */

import { type Acted, act, type Core, powerOn, resume } from './kiosk.ts';
import type { Branch, Budget, Doing, Node, Pending } from './node.ts';
import { noteIn, phonePays } from './payment-side.ts';
import { purposeOf } from './rule-table.ts';
import { checkMoment, checkSend } from './rules.ts';
import { NOTES_FEN } from './scenario.ts';
import type { Scene } from './scene.ts';
import { TROUBLES } from './trouble-table.ts';
import { deliverRequest, meet, passing, without } from './wire.ts';
import { type World, withSeen, withWord } from './world.ts';

/** A card's password is typed while the call runs, and a device on a serial line does not hear a sale twice. */
const NOT_OF_A_CARD: ReadonlySet<string> = new Set(['pay.charge asks', 'pay.charge doubled']);

/** Power comes back at once, or when locks, orders and quarantines are long over. */
const OFF_MS = { shortly: 1_000, long: 4 * 3_600_000 } as const;
/** A patient in front of a demand needs that long. */
const PATIENT_MS = 1_000;

export function firstNode(core: Core, scene: Scene, left: Budget): Node {
  const world = scene.before;
  const { moment } = resume(powerOn(core, undefined, world.nowMs), world.nowMs);
  const pending: Pending = { what: 'begin', ask: (ledger) => ledger.begin(scene.order) };
  return { world, moment, doing: { is: 'resting' }, pending, left };
}

export function branchesOf(core: Core, scene: Scene, node: Node): readonly Branch[] {
  return node.pending ? acting(core, scene, node, node.pending) : [...going(scene, node), ...byOthers(scene, node)];
}

/** The act is done, or power goes before it or right after its commit. */
function acting(core: Core, scene: Scene, node: Node, pending: Pending): readonly Branch[] {
  const { world, moment, left } = node;
  const { nowMs } = world;
  const acted = pending.ask ? act(moment, nowMs, pending.ask) : resume(moment, nowMs);
  const out: Branch[] = [{ label: pending.what, node: done(scene, node, pending, acted) }];
  const rest = spend(left, 'crashes');
  if (!rest) return out;
  const cut = (label: string, content: Acted['moment']['content'], before: World): void => {
    for (const [how, offMs] of Object.entries(OFF_MS)) {
      const dark = inTheDark(scene, before, offMs);
      const reborn = powerOn(core, content, dark.nowMs);
      const again: Pending = { what: 'resume', ask: undefined };
      const next: Node = { world: dark, moment: reborn, doing: { is: 'resting' }, pending: again, left: rest };
      out.push({ label: `${pending.what}, power goes ${label}, ${how}`, node: next });
    }
  };
  if (pending.what !== 'resume' && pending.what !== 'begin') cut('before', moment.content, world);
  if (acted.moment.content !== moment.content)
    cut('after', acted.moment.content, heard(scene, world, pending, acted.moment));
  return out;
}

/** What was in the air for this kiosk is lost, a note in the escrow goes back, and nobody waits in front of it. */
function inTheDark(scene: Scene, world: World, offMs: number): World {
  const floating = world.floating.filter(({ is }) => is === 'request');
  const dark: World = { ...world, floating, cash: { ...world.cash, escrow: undefined } };
  return withSeen(passing(scene, dark, dark.nowMs + offMs), { lives: world.seen.lives + 1 });
}

function done(scene: Scene, node: Node, pending: Pending, { moment, action }: Acted): Node {
  let world = heard(scene, node.world, pending, moment);
  let doing: Doing = { is: 'resting' };
  if (action.do === 'call') doing = { is: 'calling', call: action.call };
  else if (action.do === 'wait') doing = { is: 'waiting', untilMs: world.nowMs + action.ms };
  else if (moment.live?.running) doing = node.doing;
  const look = { scene, world, moment, begunMs: scene.before.nowMs };
  checkMoment(look);
  if (action.do === 'call') {
    checkSend(look, action.call);
    const purpose = purposeOf(action.call);
    if (purpose && !world.seen.messages.includes(purpose))
      world = withSeen(world, { messages: withWord(world.seen.messages, purpose) });
  }
  return { world, moment, doing, pending: undefined, left: node.left };
}

/** The onlooker's notes of what the kiosk has heard for sure, and has said. */
function heard(scene: Scene, world: World, { found }: Pending, { status }: Acted['moment']): World {
  let { paid, lastPay, shown } = world.seen;
  if (found?.finding.verdict === 'ok') {
    if (found.step === 'pay.query' || found.step === 'pay.returnQuery') {
      const { state } = found.finding.value;
      const isPaid = state === 'paid' || state === 'refunded';
      const number = scene.order.returns[found.leg ?? -1]?.orderNumber ?? scene.orderNumber;
      if (isPaid) paid = withWord(paid, number);
      if (found.step === 'pay.query')
        lastPay = isPaid ? 'paid' : state === 'closed' || state === 'notFound' ? state : 'open';
    }
    if (found.step === 'pay.close') lastPay = 'closeTaken';
  }
  const state = status?.view.state;
  if (state === 'settled' || state === 'notSettled' || state === 'parked') shown ??= state;
  const { seen } = world;
  const isNew = paid !== seen.paid || lastPay !== seen.lastPay || shown !== seen.shown;
  return isNew ? withSeen(world, { paid, lastPay, shown }) : world;
}

/** What the kiosk is about goes on, quietly or with each trouble that is left. */
function going(scene: Scene, node: Node): readonly Branch[] {
  const { world, doing, left } = node;
  switch (doing.is) {
    case 'resting':
      return [];
    case 'waiting':
      return [waiting(scene, node, doing.untilMs)];
    case 'calling': {
      const { call } = doing;
      return TROUBLES[call.step].flatMap((trouble, place) => {
        const rest = place === 0 ? left : spend(left, 'faults');
        if (!rest || (scene.order.collect === 'card' && NOT_OF_A_CARD.has(`${call.step} ${trouble}`))) return [];
        const { world: after, found } = meet(scene, world, call, trouble);
        const pending: Pending = { what: 'report', ask: (ledger) => ledger.report(scene.number, found), found };
        return [{ label: `${call.step} ${trouble}`, node: { ...node, world: after, pending, left: rest } }];
      });
    }
  }
}

/** Until the pause is over, an answer is due, or the patient does what was meant. */
function waiting(scene: Scene, node: Node, untilMs: number): Branch {
  const { world } = node;
  const meant = patientMeans(scene, node);
  if (meant && world.nowMs + PATIENT_MS <= untilMs) return meant;
  const answer = world.floating.findIndex(({ is, dueMs }) => is === 'answer' && dueMs <= untilMs);
  const due = world.floating[answer];
  if (due) {
    const then = passing(scene, world, Math.max(world.nowMs, due.dueMs));
    return deliver(scene, { ...node, world: then }, then.floating.indexOf(due));
  }
  const pending: Pending = { what: 'wake', ask: (ledger) => ledger.wake(scene.number) };
  const pause = untilMs - world.nowMs;
  return { label: `${pause} ms pass`, node: { ...node, world: passing(scene, world, untilMs), pending } };
}

/** What the patient came for, as long as the kiosk that was asked is still in its first life. */
function patientMeans(scene: Scene, node: Node): Branch | undefined {
  const { seen } = node.world;
  const view = node.moment.status?.view;
  const { patient } = scene.scenario;
  if (seen.lives > 1) return undefined;
  const { patientActs: acts } = seen;
  const later = passing(scene, node.world, node.world.nowMs + PATIENT_MS);
  const world = withSeen(later, { patientActs: acts + 1 });
  const noted = (label: string, ask: Pending['ask']): Branch => {
    return { label, node: { ...node, world, pending: { what: 'note', ask } } };
  };
  const quits = (): Branch =>
    noted('the patient gives up', (ledger) => ledger.note(scene.number, { note: 'giveUp', reason: 'patientGaveUp' }));
  if (view?.state === 'awaitingPayment') {
    if (patient === 'quits' && acts === 0) return quits();
    if (patient === 'shows' && acts === 0) {
      return noted('the patient shows a code', (ledger) => ledger.note(scene.number, { note: 'codeShown' }));
    }
    if (patient === 'shows' && acts === 1 && node.world.orders[scene.orderNumber]?.state !== 'userPaying')
      return quits();
    if (patient === 'waits' || patient === 'quits' || acts > (patient === 'shows' ? 1 : 0)) return undefined;
    return {
      label: 'the phone pays',
      node: seenBy(scene, { ...node, world: phonePays(world, scene.orderNumber) ?? world }),
    };
  }
  if (view?.state !== 'awaitingCash') return undefined;
  if (patient !== 'pays' && acts > 0) return patient === 'quits' && acts === 1 ? quits() : undefined;
  if (acts > NOTES_FEN.length) return acts === NOTES_FEN.length + 1 ? quits() : undefined;
  const amountFen = NOTES_FEN.find((note) => note <= view.missingFen);
  const { escrow, counterFen } = world.cash;
  if (amountFen === undefined || (escrow && world.nowMs < escrow.untilMs)) return undefined;
  const note = { note: 'noteInserted', amountFen, counterFen } as const;
  const branch = noted('the patient puts a note in', (ledger) => ledger.note(scene.number, note));
  return { ...branch, node: { ...branch.node, world: noteIn(world, amountFen) } };
}

/** What does not wait for the kiosk: messages on their way, and the patient's second thoughts. */
function byOthers(scene: Scene, node: Node): readonly Branch[] {
  const { world, moment, left, doing } = node;
  const out = world.floating.map((_, place) => deliver(scene, node, place));
  const rest = spend(left, 'patient');
  if (!rest) return out;
  const paid = phonePays(world, scene.orderNumber);
  if (paid) out.push({ label: 'the phone pays, unasked', node: seenBy(scene, { ...node, world: paid, left: rest }) });
  if (doing.is === 'resting' || world.seen.lives > 1 || !moment.content.isOpen) return out;
  const leaves: Pending = {
    what: 'note',
    ask: (ledger) => ledger.note(scene.number, { note: 'giveUp', reason: 'patientGone' }),
  };
  out.push({ label: 'the patient is gone', node: { ...node, pending: leaves, left: rest } });
  return out;
}

function deliver(scene: Scene, node: Node, place: number): Branch {
  const message = node.world.floating[place];
  const nth = place > 0 ? ` (${place + 1} on its way)` : '';
  if (message?.is === 'answer') {
    const { found } = message;
    const pending: Pending = { what: 'late', ask: (ledger) => ledger.late(scene.number, found) };
    return {
      label: `late answer of ${found.step}${nth}`,
      node: { ...node, world: without(node.world, place), pending },
    };
  }
  const label = `late arrival of ${message?.call.step}${nth}`;
  return { label, node: seenBy(scene, { ...node, world: deliverRequest(scene, node.world, place) }) };
}

/** The world has changed and the kiosk knows nothing of it. */
function seenBy(scene: Scene, node: Node): Node {
  checkMoment({ scene, world: node.world, moment: node.moment, begunMs: scene.before.nowMs });
  return node;
}

function spend(left: Budget, kind: 'faults' | 'crashes' | 'patient'): Budget | undefined {
  if (left.all === 0 || left[kind] === 0) return undefined;
  return { ...left, [kind]: left[kind] - 1, all: left.all - 1 };
}
