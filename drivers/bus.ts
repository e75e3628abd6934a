/**
 * The real device bus: opens what the device map names.
 *
 * Pure-TypeScript transports run here, native libraries in one device host
 * each, started when the map first needs them. One promise: nothing is loaded,
 * and no process started, for a device that this kiosk does not have.
 */
import { DeviceAddressError, parseDeviceAddress } from './device-address.ts';
import { DeviceHost } from './device-host/device-host.ts';
import type { HostLibrary } from './device-host/host-messages.ts';
import type { ByteLink, CardSlot, Clock, DeviceBus, FrameSource, HidLink } from './ports.ts';

export interface DeviceBusOptions {
  readonly clock: Clock;
  /** Both PC/SC forms. Default: `PCSCLITE_CSOCK_NAME`, else the daemon's usual place. */
  readonly pcscdSocketPath?: string;
}

export interface OpenDeviceBus extends DeviceBus {
  /** Ends every device host; what they had open is lost. */
  close(): Promise<void>;
}

export function createDeviceBus(options: DeviceBusOptions): OpenDeviceBus {
  return new RealDeviceBus(options);
}

class RealDeviceBus implements OpenDeviceBus {
  readonly #options: DeviceBusOptions;
  readonly #hosts = new Map<HostLibrary, DeviceHost>();

  constructor(options: DeviceBusOptions) {
    this.#options = options;
  }

  /** Rejects with `LinkLostError`, `signal.reason`, or `DeviceAddressError` for a mistake in the map. */
  async openCardSlot(address: string, signal: AbortSignal): Promise<CardSlot> {
    const parsed = parseDeviceAddress(address);
    switch (parsed.bus) {
      case 'pcsc':
        return this.#host('pcsclite').openCardSlot(address, signal);
      case 'pcscd': {
        const { openPcscdSlot } = await import('./card-reader/pcscd-socket-transport.ts');
        const { clock, pcscdSocketPath } = this.#options;
        const socket = pcscdSocketPath === undefined ? {} : { socketPath: pcscdSocketPath };
        return openPcscdSlot(parsed.readerPattern, socket, clock, signal);
      }
      case 'tcp-card': {
        const { openTcpCardSlot } = await import('./card-reader/tcp-card-transport.ts');
        return openTcpCardSlot(parsed.host, parsed.port, signal);
      }
      default:
        throw new DeviceAddressError(`"${address}" is no card slot.`);
    }
  }

  /** Rejects with `LinkLostError`, `signal.reason`, or `DeviceAddressError` for a mistake in the map. */
  async openByteLink(address: string, signal: AbortSignal): Promise<ByteLink> {
    const parsed = parseDeviceAddress(address);
    switch (parsed.bus) {
      case 'tcp': {
        const { openTcpByteLink } = await import('./byte-link/tcp-transport.ts');
        return openTcpByteLink(parsed.host, parsed.port, signal);
      }
      case 'serial':
        return this.#host('serialport').openByteLink(address, signal);
      case 'usb':
        return this.#host('usb').openByteLink(address, signal);
      case 'usblp': {
        const { openUsblpLink } = await import('./byte-link/usblp-transport.ts');
        return openUsblpLink(parsed.path, this.#options.clock, signal);
      }
      default:
        throw new DeviceAddressError(`"${address}" is no byte link.`);
    }
  }

  /** Rejects with `LinkLostError`, `signal.reason`, or `DeviceAddressError` for a mistake in the map. */
  async openHidLink(address: string, signal: AbortSignal): Promise<HidLink> {
    const parsed = parseDeviceAddress(address);
    switch (parsed.bus) {
      case 'hid':
        return this.#host('node-hid').openHidLink(address, signal);
      case 'tcp-hid': {
        const { openTcpHidLink } = await import('./hid/tcp-hid-transport.ts');
        return openTcpHidLink(parsed.host, parsed.port, signal);
      }
      default:
        throw new DeviceAddressError(`"${address}" is no HID device.`);
    }
  }

  /** Rejects with `LinkLostError`, `signal.reason`, or `DeviceAddressError` for a mistake in the map. */
  async openFrameSource(address: string, signal: AbortSignal): Promise<FrameSource> {
    const parsed = parseDeviceAddress(address);
    switch (parsed.bus) {
      case 'v4l2': {
        const { openV4l2Frames } = await import('./camera/ffmpeg-transport.ts');
        return openV4l2Frames(parsed, signal);
      }
      case 'tcp-frames': {
        const { openTcpFrames } = await import('./camera/tcp-frames-transport.ts');
        return openTcpFrames(parsed.host, parsed.port, signal);
      }
      default:
        throw new DeviceAddressError(`"${address}" is no camera.`);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.close()));
  }

  #host(library: HostLibrary): DeviceHost {
    const running = this.#hosts.get(library);
    if (running) return running;
    const { clock, pcscdSocketPath } = this.#options;
    const environment = pcscdSocketPath === undefined ? {} : { PCSCLITE_CSOCK_NAME: pcscdSocketPath };
    const host = new DeviceHost({ library, clock, environment });
    this.#hosts.set(library, host);
    return host;
  }
}
