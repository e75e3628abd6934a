/** The only place of the page that touches time: the wall clock is for the patient's eye, never for a decision. */

/** Beijing is eight hours ahead all year round. */
const BEIJING_MS = 8 * 3_600_000;

export function monotonicMs(): number {
  return performance.now();
}

/** `09:41` in Beijing, as on paper, whatever zone the browser is set to. */
export function wallTime(nowMs = Date.now()): string {
  return new Date(nowMs + BEIJING_MS).toISOString().slice(11, 16);
}

export function after(delayMs: number, act: () => void): () => void {
  const timer = setTimeout(act, delayMs);
  return () => clearTimeout(timer);
}

export function every(periodMs: number, act: () => void): () => void {
  const timer = setInterval(act, periodMs);
  return () => clearInterval(timer);
}
