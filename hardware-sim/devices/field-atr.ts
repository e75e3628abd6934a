/**
 * What a contactless reader tells of a card in its field (PC/SC part 3, 3.1.3.2.3).
 *
 * A card without contacts has no answer to reset, so the reader writes one:
 * 3B 8n 80 01, n bytes of the card's own or of its kind, and the check byte.
 */

export function fieldAtr(historical: Uint8Array): Uint8Array {
  if (historical.length > 15) throw new RangeError('An answer to reset has room for 15 historical bytes.');
  const body = [0x80 | historical.length, 0x80, 0x01, ...historical];
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return Uint8Array.of(0x3b, ...body, check);
}
