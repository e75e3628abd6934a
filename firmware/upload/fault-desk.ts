/**
 * Tells the authority of a silent insurance line, in time and once, and proves afterwards that nothing was lost.
 *
 * One promise: one fault has one first message, whatever the power does; it is over only when everything that waited
 * has been delivered. Spec: SZ-278, SZ-284b, Y2-10.
 */
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Clock, Unsubscribe } from '../ports.ts';
import type { Outbox } from '../settlement/outbox-port.ts';
import { type FaultMessage, type FaultStage, faultRow, readFaultRow, telephoneTask } from './fault-messages.ts';
import type { LineState, LineWatch } from './line-watch.ts';

export interface FaultDeskOptions {
  readonly outbox: Outbox;
  readonly line: Pick<LineWatch, 'line' | 'onChanged'>;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly newId: (prefix: string) => string;
  readonly kioskId: string;
  readonly institutionCode: string;
  readonly rules: {
    /** Silence that is a fault, ms. */
    readonly noticeAfterMs: number;
    readonly followUpEveryMs: number;
    /** A first message that was not taken for so long is told by telephone, ms. */
    readonly telephoneAfterMs: number;
    readonly authorityPhone: string;
  };
  /** Rows were written: they can be sent. */
  readonly onWritten: () => void;
  /** A step threw: a ledger that stopped, or a mistake of ours. */
  readonly onTrouble: (error: unknown) => void;
}

const DAY_MS = 86_400_000;
/** A line that is silent for less has only stuttered; the fault's messages do not stutter with it. */
const STUTTER_MS = 5_000;

export class FaultDesk {
  readonly #options: FaultDeskOptions;
  /** The last message of a fault that is not over. */
  #open: FaultMessage | undefined;
  #silentSinceMs: number | undefined;
  #answersSinceMs: number | undefined;
  /** One thing after the other: each step reads what the one before wrote. */
  #steps: Promise<void> = Promise.resolve();
  readonly #timers = new Map<'notice' | 'followUp' | 'telephone' | 'stutter', Unsubscribe>();
  #stopListening: Unsubscribe = () => undefined;
  #closed = false;

  constructor(options: FaultDeskOptions) {
    this.#options = options;
  }

