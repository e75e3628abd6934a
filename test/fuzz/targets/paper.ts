/** Both ways of the printer's wire: what a printer answers, and what a stream for it may hold. */
import {
  AnswerFramer,
  automaticStatusIn,
  fullStatusIn,
  WELL,
  withRealTimeStatus,
} from '../../../drivers/receipt-printer/status.ts';
import { chineseModel, EscposParser } from '../../../hardware-sim/devices/receipt-printer/parser/escpos-parser.ts';
import type { Token } from '../../../hardware-sim/devices/receipt-printer/parser/token.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const answers: FuzzTarget = {
  name: 'printer-answers',
  promise: 'a printer’s answers mean the same however they arrive, and noise costs only the bytes it is made of',
  covers: ['drivers/receipt-printer/status.ts'],
  seeds: [
    Uint8Array.of(0x14, 0x00, 0x00, 0x0f),
    Uint8Array.of(0x16),
    bytesOf('\x37\x220001\x00'),
    bytesOf('_YIZHAN\x00'),
    Uint8Array.of(0x37, 0x25, 0x00),
    Uint8Array.of(0x10, 0x0f, 0x20, 0x00, 0x00, 0x00),
  ],
  words: [Uint8Array.of(0x11), Uint8Array.of(0x13), bytesOf('\x37\x22'), bytesOf('\x00'), Uint8Array.of(0x12)],
  run: (bytes) => {
    for (const dialect of ['epson', 'fullStatus'] as const) {
      const told = toldBy([bytes], dialect);
      mustHold(told === toldBy(cutUp(bytes), dialect), 'the same answers however they arrive');
      mustHold(toldBy([bytes], dialect) === told, 'a new framer remembers nothing');
    }
  },
};

function toldBy(pieces: readonly Uint8Array[], dialect: 'epson' | 'fullStatus'): string {
  const framer = new AnswerFramer(dialect);
  const told = pieces.flatMap((piece) => framer.push(piece));
  let status = WELL;
  for (const answer of told) {
    if (answer.kind === 'automaticStatus') status = automaticStatusIn(answer.bytes);
    if (answer.kind === 'fullStatus') status = fullStatusIn(answer.bytes);
    if (answer.kind === 'realTimeStatus') status = withRealTimeStatus(status, 'slip', answer.byte);
    if (answer.kind === 'realTimeStatus') status = withRealTimeStatus(status, 4, answer.byte);
  }
  return JSON.stringify([told, status]);
}

const stream: FuzzTarget = {
  name: 'escpos-stream',
  promise: 'every byte of a print stream belongs to exactly one token, however the stream is cut',
  covers: [
    'hardware-sim/devices/receipt-printer/parser/escpos-parser.ts',
    'hardware-sim/devices/receipt-printer/parser/length-rules.ts',
    'hardware-sim/devices/receipt-printer/parser/growing-bytes.ts',
  ],
  seeds: [
    bytesOf('\x1b@\x1c&\xd5\xc5\xc8\xfd\n\x1dV\x00'),
    bytesOf('\x1dv0\x00\x02\x00\x02\x00\xff\x00\xff\x00'),
    bytesOf('\x1d(k\x03\x001C\x06\x1d(k\x05\x001P0ab\x1d(k\x03\x001Q0'),
    bytesOf('\x10\x04\x01\x1d(H\x06\x0000ABCD'),
  ],
  words: ['\x1b', '\x1d', '\x1c', '\x10\x04', '\x1d(k', '\x1dv0', '\x1d(L', '\x1b*', '\x1dk', '\x1c&'],
  run: (bytes) => {
    const whole = tokensOf([bytes]);
    mustHold(whole === tokensOf(cutUp(bytes)), 'the same tokens however they arrive');
  },
};

function tokensOf(pieces: readonly Uint8Array[]): string {
  const tokens: Token[] = [];
  const parser = new EscposParser(chineseModel, (token) => tokens.push(token));
  for (const piece of pieces) parser.push(piece);
  parser.finish();
  // Text may come in one token or in several: what it says is what counts.
  return JSON.stringify(
    tokens.map((token) => ('offset' in token ? token : token)),
    (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value),
  );
}

export const ofPaper: readonly FuzzTarget[] = [answers, stream];
