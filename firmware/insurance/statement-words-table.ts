/**
 * `stmt_rslt` by table: three vocabularies are known in the field, and a position in a list means nothing.
 * Spec: protocols/insurance.md B.16.
 */
import type { Comparison } from './statements.ts';

const words: Readonly<Record<string, Comparison>> = {
  '0': 'equal',
  '1': 'centreMore',
  '2': 'institutionMore',
  '3': 'differ',
  '101': 'centreMore',
  '102': 'institutionMore',
  '103': 'differ',
  '000000': 'equal',
};

/** A word that is in no list proves nothing, least of all that the books agree. */
export function comparisonOf(word: string): Comparison {
  return Object.hasOwn(words, word) ? (words[word] ?? 'unclear') : 'unclear';
}
