/** Bytes of an identity-card reader and of a PIN pad, and what their twins hear. */
import { chipMessageOf } from '../../../drivers/id-card-reader/chip-message.ts';
import { IdentityTextError, identityCardOf } from '../../../drivers/id-card-reader/identity-text.ts';
import { LONGEST_FRAME_BYTES, SamFramer, samQuestion } from '../../../drivers/id-card-reader/sam-frame.ts';
import {
  cardStatusOf,
  checkValueOf,
  padErrorIn,
  padInformationOf,
  pinBlockOf,
} from '../../../drivers/pin-pad/pad-commands.ts';
import { LONGEST_PAD_FRAME, PadFramer, padFrame } from '../../../drivers/pin-pad/pad-frame.ts';
import {
  issueForeignCard2017,
  issueForeignCard2023,
  issueIdCard,
  issueResidencePermit,
} from '../../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { PadLine } from '../../../hardware-sim/devices/pin-pad/pad-line.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const reader = 'drivers/id-card-reader';
const pad = 'drivers/pin-pad';

const holder = {
  key: 'jia',
  name: '測試甲',
  sex: 'female',
  born: '1985-09-02',
  identityNumber: '990000198509020123',
} as const;
const foreigner = { key: 'yi', englishName: 'TEST, BETA', born: '1990-01-01' };

const exclusiveOr = (bytes: Uint8Array): number => bytes.reduce((check, byte) => check ^ byte, 0);

/** Five bytes of preamble, two of length, the body, one of check. */
function mendSam(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 11) return bytes;
  const mended = bytes.slice();
  mended.set([0xaa, 0xaa, 0xaa, 0x96, 0x69]);
  new DataView(mended.buffer).setUint16(5, mended.length - 7);
  mended[mended.length - 1] = exclusiveOr(mended.subarray(5, -1));
  return mended;
}

const samFrames: FuzzTarget = {
  name: 'sam-frame',
  promise: 'frames of a SAM_A module mean the same however the line cuts them; noise holds at most one frame',
  covers: [`${reader}/sam-frame.ts`],
  seeds: [
    samQuestion('find'),
    Uint8Array.from(Buffer.from('aaaaaa9669000800009f0000000097', 'hex')),
    Uint8Array.from(Buffer.from('aaaaaa9669000400008084', 'hex')),
  ],
  words: [Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69), Uint8Array.of(0x09, 0x0a), Uint8Array.of(0x00, 0x04)],
  mend: mendSam,
  run: (bytes) => {
    const heard = (pieces: readonly Uint8Array[]): string => {
      const framer = new SamFramer();
      const all = pieces.flatMap((piece) => framer.push(piece));
      mustHold(framer.held <= LONGEST_FRAME_BYTES, 'at most one frame is held');
      return JSON.stringify(all);
    };
    mustHold(heard([bytes]) === heard(cutUp(bytes)), 'the same frames however they arrive');
  },
};

const identityText: FuzzTarget = {
  name: 'identity-text',
  promise:
    'the text of a chip is one of the four documents or is refused by name, and no answer of a reader stays in memory',
  covers: [`${reader}/identity-text.ts`, `${reader}/chip-message.ts`],
  seeds: [
    issueIdCard(holder).text,
    issueResidencePermit(holder, { area: '81', travelPermit: 'H99000001', issueCount: 1 }).text,
    issueForeignCard2017(foreigner).text,
    issueForeignCard2023(foreigner).text,
  ],
  words: [bytesOf('I\0'), bytesOf('J\0'), bytesOf('Y\0'), Uint8Array.of(0x42, 0xd8), Uint8Array.of(0x1f, 0x95)],
  mend: (bytes) => {
    const text = new Uint8Array(256);
    text.set(bytes.subarray(0, 256));
    return text;
  },
  run: (bytes) => {
    try {
      identityCardOf(bytes);
    } catch (error) {
      if (!(error instanceof IdentityTextError)) throw error;
    }
    const answer = bytes.slice();
    const message = chipMessageOf(answer, true);
    mustHold(message === undefined || message.text.length === 256, 'a text has 256 bytes');
    mustHold(
      answer.every((byte) => byte === 0),
      'what came is overwritten',
    );
  },
};

/** 02, three digits, body, 03, two hex digits. */
function mendPad(bytes: Uint8Array): Uint8Array {
  const body = Buffer.from(bytes.subarray(4, -3)).toString('latin1').slice(0, 999);
  return padFrame(body);
}

const padFrames: FuzzTarget = {
  name: 'pin-pad-frame',
  promise: 'frames and keys of a PIN pad mean the same however the line cuts them; the twin hears the same frames',
  covers: [`${pad}/pad-frame.ts`, 'hardware-sim/devices/pin-pad/pad-line.ts'],
  seeds: [padFrame('3'), padFrame('5032'), bytesOf('\x02004503D\x0345*\r'), bytesOf('\x02001\xe4\x03E6')],
  words: [Uint8Array.of(0x02), Uint8Array.of(0x03), bytesOf('001'), bytesOf('999'), bytesOf('*')],
  mend: mendPad,
  run: (bytes) => {
    const heard = (pieces: readonly Uint8Array[]): string => {
      const framer = new PadFramer();
      const all = pieces.flatMap((piece) => framer.push(piece, 0));
      mustHold(framer.held <= LONGEST_PAD_FRAME, 'at most one frame is held');
      return JSON.stringify(all);
    };
    mustHold(heard([bytes]) === heard(cutUp(bytes)), 'the same keys and frames however they arrive');
    let obeyed = 0;
    const line = new PadLine(
      () => {
        obeyed += 1;
      },
      () => undefined,
    );
    for (const piece of cutUp(bytes)) line.hear(piece);
    mustHold(obeyed <= bytes.length / 7, 'no more commands than the bytes can carry');
  },
};

const padAnswers: FuzzTarget = {
  name: 'pin-pad-answer',
  promise: 'an answer of a PIN pad is read or left, whatever it says',
  covers: [`${pad}/pad-commands.ts`],
  seeds: [
    bytesOf('7000600112233AABBCCDD'),
    bytesOf('21A2B3C4D'),
    bytesOf('<9000'),
    bytesOf(`3${' '.repeat(50)}${'0'.repeat(48)}03001E2A0410330A0A0000000000ZT588 1.02.001211234`),
    Uint8Array.of(0xe4),
  ],
  run: (bytes) => {
    padErrorIn(bytes);
    padInformationOf(bytes);
    const block = pinBlockOf(bytes);
    mustHold(block === undefined || block.block.length === 8, 'a block has eight bytes');
    const check = checkValueOf(bytes);
    mustHold(check === undefined || (check.length >= 3 && check.length <= 8), 'a check value has three to eight bytes');
    const status = cardStatusOf(bytes);
    mustHold(status === undefined || status <= 0xffff, 'a status word has two bytes');
  },
};

export const ofIdcard: readonly FuzzTarget[] = [samFrames, identityText, padFrames, padAnswers];
