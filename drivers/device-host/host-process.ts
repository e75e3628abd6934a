/**
 * One life of a device host: a child process, from its start to its end.
 *
 * Crash, hang, leak and kill look the same from here: every call and every
 * proxy ends with `LinkLostError`. A child that misses three heartbeats (or keeps
 * a canceled call for a second) is hung, one that grows beyond its bound leaks,
 * one that says nonsense is broken: each is killed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CardGoneError, type Clock, LinkLostError, type Unsubscribe } from '../ports.ts';
import { isHostMessage } from './host-message-check.ts';
import type { HostCommand, HostLibrary, HostMessage, HostNews, HostReply, HostRequest } from './host-messages.ts';
import { HOST_WIRE_FD, HostWire } from './host-wire.ts';

const HEARTBEAT_MS = 200;
const MISSED_HEARTBEATS = 3;
const CANCEL_GRACE_MS = 1_000;
/** Loading a library on a slow kiosk; only then does the heartbeat start. */
const START_MS = 10_000;
/** Between the end of its pipe and the end of the process. */
const EXIT_MS = 100;
const MOST_PENDING = 256;
/** A host with its library loaded is at 50 to 90 MiB; one that holds so much more leaks. Bytes. */
export const MOST_MEMORY = 256 * 1_048_576;
/** The part of it that is JavaScript's, MiB: the engine ends the process by itself beyond it. */
const MOST_HEAP_MB = 96;

interface Pending {
  resolve(reply: HostReply): void;
  reject(error: unknown): void;
}

/** What a proxy wants to hear about its device. */
export interface HostListener {
  news(news: Exclude<HostNews, { tell: 'ready' }>): void;
  lost(error: LinkLostError): void;
}

export interface HostProcessOptions {
  readonly library: HostLibrary;
  readonly clock: Clock;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told once, when the child can't be used any more; `livedMs`: since it was ready, 0 when it never was. */
  readonly onEnded?: (livedMs: number) => void;
  /** The host's program, where it is not ours (a test's that misbehaves). */
  readonly entry?: URL;
}

export class HostProcess {
  readonly #clock: Clock;
  readonly #child: ChildProcess;
  readonly #wire: HostWire;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<number, HostListener>();
  readonly #exited: Promise<void>;
  #ended: LinkLostError | undefined;
  #readyAtMs: number | undefined;
  readonly #onEnded: ((livedMs: number) => void) | undefined;
  #lastId = 0;
  #missed = 0;
  #cancelTimer: Unsubscribe;

