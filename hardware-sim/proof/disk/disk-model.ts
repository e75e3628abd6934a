/**
 * What a disk may hold: the part that was flushed, and the changes that were not yet.
 *
 * One promise: `durable` is what every legal disk holds after a power cut; of
 * `pending` it may hold any part. Names become durable by a flush of their
 * folder only (the strict reading of POSIX; real file systems keep more).
 * Not modelled: a device that lies about its flush.
 */
import type { DiskOp } from './write-log.ts';

/** Content by path. Buffers are never changed once they are in a content. */
export type Content = ReadonlyMap<string, Uint8Array>;

export type Pending =
  | { readonly of: 'bytes'; readonly inode: number; readonly at: number; readonly bytes: Uint8Array }
  | { readonly of: 'size'; readonly inode: number; readonly size: number; readonly onlyGrows: boolean }
  | { readonly of: 'name'; readonly path: string; readonly inode: number | undefined };

/** So that a file that grows write by write is not copied for each. */
const ROOM_BYTES = 1 << 16;

/** A change with its state: `doubtful` = a flush of it failed, so no later flush says anything about it. */
interface Waiting {
  readonly change: Pending;
  doubtful: boolean;
}

export class DiskModel {
  readonly #files: Uint8Array[] = [];
  readonly #durableNames = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #descriptors = new Map<number, number | 'folder'>();
  #waiting: Waiting[] = [];

  /** The unflushed changes in the order in which they were made. */
  get pending(): readonly Pending[] {
    return this.#waiting.map(({ change }) => change);
  }

  /** True when the disk, flushed or not, is another one after this operation. */
  apply(op: DiskOp): boolean {
    switch (op.do) {
      case 'open':
        return this.#open(op);
      case 'write':
        return this.#change(op.fd, (inode) => ({ of: 'bytes', inode, at: op.at, bytes: op.bytes }));
      case 'truncate':
      case 'allocate':
        return this.#change(op.fd, (inode) => ({
          ...{ of: 'size', inode, size: op.size },
          onlyGrows: op.do === 'allocate',
        }));
      case 'sync':
        return this.#flush(op.fd);
      case 'syncFailed':
        return this.#doubt(op.fd);
      case 'unlink':
        this.#names.delete(op.path);
        return this.#wait({ of: 'name', path: op.path, inode: undefined });
      case 'rename': {
        const inode = this.#names.get(op.from);
        if (inode === undefined) return false;
        this.#names.delete(op.from);
        this.#names.set(op.to, inode);
        this.#wait({ of: 'name', path: op.to, inode });
        return this.#wait({ of: 'name', path: op.from, inode: undefined });
      }
      // The recorded folder is flat; a folder in it would carry no file of ours.
      case 'mkdir':
      case 'mark':
        return false;
    }
  }

  /** The disk that holds the flushed part and these changes of the pending ones, in their order. */
  content(chosen: readonly Pending[]): Content {
    const drafts = new Map<number, Draft>();
    const names = new Map(this.#durableNames);
    for (const change of chosen) {
      if (change.of === 'name') {
        if (change.inode === undefined) names.delete(change.path);
        else names.set(change.path, change.inode);
        continue;
      }
      this.#draft(drafts, change.inode).apply(change);
    }
    return new Map([...names].map(([path, inode]) => [path, drafts.get(inode)?.file ?? this.#file(inode)]));
  }

  /** Length of the flushed part of a file. */
  durableLength(inode: number): number {
    return this.#file(inode).length;
  }

  #draft(drafts: Map<number, Draft>, inode: number): Draft {
    const known = drafts.get(inode) ?? new Draft(this.#file(inode));
    drafts.set(inode, known);
    return known;
  }

  #file(inode: number): Uint8Array {
    return this.#files[inode] ?? new Uint8Array(0);
  }

  #open({ fd, path, creates, truncates }: Extract<DiskOp, { do: 'open' }>): boolean {
    if (path === '') {
      this.#descriptors.set(fd, 'folder');
      return false;
    }
    const known = this.#names.get(path);
    if (known !== undefined) {
      this.#descriptors.set(fd, known);
      return truncates && this.#change(fd, (inode) => ({ of: 'size', inode, size: 0, onlyGrows: false }));
    }
    if (!creates) return false;
    const inode = this.#files.push(new Uint8Array(0)) - 1;
    this.#names.set(path, inode);
    this.#descriptors.set(fd, inode);
    return this.#wait({ of: 'name', path, inode });
  }

  #change(fd: number, make: (inode: number) => Pending): boolean {
    const inode = this.#descriptors.get(fd);
    if (typeof inode !== 'number') return false;
    return this.#wait(make(inode));
  }

  #wait(change: Pending): true {
    this.#waiting.push({ change, doubtful: false });
    return true;
  }

  #flush(fd: number): boolean {
    const inode = this.#descriptors.get(fd);
    const flushed = ({ change, doubtful }: Waiting): boolean => !doubtful && belongs(change, inode);
    const kept = this.#waiting.filter(flushed);
    this.#waiting = this.#waiting.filter((waiting) => !flushed(waiting));
    if (this.#waiting.some(({ doubtful }) => doubtful)) this.#supersede(kept);
    const drafts = new Map<number, Draft>();
    for (const { change } of kept) {
      if (change.of !== 'name') this.#draft(drafts, change.inode).apply(change);
      else if (change.inode === undefined) this.#durableNames.delete(change.path);
      else this.#durableNames.set(change.path, change.inode);
    }
    for (const [number, draft] of drafts) this.#files[number] = draft.file;
    return kept.length > 0;
  }

  /** What was flushed later stands: of the doubtful changes only what it does not cover can still be missing. */
  #supersede(flushed: readonly Waiting[]): void {
    const later = flushed.map(({ change }) => change);
    this.#waiting = this.#waiting.flatMap((waiting) => {
      if (!waiting.doubtful) return [waiting];
      const left = later.reduce<readonly Pending[]>(
        (parts, over) => parts.flatMap((part) => uncovered(part, over)),
        [waiting.change],
      );
      return left.map((change) => ({ change, doubtful: true }));
    });
  }

  /** After a failed flush the system calls its pages clean: nothing later brings them to the disk for sure. */
  #doubt(fd: number): boolean {
    const inode = this.#descriptors.get(fd);
    for (const waiting of this.#waiting) {
      // Names and sizes are of the file system's own log: its next flush settles them.
      if (waiting.change.of === 'bytes' && belongs(waiting.change, inode)) waiting.doubtful = true;
    }
    return false;
  }
}

