/**
 * Frames of the SAM_A module. The golden bytes are other people's:
 * - "公安部身份证阅读器模块SAM通讯协议" (eastcoms.com/service/downdrive/508.html; blog.csdn.net/zhangbijun1230/article/details/85242964)
 * - the find, select and read frames of yzsam.com/html/CNvfzM.html (a reader by 华视, read by its author)
 * - the constants of a published Qt client, `readidentifiercardinfoutil.cpp`
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LONGEST_FRAME_BYTES,
  type SamCommand,
  SamFramer,
  samQuestion,
} from '../../../drivers/id-card-reader/sam-frame.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('questions, byte for byte as the module’s own protocol paper has them', () => {
  test.each<[SamCommand, string]>([
    ['reset', 'AA AA AA 96 69 00 03 10 FF EC'],
    ['state', 'AA AA AA 96 69 00 03 11 FF ED'],
    ['moduleId', 'AA AA AA 96 69 00 03 12 FF EE'],
    ['find', 'AA AA AA 96 69 00 03 20 01 22'],
    ['select', 'AA AA AA 96 69 00 03 20 02 21'],
    ['readTextAndPhoto', 'AA AA AA 96 69 00 03 30 01 32'],
    ['readLatestAddress', 'AA AA AA 96 69 00 03 30 03 30'],
  ])('%s', (command, bytes) => expect(samQuestion(command)).toEqual(hex(bytes)));
});

describe('answers that real readers gave', () => {
  test.each([
    ['state good', 'AA AA AA 96 69 00 04 00 00 90 94', 0x90, 0],
    ['self-test failed', 'AA AA AA 96 69 00 04 00 00 60 64', 0x60, 0],
    ['card found', 'AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97', 0x9f, 4],
    ['no card found', 'AA AA AA 96 69 00 04 00 00 80 84', 0x80, 0],
    ['card selected', 'AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C', 0x90, 8],
    ['no card selected', 'AA AA AA 96 69 00 04 00 00 81 85', 0x81, 0],
    ['no card read', 'AA AA AA 96 69 00 04 00 00 41 45', 0x41, 0],
  ])('%s', (_name, bytes, status, length) => {
    const [answer, ...more] = new SamFramer().push(hex(bytes));
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ kind: 'answer', status, cardStatus: 0 });
    expect(answer?.kind === 'answer' && answer.data.length).toBe(length);
  });

  test('text and photo are 1295 bytes on the line, text, photo and fingerprints 2321, as the paper says', () => {
    for (const [lengths, bytes] of [
      ['0100 0400', 1_295],
      ['0100 0400 0400', 2_321],
      ['0100 0400 0200', 1_809],
      ['0100 0400 0000', 1_297],
    ] as const) {
      const head = hex(lengths);
      const sizes = lengths.split(' ').reduce((sum, size) => sum + Number.parseInt(size, 16), 0);
      const frame = framed(0x90, Uint8Array.of(...head, ...new Uint8Array(sizes)));
      expect(frame).toHaveLength(bytes);
      expect(bytes).toBeLessThanOrEqual(LONGEST_FRAME_BYTES);
      expect(new SamFramer().push(frame)).toMatchObject([{ kind: 'answer', status: 0x90 }]);
    }
  });
});

describe('a line that is not clean', () => {
  const found = hex('AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97');

  test('a flipped bit is told as a wrong checksum, and the next frame is read', () => {
    for (let at = 7; at < found.length; at += 1) {
      const flipped = found.map((byte, index) => (index === at ? byte ^ 0x10 : byte));
      const framer = new SamFramer();
      expect(framer.push(flipped)).toContainEqual({ kind: 'damaged', why: 'checksum' });
      expect(framer.push(found).at(-1)).toMatchObject({ kind: 'answer', status: 0x9f });
    }
  });

  test('a length that no answer has is told at once: nobody waits for 65 535 bytes', () => {
    expect(new SamFramer().push(hex('AA AA AA 96 69 FF FF'))).toEqual([{ kind: 'damaged', why: 'length' }]);
    expect(new SamFramer().push(hex('AA AA AA 96 69 00 03'))).toEqual([{ kind: 'damaged', why: 'length' }]);
  });

  test('a frame that begins inside the noise of another preamble is read', () => {
    expect(new SamFramer().push(Uint8Array.of(0xaa, 0xaa, ...found))).toMatchObject([{ status: 0x9f }]);
  });
});

const noise = fc.uint8Array({ maxLength: 60 });
const tricky = fc
  .array(fc.constantFrom(0xaa, 0x96, 0x69, 0x00, 0x04, 0x05, 0x08, 0x90), { maxLength: 60 })
  .map((bytes) => Uint8Array.from(bytes));
const honest = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 40 }))
  .map(([status, data]) => framed(status, data));

describe('whatever comes', () => {
  test('frames without noise come out whole and in order, however the line cuts them', () => {
    fc.assert(
      fc.property(fc.array(honest, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (frames, piece) => {
        const framer = new SamFramer();
        const line = Uint8Array.from(frames.flatMap((frame) => [...frame]));
        const heard = [];
        for (let at = 0; at < line.length; at += piece) heard.push(...framer.push(line.subarray(at, at + piece)));
        expect(heard).toHaveLength(frames.length);
        expect(heard.every(({ kind }) => kind === 'answer')).toBe(true);
        expect(framer.held).toBe(0);
      }),
    );
  });

  test('noise never throws, never holds more than one frame, and the reset line hears the next answer', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, tricky, honest), { maxLength: 40 }), honest, (pieces, last) => {
        const framer = new SamFramer();
        for (const piece of pieces) {
          framer.push(piece);
          expect(framer.held).toBeLessThanOrEqual(LONGEST_FRAME_BYTES);
        }
        framer.reset();
        expect(framer.push(last)).toMatchObject([{ kind: 'answer' }]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Written here from the paper: length counts everything after itself, the check is XOR from the length on. */
function framed(status: number, data: Uint8Array): Uint8Array {
  const length = 4 + data.length;
  const body = [length >> 8, length & 0xff, 0x00, 0x00, status, ...data];
  return Uint8Array.of(
    0xaa,
    0xaa,
    0xaa,
    0x96,
    0x69,
    ...body,
    body.reduce((check, byte) => check ^ byte, 0),
  );
}
