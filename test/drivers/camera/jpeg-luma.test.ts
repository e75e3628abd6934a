import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_LOOK, lumaOf } from '../../../drivers/camera/jpeg-luma.ts';
import { scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { BLACK, GRAY, TEST_CARD, WHITE, withoutTables } from './golden-frames.ts';

const FFMPEG = '/usr/bin/ffmpeg';

describe('how light a picture is', () => {
  test('black, grey and white are what the program that drew them meant', () => {
    expect(lumaOf(BLACK)?.mean).toBeCloseTo(0, 0);
    expect(Math.abs((lumaOf(GRAY)?.mean ?? 0) - 127)).toBeLessThan(3);
    expect(lumaOf(WHITE)?.mean).toBeGreaterThan(253);
    for (const flat of [BLACK, GRAY, WHITE]) expect(lumaOf(flat)?.spread).toBeLessThan(1);
  });

  test('a test card is as light as its pixels are on average', () => {
    expect(Math.abs((lumaOf(TEST_CARD)?.mean ?? 0) - 119.6)).toBeLessThan(3);
    expect(lumaOf(TEST_CARD)?.spread).toBeGreaterThan(15);
  });

  test('a covered lens and a dark hall are told from a hall', () => {
    expect(lumaOf(scenePicture('covered'))).toMatchObject({ mean: expect.closeTo(2, -1) });
    expect(lumaOf(scenePicture('hall'))?.mean).toBeGreaterThan(120);
    expect(lumaOf(scenePicture('hall'))?.spread).toBeGreaterThan(20);
  });

  test.skipIf(!existsSync(FFMPEG))(
    'every form a camera may send is read as the decoder of another program reads it: 4:2:2, 4:4:4, without tables, restarts',
    () => {
      const source = ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x240', '-frames:v', '1'];
      const run = (words: readonly string[], input?: Uint8Array): Buffer =>
        spawnSync(FFMPEG, words, { input, maxBuffer: 10_000_000 }).stdout;
      for (const form of [
        ['-pix_fmt', 'yuvj420p'],
        ['-pix_fmt', 'yuvj422p'],
        ['-pix_fmt', 'yuvj444p'],
        ['-slices', '4'],
      ]) {
        const jpeg = run([...source, '-huffman', 'default', ...form, '-f', 'mjpeg', '-']);
        const luma = run(
          ['-loglevel', 'error', '-f', 'mjpeg', '-i', '-', '-pix_fmt', 'gray', '-f', 'rawvideo', '-'],
          jpeg,
        );
        const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
        expect(luma.length).toBe(320 * 240);
        expect(Math.abs((lumaOf(jpeg)?.mean ?? 0) - mean)).toBeLessThan(2);
        expect(lumaOf(withoutTables(jpeg))).toEqual(lumaOf(jpeg));
      }
    },
  );
});

describe('hostile pictures', () => {
  test('a picture cut anywhere or with any byte changed gives figures or nothing, never an error', () => {
    for (let cut = 0; cut < TEST_CARD.length; cut += 1) {
      const reading = lumaOf(TEST_CARD.subarray(0, cut));
      if (reading) expect(reading.mean).toBeGreaterThanOrEqual(0);
    }
    fc.assert(
      fc.property(fc.nat(TEST_CARD.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = Uint8Array.from(TEST_CARD);
        changed[at] = value;
        const reading = lumaOf(changed);
        if (reading) expect(reading.mean >= 0 && reading.mean <= 255).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('a header that claims a hall of pixels with nothing behind it costs nothing', () => {
    const sof = Buffer.from(TEST_CARD).indexOf(Buffer.from([0xff, 0xc0]));
    const huge = Uint8Array.from(TEST_CARD);
    huge.set([0x10, 0x00, 0x10, 0x00], sof + 5);
    expect(lumaOf(huge)).toBeUndefined();
  });

  test('a picture longer than any camera’s is not looked at: it would hold the main loop', () => {
    const padded = new Uint8Array(LONGEST_LOOK + 1);
    padded.set(GRAY);
    expect(lumaOf(padded.subarray(0, LONGEST_LOOK))).toBeDefined();
    expect(lumaOf(padded)).toBeUndefined();
  });

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        lumaOf(Uint8Array.of(0xff, 0xd8, ...tail));
        lumaOf(tail);
      }),
    );
  });
});
