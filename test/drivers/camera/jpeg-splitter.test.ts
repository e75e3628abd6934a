import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JpegSplitter, LONGEST_FRAME } from '../../../drivers/camera/jpeg-splitter.ts';
import { LengthFrames } from '../../../drivers/camera/length-frames.ts';
import { scenePicture } from '../../../hardware-sim/devices/camera/scene-pictures.ts';
import { BLACK, GRAY, TEST_CARD, WHITE } from './golden-frames.ts';

function split(...pieces: readonly Uint8Array[]): { frames: Uint8Array[]; splitter: JpegSplitter } {
  const frames: Uint8Array[] = [];
  const splitter = new JpegSplitter((jpeg) => frames.push(jpeg));
  for (const piece of pieces) splitter.push(piece);
  return { frames, splitter };
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** A segment (T.81 B.1.1.4) with its marker. */
const segment = (marker: number, content: Uint8Array): Uint8Array =>
  joined(Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255), content);
/** Puts a segment right behind the start of a picture. */
const opened = (jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array =>
  joined(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));

describe('whole pictures out of a stream', () => {
  test('another program’s frames come out byte for byte, wherever the stream is cut', () => {
    const stream = joined(BLACK, TEST_CARD, WHITE);
    for (let cut = 1; cut < stream.length; cut += 1) {
      const { frames, splitter } = split(stream.subarray(0, cut), stream.subarray(cut));
      expect(frames).toEqual([BLACK, TEST_CARD, WHITE]);
      expect(splitter).toMatchObject({ dropped: 0, waiting: 0 });
    }
  });

  test('one byte at a time is as good as all at once', () => {
    const stream = joined(TEST_CARD, scenePicture('jia-front'));
    const bytes = Array.from(stream, (byte) => Uint8Array.of(byte));
    expect(split(...bytes).frames).toEqual([TEST_CARD, scenePicture('jia-front')]);
  });

  test('an end of picture inside a comment or a thumbnail ends nothing', () => {
    const thumbnail = opened(
      BLACK,
      segment(0xe1, joined(text('Exif'), WHITE)),
      segment(0xfe, Uint8Array.of(0xff, 0xd9)),
    );
    expect(split(joined(thumbnail, GRAY)).frames).toEqual([thumbnail, GRAY]);
  });

  test('what web cameras write between their pictures is passed over', () => {
    const part = text('\r\n--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 206\r\n\r\n');
    expect(split(part, BLACK, part, WHITE, part).frames).toEqual([BLACK, WHITE]);
  });

  test('a picture that is cut off anywhere spoils at most the 64 kB behind it', () => {
    // Where the cut lies inside a segment, what it still claims (64 kB at most) of the next pictures goes with it.
    const next = joined(...Array.from({ length: 350 }, () => BLACK), WHITE);
    for (let cut = 4; cut < TEST_CARD.length - 1; cut += 1) {
      expect(split(TEST_CARD.subarray(0, cut), next).frames.at(-1)).toEqual(WHITE);
    }
  });

  test('filling bytes before a marker and restart markers in a scan belong to the picture', () => {
    const scanAt = Buffer.from(TEST_CARD).indexOf(Buffer.from([0xff, 0xda]));
    const filled = joined(TEST_CARD.subarray(0, scanAt), Uint8Array.of(0xff, 0xff), TEST_CARD.subarray(scanAt));
    const restarted = joined(
      TEST_CARD.subarray(0, -2),
      Uint8Array.of(0xff, 0xd0, 0x12, 0xff, 0x00),
      TEST_CARD.subarray(-2),
    );
    expect(split(filled, restarted).frames).toEqual([filled, restarted]);
  });

  test('a start and an end with nothing to see between them are no picture', () => {
    const { frames, splitter } = split(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), segment(0xe0, text('x')), BLACK);
    expect(frames).toEqual([BLACK]);
    expect(splitter.dropped).toBe(1);
  });

  test('a picture without an end never holds more than the longest frame, and the next one comes out', () => {
    const endless = joined(TEST_CARD.subarray(0, -2), new Uint8Array(1_000_000).fill(0x55));
    const { frames, splitter } = split(endless);
    for (let piece = 0; piece < 8; piece += 1) {
      splitter.push(new Uint8Array(1_000_000).fill(0x55));
      expect(splitter.waiting).toBeLessThanOrEqual(LONGEST_FRAME);
    }
    splitter.push(joined(BLACK, WHITE));
    expect(frames).toEqual([BLACK, WHITE]);
  });

  test('a frame is a buffer of its own: wiping it harms nothing that follows', () => {
    const frames: Uint8Array[] = [];
    const splitter = new JpegSplitter((jpeg) => {
      frames.push(Uint8Array.from(jpeg));
      jpeg.fill(0);
    });
    splitter.push(joined(BLACK, WHITE, BLACK.subarray(0, 90)));
    splitter.push(BLACK.subarray(90));
    expect(frames).toEqual([BLACK, WHITE, BLACK]);
  });
});

describe('hostile bytes', () => {
  /** Bytes that mean something to a JPEG reader come often. */
  const nasty = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0xff, 0xd8, 0xd9, 0xda, 0x00, 0xc0, 0xc4, 0xe0, 0xd0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
  );
  const noise = fc.array(nasty, { maxLength: 600 }).map((bytes) => Uint8Array.from(bytes));

  test('after any noise, cut anywhere, whole pictures come out again and memory stays bounded', () => {
    fc.assert(
      fc.property(noise, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), (bytes, cuts) => {
        const { frames, splitter } = split();
        // A false length may claim 64 kB of good pictures; the ones behind it are whole.
        const good = Array.from({ length: 350 }, () => BLACK);
        const stream = joined(bytes, ...good, WHITE);
        let at = 0;
        for (let turn = 0; at < bytes.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          splitter.push(stream.subarray(at, at + size));
          at += size;
          expect(splitter.waiting).toBeLessThanOrEqual(LONGEST_FRAME);
        }
        splitter.push(stream.subarray(at));
        expect(frames.at(-1)).toEqual(WHITE);
      }),
      { numRuns: 400 },
    );
  });

  test('starts upon starts cost no more than the bytes are long', () => {
    const starts = Uint8Array.from({ length: 2_000_000 }, (_, at) => (at % 2 === 0 ? 0xff : 0xd8));
    const { frames, splitter } = split(starts, BLACK);
    expect(frames).toEqual([BLACK]);
    expect(splitter.dropped).toBeGreaterThan(900_000);
  });

  test('lengths: any bytes end in frames or in one broken link, and never in an error', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 50 }), (bytes, size) => {
        const frames: Uint8Array[] = [];
        const broken: string[] = [];
        const pieces = new LengthFrames(
          (jpeg) => frames.push(jpeg),
          (error) => broken.push(error.message),
        );
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
        expect(broken.length).toBeLessThanOrEqual(1);
        expect(frames.every((frame) => frame[0] === 0xff && frame[1] === 0xd8)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('lengths: frames come out whole wherever the stream is cut', () => {
    const stream = joined(Uint8Array.of(0, 0, 0, BLACK.length), BLACK, Uint8Array.of(0, 0, 1, 0x77), TEST_CARD);
    expect(TEST_CARD.length).toBe(0x177);
    for (let cut = 1; cut < stream.length; cut += 1) {
      const frames: Uint8Array[] = [];
      const pieces = new LengthFrames(
        (jpeg) => frames.push(jpeg),
        (error) => expect.unreachable(error.message),
      );
      pieces.push(stream.subarray(0, cut));
      pieces.push(stream.subarray(cut));
      expect(frames).toEqual([BLACK, TEST_CARD]);
    }
  });
});
