/**
 * The log of the write recorder, read: every change below one folder, in the order in which it was made.
 *
 * Layout of a record: kind u32, descriptor i32, place i64, flags u32, length u32, then `length` bytes (little endian).
 */

export type DiskOp =
  | {
      readonly do: 'open';
      readonly fd: number;
      readonly path: string;
      readonly creates: boolean;
      readonly truncates: boolean;
    }
  | { readonly do: 'write'; readonly fd: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly do: 'sync' | 'syncFailed'; readonly fd: number }
  | { readonly do: 'truncate' | 'allocate'; readonly fd: number; readonly size: number }
  | { readonly do: 'unlink' | 'mkdir'; readonly path: string }
  | { readonly do: 'rename'; readonly from: string; readonly to: string }
  /** What the recorded program said about itself. */
  | { readonly do: 'mark'; readonly text: string };

const HEADER_BYTES = 24;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;

/** @throws Error when the log ends within a record or holds an unknown one. */
export function readWriteLog(log: Uint8Array): readonly DiskOp[] {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const ops: DiskOp[] = [];
  for (let at = 0; at < log.length; ) {
    if (at + HEADER_BYTES > log.length) throw new Error('The write log ends within a record.');
    const length = view.getUint32(at + 20, true);
    const end = at + HEADER_BYTES + length;
    if (end > log.length) throw new Error('The write log ends within a record.');
    const payload = log.subarray(at + HEADER_BYTES, end);
    const place = Number(view.getBigInt64(at + 8, true));
    ops.push(opOf(view.getUint32(at, true), view.getInt32(at + 4, true), place, payload));
    at = end;
  }
  return ops;
}

function opOf(kind: number, fd: number, place: number, bytes: Uint8Array): DiskOp {
  const text = (): string => Buffer.from(bytes).toString('utf8');
  switch (kind) {
    case 1:
      return { do: 'open', fd, path: text(), creates: (place & O_CREAT) !== 0, truncates: (place & O_TRUNC) !== 0 };
    case 2:
      return { do: 'write', fd, at: place, bytes };
    case 3:
      return { do: 'sync', fd };
    case 4:
      return { do: 'truncate', fd, size: place };
    case 5:
      return { do: 'unlink', path: text() };
    case 6: {
      const [from = '', to = ''] = text().split('\0');
      return { do: 'rename', from, to };
    }
    case 7:
      return { do: 'mkdir', path: text() };
    case 8:
      return { do: 'mark', text: text() };
    case 9:
      return { do: 'syncFailed', fd };
    case 10:
      return { do: 'allocate', fd, size: place };
    default:
      throw new Error(`The write log holds a record of kind ${kind}.`);
  }
}
