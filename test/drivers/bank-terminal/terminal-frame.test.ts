/**
 * The bytes of the POS module's line.
 *
 * Golden frames are other people's: programs for card terminals that speak the same field-coded message and carry
 * whole frames in their source (docs/interfaces/bank-terminal.md section 7 names them). None was made by our encoder.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameReader, type LineEvent } from '../../../drivers/bank-terminal/terminal-frame.ts';
import { decodeMessage, encodeRequest } from '../../../drivers/bank-terminal/terminal-message.ts';
import { posModule } from '../../../drivers/bank-terminal/terminal-profile-table.ts';
import { ModuleEar } from '../../../hardware-sim/devices/bank-terminal/module-wire.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/[\s,]/g, ''), 'hex'));

/** A sale of 10.00: stands in five programs in four languages. */
const SALE_OF_10_00 = '02003536303030303030303030313032303030301C343000123030303030303030313030301C0314';
/** A sale of 110.00: a simulator of such terminals. */
const SALE_OF_110_00 = '02003536303030303030303030313032303030301C343000123030303030303031313030301C0315';
/** 结算 of all hosts (`HN` 001): a program that tests such terminals. */
const SETTLE = '02002636303030303030303030313035303030301C484E00033030311C0323';
/** A sale with a number of the shop's own in field 66. */
const SALE_WITH_NUMBER =
  '02009236303030303030303030313032303030301c3030002030303030303030303030303030303030303030301c363600203030303030323330363230303930393132393731c34300123030303030303030303130301c4d31000230311c03da';
/**
 * A test terminal's approval: 18 fields. Its card field held a number masked with zeros; here stand stars in the same
 * places, which changes the LRC from A4 to A6. Nothing else is changed.
 */
const APPROVED = `
  02038836303030303030303030313132303030301C30320040415050524F56454420202020202020202020202020202020202020202020202020
  202020202020201C303100063230313134391C363500063030303030311C443000694D4F5645353030302050524F44554354494F4E2054455342
  444F20504F53204C41422020202020202020202020204D414E44414C55594F4E472043495459202020202020201C313600085633333939303031
  1C443100153030303030393138333639303232311C44320010564953412020202020201C333000162A2A2A2A2A2A2A2A2A2A2A2A393130351C33
  3100042A2A2A2A1C353000063030303830301C303300063233303430341C303400063134303235311C443300123330393432313737313630321C
  4434000230311C443500265359535445534341524420352F505320202020202020202020201C4546001641303030303030303033313031302020
  1C45470016566973612043726564697420202020201C45480016463730453235374432383531313045441C03A6`;

function onlyFrame(events: readonly LineEvent[]): Uint8Array {
  const [first] = events;
  if (events.length !== 1 || first?.kind !== 'frame') throw new Error(JSON.stringify(events));
  return first.payload;
}

describe('other people’s frames', () => {
  test('a sale of 10.00 is encoded as five other programs encode it', () => {
    const payload = encodeRequest(posModule, 'request', 'sale', [['amount', '000000001000']]);
    expect(Buffer.from(encodeFrame(payload)).toString('hex').toUpperCase()).toBe(SALE_OF_10_00);
  });

  test.each([
    ['10.00', SALE_OF_10_00, '000000001000'],
    ['110.00', SALE_OF_110_00, '000000011000'],
  ])('a sale of %s is understood by both sides', (_what, hex, amount) => {
    const message = decodeMessage(posModule, onlyFrame(new FrameReader().push(bytes(hex))));
    expect(message).toMatchObject({ kind: 'request', command: 'sale' });
    expect(message?.fields.get('amount')).toBe(amount);
    expect(new ModuleEar().hear(bytes(hex))).toMatchObject([
      { indicator: '0', command: '20', fields: new Map([['40', amount]]) },
    ]);
  });

  test('the close of a batch is the command that other programs send for it', () => {
    expect(decodeMessage(posModule, onlyFrame(new FrameReader().push(bytes(SETTLE))))).toMatchObject({
      command: 'settle',
    });
  });

  test('a frame with a damaged field in it is refused whole: this one lost a byte on its way into its program', () => {
    expect(new FrameReader().push(bytes(SALE_WITH_NUMBER.padEnd(SALE_WITH_NUMBER.length + 1, '0')))).not.toContainEqual(
      expect.objectContaining({ kind: 'frame' }),
    );
  });

  test('an approval gives what the journal needs, and of 18 fields no name, date, shop or card number stays', () => {
    const payload = onlyFrame(new FrameReader().push(bytes(APPROVED)));
    const message = decodeMessage(posModule, payload);
    expect(message).toMatchObject({
      kind: 'answer',
      command: 'sale',
      word: 'done',
      cardTail: '9105',
      cardNumberSent: false,
    });
    expect(Object.fromEntries(message?.fields ?? [])).toEqual({
      trace: '000001',
      terminal: 'V3399001',
      batch: '000800',
      reference: '309421771602',
    });
    expect(payload.every((byte) => byte === 0)).toBe(true);
  });
});

