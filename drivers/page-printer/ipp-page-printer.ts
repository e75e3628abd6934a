/**
 * An A4 printer behind an IPP queue: its own, or one of CUPS.
 *
 * One promise: pages that did not come out are taken back. Whatever ended a
 * print, its job is canceled, and when that could not be said, it is said
 * before anything else is printed; so nobody's list comes out for the next one.
 */
import { abortable } from '../card-reader/abortable.ts';
import { CommandQueue } from '../command-queue.ts';
import {
  type CommandOptions,
  type Completion,
  completed,
  type DeviceState,
  failed,
  type LastFault,
} from '../device.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { type Opened, Supervisor } from '../supervisor.ts';
import type { IppDoor } from './ipp-http-transport.ts';
import { IppQueue, IppRefusal } from './ipp-queue.ts';
import type { PageCompletion, PageFault, PageJob, PagePrinter, PagePrinterEvent } from './page-printer.ts';
import type { PrinterWord } from './printer-reasons.ts';

export interface IppPagePrinterOptions {
  /** The device map's id. */
  readonly id: string;
  /** A new door for each attempt: `() => ippDoor('ipp://127.0.0.1:631/printers/a4')`. */
  readonly door: () => IppDoor;
  readonly clock: Clock;
}

const IDLE_ASK_MS = 10_000;
const JOB_ASK_MS = 500;
const CANCEL_MS = 5_000;
/** How long an obstacle that an idle queue spoke of may still stand in the way of a job, ms. */
const OLD_WORD_MS = 4_000;

type Ended = Completion<{ readonly proof: 'completed' }, PageFault>;

/** How far a job came; read when it failed. */
interface Progress {
  sent: boolean;
  id: number | undefined;
  pagesOut: number;
  obstacle: PageFault | undefined;
}

export class IppPagePrinter implements PagePrinter {
  readonly id: string;
  readonly deviceClass = 'pagePrinter';
  readonly #options: IppPagePrinterOptions;
  readonly #queue: CommandQueue;
  readonly #supervisor: Supervisor<IppQueue>;
  readonly #listeners = new Set<(event: PagePrinterEvent) => void>();
  #word: PrinterWord | undefined;
  #identity: string | undefined;
  #jobs = 0;
  #takingBack: Promise<void> = Promise.resolve();
  #cancelAsk: Unsubscribe | undefined;

