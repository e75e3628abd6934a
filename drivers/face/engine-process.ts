/**
 * One life of the face engine's child, from its start to its end.
 *
 * Crash, hang, leak and kill look the same from here: every call ends with
 * `LinkLostError`, every template is gone with it, and the supervisor starts
 * another one. A child that misses its heartbeats or does not get on with a
 * picture is hung, one that grows beyond its bound leaks, one that says nonsense,
 * or answers what nobody asked, is broken: each is killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { HOST_WIRE_FD, HostWire } from '../device-host/host-wire.ts';
import { type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { EngineCalls } from './engine-calls.ts';
import { isEngineMessage } from './engine-message-check.ts';
import {
  type EngineMessage,
  type EngineReply,
  type EngineRequest,
  KIOSK_BOUNDS,
  LONGEST_PICTURE,
} from './engine-messages.ts';
import { EnginePulse } from './engine-pulse.ts';
import {
  type Examined,
  type ExamineWants,
  type FaceEngine,
  type PictureBytes,
  type TemplateHandle,
  UnreadablePictureError,
} from './face-engine.ts';
import { Turns } from './turns.ts';

/** Loading four models and checking their hashes: 1 s on a desk, some seconds on a small board. */
const START_MS = 20_000;
/** The end of a look's patience where the heartbeat itself is kept from the processor: ten times what a busy desk needs. */
const LONGEST_LOOK_MS = 4_000;
/** Between the end of its pipe and the end of the process. */
const EXIT_MS = 100;
/** The part of it that is JavaScript's, MiB: the engine ends the process by itself beyond it. */
const MOST_HEAP_MB = 96;
/** Each look takes and gives back some megabytes; one arena keeps fewer of them. */
const GIVE_BACK = { MALLOC_ARENA_MAX: '1' };

const NEVER = new AbortController().signal;

export interface EngineProcessOptions {
  readonly clock: Clock;
  /** Where the model package lies. Default: the installed one. */
  readonly modelFolder?: string;
  /** The child's program, where it is not ours (a test's that misbehaves). */
  readonly entry?: URL;
}

type RequestBody<Each = EngineRequest> = Each extends EngineRequest ? Omit<Each, 'id'> : never;

export class EngineProcess implements FaceEngine {
  readonly #clock: Clock;
  readonly #child: ChildProcess;
  readonly #wire: HostWire;
  readonly #calls: EngineCalls;
  readonly #lost = new Set<(error: LinkLostError) => void>();
  readonly #ready = Promise.withResolvers<string>();
  readonly #exited: Promise<void>;
  readonly #looks = new Turns();
  #ended: LinkLostError | undefined;
  #pulse: EnginePulse | undefined;
  #cancelTimer: Unsubscribe;

