/**
 * JSON as strangers send it.
 *
 * One promise: a number stays the decimal text that was sent, so that money never passes through binary
 * floating point. Depth and size are limited, a name that stands twice in one object is refused (two
 * readers could take different ones), and objects are maps, so no name such as `__proto__` is special.
 */

/** The text is not JSON, is too deep, or says a name twice. The message holds no content, only a place. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r\n]*/y;
/** Deep enough for every known answer (five levels), far from the end of the stack. */
const MAX_DEPTH = 40;

/** A JSON number as its own text, in both directions. */
export class JsonNumber {
  readonly text: string;

  /** @throws JsonError when the text is not a JSON number. */
  constructor(text: string) {
    NUMBER.lastIndex = 0;
    if (NUMBER.exec(text)?.[0].length !== text.length) throw new JsonError('not a JSON number');
    this.text = text;
  }
}

export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;

/** What may be written; members that are `undefined` are left out. Plain numbers must be whole. */
export type JsonOutput =
  | null
  | boolean
  | string
  | number
  | JsonNumber
  | readonly JsonOutput[]
  | { readonly [name: string]: JsonOutput | undefined };

/** @throws JsonError */
export function parseJson(text: string): JsonValue {
  return new Parser(text).whole();
}

/**
 * Bytes of an answer, UTF-8 with or without a byte-order mark.
 * @throws JsonError also when the bytes are not UTF-8.
 */
export function parseJsonBytes(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new JsonError('not UTF-8');
  }
  return parseJson(text);
}

export function encodeJson(value: JsonOutput): string {
  if (value instanceof JsonNumber) return value.text;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('Only whole numbers are written; amounts are JsonNumber.');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [`${JSON.stringify(name)}:${encodeJson(member)}`],
    );
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

export function encodeJsonBytes(value: JsonOutput): Uint8Array {
  return new TextEncoder().encode(encodeJson(value));
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonValue {
    const value = this.#value();
    if (this.#next() !== '') throw this.#broken('more text after the end');
    return value;
  }

  #value(): JsonValue {
    const next = this.#next();
    if (next === '{') return this.#object();
    if (next === '[') return this.#list();
    if (next === '"') return this.#string();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text)?.[0];
    if (number === undefined) throw this.#broken(next === '' ? 'ends too early' : 'no value');
    this.#at += number.length;
    return new JsonNumber(number);
  }

  #object(): JsonObject {
    const members = new Map<string, JsonValue>();
    this.#enter();
    if (this.#next() === '}') return this.#leave(members);
    for (;;) {
      if (this.#next() !== '"') throw this.#broken('no name');
      const name = this.#string();
      if (members.has(name)) throw this.#broken('a name stands twice in one object');
      if (this.#next() !== ':') throw this.#broken('no colon');
      this.#at += 1;
      members.set(name, this.#value());
      const after = this.#next();
      if (after === '}') return this.#leave(members);
      if (after !== ',') throw this.#broken('no comma');
      this.#at += 1;
    }
  }

  #list(): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#enter();
    if (this.#next() === ']') return this.#leave(items);
    for (;;) {
      items.push(this.#value());
      const after = this.#next();
      if (after === ']') return this.#leave(items);
      if (after !== ',') throw this.#broken('no comma');
      this.#at += 1;
    }
  }

  /** The closing quote is the first one after an even number of backslashes; escapes are the engine's work. */
  #string(): string {
    const start = this.#at;
    let end = start;
    for (;;) {
      end = this.#text.indexOf('"', end + 1);
      if (end === -1) throw this.#broken('a text without end');
      let backslashes = 0;
      while (this.#text[end - 1 - backslashes] === '\\') backslashes += 1;
      if (backslashes % 2 === 0) break;
    }
    this.#at = end + 1;
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    } catch {
      throw this.#broken('a text with a forbidden character or escape');
    }
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#broken(`deeper than ${MAX_DEPTH} levels`);
    this.#at += 1;
  }

  #leave<Value>(value: Value): Value {
    this.#depth -= 1;
    this.#at += 1;
    return value;
  }

  /** The next character that is no blank; '' at the end. */
  #next(): string {
    BLANK.lastIndex = this.#at;
    BLANK.exec(this.#text);
    this.#at = BLANK.lastIndex;
    return this.#text[this.#at] ?? '';
  }

  #broken(what: string): JsonError {
    return new JsonError(`${what}, at character ${this.#at}`);
  }
}
