/**
 * The desk of the proof: does what a ledger asks for, as firmware/settlement/desk.ts does, without promises.
 *
 * Call, deadline, late answer, wait and rest. It lives as long as one life of its kiosk.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { CallStep, Found } from '../../firmware/settlement/facts.ts';
import type { Action, Ledger, Step } from '../../firmware/settlement/settlement-ledger.ts';
import type { SettlementStatus } from '../../firmware/settlement/settlements.ts';
import type { Kiosk } from './kiosk.ts';
import { noteAnswer, type Sending, send } from './sending.ts';
import type { SettlementRecord } from './settlement-record.ts';
import { partyOf, type Site } from './site.ts';
import { deadlineMs } from './wire.ts';

interface Track {
  readonly record: SettlementRecord;
  /** Grows with every wait and call: an older timer is void. */
  turn: number;
  running: Sending | undefined;
}

export interface DeskParts {
  readonly site: Site;
  readonly kiosk: Kiosk;
  /** Whether this life goes on. */
  readonly isAlive: () => boolean;
  /** Asks the ledger; `undefined` when that ended this life. */
  readonly ask: (step: CallStep | undefined, work: (ledger: Ledger) => Step) => Step | undefined;
  readonly say: (record: SettlementRecord, status: SettlementStatus) => void;
  readonly onEnded: (record: SettlementRecord) => void;
}

export class Desk {
  readonly #parts: DeskParts;
  readonly #tracks = new Map<string, Track>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get records(): readonly SettlementRecord[] {
    return [...this.#tracks.values()].map(({ record }) => record);
  }

  has(number: string): boolean {
    return this.#tracks.has(number);
  }

  /** Looks after a settlement from now on. */
  take(record: SettlementRecord, step: Step): void {
    const track: Track = { record, turn: 0, running: undefined };
    this.#tracks.set(record.number, track);
    this.#follow(track, step);
  }

  /** What followed from a note of somebody else. */
  follow(record: SettlementRecord, step: Step): void {
    const track = this.#tracks.get(record.number);
    if (track) this.#follow(track, step);
    else this.#parts.say(record, step.status);
  }

  #follow(track: Track, { status, action }: Step): void {
    this.#act(track, action);
    if (this.#parts.isAlive()) this.#parts.say(track.record, status);
  }

  #act(track: Track, action: Action): void {
    const { site, isAlive, onEnded } = this.#parts;
    switch (action.do) {
      case 'call':
        track.turn += 1;
        this.#call(track, action.call);
        return;
      case 'wait': {
        track.turn += 1;
        const { turn } = track;
        site.agenda.after(action.ms, () => {
          if (isAlive() && track.turn === turn)
            this.#turn(track, undefined, (ledger) => ledger.wake(track.record.number));
        });
        return;
      }
      case 'rest':
        if (!action.ended) return;
        this.#tracks.delete(track.record.number);
        onEnded(track.record);
    }
  }

  #call(track: Track, call: Call): void {
    const { site, kiosk, isAlive } = this.#parts;
    const sending = send({ site, kiosk, record: track.record }, call, (own, found) => {
      if (isAlive()) this.#heard(track, own, found);
    });
    if (!sending) return;
    track.running = sending;
    const limitMs = deadlineMs(call.step);
    if (sending.heardMs !== undefined && sending.heardMs < limitMs) return;
    site.agenda.after(limitMs, () => {
      if (!isAlive() || track.running !== sending) return;
      sending.late = true;
      const finding = { verdict: 'unknown', detail: 'no answer in time' } as const;
      const leg = 'leg' in call ? { leg: call.leg } : {};
      this.#heard(track, sending, { step: call.step, attempt: call.attempt, ...leg, finding } as Found);
    });
  }

  #heard(track: Track, sending: Sending, found: Found): void {
    const { number } = track.record;
    const { step, attempt } = sending.call;
    if (track.running === sending) {
      track.running = undefined;
      noteAnswer(track.record, sending.call, found);
      this.#turn(track, step, (ledger) => ledger.report(number, found));
    } else if (sending.late && attempt > 0) this.#turn(track, step, (ledger) => ledger.late(number, found));
  }

  #turn(track: Track, step: CallStep | undefined, work: (ledger: Ledger) => Step): void {
    const { site, kiosk, ask } = this.#parts;
    const { luck } = site;
    // A party that is away is asked every minute for hours: no reason for the disk to fail more often.
    const trouble = step && !site.isDown(partyOf(step)) ? luck.disk(step, track.record) : undefined;
    // Mostly full at once, sometimes only for a later and larger transaction.
    if (step && trouble) {
      kiosk.disk.arm(trouble, step, Math.min(luck.draw.between(0, 4), luck.draw.between(0, 2)));
    }
    const next = ask(step, work);
    if (next) this.#follow(track, next);
  }
}
