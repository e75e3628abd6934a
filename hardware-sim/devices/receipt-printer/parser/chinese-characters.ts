/**
 * GBK and GB18030 codes to characters, by the platform's GB18030 table.
 *
 * GB18030 only: the platform's GBK decoder turns FE 9F (䶮) into a private-use
 * code point. A code without a character prints as 〓, the printers' own mark.
 */

/** Which characters the printer's firmware holds; `gbk` has no four-byte codes. */
export type ChineseCharset = 'gbk' | 'gb18030';

/** What Chinese printers print for a code that their font ROM lacks. */
export const missingCharacter = '〓';

const decoder = new TextDecoder('gb18030');
const pairs = new Map<number, string>();

function decode(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  const code = text.codePointAt(0) ?? 0xfffd;
  const whole = text.length === (code > 0xffff ? 2 : 1);
  const userDefined = code >= 0xe000 && code <= 0xf8ff;
  return whole && code !== 0xfffd && !userDefined ? text : missingCharacter;
}

/** At most 23,940 entries: the table of all pairs fills itself as it is used. */
export function pairCharacter(lead: number, trail: number): string {
  const code = lead * 256 + trail;
  let text = pairs.get(code);
  if (text === undefined) {
    text = decode(Uint8Array.of(lead, trail));
    pairs.set(code, text);
  }
  return text;
}

export function fourByteCharacter(bytes: Uint8Array): string {
  return decode(bytes);
}

export const isLead = (byte: number): boolean => byte >= 0x81 && byte <= 0xfe;
export const isTrail = (byte: number): boolean => byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
export const isFourByteDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
