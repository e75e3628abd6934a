/**
 * How many argument bytes a command takes.
 *
 * A rule is asked each time the number it last named is there, and answers with
 * the total that it knows to be needed: more than there is = wait; equal or
 * less = complete, and what is beyond belongs to the next command. Asking costs
 * the same however long the data is, so hostile streams stay linear.
 */

/** `args[0 .. have-1]` are the argument bytes so far; the result is a total count of bytes. */
export type LengthRule = (args: Uint8Array, have: number) => number;

const at = (args: Uint8Array, index: number): number => args[index] ?? 0;
const word = (args: Uint8Array, index: number): number => at(args, index) + at(args, index + 1) * 256;

export const none: LengthRule = () => 0;

export const fixed =
  (count: number): LengthRule =>
  () =>
    count;

/** One more argument byte when the first is in `longer`, e.g. `GS V 65 n`. */
export const oneMoreFor =
  (longer: readonly number[], more = 1): LengthRule =>
  (args, have) =>
    have < 1 ? 1 : longer.includes(at(args, 0)) ? 1 + more : 1;

/** The argument is there only when it is one of `values`: senders disagree whether it exists. */
export const optionalArgument =
  (values: readonly number[]): LengthRule =>
  (args, have) =>
    have < 1 ? 1 : values.includes(at(args, 0)) ? 1 : 0;

/** `before` bytes, then pL pH, then that many. */
export const counted16 =
  (before = 0): LengthRule =>
  (args, have) =>
    have < before + 2 ? before + 2 : before + 2 + word(args, before);

/** p1 p2 p3 p4, then that many. */
export const counted32: LengthRule = (args, have) =>
  have < 4 ? 4 : 4 + word(args, 0) + at(args, 2) * 0x1_00_00 + at(args, 3) * 0x1_00_00_00;

/** Column pictures `ESC * m nL nH`: a mode outside the table ends the command at once. */
export const columnPicture: LengthRule = (args, have) => {
  if (have < 1) return 1;
  const mode = at(args, 0);
  if (![0, 1, 32, 33].includes(mode)) return 1;
  if (have < 3) return 3;
  return 3 + word(args, 1) * (mode >= 32 ? 3 : 1);
};

/** `GS v 0 m xL xH yL yH`: x bytes a row, y rows. */
export const rasterPicture: LengthRule = (args, have) => (have < 5 ? 5 : 5 + word(args, 1) * word(args, 3));

/** Tab stops: rising columns up to NUL, at most 32; a column that doesn't rise ends the list. */
export const tabStops: LengthRule = (args, have) => {
  if (have < 1) return 1;
  const last = at(args, have - 1);
  if (last === 0) return have;
  if (have > 1 && last <= at(args, have - 2)) return have - 1;
  return have === 33 ? 32 : have + 1;
};

/** `GS k`: 0-6 up to NUL (a byte no bar code can hold ends it), 65-79 with a length byte. */
export const barcode: LengthRule = (args, have) => {
  if (have < 1) return 1;
  const kind = at(args, 0);
  if (kind >= 65 && kind <= 79) return have < 2 ? 2 : 2 + at(args, 1);
  if (kind > 6) return 1;
  if (have < 2) return 2;
  const last = at(args, have - 1);
  if (last === 0) return have;
  if (last < 0x20 || last > 0x7e) return have - 1;
  return have + 1;
};

/** Downloaded characters `ESC & y c1 c2 [x d1 … d(y·x)] …`. */
export const userCharacters: LengthRule = (args, have) => {
  if (have < 3) return 3;
  const [rows, first, last] = [at(args, 0), at(args, 1), at(args, 2)];
  if (rows < 1 || rows > 3 || first < 0x20 || last > 0x7e || last < first) return 3;
  let total = 3;
  for (let code = first; code <= last; code++) {
    if (have <= total) return total + 1;
    total += 1 + at(args, total) * rows;
  }
  return total;
};

/** NV pictures `FS q n [xL xH yL yH data] …`; a size beyond the table's limits ends the list. */
export const nvPictures: LengthRule = (args, have) => {
  if (have < 1) return 1;
  let total = 1;
  for (let index = 0; index < at(args, 0); index++) {
    if (have < total + 4) return total + 4;
    const [columns, rows] = [word(args, total), word(args, total + 2)];
    if (columns < 1 || columns > 1023 || rows < 1 || rows > 288) return total + 4;
    total += 4 + columns * rows * 8;
  }
  return total;
};

/** Downloaded picture `GS * x y data`, x·y·8 bytes, at most 1536 blocks. */
export const downloadedPicture: LengthRule = (args, have) => {
  if (have < 2) return 2;
  const blocks = at(args, 0) * at(args, 1);
  return blocks === 0 || at(args, 1) > 48 || blocks > 1536 ? 2 : 2 + blocks * 8;
};

/** Legacy two-dimensional code `ESC Z v r k nL nH data`. */
export const legacySymbol: LengthRule = counted16(3);

/** `DLE DC4 fn …`: every function has its own length. */
export const realTimeRequest: LengthRule = (args, have) => {
  if (have < 1) return 1;
  switch (at(args, 0)) {
    case 1:
    case 2:
      return 3;
    case 3:
      return 6;
    case 7:
      return 2;
    case 8:
      return 8;
    default:
      return 1;
  }
};

/** `GS g 0 m nL nH` (reset a counter), `GS g 2 m nL nH` (read one). */
export const counterCommand: LengthRule = (args, have) => {
  if (have < 1) return 1;
  return [0x30, 0x32].includes(at(args, 0)) ? 4 : 1;
};
