/** Texts of strangers: platform answers, pages, addresses, codes, what people type. */

import { codeKindOf } from '../../../drivers/code-scanner/code-kind.ts';
import { DeviceAddressError, parseDeviceAddress } from '../../../drivers/device-address.ts';
import {
  encodeJsonBytes,
  JsonError,
  JsonNumber,
  type JsonOutput,
  type JsonValue,
  parseJsonBytes,
} from '../../../firmware/json.ts';
import { readFromPage } from '../../../firmware/screen/read-from-page.ts';
import { numberFromPerson } from '../../../firmware/settlement/order-fact.ts';
import { readRequest } from '../../../hardware-sim/workbench/read-request.ts';
import { bytesOf, type FuzzTarget, mustHold, text } from '../target.ts';

const json: FuzzTarget = {
  name: 'platform-json',
  promise: 'JSON of a stranger is read to the letter or refused by name: depth, doubled names, odd numbers included',
  covers: ['firmware/json.ts'],
  seeds: [
    bytesOf('{"infcode":"0","output":{"setlinfo":{"medfee_sumamt":"12.30","list":[1,2.50,null,true]}}}'),
    bytesOf('{"__proto__":{"a":1},"constructor":[]}'),
    bytesOf('[9007199254740993,1e400,-0.0,"\\ud83d\\ude00"]'),
  ],
  words: [
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\u0000',
    '\\ud800',
    'null',
    '1e9',
    '__proto__',
    '[[[[[[[[',
    '\xef\xbb\xbf',
  ],
  run: (bytes) => {
    let value: JsonValue;
    try {
      value = parseJsonBytes(bytes);
    } catch (error) {
      if (error instanceof JsonError) return;
      throw error;
    }
    // A letter before each name keeps `__proto__` and numbers from being special where plain objects are written.
    const again = encodeJsonBytes(writable(value, 'n'));
    const third = encodeJsonBytes(writable(parseJsonBytes(again), ''));
    mustHold(Buffer.from(third).equals(again), 'read, written and read again is the same');
  },
};

function writable(value: JsonValue, before: string): JsonOutput {
  if (value === null || typeof value !== 'object' || value instanceof JsonNumber) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => writable(one, before));
  const map = value as ReadonlyMap<string, JsonValue>;
  return Object.fromEntries([...map].map(([name, one]) => [`${before}${name}`, writable(one, before)]));
}

const page: FuzzTarget = {
  name: 'screen-intent',
  promise: 'what a page sends is one message of the contract or nothing',
  covers: ['firmware/screen/read-from-page.ts'],
  seeds: [
    bytesOf('{"type":"intent","screenId":"scr_12","intent":{"do":"choose","index":1}}'),
    bytesOf('{"type":"drawn","screenId":"scr_3"}'),
    bytesOf('{"type":"intent","screenId":"scr_1","intent":{"do":"setLanguage","language":"zh"}}'),
  ],
  words: ['"do":', '"intent"', '"screenId"', 'scr_', '"number"', '__proto__', '"with":', '"pages"'],
  run: (bytes) => {
    const message = readFromPage(text(bytes));
    if (message) mustHold(/^scr_\d+$/.test(message.screenId), 'a message names its screen');
  },
};

const bench: FuzzTarget = {
  name: 'workbench-request',
  promise: 'what a workbench page asks for is one request of the contract or nothing',
  covers: ['hardware-sim/workbench/read-request.ts'],
  seeds: [
    bytesOf('{"do":"insertCard"}'),
    bytesOf('{"bay":"pinPad","hand":"press","with":"1"}'),
    bytesOf('{"person":"li"}'),
  ],
  words: ['"do"', '"with"', '"bay"', '"hand"', '__proto__', 'constructor', 'toString', 'addBill'],
  run: (bytes) => {
    const request = readRequest(text(bytes));
    if (request && 'with' in request)
      mustHold(['string', 'number'].includes(typeof request.with), 'a value is text or number');
  },
};

const address: FuzzTarget = {
  name: 'device-address',
  promise: 'an address of the device map is understood whole or refused by name',
  covers: ['drivers/device-address.ts'],
  seeds: [
    'pcsc:Virtual PCD*',
    'tcp://127.0.0.1:9100',
    'serial:/dev/ttyUSB0?baudRate=9600',
    'usb:0416:5011',
    'tcp-card://[::1]:5100',
  ].map(bytesOf),
  words: ['tcp:', 'serial:', 'usb:', 'hid:', '?baudRate=', '//', ':', '[', ']'],
  run: (bytes) => {
    try {
      parseDeviceAddress(text(bytes));
    } catch (error) {
      if (!(error instanceof DeviceAddressError)) throw error;
    }
  },
};

const KINDS: readonly string[] = ['wechatPay', 'alipay', 'unionPay', 'eCredential', 'unknown'];

const code: FuzzTarget = {
  name: 'code-kind',
  promise: 'whatever a scanner reads has one kind, and work that grows no faster than the code',
  covers: ['drivers/code-scanner/code-kind.ts'],
  seeds: [
    '134999999999999999',
    '28763443825664394',
    'yzslip:cuxmysf9h2jd',
    'https://qr.alipay.com/fkx1',
    '0'.repeat(28),
  ].map(bytesOf),
  run: (bytes) => {
    mustHold(KINDS.includes(codeKindOf(text(bytes))), 'a code has one kind of the list');
  },
};

const typed: FuzzTarget = {
  name: 'typed-number',
  promise: 'a number that a person types is brought into one form, and that form stays as it is',
  covers: ['firmware/settlement/order-fact.ts'],
  seeds: ['CUXM YSF9 H2JD', 'set_cuxmysf9h2jd', '  cuxm-ysf9-h2jd '].map(bytesOf),
  run: (bytes) => {
    const number = numberFromPerson(text(bytes));
    mustHold(numberFromPerson(number) === number, 'its own form stays as it is');
  },
};

export const ofTexts: readonly FuzzTarget[] = [json, page, bench, address, code, typed];
