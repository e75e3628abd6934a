/** The target that must be broken: it proves that the loop finds things. */
import { readPlanted } from '../planted-parser.ts';
import type { FuzzTarget } from '../target.ts';

export const planted: FuzzTarget = {
  name: 'planted',
  promise: 'never: there is a fault behind header, length, checksum and three bytes',
  covers: ['test/fuzz/planted-parser.ts'],
  seeds: [Uint8Array.of(0xaa, 0x55, 0x00, 0xff)],
  mend: (bytes) => {
    const mended = Uint8Array.from([0xaa, 0x55, 0, ...bytes.subarray(3)]);
    if (mended.length < 4) return bytes;
    mended[2] = mended.length - 4;
    mended[mended.length - 1] = mended.subarray(0, -1).reduce((check, byte) => check ^ byte, 0);
    return mended;
  },
  run: (bytes) => {
    readPlanted(bytes);
  },
};
