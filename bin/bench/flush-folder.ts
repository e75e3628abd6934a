/**
 * A folder on a real disk, and the floor beneath every durable step: one append and its flush.
 *
 * Memory-backed storage flushes nothing, so no figure about flushes is taken on it.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MEMORY_BACKED: readonly number[] = [0x01021994, 0x858458f6];
const SHARED_MEMORY = '/dev/shm';
const cache = resolve(fileURLToPath(new URL('../../.cache', import.meta.url)));

/** `undefined` when only memory-backed storage is here. */
export function onRealDisk(): string | undefined {
  mkdirSync(cache, { recursive: true });
  const parent = [tmpdir(), cache].find((folder) => !isMemoryBacked(folder));
  return parent === undefined ? undefined : mkdtempSync(join(parent, 'yizhan-bench-'));
}

/** `undefined` where the system has none. */
export function inMemory(): string | undefined {
  if (!existsSync(SHARED_MEMORY) || !isMemoryBacked(SHARED_MEMORY)) return undefined;
  return mkdtempSync(join(SHARED_MEMORY, 'yizhan-bench-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function isMemoryBacked(folder: string): boolean {
  return MEMORY_BACKED.includes(Number(statfsSync(folder).type));
}

export type Flush = 'fdatasync' | 'fsync';

/** A file that only grows, flushed after every append. */
export class RawLog {
  readonly #file: number;
  readonly #payload: Uint8Array;
  readonly #flush: (file: number) => void;

  constructor(folder: string, flush: Flush, payloadBytes: number) {
    this.#file = openSync(join(folder, `raw-${flush}`), 'a');
    this.#payload = new Uint8Array(payloadBytes).fill(0x20);
    this.#flush = flush === 'fsync' ? fsyncSync : fdatasyncSync;
  }

  append(): void {
    writeSync(this.#file, this.#payload);
    this.#flush(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}
