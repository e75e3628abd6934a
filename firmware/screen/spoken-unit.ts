/**
 * What the page asks to be read into a headset, and what it is told of keys and of the reading.
 *
 * One promise: a message that is not exactly this, or longer than anybody would listen to, is refused.
 */
import type { HeadsetKey } from '../../drivers/cabinet/cabinet.ts';

/** One run of words in one language; Chinese names on an English page are runs of their own. */
export interface SpokenPart {
  readonly language: 'zh' | 'en';
  readonly text: string;
}

/** Page → firmware: read this, in place of what is being read. An empty list: be silent. */
export interface SpeakMessage {
  readonly type: 'speak';
  readonly screenId: string;
  /** Grows with each message of a page, so that the answer names what it answers. */
  readonly turn: number;
  readonly parts: readonly SpokenPart[];
}

export type HeadsetToPage =
  /** One of the five keys was pressed. */
  | { readonly type: 'key'; readonly key: HeadsetKey }
  /** `heard`: read to its end; otherwise it was cut off or there is nothing to hear it with. */
  | { readonly type: 'spoken'; readonly turn: number; readonly heard: boolean };

export const MOST_PARTS = 12;
/** As long as a sentence of a voice may be. */
export const LONGEST_PART = 120;
const LONGEST_TURN = 600;

/** `fields` of a message whose screen id is good. */
export function readSpeak(screenId: string, fields: ReadonlyMap<string, unknown>): SpeakMessage | undefined {
  const [turn, list] = [fields.get('turn'), fields.get('parts')];
  if (fields.size !== 4 || typeof turn !== 'number' || !Number.isSafeInteger(turn) || turn < 0) return undefined;
  if (!Array.isArray(list) || list.length > MOST_PARTS) return undefined;
  const parts = list.map(readPart);
  const whole = parts.filter((part) => part !== undefined);
  const letters = whole.reduce((sum, { text }) => sum + text.length, 0);
  if (whole.length < parts.length || letters > LONGEST_TURN) return undefined;
  return { type: 'speak', screenId, turn, parts: whole };
}

function readPart(json: unknown): SpokenPart | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(json));
  const [language, text] = [fields.get('language'), fields.get('text')];
  if (fields.size !== 2 || (language !== 'zh' && language !== 'en') || typeof text !== 'string') return undefined;
  return text === '' || text.length > LONGEST_PART ? undefined : { language, text };
}
