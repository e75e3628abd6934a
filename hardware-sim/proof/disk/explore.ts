/**
 * The disk-state explorer: after each recorded operation, every legal disk is opened as production opens it.
 *
 * One promise: no disk is opened twice for the same history, and every broken promise is reported with the way in
 * which its disk came to be.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { SeededStream } from '../../parties/seeded-stream.ts';
import { type Content, DiskModel } from './disk-model.ts';
import { diskStates } from './disk-states.ts';
import { Promised } from './journal-checks.ts';
import { readMark } from './marks.ts';
import { openedAfterCut, type Seen } from './opened-after-cut.ts';
import type { DiskOp } from './write-log.ts';

export interface Exploration {
  readonly ops: readonly DiskOp[];
  /** Made and removed here. */
  readonly folder: string;
  readonly seed: number;
  /** Random disks per operation, beside the named ones. */
  readonly random: number;
  /** Every how many operations a cut falls; 1 = after each. */
  readonly stride?: number;
  readonly onProgress?: (done: number, of: number, states: number) => void;
}

export interface Explored {
  readonly ops: number;
  /** Short hashes of all distinct disks, so that shards can be counted together. */
  readonly hashes: readonly string[];
  readonly resumed: number;
  /** What was broken, how often, and one way to get there. */
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly what: string;
  readonly times: number;
  readonly how: string;
}

export function explore(exploration: Exploration): Explored {
  return new Explorer(exploration).run();
}

class Explorer {
  readonly #options: Exploration;
  readonly #disk = new DiskModel();
  readonly #promised = new Promised();
  readonly #chance: SeededStream;
  readonly #seen = new Map<string, Seen>();
  readonly #violations = new Map<string, { times: number; readonly how: string }>();
  #resumed = 0;

  constructor(options: Exploration) {
    this.#options = options;
    this.#chance = new SeededStream(options.seed, 'disks');
  }

  run(): Explored {
    const { ops, folder, stride = 1, onProgress } = this.#options;
    mkdirSync(folder, { recursive: true });
    try {
      for (const [at, op] of ops.entries()) {
        const changed = this.#disk.apply(op);
        if (op.do === 'mark') this.#read(op.text);
        if (at % 100 === 0) onProgress?.(at, ops.length, this.#seen.size);
        if (at % stride === 0 && (changed || op.do === 'mark')) this.#cut(at);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const violations = [...this.#violations].map(([what, { times, how }]) => ({ what, times, how }));
    return { ops: ops.length, hashes: [...this.#seen.keys()], resumed: this.#resumed, violations };
  }

  #read(text: string): void {
    const mark = readMark(text);
    if (mark.mark === 'acknowledged') this.#promised.acknowledged(mark.seq, mark.mac, mark.outbox);
    else if (mark.mark === 'effect') this.#promised.effect(mark.number, mark.step, mark.attempt);
  }

  #cut(at: number): void {
    const here = new Set<string>();
    for (const { how, content } of diskStates(this.#disk, this.#chance, this.#options.random)) {
      const hash = hashOf(content);
      if (here.has(hash)) continue;
      here.add(hash);
      const where = `${how}, after operation ${at}`;
      let seen = this.#seen.get(hash);
      if (!seen) {
        seen = openedAfterCut(content, this.#options.folder, this.#options.seed);
        this.#seen.set(hash, seen);
        if ('found' in seen) this.#resumed += seen.resumed;
      }
      if ('error' in seen) this.#violation(seen.error, where);
      else for (const broken of this.#promised.broken(seen.found)) this.#violation(broken, where);
    }
  }

  #violation(what: string, how: string): void {
    const known = this.#violations.get(what);
    if (known) known.times += 1;
    else this.#violations.set(what, { times: 1, how });
  }
}

function hashOf(content: Content): string {
  const hash = createHash('sha1');
  for (const name of [...content.keys()].sort()) {
    const bytes = content.get(name) ?? new Uint8Array(0);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('base64url').slice(0, 16);
}
