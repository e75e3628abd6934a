/**
 * One IPP queue as the driver asks it: how are you, take this, how far is it, take it back.
 *
 * One promise: every question has its own short deadline, and an answer that makes no sense is a lost queue.
 */
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import type { IppDoor } from './ipp-http-transport.ts';
import { decodeIpp, encodeIpp, type IppAnswer, type IppAttribute, type IppOperation } from './ipp-message.ts';
import { type JobWord, jobWordsIn, type PrinterWord, printerWordIn } from './printer-reasons.ts';

/** Whose jobs these are, for `my-jobs`: this kiosk's, whatever run of it. */
const USER = 'yizhan';
const JOB_NAME = 'yizhan-pages';
const ASK_MS = 5_000;
/** A document of a few MB on a hospital's wires. */
const SEND_MS = 30_000;
const CLIENT_ERROR = 0x0400;
const NOT_FOUND = 0x0406;

const JOB_ATTRIBUTES: IppAttribute = [
  'requested-attributes',
  0x44,
  ...['job-id', 'job-state', 'job-impressions-completed', 'job-media-sheets-completed', 'job-printer-state-reasons'],
];

/** The queue understood and refused (IPP status 0x04xx or 0x05xx). */
export class IppRefusal extends Error {
  override readonly name = 'IppRefusal';
  readonly status: number;
  constructor(status: number) {
    super(`IPP status 0x${status.toString(16).padStart(4, '0')}`);
    this.status = status;
  }
}

export class IppQueue {
  readonly #door: IppDoor;
  readonly #clock: Clock;
  readonly #lost = new Set<(error: LinkLostError) => void>();
  #requestId = 0;

  constructor(door: IppDoor, clock: Clock) {
    this.#door = door;
    this.#clock = clock;
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** A queue has no cable: whoever gets no answer says so. */
  lose(error: LinkLostError): void {
    for (const listener of [...this.#lost]) listener(error);
    this.#lost.clear();
    this.#door.close();
  }

  close(): Promise<void> {
    this.#lost.clear();
    this.#door.close();
    return Promise.resolve();
  }

  async printer(signal: AbortSignal): Promise<PrinterWord> {
    const wanted = ['printer-state', 'printer-state-reasons', 'printer-make-and-model'];
    const answer = await this.#ask('printerAttributes', [['requested-attributes', 0x44, ...wanted]], signal);
    const word = printerWordIn(answer);
    if (!word) throw new LinkLostError('the queue says nothing of its printer');
    return word;
  }

  /** → the job's id. */
  async print(pdf: Uint8Array, signal: AbortSignal): Promise<number> {
    const operation: IppAttribute[] = [
      ['job-name', 0x42, JOB_NAME],
      ['document-format', 0x49, 'application/pdf'],
    ];
    const job: IppAttribute[] = [
      ['copies', 0x21, 1],
      ['media', 0x44, 'iso_a4_210x297mm'],
      ['sides', 0x44, 'one-sided'],
    ];
    const answer = await this.#ask('printJob', operation, signal, { job, document: pdf });
    const [word] = jobWordsIn(answer);
    if (!word) throw new LinkLostError('the queue took the pages and named no job');
    return word.id;
  }

  async job(id: number, signal: AbortSignal): Promise<JobWord | undefined> {
    const answer = await this.#ask('jobAttributes', [['job-id', 0x21, id], JOB_ATTRIBUTES], signal);
    return jobWordsIn(answer).find((word) => word.id === id);
  }

  /** Takes a job back; one that is over or forgotten already is as good. */
  async cancel(id: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#ask('cancelJob', [['job-id', 0x21, id]], signal);
    } catch (error) {
      // Not possible (over) and not found are both what was wanted.
      if (!(error instanceof IppRefusal) || (error.status !== 0x0404 && error.status !== NOT_FOUND)) throw error;
    }
  }

  /** Jobs of this kiosk that are not over: of this run or of one that a power cut ended. */
  async ownOpenJobs(signal: AbortSignal): Promise<readonly number[]> {
    const which: IppAttribute[] = [
      ['which-jobs', 0x44, 'not-completed'],
      ['my-jobs', 0x22, true],
    ];
    try {
      const answer = await this.#ask('jobs', [...which, JOB_ATTRIBUTES], signal);
      return jobWordsIn(answer).map(({ id }) => id);
    } catch (error) {
      if (error instanceof IppRefusal && error.status === NOT_FOUND) return [];
      throw error;
    }
  }

  async #ask(
    operation: IppOperation,
    attributes: readonly IppAttribute[],
    signal: AbortSignal,
    more: { readonly job?: readonly IppAttribute[]; readonly document?: Uint8Array } = {},
  ): Promise<IppAnswer> {
    this.#requestId = (this.#requestId % 0x7fff_ffff) + 1;
    const head: IppAttribute[] = [
      ['attributes-charset', 0x47, 'utf-8'],
      ['attributes-natural-language', 0x48, 'en'],
      ['printer-uri', 0x45, this.#door.uri],
    ];
    // RFC 8011 4.1.5: the target comes first, a job's id right behind it.
    const [first, ...rest] = attributes;
    const ids = first?.[0] === 'job-id' ? [first] : [];
    const others = first?.[0] === 'job-id' ? rest : attributes;
    const all = [...head, ...ids, ['requesting-user-name', 0x42, USER] as const, ...others];
    const job = more.job ? { job: more.job } : {};
    const body = encodeIpp(operation, this.#requestId, { operation: all, ...job }, more.document);
    const late = new AbortController();
    const cancel = this.#clock.timer(more.document ? SEND_MS : ASK_MS, () =>
      late.abort(new LinkLostError('the queue does not answer')),
    );
    try {
      const answer = decodeIpp(await this.#door.ask(body, AbortSignal.any([signal, late.signal])));
      if (answer?.requestId !== this.#requestId) throw new LinkLostError('an answer that makes no sense');
      if (answer.status >= CLIENT_ERROR) throw new IppRefusal(answer.status);
      return answer;
    } finally {
      cancel();
    }
  }
}
