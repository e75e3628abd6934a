/**
 * The guide desk (导诊台): calls from kiosks, and what became of complaints.
 *
 * One promise: a call rings once however often it is asked for, and a complaint is known from the moment its report came.
 */
import { ContractRefusal } from '../json-exchange.ts';
import { textOf, type WireObject } from '../wire-json.ts';
import type { HospitalOffice } from './hospital-office.ts';

export interface HelpCall {
  readonly requestId: string;
  readonly kioskId: string;
  readonly screen: string;
  readonly staffCode: string;
  state: 'ringing' | 'coming' | 'over';
}

export class GuideDesk {
  /** Hands: nobody sits there. */
  closed = false;
  readonly calls: HelpCall[] = [];
  readonly #office: HospitalOffice;
  readonly #answers = new Map<string, string>();

  constructor(office: HospitalOffice) {
    this.#office = office;
  }

  /** @throws ContractRefusal */
  call(call: Omit<HelpCall, 'state'>): void {
    if (this.closed) throw new ContractRefusal(409, 'nobodyThere', 'nobody sits at the guide desk');
    if (this.calls.some(({ requestId }) => requestId === call.requestId)) return;
    this.calls.push({ ...call, state: 'ringing' });
  }

  /** @throws ContractRefusal */
  stateOf(requestId: string): WireObject {
    return { state: this.#known(requestId).state === 'coming' ? 'coming' : 'ringing' };
  }

  /** @throws ContractRefusal */
  end(requestId: string): void {
    this.#known(requestId).state = 'over';
  }

  /** Hands: somebody takes the call that has rung longest. */
  answerCall(): void {
    const ringing = this.calls.find(({ state }) => state === 'ringing');
    if (ringing) ringing.state = 'coming';
  }

  /** Hands: the oldest complaint without an answer gets one. */
  answerComplaint(words: string): void {
    const [open] = this.complaints().filter((number) => !this.#answers.has(number));
    if (open) this.#answers.set(open, words);
  }

  /** Numbers, the oldest first. */
  complaints(): readonly string[] {
    return [...this.#office.events.values()].flatMap((event) =>
      textOf(event, 'task') === 'complaint' ? (textOf(event, 'taskNumber') ?? []) : [],
    );
  }

  /** @throws ContractRefusal */
  answerTo(number: string): WireObject {
    const event = [...this.#office.events.values()].find(
      (one) => textOf(one, 'task') === 'complaint' && textOf(one, 'taskNumber') === number,
    );
    if (!event) throw new ContractRefusal(404, 'unknownNumber', 'no complaint has this number');
    const { about } = JSON.parse(textOf(event, 'facts') ?? '{}') as { readonly about?: string };
    const answer = this.#answers.get(number);
    return { state: answer === undefined ? 'received' : 'answered', about: about ?? 'other', answer: answer ?? null };
  }

  #known(requestId: string): HelpCall {
    const call = this.calls.find((one) => one.requestId === requestId);
    if (!call) throw new ContractRefusal(404, 'unknownCall', 'nobody called under this number');
    return call;
  }
}
