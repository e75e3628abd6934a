/**
 * A byte link for a device whose frames are the same on serial, TCP and HID.
 *
 * One promise: what comes out is one open link in the form that the supervisor
 * takes, and one attempt; where the address is a HID device, its reports are
 * unpacked on the way.
 */
import { lengthFirst64, ReportByteLink, type ReportProfile } from '../hid/report-byte-link.ts';
import type { ByteLink, DeviceBus } from '../ports.ts';
import type { Opened } from '../supervisor.ts';

export interface FramedLinkOptions {
  /** The device map's address, e.g. `serial:PATH?baudRate=115200`, `tcp://host:port`, `hid:0483:5750`. */
  readonly address: string;
  readonly bus: Pick<DeviceBus, 'openByteLink' | 'openHidLink'>;
  /** How a HID device packs the stream; GUESS by default: a length byte, then up to 63 bytes. */
  readonly reports?: ReportProfile;
}

/** Rejects with `LinkLostError`, `signal.reason`, or `DeviceAddressError`. */
export async function openFramedLink(options: FramedLinkOptions, signal: AbortSignal): Promise<Opened<ByteLink>> {
  const link = await openLink(options, signal);
  return { link, onLost: (listener) => link.onLost(listener), close: () => link.close() };
}

async function openLink({ address, bus, reports }: FramedLinkOptions, signal: AbortSignal): Promise<ByteLink> {
  if (!/^(?:tcp-)?hid:/.test(address)) return bus.openByteLink(address, signal);
  return new ReportByteLink(await bus.openHidLink(address, signal), reports ?? lengthFirst64);
}
