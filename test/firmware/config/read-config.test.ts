/** A site file is read whole or refused with every mistake named by its place. */
import { describe, expect, test } from 'vitest';
import { readSite, SiteError } from '../../../firmware/config/read-config.ts';

const site = {
  kioskId: 'kiosk-1',
  hospital: {
    institutionCode: 'H99000100001',
    institutionName: '医站演示医院',
    areaCode: '990001',
    helpWindow: '1号窗口',
    phone: '0990-1234567',
  },
  insurance: {
    url: 'http://127.0.0.1:1',
    callerId: 'a',
    callerToken: 'b',
    messageSequence: { first: 0, last: 99 },
  },
  hospitalGateway: { url: 'http://127.0.0.1:2', token: 'c' },
  paymentGateway: { url: 'http://127.0.0.1:3', token: 'd', merchantId: 'e' },
  devices: { receiptPrinter: { id: 'receipt-printer', address: 'tcp://127.0.0.1:9100', profile: 'chinese-clone' } },
  trust: { signers: [] },
};
const read = (change: object = {}) => readSite(JSON.stringify({ ...site, ...change }));

describe('a site file', () => {
  test('becomes the configuration, with what it leaves out left out', () => {
    const { config } = read();
    expect(config.devices.receiptPrinter?.profile).toBe('chinese-clone');
    expect(config.devices.cardReader).toBeUndefined();
    expect(config.broker).toBeUndefined();
    expect(config.screenPort).toBe(0);
  });

  test('that is no JSON, or has a mistake, is refused with the place of each', () => {
    expect(() => readSite('{')).toThrow(SiteError);
    const wrong = { hospital: { ...site.hospital, institutionCode: 'X1', areaCode: '99' }, screenPort: 70_000 };
    expect(() => read(wrong)).toThrow(/hospital\.institutionCode[\s\S]*hospital\.areaCode[\s\S]*screenPort/);
  });

  test('with a word that is not known is refused: a misspelt option would be silently lost', () => {
    expect(() => read({ colour: 'blue' })).toThrow(/colour/);
    expect(() => read({ devices: { receiptPrinter: { id: 'p', address: 'tcp://h:1', profile: 'any' } } })).toThrow(
      /devices\.receiptPrinter\.profile/,
    );
  });

  test('whose message slice is empty is refused, because message ids would run out', () => {
    expect(() => read({ insurance: { ...site.insurance, messageSequence: { first: 5, last: 5 } } })).toThrow(
      /messageSequence/,
    );
  });
});

describe('the wiring of a device in the site file', () => {
  const cabinet = (plan: object) => read({ devices: { cabinet: { id: 'c', address: 'tcp://h:1', plan } } });
  const door = { senses: 'door', door: 'service', pin: 22, active: 'high', pullUp: true, debounceMs: 50 };
  const plan = {
    inputs: [door, { senses: 'presence', pin: 26, active: 'high', pullUp: false, debounceMs: 300 }],
    lights: { cardReader: { green: { pin: 40, active: 'high' } } },
    relays: { printerPower: { pin: 36, active: 'low', atStart: 'closed' } },
  };

  test('a pin plan of its own is what the cabinet gets', () => {
    expect(cabinet(plan).config.devices.cabinet?.plan).toEqual(plan);
  });

  test.each([
    [
      'a pin that is two things',
      { ...plan, inputs: [door, { ...door, door: 'paper' }] },
      'pin 22 is taken by door service',
    ],
    ['a door without a name', { ...plan, inputs: [{ ...door, door: undefined }] }, 'a door needs a name'],
    [
      'a sense that is none',
      { ...plan, inputs: [{ ...door, senses: 'smell' }] },
      'devices.cabinet.plan.inputs.0.senses',
    ],
    ['a pin that no board has', { ...plan, inputs: [{ ...door, pin: 128 }] }, 'devices.cabinet.plan.inputs.0.pin'],
    ['a light without a lamp', { ...plan, lights: { scanner: {} } }, 'light scanner has no lamp'],
  ])('%s is refused in words and by its place', (_what, wrong, words) => {
    expect(() => cabinet(wrong)).toThrow(SiteError);
    expect(() => cabinet(wrong)).toThrow(/devices\.cabinet\.plan/);
    expect(() => cabinet(wrong)).toThrow(words);
  });

  const reports = { inputId: 1, outputId: 2, reportBytes: 64, lengthAt: 0, lengthBytes: 1, dataAt: 1 };
  const pad = (change: object) =>
    read({
      devices: {
        pinPad: { id: 'p', address: 'hid:0483:5750', ...change },
        idCardReader: { id: 'i', address: 'hid:0400:c35a', reports },
      },
    });

  test('a HID reader and a PIN pad take the packing of their reports, and the pad its kind', () => {
    const { devices } = pad({ reports, profile: 'card-slot' }).config;
    expect(devices.pinPad).toMatchObject({ reports, profile: 'card-slot' });
    expect(devices.idCardReader?.reports).toEqual(reports);
  });

  test.each([
    ['data in the place of the length', { dataAt: 0 }, 'devices.pinPad.reports.dataAt'],
    ['a length of two bytes that reaches into the data', { lengthBytes: 2 }, 'the data begin after the length'],
    ['a report with no room', { reportBytes: 2, dataAt: 2, lengthBytes: 2 }, 'no room for data'],
    ['an id that is no byte', { inputId: 256 }, 'devices.pinPad.reports.inputId'],
    ['a word that is none', { lenght: 1 }, 'lenght'],
  ])('%s is refused before anything is opened', (_what, wrong, words) => {
    expect(() => pad({ reports: { ...reports, ...wrong } })).toThrow(words);
  });
});
