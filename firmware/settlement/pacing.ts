/**
 * How soon a party may be called again for one settlement, within one boot.
 *
 * Pauses double while no answer comes and start small again after one. They
 * are not journaled: after a boot everything is asked at once.
 */
import type { CallStep, Found } from './facts.ts';
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, POLL_MS } from './limits.ts';
import type { Pace } from './next.ts';

export class Pacing {
  readonly #notBeforeMs: Partial<Record<CallStep, number>> = {};
  readonly #misses: Partial<Record<CallStep, number>> = {};

  get pace(): Pace {
    return this.#notBeforeMs;
  }

  /** Calls of this step in a row that brought no definite answer, whatever else was answered in between. */
  misses(step: CallStep | undefined): number {
    return (step && this.#misses[step]) ?? 0;
  }

  answered(found: Found, nowMs: number): void {
    const { step, finding } = found;
    // A refund that the route has only taken in is asked after less and less often: it may take days.
    const pending = finding.verdict === 'ok' && isPending(finding.value);
    const definite =
      (finding.verdict === 'ok' && !pending) || (finding.verdict === 'fail' && finding.reason !== 'unreachable');
    const misses = definite ? 0 : this.misses(step) + 1;
    this.#misses[step] = misses;
    const doubled = FIRST_PAUSE_MS * 2 ** Math.min(misses - 1, 10);
    this.#notBeforeMs[step] = nowMs + (definite ? POLL_MS : Math.min(LONGEST_PAUSE_MS, doubled));
    // What the order has become is asked right after whatever was done to it.
    if (step === 'pay.close' || step === 'pay.charge') this.hurry('pay.query');
  }

  /** The same pauses, for a proof that follows two ways from here. */
  copy(): Pacing {
    const copy = new Pacing();
    Object.assign(copy.#notBeforeMs, this.#notBeforeMs);
    Object.assign(copy.#misses, this.#misses);
    return copy;
  }

  /** The next call of this step need not wait. */
  hurry(step: CallStep): void {
    delete this.#notBeforeMs[step];
  }
}

function isPending(
  value: Found['finding'] extends infer Finding ? (Finding extends { value: infer Value } ? Value : never) : never,
): boolean {
  return value !== null && 'state' in value && value.state === 'pending';
}
