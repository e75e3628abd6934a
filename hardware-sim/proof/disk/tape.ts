/**
 * Every call of a kiosk's ledger over all its lives, with its clock, its randomness and its reply.
 *
 * One promise: whoever plays it with the same seed asks a ledger the same questions in the same order.
 */
import type { RandomSource } from '../../../firmware/ports.ts';
import { openLedgerOn } from '../../../firmware/settlement/ledger.ts';
import { LedgerStoppedError } from '../../../firmware/settlement/ledger-errors.ts';
import { type Ledger, ledgerThrough } from '../../../firmware/settlement/settlement-ledger.ts';
import { SeededRandom } from '../../world/seeded-random.ts';
import type { DurableIntents } from '../watched-journal.ts';

export interface TapeEntry {
  /** `open` begins a life; one that does not end with `close` was killed. */
  readonly call: keyof Ledger | 'openDisk';
  readonly args: readonly unknown[];
  readonly monoMs: number;
  readonly wallMs: number;
  readonly reply: unknown;
  /** Name of the error that it threw. */
  readonly threw: string | undefined;
  /** Intents that are durable from here on. */
  readonly intents: readonly string[];
}

export type Tape = readonly TapeEntry[];

type OpenLedger = typeof openLedgerOn;

const READS: ReadonlySet<TapeEntry['call']> = new Set(['status', 'money', 'open', 'verify']);

/** Whether a cut can fall into it: reads write nothing. */
export function canBeCut({ call }: TapeEntry): boolean {
  return !READS.has(call);
}

/** A stream of its own for every call, so that a worker, which is sent a piece for each, draws the same. */
export class CallRandom implements RandomSource {
  readonly #seed: number;
  #stream: SeededRandom;

  constructor(seed: number) {
    this.#seed = seed;
    this.#stream = new SeededRandom(seed, 'before');
  }

  moveTo(call: number | string): void {
    this.#stream = new SeededRandom(this.#seed, `call ${call}`);
  }

  bytes(count: number): Uint8Array {
    return this.#stream.bytes(count);
  }
}

/** The same table as the worker's, without promises: a value that is there already is handed through. */
function ledgerBy(call: (name: keyof Ledger, args: readonly unknown[]) => unknown): Ledger {
  return ledgerThrough(call as Parameters<typeof ledgerThrough>[0]) as unknown as Ledger;
}

/** Opens production's ledger and writes down what is asked of it. */
export function taping(tape: TapeEntry[], random: CallRandom, intents: DurableIntents): OpenLedger {
  return (open, options) => {
    const write = <Result>(call: TapeEntry['call'], args: readonly unknown[], work: () => Result): Result => {
      random.moveTo(tape.length);
      const known = intents.size;
      const { clock } = options;
      const begun = { call, args, monoMs: clock.monotonicMs(), wallMs: clock.wallMs() };
      const place = tape.push({ ...begun, reply: undefined, threw: undefined, intents: [] }) - 1;
      let [reply, threw]: [Result | undefined, string | undefined] = [undefined, undefined];
      try {
        reply = work();
        return reply;
      } catch (error) {
        threw = error instanceof Error ? error.name : 'something';
        throw error;
      } finally {
        const kept = call === 'openDisk' ? undefined : reply;
        tape[place] = { ...begun, reply: kept, threw, intents: [...intents].slice(known) };
      }
    };
    const ledger = write('openDisk', [], () => openLedgerOn(open, options));
    return ledgerBy((name, args) =>
      write(name, args, () => (ledger[name] as (...all: readonly unknown[]) => unknown)(...args)),
    );
  };
}

export interface Playing {
  readonly tape: Tape;
  readonly errors: (name: string) => Error;
  /** The entry that is never answered. */
  readonly cutAt: number;
  readonly intents: DurableIntents;
  /** The disk is the one after the cut from now on. */
  readonly onCut: () => void;
}

/** Answers from the tape up to the cut; what is opened afterwards is production's ledger. */
export function playing({ tape, errors, cutAt, intents, onCut }: Playing): OpenLedger {
  let at = 0;
  let isCut = false;
  const answer = (call: TapeEntry['call']): unknown => {
    const place = at;
    const entry = tape[place];
    at += 1;
    if (entry?.call !== call) throw new Error(`The world left its tape: ${call} instead of ${entry?.call}.`);
    if (place === cutAt) {
      isCut = true;
      onCut();
      // Nobody waits for the answer of an orderly end.
      if (call === 'close') return undefined;
      throw new LedgerStoppedError('the current is gone');
    }
    for (const intent of entry.intents) intents.add(intent);
    if (entry.threw !== undefined) throw errors(entry.threw);
    return entry.reply;
  };
  return (open, options) => {
    if (isCut) return openLedgerOn(open, options);
    answer('openDisk');
    return ledgerBy(answer);
  };
}
