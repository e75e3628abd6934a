/**
 * An A4 printer with an IPP door of its own: a tray, a cover, a cartridge, a path that can jam, and sheets in the tray
 * above that somebody has to take.
 *
 * A sheet takes two seconds. What stops it stops it between two sheets; a job waits until it goes on, is taken back, or
 * the power is cut, and a printer of this class forgets its jobs with its power.
 */
import { type Clock, LinkLostError } from '../../../drivers/ports.ts';
import { type IppField, readRequest, writeAnswer } from './ipp-wire.ts';

export interface Sheet {
  readonly job: number;
  readonly page: number;
}

interface Job {
  readonly id: number;
  readonly user: string;
  readonly pages: number;
  out: number;
  state: 3 | 5 | 6 | 7 | 8 | 9;
}

const SHEET_MS = 2_000;
const LOW = 10;

export class SimPagePrinter {
  readonly #clock: Clock;
  readonly #jobs: Job[] = [];
  readonly #outlet: Sheet[] = [];
  #tray: number;
  #toner = 100;
  #coverOpen = false;
  #jammed = false;
  #powered = true;
  #plugged = true;
  #hung = false;
  #refusal: number | undefined;
  #moving: (() => void) | undefined;
  /** Jobs that it has been given so far, whatever became of them. */
  taken = 0;

  constructor({ clock, sheets = 250 }: { readonly clock: Clock; readonly sheets?: number }) {
    this.#clock = clock;
    this.#tray = sheets;
  }

  /** What lies in the outlet. */
  sheets(): readonly Sheet[] {
    return [...this.#outlet];
  }

  loadPaper(sheets: number): void {
    this.#tray += sheets;
    this.#go();
  }

  takePaperOut(): void {
    this.#tray = 0;
  }

  openCover(): void {
    this.#coverOpen = true;
  }

  closeCover(): void {
    this.#coverOpen = false;
    this.#go();
  }

  jam(): void {
    this.#jammed = true;
  }

  clearJam(): void {
    this.#jammed = false;
    this.#go();
  }

  emptyToner(): void {
    this.#toner = 0;
  }

  changeToner(): void {
    this.#toner = 100;
    this.#go();
  }

  /** The network cable: the printer goes on with what it has. */
  unplug(): void {
    this.#plugged = false;
  }

  plugIn(): void {
    this.#plugged = true;
  }

  cutPower(): void {
    this.#powered = false;
    this.#moving?.();
    this.#moving = undefined;
    this.#jobs.length = 0;
  }

  powerUp(): void {
    this.#powered = true;
    this.#hung = false;
  }

  /** Its network program stops; no question is answered. */
  hang(): void {
    this.#hung = true;
  }

  /** Its network program is there and refuses everything, e.g. 0x0503 service unavailable; `undefined`: no more. */
  refuse(status: number | undefined): void {
    this.#refusal = status;
  }

  /** One IPP question. A printer that is not there refuses the connection, a hung one never answers. */
  ask(body: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (!this.#plugged || !this.#powered) return reject(new LinkLostError('connection refused'));
      if (this.#hung) {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        return;
      }
      resolve(this.#answer(body));
    });
  }

  #answer(body: Uint8Array): Uint8Array {
    const request = readRequest(body);
    if (!request) return writeAnswer(0x0400, 0, []);
    const { operation, id, attributes, version } = request;
    if (this.#refusal !== undefined) return writeAnswer(this.#refusal, id, [], version);
    const say = (status: number, groups: Parameters<typeof writeAnswer>[2] = []): Uint8Array =>
      writeAnswer(status, id, groups, version);
    const job = this.#jobs.find((one) => one.id === attributes.get('job-id')?.[0]);
    const user = String(attributes.get('requesting-user-name')?.[0] ?? 'anonymous');
    switch (operation) {
      case 0x0002:
        return say(0, [{ tag: 2, fields: this.#fields(this.#take(request.document, user)) }]);
      case 0x0008:
        if (!job) return say(0x0406);
        if (job.state >= 7) return say(0x0404);
        job.state = 7;
        this.#go();
        return say(0);
      case 0x0009:
        return job ? say(0, [{ tag: 2, fields: this.#fields(job) }]) : say(0x0406);
      case 0x000a: {
        const open = this.#jobs.filter(
          (one) => one.state < 7 && (attributes.get('my-jobs')?.[0] !== 1 || one.user === user),
        );
        return say(
          0,
          open.map((one) => ({ tag: 2, fields: this.#fields(one) })),
        );
      }
      case 0x000b:
        return say(0, [{ tag: 4, fields: this.#printer() }]);
      default:
        return say(0x0501);
    }
  }

  #take(document: Uint8Array, user: string): Job {
    this.taken += 1;
    const pages =
      Buffer.from(document)
        .toString('latin1')
        .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    const job: Job = { id: 100 + this.taken, user, pages, out: 0, state: pages === 0 ? 8 : 3 };
    this.#jobs.push(job);
    this.#go();
    return job;
  }

  #reasons(): readonly string[] {
    const now = [
      ...(this.#coverOpen ? ['cover-open-error'] : []),
      ...(this.#jammed ? ['media-jam-error'] : []),
      ...(this.#tray === 0 ? ['media-empty-error', 'media-needed'] : this.#tray <= LOW ? ['media-low-warning'] : []),
      ...(this.#toner === 0 ? ['toner-empty-error'] : this.#toner <= LOW ? ['toner-low-warning'] : []),
    ];
    return now.length > 0 ? now : ['none'];
  }

  get #stopped(): boolean {
    return this.#coverOpen || this.#jammed || this.#tray === 0 || this.#toner === 0;
  }

  #printer(): readonly IppField[] {
    const busy = this.#jobs.some(({ state }) => state === 3 || state === 5);
    return [
      [0x42, 'printer-name', 'simulated'],
      [0x41, 'printer-make-and-model', 'Yizhan Simulated A4'],
      [0x23, 'printer-state', this.#stopped ? 5 : busy ? 4 : 3],
      [0x44, 'printer-state-reasons', ...this.#reasons()],
    ];
  }

  #fields({ id, state, out }: Job): readonly IppField[] {
    const waiting = state === 5 && this.#stopped;
    return [
      [0x21, 'job-id', id],
      [0x23, 'job-state', waiting ? 6 : state],
      [0x21, 'job-impressions-completed', out],
      [0x44, 'job-printer-state-reasons', ...this.#reasons()],
    ];
  }

  /** The next sheet of the oldest job that is not over. */
  #go(): void {
    if (this.#moving || this.#stopped || !this.#powered) return;
    const job = this.#jobs.find(({ state }) => state < 7);
    if (!job) return;
    job.state = 5;
    this.#moving = this.#clock.timer(SHEET_MS, () => {
      this.#moving = undefined;
      if (!this.#stopped && job.state === 5) {
        job.out += 1;
        this.#tray -= 1;
        this.#outlet.push({ job: job.id, page: job.out });
        if (job.out === job.pages) job.state = 9;
      }
      this.#go();
    });
  }
}
