/** The masks of product.md 4.7: what of a person may stand on a screen or on paper (SZ-261). */

/** First character + `*` + last; two characters: first + `*`. Characters are whole, also rare ones. */
export function maskName(name: string): string {
  const characters = [...name.trim()];
  const [first = ''] = characters;
  if (characters.length <= 1) return '*';
  if (characters.length === 2) return `${first}*`;
  return `${first}*${characters.at(-1)}`;
}
