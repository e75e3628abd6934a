/**
 * When somebody must be told that uploads are late (SZ-284b, SZ-273).
 *
 * Pure but for the memory of what was said: each alarm once, until what it was about is over. What waits because the
 * line is silent has its 24 hours from the moment the line answers again.
 */
import type { Lane, LaneState, RowView } from '../settlement/outbox-rows.ts';

export interface UploadAlarm {
  /** The lane that is late, or `traceCodes` of settled medicine. */
  readonly kind: Lane | 'traceCodes';
  /** `red20h`: four hours are left · `red24h`: too late · `overLimit`: over the place's own limit. */
  readonly state: 'red20h' | 'red24h' | 'overLimit';
  /** Rows that wait. */
  readonly count: number;
  readonly oldestMs: number;
  /** Key of the one row it is about. */
  readonly upload?: string;
}

export interface Look {
  readonly nowMs: number;
  readonly lanes: readonly LaneState[];
  readonly rows: readonly RowView[];
  /** The insurance line is silent: nothing of its lane can be late yet. */
  readonly silentLine: boolean;
  /** Since when the line answers after its last fault, Unix ms. */
  readonly answersSinceMs: number | undefined;
}

const HOUR_MS = 3_600_000;
const STEPS = [
  { state: 'red20h', afterMs: 20 * HOUR_MS },
  { state: 'red24h', afterMs: 24 * HOUR_MS },
] as const;

export class AgeAlarms {
  readonly #traceLimitMs: number;
  #said: ReadonlyMap<string, UploadAlarm> = new Map();

  constructor({ traceLimitMs }: { readonly traceLimitMs: number }) {
    this.#traceLimitMs = traceLimitMs;
  }

  /** The worst that holds now. */
  get worst(): UploadAlarm['state'] | 'none' {
    const states = new Set([...this.#said.values()].map(({ state }) => state));
    return (['red24h', 'red20h', 'overLimit'] as const).find((state) => states.has(state)) ?? 'none';
  }

  look({ nowMs, lanes, rows, silentLine, answersSinceMs }: Look): readonly UploadAlarm[] {
    const late = new Map<string, UploadAlarm>();
    for (const { lane, waiting, heldForPerson } of lanes) {
      const oldestMs = oldestOf(rows, lane);
      const insurance = lane === 'insurance';
      if (oldestMs === undefined || (insurance && silentLine)) continue;
      const fromMs = insurance ? Math.max(oldestMs, answersSinceMs ?? 0) : oldestMs;
      for (const { state, afterMs } of STEPS) {
        if (nowMs - fromMs < afterMs) continue;
        late.set(`${lane} ${state}`, { kind: lane, state, count: waiting + heldForPerson, oldestMs });
      }
    }
    const codes = rows.filter(({ kind, hold }) => kind === 'traceCodes' && hold === 'content');
    for (const { key, madeMs } of codes) {
      if (nowMs - madeMs < this.#traceLimitMs) continue;
      late.set(key, { kind: 'traceCodes', state: 'overLimit', count: codes.length, oldestMs: madeMs, upload: key });
    }
    const found = [...late].filter(([what]) => !this.#said.has(what)).map(([, alarm]) => alarm);
    this.#said = late;
    return found;
  }
}

/** Rows that wait for their content have a limit of their own. */
function oldestOf(rows: readonly RowView[], lane: Lane): number | undefined {
  return rows.find((row) => row.lane === lane && row.hold !== 'content')?.madeMs;
}
