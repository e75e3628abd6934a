/**
 * The golden bytes were recorded on the wire between other people's programs: requests from
 * libpcsclite 1.9.9 called by a C program, the reader table from pcscd 1.9.9 with a vpcd card.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeConnect,
  decodeEstablish,
  decodeReaderTable,
  decodeTransmit,
  decodeVersionRv,
  encodeConnect,
  encodeDisconnect,
  encodeEstablish,
  encodeTransmit,
  encodeVersion,
  encodeWaitReaderChange,
} from '../../../drivers/card-reader/pcscd-protocol.ts';

const READER = 'Yizhan Virtual Reader 00 00';
const NAME_FIELD = Buffer.concat([Buffer.from(READER), Buffer.alloc(128 - READER.length)]).toString('hex');

test('requests are byte for byte what the native library sends', () => {
  expect(encodeVersion().toString('hex')).toBe('0c00000011000000040000000400000000000000');
  expect(encodeEstablish().toString('hex')).toBe('0c00000001000000020000000000000000000000');
  expect(encodeConnect(0x01000002, READER).toString('hex')).toBe(
    `980000000400000002000001${NAME_FIELD}0100000003000000000000000000000000000000`,
  );
  expect(encodeDisconnect(0x01000003).toString('hex')).toBe('0c00000006000000030000010200000000000000');
  expect(encodeWaitReaderChange().toString('hex')).toBe('0000000013000000');
});

test('an APDU is sent as the native library sends it, but with room for the longest answer', () => {
  const native = '2000000009000000030000010100000010000000050000000300000010000000020100000000000000b0000010';
  const ours = encodeTransmit(0x01000003, 1, Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x10)).toString('hex');
  expect(ours).toBe(native.replace('02010000', '0c000100'));
});

test('replies are read where the daemon puts them', () => {
  expect(decodeVersionRv(Buffer.from('040000000400000000000000', 'hex'))).toBe(0);
  expect(decodeEstablish(Buffer.from('020000000200000100000000', 'hex'))).toEqual({ context: 0x01000002, rv: 0 });
  const connected = Buffer.from(`02000001${NAME_FIELD}0100000003000000030000010100000000000000`, 'hex');
  expect(decodeConnect(connected)).toEqual({ card: 0x01000003, protocol: 1, rv: 0 });
  const transmitted = Buffer.from('0300000101000000100000000500000003000000100000001200000000000000', 'hex');
  expect(decodeTransmit(transmitted)).toEqual({ length: 18, rv: 0 });
});

/** One row of the table: name, events, state, sharing, ATR, its length, protocol. */
function row(name: string, ...words: readonly string[]): string {
  return Buffer.concat([Buffer.from(name), Buffer.alloc(128 - name.length)]).toString('hex') + words.join('');
}

const ATR_FIELD = `3b0459495a48${'00'.repeat(30)}`;
const NO_ATR = '00'.repeat(36);

test('the real daemon’s table says who is there and what is in it', () => {
  const table = Buffer.from(
    row('Virtual PCD 00 00', '01000000', '34000000', '00000000', ATR_FIELD, '06000000', '00000000') +
      row('Virtual PCD 00 01', '00000000', '02000000', '00000000', NO_ATR, '00000000', '00000000') +
      '00'.repeat(184 * 14),
    'hex',
  );
  expect(decodeReaderTable(table)).toEqual([
    { name: 'Virtual PCD 00 00', events: 1, card: 'present', atr: Uint8Array.of(0x3b, 4, 0x59, 0x49, 0x5a, 0x48) },
    { name: 'Virtual PCD 00 01', events: 0, card: 'absent', atr: new Uint8Array(0) },
  ]);
});

test.each([
  ['a card that does not answer its reset', '0c000000', '00000000', 'mute'],
  ['a present card whose ATR is empty', '34000000', '00000000', 'mute'],
  ['a card whose power was taken away, its ATR kept', '04000000', '06000000', 'present'],
  ['a reader that does not answer its driver', '01000000', '00000000', 'readerFailed'],
])('%s is %s', (_what, state, atrLength, card) => {
  const table = Buffer.from(row('R', '01000000', state, '00000000', ATR_FIELD, atrLength, '00000000'), 'hex');
  expect(decodeReaderTable(table)[0]?.card).toBe(card);
});

test('a row that lies about the length of its ATR gives no more than an ATR can have', () => {
  const table = Buffer.from(row('R', '01000000', '34000000', '00000000', ATR_FIELD, 'ffffffff', '00000000'), 'hex');
  expect(decodeReaderTable(table)[0]?.atr.length).toBe(33);
});

test('whatever a table holds, it gives at most its rows, each with a name and an ATR that such things can have', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 184 * 16 + 40, size: 'max' }), (bytes) => {
      const rows = decodeReaderTable(Buffer.from(bytes));
      expect(rows.length).toBeLessThanOrEqual(Math.floor(bytes.length / 184));
      for (const { name, atr } of rows) {
        expect(name).not.toBe('');
        expect(name.length).toBeLessThanOrEqual(128);
        expect(atr.length).toBeLessThanOrEqual(33);
      }
    }),
    { numRuns: 300 },
  );
});
