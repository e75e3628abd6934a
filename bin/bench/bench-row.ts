/**
 * One figure of `yizhan bench`: a median beside a floor that was measured in the same run.
 *
 * One promise: `ok` follows from the figures and the target alone.
 */
import { quantile } from '../../hardware-sim/bench/quantile.ts';

export interface BenchRow {
  readonly name: string;
  /** Median (p50) unless the name says otherwise. */
  readonly value: number;
  readonly unit: 'ms' | 'µs' | 'bytes' | 'MB' | 'MB/s' | '%' | 'commits';
  /** What the machine itself takes, measured in the same run; `null` where nothing is below. */
  readonly floor: number | null;
  /** value / floor */
  readonly ratio: number | null;
  /** Not to be exceeded, by `ratio` or by `value` as `targetOf` says; `null` = for information. */
  readonly target: number | null;
  readonly targetOf: 'ratio' | 'value';
  readonly ok: boolean;
  readonly p99?: number;
  readonly floorP99?: number;
  /** What a reader has to know beside the figure. */
  readonly note?: string;
}

/** A bench that can't run on this machine, with what is missing. */
export interface SkippedBench {
  readonly name: string;
  readonly skipped: string;
}

/** A bench that broke off. */
export interface FailedBench {
  readonly name: string;
  readonly failed: string;
}

export type BenchResult = BenchRow | SkippedBench | FailedBench;

export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** `share`: 1 = as many rounds as the figures need, less for a quick look. */
  run(share: number): Promise<readonly BenchResult[]>;
}

export interface Samples {
  readonly name: string;
  readonly unit: BenchRow['unit'];
  readonly values: readonly number[];
  readonly floors: readonly number[];
  readonly targetRatio: number | null;
  readonly note?: string;
}

/** A row of samples that were taken in turns with their floor. */
export function ratioRow({ name, unit, values, floors, targetRatio, note }: Samples): BenchRow {
  const value = quantile(values, 0.5);
  const floor = quantile(floors, 0.5);
  const ratio = value / floor;
  return {
    name,
    value,
    unit,
    floor,
    ratio,
    target: targetRatio,
    targetOf: 'ratio',
    ok: targetRatio === null || ratio <= targetRatio,
    p99: quantile(values, 0.99),
    floorP99: quantile(floors, 0.99),
    ...(note === undefined ? {} : { note }),
  };
}

/** At least `least` rounds, whatever the share. */
export function roundsOf(whole: number, share: number, least = 1): number {
  return Math.max(least, Math.round(whole * share));
}
