/**
 * One open link to a printer: questions out, answers in.
 *
 * It keeps the last known status and wakes whoever waits for an answer. One
 * promise: nobody waits on a link that is lost or a signal that fired.
 */
import type { ByteLink, LinkLostError, Unsubscribe } from '../ports.ts';
import type { Opened } from '../supervisor.ts';
import { FULL_STATUS_QUESTION, PEELER_QUESTION, type PrinterOutlet } from './printer-outlet.ts';
import {
  type Answer,
  AnswerFramer,
  automaticStatusIn,
  fullStatusIn,
  type PrinterStatus,
  type StatusQuestion,
  WELL,
  withRealTimeStatus,
} from './status.ts';

const QUESTIONS: readonly StatusQuestion[] = [1, 2, 3, 4];
/** In words of the wire; a number is the `n` of `DLE EOT n`. */
const bytesOf = (question: StatusQuestion): Uint8Array =>
  Uint8Array.from(question === 'slip' ? PEELER_QUESTION : [0x10, 0x04, question]);

interface Waiter {
  take(answer: Answer): void;
  fail(error: unknown): void;
}

export class PrinterWire {
  readonly #link: ByteLink;
  readonly #framer: AnswerFramer;
  readonly #outlet: PrinterOutlet['kind'] | 'none';
  readonly #waiters = new Set<Waiter>();
  readonly #statusListeners = new Set<(status: PrinterStatus) => void>();
  readonly #lifetime = new AbortController();
  readonly #releases: readonly Unsubscribe[];
  /** Questions whose answers have not come, in the order of asking: the answers don't name them. */
  #asked: StatusQuestion[] = [];
  #round: Promise<void> | undefined;
  #status: PrinterStatus = WELL;
  /** The status as the open round of questions has told it so far. */
  #draft: PrinterStatus = WELL;
  #statusKnown = false;

  constructor(link: ByteLink, outlet?: PrinterOutlet) {
    this.#link = link;
    this.#outlet = outlet?.kind ?? 'none';
    this.#framer = new AnswerFramer(this.#outlet === 'presenter' ? 'fullStatus' : 'epson');
    this.#releases = [
      link.onData((bytes) => {
        for (const answer of this.#framer.push(bytes)) this.#take(answer);
      }),
      link.onLost((error) => this.end(error)),
    ];
  }

  get status(): PrinterStatus {
    return this.#status;
  }

  /** False until the printer has told anything about itself: a write-only board never does. */
  get statusKnown(): boolean {
    return this.#statusKnown;
  }

  /** Called on every change of the status, not on every answer. */
  onStatus(listener: (status: PrinterStatus) => void): Unsubscribe {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  write(bytes: ArrayLike<number>, signal: AbortSignal): Promise<void> {
    const whole = bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes);
    return untilAborted(this.#link.write(whole, signal), signal);
  }

  /** Resolves with the first answer for which `wanted` gives a value. */
  next<Value>(wanted: (answer: Answer) => Value | undefined, signal: AbortSignal): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const end = (settle: () => void): void => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const waiter: Waiter = {
        take: (answer) => {
          const value = wanted(answer);
          if (value !== undefined) end(() => resolve(value));
        },
        fail: (error) => end(() => reject(error)),
      };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * Asks `DLE EOT 1..4` and resolves when all are answered. Only one round is
   * ever open, so an answer can't be taken for that of a later question.
   */
  askStatus(signal: AbortSignal): Promise<void> {
    if (this.#outlet === 'presenter') return this.#askFullStatus(signal);
    this.#round ??= this.#askRound().finally(() => {
      this.#round = undefined;
    });
    return untilAborted(this.#round, signal);
  }

  /** The link is given up: everybody who waits is told why. */
  end(error: LinkLostError): void {
    for (const release of this.#releases) release();
    for (const waiter of [...this.#waiters]) waiter.fail(error);
    this.#lifetime.abort(error);
  }

  /** Its answer names itself, and none comes while the paper moves: every asking is a new one. */
  async #askFullStatus(signal: AbortSignal): Promise<void> {
    const told = this.next((answer) => (answer.kind === 'fullStatus' ? true : undefined), signal);
    await Promise.all([told, this.write(FULL_STATUS_QUESTION, signal)]);
  }

  async #askRound(): Promise<void> {
    const { signal } = this.#lifetime;
    this.#asked = [];
    this.#draft = this.#status;
    const questions: readonly StatusQuestion[] = this.#outlet === 'takenSensor' ? [...QUESTIONS, 'slip'] : QUESTIONS;
    for (const question of questions) {
      this.#asked.push(question);
      const answered = this.next(
        (answer) => (answer.kind === 'realTimeStatus' && this.#asked.length === 0 ? true : undefined),
        signal,
      );
      await Promise.all([answered, this.#link.write(bytesOf(question), signal)]);
    }
  }

  #take(answer: Answer): void {
    const { slipWaiting } = this.#status;
    if (answer.kind === 'automaticStatus') this.#learn({ ...automaticStatusIn(answer.bytes), slipWaiting });
    else if (answer.kind === 'fullStatus') this.#learn(fullStatusIn(answer.bytes));
    else if (answer.kind === 'realTimeStatus') {
      const question = this.#asked.shift();
      // An answer that nobody asked for tells nothing: which of the four it is can't be known.
      if (question) this.#draft = withRealTimeStatus(this.#draft, question, answer.byte);
      // Learned whole: half a round would look like a printer that never existed.
      if (question === (this.#outlet === 'takenSensor' ? 'slip' : 4)) this.#learn(this.#draft);
    }
    for (const waiter of [...this.#waiters]) waiter.take(answer);
  }

  #learn(status: PrinterStatus): void {
    const keys = Object.keys(WELL) as (keyof PrinterStatus)[];
    const changed = !this.#statusKnown || keys.some((key) => status[key] !== this.#status[key]);
    this.#status = status;
    this.#statusKnown = true;
    if (changed) for (const listener of [...this.#statusListeners]) listener(status);
  }
}

/** A new wire on a new link; what belonged to the old one is gone with it. */
export async function openWire(
  open: () => Promise<ByteLink>,
  outlet: PrinterOutlet | undefined,
): Promise<Opened<PrinterWire>> {
  const link = await open();
  const wire = new PrinterWire(link, outlet);
  return { link: wire, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}

/** The caller is free the moment the signal fires, whatever the work still does. */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    const release = (): void => signal.removeEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => {
        release();
        resolve(value);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}
