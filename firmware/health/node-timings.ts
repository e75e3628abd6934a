/** How patient the edge node is; one set of values for production, others for tests on real time. */
import type { RetrySpan } from './retry-delay.ts';

export interface NodeTimings {
  readonly keepAliveSeconds: number;
  /** CONNECT, SUBSCRIBE and their answers, ms. */
  readonly connectTimeoutMs: number;
  readonly retry: RetrySpan;
  /** A session that lasted so long lets the retry span start small again, ms. */
  readonly steadyAfterMs: number;
  /** Changes within this time leave together, ms. */
  readonly gatherMs: number;
  /** Shortest time between two rebirths that hosts asked for, ms. */
  readonly rebirthPauseMs: number;
  /** How long a planned stop waits for the broker's word, ms; it waits twice at most. */
  readonly farewellMs: number;
}

/** Ten minutes is the longest span for a fleet of 100,000 (health-fleet-security 2.2). */
export const usualTimings: NodeTimings = {
  keepAliveSeconds: 30,
  connectTimeoutMs: 20_000,
  retry: { firstMs: 5_000, longestMs: 600_000 },
  steadyAfterMs: 60_000,
  gatherMs: 100,
  rebirthPauseMs: 10_000,
  farewellMs: 2_000,
};
