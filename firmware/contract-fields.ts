/** Fields in the forms of our own contracts: whole fen that are never below zero, Beijing times and days, lists of texts. */
import { FieldError, type Fields } from './json-fields.ts';
import type { Fen } from './money.ts';

export function fen(fields: Fields, name: string): Fen {
  const value = fields.integer(name);
  if (value < 0) throw new FieldError(`${name} is negative`);
  return value;
}

export function time(fields: Fields, name: string): string {
  const text = fields.text(name);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) throw new FieldError(`${name} is not yyyy-MM-dd HH:mm:ss`);
  return text;
}

export function optionalTime(fields: Fields, name: string): string | undefined {
  return fields.has(name) ? time(fields, name) : undefined;
}

export function day(fields: Fields, name: string): string {
  const text = fields.text(name);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new FieldError(`${name} is not yyyy-MM-dd`);
  return text;
}

/** A list of texts, none of them empty. */
export function texts(fields: Fields, name: string): readonly string[] {
  const value = fields.value(name);
  if (!Array.isArray(value)) throw new FieldError(`not a list: ${name}`);
  return value.map((text) => {
    if (typeof text !== 'string' || text.trim() === '') throw new FieldError(`${name} holds what is no text`);
    return text.trim();
  });
}
