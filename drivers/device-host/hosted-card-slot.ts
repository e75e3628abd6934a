/**
 * A card slot that lives in a device host, as the kiosk sees it.
 *
 * One promise: it behaves like the slot itself, and like an unplugged one when
 * its host dies.
 */

import { SlotWatch } from '../card-reader/slot-watch.ts';
import {
  type CardConnection,
  CardGoneError,
  type CardSlot,
  LinkLostError,
  type SlotMedia,
  type Unsubscribe,
} from '../ports.ts';
import { LONGEST_PAYLOAD } from './host-messages.ts';
import type { HostProcess } from './host-process.ts';

const NEVER = new AbortController().signal;

/** Rejects with `LinkLostError` or `signal.reason`. */
export async function openHostedCardSlot(host: HostProcess, address: string, signal: AbortSignal): Promise<CardSlot> {
  const watch = new SlotWatch();
  let handle = 0;
  const reply = await host.request(
    (id) => {
      handle = id;
      host.listen(id, {
        news: (news) => {
          if (news.tell === 'media') watch.setMedia(news.media);
          else if (news.tell === 'lost') watch.lose(new LinkLostError(news.message));
        },
        lost: (error) => watch.lose(error),
      });
      return { ask: 'openCardSlot', id, address };
    },
    signal,
    () => closeInHost(host, handle),
  );
  if (reply.tell !== 'slotOpened') throw new LinkLostError('the device host answered something else');
  return new HostedCardSlot(host, handle, reply.readerName, watch, reply.media);
}

class HostedCardSlot implements CardSlot {
  readonly readerName: string;
  readonly #host: HostProcess;
  readonly #handle: number;
  readonly #watch: SlotWatch;

  constructor(host: HostProcess, handle: number, readerName: string, watch: SlotWatch, media: SlotMedia) {
    this.#host = host;
    this.#handle = handle;
    this.#watch = watch;
    this.readerName = readerName;
    if (watch.media.kind === 'notPresent') watch.setMedia(media);
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
    if (this.#watch.ended) throw this.#watch.ended;
    const host = this.#host;
    const reply = await host.request(
      (id) => ({ ask: 'connect', id, handle: this.#handle }),
      signal,
      (late) => {
        if (late.tell === 'powered') disconnectInHost(host, late.card).catch(() => undefined);
      },
    );
    if (reply.tell !== 'powered') throw new LinkLostError('the device host answered something else');
    const { card, atr } = reply;
    let open = true;
    return {
      atr,
      transmit: async (apdu, transmitSignal) => {
        if (this.#watch.ended) throw this.#watch.ended;
        if (!open) throw new CardGoneError('the chip was disconnected');
        if (apdu.length > LONGEST_PAYLOAD) throw new RangeError('An APDU of impossible length.');
        const answer = await host.request((id) => ({ ask: 'transmit', id, card, apdu }), transmitSignal);
        if (answer.tell !== 'answer') throw new LinkLostError('the device host answered something else');
        return answer.answer;
      },
      disconnect: async (how) => {
        if (!open) return;
        open = false;
        await disconnectInHost(host, card, how);
      },
    };
  }

  async close(): Promise<void> {
    this.#watch.close();
    await closeInHost(this.#host, this.#handle);
  }
}

/** A host that is gone has nothing open any more, so its loss is no trouble here. */
export async function closeInHost(host: HostProcess, handle: number): Promise<void> {
  host.forget(handle);
  await host.request((id) => ({ ask: 'close', id, handle }), NEVER).catch(() => undefined);
}

async function disconnectInHost(host: HostProcess, card: number, how?: 'eject'): Promise<void> {
  await host.request((id) => ({ ask: 'disconnect', id, card, ...(how && { how }) }), NEVER).catch(() => undefined);
}
