/** As which of the four invented people a person of the hall is drawn: they have no faces of their own. */
import type { PersonId } from './invented-people-table.ts';

const DRAWN: readonly PersonId[] = ['jia', 'yi', 'bing', 'ding'];

/** Always the same one for the same key; `away` steps to somebody else. */
export function drawnAs(key: string, away = 0): PersonId {
  const sum = [...key].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return DRAWN[(sum + away) % DRAWN.length] ?? 'jia';
}
