/** Pages of the hospital that a phone opens: the address is a word of its own and says nothing of whose page it is. */
import { createHash } from 'node:crypto';

/** A page that only whoever was given its word finds. */
export function pageOf(kind: string, about: string): string {
  const word = createHash('sha256').update(`${kind} ${about}`).digest('base64url').slice(0, 22);
  return `https://his.hospital.example/p/${word}`;
}
