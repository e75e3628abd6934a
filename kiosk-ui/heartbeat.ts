/**
 * The page's sign of life: a number behind its title that goes on once a second.
 *
 * The browser tells a page's title to whoever keeps it (`provisioning/kiosk-browser`), without anybody looking into
 * the page. One promise: the number stands still when the page hangs, and says nothing of what is shown.
 */
import { every } from './browser-time.ts';

const BEAT_MS = 1_000;
const TURNS_OVER = 1_000;

export function beat(): void {
  const { title } = document;
  let count = 0;
  every(BEAT_MS, () => {
    count = (count + 1) % TURNS_OVER;
    document.title = `${title} ${count}`;
  });
}
