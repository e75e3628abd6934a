/**
 * Which reader of a PC/SC bus is meant: names with `*` for the part that moves.
 *
 * PC/SC appends an index to a name (`… 00 00`) that changes with the order of
 * plugging, so the device map names a reader by the part that stays.
 */
export function matchesReader(pattern: string, readerName: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(readerName);
}
