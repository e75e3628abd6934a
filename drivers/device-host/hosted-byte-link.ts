/**
 * A byte link that lives in a device host, as the kiosk sees it.
 *
 * One promise: bytes go through in order and in pieces, the next piece only
 * when the operating system took the one before, so nothing piles up in between.
 */
import type { ByteLink, LinkLostError, Unsubscribe } from '../ports.ts';
import { LONGEST_PAYLOAD } from './host-messages.ts';
import type { HostProcess } from './host-process.ts';
import { HostedChannel } from './hosted-channel.ts';

/** Rejects with `LinkLostError` or `signal.reason`. */
export async function openHostedByteLink(host: HostProcess, address: string, signal: AbortSignal): Promise<ByteLink> {
  const channel = new HostedChannel(host);
  await host.request(
    (id) => {
      channel.listenAs(id);
      return { ask: 'openByteLink', id, address };
    },
    signal,
    () => channel.close(),
  );
  return new HostedByteLink(channel);
}

class HostedByteLink implements ByteLink {
  readonly #channel: HostedChannel;

  constructor(channel: HostedChannel) {
    this.#channel = channel;
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#channel.write(piecesOf(bytes), signal);
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#channel.onPiece(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#channel.onLost(listener);
  }

  close(): Promise<void> {
    return this.#channel.close();
  }
}

function* piecesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += LONGEST_PAYLOAD) yield bytes.subarray(at, at + LONGEST_PAYLOAD);
}
