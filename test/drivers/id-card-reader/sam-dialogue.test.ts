/** Answers that come late: the module was slow, the caller had gone, the next question was out. */
import { describe, expect, test } from 'vitest';
import { SamDialogue, SamSilenceError } from '../../../drivers/id-card-reader/sam-dialogue.ts';
import type { SamCommand } from '../../../drivers/id-card-reader/sam-frame.ts';
import { type ByteLink, LinkLostError } from '../../../drivers/ports.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const forever = new AbortController().signal;

/** SW3 and data, framed as E.2 says. */
function answer(status: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const length = 4 + data.length;
  const body = [length >> 8, length & 0xff, 0, 0, status, ...data];
  return Uint8Array.of(
    0xaa,
    0xaa,
    0xaa,
    0x96,
    0x69,
    ...body,
    body.reduce((check, byte) => check ^ byte, 0),
  );
}

const CARD = answer(0x90, new Uint8Array(1_284));
const ANSWERS: Readonly<Record<Exclude<SamCommand, 'reset'>, readonly Uint8Array[]>> = {
  state: [answer(0x90)],
  moduleId: [answer(0x90, new Uint8Array(16))],
  find: [answer(0x9f, new Uint8Array(4)), answer(0x80)],
  select: [answer(0x90, new Uint8Array(8)), answer(0x81)],
  readTextAndPhoto: [CARD],
  readLatestAddress: [answer(0x91)],
};

function onLine() {
  const clock = new ManualClock();
  let hear = (_bytes: Uint8Array): void => undefined;
  const link: ByteLink = {
    write: () => Promise.resolve(),
    onData: (listener) => {
      hear = listener;
      return () => undefined;
    },
    onLost: () => () => undefined,
    close: () => Promise.resolve(),
  };
  return { clock, sam: new SamDialogue(link, clock), says: (bytes: Uint8Array) => hear(bytes.slice()) };
}

describe('a late answer', () => {
  const commands = Object.keys(ANSWERS) as (keyof typeof ANSWERS)[];
  /**
   * Not told apart: a late answer about the address and a card that left are one story to a read; an address may be of
   * any length up to 256 bytes, so whatever comes late says "there" to that question.
   */
  const told = (late: string, asked: string): boolean =>
    late !== asked && asked !== 'readLatestAddress' && !(late === 'readLatestAddress' && asked === 'readTextAndPhoto');
  const pairs = commands.flatMap((asked) =>
    commands.filter((late) => told(late, asked)).map((late) => [late, asked] as const),
  );

  test.each(pairs)('to %s is not taken for the answer to %s', async (late, asked) => {
    for (const lateAnswer of ANSWERS[late]) {
      const { clock, sam, says } = onLine();
      const asking = sam.ask(asked, 1_000, forever);
      says(lateAnswer);
      await clock.pass(10);
      says(ANSWERS[asked][0] ?? CARD);
      const taken = await asking;
      expect([taken.status, taken.data.length]).toEqual([
        ANSWERS[asked][0]?.[9],
        (ANSWERS[asked][0]?.length ?? 0) - 11,
      ]);
    }
  });

  test('that comes before the next question is dropped, half of it too', async () => {
    const { clock, sam, says } = onLine();
    const gone = new AbortController();
    const first = sam.ask('readTextAndPhoto', 3_000, gone.signal);
    gone.abort(new Error('the caller has gone'));
    await expect(first).rejects.toThrow('the caller has gone');
    says(CARD.subarray(0, 700));
    const next = sam.ask('find', 1_000, forever);
    says(answer(0x80));
    expect((await next).status).toBe(0x80);
    await clock.pass(2_000);
    expect(clock.waiting).toBe(0);
  });
});

describe('an answer that never comes whole', () => {
  test('is a silence at the limit; noise before a good answer is not the answer', async () => {
    const { clock, sam, says } = onLine();
    const silent = sam.ask('find', 1_000, forever);
    silent.catch(() => undefined);
    await clock.pass(1_000);
    await expect(silent).rejects.toBeInstanceOf(SamSilenceError);
    const noisy = sam.ask('find', 1_000, forever);
    says(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff));
    await clock.pass(20);
    says(answer(0x80));
    expect((await noisy).status).toBe(0x80);
  });

  test('ends with the loss of the line, and so does every question after it', async () => {
    const { sam } = onLine();
    const asking = sam.ask('find', 1_000, forever);
    sam.end(new LinkLostError('pulled'));
    await expect(asking).rejects.toBeInstanceOf(LinkLostError);
    await expect(sam.ask('find', 1_000, forever)).rejects.toBeInstanceOf(LinkLostError);
  });
});
