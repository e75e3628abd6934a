import { expect, test } from 'vitest';
import { matchesReader } from '../../drivers/card-reader/reader-pattern.ts';
import { DeviceAddressError, parseDeviceAddress } from '../../drivers/device-address.ts';

test.each([
  ['pcsc:Virtual PCD*', { bus: 'pcsc', readerPattern: 'Virtual PCD*' }],
  ['pcscd:Maker: Model 2*', { bus: 'pcscd', readerPattern: 'Maker: Model 2*' }],
  ['tcp-card://127.0.0.1:5100', { bus: 'tcp-card', host: '127.0.0.1', port: 5100 }],
  ['tcp://printer.local:9100', { bus: 'tcp', host: 'printer.local', port: 9100 }],
  ['tcp://[::1]:9100', { bus: 'tcp', host: '::1', port: 9100 }],
  [
    'serial:/dev/serial/by-id/usb-A_B-if00',
    { bus: 'serial', path: '/dev/serial/by-id/usb-A_B-if00', baudRate: 115_200 },
  ],
  ['serial:/dev/pts/3?baudRate=9600', { bus: 'serial', path: '/dev/pts/3', baudRate: 9_600 }],
  ['usb:0416:5011', { bus: 'usb', vidPid: '0416:5011' }],
  ['usblp:/dev/usb/lp0', { bus: 'usblp', path: '/dev/usb/lp0' }],
  ['hid:0C2e:0b61', { bus: 'hid', vendorId: 0x0c2e, productId: 0x0b61 }],
  [
    'hid:0c2e:0b61?serial=A-1:2&usage=8c:02',
    { bus: 'hid', vendorId: 0x0c2e, productId: 0x0b61, serialNumber: 'A-1:2', usagePage: 0x8c, usage: 2 },
  ],
  ['hid:0c2e:0b61?usage=8C', { bus: 'hid', vendorId: 0x0c2e, productId: 0x0b61, usagePage: 0x8c }],
  [
    'v4l2:/dev/v4l/by-id/usb-A_B-video-index0',
    { bus: 'v4l2', path: '/dev/v4l/by-id/usb-A_B-video-index0', width: 640, height: 480, fps: 25, format: 'mjpeg' },
  ],
  [
    'v4l2:/dev/video0?size=1280x720&fps=15&format=yuyv422',
    { bus: 'v4l2', path: '/dev/video0', width: 1280, height: 720, fps: 15, format: 'yuyv422' },
  ],
  ['tcp-frames://127.0.0.1:5300', { bus: 'tcp-frames', host: '127.0.0.1', port: 5300 }],
  ['tcp-hid://127.0.0.1:5200', { bus: 'tcp-hid', host: '127.0.0.1', port: 5200 }],
])('%s means one device', (address, expected) => {
  expect(parseDeviceAddress(address)).toEqual(expected);
});

test.each([
  '',
  'pcsc:',
  'pcsc',
  'COM3',
  'tcp://host',
  'tcp://host:0',
  'tcp://host:70000',
  'tcp://user@host:9100',
  'tcp-card:127.0.0.1:5100',
  'serial:',
  'serial:/dev/ttyS0?baudRate=fast',
  'usb:0416',
  'usb:0416:50115',
  'usblp:lp0',
  'hid:0c2e',
  'hid:0c2e:0b61?',
  'hid:0c2e:0b61?usage=keyboard',
  'hid:0c2e:0b61?serial=',
  'tcp-hid:127.0.0.1:5200',
  'v4l2:video0',
  'v4l2:/dev/video 0',
  'v4l2:/dev/video0?size=big',
  'v4l2:/dev/video0?fps=0',
  'v4l2:/dev/video0?filter=x',
  'tcp-frames:127.0.0.1:5300',
  'file:///etc/passwd',
])('"%s" is said to be a mistake of the device map', (address) => {
  expect(() => parseDeviceAddress(address)).toThrow(DeviceAddressError);
});

test('a reader keeps its name when the index that PC/SC appends moves', () => {
  expect(matchesReader('Virtual PCD*', 'Virtual PCD 00 00')).toBe(true);
  expect(matchesReader('Virtual PCD*', 'Virtual PCD 01 00')).toBe(true);
  expect(matchesReader('Reader (serial 12) *', 'Reader (serial 12) 00 00')).toBe(true);
  expect(matchesReader('Reader', 'Reader 00 00')).toBe(false);
  expect(matchesReader('Reader.', 'Reader1')).toBe(false);
  expect(matchesReader('*', 'anything')).toBe(true);
});
