/**
 * A link of the hospital that a phone opens, before it becomes a code on the screen.
 *
 * One promise: no code holds the name or a number of the person in clear; one that does is not shown.
 */
import type { PatientPerson } from './known-to-hospital.ts';

/** Shorter texts are in every other link by chance. */
const SHORTEST = 2;

/** `undefined` when the link says who it is about. */
export function phoneLink(
  link: string | undefined,
  { name, certificateNumber, personNumber, visitCardNumber }: PatientPerson,
  others: readonly string[] = [],
): string | undefined {
  if (link === undefined) return undefined;
  const plain = plainText(link).toLowerCase();
  const secrets = [name, certificateNumber, personNumber, visitCardNumber].map((one) => one?.reveal() ?? '');
  const told = [...secrets, ...others].some((text) => text.length >= SHORTEST && plain.includes(text.toLowerCase()));
  return told ? undefined : link;
}

function plainText(link: string): string {
  try {
    return `${link} ${decodeURIComponent(link)}`;
  } catch {
    return link;
  }
}
