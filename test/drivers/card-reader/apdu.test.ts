import { describe, expect, test } from 'vitest';
import { ChipDialogue, decodeAnswer, encodeCommand, statusText } from '../../../drivers/card-reader/apdu.ts';
import { fromHex, SpokenChip, toHex } from './spoken-chip.ts';

const neverAborted = new AbortController().signal;
const READ_08 = { cla: 0x00, ins: 0xb2, p1: 0x08, p2: 0x00, le: 0x14 };

function dialogue(answers: Readonly<Record<string, string>>): { chip: SpokenChip; ask: ChipDialogue } {
  const chip = new SpokenChip(answers);
  return { chip, ask: new ChipDialogue(chip, neverAborted) };
}

describe('commands', () => {
  test('the four cases of a short command are the bytes of ISO 7816-4', () => {
    expect(toHex(encodeCommand({ cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x00 }))).toBe('00200000');
    expect(toHex(encodeCommand({ cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00, le: 8 }))).toBe('0084000008');
    expect(toHex(encodeCommand({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x00, data: fromHex('EF05') }))).toBe(
      '00A4020002EF05',
    );
    expect(toHex(encodeCommand({ cla: 0x00, ins: 0x88, p1: 0, p2: 0, data: fromHex('0102'), le: 8 }))).toBe(
      '0088000002010208',
    );
  });

  test('256 wanted bytes are written as 00', () => {
    expect(toHex(encodeCommand({ ...READ_08, le: 256 }))).toBe('00B2080000');
  });

  test('what does not fit the short form is our own mistake and throws', () => {
    expect(() => encodeCommand({ ...READ_08, le: 257 })).toThrow(RangeError);
    expect(() => encodeCommand({ ...READ_08, le: 0 })).toThrow(RangeError);
    expect(() => encodeCommand({ ...READ_08, p1: 256 })).toThrow(RangeError);
    expect(() => encodeCommand({ ...READ_08, data: new Uint8Array(256) })).toThrow(RangeError);
    expect(() => encodeCommand({ ...READ_08, data: new Uint8Array(0) })).toThrow(RangeError);
  });
});

describe('answers', () => {
  test.each(['', '90'])('"%s" is no answer', (hex) => {
    expect(() => decodeAnswer(fromHex(hex))).toThrow(expect.objectContaining({ fault: 'invalidMedia' }));
  });

  test('258 bytes are the longest answer, 259 are refused', () => {
    expect(decodeAnswer(new Uint8Array(258)).data).toHaveLength(256);
    expect(() => decodeAnswer(new Uint8Array(259))).toThrow(expect.objectContaining({ fault: 'invalidMedia' }));
  });

  test('an answer in parts may be as long as its caller knows it can be, and not a byte longer', async () => {
    const answers = { '00B2080014': '5A5A5A6103', '00C0000003': '5A5A5A9000' };
    expect((await dialogue(answers).ask.ask(READ_08, 6)).data).toEqual(new Uint8Array(6).fill(0x5a));
    await expect(dialogue(answers).ask.ask(READ_08, 5)).rejects.toMatchObject({ fault: 'invalidMedia' });
  });

  test('a command in parts ends at the first part that the chip refuses', async () => {
    const data = new Uint8Array(600);
    const zeros = (count: number): string => '00'.repeat(count);
    const { chip, ask } = dialogue({ [`10DB3FFFFF${zeros(255)}`]: '9000 | 6A84' });
    expect(await ask.askInParts({ cla: 0x00, ins: 0xdb, p1: 0x3f, p2: 0xff }, data)).toMatchObject({ status: 0x6a84 });
    expect(chip.heard).toHaveLength(2);
  });

  test('6Cxx asks again with the length the chip wants', async () => {
    const { chip, ask } = dialogue({ '00B2080018': '6C14', '00B2080014': 'AABB9000' });
    expect(await ask.ask({ ...READ_08, le: 0x18 })).toEqual({ data: fromHex('AABB'), status: 0x9000 });
    expect(chip.heard).toEqual(['00B2080018', '00B2080014']);
  });

  test('61xx fetches the answer with GET RESPONSE', async () => {
    const { chip, ask } = dialogue({ '00B2080014': '6114', '00C0000014': 'AABB9000' });
    expect(await ask.ask(READ_08)).toEqual({ data: fromHex('AABB'), status: 0x9000 });
    expect(chip.heard).toEqual(['00B2080014', '00C0000014']);
  });

  test('6100 fetches 256 bytes, and parts are joined in order', async () => {
    const { ask } = dialogue({ '00B2080014': '016100', '00C0000000': '026102', '00C0000002': '03049000' });
    expect(await ask.ask(READ_08)).toEqual({ data: fromHex('01020304'), status: 0x9000 });
  });

  test('a GET RESPONSE may itself be corrected by 6Cxx', async () => {
    const { ask } = dialogue({ '00B2080014': '6114', '00C0000014': '6C02', '00C0000002': 'AABB9000' });
    expect(await ask.ask(READ_08)).toEqual({ data: fromHex('AABB'), status: 0x9000 });
  });

  test('a chip that announces data for ever is invalidMedia', async () => {
    const { ask } = dialogue({ '00B2080014': '6101', '00C0000001': '006101' });
    await expect(ask.ask(READ_08)).rejects.toMatchObject({ fault: 'invalidMedia' });
  });

  test('a chip that never agrees on a length is invalidMedia', async () => {
    const { ask } = dialogue({ '00B2080014': '6C14' });
    await expect(ask.ask(READ_08)).rejects.toMatchObject({ fault: 'invalidMedia' });
  });

  test('after the signal nothing more is sent', async () => {
    const stop = new AbortController();
    const chip = new SpokenChip({});
    stop.abort(new Error('stopped'));
    await expect(new ChipDialogue(chip, stop.signal).ask(READ_08)).rejects.toThrow('stopped');
    expect(chip.heard).toEqual([]);
  });
});

test('status words of the interface are told in words to maintainers', () => {
  expect(statusText(0x6a82)).toBe('6A82 (no such file)');
  expect(statusText(0x0001)).toBe('0001');
});
