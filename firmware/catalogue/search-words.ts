/**
 * How an item is found: what it is called, folded to one writing, its pinyin and initials, and the short pieces of
 * these that the full-text index holds.
 *
 * One promise: index and question go through the same folding, so whatever is typed finds what is written.
 */
import { namesOf, type PriceItem } from './price-item.ts';

export interface Syllable {
  /** Pinyin without tones (ü as v, as on every keyboard); of what is no Chinese character, itself. */
  readonly spelt: string;
  readonly chinese: boolean;
}

/** A Chinese character each, or a run of what is none. */
export type Romanize = (text: string) => readonly Syllable[];

/** Characters of a question that are looked at; what comes after them is cut. */
export const MAX_QUERY = 24;

const HAN = /\p{Script=Han}/u;
const KEPT = /[\p{L}\p{N}]/u;

/** One writing of everything: half-width, small letters, no blanks, no punctuation. */
export function folded(text: string): string {
  return [...text.normalize('NFKC').toLowerCase()].filter((character) => KEPT.test(character)).join('');
}

export interface SearchWords {
  /** Names, initials and pinyin, each once. */
  readonly names: readonly string[];
  /** Where a question may begin: at those, at letters inside a name (头颅CT平扫), at a code. */
  readonly beginnings: readonly string[];
}

export function searchWords(item: PriceItem, romanize: Romanize): SearchWords {
  const names = new Set<string>();
  const inside = new Set<string>();
  for (const name of namesOf(item)) {
    const plain = folded(name);
    if (plain === '') continue;
    names.add(plain);
    if (!HAN.test(plain)) continue;
    const syllables = romanize(plain);
    const initials = syllables.map(({ spelt, chinese }) => (chinese ? (spelt[0] ?? '') : spelt));
    names.add(initials.join(''));
    names.add(syllables.map(({ spelt }) => spelt).join(''));
    for (const [at, { chinese }] of syllables.entries()) {
      if (at > 0 && !chinese) inside.add(initials.slice(at).join(''));
    }
  }
  const codes = [item.code, item.hospitalCode ?? ''].map(folded).filter((code) => code !== '');
  return { names: [...names], beginnings: [...new Set([...names, ...inside, ...codes])] };
}

/** Pieces of a text: one and two Chinese characters, three letters or digits. */
export function pieces(text: string): readonly string[] {
  const found = new Set<string>();
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 1) {
    const [one = '', two = '', three = ''] = characters.slice(at, at + 3);
    if (HAN.test(one)) {
      found.add(one);
      if (HAN.test(two)) found.add(one + two);
    } else if (two !== '' && three !== '' && !HAN.test(two) && !HAN.test(three)) {
      found.add(one + two + three);
    }
  }
  return [...found];
}

/**
 * The full-text question for what stands anywhere in a name, or `undefined` when it is too short for one: then only
 * beginnings are looked at.
 */
export function matchOf(query: string): string | undefined {
  const all = pieces(query);
  // A pair of characters is rarer than either of them.
  const pairs = all.filter((piece) => [...piece].length > 1);
  const chosen = pairs.length > 0 ? pairs : all;
  return chosen.length === 0 ? undefined : chosen.map((piece) => `"${piece}"`).join(' ');
}
