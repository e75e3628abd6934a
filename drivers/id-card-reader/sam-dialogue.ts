/**
 * One question at a time to a SAM_A module, and the answer that belongs to it.
 *
 * An answer does not name its question. One promise: a late one, or one that
 * noise made, is never taken for the answer to what was asked after it, and no
 * unread answer stays in memory.
 */
import type { ByteLink, Clock, LinkLostError, Unsubscribe } from '../ports.ts';
import { type SamAnswer, type SamCommand, type SamDamage, SamFramer, samQuestion } from './sam-frame.ts';
import { SAM_STATUS } from './sam-status.ts';

/** The module did not answer in its time, or what it said could not be read. */
export class SamSilenceError extends Error {
  override readonly name = 'SamSilenceError';
  readonly damaged: boolean;

  constructor(message: string, damaged: boolean) {
    super(message);
    this.damaged = damaged;
  }
}

interface Waiter {
  readonly command: SamCommand;
  take(answer: SamAnswer): void;
  fail(error: Error): void;
  damaged(why: SamDamage['why']): void;
}

/** After a broken frame the good one may still come: noise in front of an answer is not the answer. */
const AFTER_DAMAGE_MS = 150;
const READ_COMMANDS: readonly SamCommand[] = ['readTextAndPhoto', 'readLatestAddress'];

export class SamDialogue {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #framer = new SamFramer();
  readonly #releases: readonly Unsubscribe[];
  #waiter: Waiter | undefined;
  #ended: LinkLostError | undefined;

  constructor(link: ByteLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
    this.#releases = [link.onData((bytes) => this.#hear(bytes)), link.onLost((error) => this.end(error))];
  }

  /**
   * Rejects with `SamSilenceError` after `limitMs` or when the answer came damaged, with
   * `LinkLostError`, or with `signal.reason`. The answer's data belong to the caller.
   */
  async ask(command: SamCommand, limitMs: number, signal: AbortSignal): Promise<SamAnswer> {
    signal.throwIfAborted();
    if (this.#ended) throw this.#ended;
    // The module speaks only when asked: whatever has come since the last answer is noise.
    this.#framer.reset();
    let release = (): void => undefined;
    const answered = new Promise<SamAnswer>((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      const cancelTimer = this.#clock.timer(limitMs, () =>
        reject(new SamSilenceError(`no answer to ${command} in ${limitMs} ms`, false)),
      );
      signal.addEventListener('abort', onAbort, { once: true });
      let cancelDamage: Unsubscribe | undefined;
      this.#waiter = {
        command,
        take: resolve,
        fail: reject,
        damaged: (why) => {
          const error = new SamSilenceError(`the answer to ${command} came with a wrong ${why}`, true);
          cancelDamage ??= this.#clock.timer(AFTER_DAMAGE_MS, () => reject(error));
        },
      };
      release = () => {
        cancelTimer();
        cancelDamage?.();
        signal.removeEventListener('abort', onAbort);
        this.#waiter = undefined;
      };
    });
    // A write that never ends must not outlive the answer or the limit, so it only brings its failure.
    const written = this.#link.write(samQuestion(command), signal).then(() => answered);
    try {
      return await Promise.race([answered, written]);
    } finally {
      release();
    }
  }

  /** The link is given up: who waits is told why. */
  end(error: LinkLostError): void {
    this.#ended = error;
    for (const release of this.#releases) release();
    this.#framer.reset();
    this.#waiter?.fail(error);
  }

  #hear(bytes: Uint8Array): void {
    for (const heard of this.#framer.push(bytes)) this.#take(heard);
    // They may be part of somebody's photo, and nobody else listens to this link.
    bytes.fill(0);
  }

  #take(heard: SamAnswer | SamDamage): void {
    const waiter = this.#waiter;
    if (heard.kind === 'damaged') {
      waiter?.damaged(heard.why);
    } else if (waiter && belongsTo(waiter.command, heard)) {
      this.#waiter = undefined;
      waiter.take(heard);
    } else {
      heard.data.fill(0);
    }
  }
}

/** Whether this can be the answer to that question; a late answer to another one has another shape. */
function belongsTo(command: SamCommand, { status, data }: SamAnswer): boolean {
  switch (status) {
    case SAM_STATUS.found:
    case SAM_STATUS.findFailed:
      return command === 'find';
    case SAM_STATUS.selectFailed:
      return command === 'select';
    case SAM_STATUS.done:
      return hasShapeOf(command, data.length);
    case SAM_STATUS.readFailed:
    case SAM_STATUS.itemAbsent:
      return READ_COMMANDS.includes(command);
    default:
      return true;
  }
}

function hasShapeOf(command: SamCommand, length: number): boolean {
  switch (command) {
    case 'reset':
    case 'state':
      return length === 0;
    case 'find':
      return false;
    case 'select':
      return length > 0 && length < 16;
    case 'moduleId':
      return length === 16;
    case 'readLatestAddress':
      return length <= 256;
    case 'readTextAndPhoto':
      return length > 256;
  }
}
