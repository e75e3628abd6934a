/**
 * What a device map's address means.
 *
 * `pcsc:PATTERN` `pcscd:PATTERN` `tcp-card://host:port` for card slots;
 * `tcp://host:port` `serial:PATH` (or `serial:PATH?baudRate=9600`)
 * `usb:VID:PID` `usblp:/dev/usb/lpN` for byte links; `hid:VID:PID` and
 * `tcp-hid://host:port` for HID links, the former with `?serial=TEXT` and
 * `?usage=PAGE` or `?usage=PAGE:USAGE` (hexadecimal) where the ids alone are not
 * enough. A pattern is a reader name with `*` for the part that moves. Anything
 * else is the map's mistake and is said as one.
 */
export type DeviceAddress =
  | { readonly bus: 'pcsc' | 'pcscd'; readonly readerPattern: string }
  | { readonly bus: 'tcp-card' | 'tcp' | 'tcp-hid'; readonly host: string; readonly port: number }
  | { readonly bus: 'serial'; readonly path: string; readonly baudRate: number }
  /** Four hexadecimal digits each: `0416:5011`. */
  | { readonly bus: 'usb'; readonly vidPid: string }
  /** The kernel's printer device, absolute. */
  | { readonly bus: 'usblp'; readonly path: string }
  | ({ readonly bus: 'hid' } & HidAddress);

/** Which of the plugged-in HID devices is meant. */
export interface HidAddress {
  readonly vendorId: number;
  readonly productId: number;
  /** Where two of a kind are plugged in. */
  readonly serialNumber?: string;
  /** Where one device has several collections, e.g. `0x8c` of a scanner that is a keyboard as well. */
  readonly usagePage?: number;
  readonly usage?: number;
}

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
    case 'tcp-hid':
      return { bus, ...hostAndPort(address, rest) };
    case 'serial':
      return { bus, ...serialPort(address, rest) };
    case 'usb':
      if (!/^[0-9a-f]{4}:[0-9a-f]{4}$/i.test(rest)) {
        throw new DeviceAddressError(`"${address}" is not usb:VID:PID with four hexadecimal digits each.`);
      }
      return { bus, vidPid: rest.toLowerCase() };
    case 'usblp':
      if (!/^\/./.test(rest)) throw new DeviceAddressError(`"${address}" is not usblp: and an absolute path.`);
      return { bus, path: rest };
    case 'hid':
      return { bus, ...hidDevice(address, rest) };
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

function hidDevice(address: string, rest: string): HidAddress {
  const [ids = '', query] = rest.split('?', 2);
  const [, vendor, product] = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(ids) ?? [];
  if (!vendor || !product) {
    throw new DeviceAddressError(`"${address}" is not hid:VID:PID with four hexadecimal digits each.`);
  }
  let wanted: HidAddress = { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16) };
  for (const part of query === undefined ? [] : query.split('&')) {
    const [, serialNumber] = /^serial=([!-~]{1,126})$/.exec(part) ?? [];
    const [, page, usage] = /^usage=([0-9a-f]{1,4})(?::([0-9a-f]{1,4}))?$/i.exec(part) ?? [];
    if (serialNumber !== undefined) wanted = { ...wanted, serialNumber };
    else if (page !== undefined) {
      wanted = { ...wanted, usagePage: Number.parseInt(page, 16) };
      if (usage !== undefined) wanted = { ...wanted, usage: Number.parseInt(usage, 16) };
    } else throw new DeviceAddressError(`"${address}" asks for something else than ?serial=TEXT or ?usage=PAGE:USAGE.`);
  }
  return wanted;
}
