/**
 * One row of the journal table: a fact, its time and its place in the chain.
 *
 * `body` holds the whole fact; the columns before it repeat what people and
 * queries look for. All of them are under the chain code.
 */
import type { SqlRow, SqlValue } from '../ports.ts';
import type { Entry, Fact } from './facts.ts';

export interface Row {
  readonly seq: number;
  readonly saga: string;
  readonly step: string;
  readonly n: number;
  readonly phase: 'intent' | 'outcome' | 'note';
  readonly key: string | null;
  readonly verdict: string | null;
  readonly body: string;
  readonly boot: number;
  readonly monoMs: number;
  readonly wallMs: number;
  readonly wallOk: number;
  /** Codes of the chain before and after a batch, in its last row; empty in the others. */
  readonly prev: Uint8Array;
  readonly mac: Uint8Array;
}

const NO_CODE = new Uint8Array(0);

export function rowOf({ seq, at, fact }: Entry, saga: string, wallOk: boolean): Row {
  const { step, n, key, verdict } = columns(fact);
  const { boot, monoMs, wallMs } = at;
  const body = JSON.stringify(fact);
  const time = { boot, monoMs: Math.floor(monoMs), wallMs: Math.floor(wallMs), wallOk: wallOk ? 1 : 0 };
  return { seq, saga, step, n, phase: fact.phase, key, verdict, body, ...time, prev: NO_CODE, mac: NO_CODE };
}

function columns(fact: Fact): Pick<Row, 'step' | 'n' | 'key' | 'verdict'> {
  switch (fact.phase) {
    case 'intent':
      return { step: fact.step, n: fact.attempt, key: fact.key, verdict: null };
    case 'outcome':
      return { step: fact.found.step, n: fact.found.attempt, key: null, verdict: fact.found.finding.verdict };
    case 'note':
      switch (fact.step) {
        case 'answer':
        case 'late': {
          const { step, attempt, finding } = fact.found;
          return { step: `${fact.step} ${step}`, n: attempt, key: null, verdict: finding.verdict };
        }
        case 'giveUp':
        case 'person':
          return { step: fact.step, n: 0, key: null, verdict: fact.reason };
        case 'end':
          return { step: fact.step, n: 0, key: null, verdict: fact.end };
        case 'copyBegun':
          return { step: fact.step, n: fact.copy, key: null, verdict: null };
        case 'copyEnded':
          return { step: fact.step, n: fact.copy, key: null, verdict: fact.outcome };
        case 'caseClosed':
          return { step: fact.step, n: 0, key: null, verdict: fact.closing.claim };
        case 'noteInserted':
        case 'paidOut':
          return { step: fact.step, n: fact.amountFen, key: null, verdict: null };
        case 'cashOpened':
        case 'order':
        case 'restarted':
        case 'codeShown':
        case 'payAbsent':
          return { step: fact.step, n: 0, key: null, verdict: null };
      }
  }
}

/** What the chain code covers: every column but the code itself and its predecessor, in one fixed order. */
export function rowText(row: Row): string {
  const { seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk } = row;
  return JSON.stringify([seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk]);
}

/** The same text, made by the database: what is read for its code alone need not be taken apart. */
const TEXT = 'json_array(seq, saga, step, n, phase, key, verdict, body, boot, mono_ms, wall_ms, wall_ok)';
/** Codes only where a batch ends. */
const CODES = 'nullif(mac, zeroblob(0)) AS mac, CASE WHEN length(mac) > 0 THEN prev END AS prev';

/** What the chain is read from. */
export interface CodedRow {
  readonly seq: number;
  readonly text: string;
  /** `undefined` unless a batch ends here. */
  readonly mac: Uint8Array | undefined;
  readonly prev: Uint8Array | undefined;
}

/** Columns of a row of which only the code is looked at, and of one that is folded. */
export const CODED = `seq, saga, ${TEXT} AS text, ${CODES}`;
export const FOLDED = `seq, body, boot, mono_ms, wall_ms, ${TEXT} AS text, ${CODES}`;

export function codedRow(row: SqlRow): CodedRow {
  const code = (value: SqlRow[string] | undefined): Uint8Array | undefined =>
    value instanceof Uint8Array ? value : undefined;
  return { seq: Number(row['seq']), text: String(row['text']), mac: code(row['mac']), prev: code(row['prev']) };
}

export const INSERTION = 'INSERT INTO journal VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)';

/** Its parameters. */
export function valuesOf(row: Row): readonly SqlValue[] {
  const { seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac } = row;
  return [seq, saga, step, n, phase, key, verdict, body, boot, monoMs, wallMs, wallOk, prev, mac];
}
