/**
 * The person in front of the screen: sees screens, touches, and uses hands.
 *
 * It speaks the page's own messages and nothing else, so what it can do a real
 * finger can do. Steps are taken strictly in order.
 */

import type { Clock } from '../../drivers/ports.ts';
import type { FromPage, Intent, ScreenBody, ToPage } from '../../firmware/screen/messages.ts';
import type { HandName } from '../world/hands.ts';
import type { BayHandName } from './hall-bays.ts';
import type { Step, Touch } from './scenario.ts';

/** One page of the kiosk, as a finger and an eye have it. */
export interface PageDoor {
  connect(listener: (message: ToPage) => void): { send(message: FromPage): void; close(): void };
}

export interface ActorParts {
  readonly steps: readonly Step[];
  readonly clock: Clock;
  readonly hand: (name: HandName | BayHandName, given: string | number | undefined) => void;
}

/** Touches that need what was given, or what was seen before. */
type Given = 'search' | 'row' | 'choose' | 'amount' | 'category' | 'injury' | 'typeNumber' | 'typed';

const intents: Readonly<Record<Exclude<Touch, Given>, Intent>> = {
  prices: { do: 'prices' },
  keep: { do: 'priceKeep', keep: true },
  priceList: { do: 'priceList' },
  print: { do: 'print' },
  withoutCard: { do: 'withoutCard' },
  start: { do: 'start', journey: 'settleOutpatient' },
  startRegistration: { do: 'start', journey: 'registration' },
  startInpatient: { do: 'start', journey: 'inpatient' },
  startRefund: { do: 'start', journey: 'refund' },
  startRecords: { do: 'start', journey: 'records' },
  startGuides: { do: 'start', journey: 'guides' },
  startProxy: { do: 'start', journey: 'proxy' },
  startComplaint: { do: 'start', journey: 'complaint' },
  startReprint: { do: 'start', journey: 'reprint' },
  findMoney: { do: 'findMoney' },
  menuPapers: { do: 'menu', menu: 'papers' },
  menuMore: { do: 'menu', menu: 'more' },
  confirm: { do: 'confirm' },
  decline: { do: 'decline' },
  pay: { do: 'pay', method: 'phone' },
  cancel: { do: 'cancel' },
  help: { do: 'help' },
  useAccount: { do: 'useAccount', use: true },
  leaveAccount: { do: 'useAccount', use: false },
  sign: { do: 'sign', signer: 'patient' },
  rate: { do: 'rate', stars: 5 },
  english: { do: 'setLanguage', language: 'en' },
  chinese: { do: 'setLanguage', language: 'zh' },
  park: { do: 'park' },
  ownExpense: { do: 'ownExpense' },
  takeTicket: { do: 'takeTicket' },
  largeText: { do: 'setTextSize', textSize: 'large' },
};

/** @param row counted from 1 */
function openRow(body: ScreenBody, row: number): Intent | undefined {
  const code = body.name === 'S-PRICE' || body.name === 'S-PRICE-LIST' ? body.rows[row - 1]?.code : undefined;
  return code === undefined ? undefined : { do: 'priceItem', code };
}

/** A person looks before acting, ms. */
const GLANCE_MS = 400;
/** From one key to the next, ms. */
const KEY_MS = 450;

export class Actor {
  readonly #parts: ActorParts;
  readonly screens: string[] = [];
  touches = 0;
  #next = 0;
  #pending = false;
  #page: { send(message: FromPage): void; close(): void } | undefined;
  #shown: { readonly id: string; readonly body: ScreenBody } | undefined;
  /** The newest settlement's number, as somebody reads it off the page. */
  #number = '';

  constructor(parts: ActorParts) {
    this.#parts = parts;
  }

  /** All steps are taken. */
  get done(): boolean {
    return this.#next >= this.#parts.steps.length;
  }

  /** The step that is waited for, in words, for a run that got stuck. */
  get waitingFor(): string {
    const step = this.#step();
    return step ? `step ${this.#next + 1}: ${JSON.stringify(step)}` : 'nothing';
  }

  get screen(): ScreenBody | undefined {
    return this.#shown?.body;
  }

  /** Stands in front of a kiosk that has just (re)started. */
  face(page: PageDoor): void {
    this.#page = page.connect((message) => {
      if (message.type !== 'screen') return;
      const { body, id } = message.screen;
      this.#shown = { id, body };
      if (body.name === 'S-DONE' || body.name === 'S-RECOVER') this.#number = body.number.replace(/^[a-z]+_/, '');
      if (this.screens.at(-1) !== body.name) this.screens.push(body.name);
      this.#consider();
    });
    this.#consider();
  }

  /** The kiosk lost its power: the screen is dark. */
  turnAway(): void {
    this.#page = undefined;
    this.#shown = undefined;
  }

  /** The simulator tells that a transaction reached its party (before or after it was done there). */
  callReached(call: string, moment: 'before' | 'after'): void {
    const step = this.#step();
    if (!step || step.call !== call || step.moment !== moment || this.#pending) return;
    // At this very instant: a glance later the answer would have been heard.
    this.#take(step);
  }

  #consider(): void {
    const step = this.#step();
    if (!step || this.#pending || step.call !== undefined) return;
    if (step.on !== undefined && this.#shown?.body.name !== step.on) return;
    this.#pending = true;
    this.#parts.clock.timer(step.after ?? GLANCE_MS, () => {
      this.#pending = false;
      // The screen may have changed while the hand was moving; then it waits for that screen again.
      if (step.on !== undefined && this.#shown?.body.name !== step.on) return this.#consider();
      this.#take(step);
    });
  }

  #take(step: Step): void {
    this.#next += 1;
    if (step.touch) this.#touch(step.touch, step.with);
    if (step.do) this.#parts.hand(step.do, step.with);
    this.#consider();
  }

  #touch(touch: Touch, given: string | number | undefined): void {
    if (!this.#shown) return;
    const { id, body } = this.#shown;
    if (touch === 'search') {
      const [kind = '', text = ''] = String(given).split(' ');
      this.#type(kind, text, 1);
      return;
    }
    this.touches += 1;
    const intent = touch === 'row' ? openRow(body, Number(given)) : intentOf(touch, given ?? this.#number);
    if (intent) this.#page?.send({ type: 'intent', screenId: id, intent });
  }

  /** A key each, then the kind. */
  #type(kind: string, text: string, keys: number): void {
    this.touches += 1;
    const typed = keys <= text.length;
    this.#search(typed ? 'none' : kind, text.slice(0, keys));
    if (typed) this.#parts.clock.timer(KEY_MS, () => this.#type(kind, text, keys + 1));
  }

  #search(kind: string, text: string): void {
    const known = (['service', 'drug', 'consumable'] as const).find((one) => one === kind) ?? 'none';
    const screenId = this.#shown?.id ?? '';
    this.#page?.send({ type: 'intent', screenId, intent: { do: 'priceSearch', kind: known, text } });
  }

  #step(): Step | undefined {
    return this.#parts.steps[this.#next];
  }
}

function intentOf(touch: Exclude<Touch, 'search' | 'row'>, what: string | number): Intent {
  switch (touch) {
    case 'choose':
      return { do: 'choose', id: String(what) };
    case 'amount':
      return { do: 'amount', amountFen: Number(what) };
    case 'category':
      return { do: 'category', code: String(what) };
    case 'injury':
      return { do: 'injury', cause: what === 'other' ? 'other' : 'self' };
    case 'typed':
      return { do: 'typed', text: String(what) };
    case 'typeNumber':
      return { do: 'number', number: String(what) };
    default:
      return intents[touch];
  }
}
