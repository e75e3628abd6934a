/**
 * Luck by chance: every trouble has a stream of its own, so that one more trouble does not reshuffle the others.
 */
import type { Call } from '../../firmware/settlement/call.ts';
import type { CallStep } from '../../firmware/settlement/facts.ts';
import { SeededStream } from '../parties/seeded-stream.ts';
import type { Mood } from './answers.ts';
import type { SettlementRecord } from './settlement-record.ts';
import type { Luck } from './site.ts';
import {
  callsBetween,
  canHappen,
  DISK_TROUBLES,
  type DiskTrouble,
  KIOSK_TROUBLES,
  type KioskTrouble,
  TROUBLES,
  type Trouble,
  WIRE_TROUBLES,
  type WireTrouble,
} from './trouble-table.ts';
import type { Draw } from './wire.ts';

/** Trouble → step → how often it happened. */
export type Reached = Record<string, Record<string, number>>;

/** Refusals after which only a person can go on, when they come again and again. */
const FOR_A_PERSON: ReadonlySet<CallStep> = new Set([
  'ins.void',
  'ins.reverse',
  'ins.undo',
  'pay.refund',
  'pay.return',
]);

/** Multiples of it fall more evenly between 0 and 1 than those of any other number. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const PACES = 16;

export interface ChanceOptions {
  readonly seed: number;
  readonly shard: number;
  /** 5201 and 5203 can be used here. */
  readonly canFind: boolean;
}

export class Chance implements Luck {
  readonly draw: Draw;
  readonly table: Reached = {};
  troubles = 0;
  /** Calls by step. */
  readonly calls: Partial<Record<CallStep, number>> = {};
  readonly #streams = new Map<Trouble, SeededStream>();
  /** Trouble → step → calls until it comes again. */
  readonly #dues = new Map<Trouble, Partial<Record<CallStep, number>>>();
  readonly #wallet: SeededStream;
  readonly #canFind: boolean;
  readonly #seed: number;
  readonly #shard: number;
  #isCalm = false;

  constructor({ seed, shard, canFind }: ChanceOptions) {
    for (const trouble of TROUBLES) {
      this.#streams.set(trouble, new SeededStream(seed, `${shard}/${trouble}`));
      this.#dues.set(trouble, {});
    }
    const times = new SeededStream(seed, `${shard}/times`);
    this.draw = { between: (least, most) => least + times.below(Math.max(1, Math.floor(most - least + 1))) };
    this.#wallet = new SeededStream(seed, `${shard}/wallet`);
    this.#canFind = canFind;
    this.#seed = seed;
    this.#shard = shard;
  }

  /** From now on nothing goes wrong any more. */
  calm(): void {
    this.#isCalm = true;
  }

  wire(step: CallStep, record: SettlementRecord): WireTrouble | undefined {
    const trouble = this.#first(WIRE_TROUBLES, step);
    if (trouble === 'refused' && FOR_A_PERSON.has(step)) record.needsPerson = true;
    return trouble;
  }

  kiosk(step: CallStep): KioskTrouble | undefined {
    this.calls[step] = (this.calls[step] ?? 0) + 1;
    return this.#first(KIOSK_TROUBLES, step);
  }

  disk(step: CallStep): DiskTrouble | undefined {
    return this.#first(DISK_TROUBLES, step);
  }

  mood(_call: Call, _record: SettlementRecord, refuses: boolean): Mood {
    const roll = this.#wallet.below(100);
    const wallet = roll < 80 ? 'takes' : roll < 92 ? 'asks' : roll < 96 ? 'badCode' : 'insufficientFunds';
    return { refuses, wallet, canFind: this.#canFind };
  }

  reached(trouble: Trouble, step: CallStep): void {
    const row = this.table[trouble] ?? {};
    this.table[trouble] = row;
    row[step] = (row[step] ?? 0) + 1;
    this.troubles += 1;
  }

  /** Whoever is due; when two are, the second waits for the next call. */
  #first<Some extends Trouble>(troubles: readonly Some[], step: CallStep): Some | undefined {
    let found: Some | undefined;
    for (const trouble of troubles) {
      if (!canHappen(trouble, step)) continue;
      const dues = this.#dues.get(trouble) as Partial<Record<CallStep, number>>;
      const left = (dues[step] ?? this.#firstDue(trouble, step)) - 1;
      if (left > 0 || found || this.#isCalm) {
        dues[step] = left;
        continue;
      }
      found = trouble;
      dues[step] = left + this.#nextDue(trouble, step);
    }
    return found;
  }

  /**
   * Calls until this trouble comes to this step for the first time in this shard. A shard has fewer calls than that, so
   * chance alone would leave some cells of a year far below the average: the shards share the range out evenly, each cell
   * in a pace of its own, for a step that only another trouble brings about must not meet the same shards as that.
   */
  #firstDue(trouble: Trouble, step: CallStep): number {
    const stream = new SeededStream(this.#seed, `${trouble} at ${step}`);
    const place = (stream.uint32() / 2 ** 32 + this.#shard * (1 + stream.below(PACES)) * GOLDEN) % 1;
    return 1 + Math.floor(place * callsBetween(trouble, step));
  }

  /** And until it comes again: from half the average to one and a half. */
  #nextDue(trouble: Trouble, step: CallStep): number {
    const stream = this.#streams.get(trouble) as SeededStream;
    const average = callsBetween(trouble, step);
    return 1 + Math.floor(average / 2) + stream.below(Math.ceil(average));
  }
}
