/**
 * A receiver's words, fit for the disk and a staff screen: whatever the row itself says of the person is taken out,
 * long numbers are masked, the rest is cut to a line.
 */
import { maskedWords } from '../settlement/staff-words.ts';

const MASK = '▒▒▒';

/** `person`: the JSON that the receiver was sent. */
export function maskedReason(reason: string, person: string | undefined): string {
  const known = person === undefined ? [] : textsOf(parsed(person)).filter((text) => [...text].length > 1);
  // The longest first, or a name within an address would leave the rest of it standing.
  known.sort((one, other) => other.length - one.length);
  return maskedWords(known.reduce((words, text) => words.replaceAll(text, MASK), reason));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
