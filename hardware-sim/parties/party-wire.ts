/**
 * A party behind a wire that may misbehave.
 *
 * `fates` and `party` are what an in-memory line asks, in this order, for each
 * exchange; `carry` is the same for a real server. One promise: a late request
 * reaches the party by the clock even when its sender has gone.
 */
import type { Clock } from '../../drivers/ports.ts';
import type { Hindrance, Mischief, WireFate } from './mischief.ts';
import type { Party, PartyAnswer, PartyRequest } from './party.ts';

/** The part of a clock that a wire needs. */
export type WireClock = Pick<Clock, 'timer'>;

const DOUBLE_AFTER_MS = 40;

export class PartyWire {
  readonly mischief: Mischief;
  /** The party with this wire's changes to its answers. */
  readonly party: Party;
  readonly fates: { fateOf(request: PartyRequest): WireFate };
  readonly #inner: Party;
  readonly #clock: WireClock;
  readonly #hindrances = new WeakMap<PartyRequest, Hindrance>();

  constructor(party: Party, mischief: Mischief, clock: WireClock) {
    this.#inner = party;
    this.#clock = clock;
    this.mischief = mischief;
    this.fates = { fateOf: (request) => this.#decide(request) };
    this.party = { handle: (request) => this.#handle(request) };
  }

  /** Carries one exchange as its fate says; `heard` is called once or never. */
  carry(request: PartyRequest, heard: (answer: PartyAnswer) => void): WireFate {
    const fate = this.fates.fateOf(request);
    if (fate.before === 'lose') return fate;
    const answer = this.party.handle(request);
    if (fate.before === 'double') this.#clock.timer(DOUBLE_AFTER_MS, () => this.party.handle(request));
    if (fate.answer === 'deliver') heard(answer);
    else if (fate.answer !== 'lose' && 'replace' in fate.answer) heard(fate.answer.replace);
    else if (fate.answer !== 'lose') this.#clock.timer(fate.answer.delayMs, () => heard(answer));
    return fate;
  }

  #decide(request: PartyRequest): WireFate {
    const { fate, hindrance } = this.mischief.next(request);
    if (hindrance.transform) this.#hindrances.set(request, hindrance);
    if (hindrance.lateByMs !== undefined) this.#clock.timer(hindrance.lateByMs, () => this.#inner.handle(request));
    return fate;
  }

  #handle(request: PartyRequest): PartyAnswer {
    const answer = this.#inner.handle(request);
    return this.#hindrances.get(request)?.transform?.(answer, request) ?? answer;
  }
}
