/** What a bare machine lacks for its devices is said with the next thing to do. */
import { expect, test } from 'vitest';
import { type MachineLook, machineNeeds } from '../../drivers/machine-needs.ts';

const bare: MachineLook = { find: () => [], mayOpen: () => false, hasProgram: () => false };

test('a bare laptop is told for every kind of device what is missing and what to do', () => {
  const report = machineNeeds(bare);
  expect(report.filter(({ state, remedy }) => state !== 'missing' || !remedy)).toEqual([]);
  const classes = new Set(report.flatMap(({ forDevices }) => forDevices));
  const all = ['bankTerminal', 'cabinet', 'camera', 'cardReader', 'codeScanner', 'idCardReader', 'network'];
  expect([...classes].sort()).toEqual([...all, 'pagePrinter', 'pinPad', 'queueDisplay', 'receiptPrinter', 'voice']);
});

test('a port that is there and may not be opened is not called missing: the group is named', () => {
  const locked: MachineLook = { ...bare, find: (pattern) => (pattern === '/dev/ttyUSB*' ? ['/dev/ttyUSB0'] : []) };
  const serial = machineNeeds(locked).find(({ id }) => id === 'serialPort');
  expect(serial).toMatchObject({ state: 'notAllowed', remedy: expect.stringContaining('dialout') });
});

test('a bare image without the libraries of HID devices is told which package brings each', () => {
  const found = machineNeeds(bare).filter(({ id }) => id === 'libusb' || id === 'libudev');
  expect(found.map(({ forDevices }) => forDevices)).toEqual(Array(2).fill(['codeScanner', 'pinPad', 'idCardReader']));
  expect(found.map(({ remedy }) => remedy?.split(';')[0])).toEqual([
    'apt-get install libusb-1.0-0',
    'apt-get install libudev1',
  ]);
});

test('one port that may be opened is enough', () => {
  const look: MachineLook = {
    ...bare,
    find: (pattern) => (pattern === '/dev/ttyUSB*' ? ['/dev/ttyUSB0', '/dev/ttyUSB1'] : []),
    mayOpen: (path) => path === '/dev/ttyUSB1',
  };
  expect(machineNeeds(look).find(({ id }) => id === 'serialPort')).toMatchObject({ state: 'there', remedy: undefined });
});

test('a program counts as there wherever the search path finds it', () => {
  const look: MachineLook = { ...bare, hasProgram: (name) => name === 'ffmpeg' };
  const there = machineNeeds(look).filter(({ state }) => state === 'there');
  expect(there.map(({ id }) => id)).toEqual(['ffmpeg']);
});
