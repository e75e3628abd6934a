/** Puts values into a sentence: `{window}` and the like. A value that is missing is our mistake and throws. */
import type { Language } from '../../firmware/screen/messages.ts';
import { en } from './en.ts';
import type { ReasonText, TextTable } from './text-table.ts';
import { zh } from './zh.ts';

export const tables: Readonly<Record<Language, TextTable>> = { zh, en };

export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The sentence "${sentence}" lacks a value for ${name}.`);
    return String(value);
  });
}

/** Fen as the patient reads it, two decimals always: `12.05 元`, `¥12.05`. */
export function money(text: TextTable, fen: number): string {
  const whole = Math.floor(Math.abs(fen) / 100);
  const cents = String(Math.abs(fen) % 100).padStart(2, '0');
  return fill(text.money, { yuan: `${fen < 0 ? '-' : ''}${whole}.${cents}` });
}

/** `2026-03-05` → `2026年3月5日`, `5 Mar 2026`; other shapes stay as they came. */
export function date(text: TextTable, isoDate: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate) ?? [];
  const monthName = text.months[Number(month) - 1];
  if (!year || !day || !monthName) return isoDate;
  return fill(text.date, { year, month: monthName, day: Number(day) });
}

/** A reason that this page does not know (an older page, a newer firmware) is still said in full. */
export function reasonText(text: TextTable, reason: string): ReasonText {
  return lookUp(text.reasons, reason) ?? text.reasons.unexpected;
}

/** A value by a key that came over the wire. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