function belongs(change: Pending, inode: number | 'folder' | undefined): boolean {
  return inode === 'folder' ? change.of === 'name' : change.of !== 'name' && change.inode === inode;
}

/** What of a change a later one leaves. */
function uncovered(change: Pending, over: Pending): readonly Pending[] {
  if (change.of !== 'bytes' || over.of === 'name' || over.inode !== change.inode) return [change];
  if (over.of === 'size') {
    const left = over.onlyGrows ? change.bytes.length : over.size - change.at;
    return left <= 0 ? [] : [{ ...change, bytes: change.bytes.subarray(0, left) }];
  }
  const end = change.at + change.bytes.length;
  const overEnd = over.at + over.bytes.length;
  if (overEnd <= change.at || over.at >= end) return [change];
  const parts: Pending[] = [];
  if (over.at > change.at) parts.push({ ...change, bytes: change.bytes.subarray(0, over.at - change.at) });
  if (overEnd < end) parts.push({ ...change, at: overEnd, bytes: change.bytes.subarray(overEnd - change.at) });
  return parts;
}

/** A file under change: room for all that will be written into it, and how much of it counts. */
class Draft {
  #bytes: Uint8Array;
  #length: number;

  constructor(file: Uint8Array) {
    this.#bytes = Uint8Array.from(file);
    this.#length = file.length;
  }

  apply(change: Exclude<Pending, { of: 'name' }>): void {
    if (change.of === 'bytes') {
      this.#reach(change.at + change.bytes.length);
      this.#bytes.set(change.bytes, change.at);
      return;
    }
    if (change.size > this.#length) this.#reach(change.size);
    else if (!change.onlyGrows) {
      this.#bytes.fill(0, change.size, this.#length);
      this.#length = change.size;
    }
  }

  get file(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reach(length: number): void {
    if (length > this.#bytes.length) {
      const roomier = new Uint8Array(length + ROOM_BYTES);
      roomier.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = roomier;
    }
    this.#length = Math.max(this.#length, length);
  }
}
