/**
 * A kiosk's money on the bench: the real desk, ledger and store against the
 * model parties. It can be cut off at any point and started again on the same
 * disk; whatever the dead one still tries is lost, as after a power cut.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Clock, RandomSource, SqlRow, SqlValue, Store } from '../../../firmware/ports.ts';
import { createSettlements } from '../../../firmware/settlement/desk.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import type { SettlementStatus, Settlements } from '../../../firmware/settlement/settlements.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, sealingKey, seededRandom } from './bench-order.ts';
import { ModelAcceptor } from './model-acceptor.ts';
import { ModelLine } from './model-line.ts';
import { ModelHospital, ModelInsurance, ModelPayment } from './model-parties.ts';

const questions = new Set([
  'pay.query',
  'pay.refundState',
  'ins.find',
  'ins.findFormer',
  'ins.prepare',
  'cash.counter',
]);

/** Where a cut falls: around a transaction or around a call. */
export type CutAt = 'beforeCommit' | 'afterCommit' | 'beforeCall' | 'afterCall';

export class BenchKiosk {
  readonly clock = new ManualClock();
  readonly line = new ModelLine(this.clock);
  readonly hospital = new ModelHospital(this.line, this.clock);
  readonly payment = new ModelPayment(this.line, this.clock);
  readonly insurance = new ModelInsurance(this.line);
  readonly card = new ModelPayment(this.line, this.clock);
  readonly cash = new ModelAcceptor(this.line);
  readonly database: DatabaseSync;
  /** Every status that was shown, over all lives. */
  readonly shown: SettlementStatus[] = [];
  readonly stopped: Error[] = [];
  /** Names of all places where a cut could have fallen so far. */
  readonly points: CutAt[] = [];
  /** Numbers (from 0) of the places where the power is cut. */
  readonly cuts = new Set<number>();
  readonly #random: RandomSource;
  #life = 0;
  settlements: Settlements;
  /** What the parties must hold in the end: money of the patient in fen, claims that count. */
  ends: Readonly<Record<'settled' | 'notSettled', (ownFen: number) => { takenFen: number; claims: number }>> = {
    settled: (takenFen) => ({ takenFen, claims: 1 }),
    notSettled: () => ({ takenFen: 0, claims: 0 }),
  };

  constructor(seed = 1, path = ':memory:') {
    this.database = new DatabaseSync(path);
    this.#random = seededRandom(seed);
    this.line.arrived = (name, key) => this.#checkArrival(name, key);
    this.settlements = this.start();
  }

  /** A new process on the same disk; the one before is dead. */
  start(): Settlements {
    this.#life += 1;
    const life = this.#life;
    const alive = (): boolean => life === this.#life;
    const clock = this.#clockOf(alive);
    const ledger = inProcess(openLedger({ store: this.#storeOf(alive), sealingKey, random: this.#random, clock }));
    const call = <Party extends object>(party: Party): Party => this.#partyOf(party, alive);
    this.settlements = createSettlements({
      ledger,
      insurance: call(this.insurance.platform()),
      hospital: call(this.hospital.gateway()),
      payment: call(this.payment.gateway()),
      bankTerminal: call(this.card.terminal()),
      cashAcceptor: call(this.cash.acceptor()),
      clock,
      kiosk,
      onStopped: (error) => alive() && this.stopped.push(error),
    });
    return this.settlements;
  }

  /** The power goes off now. */
  cut(): void {
    this.#life += 1;
  }

  get dead(): boolean {
    return this.#cutDuring === this.#life;
  }

  #cutDuring = -1;

  watch(number: string): void {
    const settlements = this.settlements;
    settlements.watch(number, (status) => this.shown.push(status));
  }

  /** Lets time go on, starting again after each cut, until nothing is open (or `limitMs` passed). */
  async untilEnded(limitMs = 1_800_000): Promise<void> {
    for (let passed = 0; passed < limitMs; passed += 5_000) {
      await this.clock.pass(5_000);
      if (this.dead) {
        try {
          this.start();
        } catch (error) {
          // Cut off again while starting.
          if (!this.dead) throw error;
          continue;
        }
        for (const number of this.numbers()) this.watch(number);
        continue;
      }
      if (this.openNumbers().length === 0) return;
    }
  }

  openNumbers(): readonly string[] {
    return this.#ids('WHERE ended = 0');
  }

  numbers(): readonly string[] {
    return this.#ids('');
  }

  #ids(where: string): readonly string[] {
    const known = this.database.prepare("SELECT 1 AS n FROM sqlite_master WHERE name = 'saga'").get();
    if (!known) return [];
    return this.database
      .prepare(`SELECT id FROM saga ${where}`)
      .all()
      .map((row) => String(row['id']));
  }

  /** Counts a place where a cut may fall; true when this is one. */
  #cutHere(at: CutAt): boolean {
    const here = this.cuts.has(this.points.length);
    this.points.push(at);
    if (!here) return false;
    this.cut();
    this.#cutDuring = this.#life;
    return true;
  }

  #clockOf(alive: () => boolean): Clock {
    return {
      monotonicMs: () => this.clock.monotonicMs(),
      wallMs: () => this.clock.wallMs(),
      timer: (ms, fire) => this.clock.timer(ms, () => alive() && fire()),
    };
  }

