import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LONGEST_MODULE_DATA,
  ModuleFramer,
  type ModuleHeard,
  moduleFrame,
} from '../../../drivers/face/module-frame.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hear = (...pieces: Uint8Array[]): readonly ModuleHeard[] => {
  const framer = new ModuleFramer();
  return pieces.flatMap((piece) => framer.push(piece));
};

/**
 * Bytes that other people's programs send to such modules: DFRobot's `DFRobot_AI10` (identify, 10 s) and sketches for
 * the HLK-FM225 (status, standby, forget all). docs/interfaces/face-module.md names them.
 */
describe('what is sent is what other people’s programs send', () => {
  test.each([
    ['verify within 10 s', 0x12, '00 0A', 'EF AA 12 00 02 00 0A 1A'],
    ['status', 0x11, '', 'EF AA 11 00 00 11'],
    ['forget all', 0x21, '', 'EF AA 21 00 00 21'],
    ['the number of users', 0x24, '', 'EF AA 24 00 00 24'],
    ['reset of the face state', 0x23, '', 'EF AA 23 00 00 23'],
  ])('%s', (_what, message, data, frame) => {
    expect(moduleFrame(message, bytes(data))).toEqual(bytes(frame));
  });

  test('data longer than any frame is a mistake of ours', () => {
    expect(() => moduleFrame(0xf7, new Uint8Array(LONGEST_MODULE_DATA + 1))).toThrow(RangeError);
  });
});

describe('what is heard', () => {
  const reply = { kind: 'reply', command: 0x12, result: 0, data: bytes('00 07') };

  test('a reply names its command and its result; a note names itself', () => {
    expect(hear(bytes('EF AA 00 00 04 12 00 00 07 11'))).toEqual([reply]);
    expect(hear(bytes('EF AA 01 00 01 00 00'))).toEqual([{ kind: 'note', note: 0, data: new Uint8Array(0) }]);
  });

  test('a beginning inside the data is data', () => {
    const framed = moduleFrame(0x00, bytes('12 0C EF AA 00'));
    expect(hear(framed)).toEqual([{ kind: 'reply', command: 0x12, result: 12, data: bytes('EF AA 00') }]);
  });

  test('wherever it is cut, it is the same; with noise before it, it is found', () => {
    const whole = moduleFrame(0x00, bytes('12 00 00 07'));
    for (let cut = 0; cut <= whole.length; cut += 1)
      expect(hear(whole.subarray(0, cut), whole.subarray(cut))).toEqual([reply]);
    for (const noise of ['EF', 'EF EF', 'EF AA', 'AA EF AA FF FF', 'EF AA 00 00 01 12 00']) {
      expect(hear(bytes(noise), whole).at(-1), noise).toEqual(reply);
    }
  });

  test('one wrong bit anywhere and it is no reply', () => {
    const whole = moduleFrame(0x00, bytes('12 00 00 07'));
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bent = Uint8Array.from(whole);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(
        hear(bent).filter(({ kind }) => kind === 'reply'),
        `bit ${bit}`,
      ).toEqual([]);
    }
  });

  test('whatever comes, nothing throws, nothing piles up, and the next good one is found', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), (pieces) => {
        const framer = new ModuleFramer();
        for (const piece of pieces) {
          framer.push(piece);
          expect(framer.held).toBeLessThanOrEqual(LONGEST_MODULE_DATA + 6);
        }
        const whole = moduleFrame(0x00, bytes('12 00 00 07'));
        // A frame that noise has begun may swallow as many bytes as it claims.
        const heard = Array.from({ length: 120 }, () => framer.push(whole)).flat();
        expect(heard.at(-1)).toEqual(reply);
      }),
    );
  });
});
