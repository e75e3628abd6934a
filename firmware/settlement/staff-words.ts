/**
 * A party's own words, fit for a journal and a staff screen: the order's person
 * taken out, long numbers masked, cut to a line.
 */
import type { SettlementOrder } from './settlements.ts';

const MASK = '▒▒▒';
const LONGEST = 160;

export function staffWords(text: string, order: SettlementOrder): string {
  return maskedWords(withoutPerson(text, order));
}

/** Long numbers masked, cut to a line: for words about nobody in particular. */
export function maskedWords(text: string): string {
  return text
    .replace(/[0-9][0-9Xx]{5,}/g, MASK)
    .replace(/[A-Za-z0-9+/=_-]{24,}/g, MASK)
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST);
}

/** The order's person taken out of a text that is shown as it is otherwise. */
export function withoutPerson(text: string, { question }: SettlementOrder): string {
  if (!question) return text;
  const { number, cardId, name, certificateNumber } = question.credential;
  const known = [question.personNumber, number, cardId, name, certificateNumber]
    .map((secret) => secret?.reveal() ?? '')
    .filter((word) => word.length > 1);
  return known.reduce((words, word) => words.replaceAll(word, MASK), text);
}
