/** What the guest says on its console, one JSON object behind a mark on a line of its own. */
import type { CaseEnd } from './case-run.ts';

export const GUEST_MARK = '@@kernel-guest ';

export type GuestWord =
  | { readonly word: 'started'; readonly kernel: string; readonly engine: string; readonly architecture: string }
  | ({ readonly word: 'case'; readonly name: string; readonly seconds: number } & CaseEnd)
  | { readonly word: 'over' };

/** The word in this line of the console, or `undefined` when it is the kernel's or a program's. */
export function guestWord(line: string): GuestWord | undefined {
  const at = line.indexOf(GUEST_MARK);
  if (at < 0) return undefined;
  try {
    return JSON.parse(line.slice(at + GUEST_MARK.length)) as GuestWord;
  } catch {
    return undefined;
  }
}
