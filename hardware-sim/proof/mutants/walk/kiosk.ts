/**
 * The production ledger walking through one situation on virtual time, by one script.
 *
 * Everything is decided by the two: the same walk twice is the same to the last call.
 */
import type { Call } from '../../../../firmware/settlement/call.ts';
import { DEADLINES_MS, OTHER_DEADLINE_MS } from '../../../../firmware/settlement/deadlines.ts';
import type { Found } from '../../../../firmware/settlement/facts.ts';
import { BillUnderWayError, NotAllowedError } from '../../../../firmware/settlement/ledger-errors.ts';
import type { Ledger, LedgerNote, Step } from '../../../../firmware/settlement/settlement-ledger.ts';
import { SeededRandom } from '../../../world/seeded-random.ts';
import { type AnyFinding, answer, noteAnswer, noteKeys } from './answers.ts';
import { Broker } from './broker.ts';
import { Calendar } from './calendar.ts';
import { Centre } from './centre.ts';
import { arrays, type Disk, database } from './disks.ts';
import { Hospital } from './hospital.ts';
import { NoteBox } from './note-box.ts';
import { atArrival, atEnd, atInstant, atSaid, atSend, atSlip, type Broken, ownPromises } from './promises.ts';
import type { Situation } from './situation.ts';
import { newTrip, type Parties, type Trip } from './trip.ts';
import { LATE_MS, type Script, type Trouble, troubleAt } from './trouble.ts';
import { deliver } from './uploads.ts';

/** The power went off. */
class PowerCut extends Error {}

const UNKNOWN: AnyFinding = { verdict: 'unknown', detail: 'no answer' };
const NOT_SENT: AnyFinding = { verdict: 'fail', reason: 'unreachable', detail: 'no route' };
/** 2026-11-22 09:00 in Beijing, Unix ms. */
const START_WALL_MS = 1_795_309_200_000;
const OFF_MS = 15_000;
/** Of a lock: what comes after the bill was let go holds it until its own time. */
const LATE: readonly Trouble[] = ['requestLate', 'allLate', 'echo'];
const LONGEST_MS = 6 * 3_600_000;
/** Money numbers two messages a second at most here, so that a second that comes again is noticed. */
const facts = {
  institutionCode: 'H99000000001',
  areaCode: '990100',
  messageSequence: { first: 100, last: 101 },
};

