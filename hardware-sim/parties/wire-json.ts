/**
 * JSON whose numbers keep the decimal text they were written with.
 *
 * The parties read amounts as text and write them as text (`12.50`, not 12.5),
 * so no amount ever becomes a binary fraction. Objects are plain data; look
 * fields up with `fieldOf`, which knows nothing of prototypes.
 */
import { fenText } from './decimal.ts';

/** A JSON number as it stands on the wire. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type WireValue =
  | null
  | boolean
  | string
  | number
  | NumberText
  | readonly WireValue[]
  | { readonly [name: string]: WireValue | undefined };

export type WireObject = { readonly [name: string]: WireValue | undefined };

type Reviver = (key: string, value: unknown) => unknown;

/** @throws SyntaxError when the text is not JSON. */
export function readJson(text: string): WireValue {
  const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value;
  return JSON.parse(text, keepDigits as Reviver) as WireValue;
}

/** Integers may be given as numbers; amounts come from `amount`. `undefined` members are left out. */
export function writeJson(value: WireValue): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('Only whole numbers may be written as numbers.');
    return String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${writeJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** Fen as a JSON number with two decimals. */
export function amount(fen: number): NumberText {
  return new NumberText(fenText(fen));
}

export function isList(value: WireValue | undefined): value is readonly WireValue[] {
  return Array.isArray(value);
}

export function isObject(value: WireValue | undefined): value is WireObject {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof NumberText);
}

export function fieldOf(value: WireValue | undefined, name: string): WireValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A field as text: strings and numbers as they stand, everything else and blanks as `undefined`. */
export function textOf(value: WireValue | undefined, name: string): string | undefined {
  const field = fieldOf(value, name);
  if (field instanceof NumberText) return field.text;
  return typeof field === 'string' && field !== '' ? field : undefined;
}
