/**
 * Words to try a layout with before a language pack has them (4.10): the Chinese ones made 60 % longer, or the page
 * set from the right to the left. For who makes a pack and for the tests: `?words=long`, `?words=right`.
 */
import { tables } from './fill.ts';

export type TrialWords = 'long' | 'right';

export function wearTrialWords(words: TrialWords): void {
  if (words === 'right') document.documentElement.dir = 'rtl';
  else {
    Object.assign(tables, { zh: lengthened(tables.zh) });
    document.documentElement.dataset['words'] = 'long';
  }
}

/** The same table with 60 % more letters in each sentence; what is filled in stays as it is. */
export function lengthened<Table>(table: Table): Table {
  if (typeof table === 'string') return longer(table) as Table;
  if (Array.isArray(table)) return table.map(lengthened) as Table;
  if (typeof table !== 'object' || table === null) return table;
  return Object.fromEntries(Object.entries(table).map(([key, part]) => [key, lengthened(part)])) as Table;
}

function longer(sentence: string): string {
  const letters = sentence.replace(/\{\w+\}|[^\p{L}]/gu, '');
  const more = letters.slice(0, Math.round(letters.length * 0.6));
  // Latin words break between words only, so theirs is a word of its own.
  return /^\p{Script=Latin}/u.test(more) ? `${sentence} ${more}` : sentence + more;
}
