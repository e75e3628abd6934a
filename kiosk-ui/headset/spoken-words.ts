/**
 * From what stands on the glass to what is said: amounts, dates, numbers and masked names in words, and each language
 * in runs of its own.
 *
 * One promise: nothing of the text is left out; what no rule knows is said as it stands.
 */
import type { Language, SpokenPart } from '../../firmware/screen/messages.ts';
import { enWords } from './en-words.ts';
import { zhWords } from './zh-words.ts';

/** As long as one run may be (firmware/screen/spoken-unit.ts). */
const LONGEST_RUN = 110;

/** A word or more of another language than Chinese: at least one small letter, so that codes stay what they are. */
const LATIN_WORDS = /[A-Za-z][A-Za-z'’-]*[a-z][A-Za-z'’-]*(?:[ ,.]+[A-Za-z'’-]*[a-z][A-Za-z'’-]*)*/g;
/** Chinese with the numbers that belong to it: 3楼西药房5号窗口. */
const CHINESE = /[\dA-Z*]*\p{Script=Han}(?:[\p{Script=Han}\d*（）、，。；：·\-\s]|[A-Z](?![a-z]))*/gu;

/** `language`: of the page, or of the element that the text stands in. */
export function spokenParts(text: string, language: Language): readonly SpokenPart[] {
  const clean = text.replace(/\s+/g, ' ').trim();
  const other = language === 'zh' ? 'en' : 'zh';
  const runs: SpokenPart[] = [];
  const add = (run: string, spoken: Language): void => {
    const words = spoken === 'zh' ? zhWords(run) : enWords(run);
    if (/[\p{L}\p{N}]/u.test(words)) runs.push({ language: spoken, text: words });
  };
  let at = 0;
  for (const { 0: found, index } of clean.matchAll(language === 'zh' ? LATIN_WORDS : CHINESE)) {
    add(clean.slice(at, index), language);
    add(found, other);
    at = index + found.length;
  }
  add(clean.slice(at), language);
  return runs.flatMap(cutToLength);
}

/** At a full stop or a comma where there is one. */
function cutToLength({ language, text }: SpokenPart): readonly SpokenPart[] {
  const pieces: SpokenPart[] = [];
  let rest = text.trim();
  while (rest.length > LONGEST_RUN) {
    const head = rest.slice(0, LONGEST_RUN);
    const stop = Math.max(...['。', '；', '，', '. ', ', ', ' '].map((mark) => head.lastIndexOf(mark)));
    const end = stop > LONGEST_RUN / 3 ? stop + 1 : LONGEST_RUN;
    pieces.push({ language, text: rest.slice(0, end).trim() });
    rest = rest.slice(end).trim();
  }
  if (rest !== '') pieces.push({ language, text: rest });
  return pieces;
}
