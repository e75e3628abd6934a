/** The time of day in the band. */
import { useEffect, useState } from 'preact/hooks';
import { every, wallTime } from '../browser-time.ts';

export function WallClock() {
  const [time, setTime] = useState(wallTime);
  useEffect(() => every(5_000, () => setTime(wallTime())), []);
  return <p class="clock">{time}</p>;
}
