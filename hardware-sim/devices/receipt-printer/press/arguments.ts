/** Reading the values of a command: bytes, 16-bit numbers with the low byte first, and the two spellings of a digit. */

export const byteAt = (args: Uint8Array, index: number): number => args[index] ?? 0;

export const wordAt = (args: Uint8Array, index: number): number => byteAt(args, index) + byteAt(args, index + 1) * 256;

/** A 16-bit number that may be negative. */
export const signedWordAt = (args: Uint8Array, index: number): number => {
  const value = wordAt(args, index);
  return value >= 0x80_00 ? value - 0x1_00_00 : value;
};

/** Many commands take a choice as a number or as its ASCII digit: 0 or "0". */
export const choiceAt = (args: Uint8Array, index: number): number => {
  const value = byteAt(args, index);
  return value >= 0x30 && value <= 0x39 ? value - 0x30 : value;
};
