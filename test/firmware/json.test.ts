import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeJson, JsonError, JsonNumber, parseJson, parseJsonBytes } from '../../firmware/json.ts';
import { FieldError, Fields } from '../../firmware/json-fields.ts';

const fields = (text: string) => Fields.of(parseJson(text), '').root();

describe('JSON of strangers', () => {
  test('a number keeps the digits that were sent', () => {
    for (const text of ['4.520', '-0', '0.1', '12345678901234567890.123456', '1e400']) {
      expect(parseJson(`[${text}]`)).toEqual([new JsonNumber(text)]);
    }
  });

  test('whatever the engine accepts is accepted and whatever it refuses is refused', () => {
    const strange = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc.json().map((text) => text.slice(1)),
      fc.json().map((text) => text.replace(/[,:"0]/, '')),
      fc.constantFrom('01', '1.', '.5', '+1', '"\\x"', '"a\nb"', '[1,]', '{"a":1,}', 'nul', ' {} ', '"\\ud800"', '-'),
    );
    fc.assert(
      fc.property(strange, (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parseJson(text)).toThrow(JsonError);
          return;
        }
        // The engine keeps the last of two equal names; we refuse both.
        try {
          expect(JSON.parse(encodeJson(plain(parseJson(text))))).toEqual(expected);
        } catch (error) {
          expect((error as Error).message).toContain('twice');
        }
      }),
    );
  });

  test('a name that stands twice in one object is refused', () => {
    expect(() => parseJson('{"psn_cash_pay":1,"psn_cash_pay":2}')).toThrow('twice');
    expect(() => parseJson('{"a":1,"\\u0061":2}')).toThrow('twice');
  });

  test('a name like __proto__ is only a name', () => {
    const polluted = fields('{"__proto__":{"amount":"1.00"}}');
    expect(polluted.has('amount')).toBe(false);
    expect(({} as Record<string, unknown>)['amount']).toBeUndefined();
  });

  test('nesting is limited long before the stack is', () => {
    expect(() => parseJson('['.repeat(41) + ']'.repeat(41))).toThrow('deeper than 40');
    expect(() => parseJson('{"a":'.repeat(200_000))).toThrow('deeper than 40');
    expect(parseJson('['.repeat(40) + ']'.repeat(40))).toBeDefined();
  });

  test('a byte-order mark is skipped, bytes that are not UTF-8 are refused', () => {
    expect(parseJsonBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toEqual(new JsonNumber('1'));
    expect(() => parseJsonBytes(Uint8Array.of(0x22, 0xd5, 0xc5, 0x22))).toThrow('not UTF-8');
  });

  test('amounts are written as decimal numbers, members that are undefined are left out', () => {
    expect(encodeJson({ a: new JsonNumber('557.40'), b: undefined, c: [1, null, '"'] })).toBe(
      '{"a":557.40,"c":[1,null,"\\""]}',
    );
    expect(() => encodeJson(0.1)).toThrow(RangeError);
    expect(() => new JsonNumber('1,0')).toThrow(JsonError);
  });
});

describe('fields', () => {
  test('an amount is the same fen as number and as text', () => {
    for (const text of ['12.50', '"12.50"', '12.5', '" 12.5000 "']) {
      expect(fields(`{"a":${text}}`).amount('a')).toBe(1250);
    }
  });

  test('null, an empty text and no field are absence, never zero', () => {
    for (const text of ['{"a":null}', '{"a":""}', '{"a":"  "}', '{}']) {
      expect(fields(text).optionalAmount('a')).toBeUndefined();
      expect(() => fields(text).amount('a')).toThrow('amount a is missing');
    }
  });

  test('exponents, half fen, words and lists are no amounts', () => {
    for (const text of ['1e2', '"1E2"', '0.001', '"12,50"', '"1 2"', '"NaN"', '[1]', 'true', '{}']) {
      expect(() => fields(`{"a":${text}}`).amount('a')).toThrow(FieldError);
    }
  });

  test('an error tells the path and not the content', () => {
    const told = () => fields('{"output":{"rows":[{"no":"1"},{"no":["990001197903141012"]}]}}');
    const rows = told().object('output').list('rows');
    expect(() => rows[1]?.text('no')).toThrow('not a text: output.rows[1].no');
    expect(() => told().object('outputs')).toThrow('missing node outputs');
  });

  test('fen on our own wires are whole JSON numbers and nothing else', () => {
    expect(fields('{"a":1250}').integer('a')).toBe(1250);
    for (const text of ['"1250"', '12.5', '1e3', 'null', '99999999999999999']) {
      expect(() => fields(`{"a":${text}}`).integer('a')).toThrow(FieldError);
    }
  });
});

function plain(value: unknown): never {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, one]) => [name, plain(one)])) as never;
  if (Array.isArray(value)) return value.map(plain) as never;
  return value as never;
}
