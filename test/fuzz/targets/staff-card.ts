/** Bytes of a staff card, what a chip says when it is powered, and what a terminal may say to the card's twin. */
import { CardRefusal } from '../../../drivers/card-reader/apdu.ts';
import { carriesAnswerWithData, parseAtr, storageCardIn } from '../../../drivers/card-reader/atr.ts';
import { parseFields } from '../../../drivers/person-token/ber-fields.ts';
import { certificateIn, TokenRefusal } from '../../../drivers/person-token/piv-dialogue.ts';
import { algorithmOfCertificate } from '../../../drivers/person-token/token-signature.ts';
import { PivCardTwin } from '../../../hardware-sim/devices/piv-card/piv-card.ts';
import { GOLDEN_PIV_CARD } from '../../drivers/person-token/golden-piv-card.ts';
import { bytesOf, cutUp, type FuzzTarget, mustHold } from '../target.ts';

const driver = 'drivers/person-token';
const twin = 'hardware-sim/devices/piv-card';
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** The golden card's certificate object, its two parts joined. */
const goldenObject = Object.entries(GOLDEN_PIV_CARD)
  .filter(([command]) => /^00CB3FFF05|^00C0/.test(command))
  .map(([, answer]) => answer.replaceAll(' ', '').slice(0, -4))
  .join('');

const answersToReset: FuzzTarget = {
  name: 'answer-to-reset',
  promise: 'an answer to reset is taken apart within its own bytes, or not at all',
  covers: ['drivers/card-reader/atr.ts'],
  seeds: [
    fromHex('3B 00'),
    fromHex('3B F8 13 00 00 81 31 FE 15 59 75 62 69 6B 65 79 34 D4'),
    fromHex('3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A'),
  ],
  run: (bytes) => {
    const answer = parseAtr(bytes);
    mustHold(answer !== undefined || storageCardIn(bytes) === undefined, 'no card is known by what is no answer');
    mustHold(answer !== undefined || !carriesAnswerWithData(bytes), 'nothing is believed of what is no answer');
    if (!answer) return;
    mustHold(answer.historical.length <= 15 && bytes.length <= 33, 'an answer to reset is short');
    mustHold(
      answer.protocols.every((protocol) => protocol < 15),
      'T=15 is no protocol',
    );
  },
};

/** Makes the length of the outermost field right again, in its long form. */
function mendOuter(bytes: Uint8Array): Uint8Array {
  const mended = bytes.slice();
  if (mended.length > 4) mended.set([0x53, 0x82, (mended.length - 4) >> 8, (mended.length - 4) & 0xff]);
  return mended;
}

const certificateObjects: FuzzTarget = {
  name: 'piv-object',
  promise: 'a certificate object is a certificate or refused by name, packed or not, whatever its lengths say',
  covers: [`${driver}/ber-fields.ts`, `${driver}/piv-dialogue.ts`],
  seeds: [fromHex(goldenObject), fromHex('5309 7002AABB 710101 FE00'), fromHex('7E12 4F00 5F2F02 4000')],
  words: [Uint8Array.of(0x70, 0x82), Uint8Array.of(0x71, 0x01, 0x01), Uint8Array.of(0xfe, 0x00), bytesOf('\x1f\x8b')],
  mend: mendOuter,
  run: (bytes) => {
    try {
      const fields = parseFields(bytes, 'it');
      const valueBytes = fields.reduce((sum, { value }) => sum + value.length, 0);
      mustHold(valueBytes + 2 * fields.length <= bytes.length, 'fields lie within their bytes');
    } catch (error) {
      if (!(error instanceof CardRefusal)) throw error;
    }
    try {
      algorithmOfCertificate(certificateIn(bytes));
    } catch (error) {
      if (!(error instanceof CardRefusal) && !(error instanceof TokenRefusal)) throw error;
    }
  },
};

const twinCommands: FuzzTarget = {
  name: 'piv-card-twin',
  promise: 'the virtual staff card answers every command with a status word, and its PIN stays hidden',
  covers: [`${twin}/piv-card.ts`, `${twin}/command-parts.ts`, `${twin}/ber-field.ts`, `${twin}/piv-references.ts`],
  seeds: [
    fromHex('00A4040009A0000003080000100000'),
    fromHex('00CB3FFF035C017E00'),
    fromHex('0020008008313131313131FFFF'),
    fromHex('0087119A047C02820000'),
    fromHex('0047009A05AC0380011100'),
    fromHex('1087079A047C028200'),
  ],
  words: [fromHex('00A4040009A0000003080000100000'), fromHex('7C028000'), fromHex('5C035FC105'), fromHex('00C0000000')],
  run: (bytes) => {
    const card = new PivCardTwin('staff-fuzzed', { guid: new Uint8Array(16), secrets: { pin: '918273' } });
    card.transmit(fromHex('00A4040009A0000003080000100000'));
    // As one command, and as several in a row.
    for (const command of [bytes, ...cutUp(bytes), bytes]) {
      const answer = card.transmit(Uint8Array.from(command));
      mustHold(answer.length >= 2 && answer.length <= 258, 'an answer has a status word and the short form’s length');
      mustHold(!Buffer.from(answer).includes('918273'), 'a PIN never comes out');
    }
  },
};

export const ofStaffCards: readonly FuzzTarget[] = [answersToReset, certificateObjects, twinCommands];
