/** One unit of the page as the firmware is asked to say it: in turns that it takes, with what a button is. */
import type { Language, SpokenPart } from '../../firmware/screen/messages.ts';
import type { HeadsetWords } from '../text/headset-words.ts';
import type { ReadableUnit } from './readable-units.ts';
import { spokenParts } from './spoken-words.ts';

/** Well under what one message may hold. */
const MOST_PARTS = 8;
const LONGEST_TURN = 400;

export function turnsOf(
  { text, kind, state, language }: Pick<ReadableUnit, 'text' | 'kind' | 'state' | 'language'>,
  pageLanguage: Language,
  words: HeadsetWords,
): readonly (readonly SpokenPart[])[] {
  const parts = [...spokenParts(text, language ?? pageLanguage)];
  if (kind === 'button') {
    const is = [
      words.button,
      ...(state.pressed === undefined ? [] : [state.pressed ? words.on : words.off]),
      ...(state.disabled ? [words.disabled] : []),
    ].join(pageLanguage === 'zh' ? '，' : ', ');
    const last = parts.at(-1);
    const gap = pageLanguage === 'zh' ? '，' : ', ';
    // One breath where it fits: two runs would pause between a button's name and what it is.
    if (last?.language === pageLanguage && last.text.length + is.length < 100) {
      parts[parts.length - 1] = { language: pageLanguage, text: `${last.text}${gap}${is}` };
    } else parts.push({ language: pageLanguage, text: is });
  }
  const turns: SpokenPart[][] = [];
  let letters = LONGEST_TURN;
  for (const part of parts) {
    const turn = turns.at(-1);
    if (!turn || turn.length >= MOST_PARTS || letters + part.text.length > LONGEST_TURN) {
      turns.push([part]);
      letters = part.text.length;
    } else {
      turn.push(part);
      letters += part.text.length;
    }
  }
  return turns;
}
