/**
 * What a device map's address means.
 *
 * `pcsc:PATTERN` `pcscd:PATTERN` `tcp-card://host:port` for card slots;
 * `tcp://host:port` `serial:PATH` (or `serial:PATH?baudRate=9600`)
 * `usb:VID:PID` for byte links. A pattern is a reader name with `*` for the part
 * that moves. Anything else is the map's mistake and is said as one.
 */
export type DeviceAddress =
  | { readonly bus: 'pcsc' | 'pcscd'; readonly readerPattern: string }
  | { readonly bus: 'tcp-card' | 'tcp'; readonly host: string; readonly port: number }
  | { readonly bus: 'serial'; readonly path: string; readonly baudRate: number }
  /** Four hexadecimal digits each: `0416:5011`. */
  | { readonly bus: 'usb'; readonly vidPid: string };

/** The device map says something that no bus understands; trying again does not help. */
export class DeviceAddressError extends Error {
  override readonly name = 'DeviceAddressError';
}

const USUAL_BAUD_RATE = 115_200;

/** @throws DeviceAddressError */
export function parseDeviceAddress(address: string): DeviceAddress {
  const colon = address.indexOf(':');
  const bus = address.slice(0, Math.max(colon, 0));
  const rest = address.slice(colon + 1);
  switch (bus) {
    case 'pcsc':
    case 'pcscd':
      if (rest === '') throw new DeviceAddressError(`"${address}" names no reader; "${bus}:*" takes the first one.`);
      return { bus, readerPattern: rest };
    case 'tcp-card':
    case 'tcp':
      return { bus, ...hostAndPort(address, rest) };
    case 'serial':
      return { bus, ...serialPort(address, rest) };
    case 'usb':
      if (!/^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(rest)) {
        throw new DeviceAddressError(`"${address}" is not usb:VID:PID with four hexadecimal digits each.`);
      }
      return { bus, vidPid: rest.toLowerCase() };
    default:
      throw new DeviceAddressError(`No bus understands the address "${address}".`);
  }
}

function hostAndPort(address: string, rest: string): { host: string; port: number } {
  const match = /^\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})\/?$/i.exec(rest);
  const port = Number(match?.[2]);
  if (!match?.[1] || port < 1 || port > 65_535) {
    throw new DeviceAddressError(`"${address}" is not of the form //host:port.`);
  }
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function serialPort(address: string, rest: string): { path: string; baudRate: number } {
  const [path = '', query] = rest.split('?', 2);
  const rate = /^baudRate=(\d{3,7})$/.exec(query ?? `baudRate=${USUAL_BAUD_RATE}`)?.[1];
  if (path === '' || rate === undefined) {
    throw new DeviceAddressError(`"${address}" is not serial:PATH or serial:PATH?baudRate=NUMBER.`);
  }
  return { path, baudRate: Number(rate) };
}