  constructor(options: HostProcessOptions) {
    this.#clock = options.clock;
    this.#onEnded = options.onEnded;
    // The same engine and the same form of source as this very file: .ts from a checkout, .js in a bundle.
    const ours = import.meta.url.endsWith('.ts') ? './device-host-child.ts' : './device-host-child.js';
    const entry = options.entry ?? new URL(ours, import.meta.url);
    this.#child = spawn(
      process.execPath,
      [`--max-old-space-size=${MOST_HEAP_MB}`, fileURLToPath(entry), options.library],
      {
        env: { ...process.env, ...options.environment },
        // What a library prints must not mix with the one JSON line of standard output.
        stdio: ['ignore', 2, 2, 'pipe'],
      },
    );
    const pipe = this.#child.stdio[HOST_WIRE_FD];
    if (!(pipe instanceof Duplex)) throw new Error('A device host was started without its pipe.');
    this.#wire = new HostWire(pipe, {
      message: (message) => {
        if (isHostMessage(message)) this.#take(message);
        else this.kill('the device host talks nonsense');
      },
      ended: (why) => {
        // Its exit, which says more, is on its way.
        if (why === 'hungUp') this.#endAfter(EXIT_MS, 'the device host hung up');
        else
          this.kill(why === 'nonsense' ? 'the device host talks nonsense' : 'the device host takes no more messages');
      },
    });
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.on('error', () => this.#end('the device host could not be started'));
    this.#child.on('exit', (code, signal) => this.#end(`the device host ended (${signal ?? code})`));
    this.#cancelTimer = this.#clock.timer(START_MS, () => this.kill('the device host did not start'));
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Why this process can't be used any more. */
  get ended(): LinkLostError | undefined {
    return this.#ended;
  }

  /**
   * Asks and waits for the reply. Rejects with what the transport threw, `signal.reason`, or
   * `LinkLostError` when the child is gone. `unwanted` gets a reply that came after the abort.
   */
  request(
    build: (id: number) => HostRequest,
    signal: AbortSignal,
    unwanted?: (reply: HostReply) => void,
  ): Promise<HostReply> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#pending.size >= MOST_PENDING) throw new Error('Too many calls wait for one device host.');
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        reject(signal.reason);
        const stopWaiting = this.#clock.timer(CANCEL_GRACE_MS, () => this.kill('a call hangs in the device host'));
        this.#pending.set(id, {
          resolve: (reply) => {
            stopWaiting();
            if (reply.tell !== 'failed') unwanted?.(reply);
          },
          reject: stopWaiting,
        });
        this.send({ ask: 'cancel', id });
      };
      const settle = (act: () => void): void => {
        signal.removeEventListener('abort', onAbort);
        act();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        resolve: (reply) => settle(() => (reply.tell === 'failed' ? reject(errorOf(reply)) : resolve(reply))),
        reject: (error) => settle(() => reject(error)),
      });
      this.send(build(id));
    });
  }

  send(command: HostCommand): void {
    if (!this.#ended) this.#wire.send(command);
  }

  /** News about the device that request `handle` opened. */
  listen(handle: number, listener: HostListener): void {
    this.#listeners.set(handle, listener);
  }

  forget(handle: number): void {
    this.#listeners.delete(handle);
  }

  /** Also wakes nothing up: a stopped or hung process dies like any other. */
  kill(why: string): void {
    this.#child.kill('SIGKILL');
    this.#end(why);
  }

  async close(): Promise<void> {
    this.kill('the device host was closed');
    if (this.#child.pid !== undefined) await this.#exited;
  }

  #take(message: HostMessage): void {
    if (this.#ended) return;
    switch (message.tell) {
      case 'ready':
        this.#readyAtMs ??= this.#clock.monotonicMs();
        this.#beat();
        return;
      case 'media':
      case 'data':
      case 'lost':
        this.#listeners.get(message.handle)?.news(message);
        return;
      default: {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        pending?.resolve(message);
      }
    }
  }

  /** Beats are counted, not timed: a kiosk that slept for a second has sent none, so the child has missed none. */
  #beat(): void {
    this.#cancelTimer();
    if (this.#ended || this.#readyAtMs === undefined) return;
    if (this.#missed >= MISSED_HEARTBEATS) {
      this.kill('the device host hangs');
      return;
    }
    this.#missed += 1;
    this.#lastId += 1;
    this.#pending.set(this.#lastId, {
      resolve: (reply) => {
        this.#missed = 0;
        if (reply.tell === 'alive' && reply.rssBytes > MOST_MEMORY) this.kill('the device host leaks memory');
      },
      reject: () => undefined,
    });
    this.send({ ask: 'alive', id: this.#lastId });
    this.#cancelTimer = this.#clock.timer(HEARTBEAT_MS, () => this.#beat());
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
    this.#wire.close();
    for (const pending of [...this.#pending.values()]) pending.reject(error);
    this.#pending.clear();
    for (const listener of [...this.#listeners.values()]) listener.lost(error);
    this.#listeners.clear();
    this.#onEnded?.(this.#readyAtMs === undefined ? 0 : this.#clock.monotonicMs() - this.#readyAtMs);
  }
}

function errorOf(reply: Extract<HostReply, { tell: 'failed' }>): Error {
  if (reply.error === 'cardGone') return new CardGoneError(reply.message);
  if (reply.error === 'refused') return new Error(`The device host refused: ${reply.message}`);
  return new LinkLostError(reply.message);
}
