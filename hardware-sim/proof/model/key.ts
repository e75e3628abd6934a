/**
 * A moment in few words: two moments with the same words go on in the same ways, whatever led to them.
 *
 * Times count from now, and moments of earlier lives count from this life's beginning, as `moment.ts` has it. What the
 * order fixes is left out. Words become a number of 53 bits: among a million moments two different ones share it once
 * in twenty thousand runs, and then a part of the schedules would be counted without being walked.
 */

import type { CallStep } from '../../../firmware/settlement/facts.ts';
import type { Live } from '../../../firmware/settlement/folded-settlements.ts';
import type { Node } from './node.ts';
import { TROUBLES } from './trouble-table.ts';
import type { PayOrder, World } from './world.ts';

const STEPS = Object.keys(TROUBLES) as CallStep[];
/** Fields of the saga that its order fixed for good. */
const FIXED: ReadonlySet<string> = new Set([
  'flow',
  'billId',
  'billVersion',
  'plan',
  'collect',
  'paidBeforeFen',
  'collectFen',
  'former',
  'anew',
  'consentId',
  'sessionId',
  'offSite',
  'payOrderLifeMs',
  'quarantineMs',
  'sealed',
  'number',
]);

interface Timed {
  readonly boot: number;
  readonly monoMs: number;
}

/** A part of a state: the number of its words, and the moments in it, which the words leave out. */
interface Part {
  readonly words: string;
  readonly times: readonly Timed[];
}

const NO_TIMES: readonly Timed[] = [];

/** The words of one walk. */
export class Keys {
  /** States share most of their parts, so each is put into words once; the same words have one short number. */
  readonly #parts = new WeakMap<object, Part>();
  readonly #numbers = new Map<string, string>();

  of({ world, moment, doing, left }: Node): number {
    const { nowMs } = world;
    const boot = moment.content.counters['boot'] ?? 0;
    const { live } = moment;
    const kiosk = live ? this.#kiosk(live, nowMs, boot, moment.bornMs) : '';
    const act = doing.is === 'calling' ? doing.call.step : doing.is === 'waiting' ? doing.untilMs - nowMs : '';
    return hash(`${left.faults}${left.crashes}${left.patient}${left.all}|${act}|${kiosk}|${this.#world(world)}`);
  }

  #kiosk({ saga, pacing, running, held }: Live, nowMs: number, boot: number, bornMs: number): string {
    const { words, times } = this.#part(saga, FIXED);
    let all = `${running} ${words}`;
    let hasOld = false;
    for (const time of times) {
      const isOld = time.boot !== boot;
      hasOld ||= isOld;
      all += isOld ? ' old' : ` ${nowMs - time.monoMs}`;
    }
    for (const { fact } of held) all += this.#part(fact).words;
    const { pace } = pacing;
    for (const step of STEPS) {
      const misses = pacing.misses(step);
      const waitMs = (pace[step] ?? 0) - nowMs;
      if (misses > 0 || waitMs > 0) all += `;${step}${misses}/${waitMs > 0 ? waitMs : ''}`;
    }
    // Only then does it matter when this life began.
    return hasOld ? `${all};${nowMs - bornMs}` : all;
  }

  #part(value: object, leftOut?: ReadonlySet<string>): Part {
    const known = this.#parts.get(value);
    if (known) return known;
    let words = Array.isArray(value) ? '[' : '{';
    let times = NO_TIMES;
    for (const name of Object.keys(value)) {
      if (leftOut?.has(name)) continue;
      const inner = (value as Record<string, unknown>)[name];
      if (typeof inner !== 'object' || inner === null) {
        if (inner !== undefined) words += `${name}:${inner},`;
      } else if ('monoMs' in inner) {
        words += `${name}@,`;
        times = [...times, inner as Timed];
      } else {
        const part = this.#part(inner);
        words += `${name}:${part.words},`;
        if (part.times.length > 0) times = [...times, ...part.times];
      }
    }
    const part = { words: this.#number(words), times };
    this.#parts.set(value, part);
    return part;
  }

  #number(words: string): string {
    const known = this.#numbers.get(words);
    if (known !== undefined) return known;
    const number = `#${this.#numbers.size.toString(36)}`;
    this.#numbers.set(words, number);
    return number;
  }

  #world({ nowMs, bill, claims, refused, orders, cash, floating, stubborn, seen }: World): string {
    let words = `${bill.holder}${bill.holder ? bill.untilMs - nowMs : ''}${bill.confirmed}${bill.wasHeld}${bill.isLost}`;
    if (bill.unreadable) words += `~${bill.unreadable.left}${bill.unreadable.isDone}`;
    words += this.#part(claims).words + this.#part(seen).words + refused.join() + stubborn.join();
    for (const number in orders) {
      const order = orders[number];
      if (order) words += `${number}${orderWords(order, nowMs)}`;
    }
    const { escrow } = cash;
    words += `|${cash.counterFen}/${cash.stackedFen}`;
    if (escrow) words += `/${escrow.amountFen}/${Math.max(0, escrow.untilMs - nowMs)}`;
    for (const one of floating) {
      words += `|${one.dueMs - nowMs}${one.is}${this.#part(one.is === 'request' ? one.call : one.found).words}`;
    }
    return words;
  }
}

function orderWords(order: PayOrder, nowMs: number): string {
  const { state, paidFen, askedUntilMs, refunds } = order;
  let words = `${state}${paidFen}`;
  if (state === 'userPaying') words += `/${Math.max(0, askedUntilMs - nowMs)}`;
  for (const name in refunds) {
    const refund = refunds[name];
    if (refund) words += `${name}${refund.state}${refund.fails}`;
    if (refund?.state === 'pending') words += Math.max(0, refund.untilMs - nowMs);
  }
  return words;
}

/** cyrb53. */
function hash(words: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
