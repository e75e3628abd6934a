/**
 * Modules of the simple linear bar codes, from their published symbol tables:
 * EAN/UPC (ISO/IEC 15420), Code 39 (16388), ITF (16390), Codabar, Code 93.
 */

export type Bars = readonly boolean[];

/** `1` black, `0` white. */
const fromBits = (bits: string): Bars => [...bits].map((bit) => bit === '1');

const eanLeft = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
];
const eanParity = ['LLLLLL', 'LLGLGG', 'LLGGLG', 'LLGGGL', 'LGLLGG', 'LGGLLG', 'LGGGLL', 'LGLGLG', 'LGLGGL', 'LGGLGL'];
const flipped = (bits: string): string => [...bits].map((bit) => (bit === '1' ? '0' : '1')).join('');
const backwards = (bits: string): string => [...bits].reverse().join('');

function eanDigit(digit: string, set: string): string {
  const left = eanLeft[Number(digit)] ?? '';
  return set === 'L' ? left : set === 'R' ? flipped(left) : backwards(flipped(left));
}

/** 13 or 8 digits. */
export function eanBars(digits: string): Bars {
  const short = digits.length === 8;
  const parity = short ? 'LLLL' : (eanParity[Number(digits[0])] ?? 'LLLLLL');
  const body = short ? digits : digits.slice(1);
  const left = [...body.slice(0, parity.length)].map((digit, index) => eanDigit(digit, parity[index] ?? 'L'));
  const right = [...body.slice(parity.length)].map((digit) => eanDigit(digit, 'R'));
  return fromBits(`101${left.join('')}01010${right.join('')}101`);
}

const upcEParity = ['GGGLLL', 'GGLGLL', 'GGLLGL', 'GGLLLG', 'GLGGLL', 'GLLGGL', 'GLLLGG', 'GLGLGL', 'GLGLLG', 'GLLGLG'];

/** Six digits (or with number system and check digit); the 11-digit form is not compressed here. */
export function upcEBars(data: string): Bars | undefined {
  if (data.length > 8) return undefined;
  const six = data.length === 6 ? data : data.slice(1, 7);
  const parity = upcEParity[data.length === 8 ? Number(data[7]) : upcECheckDigit(six)] ?? 'GGGLLL';
  return fromBits(`101${[...six].map((digit, index) => eanDigit(digit, parity[index] ?? 'G')).join('')}010101`);
}

function upcECheckDigit(six: string): number {
  const [a, b, c, d, e, f] = [...six];
  const long =
    f === '0' || f === '1' || f === '2'
      ? `0${a}${b}${f}0000${c}${d}${e}`
      : f === '3'
        ? `0${a}${b}${c}00000${d}${e}`
        : f === '4'
          ? `0${a}${b}${c}${d}00000${e}`
          : `0${a}${b}${c}${d}${e}0000${f}`;
  const sum = [...long].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/** Narrow = 1 module, wide = 3; `w`/`n` in the order bar, space, bar, … */
function fromWidths(widths: string, wide: number): string {
  let bits = '';
  for (const [index, width] of [...widths].entries())
    bits += (index % 2 === 0 ? '1' : '0').repeat(width === 'w' ? wide : 1);
  return bits;
}

const code39Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*';
const code39Widths =
  'nnnwwnwnn wnnwnnnnw nnwwnnnnw wnwwnnnnn nnnwwnnnw wnnwwnnnn nnwwwnnnn nnnwnnwnw wnnwnnwnn nnwwnnwnn ' +
  'wnnnnwnnw nnwnnwnnw wnwnnwnnn nnnnwwnnw wnnnwwnnn nnwnwwnnn nnnnnwwnw wnnnnwwnn nnwnnwwnn nnnnwwwnn ' +
  'wnnnnnnww nnwnnnnww wnwnnnnwn nnnnwnnww wnnnwnnwn nnwnwnnwn nnnnnnwww wnnnnnwwn nnwnnnwwn nnnnwnwwn ' +
  'wwnnnnnnw nwwnnnnnw wwwnnnnnn nwnnwnnnw wwnnwnnnn nwwnwnnnn nwnnnnwnw wwnnnnwnn nwwnnnwnn nwnwnwnnn ' +
  'nwnwnnnwn nwnnnwnwn nnnwnwnwn nwnnwnwnn';
const code39Table = code39Widths.split(' ');

export function code39Bars(data: string): Bars {
  const framed = `*${data.replace(/^\*|\*$/g, '')}*`;
  const characters = [...framed].map((character) =>
    fromWidths(code39Table[code39Alphabet.indexOf(character)] ?? '', 3),
  );
  return fromBits(characters.join('0'));
}

const itfWidths = ['nnwwn', 'wnnnw', 'nwnnw', 'wwnnn', 'nnwnw', 'wnwnn', 'nwwnn', 'nnnww', 'wnnwn', 'nwnwn'];

/** Pairs of digits: the first in the bars, the second in the spaces. */
export function itfBars(digits: string): Bars {
  let widths = 'nnnn';
  for (let index = 0; index < digits.length; index += 2) {
    const [bars, spaces] = [itfWidths[Number(digits[index])] ?? '', itfWidths[Number(digits[index + 1])] ?? ''];
    for (let at = 0; at < 5; at++) widths += (bars[at] ?? '') + (spaces[at] ?? '');
  }
  return fromBits(fromWidths(`${widths}wnn`, 3));
}

const codabarAlphabet = '0123456789-$:/.+ABCD';
const codabarTable = (
  'nnnnnww nnnnwwn nnnwnnw wwnnnnn nnwnnwn wnnnnwn nwnnnnw nwnnwnn nwwnnnn wnnwnnn ' +
  'nnnwwnn nnwwnnn wnnnwnw wnwnnnw wnwnwnn nnwnwnw nnwwnwn nwnwnnw nnnwnww nnnwwwn'
).split(' ');

export function codabarBars(data: string): Bars {
  const characters = [...data.toUpperCase()].map((one) =>
    fromWidths(codabarTable[codabarAlphabet.indexOf(one)] ?? '', 3),
  );
  return fromBits(characters.join('0'));
}
