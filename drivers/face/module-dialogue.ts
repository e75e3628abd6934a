/**
 * One question at a time to a face module; notes in between go to whoever listens.
 *
 * A reply names its command and not its question. One promise: the reply to
 * another command is nobody's, and who has been given up on is asked to be
 * still (`reset`) before anything else is said, so that an old verdict is never
 * taken for a new one.
 */
import type { ByteLink, Clock, LinkLostError, Unsubscribe } from '../ports.ts';
import { ModuleFramer, type ModuleHeard, moduleFrame } from './module-frame.ts';
import type { ModuleCommand, ModuleProfile, ModuleWord } from './module-profile-table.ts';

/** The module did not answer in its time: as good as lost. */
export class ModuleSilenceError extends Error {
  override readonly name = 'ModuleSilenceError';
}

export interface ModuleReply {
  readonly word: ModuleWord;
  readonly data: Uint8Array;
}

interface Waiter {
  readonly code: number;
  take(reply: ModuleReply): void;
  fail(error: Error): void;
}

const FACE_NOTE = 1;

export class ModuleDialogue {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #profile: ModuleProfile;
  readonly #framer = new ModuleFramer();
  readonly #releases: readonly Unsubscribe[];
  #waiter: Waiter | undefined;
  #onFaceState: ((state: number) => void) | undefined;
  #ended: LinkLostError | undefined;

  constructor(link: ByteLink, clock: Clock, profile: ModuleProfile) {
    this.#link = link;
    this.#clock = clock;
    this.#profile = profile;
    this.#releases = [link.onData((bytes) => this.#hear(bytes)), link.onLost((error) => this.end(error))];
  }

  /** Rejects with `ModuleSilenceError`, `LinkLostError` or `signal.reason`. */
  ask(command: ModuleCommand, data: Uint8Array, limitMs: number, signal: AbortSignal): Promise<ModuleReply> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      if (signal.aborted) return reject(signal.reason);
      const end = (settle: () => void): void => {
        cancelTimer();
        signal.removeEventListener('abort', onAbort);
        if (this.#waiter === waiter) this.#waiter = undefined;
        settle();
      };
      const onAbort = (): void => end(() => reject(signal.reason));
      const cancelTimer = this.#clock.timer(limitMs, () =>
        end(() => reject(new ModuleSilenceError(`no answer to ${command} in ${limitMs} ms`))),
      );
      const waiter: Waiter = {
        code: this.#profile.commands[command],
        take: (reply) => end(() => resolve(reply)),
        fail: (error) => end(() => reject(error)),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiter = waiter;
      const frame = moduleFrame(waiter.code, data);
      // A part of somebody's photo may stand in it. A write that failed may still hold the buffer.
      this.#link.write(frame, signal).then(
        () => void frame.fill(0),
        (error: Error) => waiter.fail(error),
      );
    });
  }

  /** What the module sees of a face from now on. */
  listenToFace(listener: (state: number) => void): Unsubscribe {
    this.#onFaceState = listener;
    return () => {
      this.#onFaceState = undefined;
    };
  }

  end(error: LinkLostError): void {
    this.#ended = error;
    this.#onFaceState = undefined;
    for (const release of this.#releases) release();
    this.#framer.reset();
    this.#waiter?.fail(error);
  }

  #hear(bytes: Uint8Array): void {
    for (const heard of this.#framer.push(bytes)) this.#take(heard);
  }

  #take(heard: ModuleHeard): void {
    if (heard.kind === 'note') {
      if (heard.note === FACE_NOTE && heard.data.length >= 2) this.#onFaceState?.(heard.data[0] ?? 0);
      return;
    }
    const waiter = this.#waiter;
    if (heard.kind !== 'reply' || waiter?.code !== heard.command) return;
    waiter.take({ word: this.#profile.results.get(heard.result) ?? 'failed', data: heard.data });
  }
}
