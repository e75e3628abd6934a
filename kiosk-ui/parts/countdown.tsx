/** Time left on this screen, as a number in place of the clock and as a bar under the band (4.6). It only shows: the firmware ends the screen. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Screen } from '../../firmware/screen/messages.ts';
import { every, monotonicMs } from '../browser-time.ts';
import { fill } from '../text/fill.ts';
import type { TextTable } from '../text/text-table.ts';
import { WallClock } from './wall-clock.tsx';

const LATE_MS = 20_000;

interface CountdownProps {
  readonly deadline: NonNullable<Screen['deadline']>;
  readonly text: TextTable;
  readonly from: 'always' | 'late';
}

export function Countdown({ deadline, text, from }: CountdownProps) {
  const leftMs = useTimeLeft(deadline.leftMs);
  const hidden = from === 'late' && leftMs > LATE_MS;
  const share = deadline.wholeMs > 0 ? Math.min(1, leftMs / deadline.wholeMs) : 0;
  if (hidden) return <WallClock />;
  return (
    <div class="countdown">
      <p class="countdown-number">{fill(text.secondsLeft, { seconds: Math.ceil(leftMs / 1_000) })}</p>
      <div class="countdown-bar">
        <div class="countdown-left" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

/** The same number, as large as an amount, where the count-down is the question itself. */
export function SecondsLeft({ deadline, text }: Omit<CountdownProps, 'from'>) {
  const leftMs = useTimeLeft(deadline.leftMs);
  return <p class="seconds-left">{fill(text.secondsLeft, { seconds: Math.ceil(leftMs / 1_000) })}</p>;
}

/** Counts from the moment this value arrived; a new push starts anew. */
function useTimeLeft(leftMs: number): number {
  const end = useRef({ leftMs: Number.NaN, atMs: 0 });
  if (end.current.leftMs !== leftMs) end.current = { leftMs, atMs: monotonicMs() + leftMs };
  const [, redraw] = useState(0);
  useEffect(() => every(250, () => redraw((count) => count + 1)), []);
  return Math.max(0, end.current.atMs - monotonicMs());
}
