/**
 * A version 2 card in hex, typed from the tables of insurance interface E.1:
 * what is sent and what comes back, for an invented person (area 990000).
 */
export const SELECT_SSSE = '00A404000F 7378312E73682E C9E7BBE1B1A3D5CF';
export const SELECT_EF05 = '00A40200 02 EF05';
export const SELECT_EF06 = '00A40200 02 EF06';

export const GOLDEN_CARD: Readonly<Record<string, string>> = {
  [SELECT_SSSE]: '6F11 840F 7378312E73682EC9E7BBE1B1A3D5CF 9000',
  [SELECT_EF05]: '9000',
  '00B2 01 00 12': '0110 990000D1560000050000000000000042 9000',
  '00B2 03 00 06': '0304 322E3030 9000',
  '00B2 06 00 06': '0604 20340104 9000',
  '00B2 07 00 0B': '0709 53494D393930303432 9000',
  [SELECT_EF06]: '9000',
  // 990000196103170018
  '00B2 08 00 14': '0812 393930303030313936313033313730303138 9000',
  // 张 D5C5, 演 D1DD, 䶮 FE9F
  '00B2 09 00 20': '091E D5C5D1DDFE9F 000000000000000000000000000000000000000000000000 9000',
  '00B2 4E 00 16': '6A83',
  '00B2 0A 00 03': '0A01 31 9000',
  '00B2 0D 00 06': '0D04 19610317 9000',
};

/** The golden card with some answers changed; keys may be spaced as above. */
export function goldenWith(changes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...GOLDEN_CARD, ...changes };
}
