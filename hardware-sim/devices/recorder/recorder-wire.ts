/**
 * Lines between kiosk and recorder, from the recorder's side; written from
 * docs/interfaces/recorder-marks.md, apart from the kiosk's.
 */
export interface KioskLine {
  readonly word: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** `undefined`: not a whole line of a kiosk. */
export function kioskLine(line: string): KioskLine | undefined {
  const star = line.lastIndexOf(' *');
  if (star < 0) return undefined;
  const text = line.slice(0, star);
  if (line.slice(star + 2) !== crcOf(text)) return undefined;
  const [word = '', ...pairs] = text.split(' ');
  const fields: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) return undefined;
    fields[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return { word, fields };
}

export function recorderAnswer(word: string, fields: Readonly<Record<string, string | number>>): Uint8Array {
  let text = word;
  for (const [key, value] of Object.entries(fields)) text += ` ${key}=${value}`;
  return Uint8Array.from(Buffer.from(`${text} *${crcOf(text)}\n`, 'latin1'));
}

/** CRC-16 by table: polynomial 0x1021, start 0xFFFF, not reflected. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1;
  return value & 0xffff;
});

export function crcOf(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'latin1'))
    crc = ((crc << 8) & 0xff00) ^ (TABLE[((crc >> 8) ^ byte) & 0xff] ?? 0);
  return `000${crc.toString(16).toUpperCase()}`.slice(-4);
}