  constructor({ clock, modelFolder, entry }: EngineProcessOptions) {
    this.#clock = clock;
    this.#ready.promise.catch(() => undefined);
    this.#calls = new EngineCalls({
      clock,
      longestMs: LONGEST_LOOK_MS,
      onHung: () => this.kill('a call hangs in the face engine'),
      onUnwanted: (reply) => {
        // A template that belongs to nobody.
        if (reply.tell === 'examined' && reply.template !== undefined) void this.forget([reply.template]);
      },
    });
    // The same engine and the same form of source as this very file: .ts from a checkout, .js in a bundle.
    const form = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const program = fileURLToPath(entry ?? new URL(`./face-engine-child.${form}`, import.meta.url));
    this.#child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${MOST_HEAP_MB}`,
        '--max-semi-space-size=1',
        '--expose-gc',
        program,
        ...(modelFolder ? [modelFolder] : []),
      ],
      {
        env: { ...process.env, ...GIVE_BACK },
        // What a library prints must not mix with the one JSON line of standard output.
        stdio: ['ignore', 2, 2, 'pipe'],
      },
    );
    const pipe = this.#child.stdio[HOST_WIRE_FD];
    if (!(pipe instanceof Duplex)) throw new Error('The face engine was started without its pipe.');
    const listener = {
      message: (message: unknown): void => {
        if (isEngineMessage(message)) this.#take(message);
        else this.kill('the face engine talks nonsense');
      },
      ended: (why: 'hungUp' | 'nonsense' | 'takesNoMore'): void => {
        // Its exit, which says more, is on its way.
        if (why === 'hungUp') this.#endAfter(EXIT_MS, 'the face engine hung up');
        else
          this.kill(why === 'nonsense' ? 'the face engine talks nonsense' : 'the face engine takes no more messages');
      },
    };
    this.#wire = new HostWire(pipe, listener, KIOSK_BOUNDS);
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.on('error', () => this.#end('the face engine could not be started'));
    this.#child.on('exit', (code, signal) => this.#end(`the face engine ended (${signal ?? code})`));
    this.#cancelTimer = clock.timer(START_MS, () => this.kill('the face engine did not start'));
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves with the manifest's id when every model is loaded. */
  async started(signal: AbortSignal): Promise<string> {
    const onAbort = (): void => void this.kill('the face engine did not start');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await this.#ready.promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** One picture after the other: who waits for a turn and gives up has sent nothing. */
  async examine(picture: PictureBytes, wants: ExamineWants, signal: AbortSignal): Promise<Examined> {
    if (picture.bytes.length > LONGEST_PICTURE) throw new UnreadablePictureError('the picture is too long');
    await this.#ready.promise;
    return this.#looks.take(signal, async () => {
      const reply = await this.#request({ ask: 'examine', picture, wants }, signal);
      if (reply.tell !== 'examined') throw this.kill('the face engine talks nonsense');
      return { reading: reply.reading, template: reply.template };
    });
  }

  async compare(one: TemplateHandle, other: TemplateHandle, signal: AbortSignal): Promise<number> {
    const reply = await this.#request({ ask: 'compare', one, other }, signal);
    if (reply.tell !== 'compared') throw this.kill('the face engine talks nonsense');
    return reply.cosine;
  }

  async forget(handles: readonly TemplateHandle[] | 'all'): Promise<void> {
    if (handles.length === 0) return;
    // An engine that is gone has forgotten everything.
    await this.#request({ ask: 'forget', handles }, NEVER).catch(() => undefined);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const ended = this.#ended;
    if (ended) queueMicrotask(() => listener(ended));
    else this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** @returns the error with which everything that waited has ended */
  kill(why: string): LinkLostError {
    this.#child.kill('SIGKILL');
    this.#end(why);
    return this.#ended ?? new LinkLostError(why);
  }

  async close(): Promise<void> {
    this.#lost.clear();
    this.kill('the face engine was closed');
    if (this.#child.pid !== undefined) await this.#exited;
  }

  async #request(body: RequestBody, signal: AbortSignal): Promise<EngineReply> {
    if (this.#ended) throw this.#ended;
    const reply = await this.#calls.add((id) => this.#wire.send({ ...body, id }), signal);
    if (reply.tell === 'failed') throw errorOf(reply.why);
    return reply;
  }

  #take(message: EngineMessage): void {
    if (this.#ended) return;
    if (message.tell === 'ready') {
      this.#ready.resolve(message.manifest);
      this.#cancelTimer();
      if (this.#pulse) this.kill('the face engine talks nonsense');
      else this.#pulse = this.#startPulse();
      return;
    }
    if (message.tell === 'unfit') {
      this.kill(`the face engine can't run: ${message.why}`);
      return;
    }
    if (!this.#calls.answer(message)) this.kill('the face engine talks nonsense');
  }

  #startPulse(): EnginePulse {
    return new EnginePulse({
      clock: this.#clock,
      ask: () => this.#request({ ask: 'alive' }, NEVER),
      onSick: (why) => this.kill(why),
    });
  }

  #endAfter(ms: number, why: string): void {
    if (this.#ended) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.timer(ms, () => this.kill(why));
  }

  #end(why: string): void {
    if (this.#ended) return;
    const error = new LinkLostError(why);
    this.#ended = error;
    this.#cancelTimer();
    this.#pulse?.stop();
    this.#wire.close();
    this.#ready.reject(error);
    this.#calls.end(error);
    for (const listener of [...this.#lost]) listener(error);
    this.#lost.clear();
  }
}

function errorOf(why: Extract<EngineReply, { tell: 'failed' }>['why']): Error {
  if (why === 'unreadable') return new UnreadablePictureError('no readable picture');
  if (why === 'noSuchTemplate') return new LinkLostError('the face engine has forgotten this template');
  return new LinkLostError('the face engine could not run its models');
}
