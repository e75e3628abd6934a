/**
 * What is said aloud when a number is called: one table, two languages, never a name.
 *
 * Digits and letters are said one by one, so that A012 is not "a twelve"; a window's number is said as it stands.
 */
import type { Sentence } from '../../drivers/voice/voice.ts';

const zhDigits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** `A012` → `A 零 一 二`; 一 stays 一: 幺 is the telephone's. */
export function spelled(number: string, language: Sentence['language']): string {
  const one = (character: string): string => {
    const digit = character >= '0' && character <= '9' ? Number(character) : undefined;
    return digit === undefined || language === 'en' ? character : (zhDigits[digit] ?? character);
  };
  return [...number].map(one).join(' ');
}

/** `placeLatin` is left out where the site gave none: then only the Chinese sentence is said. */
export function callSentences(call: {
  readonly number: string;
  readonly place: string;
  readonly placeLatin?: string | undefined;
}): readonly Sentence[] {
  const zh: Sentence = { language: 'zh', text: `请 ${spelled(call.number, 'zh')} 号，到 ${call.place}。` };
  if (call.placeLatin === undefined) return [zh];
  const where = call.placeLatin.toLowerCase();
  return [zh, { language: 'en', text: `Number ${spelled(call.number, 'en')}, please go to ${where}.` }];
}
