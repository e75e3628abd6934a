/**
 * The explorer with the whole world: every disk that a cut can leave is opened by the kiosk that was cut, which takes
 * its settlements up again with the parties as they stood at that instant, and goes on to the end.
 *
 * One promise: a disk is tried once for every call that the cut can have fallen into, and all invariants are looked at
 * after every event from then on.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { BillUnderWayError, LedgerStoppedError, NotAllowedError } from '../../../firmware/settlement/ledger-errors.ts';
import { SeededStream } from '../../parties/seeded-stream.ts';
import { CrashWorld } from './crash-world.ts';
import { CutDisk } from './cut-disk.ts';
import { type Content, DiskModel } from './disk-model.ts';
import { diskStates } from './disk-states.ts';
import { Promised } from './journal-checks.ts';
import { readMark } from './marks.ts';
import type { MoneyPlan, RecordedTape } from './record-tape.ts';
import { CallRandom, canBeCut, playing } from './tape.ts';

export interface Exploration extends RecordedTape {
  readonly plan: MoneyPlan;
  /** Made and removed here. */
  readonly folder: string;
  readonly seed: number;
  /** Random disks per operation, beside the named ones. */
  readonly random: number;
  /** Every how many operations a cut falls. */
  readonly stride: number;
}

export interface Explored {
  readonly ops: number;
  /** Short hashes of all distinct disks, so that shards can be counted together. */
  readonly hashes: readonly string[];
  /** Settlements that were open on a disk, were taken up again and came to their end, by flow. */
  readonly resumed: Readonly<Record<string, number>>;
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
  readonly #hashes = new Set<string>();
  readonly #tried = new Set<string>();
  readonly #violations = new Map<string, { times: number; readonly how: string }>();
  /** Place on the tape of the last call that returned. */
  #last = -1;
  readonly #resumed: Record<string, number> = {};

  constructor(options: Exploration) {
    this.#options = options;
    this.#chance = new SeededStream(options.seed, 'disks');
  }

  run(): Explored {
    const { ops, folder, stride } = this.#options;
    mkdirSync(folder, { recursive: true });
    try {
      for (const [at, op] of ops.entries()) {
        const changed = this.#disk.apply(op);
        if (op.do === 'mark') this.#read(op.text);
        if (at % stride === 0 && (changed || op.do === 'mark')) this.#cut(at);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const violations = [...this.#violations].map(([what, { times, how }]) => ({ what, times, how }));
    return { ops: ops.length, hashes: [...this.#hashes], resumed: this.#resumed, violations };
  }

  #read(text: string): void {
    const mark = readMark(text);
    this.#promised.acknowledged(mark.seq, mark.mac, mark.outbox);
    this.#last = mark.at;
  }

  /** The call that was running, or that came next: its answer was never heard. */
  #cutAt(): number {
    const { tape } = this.#options;
    return tape.findIndex((entry, place) => place > this.#last && canBeCut(entry));
  }

  #cut(at: number): void {
    const cutAt = this.#cutAt();
    // After the last call everything is at rest, and a cut changes nothing any more.
    if (cutAt < 0) return;
    for (const { how, content } of diskStates(this.#disk, this.#chance, this.#options.random)) {
      const hash = hashOf(content);
      const key = `${hash} ${cutAt}`;
      if (this.#tried.has(key)) continue;
      this.#tried.add(key);
      this.#hashes.add(hash);
      this.#goOn(content, cutAt, `${how}, after operation ${at}, in call ${cutAt} of seed ${this.#options.plan.seed}`);
    }
  }

  #goOn(content: Content, cutAt: number, how: string): void {
    const { plan, tape, folder } = this.#options;
    const disk = new CutDisk(content, folder);
    const random = new CallRandom(plan.seed);
    const { intents } = disk;
    const onCut = (): void => {
      disk.cut();
      random.moveTo('after the cut');
      world.luck.turn(plan.seed + cutAt);
    };
    const openLedger = playing({ tape, cutAt, intents, onCut, errors });
    const world = new CrashWorld({ seed: plan.seed, flows: plan.flows, disk, random, openLedger });
    try {
      world.toTheEnd();
    } finally {
      disk.remove();
    }
    const { look } = disk;
    for (const { invariant, detail } of world.site.violations) {
      this.#violation(`${invariant}: ${withoutNumbers(detail)}`, `${how}: ${detail}`);
    }
    if (!look) {
      this.#violation('the disk was never opened', how);
      return;
    }
    for (const broken of this.#promised.broken(look.found)) this.#violation(broken, how);
    const [effect] = look.unannounced;
    if (effect) this.#violation(`I4: ${effect.split(' ')[1]} took place without a durable intent`, how);
    for (const number of look.open) {
      const record = world.site.ledgers.records.get(number);
      if (record?.endedAtMs === undefined && record?.said?.view.state !== 'handedToPerson') continue;
      const { flow } = record.order;
      this.#resumed[flow] = (this.#resumed[flow] ?? 0) + 1;
    }
  }

  #violation(what: string, how: string): void {
    const known = this.#violations.get(what);
    if (known) known.times += 1;
    else this.#violations.set(what, { times: 1, how });
  }
}

function errors(name: string): Error {
  if (name === 'BillUnderWayError') return new BillUnderWayError();
  return name === 'NotAllowedError' ? new NotAllowedError('as on the tape') : new LedgerStoppedError('as on the tape');
}

/** So that the same fault of many settlements is one line. */
function withoutNumbers(detail: string): string {
  return detail.replace(/\b\w*\d[\w-]*\b/g, '#').replace(/\b(set|pay|ret|ref|bil)_\w+/g, '$1');
}

function hashOf(content: Content): string {
  const hash = createHash('sha1');
  for (const name of [...content.keys()].sort()) {
    const bytes = content.get(name) ?? new Uint8Array(0);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('base64url').slice(0, 16);
}
