/**
 * How many commits a WAL file holds, read from its bytes by the format's own description:
 * a frame that ends a transaction says how many pages the database then has; its salt is the header's.
 * https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
import { readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

export interface WalContent {
  readonly frames: number;
  readonly commits: number;
}

export function walContent(path: string): WalContent {
  const bytes = readFileSync(path);
  const pageBytes = bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  let frames = 0;
  let commits = 0;
  let end = HEADER_BYTES + FRAME_HEADER_BYTES + pageBytes;
  for (; end <= bytes.length; end += FRAME_HEADER_BYTES + pageBytes) {
    const header = bytes.subarray(end - pageBytes - FRAME_HEADER_BYTES, end - pageBytes);
    // What follows is left from an earlier round of the file.
    if (!header.subarray(8, 16).equals(salt)) break;
    frames += 1;
    if (header.readUInt32BE(4) !== 0) commits += 1;
  }
  return { frames, commits };
}
