/**
 * Reads named fields out of a stranger's JSON.
 *
 * One promise: `null`, `""` and a missing name are the same absence and never become zero, and whatever does not
 * fit is a `FieldError` that says the field's path and never its content.
 */
import { JsonNumber, type JsonObject, type JsonValue } from './json.ts';
import { type Fen, parseYuan } from './money.ts';

/** The content breaks its interface: `missing node output.setlinfo`, `amount medfee_sumamt is not decimal`. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

const DECIMAL = /^-?\d{1,16}(?:\.\d{1,8})?$/;

export class Fields {
  readonly #members: JsonObject;
  readonly #path: string;

  constructor(members: JsonObject, path = '') {
    this.#members = members;
    this.#path = path;
  }

  /** @throws FieldError when the value is no object. */
  static of(value: JsonValue | undefined, path: string): Fields {
    if (value instanceof Map) return new Fields(value, path);
    throw new FieldError(`${isAbsent(value) ? 'missing node' : 'not an object:'} ${path}`);
  }

  /** The same object as the place from which paths are told. */
  root(): Fields {
    return new Fields(this.#members);
  }

  names(): readonly string[] {
    return [...this.#members.keys()];
  }

  has(name: string): boolean {
    return !isAbsent(this.#members.get(name));
  }

  value(name: string): JsonValue | undefined {
    return this.#members.get(name);
  }

  object(name: string): Fields {
    return Fields.of(this.#members.get(name), this.#at(name));
  }

  /** Objects of a list; a single object counts as a list of one (some platforms send it so). */
  list(name: string): readonly Fields[] {
    const value = this.#members.get(name);
    if (isAbsent(value)) throw new FieldError(`missing node ${this.#at(name)}`);
    if (value instanceof Map) return [new Fields(value, this.#at(name))];
    if (!Array.isArray(value)) throw new FieldError(`not a list: ${this.#at(name)}`);
    return value.map((item, index) => Fields.of(item, `${this.#at(name)}[${index}]`));
  }

  optionalList(name: string): readonly Fields[] {
    return this.has(name) ? this.list(name) : [];
  }

  /** Text, or a number taken as its text (codes arrive either way). */
  optionalText(name: string): string | undefined {
    const value = this.#members.get(name);
    if (isAbsent(value)) return undefined;
    if (typeof value === 'string') return value.trim();
    if (value instanceof JsonNumber) return value.text;
    throw new FieldError(`not a text: ${this.#at(name)}`);
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined) throw new FieldError(`missing ${this.#at(name)}`);
    return text;
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const text = this.text(name);
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw new FieldError(`${this.#at(name)} is none of ${words.join(', ')}`);
    return word;
  }

  boolean(name: string): boolean {
    const value = this.#members.get(name);
    if (typeof value !== 'boolean') throw new FieldError(`not true or false: ${this.#at(name)}`);
    return value;
  }

  /** A plain decimal as its text, for quantities and unit prices. */
  decimal(name: string): string {
    const text = this.text(name);
    if (!DECIMAL.test(text)) throw new FieldError(`${this.#at(name)} is not decimal`);
    return text;
  }

  /** Decimal yuan, number or text, as fen. */
  optionalAmount(name: string): Fen | undefined {
    const text = this.optionalText(name);
    if (text === undefined) return undefined;
    const fen = parseYuan(text);
    if (fen === undefined) throw new FieldError(`amount ${this.#at(name)} is not decimal`);
    return fen;
  }

  amount(name: string): Fen {
    const fen = this.optionalAmount(name);
    if (fen === undefined) throw new FieldError(`amount ${this.#at(name)} is missing`);
    return fen;
  }

  /** A whole JSON number, as our own contracts write fen. */
  integer(name: string): number {
    const value = this.#members.get(name);
    if (isAbsent(value)) throw new FieldError(`missing ${this.#at(name)}`);
    if (!(value instanceof JsonNumber) || !/^-?\d{1,15}$/.test(value.text)) {
      throw new FieldError(`${this.#at(name)} is not a whole number`);
    }
    return Number(value.text) + 0;
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

function isAbsent(value: JsonValue | undefined): value is null | undefined | '' {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
