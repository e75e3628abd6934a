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
