/**
 * Whether two states say the same. Plain data only: a field that is `undefined` and one that is absent are the same,
 * and what two states share is not looked into.
 */
export function sameState(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return Number.isNaN(left) && Number.isNaN(right);
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const one = left as Readonly<Record<string, unknown>>;
  const other = right as Readonly<Record<string, unknown>>;
  for (const name in one) {
    const here = one[name];
    const there = other[name];
    // Most of two states is shared: no call for it.
    if (here !== there && !sameState(here, there)) return false;
  }
  for (const name in other) if (other[name] !== undefined && one[name] === undefined) return false;
  return true;
}
