/**
 * Lines between kiosk and recorder (docs/interfaces/recorder-marks.md), the kiosk's side.
 *
 * `WORD key=value … *CCCC\n`, ASCII; CCCC is CRC-16/CCITT-FALSE of all before ` *`.
 * One promise: a line that is not whole, too long or of another checksum is nothing.
 */

/** Longest line of either side, bytes. */
export const LONGEST_RECORDER_LINE = 512;

export type RecorderSays =
  | { readonly says: 'READY'; readonly recorder: string; readonly cameras: readonly string[] }
  | { readonly says: 'TIME'; readonly id: number; readonly recorderWallMs: number }
  | { readonly says: 'ACK'; readonly seq: number; readonly recording: boolean; readonly recorderWallMs: number }
  | { readonly says: 'NAK'; readonly seq: number; readonly reason: 'unknownCamera' | 'full' | 'refused' }
  | { readonly says: 'STATE'; readonly camera: string; readonly recording: boolean };

/** @param fields values without space, `=` or `*` */
export function recorderLine(word: string, fields: Readonly<Record<string, string | number>>): Uint8Array {
  const text = [word, ...Object.entries(fields).map(([key, value]) => `${key}=${value}`)].join(' ');
  return new TextEncoder().encode(`${text} *${checksum(text)}\n`);
}

export function parseRecorderLine(line: string): RecorderSays | undefined {
  if (line.length > LONGEST_RECORDER_LINE) return undefined;
  const whole = /^([A-Z]{2,8}((?: [a-z0-9]{1,10}=[\w.,:-]{0,256}){0,8})) \*([0-9A-F]{4})$/.exec(line);
  if (!whole?.[1] || checksum(whole[1]) !== whole[3]) return undefined;
  const fields = new Map(
    whole[2]
      ?.split(' ')
      .filter(Boolean)
      .map((field) => field.split('=', 2) as [string, string]),
  );
  const text = (key: string): string => fields.get(key) ?? '';
  const number = (key: string): number | undefined => (/^\d{1,15}$/.test(text(key)) ? Number(text(key)) : undefined);
  switch (whole[1].split(' ')[0]) {
    case 'READY': {
      const cameras = text('cams').split(',').filter(isCamera);
      return text('v') === '1' ? { says: 'READY', recorder: text('recorder').slice(0, 64), cameras } : undefined;
    }
    case 'TIME': {
      const [id, at] = [number('id'), number('at')];
      return id === undefined || at === undefined ? undefined : { says: 'TIME', id, recorderWallMs: at };
    }
    case 'ACK': {
      const [seq, at] = [number('seq'), number('at')];
      if (seq === undefined || at === undefined) return undefined;
      return { says: 'ACK', seq, recording: text('rec') === '1', recorderWallMs: at };
    }
    case 'NAK': {
      const seq = number('seq');
      const reason = text('reason');
      if (seq === undefined) return undefined;
      return { says: 'NAK', seq, reason: reason === 'unknownCamera' || reason === 'full' ? reason : 'refused' };
    }
    case 'STATE':
      return isCamera(text('cam')) ? { says: 'STATE', camera: text('cam'), recording: text('rec') === '1' } : undefined;
    default:
      return undefined;
  }
}

export function isCamera(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,31}$/.test(text);
}

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF; four upper-case hexadecimal digits. */
function checksum(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
