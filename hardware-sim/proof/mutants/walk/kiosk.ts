/**
 * The production ledger walking through one situation on virtual time, by one script.
 *
 * Everything is decided by the two: the same walk twice is the same to the last call.
 */
import type { Call } from '../../../../firmware/settlement/call.ts';
import type { Found } from '../../../../firmware/settlement/facts.ts';
import { NotAllowedError } from '../../../../firmware/settlement/ledger-errors.ts';
import type { Ledger, LedgerNote, Step } from '../../../../firmware/settlement/settlement-ledger.ts';
import { SeededRandom } from '../../../world/seeded-random.ts';
import { type AnyFinding, answer, noteAnswer, noteKeys } from './answers.ts';
import { Calendar } from './calendar.ts';
import { arrays, type Disk, database, type WalkClock } from './disks.ts';
import { newParties } from './new-parties.ts';
import { facts } from './orders.ts';
import { atArrival, atEnd, atInstant, atSaid, atSend, atSlip, type Broken } from './promises.ts';
import type { Situation, Walked } from './situation.ts';
import { newTrip, type Parties, type Trip } from './trip.ts';
import { met, type Script } from './trouble.ts';
import { deliver } from './uploads.ts';
import { bringTwice, print, putIn, tryToPrint } from './visitors.ts';
import { carry, type Ends } from './wire.ts';

/** 2026-11-22 09:00 in Beijing, Unix ms. */
const START_WALL_MS = 1_795_309_200_000;
const OFF_MS = 15_000;
const LONGEST_MS = 6 * 3_600_000;
export function walk(situation: Situation, script: Script): Walked {
  return new Kiosk(situation, script).run();
}

class Kiosk {
  readonly #situation: Situation;
  readonly #script: Script;
  readonly #calendar = new Calendar();
  readonly #parties: Parties;
  readonly #disk: Disk;
  readonly #random = new SeededRandom(1, 'walk');
  readonly #trips = new Map<string, Trip>();
  readonly #broken: Broken[] = [];
  readonly #calls: string[] = [];
  readonly #notesLeft: number[];
  #places = 0;
  #life = 0;
  #isOn = false;
  #bootedAtMs = 0;
  #wallErrorMs = 0;
  #awayUntilMs = 0;
  #nextOrder = 0;
  #showsCode: boolean;
  #ledger: Ledger | undefined;

