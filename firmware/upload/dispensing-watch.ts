/**
 * Completes sales with the trace codes that the pharmacy scans when it hands medicine out (SZ-273, SZ-290).
 *
 * It asks only while a settled line waits for its codes. One promise: an event of dispensing is read again after a
 * power cut, never skipped; completing the same line twice changes nothing that was sent.
 */
import type { Dispensed, HospitalBooks } from '../hospital/hospital-books.ts';
import type { Clock, Unsubscribe } from '../ports.ts';

export interface DispensingWatchOptions {
  readonly hospital: Pick<HospitalBooks, 'dispensed'>;
  readonly clock: Clock;
  /** Whether lines wait for their codes. */
  readonly waiting: () => Promise<boolean>;
  /** Completes one row; false when none of this key waits. */
  readonly complete: (key: string, changed: Readonly<Record<string, unknown>>) => Promise<boolean>;
}

const ASK_EVERY_MS = 30_000;

export class DispensingWatch {
  readonly #options: DispensingWatchOptions;
  #place = '';
  /** Codes of a line may come in several events. */
  readonly #codes = new Map<string, readonly string[]>();
  #stopTimer: Unsubscribe = () => undefined;
  #closed = false;

  constructor(options: DispensingWatchOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#closed) return;
    this.#stopTimer = this.#options.clock.timer(ASK_EVERY_MS, () => {
      // A ledger that stopped is told by the drain; the next look comes all the same.
      this.#look().then(
        () => this.start(),
        () => this.start(),
      );
    });
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }

  async #look(): Promise<void> {
    const { hospital, waiting } = this.#options;
    if (!(await waiting())) return;
    const answer = await hospital.dispensed(this.#place);
    if (answer.outcome === 'refused') this.#place = '';
    if (answer.outcome !== 'ok' || this.#closed) return;
    for (const event of answer.value.events) await this.#take(event);
    this.#place = answer.value.next;
  }

  async #take({ settlementNumber, lineNumber, traceCodes, opened, dispensedAt, goods }: Dispensed): Promise<void> {
    const key = `${settlementNumber} traceCodes ${lineNumber}`;
    const codes = [...new Set([...(this.#codes.get(key) ?? []), ...traceCodes])];
    const changed = { traceCodes: codes, openedPackage: opened, soldAt: dispensedAt, ...(goods ? { goods } : {}) };
    if (await this.#options.complete(key, changed)) this.#codes.set(key, codes);
    else this.#codes.delete(key);
  }
}