export interface Walked {
  readonly broken: readonly Broken[];
  readonly calls: readonly string[];
  /** Places at which the power could have gone. */
  readonly places: number;
  readonly states: readonly (string | undefined)[];
}

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
  #notesLeft: number[];
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
    const after = this.#calendar.after.bind(this.#calendar);
    const box = new NoteBox(after);
    const hospital = new Hospital(() => this.#calendar.nowMs);
    this.#parties = {
      ...{ hospital, broker: new Broker(after), terminal: new Broker(after), centre: new Centre(), box },
      senders: new Map(),
    };
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
    if (ledger) this.#guarded(() => deliver(ledger, trips, this.#disk.outboxKeys(), this.#say));
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
    this.#cut();
    throw new PowerCut('the power is off');
  }

  #cut(): void {
    this.#isOn = false;
    this.#parties.box.giveBack();
    for (const trip of this.#trips.values()) {
      trip.money = undefined;
      trip.troubles += 1;
    }
    this.#calendar.after(OFF_MS, () => this.#start());
  }

  #start(): void {
    this.#life += 1;
    this.#isOn = true;
    this.#bootedAtMs = this.#calendar.nowMs;
    const clock = {
      monotonicMs: () => this.#calendar.nowMs - this.#bootedAtMs + 1_000,
      wallMs: () => START_WALL_MS + (this.#situation.isCalendarDead ? 0 : this.#calendar.nowMs) + this.#wallErrorMs,
      timer: () => () => undefined,
    };
    const ledger = this.#disk.open(clock, this.#random);
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
    if (step.action.do === 'call') this.#twice(trip);
    this.#follow(trip, step);
    if (atOnce) this.#beginNext();
  }

  /** Somebody else brings the same bill to the same kiosk. */
  #twice({ order }: Trip): void {
    try {
      this.#ledger?.begin(order);
      this.#say('W1 oneLiveSettlement', ownPromises['W1 oneLiveSettlement'] ?? '');
    } catch (error) {
      if (!(error instanceof BillUnderWayError)) throw error;
    }
  }

  #follow(trip: Trip, { status, action }: Step): void {
    atSaid(trip.said, status, this.#say);
    trip.said = status;
    trip.money = this.#ledger?.money(trip.number);
    const { state } = status.view;
    if (action.do === 'rest' && action.ended && !trip.hasEnded) {
      trip.hasEnded = true;
      this.#soon(100, () => this.#afterwards(trip));
    } else if (state !== 'settled') this.#tryToPrint(trip);
    if (action.do === 'wait') this.#soon(action.ms, () => this.#follow(trip, this.#open().wake(trip.number)));
    if (action.do === 'call') this.#call(trip, action.call);
    if (state === 'awaitingPayment' && this.#showsCode) {
      this.#showsCode = false;
      this.#hand(trip, { note: 'codeShown' });
    }
    if (state === 'awaitingCash') this.#soon(700, () => this.#putIn(trip));
  }

  /** The slip, or two when nobody knows whether the first came out; then the next patient. */
  #afterwards(trip: Trip): void {
    if (trip.said?.view.state === 'settled' && trip.slips.length < 2) {
      this.#print(trip);
      this.#print(trip);
    }
    this.#beginNext();
  }

  #print(trip: Trip): void {
    const { copies } = this.#open().beginCopy(trip.number);
    this.#mayCut();
    trip.slips.push({ isMarked: copies > 1 });
    atSlip(trip, this.#parties, this.#say);
    this.#open().endCopy(trip.number, copies, 'unconfirmed');
    if (trip.said) trip.said = { ...trip.said, copies };
  }

  /** Of what is not settled no slip begins, whoever asks. */
  #tryToPrint(trip: Trip): void {
    try {
      this.#open().beginCopy(trip.number);
      this.#say('I7 oneUnmarkedSlip', 'printed before confirm');
    } catch (error) {
      if (!(error instanceof NotAllowedError)) throw error;
    }
  }

  #putIn(trip: Trip): void {
    const view = trip.said?.view;
    const [note] = this.#notesLeft;
    const { box } = this.#parties;
    if (view?.state !== 'awaitingCash' || note === undefined || box.escrowFen > 0) return;
    box.insert(note);
    if (this.#hand(trip, { note: 'noteInserted', amountFen: note, counterFen: box.counterFen })) {
      this.#notesLeft = this.#notesLeft.slice(1);
    } else box.giveBack();
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
    const isAway = this.#calendar.nowMs < this.#awayUntilMs && !call.step.startsWith('cash.');
    const trouble = isAway ? 'unreachable' : this.#script.troubles.get(nth);
    if (trouble) {
      trip.troubles += 1;
      const isLateLock = call.step === 'hospital.lock' && LATE.includes(trouble);
      if (isLateLock || call.step === 'hospital.unlock') trip.lockTroubles += 1;
    }
    if (call.step === 'pay.charge' && call.by === 'code' && this.#life !== trip.begunLife) {
      this.#hear(trip, call, { verdict: 'fail', reason: 'badCode', detail: '' }, 10, false);
    } else this.#carry(trip, call, trouble && troubleAt(call.step, trouble));
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

  #carry(trip: Trip, call: Call, trouble: Trouble | undefined): void {
    const deadlineMs = DEADLINES_MS[call.step] ?? OTHER_DEADLINE_MS;
    const arrive = (): AnyFinding => {
      atArrival(call, trip, this.#parties, this.#disk.hasIntent, this.#say);
      return answer(call, trip, this.#parties);
    };
    const at = (ms: number, then: (finding: AnyFinding) => void = () => undefined): void =>
      this.#calendar.after(ms, () => then(arrive()));
    const hear = (finding: AnyFinding, ms: number, isLate = false): void => this.#hear(trip, call, finding, ms, isLate);
    switch (trouble) {
      case undefined:
        return at(50, (finding) => hear(finding, 50));
      case 'unreachable':
        return hear(NOT_SENT, 50);
      case 'requestLost':
        return hear(UNKNOWN, 100);
      case 'answerLost':
        hear(UNKNOWN, 100);
        return at(50);
      case 'answerLate':
        hear(UNKNOWN, deadlineMs);
        return at(50, (finding) => hear(finding, LATE_MS, true));
      case 'requestLate':
        hear(UNKNOWN, 100);
        return at(LATE_MS);
      case 'allLate':
        hear(UNKNOWN, deadlineMs);
        return at(LATE_MS, (finding) => hear(finding, 50, true));
      case 'doubled':
      case 'echo': {
        at(50, (finding) => hear(finding, 50));
        // A sale on the terminal, a note on its rollers: nothing on that line doubles it.
        const isInside = call.step.startsWith('cash.') || (call.step === 'pay.charge' && call.by === 'card');
        return isInside ? undefined : at(trouble === 'echo' ? LATE_MS : 60);
      }
    }
  }

  #hear(trip: Trip, call: Call, finding: AnyFinding, ms: number, isLate: boolean): void {
    if (isLate && call.attempt === 0) return;
    this.#soon(ms, () => {
      this.#mayCut();
      const leg = 'leg' in call ? { leg: call.leg } : {};
      const found = { step: call.step, attempt: call.attempt, ...leg, finding } as Found;
      if (!isLate) noteAnswer(call, finding, trip);
      const ledger = this.#open();
      this.#follow(trip, isLate ? ledger.late(trip.number, found) : ledger.report(trip.number, found));
    });
  }
}
