/**
 * A byte link to a USB printer (interface class 7), without the kernel's driver.
 *
 * One promise: every transfer has a limit of its own, because a printer that is
 * out of paper takes no bytes for as long as it likes. The library's disconnect
 * event is not used: it needs udevd, and where the kernel refuses its socket it
 * throws where nobody can catch. A transfer that always waits notices the cable.
 */
/// <reference types="w3c-web-usb" />
import { usb } from 'usb';
import { type ByteLink, type Clock, LinkLostError } from '../ports.ts';
import { type PrinterPipes, type Sent, usbPrinterLink } from './usb-printer-link.ts';

const PRINTER_CLASS = 7;
/** GET_PORT_STATUS (USB printer class 1.1, 4.2.2). */
const PORT_STATUS = 1;
/** A transfer that nobody took is given back after this time, ms. */
const TRANSFER_MS = 1_000;
const NOT_TAKEN = /cancel|timed? ?out/i;
const STALL = /stall/i;

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
export async function openUsbPrinterLink(vidPid: string, signal: AbortSignal, clock: Clock): Promise<ByteLink> {
  const ids = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(vidPid);
  if (!ids) throw new TypeError('A USB address is two hex numbers of four digits, such as 0416:5011.');
  signal.throwIfAborted();
  const device = await find(Number.parseInt(ids[1] ?? '', 16), Number.parseInt(ids[2] ?? '', 16));
  if (!device) throw new LinkLostError('no USB device with these ids is plugged in');
  try {
    await device.open();
    if (!device.configuration) await device.selectConfiguration(1);
    const endpoints = printerEndpoints(device);
    // The kernel's usblp holds the interface on a desktop system: without this, claiming ends as EBUSY.
    await device.detachKernelDriver(endpoints.interfaceNumber).catch(() => undefined);
    await device.claimInterface(endpoints.interfaceNumber);
    signal.throwIfAborted();
    return usbPrinterLink(pipesOf(device, endpoints), clock);
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

function pipesOf(device: Device, { interfaceNumber, out, in: input }: Endpoints): PrinterPipes {
  return {
    packetSize: out.packetSize,
    hasInput: input !== undefined,
    send: (packet) =>
      device.transferOut(out.endpointNumber, packet, TRANSFER_MS).then(
        ({ status }): Sent => (status === 'ok' ? 'taken' : 'stall'),
        (error: unknown) => harmless(error),
      ),
    receive: async () => {
      if (!input) return 'notTaken';
      try {
        const { data, status } = await device.transferIn(input.endpointNumber, input.packetSize, TRANSFER_MS);
        if (status !== 'ok' || !data) return 'stall';
        return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      } catch (error) {
        return harmless(error);
      }
    },
    askPort: async () => {
      const setup = { requestType: 'class', recipient: 'interface', request: PORT_STATUS, value: 0 } as const;
      await device.controlTransferIn({ ...setup, index: interfaceNumber }, 1).catch(harmless);
    },
    clearHalt: (direction) =>
      device.clearHalt(direction, (direction === 'in' ? input : out)?.endpointNumber ?? out.endpointNumber),
    close: async () => {
      await device.releaseInterface(interfaceNumber).catch(() => undefined);
      // Whoever prints next may want the kernel's own driver, as it was found.
      await device.attachKernelDriver(interfaceNumber).catch(() => undefined);
      await device.close().catch(() => undefined);
    },
  };
}

/** @throws the error itself when it means that the device is gone */
function harmless(error: unknown): 'notTaken' | 'stall' {
  const why = reason(error);
  if (NOT_TAKEN.test(why)) return 'notTaken';
  if (STALL.test(why)) return 'stall';
  throw error;
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 80);
}
