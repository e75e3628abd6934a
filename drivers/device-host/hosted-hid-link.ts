/**
 * A HID link that lives in a device host, as the kiosk sees it.
 *
 * One promise: one report is one message, both ways; none is split, joined or
 * sent before the one ahead of it was taken.
 */
import { LONGEST_REPORT } from '../hid/tcp-hid-frames.ts';
import { type HidDevice, type HidLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import type { HostProcess } from './host-process.ts';
import { HostedChannel } from './hosted-channel.ts';

/** Rejects with `LinkLostError` or `signal.reason`. */
export async function openHostedHidLink(host: HostProcess, address: string, signal: AbortSignal): Promise<HidLink> {
  const channel = new HostedChannel(host);
  const reply = await host.request(
    (id) => {
      channel.listenAs(id);
      return { ask: 'openHidLink', id, address };
    },
    signal,
    () => channel.close(),
  );
  if (reply.tell !== 'hidOpened') throw new LinkLostError('the device host answered something else');
  return new HostedHidLink(channel, reply.device);
}

class HostedHidLink implements HidLink {
  readonly device: HidDevice;
  readonly #channel: HostedChannel;

  constructor(channel: HostedChannel, device: HidDevice) {
    this.#channel = channel;
    this.device = device;
  }

  /** @throws RangeError for a report that no HID device takes. */
  write(report: Uint8Array, signal: AbortSignal): Promise<void> {
    if (report.length < 1 || report.length > LONGEST_REPORT) {
      throw new RangeError(`A HID report can't have ${report.length} bytes.`);
    }
    return this.#channel.write([report], signal);
  }

  onReport(listener: (report: Uint8Array) => void): Unsubscribe {
    return this.#channel.onPiece(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#channel.onLost(listener);
  }

  close(): Promise<void> {
    return this.#channel.close();
  }
}
