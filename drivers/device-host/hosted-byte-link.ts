/**
 * A byte link that lives in a device host, as the kiosk sees it.
 *
 * One promise: bytes go through in order and in pieces, the next piece only
 * when the operating system took the one before, so nothing piles up in between.
 */
import { type ByteLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LONGEST_PAYLOAD } from './host-messages.ts';
import type { HostProcess } from './host-process.ts';
import { closeInHost } from './hosted-card-slot.ts';

/** Rejects with `LinkLostError` or `signal.reason`. */
export async function openHostedByteLink(host: HostProcess, address: string, signal: AbortSignal): Promise<ByteLink> {
  const link = new HostedByteLink(host);
  await host.request(
    (id) => {
      link.listenAs(id);
      return { ask: 'openByteLink', id, address };
    },
    signal,
    () => link.close(),
  );
  return link;
}

class HostedByteLink implements ByteLink {
  readonly #host: HostProcess;
  readonly #dataListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #lostListeners = new Set<(error: LinkLostError) => void>();
  /** Bytes that came before anyone listened. */
  #early: Uint8Array[] = [];
  #handle = 0;
  #ended: LinkLostError | undefined;
  #closed = false;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(host: HostProcess) {
    this.#host = host;
  }

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

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const turn = this.#lastWrite.then(() => this.#writeAll(bytes, signal));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    this.#dataListeners.add(listener);
    for (const bytes of this.#early.splice(0)) this.#take(bytes);
    return () => this.#dataListeners.delete(listener);
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
    this.#dataListeners.clear();
    this.#lostListeners.clear();
    await closeInHost(this.#host, this.#handle);
  }

  async #writeAll(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < bytes.length; at += LONGEST_PAYLOAD) {
      if (this.#ended) throw this.#ended;
      const piece = bytes.subarray(at, at + LONGEST_PAYLOAD);
      await this.#host.request((id) => ({ ask: 'write', id, handle: this.#handle, bytes: piece }), signal);
    }
  }

  #take(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#dataListeners.size === 0) {
      // Not yet acknowledged, so the host's own limit bounds what can gather here.
      this.#early.push(bytes);
      return;
    }
    this.#host.send({ ask: 'taken', handle: this.#handle, bytes: bytes.length });
    for (const listener of [...this.#dataListeners]) listener(bytes);
  }

  #lose(error: LinkLostError): void {
    if (this.#ended) return;
    this.#ended = error;
    for (const listener of [...this.#lostListeners]) listener(error);
    this.#lostListeners.clear();
  }
}
