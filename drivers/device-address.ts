/**
 * What a device map's address means.
 *
 * `pcsc:PATTERN` `pcscd:PATTERN` `tcp-card://host:port` for card slots;
 * `tcp://host:port` `serial:PATH` (or `serial:PATH?baudRate=9600`)
 * `usb:VID:PID` `usblp:/dev/usb/lpN` for byte links; `hid:VID:PID` and
 * `tcp-hid://host:port` for HID links, the former with `?serial=TEXT` and
 * `?usage=PAGE` or `?usage=PAGE:USAGE` (hexadecimal) where the ids alone are not
 * enough; `v4l2:PATH` (`?size=640x480&fps=25&format=mjpeg`) and
 * `tcp-frames://host:port` for cameras. A pattern is a reader name with `*` for the part that moves. Anything
 * else is the map's mistake and is said as one.
 */
export type DeviceAddress =
  | { readonly bus: 'pcsc' | 'pcscd'; readonly readerPattern: string }
  | { readonly bus: 'tcp-card' | 'tcp' | 'tcp-hid' | 'tcp-frames'; readonly host: string; readonly port: number }
  | { readonly bus: 'serial'; readonly path: string; readonly baudRate: number }
  /** Four hexadecimal digits each: `0416:5011`. */
  | { readonly bus: 'usb'; readonly vidPid: string }
  /** The kernel's printer device, absolute. */
  | { readonly bus: 'usblp'; readonly path: string }
  | ({ readonly bus: 'hid' } & HidAddress)
  | ({ readonly bus: 'v4l2' } & CameraAddress);

/** Which camera, and what it is asked for. */
export interface CameraAddress {
  /** `/dev/v4l/by-id/…-video-index0` or `/dev/v4l/by-path/…`; `/dev/videoN` moves with every plug. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** What the camera delivers; anything but `mjpeg` is encoded on this machine. */
  readonly format: 'mjpeg' | 'yuyv422';
}

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
    case 'tcp-frames':
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
    case 'v4l2':
      return { bus, ...camera(address, rest) };
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

function camera(address: string, rest: string): CameraAddress {
  const [path = '', query] = rest.split('?', 2);
  if (!/^\/[!-~]+$/.test(path)) throw new DeviceAddressError(`"${address}" is not v4l2: and an absolute path.`);
  let wanted: CameraAddress = { path, width: 640, height: 480, fps: 25, format: 'mjpeg' };
  for (const part of query === undefined ? [] : query.split('&')) {
    const [, width, height] = /^size=([1-9]\d{1,3})x([1-9]\d{1,3})$/.exec(part) ?? [];
    const [, fps] = /^fps=([1-9]\d?)$/.exec(part) ?? [];
    const [, format] = /^format=(mjpeg|yuyv422)$/.exec(part) ?? [];
    if (width !== undefined) wanted = { ...wanted, width: Number(width), height: Number(height) };
    else if (fps !== undefined) wanted = { ...wanted, fps: Number(fps) };
    else if (format !== undefined) wanted = { ...wanted, format: format === 'mjpeg' ? 'mjpeg' : 'yuyv422' };
    else throw new DeviceAddressError(`"${address}" asks for something else than size, fps or format.`);
  }
  return wanted;
}
