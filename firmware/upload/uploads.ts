/**
 * Everything that leaves the kiosk after its cause: the drain, the authority's messages, ages and alarms.
 *
 * One promise: service never waits for it. What it can't deliver stays in the outbox, with an age that somebody is told.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import { outboxOf, type Tally } from '../settlement/outbox-port.ts';
import type { Lane, LaneState, RowView, UploadKind, WaitingRow } from '../settlement/outbox-rows.ts';
import type { SettlementLedger } from '../settlement/settlement-ledger.ts';
import { AgeAlarms, type UploadAlarm } from './age-alarms.ts';
import { Drain } from './drain.ts';
import { FaultDesk } from './fault-desk.ts';
import type { LineWatch } from './line-watch.ts';
import type { UploadDesks } from './upload-desk.ts';
import type { UploadRules } from './upload-rules.ts';

export interface UploadsOptions {
  readonly ledger: Pick<SettlementLedger, 'outbox'>;
  readonly desks: UploadDesks;
  readonly line: LineWatch;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly newId: (prefix: string) => string;
  readonly kioskId: string;
  readonly institutionCode: string;
  readonly rules: UploadRules;
  readonly authorityPhone: string;
  /** Calendar years that rows are kept after their acknowledgement. */
  readonly retentionYears: number;
  /** The ledger no longer answers: the process must end. */
  readonly onStopped: (error: Error) => void;
}

export interface UploadsState {
  readonly lanes: readonly (LaneState & { readonly misses: number })[];
  /** Oldest first, without content. */
  readonly rows: readonly (RowView & { readonly ageMs: number })[];
  readonly fault: string | undefined;
  /** From cause to the receiver's word, since this boot, ms (Z-9.2.3). */
  readonly lagMs: { readonly last: number | undefined; readonly worst: number | undefined };
}

