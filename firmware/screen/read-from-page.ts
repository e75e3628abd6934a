/**
 * Reads what the page sent. Hostile until proven otherwise: anything that is not
 * exactly one message of the contract, with exactly its fields, is `undefined`.
 */
import { readLookIntent } from './looks.ts';
import type { FromPage, Intent } from './messages.ts';
import { JOURNEYS, MENUS } from './screen-parts.ts';
import { readSpeak } from './spoken-unit.ts';
import { readVoiceIntent } from './voice-choice.ts';

/** Longest message that is looked at, UTF-16 units; the longest honest one is under 150. */
export const MAX_MESSAGE_LENGTH = 1_024;

/** What keys and a scanned code can give: letters, digits, Chinese characters. */
const PRICE_QUERY = /^[\p{L}\p{N}]{0,24}$/u;
const PLAIN = [
  ...([
    'confirm',
    'decline',
    'cancel',
    'help',
    'ownExpense',
    'takeTicket',
    'park',
    'findMoney',
    'withoutCard',
  ] as const),
  ...(['prices', 'priceList', 'print'] as const),
] as const;
const SCREEN_ID = /^scr_\d{1,15}$/;

export function readFromPage(text: string): FromPage | undefined {
  if (text.length > MAX_MESSAGE_LENGTH) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const message = fieldsOf(json);
  const screenId = message?.get('screenId');
  if (!message || typeof screenId !== 'string' || !SCREEN_ID.test(screenId)) return undefined;
  if (message.get('type') === 'drawn' && message.size === 2) return { type: 'drawn', screenId };
  if (message.get('type') === 'speak') return readSpeak(screenId, message);
  if (message.get('type') !== 'intent' || message.size !== 3) return undefined;
  const intent = readIntent(fieldsOf(message.get('intent')));
  return intent && { type: 'intent', screenId, intent };
}

function readIntent(fields: ReadonlyMap<string, unknown> | undefined): Intent | undefined {
  if (!fields) return undefined;
  const voice = readVoiceIntent(fields);
  if (voice) return voice;
  const does = fields.get('do');
  const plain = oneOf(does, PLAIN);
  if (plain) return fields.size === 1 ? { do: plain } : undefined;
  if (does === 'priceSearch') {
    const [kind, text] = [oneOf(fields.get('kind'), ['none', 'service', 'drug', 'consumable']), fields.get('text')];
    const fits = typeof text === 'string' && PRICE_QUERY.test(text) && fields.size === 3;
    return kind && fits ? { do: does, kind, text } : undefined;
  }
  if (fields.size !== 2) return undefined;
  if (does === 'priceItem') {
    const code = fields.get('code');
    return typeof code === 'string' && /^[\w.-]{1,50}$/.test(code) ? { do: does, code } : undefined;
  }
  if (does === 'priceKeep') {
    const keep = fields.get('keep');
    return typeof keep === 'boolean' ? { do: does, keep } : undefined;
  }
  if (does === 'start') {
    const journey = oneOf(fields.get('journey'), JOURNEYS);
    return journey && { do: does, journey };
  }
  if (does === 'menu') {
    const menu = oneOf(fields.get('menu'), MENUS);
    return menu && { do: does, menu };
  }
  if (does === 'amount') {
    const amountFen = fields.get('amountFen');
    return typeof amountFen === 'number' && Number.isSafeInteger(amountFen) && amountFen > 0
      ? { do: does, amountFen }
      : undefined;
  }
  if (does === 'choose') {
    // Which choices there are the screen says; the hub compares.
    const id = fields.get('id');
    return typeof id === 'string' && /^[\w.-]{1,40}$/.test(id) ? { do: does, id } : undefined;
  }
  if (does === 'pay' && fields.get('method') === 'phone') return { do: does, method: 'phone' };
  if (does === 'useAccount') {
    const use = fields.get('use');
    return typeof use === 'boolean' ? { do: does, use } : undefined;
  }
  if (does === 'sign') {
    const signer = oneOf(fields.get('signer'), ['patient', 'relative', 'guardian']);
    return signer && { do: does, signer };
  }
  if (does === 'injury') {
    const cause = oneOf(fields.get('cause'), ['self', 'work', 'other']);
    return cause && { do: does, cause };
  }
  if (does === 'category') {
    // Which codes there are the screen says; the hub compares.
    const code = fields.get('code');
    return typeof code === 'string' && /^[\w.-]{1,30}$/.test(code) ? { do: does, code } : undefined;
  }
  if (does === 'number') {
    const number = fields.get('number');
    return typeof number === 'string' && /^[a-z2-9]{12}$/.test(number) ? { do: does, number } : undefined;
  }
  if (does === 'typed') {
    const text = fields.get('text');
    return typeof text === 'string' && /^[A-Z0-9]{5,20}$/.test(text) ? { do: does, text } : undefined;
  }
  if (does === 'rate') {
    const stars = oneOf(fields.get('stars'), [1, 2, 3, 4, 5]);
    return stars && { do: does, stars };
  }
  return readLookIntent(fields);
}

/** Own fields only, so that `__proto__` and friends are just unknown names. */
function fieldsOf(json: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  return new Map(Object.entries(json));
}

function oneOf<const Word extends string | number>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
