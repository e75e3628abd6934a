/**
 * The drain: takes rows out of the outbox, oldest first in each lane, and carries them to their receivers.
 *
 * One promise: a row is acknowledged only after its receiver said so; until then it is sent again under the same key,
 * however often the power goes. Beside the patient: one call a lane, bodies read only when their turn has come.
 */
import { Secret } from '../../drivers/secret.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Outbox } from '../settlement/outbox-port.ts';
import { type Failure, type Lane, lanes, type WaitingRow } from '../settlement/outbox-rows.ts';
import { LanePace } from './lane-pace.ts';
import { maskedReason } from './masked-reason.ts';
import type { UploadAnswer, UploadDesk, UploadDesks, UploadItem } from './upload-desk.ts';

export interface DrainOptions {
  readonly outbox: Outbox;
  readonly desks: UploadDesks;
  readonly clock: Clock;
  /** Definite refusals after which a person looks. */
  readonly refusalsBeforePerson: number;
  /** Rows that their receiver has and the disk knows it. */
  readonly onDelivered: (lane: Lane, rows: readonly WaitingRow[]) => void;
  /** A row that only a person can bring on. */
  readonly onHeld: (row: WaitingRow, reason: string) => void;
  /** The ledger gave no answer: it stopped. */
  readonly onStopped: (error: Error) => void;
}

/** New rows within this time go out together, ms. */
const GATHER_MS = 50;
/** A desk that says nothing for so long has lost its call, ms. */
const CALL_LIMIT_MS = 120_000;

interface Way {
  readonly lane: Lane;
  readonly desk: UploadDesk;
  readonly pace: LanePace;
  running: Promise<void> | undefined;
  /** Something new was heard of while it ran. */
  again: boolean;
  stopTimer: Unsubscribe;
}

export class Drain {
  readonly #options: DrainOptions;
  readonly #ways: readonly Way[];
  #stopGathering: Unsubscribe | undefined;
  #closed = false;

  constructor(options: DrainOptions) {
    this.#options = options;
    this.#ways = lanes.flatMap((lane) => {
      const desk = options.desks[lane];
      const quiet = { running: undefined, again: false, stopTimer: () => undefined };
      return desk ? [{ lane, desk, pace: new LanePace(), ...quiet }] : [];
    });
  }

  /** There may be new rows. */
  nudge(): void {
    if (this.#closed || this.#stopGathering) return;
    this.#stopGathering = this.#options.clock.timer(GATHER_MS, () => {
      this.#stopGathering = undefined;
      for (const way of this.#ways) this.#start(way);
    });
  }

  /** Sends what a lane holds; resolves when nothing more can be sent now, or nobody answers. Never rejects. */
  async flush(lane: Lane): Promise<void> {
    const way = this.#ways.find((one) => one.lane === lane);
    if (!way || this.#closed || !way.pace.laneReady(this.#nowMs())) return;
    this.#start(way);
    await way.running;
  }

  /** Calls of this lane in a row that nobody answered. */
  misses(lane: Lane): number {
    return this.#ways.find((one) => one.lane === lane)?.pace.misses ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#stopGathering?.();
    for (const way of this.#ways) way.stopTimer();
  }

  #start(way: Way): void {
    way.again = true;
    way.running ??= this.#pump(way)
      .catch((error: unknown) => {
        if (this.#closed) return;
        this.close();
        this.#options.onStopped(error instanceof Error ? error : new Error('The outbox gave no answer.'));
      })
      .finally(() => {
        way.running = undefined;
      });
  }

  async #pump(way: Way): Promise<void> {
    while (way.again && !this.#closed) {
      way.again = false;
      while (way.pace.laneReady(this.#nowMs()) && (await this.#sendSome(way))) {
        // One call after the other: order is kept and the patient's own calls come between.
      }
    }
    this.#comeBack(way);
  }

  /** → whether it is worth trying on at once */
  async #sendSome(way: Way): Promise<boolean> {
    const { lane, desk, pace } = way;
    const oldest = await this.#options.outbox.next(lane, desk.atOnce + pace.aside);
    pace.keepOnly(new Set(oldest.map(({ key }) => key)));
    const rows = oldest.filter(({ key }) => pace.rowReady(key, this.#nowMs())).slice(0, desk.atOnce);
    if (rows.length === 0 || this.#closed) return false;
    const answers = await this.#deliver(desk, rows);
    if (this.#closed) return false;
    await this.#write(way, rows, answers);
    return true;
  }

  async #write(
    { lane, desk, pace }: Way,
    rows: readonly WaitingRow[],
    answers: readonly UploadAnswer[],
  ): Promise<void> {
    const nowMs = this.#nowMs();
    const taken: WaitingRow[] = [];
    const failures: (Failure & { readonly row: WaitingRow })[] = [];
    const silent: { readonly key: string; readonly left: boolean }[] = [];
    for (const [place, row] of rows.entries()) {
      const answer = answers[place] ?? { outcome: 'unknown', reason: 'no answer for this row' };
      const { key } = row;
      if (answer.outcome === 'taken') {
        taken.push(row);
        pace.taken(key);
        continue;
      }
      const refused = answer.outcome === 'refused';
      const hold = refused && (answer.hopeless === true || row.refusals + 1 >= this.#options.refusalsBeforePerson);
      failures.push({ row, key, reason: maskedReason(answer.reason, row.person), refused, hold });
      if (refused) pace.refused(key, nowMs, hold);
      else silent.push({ key, left: answer.outcome === 'unknown' });
    }
    const [first] = silent;
    if (first && silent.length < rows.length) for (const { key } of silent) pace.standAside(key, nowMs);
    else if (first) {
      const suspect = pace.missed(first.left ? first.key : undefined, nowMs);
      // Silence that only this row meets must not hold up the others; silence that all meet must not change their order.
      if (suspect !== undefined && (await desk.answers?.().catch(() => false))) pace.standAside(suspect, nowMs);
    }
    const { outbox, onDelivered, onHeld } = this.#options;
    if (failures.length > 0) {
      await outbox.failed(failures.map(({ key, reason, refused, hold }) => ({ key, reason, refused, hold })));
    }
    if (taken.length > 0) await outbox.ack(taken.map(({ key }) => key));
    if (this.#closed) return;
    for (const { row, reason, hold } of failures) if (hold) onHeld(row, reason);
    if (taken.length > 0) onDelivered(lane, taken);
  }

  #deliver(desk: UploadDesk, rows: readonly WaitingRow[]): Promise<readonly UploadAnswer[]> {
    const items = rows.map(({ kind, key, body, person, madeMs }): UploadItem => {
      return { kind, key, body, person: person === undefined ? undefined : new Secret(person), madeMs };
    });
    return new Promise((resolve) => {
      const unknown = (reason: string): void => resolve(rows.map(() => ({ outcome: 'unknown', reason })));
      const stop = this.#options.clock.timer(CALL_LIMIT_MS, () => unknown('no answer in time'));
      desk.deliver(items).then(
        (answers) => {
          stop();
          resolve(answers);
        },
        // A mistake of ours in a desk is nobody's refusal: the row stays and its age raises the alarm.
        (error: unknown) => {
          stop();
          unknown(error instanceof Error ? `${error.name} in this kiosk` : 'an error in this kiosk');
        },
      );
    });
  }

  #comeBack(way: Way): void {
    way.stopTimer();
    const { nextMs } = way.pace;
    if (this.#closed || nextMs === undefined) return;
    way.stopTimer = this.#options.clock.timer(Math.max(1, nextMs - this.#nowMs()), () => this.#start(way));
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
