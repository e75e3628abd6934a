/** What card and scanner bytes mean, in words for the wire log; written from ISO 7816-4. */
import { parseIsoCommand } from '../devices/iso-command.ts';

const INSTRUCTIONS: Readonly<Record<number, string>> = {
  32: 'VERIFY',
  130: 'EXTERNAL AUTHENTICATE',
  132: 'GET CHALLENGE',
  136: 'INTERNAL AUTHENTICATE',
  164: 'SELECT',
  176: 'READ BINARY',
  178: 'READ RECORD',
  192: 'GET RESPONSE',
};

const STATUS_WORDS: Readonly<Record<number, string>> = {
  36864: 'ok',
  26368: 'wrong length',
  27010: 'security not satisfied',
  27011: 'blocked',
  27012: 'no challenge',
  27014: 'no file selected',
  27265: 'not supported',
  27266: 'no such file',
  27267: 'no such record',
  27270: 'wrong P1 P2',
  27904: 'unknown instruction',
  28160: 'wrong class',
};

/** e.g. `SELECT EF05`, `READ RECORD 08 00`. */
export function apduWords(apdu: Uint8Array): string {
  const command = parseIsoCommand(apdu);
  if (!command) return 'not a command';
  const name = INSTRUCTIONS[command.ins] ?? `INS ${hex([command.ins])}`;
  if (command.ins === 0xa4) return `${name} ${fileWords(command.data)}`.trim();
  if (command.ins === 0xc0 || command.ins === 0x84) return `${name} ${command.le ?? 0}`;
  return `${name} ${hex([command.p1, command.p2])}`;
}

/** What the last two bytes of an answer say; `ok: false` also for an answer that is none. */
export function statusWords(answer: Uint8Array): { readonly ok: boolean; readonly words: string } {
  if (answer.length < 2) return { ok: false, words: 'no status' };
  const [high = 0, low = 0] = answer.subarray(-2);
  const status = high * 256 + low;
  const text = hex([high, low]);
  if (high === 0x61) return { ok: true, words: `${text} · ${low || 256} bytes wait` };
  if (high === 0x6c) return { ok: true, words: `${text} · ask for ${low || 256}` };
  if (high === 0x63) return { ok: false, words: `${text} · ${low & 0x0f} tries left` };
  const meaning = STATUS_WORDS[status];
  const bytes = answer.length > 2 ? ` · ${answer.length - 2} bytes` : '';
  return { ok: status === 0x9000, words: `${text}${meaning && status !== 0x9000 ? ` · ${meaning}` : ''}${bytes}` };
}

function fileWords(data: Uint8Array): string {
  const readable = [...data].every((byte) => byte >= 0x20 && byte < 0x7f);
  if (data.length > 2 && readable) return new TextDecoder('latin1').decode(data);
  return hex(data).replaceAll(' ', '');
}

/** Upper-case pairs with spaces. */
export function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

const ROW = 8;

/** Rows of eight with their offsets and the printable characters beside them. */
export function hexDump(bytes: Uint8Array, most: number): { readonly text: string; readonly cut: boolean } {
  const shown = bytes.subarray(0, most);
  const rows: string[] = [];
  for (let at = 0; at < shown.length; at += ROW) {
    const row = shown.subarray(at, at + ROW);
    const letters = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(4, '0')}  ${hex(row).padEnd(ROW * 3)} ${letters}`);
  }
  return { text: rows.join('\n'), cut: bytes.length > most };
}
