/**
 * Uploads on the bench: the real ledger on a real file, the real drain, model receivers, time by hand. The power can be
 * cut before or after any transaction; what the dead one still tries is lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTrail } from '../../../firmware/audit/audit-trail.ts';
import type { Clock, Store } from '../../../firmware/ports.ts';
import { openLedger } from '../../../firmware/settlement/ledger.ts';
import { type Outbox, outboxOf } from '../../../firmware/settlement/outbox-port.ts';
import type { NewRow } from '../../../firmware/settlement/outbox-rows.ts';
import { inProcess } from '../../../firmware/settlement/settlement-ledger.ts';
import type { UploadAlarm } from '../../../firmware/upload/age-alarms.ts';
import { LineWatch } from '../../../firmware/upload/line-watch.ts';
import type { UploadDesk } from '../../../firmware/upload/upload-desk.ts';
import { UPLOAD_DEFAULTS, type UploadRules } from '../../../firmware/upload/upload-rules.ts';
import { Uploads } from '../../../firmware/upload/uploads.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { kiosk, sealingKey, seededRandom } from '../settlement/bench-order.ts';
import { ModelReceiver } from './model-receiver.ts';

export class BenchUploads {
  readonly clock = new ManualClock();
  readonly hospital = new ModelReceiver(this.clock, 10);
  readonly insurance = new ModelReceiver(this.clock);
  readonly authority = new ModelReceiver(this.clock);
  readonly alarms: UploadAlarm[] = [];
  readonly stopped: Error[] = [];
  /** Transactions so far; a cut falls before or after the one with this number. */
  commits = 0;
  cut: { readonly at: number; readonly when: 'before' | 'after' } | undefined;
  /** Every transaction throws, and the process goes on: a disk that is gone. */
  diskGone = false;
  /** Whether the insurance line answers the small question. */
  lineAnswers = true;
  readonly #folder = mkdtempSync(join(tmpdir(), 'yizhan-uploads-'));
  readonly #rules: Partial<UploadRules>;
  readonly #withAuthority: boolean;
  readonly #random = seededRandom(9);
  #life = 0;
  #store: Store | undefined;
  #ids = 0;
  line!: LineWatch;
  uploads!: Uploads;
  outbox!: Outbox;
  audit!: AuditTrail;

  readonly #quietMs: number;

  constructor({
    rules = {},
    authority = true,
    quietMs = 20_000,
  }: { rules?: Partial<UploadRules>; authority?: boolean; quietMs?: number } = {}) {
    this.#quietMs = quietMs;
    this.#rules = rules;
    this.#withAuthority = authority;
  }

  get file(): string {
    return join(this.#folder, 'kiosk.db');
  }

  /** A new process on the same disk. */
  async boot(): Promise<void> {
    this.powerOff();
    const life = this.#life;
    const alive = (): boolean => life === this.#life;
    const clock: Clock = {
      monotonicMs: () => this.clock.monotonicMs(),
      wallMs: () => this.clock.wallMs(),
      timer: (ms, fire) => this.clock.timer(ms, () => alive() && fire()),
    };
    const real = openSqliteStore(this.file);
    this.#store = real;
    const store = this.#cuttable(real, alive);
    const ledger = inProcess(openLedger({ store, sealingKey, random: this.#random, clock }));
    await ledger.resume(kiosk);
    this.outbox = outboxOf(ledger);
    this.audit = new AuditTrail(store, clock);
    this.line = new LineWatch({
      clock,
      quietMs: this.#quietMs,
      ask: async () => {
        if (!alive()) return;
        if (this.lineAnswers) this.line.answered();
        else this.line.missed(clock.monotonicMs());
      },
    });
    this.uploads = new Uploads({
      ...{ ledger, line: this.line, clock, audit: this.audit },
      desks: {
        hospital: this.hospital.desk(),
        insurance: this.#seen(this.insurance.desk()),
        ...(this.#withAuthority ? { authority: this.authority.desk() } : {}),
      },
      newId: (prefix) => {
        this.#ids += 1;
        return `${prefix}_${this.#ids}`;
      },
      ...{ kioskId: 'K-1', institutionCode: kiosk.institutionCode },
      rules: { ...UPLOAD_DEFAULTS, ...this.#rules },
      ...{ authorityPhone: '000-12393', retentionYears: 2 },
      onStopped: (error) => alive() && this.stopped.push(error),
    });
    this.uploads.onAlarm((alarm) => this.alarms.push(alarm));
    this.line.start();
    await this.uploads.start();
  }

  get hasPower(): boolean {
    return this.#store !== undefined;
  }

  powerOff(): void {
    this.#life += 1;
    this.uploads?.close();
    this.line?.close();
    this.#store?.close();
    this.#store = undefined;
  }

  end(): void {
    this.powerOff();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async add(...rows: readonly NewRow[]): Promise<void> {
    await this.outbox.add(rows);
    this.uploads.nudge();
  }

  audited(event: string): readonly Record<string, unknown>[] {
    return this.audit
      .entries()
      .filter((entry) => entry.event === event)
      .map(({ fields, wallMs }) => ({ ...(JSON.parse(fields) as Record<string, unknown>), wallMs }));
  }

  /** Bodies of the messages that the authority has, in order. */
  get messages(): readonly Record<string, unknown>[] {
    return [...this.authority.taken.values()].map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  /** What the watch of the HTTP port does for the real one: every call says whether the line answers. */
  #seen(desk: UploadDesk): UploadDesk {
    const { line, clock } = this;
    return {
      ...desk,
      deliver: async (items) => {
        const sentMs = clock.monotonicMs();
        const answers = await desk.deliver(items);
        if (answers.some(({ outcome }) => outcome === 'taken' || outcome === 'refused')) line.answered();
        else line.missed(sentMs);
        return answers;
      },
    };
  }

  #cuttable(real: Store, alive: () => boolean): Store {
    const cutHere = (when: 'before' | 'after'): void => {
      if (!alive()) throw new Error('the power is off');
      if (this.diskGone) throw new Error('the disk is gone');
      if (this.cut?.at !== this.commits || this.cut.when !== when) return;
      this.cut = undefined;
      this.powerOff();
      throw new Error('the power is off');
    };
    return {
      exec: (sql) => real.exec(sql),
      run: (sql, ...parameters) => real.run(sql, ...parameters),
      get: (sql, ...parameters) => real.get(sql, ...parameters),
      all: (sql, ...parameters) => real.all(sql, ...parameters),
      close: () => real.close(),
      transaction: (work) => {
        cutHere('before');
        const result = real.transaction(work);
        cutHere('after');
        this.commits += 1;
        return result;
      },
    };
  }
}

/** A settlement list of an invented patient. */
export function listRow(number: number, more: Partial<NewRow> = {}): NewRow {
  return {
    kind: 'settlementList',
    key: `set_${number} settlementList`,
    body: JSON.stringify({ number: `set_${number}` }),
    person: JSON.stringify({ name: '测试甲', certificateNumber: '990000199001010017' }),
    ...more,
  };
}

export function endedRow(number: number): NewRow {
  return { kind: 'settlementEnded', key: `set_${number} ended`, body: JSON.stringify({ number: `set_${number}` }) };
}
