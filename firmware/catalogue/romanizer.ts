/**
 * Chinese names in pinyin, by `pinyin-pro`, which reads a character by the words it stands in (长春 is chang, 增长 is
 * zhang). It is loaded when the first list is imported and never before: a kiosk that starts pays nothing for it.
 */
import type { Romanize, Syllable } from './search-words.ts';

let loaded: Romanize | undefined;

export async function loadRomanizer(): Promise<Romanize> {
  if (loaded) return loaded;
  const { pinyin } = await import('pinyin-pro');
  // The form with one object a character says which is which, and takes two and a half times as long.
  loaded = (text) => aligned(text, pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }));
  return loaded;
}

/** For who cannot wait: `undefined` before `loadRomanizer` has resolved once. */
export function loadedRomanizer(): Romanize | undefined {
  return loaded;
}

/** What stands for which character: a part that is written as it is read was no Chinese character, or no known one. */
function aligned(text: string, parts: readonly string[]): readonly Syllable[] {
  const rest = [...text];
  return parts.map((spelt) => {
    const chinese = !spelt.startsWith(rest[0] ?? '');
    rest.splice(0, chinese ? 1 : [...spelt].length);
    return { spelt, chinese };
  });
}
