/**
 * Code 128 (ISO/IEC 15417) from the data of `GS k 73`: `{A {B {C` choose a set,
 * `{S` shifts, `{1`-`{4` are function characters, `{{` is a brace.
 */
import type { Bars } from './linear-bars.ts';

/** Widths bar, space, bar, space, bar, space of values 0-105, then the stop pattern. */
const widths =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112';
const table = widths.split(' ');
const STOP = 106;

type Set = 'A' | 'B' | 'C';
const starts: Readonly<Record<Set, number>> = { A: 103, B: 104, C: 105 };
const switches: Readonly<Record<Set, number>> = { A: 101, B: 100, C: 99 };
const functionValues: Readonly<Record<string, number>> = { '1': 102, '2': 97, '3': 96 };

function valueIn(set: 'A' | 'B', code: number): number | undefined {
  if (code >= 0x20 && code <= 0x5f) return code - 0x20;
  if (set === 'A') return code < 0x20 ? code + 64 : undefined;
  return code >= 0x60 && code <= 0x7f ? code - 0x20 : undefined;
}

const isSet = (character: string): character is Set => character === 'A' || character === 'B' || character === 'C';

/** The modules and what a scanner reads; `undefined` when the data can't be coded. */
export function code128Bars(data: string): { readonly bars: Bars; readonly text: string } | undefined {
  const first = data[1] ?? '';
  if (data[0] !== '{' || !isSet(first)) return undefined;
  let set: Set = first;
  let shifted = false;
  let text = '';
  const values = [starts[set]];
  for (let index = 2; index < data.length; index++) {
    const character = data[index] ?? '';
    const code = data.charCodeAt(index);
    const escaped = character === '{' ? (data[index + 1] ?? '') : '';
    if (escaped !== '' && escaped !== '{') {
      index += 1;
      if (isSet(escaped)) {
        set = escaped;
        values.push(switches[set]);
      } else if (escaped === 'S' && set !== 'C') {
        shifted = true;
        values.push(98);
      } else if (escaped === '4') values.push(set === 'A' ? 101 : 100);
      else if (functionValues[escaped] !== undefined) values.push(functionValues[escaped]);
      else return undefined;
    } else if (set === 'C') {
      // Senders mean either one byte 0-99 a pair, or the two digits themselves.
      const digits = /^\d\d/.exec(data.slice(index, index + 2))?.[0];
      const value = digits === undefined ? code : Number(digits);
      if (value > 99) return undefined;
      if (digits !== undefined) index += 1;
      values.push(value);
      text += String(value).padStart(2, '0');
    } else {
      if (escaped === '{') index += 1;
      const value = valueIn(shifted ? (set === 'A' ? 'B' : 'A') : set, code);
      if (value === undefined) return undefined;
      shifted = false;
      values.push(value);
      text += character;
    }
  }
  return values.length > 1 ? { bars: draw(values), text } : undefined;
}

function draw(values: readonly number[]): Bars {
  const sum = values.reduce((total, value, index) => total + value * Math.max(index, 1), 0);
  const bars: boolean[] = [];
  for (const value of [...values, sum % 103, STOP]) {
    for (const [index, width] of [...(table[value] ?? '')].entries()) {
      for (let module = 0; module < Number(width); module++) bars.push(index % 2 === 0);
    }
  }
  return bars;
}
