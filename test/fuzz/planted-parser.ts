/** A parser with a fault behind header, length, checksum and three bytes: what the loop must be able to find. */
const HEADER = [0xaa, 0x55];

/** `AA 55 length payload xor`; the payload is tag, length, value. @throws Error at the planted place */
export function readPlanted(bytes: Uint8Array): number {
  if (bytes[0] !== HEADER[0] || bytes[1] !== HEADER[1]) return 0;
  const length = bytes[2] ?? 0;
  if (bytes.length !== length + 4) return 1;
  let check = 0;
  for (let at = 0; at < bytes.length - 1; at += 1) check ^= bytes[at] ?? 0;
  if (check !== bytes[bytes.length - 1]) return 2;
  const [tag, size, first, second, third] = bytes.subarray(3);
  if (tag !== 0x42) return 3;
  if (size !== 3) return 4;
  if (first !== 0x42) return 5;
  if (second !== 0x55) return 6;
  if (third === 0x47) throw new Error('the planted fault');
  return 7;
}
