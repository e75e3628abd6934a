/** What is a message of the contract, and what is not. */
import { describe, expect, test } from 'vitest';
import type { Intent } from '../../../firmware/screen/messages.ts';
import { offeredIntents, offers } from '../../../firmware/screen/offered-intents.ts';
import { readFromPage } from '../../../firmware/screen/read-from-page.ts';
import { gallery } from '../../../kiosk-ui/gallery.ts';

const bar: readonly Intent[] = [
  { do: 'help' },
  { do: 'setLanguage', language: 'en' },
  { do: 'setLanguage', language: 'zh' },
  { do: 'setTextSize', textSize: 'standard' },
  { do: 'setTextSize', textSize: 'large' },
  { do: 'setTextSize', textSize: 'extraLarge' },
  { do: 'setContrast', contrast: 'dark' },
  { do: 'setContrast', contrast: 'mono' },
  { do: 'setReach', reach: 'low' },
  { do: 'setHand', hand: 'left' },
  { do: 'setHome', home: 'care' },
];

describe('reading the page', () => {
  test('everything that any screen offers can be said', () => {
    const intents = [...bar, ...gallery.flatMap(({ body }) => offeredIntents(body))];
    expect(new Set(intents.map((intent) => intent.do)).size).toBe(29);
    for (const intent of intents) {
      const message = { type: 'intent', screenId: 'scr_7', intent };
      expect(readFromPage(JSON.stringify(message))).toEqual(message);
    }
    expect(readFromPage('{"type":"drawn","screenId":"scr_7"}')).toEqual({ type: 'drawn', screenId: 'scr_7' });
  });

  test('a settlement’s number comes as twelve letters and digits, and only where it is asked for', () => {
    const message = { type: 'intent', screenId: 'scr_7', intent: { do: 'number', number: 'cuxmysf9h2jd' } } as const;
    expect(readFromPage(JSON.stringify(message))).toEqual(message);
    for (const body of gallery.map((sample) => sample.body)) {
      expect(offers(body, message.intent), body.name).toBe(body.name === 'S-MONEY-ASK');
      expect(offers(body, { do: 'number', number: 'cuxmysf9h2jl' })).toBe(false);
    }
  });

  test('a typed number is capitals and digits, a typed day is one, and both only where they are asked for', () => {
    const message = { type: 'intent', screenId: 'scr_7', intent: { do: 'typed', text: '19940217' } } as const;
    expect(readFromPage(JSON.stringify(message))).toEqual(message);
    for (const body of gallery.map((sample) => sample.body)) {
      const isPin = body.name === 'S-STAFF' && body.step === 'pin';
      expect(offers(body, message.intent), body.name).toBe(body.name === 'S-TYPE' || isPin);
      const isNumber = body.name === 'S-TYPE' && body.of !== 'birthday';
      for (const text of ['1994131700', '199402320', 'XX9900017']) {
        expect(offers(body, { do: 'typed', text }), body.name).toBe(isNumber);
      }
      for (const text of ['19941317', '19940232', '21940217']) {
        expect(offers(body, { do: 'typed', text }), body.name).toBe(isNumber || isPin);
      }
    }
    for (const text of ['xx9900017', 'X1', 'A'.repeat(21), '1994-02-17', '护照12345']) {
      expect(readFromPage(JSON.stringify({ ...message, intent: { do: 'typed', text } })), text).toBeUndefined();
    }
  });

  test.each([
    [
      'a number that is too long',
      '{"type":"intent","screenId":"scr_7","intent":{"do":"number","number":"cuxmysf9h2jdd"}}',
    ],
    ['a number with a sign', '{"type":"intent","screenId":"scr_7","intent":{"do":"number","number":"set_ysf9h2jd"}}'],
    ['nothing', ''],
    ['no JSON', 'confirm'],
    ['half of it', '{"type":"intent","screenId":"scr_7"'],
    ['null', 'null'],
    ['a list', '[{"type":"drawn","screenId":"scr_7"}]'],
    ['a number', '7'],
    ['an unknown type', '{"type":"shell","screenId":"scr_7"}'],
    ['no screen', '{"type":"drawn"}'],
    ['a screen that is no id', '{"type":"drawn","screenId":"../../etc"}'],
    ['a screen that is a number', '{"type":"drawn","screenId":7}'],
    ['an extra field', '{"type":"drawn","screenId":"scr_7","also":1}'],
    ['no intent', '{"type":"intent","screenId":"scr_7"}'],
    ['an empty intent', '{"type":"intent","screenId":"scr_7","intent":{}}'],
    ['an unknown intent', '{"type":"intent","screenId":"scr_7","intent":{"do":"settle"}}'],
    ['an extra field in the intent', '{"type":"intent","screenId":"scr_7","intent":{"do":"confirm","amountFen":1}}'],
    ['a prototype', '{"type":"intent","screenId":"scr_7","intent":{"do":"confirm","__proto__":{"admin":true}}}'],
    ['six stars', '{"type":"intent","screenId":"scr_7","intent":{"do":"rate","stars":6}}'],
    ['stars as text', '{"type":"intent","screenId":"scr_7","intent":{"do":"rate","stars":"5"}}'],
    ['half a star', '{"type":"intent","screenId":"scr_7","intent":{"do":"rate","stars":4.5}}'],
    ['an unknown way to pay', '{"type":"intent","screenId":"scr_7","intent":{"do":"pay","method":"none"}}'],
    ['an unknown signer', '{"type":"intent","screenId":"scr_7","intent":{"do":"sign","signer":"friend"}}'],
    ['a yes that is a word', '{"type":"intent","screenId":"scr_7","intent":{"do":"useAccount","use":"true"}}'],
    ['an unknown look', '{"type":"intent","screenId":"scr_7","intent":{"do":"setContrast","contrast":"pink"}}'],
    ['a look under another name', '{"type":"intent","screenId":"scr_7","intent":{"do":"setHand","reach":"low"}}'],
    ['an unknown language', '{"type":"intent","screenId":"scr_7","intent":{"do":"setLanguage","language":"fr"}}'],
    ['100 kB', `{"type":"drawn","screenId":"scr_${'7'.repeat(100_000)}"}`],
    ['deep nesting', `${'['.repeat(500)}${']'.repeat(500)}`],
  ])('%s is no message', (_, text) => {
    expect(readFromPage(text)).toBeUndefined();
  });
});