/** One look at ages, limits and retention, ms. */
const LOOK_EVERY_MS = 60_000;
const TIDY_EVERY_MS = 3_600_000;
const YEAR_MS = 366 * 86_400_000;
const SHOWN_ROWS = 500;

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #outbox;
  readonly #drain: Drain;
  readonly #faults: FaultDesk;
  readonly #alarms: AgeAlarms;
  readonly #listeners = new Set<(alarm: UploadAlarm) => void>();
  #stopTimer: Unsubscribe = () => undefined;
  #lag: { last: number | undefined; worst: number | undefined } = { last: undefined, worst: undefined };
  #tidiedMs = Number.NEGATIVE_INFINITY;
  #started = false;
  #closed = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
    this.#outbox = outboxOf(options.ledger);
    const { audit, clock, rules } = options;
    this.#alarms = new AgeAlarms({ traceLimitMs: rules.traceLimitMs });
    this.#drain = new Drain({
      ...{ outbox: this.#outbox, desks: options.desks, clock, refusalsBeforePerson: rules.refusalsBeforePerson },
      onDelivered: (lane, rows) => this.#delivered(lane, rows),
      onHeld: ({ kind, key }) => audit.write('upload.held', { kind, upload: key }),
      onStopped: (error) => this.#stop(error),
    });
    this.#faults = new FaultDesk({
      ...{ outbox: this.#outbox, line: options.line, clock, audit, newId: options.newId },
      ...{ kioskId: options.kioskId, institutionCode: options.institutionCode },
      rules: { ...rules, authorityPhone: options.authorityPhone },
      onWritten: () => this.nudge(),
      onTrouble: (error) => this.#stop(error),
    });
  }

  async start(): Promise<void> {
    if (this.#closed) return;
    this.#started = true;
    try {
      await this.#faults.start();
      this.nudge();
      await this.#look();
    } catch (error) {
      this.#stop(error);
    }
  }

  /** There may be new rows. */
  nudge(): void {
    if (this.#started && !this.#closed) this.#drain.nudge();
  }

  /** Sends what a lane holds, but waits no longer than `limitMs` for it: before money moves, when online. */
  async flush(lane: Lane, limitMs: number): Promise<void> {
    if (!this.#started || this.#closed) return;
    let stop: Unsubscribe = () => undefined;
    const limit = new Promise<void>((resolve) => {
      stop = this.#options.clock.timer(limitMs, resolve);
    });
    await Promise.race([this.#drain.flush(lane), limit]);
    stop();
  }

  /**
   * What a held row says is complete or put right now, e.g. the trace codes of a line that was handed out. False when
   * no such row waits.
   */
  async complete(key: string, changed: Readonly<Record<string, unknown>>): Promise<boolean> {
    const done = await this.#outbox.amend(key, JSON.stringify(changed));
    this.nudge();
    return done;
  }

  /** Of all uploads of a kind: how many there are, how many arrived, what the others wait for (SZ-290). */
  coverage(kind: UploadKind): Promise<Tally> {
    return this.#outbox.tally(kind);
  }

  /** A person lets a refused row go once more as it is. */
  async retry(key: string): Promise<boolean> {
    const done = await this.#outbox.amend(key, undefined);
    this.nudge();
    return done;
  }

  /** Staff took the telephone for a fault. */
  telephoned(fault: string, by: string): void {
    this.#faults.telephoned(fault, by);
  }

  async state(): Promise<UploadsState> {
    const nowMs = this.#options.clock.wallMs();
    const states = await this.#outbox.state();
    const rows = await this.#outbox.waiting(SHOWN_ROWS);
    return {
      lanes: states.map((state) => ({ ...state, misses: this.#drain.misses(state.lane) })),
      rows: rows.map((row) => ({ ...row, ageMs: Math.max(0, nowMs - row.madeMs) })),
      fault: this.#faults.fault,
      lagMs: { ...this.#lag },
    };
  }

  /** For the fleet: how much waits, the worst that is late, and how long the newest delivered row took. */
  async health(): Promise<{
    readonly waiting: number;
    readonly alarm: UploadAlarm['state'] | 'none';
    readonly lagMs: number | null;
  }> {
    const states = await this.#outbox.state();
    const waiting = states.reduce((sum, state) => sum + state.waiting + state.heldForPerson, 0);
    return { waiting, alarm: this.#alarms.worst, lagMs: this.#lag.last ?? null };
  }

  onAlarm(listener: (alarm: UploadAlarm) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
    this.#drain.close();
    this.#faults.close();
  }

  #delivered(lane: Lane, rows: readonly WaitingRow[]): void {
    const nowMs = this.#options.clock.wallMs();
    for (const { madeMs } of rows) {
      const last = Math.max(0, nowMs - madeMs);
      this.#lag = { last, worst: Math.max(last, this.#lag.worst ?? 0) };
    }
    if (lane === 'insurance') this.#faults.delivered();
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    const { clock, audit } = this.#options;
    const nowMs = clock.wallMs();
    const alarms = this.#alarms.look({
      nowMs,
      lanes: await this.#outbox.state(),
      rows: await this.#outbox.waiting(SHOWN_ROWS),
      silentLine: this.#faults.silent,
      answersSinceMs: this.#faults.answersSinceMs,
    });
    for (const alarm of alarms) {
      const { count, kind, state, upload } = alarm;
      if (kind === 'traceCodes') audit.write('trace.overdue', { kind, ...(upload === undefined ? {} : { upload }) });
      else audit.write('upload.overdue', { kind, count, state });
      for (const listener of this.#listeners) listener(alarm);
    }
    await this.#tidy(nowMs);
    this.nudge();
    if (this.#closed) return;
    this.#stopTimer = clock.timer(LOOK_EVERY_MS, () => {
      this.#look().catch((error: unknown) => this.#stop(error));
    });
  }

  /** Once an hour: it looks through all rows. */
  async #tidy(nowMs: number): Promise<void> {
    const { clock, audit, rules, retentionYears } = this.#options;
    if (clock.monotonicMs() - this.#tidiedMs < TIDY_EVERY_MS) return;
    this.#tidiedMs = clock.monotonicMs();
    const { shredded } = await this.#outbox.tidy({
      sealedBeforeMs: nowMs - rules.keepSealedMs,
      rowsBeforeMs: nowMs - retentionYears * YEAR_MS,
    });
    if (shredded > 0) audit.write('upload.shredded', { count: shredded });
  }

  #stop(error: unknown): void {
    if (this.#closed) return;
    this.close();
    this.#options.onStopped(error instanceof Error ? error : new Error('The uploads stopped.'));
  }
}
