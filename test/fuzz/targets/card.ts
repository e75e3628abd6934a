/** Bytes of a chip card and of the doors it may stand behind. */
import { CardRefusal, decodeAnswer } from '../../../drivers/card-reader/apdu.ts';
import { algorithmMark, parseRecord } from '../../../drivers/card-reader/card-record.ts';
import { decodeReaderTable } from '../../../drivers/card-reader/pcscd-protocol.ts';
import { SlotFrameReader, TcpCardProtocolError } from '../../../drivers/card-reader/tcp-card-frames.ts';
import { parseIsoCommand } from '../../../hardware-sim/devices/iso-command.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const room = 'drivers/card-reader';

/** Only the named refusal may come out. */
function refusing(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CardRefusal)) throw error;
  }
}

const records: FuzzTarget = {
  name: 'card-record',
  promise: 'a record or template of a chip that lies about its lengths is refused by name, never read past its end',
  covers: [`${room}/card-record.ts`, `${room}/apdu.ts`],
  seeds: [
    Uint8Array.of(0x08, 0x03, 0x31, 0x32, 0x33),
    Uint8Array.of(0x6f, 0x0b, 0x84, 0x02, 0x33, 0x46, 0xa5, 0x05, 0x9f, 0x0c, 0x03, 0x86, 0x01, 0x02, 0x90, 0x00),
  ],
  words: [Uint8Array.of(0x9f, 0x0c), Uint8Array.of(0x90, 0x00), Uint8Array.of(0x6f), Uint8Array.of(0x61, 0x10)],
  run: (bytes) => {
    refusing(() => {
      const { value } = parseRecord(bytes);
      mustHold(value.length === bytes.length - 2, 'a record’s value is what its length byte says');
    });
    refusing(() => mustHold(algorithmMark(bytes) <= 0xff, 'an algorithm mark is one byte'));
    refusing(() => decodeAnswer(bytes));
  },
};

/** Four bytes of length before each frame. */
function mendFrame(bytes: Uint8Array): Uint8Array {
  const mended = bytes.slice();
  if (mended.length >= 4) new DataView(mended.buffer).setUint32(0, mended.length - 4);
  return mended;
}

const hello = bytesOf('\0\0\0\x12\x01YZCS\x01Virtual Reader');

const frames: FuzzTarget = {
  name: 'tcp-card-frames',
  promise: 'frames of a card slot mean the same however the stream is cut, and a broken one ends the link by name',
  covers: [`${room}/tcp-card-frames.ts`],
  seeds: [
    hello,
    Uint8Array.of(0, 0, 0, 2, 0x02, 0),
    Uint8Array.of(0, 0, 0, 4, 0x02, 1, 0x3b, 0x00),
    Uint8Array.of(0, 0, 0, 8, 0x13, 0, 0, 0, 1, 0, 0x90, 0x00),
    Uint8Array.of(0, 0, 0, 5, 0x15, 0, 0, 0, 1),
  ],
  mend: mendFrame,
  run: (bytes) => {
    const whole = framesOf([bytes]);
    mustHold(whole === framesOf(cutUp(bytes)), 'the same frames however they arrive');
  },
};

function framesOf(pieces: readonly Uint8Array[]): string {
  const reader = new SlotFrameReader();
  const read: unknown[] = [];
  try {
    for (const piece of pieces) read.push(...reader.push(piece));
  } catch (error) {
    if (!(error instanceof TcpCardProtocolError)) throw error;
    // What stood before the broken frame in the same piece is not told: the link ends there.
    return `ends: ${error.message}`;
  }
  return JSON.stringify(read);
}

const daemonTable: FuzzTarget = {
  name: 'pcscd-table',
  promise: 'a reader table of the card daemon is read row by row, however wrong its names and lengths are',
  covers: [`${room}/pcscd-protocol.ts`],
  seeds: [new Uint8Array(184).fill(0x41, 0, 10), new Uint8Array(368)],
  run: (bytes) => {
    const rows = decodeReaderTable(Buffer.from(bytes));
    mustHold(rows.length <= bytes.length / 184, 'no more rows than the table has');
    mustHold(
      rows.every(({ atr }) => atr.length <= 33),
      'an ATR has at most 33 bytes',
    );
  },
};

const commands: FuzzTarget = {
  name: 'iso-command',
  promise: 'a command APDU of whatever length is a command of ISO 7816-4 or none: the virtual card never falls over',
  covers: ['hardware-sim/devices/iso-command.ts'],
  seeds: [
    Uint8Array.of(0x00, 0xa4, 0x04, 0x00, 0x02, 0x3f, 0x00, 0x00),
    Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x10),
    Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00, 0x01, 0x00),
  ],
  run: (bytes) => {
    const command = parseIsoCommand(bytes);
    if (command) mustHold(command.data.length <= bytes.length, 'data is never longer than the command');
  },
};

export const ofCards: readonly FuzzTarget[] = [records, frames, daemonTable, commands];
