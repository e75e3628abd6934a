/** Bytes of the bank terminal, the LED display's card and the A4 printer's queue. */
import { bcdLength, encodeFrame, FrameReader, type LineEvent } from '../../../drivers/bank-terminal/terminal-frame.ts';
import { decodeMessage, encodeRequest } from '../../../drivers/bank-terminal/terminal-message.ts';
import { posModule } from '../../../drivers/bank-terminal/terminal-profile-table.ts';
import { decodeIpp } from '../../../drivers/page-printer/ipp-message.ts';
import { jobWordsIn, printerWordIn } from '../../../drivers/page-printer/printer-reasons.ts';
import { BxReader, crc16 } from '../../../drivers/queue-display/bx-frame.ts';
import { cardAnswer } from '../../../hardware-sim/devices/queue-display/led-card.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const sale = encodeFrame(encodeRequest(posModule, 'request', 'sale', [['amount', '000000001000']]));

/** Length and LRC of the first frame right again. */
function mendFrame(bytes: Uint8Array): Uint8Array {
  const from = bytes.indexOf(0x02);
  if (from < 0 || bytes.length < from + 6) return bytes;
  return Uint8Array.from([
    ...bytes.subarray(0, from),
    ...encodeFrame(bytes.slice(from + 3, Math.max(from + 3, bytes.length - 2)).subarray(0, 1_024)),
  ]);
}

const frames: FuzzTarget = {
  name: 'bank-terminal-frame',
  promise: 'frames of a POS module mean the same however the line is cut, and after any noise a whole one is read',
  covers: ['drivers/bank-terminal/terminal-frame.ts'],
  seeds: [sale, Uint8Array.of(0x06, ...sale), Uint8Array.of(0x02, 0x00, 0x00, 0x03, 0x03), bytesOf('\x15\x06\x15')],
  words: [
    Uint8Array.of(0x02),
    Uint8Array.of(0x03),
    Uint8Array.of(0x06),
    Uint8Array.of(0x15),
    Uint8Array.of(0x10, 0x24),
  ],
  mend: mendFrame,
  run: (bytes) => {
    const whole = new FrameReader().push(bytes);
    const reader = new FrameReader();
    const cut = cutUp(bytes).flatMap((piece) => reader.push(piece));
    // `broken` may be told once or twice for the same noise; what was understood may not differ.
    const understood = (events: readonly LineEvent[]): string =>
      JSON.stringify(events.filter(({ kind }) => kind !== 'broken'));
    mustHold(understood(cut) === understood(whole), 'a frame does not depend on how its bytes arrive');
    reader.reset();
    mustHold(reader.push(sale).at(-1)?.kind === 'frame', 'the next whole frame is read');
    const length = bcdLength(bytes[0] ?? 0, bytes[1] ?? 0);
    mustHold(length === undefined || length <= 9_999, 'a BCD length has four digits');
  },
};

const messages: FuzzTarget = {
  name: 'bank-terminal-message',
  promise: 'an answer of a POS module keeps only fields in their shape, and no card number of any kind',
  covers: ['drivers/bank-terminal/terminal-message.ts'],
  seeds: [
    bytesOf('60000000001120000\x1c40\x00\x12000000001000\x1c30\x00\x16990001******0001\x1c'),
    bytesOf('60000000001120000\x1c30\x00\x169900010000000001\x1c'),
    bytesOf('60000000001120000\x1cZZ\x00\x164111111111111111\x1c'),
    bytesOf('600000000012PG000\x1cYP\x00\x0210\x1c'),
  ],
  words: ['60', '1120000', 'YQ', '30', '\x1c', '****'],
  run: (bytes) => {
    const message = decodeMessage(posModule, bytes.slice());
    if (!message) return;
    for (const [name, value] of message.fields) {
      mustHold(posModule.fields[name].shape.test(value), `${name} has its shape`);
    }
    mustHold(message.cardTail === undefined || /^\d{4}$/.test(message.cardTail), 'of a card four digits are kept');
  },
};

function mendCard(bytes: Uint8Array): Uint8Array {
  const body = [...bytes]
    .filter((byte) => byte !== 0xa5 && byte !== 0xa6 && byte !== 0x5a && byte !== 0x5b)
    .slice(0, 200);
  if (body.length < 18) return bytes;
  body[12] = body.length - 16;
  body[13] = 0;
  const crc = crc16(body.slice(0, -2));
  const ends = [crc & 0xff, crc >> 8];
  return Uint8Array.from([0xa5, ...body.slice(0, -2), ...ends, 0x5a]);
}

const cards: FuzzTarget = {
  name: 'led-card-answer',
  promise: 'answers of an LED card mean the same however the line is cut, and after any noise the next one is read',
  covers: ['drivers/queue-display/bx-frame.ts'],
  seeds: [
    cardAnswer(1, 0x61, true),
    cardAnswer(0x5aa5, 0xa6, false),
    Uint8Array.of(0xa5, 0xa6, 0x02, 0x5b, 0x01, 0x5a),
  ],
  words: [Uint8Array.of(0xa5), Uint8Array.of(0xa6, 0x02), Uint8Array.of(0x5b, 0x01), Uint8Array.of(0x5a)],
  mend: mendCard,
  run: (bytes) => {
    const reader = new BxReader();
    const cut = cutUp(bytes).flatMap((piece) => reader.push(piece));
    mustHold(
      JSON.stringify(cut) === JSON.stringify(new BxReader().push(bytes)),
      'an answer does not depend on how its bytes arrive',
    );
    mustHold(reader.push(cardAnswer(1, 0x61, true)).length === 1, 'the next answer is read');
  },
};

const queue: FuzzTarget = {
  name: 'ipp-answer',
  promise: 'an IPP answer of any bytes gives words that the printer can have, or none',
  covers: ['drivers/page-printer/ipp-message.ts', 'drivers/page-printer/printer-reasons.ts'],
  seeds: [
    bytesOf(
      '\x02\x00\x00\x00\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x04\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x05\x44\x00\x15printer-state-reasons\x00\x11media-empty-error\x44\x00\x00\x00\x0cmedia-needed\x03',
    ),
    bytesOf(
      '\x02\x00\x00\x00\x00\x00\x00\x01\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03',
    ),
    bytesOf('\x02\x00\x04\x06\x00\x00\x00\x01\x03'),
  ],
  words: ['printer-state', 'job-state', 'offline-report', '-error', Uint8Array.of(0x44, 0, 0), Uint8Array.of(0x03)],
  run: (bytes) => {
    const answer = decodeIpp(bytes);
    if (!answer) return;
    const word = printerWordIn(answer);
    mustHold((word?.makeAndModel ?? '').length <= 80, 'a model is not a novel');
    for (const job of jobWordsIn(answer))
      mustHold(Number.isInteger(job.id) && (job.pagesOut ?? 0) >= 0, 'a job counts upwards');
  },
};

export const ofTeller: readonly FuzzTarget[] = [frames, messages, cards, queue];
