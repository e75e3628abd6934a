/**
 * A USB device that a program plays: descriptors, and what its endpoints do.
 *
 * Chapter 9 of the USB 2.0 specification stands here once for all of them. One
 * promise: what a device does not know it answers with a STALL, as a real one does.
 */

/** The eight bytes of a SETUP packet. */
export interface SetupPacket {
  readonly requestType: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  readonly length: number;
}

export interface UsbIdentity {
  readonly vendor: number;
  readonly product: number;
  readonly maker: string;
  readonly name: string;
  readonly serial: string;
}

export interface UsbInterface {
  /** Class, subclass, protocol. */
  readonly kind: readonly [number, number, number];
  /** Class descriptors that follow the interface's, e.g. the CCID descriptor. */
  readonly extra?: Uint8Array;
  readonly endpoints: readonly UsbEndpoint[];
}

export interface UsbEndpoint {
  /** With bit 7 set for IN. */
  readonly address: number;
  readonly type: 'bulk' | 'interrupt';
  readonly packetBytes: number;
}

/** STALL: the device refuses the request. */
export class Stall extends Error {
  override readonly name = 'Stall';
}

export interface UsbDevice {
  readonly identity: UsbIdentity;
  readonly interfaces: readonly UsbInterface[];
  /** A class or vendor request. Answers the bytes of an IN request. @throws Stall */
  control(setup: SetupPacket, data: Uint8Array): Uint8Array;
  /** Takes the bytes whole, or rejects with the signal's reason and has taken none of them. Waiting is NAK. */
  out(endpoint: number, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** At most `length` bytes, as soon as there are any. */
  in(endpoint: number, length: number, signal: AbortSignal): Promise<Uint8Array>;
}

const REQUEST = {
  getStatus: 0,
  clearFeature: 1,
  setAddress: 5,
  getDescriptor: 6,
  getConfiguration: 8,
  setConfiguration: 9,
  setInterface: 11,
};
const DESCRIPTOR = { device: 1, configuration: 2, text: 3 };
/** US English: the table of languages names one. */
const LANGUAGE = 0x0409;

/** Answers the standard requests of chapter 9 and hands the others to the device. */
export function answerControl(device: UsbDevice, setup: SetupPacket, data: Uint8Array): Uint8Array {
  if ((setup.requestType & 0x60) !== 0) return device.control(setup, data).slice(0, setup.length);
  switch (setup.request) {
    case REQUEST.getDescriptor:
      return descriptor(device, setup.value >>> 8, setup.value & 0xff).slice(0, setup.length);
    case REQUEST.getStatus:
      return Uint8Array.of(1, 0).slice(0, setup.length);
    case REQUEST.getConfiguration:
      return Uint8Array.of(1);
    case REQUEST.clearFeature:
    case REQUEST.setAddress:
    case REQUEST.setConfiguration:
    case REQUEST.setInterface:
      return new Uint8Array(0);
    default:
      throw new Stall();
  }
}

function descriptor(device: UsbDevice, type: number, index: number): Uint8Array {
  const { vendor, product, maker, name, serial } = device.identity;
  if (type === DESCRIPTOR.device) {
    return Uint8Array.of(18, 1, ...[0x00, 0x02], 0, 0, 0, 64, ...u16(vendor), ...u16(product), 0x00, 0x01, 1, 2, 3, 1);
  }
  if (type === DESCRIPTOR.configuration) return configuration(device);
  if (type === DESCRIPTOR.text) {
    if (index === 0) return Uint8Array.of(4, 3, ...u16(LANGUAGE));
    const text = [maker, name, serial][index - 1];
    if (text === undefined) throw new Stall();
    const units = [...Buffer.from(text, 'utf16le')];
    return Uint8Array.of(2 + units.length, 3, ...units);
  }
  // A full-speed device has no device qualifier: it says so by refusing.
  throw new Stall();
}

function configuration({ interfaces }: UsbDevice): Uint8Array {
  const parts = interfaces.flatMap(({ kind, extra, endpoints }, number) => [
    ...[9, 4, number, 0, endpoints.length, ...kind, 0],
    ...(extra ?? []),
    ...endpoints.flatMap(({ address, type, packetBytes }) => [
      ...[7, 5, address, type === 'bulk' ? 2 : 3, ...u16(packetBytes), type === 'bulk' ? 0 : 10],
    ]),
  ]);
  // Self-powered, 100 mA.
  return Uint8Array.of(9, 2, ...u16(9 + parts.length), interfaces.length, 1, 0, 0xc0, 50, ...parts);
}

function u16(value: number): [number, number] {
  return [value & 0xff, value >>> 8];
}