describe('card numbers', () => {
  /** An answer with these fields; the LRC is written by hand's rule, not by the encoder's code. */
  function answerWith(...fields: readonly (readonly [tag: string, value: string])[]): Uint8Array {
    const text = `6000000000112000${'0'}\u001c${fields
      .map(
        ([tag, value]) =>
          `${tag}${String.fromCharCode(0, (Math.floor(value.length / 10) << 4) | (value.length % 10))}${value}\u001c`,
      )
      .join('')}`;
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  }

  test.each([
    ['the whole number', '30', '9900010000000005'],
    ['eight digits in clear before the mask', '30', '99000100****0005'],
    ['a mask of zeros, which nobody can tell from a number', '30', '9900010000000005'],
    ['track 2 in a field of another make', 'T2', '4111111111111111=2912'],
    ['a number with spaces in a field of another make', 'ZZ', 'CARD 4111 1111 1111 1111 OK'],
  ])('%s: told as sent, and nowhere to be found', (_what, tag, value) => {
    const message = decodeMessage(posModule, answerWith([tag, value]));
    expect(message).toMatchObject({ cardNumberSent: true, cardTail: undefined });
    expect(JSON.stringify([message, [...(message?.fields ?? [])]])).not.toMatch(/\d{8}/);
  });

  test.each([
    ['six and four with a mask', '30', '990001******0005', '0005'],
    ['four digits behind a mask', '30', '************0005', '0005'],
    ['a shop’s number', 'D1', '000009183690221', undefined],
  ])('%s is no card number', (_what, tag, value, tail) => {
    expect(decodeMessage(posModule, answerWith([tag, value]))).toMatchObject({ cardNumberSent: false, cardTail: tail });
  });
});

describe('a line with noise on it', () => {
  const frame = bytes(SALE_OF_10_00);

  test('any bytes at all never throw, and after them the second of two frames is always read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (noise, chunk) => {
        const reader = new FrameReader();
        const events: LineEvent[] = [];
        const line = Buffer.concat([noise]);
        for (let at = 0; at < line.length; at += chunk) events.push(...reader.push(line.subarray(at, at + chunk)));
        // As the wire does after a pause inside a frame.
        reader.reset();
        expect(reader.push(frame)).toEqual([{ kind: 'frame', payload: expect.any(Uint8Array) }]);
      }),
    );
  });

  test('without a pause the frame behind noise is found within two frames’ length of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const reader = new FrameReader();
        const events = [...reader.push(noise)];
        for (let times = 0; times < 60; times += 1) events.push(...reader.push(frame));
        expect(events.some(({ kind }) => kind === 'frame')).toBe(true);
      }),
    );
  });

  test('one flipped bit anywhere makes the frame broken, and no ACK or NAK is read out of its inside', () => {
    for (let bit = 0; bit < frame.length * 8; bit += 1) {
      const flipped = frame.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const events = new FrameReader().push(flipped);
      expect(
        events.filter(({ kind }) => kind === 'frame'),
        `bit ${bit}`,
      ).toEqual([]);
      if (bit > 7)
        expect(
          events.filter(({ kind }) => kind === 'ack' || kind === 'nak'),
          `bit ${bit}`,
        ).toEqual([]);
    }
  });

  test('any payload at all is a message or none, and is wiped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (raw, headed) => {
        const payload = headed
          ? Uint8Array.from([...new TextEncoder().encode('6000000000112000'), 0x30, 0x1c, ...raw])
          : raw;
        expect(() => decodeMessage(posModule, payload)).not.toThrow();
        expect(payload.every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  test('fields of any content are a message only when each fits its shape', () => {
    const tags = Object.values(posModule.fields).map(({ tag }) => tag);
    const field = fc.tuple(fc.constantFrom(...tags, 'ZZ', '02'), fc.string({ maxLength: 40 }));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 8 }), (fields) => {
        const body = fields.flatMap(([tag, value]) => {
          const data = Buffer.from(value, 'latin1');
          return [...Buffer.from(tag), 0, (Math.floor(data.length / 10) << 4) | (data.length % 10), ...data, 0x1c];
        });
        const message = decodeMessage(posModule, Uint8Array.from([...Buffer.from('60000000001120000'), 0x1c, ...body]));
        for (const [name, value] of message?.fields ?? []) expect(value).toMatch(posModule.fields[name].shape);
      }),
    );
  });
});
