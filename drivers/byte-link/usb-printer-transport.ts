/**
 * A byte link to a USB printer (interface class 7), without the kernel's driver.
 *
 * One promise: a printer that takes no bytes (paper out) delays a write and
 * loses nothing: bytes go out packet by packet, a packet is taken whole or not
 * at all, and one that was not taken is offered again until the signal fires.
 */
/// <reference types="w3c-web-usb" />
import { usb } from 'usb';
import { type ByteLink, LinkLostError, type Unsubscribe } from '../ports.ts';
import { LinkListeners } from './link-listeners.ts';

const PRINTER_CLASS = 7;
/** A transfer that nobody took is given back after this time, ms. */
const TRANSFER_MS = 1_000;
const NOT_TAKEN = /cancel|timed? ?out/i;

/** The library's transfers take a time limit that the WebUSB types don't know; without it they wait a second too. */
interface LimitedTransfers {
  transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<USBInTransferResult>;
  transferOut(endpointNumber: number, data: Uint8Array, timeoutMs: number): Promise<USBOutTransferResult>;
}

type Device = NonNullable<Awaited<ReturnType<typeof usb.findDeviceByIds>>> & USBDevice & LimitedTransfers;

interface Endpoints {
  readonly interfaceNumber: number;
  readonly out: USBEndpoint;
  /** Write-only printers have none. */
  readonly in: USBEndpoint | undefined;
}

/**
 * @param vidPid vendor and product id in hex, e.g. `0416:5011`
 * @throws LinkLostError when no such printer is plugged in; TypeError for an address that is no pair of ids
 */
export async function openUsbPrinterLink(vidPid: string, signal: AbortSignal): Promise<ByteLink> {
  const ids = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(vidPid);
  if (!ids) throw new TypeError('A USB address is two hex numbers of four digits, such as 0416:5011.');
  signal.throwIfAborted();
  const device = await find(Number.parseInt(ids[1] ?? '', 16), Number.parseInt(ids[2] ?? '', 16));
  if (!device) throw new LinkLostError('no USB device with these ids is plugged in');
  try {
    await device.open();
    if (!device.configuration) await device.selectConfiguration(1);
    const endpoints = printerEndpoints(device);
    // The kernel's usblp holds the interface on a desktop system.
    await device.detachKernelDriver(endpoints.interfaceNumber).catch(() => undefined);
    await device.claimInterface(endpoints.interfaceNumber);
    signal.throwIfAborted();
    return new UsbPrinterLink(device, endpoints);
  } catch (error) {
    await device.close().catch(() => undefined);
    signal.throwIfAborted();
    if (error instanceof LinkLostError) throw error;
    throw new LinkLostError(`the USB printer could not be opened (${reason(error)})`);
  }
}

async function find(vendorId: number, productId: number): Promise<Device | undefined> {
  try {
    return (await usb.findDeviceByIds(vendorId, productId)) as Device | undefined;
  } catch (error) {
    throw new LinkLostError(`the USB bus can not be read (${reason(error)})`);
  }
}

function printerEndpoints(device: Device): Endpoints {
  for (const { interfaceNumber, alternate } of device.configuration?.interfaces ?? []) {
    if (alternate.interfaceClass !== PRINTER_CLASS) continue;
    const bulk = alternate.endpoints.filter(({ type }) => type === 'bulk');
    const out = bulk.find(({ direction }) => direction === 'out');
    if (out) return { interfaceNumber, out, in: bulk.find(({ direction }) => direction === 'in') };
  }
  throw new LinkLostError('the USB device has no printer interface');
}

class UsbPrinterLink implements ByteLink {
  readonly #device: Device;
  readonly #endpoints: Endpoints;
  readonly #listeners = new LinkListeners();
  #writes: Promise<unknown> = Promise.resolve();

  constructor(device: Device, endpoints: Endpoints) {
    this.#device = device;
    this.#endpoints = endpoints;
    this.#readOn().catch((error: unknown) => this.#lose(error));
  }

  write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    // The caller may use its buffer again; the printer may take its time.
    const own = Uint8Array.from(bytes);
    return this.#listeners.write(signal, (done) => {
      const sending = this.#writes.then(() => this.#send(own, signal));
      this.#writes = sending.catch(() => undefined);
      sending.then(
        (whole) => whole && done(),
        (error: unknown) => this.#lose(error),
      );
    });
  }

  onData(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#listeners.onData(listener);
  }

  onLost(listener: (error: LinkLostError) => void): Unsubscribe {
    return this.#listeners.onLost(listener);
  }

  async close(): Promise<void> {
    this.#listeners.close(new LinkLostError('the USB printer was closed by this side'));
    await this.#device.releaseInterface(this.#endpoints.interfaceNumber).catch(() => undefined);
    await this.#device.close().catch(() => undefined);
  }

  /** `false`: given up by the signal or the end of the link. */
  async #send(bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const { out } = this.#endpoints;
    let at = 0;
    while (at < bytes.length) {
      if (signal.aborted || this.#listeners.ended.aborted) return false;
      const packet = bytes.slice(at, at + out.packetSize);
      try {
        await this.#device.transferOut(out.endpointNumber, packet, TRANSFER_MS);
        at += packet.length;
      } catch (error) {
        if (!NOT_TAKEN.test(reason(error))) throw error;
      }
    }
    return true;
  }

  async #readOn(): Promise<void> {
    const input = this.#endpoints.in;
    while (input && !this.#listeners.ended.aborted) {
      try {
        const { data } = await this.#device.transferIn(input.endpointNumber, input.packetSize, TRANSFER_MS);
        if (data && data.byteLength > 0) {
          this.#listeners.deliver(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        }
      } catch (error) {
        if (!NOT_TAKEN.test(reason(error))) throw error;
      }
    }
  }

  #lose(error: unknown): void {
    this.#listeners.lose(new LinkLostError(`the USB printer went away (${reason(error)})`));
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 80);
}
