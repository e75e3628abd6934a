/**
 * Zip files as the insurance platform reads and writes them: one entry, stored or deflated.
 *
 * Written from the format's own description on Node's inflate alone, so that the firmware's zip is read by another
 * hand. One promise: an archive whose length or checksum does not fit is refused.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
const DEFLATED = 8;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws RangeError when this is no sound archive of exactly one entry. */
export function readZip(bytes: Uint8Array): ZipEntry {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || file.length - end < END_BYTES || file.readUInt32LE(end) !== END) throw new RangeError('no archive');
  if (file.readUInt16LE(end + 10) !== 1) throw new RangeError('not one entry');
  const central = file.readUInt32LE(end + 16);
  if (file.readUInt32LE(central) !== CENTRAL) throw new RangeError('no directory');
  const method = file.readUInt16LE(central + 10);
  const checksum = file.readUInt32LE(central + 16);
  const packedSize = file.readUInt32LE(central + 20);
  const size = file.readUInt32LE(central + 24);
  const name = file.toString('utf8', central + 46, central + 46 + file.readUInt16LE(central + 28));
  const local = file.readUInt32LE(central + 42);
  if (file.readUInt32LE(local) !== LOCAL) throw new RangeError('no entry');
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const packed = file.subarray(start, start + packedSize);
  const content = method === DEFLATED ? inflateRawSync(packed) : packed;
  if (content.length !== size || crc32(content) !== checksum) throw new RangeError('damaged entry');
  return { name, bytes: content };
}

export function writeZip({ name, bytes }: ZipEntry): Uint8Array {
  const title = Buffer.from(name);
  const packed = deflateRawSync(bytes);
  // version 20, UTF-8 name, deflate, no time
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x0800, 2);
  shared.writeUInt16LE(DEFLATED, 4);
  shared.writeUInt16LE(0x0021, 8);
  shared.writeUInt32LE(crc32(bytes), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(bytes.length, 18);
  shared.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([word(LOCAL), shared, title, packed]);
  const central = Buffer.concat([word(CENTRAL), Buffer.from([20, 0]), shared, Buffer.alloc(14), title]);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