  constructor(situation: Situation, script: Script) {
    this.#situation = situation;
    this.#script = script;
    this.#parties = newParties(this.#calendar);
    situation.arrange?.(this.#parties);
    this.#notesLeft = [...(situation.notes ?? [])];
    this.#showsCode = situation.showsCode === true;
    this.#disk = (situation.onStore ? database : arrays)(() => this.#mayCut());
  }

  run(): Walked {
    this.#calendar.after(0, () => this.#start());
    for (let ended = false; !ended && this.#broken.length === 0; ) {
      const happen = this.#calendar.take(LONGEST_MS);
      if (happen) this.#guarded(happen);
      else ended = true;
      for (const trip of this.#trips.values()) atInstant(trip, this.#parties, this.#say);
    }
    if (this.#broken.length === 0) this.#end();
    this.#disk.close();
    const states = [...this.#trips.values()].map(({ said }) => said?.view.state);
    return { broken: this.#broken, calls: this.#calls, places: this.#places, states };
  }

  #end(): void {
    const { persons = [] } = this.#situation;
    const trips = [...this.#trips.values()];
    for (const trip of trips) atEnd(trip, this.#parties, persons, this.#say);
    const ledger = this.#ledger;
    if (ledger) this.#guarded(() => deliver(ledger, trips, this.#disk, this.#situation.turnsBit === true, this.#say));
  }

  readonly #say = (invariant: string, detail: string): void => {
    this.#broken.push({ invariant, detail });
  };

  /** The ledger throws only refusals that have a name, and stops when its disk did. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!this.#isOn) return;
      this.#isOn = false;
      this.#say('I0 coreNeverThrows', error instanceof Error ? `${error.name}: ${error.message}` : 'something');
    }
  }

  #mayCut(): void {
    const isHere = this.#script.cuts.has(this.#places);
    this.#places += 1;
    if (!isHere) return;
    this.#isOn = false;
    this.#parties.box.giveBack();
    for (const trip of this.#trips.values()) {
      trip.money = undefined;
      trip.troubles += 1;
    }
    this.#calendar.after(OFF_MS, () => this.#start());
    throw new Error('the power is off');
  }

  #start(): void {
    this.#life += 1;
    this.#isOn = true;
    this.#bootedAtMs = this.#calendar.nowMs;
    const ledger = this.#disk.open(this.#clock(), this.#random);
    this.#ledger = ledger;
    for (const { step, order } of ledger.resume(facts)) {
      const { number } = step.status;
      const trip = this.#trips.get(number) ?? newTrip(number, order, this.#life - 1);
      this.#trips.set(number, trip);
      this.#follow(trip, step);
    }
    for (const trip of this.#trips.values()) {
      const status = ledger.status(trip.number);
      atSaid(trip.said, status, this.#say);
      if (!status) continue;
      trip.said = status;
      trip.hasEnded ||= !ledger.open().includes(trip.number);
    }
    if (this.#nextOrder === 0 || this.#trips.size < this.#nextOrder) this.#beginNext();
    else for (const trip of this.#trips.values()) if (trip.hasEnded) this.#afterwards(trip);
  }

  #clock(): WalkClock {
    return {
      monotonicMs: () => this.#calendar.nowMs - this.#bootedAtMs + 1_000,
      wallMs: () => START_WALL_MS + (this.#situation.isCalendarDead ? 0 : this.#calendar.nowMs) + this.#wallErrorMs,
      timer: () => () => undefined,
    };
  }

  /** A patient whose order did not reach the disk comes again. */
  #beginNext(): void {
    const { orders, atOnce } = this.#situation;
    this.#nextOrder = this.#trips.size;
    const order = orders[this.#nextOrder];
    const ledger = this.#ledger;
    if (!order || !ledger || !this.#isOn) return;
    this.#nextOrder += 1;
    const step = ledger.begin(order);
    const trip = newTrip(step.status.number, order, this.#life);
    this.#trips.set(trip.number, trip);
    if (step.action.do === 'call') bringTwice(ledger, trip, this.#say);
    this.#follow(trip, step);
    if (atOnce) this.#beginNext();
  }

  #follow(trip: Trip, { status, action }: Step): void {
    atSaid(trip.said, status, this.#say);
    trip.said = status;
    trip.money = this.#ledger?.money(trip.number);
    const { state } = status.view;
    if (action.do === 'rest' && action.ended && !trip.hasEnded) {
      trip.hasEnded = true;
      this.#soon(100, () => this.#afterwards(trip));
    } else if (state !== 'settled') tryToPrint(this.#open(), trip, this.#say);
    if (action.do === 'wait') this.#soon(action.ms, () => this.#follow(trip, this.#open().wake(trip.number)));
    if (action.do === 'call') this.#call(trip, action.call);
    if (state === 'awaitingPayment' && this.#showsCode) {
      this.#showsCode = false;
      this.#hand(trip, { note: 'codeShown' });
    }
    if (state === 'awaitingCash') {
      const take = putIn(trip, this.#notesLeft, this.#parties.box, (note) => this.#hand(trip, note));
      this.#soon(700, take);
    }
  }

  /** The slip, or two when nobody knows whether the first came out; then the next patient. */
  #afterwards(trip: Trip): void {
    if (trip.said?.view.state === 'settled' && trip.slips.length < 2) {
      for (let slip = 0; slip < 2; slip += 1) {
        print(this.#open(), trip, () => this.#mayCut());
        atSlip(trip, this.#parties, this.#say);
      }
    }
    this.#beginNext();
  }

  #hand(trip: Trip, note: LedgerNote): boolean {
    try {
      this.#follow(trip, this.#open().note(trip.number, note));
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError) return false;
      throw error;
    }
  }

  #open(): Ledger {
    if (!this.#ledger) throw new Error('The kiosk is off.');
    return this.#ledger;
  }

  /** Within this life. */
  #soon(ms: number, happen: () => void): void {
    const life = this.#life;
    this.#calendar.after(ms, () => {
      if (this.#isOn && this.#life === life) happen();
    });
  }

  #call(trip: Trip, call: Call): void {
    const nth = this.#calls.length;
    this.#calls.push(call.step);
    this.#play(trip, nth);
    this.#mayCut();
    noteKeys(call, trip);
    atSend(call, trip, this.#parties, this.#life, this.#say);
    const isAway = this.#calendar.nowMs < this.#awayUntilMs;
    const trouble = met(call, trip, isAway ? 'unreachable' : this.#script.troubles.get(nth));
    if ('messageId' in call && trouble !== 'unreachable') trip.mayHaveLeft.add(call.messageId);
    const hear: Ends['hear'] = (finding, ms, isLate = false) => this.#hear(trip, call, finding, ms, isLate);
    const arrive = (): AnyFinding => {
      atArrival(call, trip, this.#parties, this.#disk.hasIntent, this.#say);
      return answer(call, trip, this.#parties);
    };
    // The code that was shown went with the machine's memory.
    const isCodeGone = call.step === 'pay.charge' && call.by === 'code' && this.#life !== trip.begunLife;
    if (isCodeGone) hear({ verdict: 'fail', reason: 'badCode', detail: '' }, 10);
    else carry(call, trouble, { calendar: this.#calendar, arrive, hear });
  }

  /** What the script has for the moment at which a call leaves. */
  #play(trip: Trip, nth: number): void {
    const { leaves, outage, jump } = this.#script;
    if (leaves?.call === nth) this.#soon(20, () => this.#hand(trip, { note: 'giveUp', reason: leaves.reason }));
    if (jump?.call === nth) this.#soon(40, () => (this.#wallErrorMs = jump.ms));
    if (outage?.call !== nth) return;
    this.#awayUntilMs = this.#calendar.nowMs + outage.ms;
    for (let ms = 0; ms < outage.ms; ms += 30_000) {
      this.#calendar.after(ms, () => this.#parties.hospital.takeAtWindow());
    }
  }

  #hear(trip: Trip, call: Call, finding: AnyFinding, ms: number, isLate: boolean): void {
    if (isLate && call.attempt === 0) return;
    this.#soon(ms, () => {
      this.#mayCut();
      const leg = 'leg' in call ? { leg: call.leg } : {};
      const found = { step: call.step, attempt: call.attempt, ...leg, finding } as Found;
      noteAnswer(call, finding, trip, isLate);
      const ledger = this.#open();
      this.#follow(trip, isLate ? ledger.late(trip.number, found) : ledger.report(trip.number, found));
    });
  }
}
