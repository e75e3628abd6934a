/**
 * One life of the face engine's child, from its start to its end.
 *
 * Crash, hang and kill look the same from here: every call ends with
 * `LinkLostError`, every template is gone with it, and the supervisor starts
 * another one. A child that misses three heartbeats is hung and is killed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { type EngineMessage, type EngineReply, type EngineRequest, LONGEST_PICTURE } from './engine-messages.ts';
import {
  type Examined,
  type ExamineWants,
  type FaceEngine,
  type PictureBytes,
  type TemplateHandle,
  UnreadablePictureError,
} from './face-engine.ts';

/** A model runs on the child's own main thread, so a beat may wait for one chain on a slow board. */
const HEARTBEAT_MS = 1_000;
const MISSED_HEARTBEATS = 3;
const MOST_PENDING = 16;
/**
 * Each look takes and gives back some megabytes; one arena keeps fewer of them. The child settles at
 * about 300 MB; lower thresholds for giving pages back halve that and make a look three times as long.
 */
const GIVE_BACK = { MALLOC_ARENA_MAX: '1' };

export interface EngineProcessOptions {
  readonly clock: Clock;
  /** Where the model package lies. Default: the installed one. */
  readonly modelFolder?: string;
}

interface Pending {
  resolve(reply: EngineReply): void;
  reject(error: unknown): void;
}

type RequestBody<Each = EngineRequest> = Each extends EngineRequest ? Omit<Each, 'id'> : never;

export class EngineProcess implements FaceEngine {
  readonly #clock: Clock;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #lost = new Set<(error: LinkLostError) => void>();
  readonly #ready = Promise.withResolvers<string>();
  readonly #exited: Promise<void>;
  #ended: LinkLostError | undefined;
  #lastId = 0;
  #missed = 0;
  #cancelBeat: Unsubscribe = () => undefined;

  constructor({ clock, modelFolder }: EngineProcessOptions) {
    this.#clock = clock;
    this.#ready.promise.catch(() => undefined);
    // The same engine and the same form of source as this very file: .ts from a checkout, .js in a bundle.
    const form = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#child = fork(
      new URL(`./face-engine-child.${form}`, import.meta.url),
      modelFolder === undefined ? [] : [modelFolder],
      {
        serialization: 'advanced',
        execArgv: ['--max-semi-space-size=1'],
        env: { ...process.env, ...GIVE_BACK },
        // What a library prints must not mix with the one JSON line of standard output.
        stdio: ['ignore', 2, 2, 'ipc'],
      },
    );
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.on('message', (message: EngineMessage) => this.#take(message));
    this.#child.on('error', () => this.#end('the face engine could not be started'));
    this.#child.on('exit', (code, signal) => this.#end(`the face engine ended (${signal ?? code})`));
    // Whoever hangs up is gone or will be; how it went, its exit says.
    this.#child.on('disconnect', () => this.#child.kill('SIGKILL'));
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves with the manifest's id when every model is loaded. */
  async started(signal: AbortSignal): Promise<string> {
    const onAbort = (): void => this.kill('the face engine did not start');
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#ready.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async examine(picture: PictureBytes, wants: ExamineWants, signal: AbortSignal): Promise<Examined> {
    if (picture.bytes.length > LONGEST_PICTURE) throw new UnreadablePictureError('the picture is too long');
    const reply = await this.#request({ ask: 'examine', picture, wants }, signal);
    if (reply.tell !== 'examined') throw new LinkLostError('the face engine answered something else');
    return { reading: reply.reading, template: reply.template };
  }

  async compare(one: TemplateHandle, other: TemplateHandle, signal: AbortSignal): Promise<number> {
    const reply = await this.#request({ ask: 'compare', one, other }, signal);
    if (reply.tell !== 'compared') throw new LinkLostError('the face engine answered something else');
    return reply.cosine;
  }

  async forget(handles: readonly TemplateHandle[] | 'all'): Promise<void> {
    // An engine that is gone has forgotten everything.
    await this.#request({ ask: 'forget', handles }, new AbortController().signal).catch(() => undefined);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const ended = this.#ended;
    if (ended) queueMicrotask(() => listener(ended));
    else this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  kill(why: string): void {
    this.#child.kill('SIGKILL');
    this.#end(why);
  }

  async close(): Promise<void> {
    this.#lost.clear();
    this.kill('the face engine was closed');
    if (this.#child.pid !== undefined) await this.#exited;
  }

  #request(body: RequestBody, signal: AbortSignal): Promise<EngineReply> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#pending.size >= MOST_PENDING) throw new Error('Too many calls wait for the face engine.');
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        signal.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = (): void => {
        reject(signal.reason);
        // The reply still comes; a template in it belongs to nobody.
        this.#pending.set(id, {
          resolve: (reply) => {
            if (reply.tell === 'examined' && reply.template !== undefined) void this.forget([reply.template]);
          },
          reject: () => undefined,
        });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        resolve: (reply) => settle(() => (reply.tell === 'failed' ? reject(errorOf(reply.why)) : resolve(reply))),
        reject: (error) => settle(() => reject(error)),
      });
      this.#child.send({ ...body, id } as EngineRequest, (error) => {
        if (error) this.#end('the face engine takes no more messages');
      });
    });
  }

  #take(message: EngineMessage): void {
    if (this.#ended) return;
    if (message.tell === 'ready') {
      this.#ready.resolve(message.manifest);
      this.#beat();
      return;
    }
    if (message.tell === 'unfit') {
      this.kill(`the face engine can't run: ${message.why}`);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    pending?.resolve(message);
  }

  /** Beats are counted, not timed: a kiosk that slept has sent none, so the child has missed none. */
  #beat(): void {
    this.#cancelBeat();
    if (this.#ended) return;
    if (this.#missed >= MISSED_HEARTBEATS) {
      this.kill('the face engine hangs');
      return;
    }
    this.#missed += 1;
    this.#lastId += 1;
    this.#pending.set(this.#lastId, {
      resolve: () => {
        this.#missed = 0;
      },
      reject: () => undefined,
    });
    this.#child.send({ ask: 'alive', id: this.#lastId } satisfies EngineRequest, () => undefined);
    this.#cancelBeat = this.#clock.timer(HEARTBEAT_MS, () => this.#beat());
  }

  #end(why: string): void {
    if (this.#ended) return;
    const error = new LinkLostError(why);
    this.#ended = error;
    this.#cancelBeat();
    this.#ready.reject(error);
    for (const pending of [...this.#pending.values()]) pending.reject(error);
    this.#pending.clear();
    for (const listener of [...this.#lost]) listener(error);
    this.#lost.clear();
  }
}

function errorOf(why: Extract<EngineReply, { tell: 'failed' }>['why']): Error {
  if (why === 'unreadable') return new UnreadablePictureError('no readable picture');
  if (why === 'noSuchTemplate') return new LinkLostError('the face engine has forgotten this template');
  return new LinkLostError('the face engine could not run its models');
}
