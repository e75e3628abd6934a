/**
 * The inside of a device host: opens links, answers commands, tells news.
 *
 * It knows no process and no library; the child's entry gives it both. One
 * promise: every request gets exactly one reply, whatever a transport does.
 */
import { DeviceAddressError } from '../device-address.ts';
import { LONGEST_REPORT } from '../hid/tcp-hid-frames.ts';
import {
  type ByteLink,
  type CardConnection,
  CardGoneError,
  type CardSlot,
  type Clock,
  type HidLink,
  LinkLostError,
} from '../ports.ts';
import {
  type HostCommand,
  type HostErrorWord,
  type HostMessage,
  type HostReply,
  type HostRequest,
  LEAST_COST,
  LONGEST_PAYLOAD,
  MOST_UNTAKEN,
} from './host-messages.ts';
import type { HostTransports } from './host-transports.ts';

/** A library's own words may be long, characters. */
const LONGEST_MESSAGE = 200;

export class HostRoom {
  readonly #transports: HostTransports;
  readonly #clock: Clock;
  readonly #send: (message: HostMessage) => void;
  readonly #running = new Map<number, AbortController>();
  readonly #slots = new Map<number, CardSlot>();
  readonly #links = new Map<number, ByteLink | HidLink>();
  readonly #cards = new Map<number, CardConnection>();
  readonly #untaken = new Map<number, number>();

  constructor(transports: HostTransports, clock: Clock, send: (message: HostMessage) => void) {
    this.#transports = transports;
    this.#clock = clock;
    this.#send = send;
  }

  take(command: HostCommand): void {
    if (command.ask === 'cancel') {
      this.#running.get(command.id)?.abort(new Error('canceled'));
      return;
    }
    if (command.ask === 'taken') {
      const untaken = this.#untaken.get(command.handle);
      if (untaken !== undefined) this.#untaken.set(command.handle, untaken - costOf(command.bytes));
      return;
    }
    const controller = new AbortController();
    this.#running.set(command.id, controller);
    this.#run(command, controller.signal)
      .catch((error: unknown) => failure(command, error, controller.signal))
      .then((reply) => {
        this.#running.delete(command.id);
        this.#send(reply);
      })
      .catch((error: unknown) => queueMicrotask(() => rethrow(error)));
  }

  async #run(request: HostRequest, signal: AbortSignal): Promise<HostReply> {
    const { id } = request;
    switch (request.ask) {
      case 'openCardSlot':
        return this.#openSlot(id, request.address, signal);
      case 'openByteLink':
        return this.#openLink(id, request.address, signal);
      case 'openHidLink':
        return this.#openHid(id, request.address, signal);
      case 'connect': {
        const card = await found(this.#slots, request.handle).connect(signal);
        this.#cards.set(id, card);
        return { tell: 'powered', id, card: id, atr: card.atr };
      }
      case 'transmit': {
        const answer = await found(this.#cards, request.card).transmit(request.apdu, signal);
        if (answer.length > LONGEST_PAYLOAD) throw new CardGoneError('the chip answered more than a card can');
        return { tell: 'answer', id, answer };
      }
      case 'disconnect': {
        const card = this.#cards.get(request.card);
        this.#cards.delete(request.card);
        await card?.disconnect(request.how);
        return { tell: 'done', id };
      }
      case 'write':
        await found(this.#links, request.handle).write(request.bytes, signal);
        return { tell: 'done', id };
      case 'close':
        await this.#forget(request.handle);
        return { tell: 'done', id };
      case 'alive':
        return { tell: 'alive', id, rssBytes: process.memoryUsage.rss() };
    }
  }

  async #openSlot(id: number, address: string, signal: AbortSignal): Promise<HostReply> {
    if (!this.#transports.openCardSlot) throw new DeviceAddressError('This device host opens no card slots.');
    const slot = await this.#transports.openCardSlot(address, this.#clock, signal);
    this.#slots.set(id, slot);
    slot.onMediaChanged((media) => this.#send({ tell: 'media', handle: id, media }));
    slot.onLost((error) => this.#tellLost(id, error));
    return { tell: 'slotOpened', id, readerName: slot.readerName.slice(0, LONGEST_MESSAGE), media: slot.media() };
  }

  async #openLink(id: number, address: string, signal: AbortSignal): Promise<HostReply> {
    if (!this.#transports.openByteLink) throw new DeviceAddressError('This device host opens no byte links.');
    const link = await this.#transports.openByteLink(address, this.#clock, signal);
    this.#links.set(id, link);
    this.#untaken.set(id, 0);
    link.onData((bytes) => this.#tellData(id, bytes));
    link.onLost((error) => this.#tellLost(id, error));
    return { tell: 'done', id };
  }

  async #openHid(id: number, address: string, signal: AbortSignal): Promise<HostReply> {
    if (!this.#transports.openHidLink) throw new DeviceAddressError('This device host opens no HID devices.');
    const link = await this.#transports.openHidLink(address, this.#clock, signal);
    this.#links.set(id, link);
    this.#untaken.set(id, 0);
    link.onReport((report) => {
      if (report.length <= LONGEST_REPORT) this.#tellData(id, report);
      else this.#tellLost(id, new LinkLostError('the device sent a report of impossible length'));
    });
    link.onLost((error) => this.#tellLost(id, error));
    return { tell: 'hidOpened', id, device: link.device };
  }

  /** A device that talks faster than the kiosk listens is cut off: memory is not a queue. */
  #tellData(handle: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += LONGEST_PAYLOAD) {
      if (!this.#links.has(handle)) return;
      const piece = bytes.subarray(at, at + LONGEST_PAYLOAD);
      const untaken = (this.#untaken.get(handle) ?? 0) + costOf(piece.length);
      this.#untaken.set(handle, untaken);
      if (untaken > MOST_UNTAKEN) this.#tellLost(handle, new LinkLostError('the device sends faster than it is read'));
      else this.#send({ tell: 'data', handle, bytes: piece });
    }
  }

  #tellLost(handle: number, error: LinkLostError): void {
    if (!this.#slots.has(handle) && !this.#links.has(handle)) return;
    this.#send({ tell: 'lost', handle, message: error.message.slice(0, LONGEST_MESSAGE) });
    this.#forget(handle).catch(() => undefined);
  }

  async #forget(handle: number): Promise<void> {
    const open = this.#slots.get(handle) ?? this.#links.get(handle);
    this.#slots.delete(handle);
    this.#links.delete(handle);
    this.#untaken.delete(handle);
    await open?.close();
  }
}

function costOf(bytes: number): number {
  return Math.max(bytes, LEAST_COST);
}

function found<Thing>(things: ReadonlyMap<number, Thing>, handle: number): Thing {
  const thing = things.get(handle);
  if (!thing) throw new LinkLostError('the device host does not have this device open any more');
  return thing;
}

function failure(request: HostRequest, error: unknown, signal: AbortSignal): HostReply {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_MESSAGE);
  return { tell: 'failed', id: request.id, error: errorWord(request, error, signal), message };
}

function errorWord(request: HostRequest, error: unknown, signal: AbortSignal): HostErrorWord {
  if (error instanceof LinkLostError) return 'linkLost';
  if (error instanceof CardGoneError) return 'cardGone';
  if (signal.aborted) return 'canceled';
  // A native library throws whatever it likes when its bus is missing on this machine.
  return request.ask.startsWith('open') && !(error instanceof DeviceAddressError) ? 'linkLost' : 'refused';
}

function rethrow(error: unknown): never {
  throw error;
}
