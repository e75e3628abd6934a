/**
 * Single-byte code pages by `ESC t n`, and the national swaps of `ESC R n`.
 * A page that is not here prints as page 0, as printers do with a number they lack.
 */

const cp437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const cp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
  'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
/** Katakana: half-width forms at A1-DF, line pieces at 80-9F. */
const katakana =
  '▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯\u00a0' +
  Array.from({ length: 63 }, (_, index) => String.fromCodePoint(0xff61 + index)).join('') +
  '═╞╪╡◢◣◥◤♠♥♦♣●○╱╲╳円年月日時分秒〒市区町村人▒\u00a0\u00a0\u00a0';

function fromDecoder(label: string): string {
  const decoder = new TextDecoder(label);
  let page = '';
  for (let byte = 0x80; byte <= 0xff; byte++) page += decoder.decode(Uint8Array.of(byte));
  return page;
}

const pages: Readonly<Record<number, string | (() => string)>> = {
  0: cp437,
  1: katakana,
  2: cp850,
  16: () => fromDecoder('windows-1252'),
  17: () => fromDecoder('ibm866'),
  19: cp850.replace('ı', '€'),
};
const ready = new Map<number, readonly string[]>();

function pageCharacters(page: number): readonly string[] {
  let characters = ready.get(page);
  if (!characters) {
    const source = pages[page] ?? cp437;
    characters = [...(typeof source === 'string' ? source : source())];
    ready.set(page, characters);
  }
  return characters;
}

/** The twelve codes that `ESC R` swaps, and what each country puts there (only what differs). */
const swappedCodes = '#$@[\\]^`{|}~';
const countries: Readonly<Record<number, string>> = {
  1: '#$à°ç§^`éùè¨',
  2: '#$§ÄÖÜ^`äöüß',
  3: '£$@[\\]^`{|}~',
  4: '#$@ÆØÅ^`æøå~',
  5: '#¤ÉÄÖÅÜéäöåü',
  6: '#$@°\\é^ùàòèì',
  7: '₧$@¡Ñ¿^`¨ñ}~',
  8: '#$@[¥]^`{|}~',
  9: '#¤ÉÆØÅÜéæøåü',
  10: '#$ÉÆØÅÜéæøåü',
  13: '#$@[₩]^`{|}~',
  15: '#¥@[\\]^`{|}~',
};

/** The character that a single byte (20-7E, 80-FF) prints as. */
export function singleByteCharacter(byte: number, page: number, country: number): string {
  if (byte >= 0x80) return pageCharacters(page)[byte - 0x80] ?? '\u00a0';
  const character = String.fromCharCode(byte);
  const swap = countries[country];
  if (!swap) return character;
  const index = swappedCodes.indexOf(character);
  return index < 0 ? character : ([...swap][index] ?? character);
}
