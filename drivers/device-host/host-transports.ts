/**
 * Which native library opens what, inside a device host.
 *
 * One promise: a host loads the transports of its own library only, so that a
 * library that breaks takes nothing else with it. Addresses are the device map's.
 */
import { type DeviceAddress, DeviceAddressError, parseDeviceAddress } from '../device-address.ts';
import type { ByteLink, CardSlot, Clock, HidLink } from '../ports.ts';
import type { HostLibrary } from './host-messages.ts';

export interface HostTransports {
  /** Brings the library in before the host says that it is ready: loading one may take a small board longer than a hang. */
  load?(): Promise<unknown>;
  openCardSlot?(address: string, clock: Clock, signal: AbortSignal): Promise<CardSlot>;
  openByteLink?(address: string, clock: Clock, signal: AbortSignal): Promise<ByteLink>;
  openHidLink?(address: string, clock: Clock, signal: AbortSignal): Promise<HidLink>;
}

export const HOST_TRANSPORTS: Readonly<Record<HostLibrary, HostTransports>> = {
  pcsclite: {
    load: () => import('../card-reader/pcsclite-transport.ts'),
    openCardSlot: async (address, clock, signal) => {
      const { openPcscliteSlot } = await import('../card-reader/pcsclite-transport.ts');
      return openPcscliteSlot(on('pcsc', address).readerPattern, clock, signal);
    },
  },
  serialport: {
    load: () => import('../byte-link/serial-transport.ts'),
    openByteLink: async (address, _clock, signal) => {
      const { openSerialByteLink } = await import('../byte-link/serial-transport.ts');
      const { path, baudRate } = on('serial', address);
      return openSerialByteLink(path, { baudRate }, signal);
    },
  },
  usb: {
    load: () => import('../byte-link/usb-printer-transport.ts'),
    openByteLink: async (address, clock, signal) => {
      const { openUsbPrinterLink } = await import('../byte-link/usb-printer-transport.ts');
      return openUsbPrinterLink(on('usb', address).vidPid, signal, clock);
    },
  },
  'node-hid': {
    load: () => import('../hid/hid-transport.ts'),
    openHidLink: async (address, _clock, signal) => {
      const { openNodeHidLink } = await import('../hid/hid-transport.ts');
      return openNodeHidLink(on('hid', address), signal);
    },
  },
  loopback: {
    openCardSlot: async (address, _clock, signal) => {
      const { openTcpCardSlot } = await import('../card-reader/tcp-card-transport.ts');
      const { host, port } = on('tcp-card', address);
      return openTcpCardSlot(host, port, signal);
    },
    openByteLink: async (address, _clock, signal) => {
      const { openTcpByteLink } = await import('../byte-link/tcp-transport.ts');
      const { host, port } = on('tcp', address);
      return openTcpByteLink(host, port, signal);
    },
    openHidLink: async (address, _clock, signal) => {
      const { openTcpHidLink } = await import('../hid/tcp-hid-transport.ts');
      const { host, port } = on('tcp-hid', address);
      return openTcpHidLink(host, port, signal);
    },
  },
};

type AddressOn<Bus> = DeviceAddress extends infer Each
  ? Each extends { readonly bus: infer On }
    ? Bus extends On
      ? Each
      : never
    : never
  : never;

function on<Bus extends DeviceAddress['bus']>(bus: Bus, address: string): AddressOn<Bus> {
  const parsed = parseDeviceAddress(address);
  if (parsed.bus !== bus) throw new DeviceAddressError(`This device host does not serve "${address}".`);
  return parsed as AddressOn<Bus>;
}
