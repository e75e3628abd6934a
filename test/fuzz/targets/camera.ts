/** Bytes of a camera: a stream of pictures, frames with their length, a picture's light. */
import { lumaOf } from '../../../drivers/camera/jpeg-luma.ts';
import { JpegSplitter, LONGEST_FRAME } from '../../../drivers/camera/jpeg-splitter.ts';
import { LengthFrames } from '../../../drivers/camera/length-frames.ts';
import { BLACK, TEST_CARD, WHITE } from '../../drivers/camera/golden-frames.ts';
import { cutUp, type FuzzTarget, mustHold } from '../target.ts';

const room = 'drivers/camera';
const markers = [0xd8, 0xd9, 0xda, 0xc0, 0xc4, 0xdb, 0xdd, 0xd0, 0xfe].map((marker) => Uint8Array.of(0xff, marker));

const splitter: FuzzTarget = {
  name: 'jpeg-splitter',
  promise:
    'a stream of pictures gives the same pictures however it is cut, each from a start to an end, in bounded memory',
  covers: [`${room}/jpeg-splitter.ts`],
  seeds: [BLACK, TEST_CARD, Uint8Array.of(...BLACK.subarray(0, 60), ...WHITE)],
  words: markers,
  run: (bytes) => {
    const whole = picturesOf([bytes]);
    mustHold(whole === picturesOf(cutUp(bytes)), 'the same pictures however they arrive');
  },
};

function picturesOf(pieces: readonly Uint8Array[]): string {
  const pictures: string[] = [];
  const reader = new JpegSplitter((jpeg) => {
    mustHold(jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg.at(-2) === 0xff && jpeg.at(-1) === 0xd9, 'start and end');
    pictures.push(Buffer.from(jpeg).toString('hex'));
  });
  for (const piece of pieces) reader.push(piece);
  mustHold(reader.waiting <= LONGEST_FRAME, 'no more waits than the longest frame');
  return pictures.join(' ');
}

const lengths: FuzzTarget = {
  name: 'length-frames',
  promise:
    'frames with their length come out whole however they are cut, and a length that can not be ends the link once',
  covers: [`${room}/length-frames.ts`],
  seeds: [
    Uint8Array.of(0, 0, 0, BLACK.length, ...BLACK),
    Uint8Array.of(0, 0, 1, 0x77, ...TEST_CARD),
    Uint8Array.of(0, 0, 0, 4, 0xff, 0xd8, 0xff, 0xd9),
  ],
  mend: (bytes) => {
    const mended = bytes.slice();
    if (mended.length >= 8) new DataView(mended.buffer).setUint32(0, mended.length - 4);
    return mended;
  },
  run: (bytes) => mustHold(framesOf([bytes]) === framesOf(cutUp(bytes)), 'the same frames however they arrive'),
};

function framesOf(pieces: readonly Uint8Array[]): string {
  const told: string[] = [];
  const reader = new LengthFrames(
    (jpeg) => told.push(Buffer.from(jpeg).toString('hex')),
    (error) => told.push(error.message),
  );
  for (const piece of pieces) reader.push(piece);
  return told.join(' ');
}

const luma: FuzzTarget = {
  name: 'jpeg-luma',
  promise: 'any bytes give the light of a picture or nothing: a figure of 0 to 255, never an error',
  covers: [`${room}/jpeg-luma.ts`, `${room}/jpeg-scan.ts`],
  seeds: [BLACK, TEST_CARD],
  words: markers,
  run: (bytes) => {
    const reading = lumaOf(bytes);
    if (reading) mustHold(reading.mean >= 0 && reading.mean <= 255 && reading.spread <= 128, 'figures that can be');
  },
};

export const ofCamera: readonly FuzzTarget[] = [splitter, lengths, luma];
