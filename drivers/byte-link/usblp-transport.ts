/**
 * Opens the kernel's printer device (`usblp:/dev/usb/lpN`) for `usblpLink`.
 *
 * One promise: it is opened O_NONBLOCK or not at all, and only a character
 * device is a printer: a mistyped path fills no file.
 */
import { constants, type FileHandle, open } from 'node:fs/promises';
import { type ByteLink, type Clock, LinkLostError } from '../ports.ts';
import { type DeviceFile, usblpLink } from './usblp-link.ts';

/** usblp takes and gives at most 8 KiB at a time. */
const MOST_AT_ONCE = 8_192;

/** One attempt. @throws LinkLostError when there is no such device or another program has it */
export async function openUsblpLink(path: string, clock: Clock, signal: AbortSignal): Promise<ByteLink> {
  signal.throwIfAborted();
  const { O_RDWR, O_NONBLOCK, O_NOCTTY } = constants;
  let file: FileHandle | undefined;
  try {
    file = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
    if (!(await file.stat()).isCharacterDevice()) throw new LinkLostError('the printer device is no device');
    signal.throwIfAborted();
  } catch (error) {
    await file?.close().catch(() => undefined);
    signal.throwIfAborted();
    if (error instanceof LinkLostError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new LinkLostError(`the printer device could not be opened (${code})`);
  }
  return usblpLink(deviceFile(file), clock);
}

function deviceFile(file: FileHandle): DeviceFile {
  const room = Buffer.alloc(MOST_AT_ONCE);
  return {
    write: async (bytes) => (await file.write(bytes, 0, Math.min(bytes.length, MOST_AT_ONCE))).bytesWritten,
    read: async () => {
      const { bytesRead } = await file.read(room, 0, room.length, null);
      return Uint8Array.from(room.subarray(0, bytesRead));
    },
    close: () => file.close(),
  };
}
