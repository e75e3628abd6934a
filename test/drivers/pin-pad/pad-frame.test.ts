/**
 * Frames of the ZT588 family. The golden bytes follow the arithmetic of another
 * program, `szzt_connection.rb` of smartkiosk/smartware: 02, `%03u` of the length,
 * the body, 03, `%02X` of XOR over all but the 02; bodies as in its `zt588.rb`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountPartOf,
  CONTROL,
  checkValueOf,
  erasePinKey,
  keyTable,
  limitSeconds,
  loadPinKeyUnderMaster,
  maximumLength,
  minimumLength,
  padErrorIn,
  padInformationOf,
  pinBlockOf,
  pinMask,
  startPin,
} from '../../../drivers/pin-pad/pad-commands.ts';
import { LONGEST_PAD_FRAME, PadFramer, padFrame } from '../../../drivers/pin-pad/pad-frame.ts';
import { ZT588_LIKE } from '../../../drivers/pin-pad/pin-pad-profile.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const body = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('commands, byte for byte', () => {
  test.each([
    ['who are you', '3', '02 30 30 31 33 03 30 31'],
    ['beep', CONTROL.beep, '02 30 30 34 35 30 33 44 03 34 35'],
    ['keys off', CONTROL.inputOff, '02 30 30 34 35 30 33 32 03 33 33'],
    ['hex with letters', CONTROL.plainHex, '02 30 30 34 35 36 33 37 03 33 30'],
    ['thirty seconds', limitSeconds(30), '02 30 30 34 35 32 31 45 03 34 34'],
    ['mask *', pinMask(0x2a), '02 30 30 34 35 33 32 41 03 34 32'],
    ['at least 4', minimumLength(4), '02 30 30 34 35 34 30 34 03 33 32'],
    ['at most 6', maximumLength(6), '02 30 30 34 35 35 30 36 03 33 31'],
    ['give the block', '7', '02 30 30 31 37 03 30 35'],
  ])('%s', (_name, text, bytes) => expect(padFrame(text)).toEqual(hex(bytes)));

  test('an entry names key, format, hint, length and account in that order', () => {
    expect(startPin({ format: 'iso0', keySet: 0, maxDigits: 6 }, '123456789012')).toBe('640 006123456789012');
    expect(startPin({ format: 'iso1', keySet: 1, maxDigits: 12 }, '')).toBe('648!012');
    expect(startPin({ format: 'iso3', keySet: 7, maxDigits: 4 }, '000000000001')).toBe('678#004000000000001');
  });

  test('a working key goes in under the master key, and is erased with type and length 0', () => {
    expect(loadPinKeyUnderMaster(0, new Uint8Array(16).fill(0xab))).toBe(`2004032${'AB'.repeat(16)}`);
    expect(loadPinKeyUnderMaster(1, new Uint8Array(24))).toBe(`2004833${'00'.repeat(24)}`);
    expect(erasePinKey(0)).toBe('2004000');
  });

  test('the key table names 24 keys in rows of four', () => {
    expect(keyTable(ZT588_LIKE.keyCodes)).toBe('43132331B3435360837383907 2E30230D4143454742444648'.replace(' ', ''));
    expect(ZT588_LIKE.keyCodes).toHaveLength(24);
  });

  test('the account of ISO 9564 is the twelve digits before the check digit', () => {
    expect(accountPartOf('43219876543210987')).toBe('987654321098');
    expect(accountPartOf('99000019850902012X')).toBe('019850902012');
    expect(accountPartOf('1234567890123')).toBe('123456789012');
    expect(accountPartOf('123456')).toBeUndefined();
    expect(accountPartOf('')).toBeUndefined();
  });
});

describe('answers', () => {
  test('E0 to EF in the first place is an error, each with a word', () => {
    for (let code = 0xe0; code <= 0xef; code += 1) {
      expect(padErrorIn(Uint8Array.of(code))?.detail).toContain(`0x${code.toString(16)}`);
    }
    expect(padErrorIn(body('7'))).toBeUndefined();
    expect(padErrorIn(new Uint8Array(0))).toBeUndefined();
  });

  test('a block is sixteen hex digits behind track and length, written with letters or with : to ?', () => {
    const block = hex('00 11 22 33 AA BB CC DD');
    expect(pinBlockOf(body('7000600112233AABBCCDD'))).toEqual({ digits: 6, block });
    expect(pinBlockOf(body('7000600112233::;;<<=='))).toEqual({ digits: 6, block });
    expect(pinBlockOf(body('70006123456'))).toBeUndefined();
  });

  test('a check value and who the pad is are read, other answers are not', () => {
    expect(checkValueOf(body('21A2B3C4D'))).toEqual(hex('1A 2B 3C 4D'));
    expect(checkValueOf(body('2'))).toBeUndefined();
    const told = `3${' '.repeat(50)}${'0'.repeat(48)}03001E2A0410330A0A0000000000ZT588 1.02.001211234`;
    expect(padInformationOf(body(told))).toEqual({ blank: true, inputOn: true, identity: 'ZT588 1.0-2.0 1234' });
    expect(padInformationOf(body('5'))).toBeUndefined();
  });
});

describe('a line that is not clean', () => {
  test('keys before and after a frame are keys, bytes of a broken frame never are', () => {
    const good = padFrame('500');
    const broken = good.map((byte, at) => (at === 5 ? byte ^ 1 : byte));
    const heard = (bytes: readonly number[]): string[] =>
      new PadFramer().push(Uint8Array.from(bytes), 0).map((one) => (one.kind === 'key' ? `key ${one.code}` : one.kind));
    expect(heard([0x2a, ...good, 0x0d])).toEqual(['key 42', 'frame', 'key 13']);
    expect(heard([0x2a, ...broken, 0x31, 0x32, ...good, 0x2a])).toEqual(['key 42', 'damaged', 'frame', 'key 42']);
  });

  test('a lone 02 is noise and swallows no key', () => {
    const heard = new PadFramer().push(Uint8Array.of(0x02, 0x2a, 0x2a), 0);
    expect(heard).toEqual([
      { kind: 'key', code: 0x2a },
      { kind: 'key', code: 0x2a },
    ]);
  });

  test('half a frame is forgotten after a pause', () => {
    const framer = new PadFramer();
    framer.push(padFrame('500').subarray(0, 6), 0);
    expect(framer.push(padFrame('3'), 1_000)).toMatchObject([{ kind: 'frame' }]);
  });
});

describe('whatever comes', () => {
  const bodies = fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e]/g, ''));
  const tricky = fc
    .array(fc.constantFrom(0x02, 0x03, 0x30, 0x31, 0x39, 0x2a, 0x0d, 0xe4), { maxLength: 40 })
    .map((bytes) => Uint8Array.from(bytes));

  test('frames come out whole and in order, however the line cuts them', () => {
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (texts, piece) => {
        const line = Uint8Array.from(texts.flatMap((text) => [...padFrame(text)]));
        const framer = new PadFramer();
        const heard = [];
        for (let at = 0; at < line.length; at += piece) heard.push(...framer.push(line.subarray(at, at + piece), 0));
        expect(
          heard.map((one) => (one.kind === 'frame' ? Buffer.from(one.body).toString('latin1') : one.kind)),
        ).toEqual(texts);
      }),
    );
  });

  test('noise never throws, never holds more than one frame, and after a pause the next frame is heard', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), tricky), { maxLength: 30 }),
        bodies,
        (noise, text) => {
          const framer = new PadFramer();
          for (const bytes of noise) {
            framer.push(bytes, 0);
            expect(framer.held).toBeLessThanOrEqual(LONGEST_PAD_FRAME);
          }
          expect(framer.push(padFrame(text), 1_000)).toMatchObject([{ kind: 'frame' }]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('every reader of an answer takes it or leaves it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 147, maxLength: 147 })),
        (bytes) => {
          for (const read of [padErrorIn, pinBlockOf, checkValueOf, padInformationOf])
            expect(() => read(bytes)).not.toThrow();
        },
      ),
    );
  });
});
