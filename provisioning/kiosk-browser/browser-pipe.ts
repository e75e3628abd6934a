/**
 * Chromium's DevTools protocol over its two inherited pipes: JSON messages, each ended by a NUL byte
 * (`--remote-debugging-pipe`: the browser reads descriptor 3 and writes descriptor 4).
 *
 * Only the browser's own targets are spoken to: the kiosk's policies forbid looking into a page.
 * One promise: every request settles, with an answer, a refusal, a deadline or the end of the pipe.
 */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../drivers/ports.ts';

/** What a message may hold at most, in characters; beyond it the browser has lost its mind. */
const LONGEST_MESSAGE = 4_000_000;

export class BrowserSilentError extends Error {
  override readonly name = 'BrowserSilentError';
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class BrowserPipe {
  readonly #toBrowser: Writable;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #text = '';
  #count = 0;
  #ended: Error | undefined;

  constructor(toBrowser: Writable, fromBrowser: Readable, clock: Clock) {
    this.#toBrowser = toBrowser;
    this.#clock = clock;
    fromBrowser.setEncoding('utf8');
    fromBrowser.on('data', (piece: string) => this.#hear(piece));
    fromBrowser.on('close', () => this.end('the pipe ended'));
    fromBrowser.on('error', (error) => this.end(error.message));
    toBrowser.on('error', (error) => this.end(error.message));
  }

  /** Rejects with BrowserSilentError at the deadline, at a refusal, and when the pipe ends. */
  ask(method: string, params: object, withinMs: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.timer(withinMs, () => settle(id)?.reject(silent(`${method}: no answer`)));
      const settle = (of: number): Waiting | undefined => {
        const waiting = this.#waiting.get(of);
        this.#waiting.delete(of);
        cancel();
        return waiting;
      };
      this.#waiting.set(id, {
        resolve: (result) => {
          settle(id);
          resolve(result);
        },
        reject: (error) => {
          settle(id);
          reject(error);
        },
      });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params })}\0`);
    });
  }

  end(why: string): void {
    this.#ended ??= silent(why);
    for (const waiting of [...this.#waiting.values()]) waiting.reject(this.#ended);
  }

  #hear(piece: string): void {
    this.#text += piece;
    for (let at = this.#text.indexOf('\0'); at >= 0; at = this.#text.indexOf('\0')) {
      const message = this.#text.slice(0, at);
      this.#text = this.#text.slice(at + 1);
      this.#take(message);
    }
    if (this.#text.length > LONGEST_MESSAGE) {
      this.#text = '';
      this.end('a message without an end');
    }
  }

  #take(text: string): void {
    let message: { id?: unknown; result?: unknown; error?: { message?: unknown } };
    try {
      message = JSON.parse(text) ?? {};
    } catch {
      this.end('a message that is no JSON');
      return;
    }
    const waiting = typeof message.id === 'number' ? this.#waiting.get(message.id) : undefined;
    if (message.error) waiting?.reject(silent(String(message.error.message)));
    else waiting?.resolve(message.result);
  }
}

function silent(why: string): BrowserSilentError {
  return new BrowserSilentError(why);
}
