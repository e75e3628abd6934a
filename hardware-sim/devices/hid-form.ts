/**
 * The USB form of a device that has a serial one: the same stream, in reports of
 * 64 bytes with a length in front, as makers of readers and PIN pads do it.
 *
 * Written apart from the driver's adaptor. One promise: what the device says
 * comes out whole and in order, and its pulled cable is the lost HID device.
 */
import type { ByteLink, HidDevice, HidLink, Unsubscribe } from '../../drivers/ports.ts';
import type { SerialDevice } from './serial-cable.ts';

const REPORT_BYTES = 64;

/** What the device says of itself; the usage page is a vendor's own. */
const VENDOR_DEVICE: HidDevice = { product: 'Yizhan virtual device', usagePage: 0xff00, usage: 1 };

export async function openHidForm(device: SerialDevice, signal: AbortSignal): Promise<HidLink> {
  return new HidForm(await device.openByteLink(signal));
}

class HidForm implements HidLink {
  readonly device = VENDOR_DEVICE;
  readonly #stream: ByteLink;

  constructor(stream: ByteLink) {
    this.#stream = stream;
  }

  /** Id, length, bytes, padding. A report that says more than it holds is dropped, as firmware does. */
  write(report: Uint8Array, signal: AbortSignal): Promise<void> {
    const [id, length = 0] = report;
    if (id !== 0 || report.length !== 1 + REPORT_BYTES || length >= REPORT_BYTES) return Promise.resolve();
    return this.#stream.write(report.slice(2, 2 + length), signal);
  }

  onReport(listener: (report: Uint8Array) => void): Unsubscribe {
    return this.#stream.onData((bytes) => {
      for (let at = 0; at < bytes.length; at += REPORT_BYTES - 1) {
        const piece = bytes.subarray(at, at + REPORT_BYTES - 1);
        const report = new Uint8Array(1 + REPORT_BYTES);
        report[1] = piece.length;
        report.set(piece, 2);
        listener(report);
      }
    });
  }

  onLost(listener: Parameters<HidLink['onLost']>[0]): Unsubscribe {
    return this.#stream.onLost(listener);
  }

  close(): Promise<void> {
    return this.#stream.close();
  }
}
