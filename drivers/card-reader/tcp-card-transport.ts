/**
 * A card slot at the other end of a TCP connection (`tcp-card://host:port`).
 *
 * The wire is specified in `tcp-card-frames.ts`. One promise: a powered chip is
 * bound to the card that was in the slot when it was powered; when that card
 * leaves, its connection is over, also when another card follows at once.
 */
import { connect, type Socket } from 'node:net';
import {
  type CardConnection,
  CardGoneError,
  type CardSlot,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../ports.ts';
import { abortable } from './abortable.ts';
import { SlotWatch } from './slot-watch.ts';
import {
  encodeApdu,
  encodeHello,
  encodePower,
  encodeRelease,
  type SlotFrame,
  SlotFrameReader,
} from './tcp-card-frames.ts';

const KEEP_ALIVE_MS = 1_000;

type Reply = Extract<SlotFrame, { readonly id: number }>;
interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

/**
 * One attempt. Resolves when the slot has said its name and what is in it.
 * Rejects with `LinkLostError`, or with `signal.reason`.
 */
export async function openTcpCardSlot(host: string, port: number, signal: AbortSignal): Promise<CardSlot> {
  signal.throwIfAborted();
  const slot = new TcpCardSlot(connect({ host, port, noDelay: true }));
  try {
    await abortable(slot.opened, signal);
    return slot;
  } catch (error) {
    await slot.close();
    throw error;
  }
}

class TcpCardSlot implements CardSlot {
  readonly opened: Promise<void>;
  readonly #socket: Socket;
  readonly #reader = new SlotFrameReader();
  readonly #watch = new SlotWatch();
  readonly #waiting = new Map<number, Waiting>();
  #name: string | undefined;
  #lastId = 0;
  /** Counts cards: a connection that was powered for an earlier card is dead. */
  #cardNumber = 0;
  #settleOpened: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.opened = new Promise((resolve, reject) => {
      this.#settleOpened = { resolve, reject };
    });
    this.opened.catch(() => undefined);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.on('connect', () => socket.write(encodeHello()));
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#lose(`the card slot's line failed (${error.code})`));
    socket.on('close', () => this.#lose('the card slot hung up'));
  }

  get readerName(): string {
    return this.#name ?? '';
  }

  media(): SlotMedia {
    return this.#watch.media;
  }

  onMediaChanged(listener: (media: SlotMedia) => void): Unsubscribe {
    return this.#watch.onMediaChanged(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#watch.onLost(listener);
  }

  async connect(signal: AbortSignal): Promise<CardConnection> {
    const cardNumber = this.#cardNumber;
    const reply = await this.#ask((id) => encodePower(id), signal);
    if (reply.frame !== 'powered') throw this.#brokenRules('an answer of another kind');
    if (reply.outcome !== 0 || cardNumber !== this.#cardNumber) throw cardGone(reply.outcome);
    return {
      atr: reply.bytes,
      transmit: async (apdu, transmitSignal) => {
        if (cardNumber !== this.#cardNumber) throw cardGone(1);
        const answer = await this.#ask((id) => encodeApdu(id, apdu), transmitSignal);
        if (answer.frame !== 'answer') throw this.#brokenRules('an answer of another kind');
        if (answer.outcome !== 0) throw cardGone(answer.outcome);
        return answer.bytes;
      },
      disconnect: async (how) => {
        if (this.#watch.ended || cardNumber !== this.#cardNumber) return;
        await this.#ask((id) => encodeRelease(id, how), new AbortController().signal);
      },
    };
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.#end(new LinkLostError('the card slot was closed'));
    this.#socket.destroy();
  }

  #ask(encode: (id: number) => Buffer, signal: AbortSignal): Promise<Reply> {
    const ended = this.#watch.ended;
    if (ended) return Promise.reject(ended);
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#lastId = (this.#lastId + 1) % 0x1_0000_0000;
    const id = this.#lastId;
    const bytes = encode(id);
    const reply = new Promise<Reply>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#socket.write(bytes);
    return abortable(reply, signal);
  }

  #take(bytes: Uint8Array): void {
    try {
      for (const frame of this.#reader.push(bytes)) this.#obey(frame);
    } catch (error) {
      this.#brokenRules(error instanceof Error ? error.message : 'nonsense');
    }
  }

  #obey(frame: SlotFrame): void {
    switch (frame.frame) {
      case 'hello':
        this.#name = frame.readerName;
        return;
      case 'media':
        this.#cardNumber += 1;
        this.#watch.setMedia(frame.media);
        if (this.#name === undefined) throw new Error('media before hello');
        this.#settleOpened?.resolve();
        this.#settleOpened = undefined;
        return;
      case 'powered':
      case 'answer':
      case 'released': {
        // An answer that nobody waits for belongs to a command that was canceled.
        const waiting = this.#waiting.get(frame.id);
        this.#waiting.delete(frame.id);
        waiting?.resolve(frame);
      }
    }
  }

  #brokenRules(what: string): LinkLostError {
    const error = new LinkLostError(`the card slot does not keep to the protocol: ${what}`);
    this.#lose(error.message);
    this.#socket.destroy();
    return error;
  }

  #lose(message: string): void {
    const error = new LinkLostError(message);
    this.#end(error);
    this.#watch.lose(error);
  }

  #end(error: LinkLostError): void {
    this.#settleOpened?.reject(error);
    this.#settleOpened = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

function cardGone(outcome: number): CardGoneError {
  if (outcome === 2) return new CardGoneError('the chip in the slot does not answer');
  return new CardGoneError(outcome === 3 ? 'the card was changed in between' : 'no card in the slot');
}