  #partyOf<Party extends object>(party: Party, alive: () => boolean): Party {
    const forever = new Promise<never>(() => undefined);
    return new Proxy(party, {
      get:
        (target, name) =>
        async (...args: readonly unknown[]) => {
          if (!alive() || this.#cutHere('beforeCall')) return forever;
          const method = Reflect.get(target, name) as (...all: readonly unknown[]) => Promise<unknown>;
          const answer = await method(...args);
          if (!alive() || this.#cutHere('afterCall')) return forever;
          return answer;
        },
    });
  }

  #storeOf(alive: () => boolean): Store {
    const { database } = this;
    const off = (): void => {
      if (!alive()) throw new Error('the power is off');
    };
    return {
      exec: (sql) => {
        off();
        database.exec(sql);
      },
      run: (sql, ...parameters) => {
        off();
        const { changes, lastInsertRowid } = database.prepare(sql).run(...(parameters as (string | number)[]));
        return { changes: Number(changes), lastId: Number(lastInsertRowid) };
      },
      get: (sql, ...parameters: readonly SqlValue[]) => {
        off();
        return database.prepare(sql).get(...(parameters as (string | number)[])) as SqlRow | undefined;
      },
      all: (sql, ...parameters) => {
        off();
        return database.prepare(sql).all(...(parameters as (string | number)[])) as SqlRow[];
      },
      transaction: (work) => {
        off();
        if (this.#cutHere('beforeCommit')) throw new Error('the power is off');
        database.exec('BEGIN IMMEDIATE');
        const result = work();
        database.exec('COMMIT');
        if (this.#cutHere('afterCommit')) throw new Error('the power is off');
        return result;
      },
      close: () => undefined,
    };
  }

  /** I1–I4 at every instant in which a party sees something. */
  #checkArrival(name: string, key: string): void {
    const { violations } = this.line;
    if (this.payment.liveCharges + this.card.liveCharges > 1) violations.push('I1: two live charges');
    if (this.insurance.liveClaims > 1) violations.push('I2: two live claims');
    if (this.payment.takenFen < 0) violations.push('I3: more refunded than charged');
    if (questions.has(name)) return;
    const intent = this.database
      .prepare("SELECT 1 AS n FROM journal WHERE phase = 'intent' AND step IN (?, ?) AND (key = ? OR ? = 'cash.stack')")
      .get(name, name === 'pay.refund' ? 'pay.return' : name, key, name);
    if (!intent) violations.push(`I4: ${name} arrived without an intent`);
  }

  /** I5, I6, I9 and the freed bill, once nothing happens any more. Empty = all kept. */
  async violations(): Promise<readonly string[]> {
    const found = [...this.line.violations, ...this.stopped.map((error) => `stopped: ${error.message}`)];
    const say = (claim: string, kept: boolean): void => {
      if (!kept) found.push(claim);
    };
    for (const number of this.numbers()) {
      const status = await this.settlements.status(number);
      const view = status?.view;
      if (view?.state === 'handedToPerson') continue;
      const own = status?.ownFen ?? 0;
      say(`I6: ${number} is ${view?.state}`, view?.state === 'settled' || view?.state === 'notSettled');
      const settled = view?.state === 'settled';
      const ends = this.ends[settled ? 'settled' : 'notSettled'](own);
      const takenFen = this.payment.takenFen + this.card.takenFen + this.cash.stackedFen - (status?.owedFen ?? 0);
      say('I5: confirmed', (this.hospital.confirmed !== undefined) === settled);
      say(`I5: money ${takenFen}`, takenFen === ends.takenFen);
      say(`I5: claims ${this.insurance.liveClaims}`, this.insurance.liveClaims === ends.claims);
      for (const { view: earlier } of this.shown) {
        const done = earlier.state === 'settled' || earlier.state === 'notSettled';
        say(`I9: ${earlier.state} was shown and became ${view?.state}`, !done || earlier.state === view?.state);
      }
    }
    return found;
  }
}