  constructor(options: IppPagePrinterOptions) {
    this.id = options.id;
    this.#options = options;
    this.#queue = new CommandQueue(options.clock);
    this.#supervisor = new Supervisor<IppQueue>({
      clock: options.clock,
      open: () => this.#open(),
      ready: (queue, signal) => this.#ready(queue, signal),
      lost: () => this.#lost(),
      openTimeoutMs: 20_000,
    });
    this.#supervisor.start();
  }

  get state(): DeviceState {
    return this.#supervisor.state;
  }

  get lastFault(): LastFault | undefined {
    return this.#supervisor.lastFault;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  capabilities(): Readonly<Record<string, string | number | boolean>> {
    return { documentFormat: 'application/pdf', media: 'iso_a4_210x297mm', confirms: true };
  }

  onStateChanged(listener: (state: DeviceState) => void): Unsubscribe {
    return this.#supervisor.onStateChanged(listener);
  }

  onPagePrinterEvent(listener: (event: PagePrinterEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  obstacle(): PageFault | 'deviceNotReady' | undefined {
    return this.#supervisor.link ? this.#word?.obstacle : 'deviceNotReady';
  }

  /** Asks the queue now for its attributes; `obstacle` is of this moment then. */
  look(options: CommandOptions): Promise<Completion<void>> {
    return this.#queue.run(options, async (signal) => {
      const queue = this.#supervisor.link;
      if (!queue) return failed('deviceNotReady', 'the page printer is not there');
      this.#learn(await queue.printer(signal));
      return completed(undefined);
    });
  }

  async printPages(job: PageJob, options: CommandOptions): Promise<PageCompletion> {
    const progress: Progress = { sent: false, id: undefined, pagesOut: 0, obstacle: undefined };
    this.#jobs += 1;
    const ended = await this.#queue
      .run<Ended, PageFault>(options, (signal) => this.#print(job, progress, signal))
      .finally(() => {
        this.#jobs -= 1;
      });
    if (ended.done) return ended;
    // It waited for a person all the time: the precise word is not lost in a general one.
    const fault = ended.fault === 'timeOut' && progress.obstacle ? progress.obstacle : ended.fault;
    const onPaper = !progress.sent
      ? 'nothing'
      : progress.pagesOut > 0
        ? 'partial'
        : progress.obstacle
          ? 'nothing'
          : 'unknown';
    return { ...failed(fault, ended.detail), onPaper };
  }

  async close(): Promise<void> {
    this.#queue.drop();
    await this.#supervisor.close();
  }

  async #print(job: PageJob, progress: Progress, signal: AbortSignal): Promise<Ended> {
    const queue = this.#supervisor.link;
    if (!queue) throw new LinkLostError('the page printer is not there');
    await abortable(this.#takingBack, signal);
    let giveUpMs = Number.POSITIVE_INFINITY;
    // Nothing has been sent that could have to be taken back.
    let over = true;
    try {
      const before = await queue.printer(signal);
      this.#learn(before);
      // Nothing is sent that could only wait: the patient is told now, and nothing has to be taken back. An idle queue's
      // word may be old (CUPS keeps the reasons of its last job), so there a job is tried, and given up soon.
      if (before.obstacle && before.stopped) return failed(before.obstacle, 'before the first page');
      if (before.obstacle) giveUpMs = this.#options.clock.monotonicMs() + OLD_WORD_MS;
      over = false;
      progress.sent = true;
      progress.id = await queue.print(job.pdf, signal);
      job.onProgress?.({ state: 'accepted', pagesOut: undefined, obstacle: undefined });
      for (;;) {
        const word = await queue.job(progress.id, signal);
        if (!word) return failed('hardwareError', 'the queue forgot the job');
        progress.pagesOut = Math.max(progress.pagesOut, word.pagesOut ?? 0);
        progress.obstacle =
          word.obstacle ?? (word.state === 'stopped' ? this.#learn(await queue.printer(signal)) : undefined);
        over = word.state === 'completed' || word.state === 'canceled' || word.state === 'aborted';
        if (word.state === 'completed') {
          job.onProgress?.({ state: 'completed', pagesOut: word.pagesOut, obstacle: undefined });
          return completed({ proof: 'completed' });
        }
        if (over) return failed(progress.obstacle ?? 'hardwareError', `the job was ${word.state}`);
        if (progress.obstacle && this.#options.clock.monotonicMs() > giveUpMs) {
          return failed(progress.obstacle, 'before the first page, and still');
        }
        const state = progress.obstacle ? 'waiting' : word.state === 'processing' ? 'printing' : 'accepted';
        job.onProgress?.({ state, pagesOut: word.pagesOut, obstacle: progress.obstacle });
        await this.#pause(JOB_ASK_MS, signal);
      }
    } catch (error) {
      if (error instanceof IppRefusal) {
        over = progress.id === undefined;
        return failed('hardwareError', error.message);
      }
      if (error instanceof LinkLostError) queue.lose(error);
      throw error;
    } finally {
      if (!over) this.#takeBack(queue, progress.id);
    }
  }

  /** The queue may be gone, or the job's id never heard: then every open job of ours goes at the next opening. */
  #takeBack(queue: IppQueue, id: number | undefined): void {
    const late = new AbortController();
    const cancel = this.#options.clock.timer(CANCEL_MS, () => late.abort(new LinkLostError('not canceled in time')));
    const work = id === undefined ? this.#cancelAll(queue, late.signal) : queue.cancel(id, late.signal);
    this.#takingBack = work.catch(() => queue.lose(new LinkLostError('a job could not be taken back'))).finally(cancel);
  }

  async #cancelAll(queue: IppQueue, signal: AbortSignal): Promise<void> {
    for (const id of await queue.ownOpenJobs(signal)) await queue.cancel(id, signal);
  }

  #open(): Promise<Opened<IppQueue>> {
    const queue = new IppQueue(this.#options.door(), this.#options.clock);
    return Promise.resolve({ link: queue, onLost: (listener) => queue.onLost(listener), close: () => queue.close() });
  }

  async #ready(queue: IppQueue, signal: AbortSignal): Promise<void> {
    const word = await queue.printer(signal);
    await this.#cancelAll(queue, signal);
    this.#identity = word.makeAndModel ?? this.#identity;
    this.#learn(word);
    this.#askWhenIdle(queue);
  }

  #askWhenIdle(queue: IppQueue): void {
    this.#cancelAsk = this.#options.clock.timer(IDLE_ASK_MS, () => {
      this.#askWhenIdle(queue);
      if (this.#jobs > 0) return;
      queue
        .printer(new AbortController().signal)
        .then((word) => this.#learn(word))
        .catch((error: unknown) => queue.lose(error instanceof LinkLostError ? error : new LinkLostError('refused')));
    });
  }

  #lost(): void {
    this.#cancelAsk?.();
    this.#word = undefined;
    this.#queue.drop();
  }

  /** Tells what changed. → what stands in the way now */
  #learn(word: PrinterWord): PageFault | undefined {
    const before = this.#word;
    this.#word = word;
    if (before?.obstacle !== word.obstacle) this.#tell({ event: 'obstacleChanged', obstacle: word.obstacle });
    if (word.paperLow && !before?.paperLow) this.#tell({ event: 'paperThreshold' });
    if (word.tonerLow && !before?.tonerLow) this.#tell({ event: 'tonerThreshold' });
    return word.obstacle;
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    let cancel = (): void => undefined;
    const passed = new Promise<void>((resolve) => {
      cancel = this.#options.clock.timer(ms, resolve);
    });
    return abortable(passed, signal).finally(() => cancel());
  }

  #tell(event: PagePrinterEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