  /** Reads what the last boot left open and looks at the line from now on. Rejects when the ledger does. */
  async start(): Promise<void> {
    const { outbox, line } = this.#options;
    const [last] = await outbox.latest('authorityNotice', 1);
    const message = last && readFaultRow(last.body);
    this.#answersSinceMs = message?.answersSinceMs;
    if (message && message.stage !== 'closing') {
      this.#open = message;
      this.#comeBack();
      this.#askTelephone();
      this.#then(() => this.#closeIfDelivered());
    }
    if (this.#closed) return;
    this.#stopListening = line.onChanged((changed) => this.#changed(changed));
    this.#changed(line.line);
  }

  /** `flt_…` of the fault that is not over. */
  get fault(): string | undefined {
    return this.#open?.fault;
  }

  get silent(): boolean {
    return this.#silentSinceMs !== undefined;
  }

  /** Since when the line answers again, Unix ms: of the open fault, or of the last one. */
  get answersSinceMs(): number | undefined {
    return this.#answersSinceMs;
  }

  /** Rows were delivered: perhaps the last one of a fault. */
  delivered(): void {
    if (this.#open?.toId !== undefined) this.#then(() => this.#closeIfDelivered());
  }

  /** Staff took the telephone. `by`: their id. */
  telephoned(fault: string, by: string): void {
    this.#options.audit.write('fault.telephoned', { fault, by });
  }

  close(): void {
    this.#closed = true;
    this.#stopListening();
    for (const stop of this.#timers.values()) stop();
  }

  #changed(line: LineState): void {
    if (line.state === 'unknown') return;
    this.#silentSinceMs = line.state === 'silent' ? line.sinceWallMs : undefined;
    this.#stop('notice');
    this.#stop('stutter');
    const { clock, rules } = this.#options;
    if (line.state === 'silent' && !this.#open) {
      const ageMs = clock.monotonicMs() - line.sinceMs;
      this.#timer('notice', Math.max(0, rules.noticeAfterMs - ageMs), () => this.#begin());
    }
    if (line.state === 'silent' && this.#open?.answersSinceMs !== undefined) {
      this.#timer('stutter', STUTTER_MS, () =>
        this.#tell('silentAgain', { toId: undefined, answersSinceMs: undefined }),
      );
    }
    if (line.state === 'answers' && this.#open && this.#open.answersSinceMs === undefined) {
      this.#then(() => this.#answersAgain());
    }
  }

  async #begin(): Promise<void> {
    const sinceMs = this.#silentSinceMs;
    if (sinceMs === undefined || this.#open) return;
    const { outbox, audit, newId, kioskId, institutionCode } = this.#options;
    const [oldest] = await outbox.next('insurance', 1);
    const fault = newId('flt');
    await this.#write({
      ...{ fault, number: 1, stage: 'first', what: 'insuranceLine', kioskId, institutionCode, sinceMs },
      ...{ atMs: 0, waiting: 0, toId: undefined, answersSinceMs: undefined, delivered: undefined },
      fromId: oldest ? oldest.id - 1 : await outbox.head(),
    });
    audit.write('fault.begun', { fault, count: await this.#waiting() });
    this.#askTelephone();
  }

  async #answersAgain(): Promise<void> {
    if (!this.#open || this.#open.answersSinceMs !== undefined || this.#silentSinceMs !== undefined) return;
    const { outbox, clock, audit } = this.#options;
    const toId = await outbox.head();
    this.#answersSinceMs = clock.wallMs();
    await this.#tell('answersAgain', { toId, answersSinceMs: this.#answersSinceMs });
    audit.write('fault.answersAgain', { fault: this.#open.fault, count: this.#open.waiting });
    await this.#closeIfDelivered();
  }

  async #closeIfDelivered(): Promise<void> {
    const open = this.#open;
    if (open?.toId === undefined || open.answersSinceMs === undefined) return;
    const { outbox, audit } = this.#options;
    const span = await outbox.span('insurance', open.fromId + 1, open.toId);
    if (span.waiting > 0) return;
    const lastMs = span.lastAckedMs;
    const within24h = lastMs === undefined || lastMs - open.answersSinceMs <= DAY_MS;
    const { acked: count, held: heldForPerson, firstAckedMs: firstMs, keysDigest } = span;
    // Said twice after a cut between the two, never not at all.
    audit.write('upload.delivered', {
      ...{ fault: open.fault, count, held: heldForPerson, digest: keysDigest },
      ...(firstMs === undefined ? {} : { firstMs }),
      ...(lastMs === undefined ? {} : { lastMs }),
      state: within24h ? 'within24h' : 'late',
    });
    await this.#tell('closing', { delivered: { count, heldForPerson, firstMs, lastMs, keysDigest, within24h } });
    this.#open = undefined;
    for (const name of ['followUp', 'telephone'] as const) this.#stop(name);
  }

  /** The next message of the open fault. */
  async #tell(stage: FaultStage, news: Partial<FaultMessage> = {}): Promise<void> {
    if (!this.#open) return;
    await this.#write({ ...this.#open, ...news, stage, number: this.#open.number + 1 });
  }

  async #write(message: FaultMessage): Promise<void> {
    const { outbox, clock, onWritten } = this.#options;
    const told = { ...message, atMs: clock.wallMs(), waiting: await this.#waiting() };
    await outbox.add([faultRow(told)]);
    this.#open = told;
    onWritten();
    this.#comeBack();
  }

  async #waiting(): Promise<number> {
    const states = await this.#options.outbox.state();
    return states.find(({ lane }) => lane === 'insurance')?.waiting ?? 0;
  }

  #comeBack(): void {
    this.#timer('followUp', this.#options.rules.followUpEveryMs, () => this.#tell('followUp'));
  }

  /** The first message may have no way out: then a person tells it. */
  #askTelephone(): void {
    const { outbox, audit, rules, onWritten } = this.#options;
    this.#timer('telephone', rules.telephoneAfterMs, async () => {
      if (!this.#open) return;
      const { fault } = this.#open;
      if ((await outbox.row(`${fault} 1`))?.acked !== false) return;
      const task = telephoneTask(this.#open, rules.authorityPhone);
      if (await outbox.row(task.key)) return;
      await outbox.add([task]);
      audit.write('fault.telephone', { fault });
      onWritten();
    });
  }

  #timer(name: 'notice' | 'followUp' | 'telephone' | 'stutter', ms: number, then: () => Promise<void>): void {
    this.#stop(name);
    if (!this.#closed)
      this.#timers.set(
        name,
        this.#options.clock.timer(ms, () => this.#then(then)),
      );
  }

  #stop(name: 'notice' | 'followUp' | 'telephone' | 'stutter'): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  #then(step: () => Promise<void>): void {
    this.#steps = this.#steps
      .then(() => (this.#closed ? undefined : step()))
      .catch((error: unknown) => {
        if (!this.#closed) this.#options.onTrouble(error);
      });
  }
}
