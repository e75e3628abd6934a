/**
 * What a link in a device host has in common, whether it carries a stream or reports.
 *
 * One promise: pieces go through whole and in order, the next one only when the
 * operating system took the one before, and what came before anyone listened is
 * kept, within the host's own limit, because it is not acknowledged yet.
 */
import { LinkLostError, type Unsubscribe } from '../ports.ts';
import { LEAST_COST, MOST_UNTAKEN } from './host-messages.ts';
import type { HostProcess } from './host-process.ts';
import { closeInHost } from './hosted-card-slot.ts';

export class HostedChannel {
  readonly #host: HostProcess;
  readonly #pieceListeners = new Set<(piece: Uint8Array) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  #early: Uint8Array[] = [];
  #earlyCost = 0;
  #handle = 0;
  #ended: LinkLostError | undefined;
  #closed = false;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(host: HostProcess) {
    this.#host = host;
  }

  /** `handle`: the id of the request that opens it; news may come before its reply. */
  listenAs(handle: number): void {
    this.#handle = handle;
    this.#host.listen(handle, {
      news: (news) => {
        if (news.tell === 'data') this.#take(news.bytes);
        else if (news.tell === 'lost') this.#lose(new LinkLostError(news.message));
      },
      lost: (error) => this.#lose(error),
    });
  }

  /** Rejects with `LinkLostError` or `signal.reason`. */
  write(pieces: Iterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    const turn = this.#lastWrite.then(() => this.#writeAll(pieces, signal));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  onPiece(listener: (piece: Uint8Array) => void): Unsubscribe {
    this.#pieceListeners.add(listener);
    this.#earlyCost = 0;
    for (const piece of this.#early.splice(0)) this.#take(piece);
    return () => this.#pieceListeners.delete(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    const { ended } = { ended: this.#ended };
    if (ended && !this.#closed) {
      queueMicrotask(() => listener(ended));
      return () => undefined;
    }
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ended ??= new LinkLostError('the link was closed');
    this.#pieceListeners.clear();
    this.#lostListeners.clear();
    this.#early = [];
    await closeInHost(this.#host, this.#handle);
  }

  async #writeAll(pieces: Iterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    for (const bytes of pieces) {
      if (this.#ended) throw this.#ended;
      await this.#host.request((id) => ({ ask: 'write', id, handle: this.#handle, bytes }), signal);
    }
  }

  #take(piece: Uint8Array): void {
    if (this.#closed) return;
    if (this.#pieceListeners.size === 0) {
      this.#early.push(piece);
      this.#earlyCost += Math.max(piece.length, LEAST_COST);
      // The host bounds itself; one that does not is broken.
      if (this.#earlyCost > 2 * MOST_UNTAKEN) this.#host.kill('the device host floods');
      return;
    }
    this.#host.send({ ask: 'taken', handle: this.#handle, bytes: piece.length });
    for (const listener of [...this.#pieceListeners]) listener(piece);
  }

  #lose(error: LinkLostError): void {
    if (this.#ended) return;
    this.#ended = error;
    for (const listener of [...this.#lostListeners]) listener(error);
    this.#lostListeners.clear();
  }
}
