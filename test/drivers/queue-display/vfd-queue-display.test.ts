/** The pole display's driver on its twin: what people in the hall read in forty glowing characters. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VfdQueueDisplay } from '../../../drivers/queue-display/vfd-queue-display.ts';
import { Secret } from '../../../drivers/secret.ts';
import { SimVfdDisplay } from '../../../hardware-sim/devices/queue-display/sim-vfd-display.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const SOON = { timeoutMs: 5_000 };

async function inHall() {
  const clock = new ManualClock();
  const board = new SimVfdDisplay();
  const sent: number[] = [];
  const bus = busWith({
    openByteLink: async (_address, signal) => {
      const link = await board.openByteLink(signal);
      const write = link.write.bind(link);
      return Object.assign(link, {
        write: (bytes: Uint8Array, stop: AbortSignal) => {
          sent.push(...bytes);
          return write(bytes, stop);
        },
      });
    },
  });
  const display = new VfdQueueDisplay({ id: 'queue-display', address: 'sim:vfd', bus, clock });
  await clock.pass(500);
  return { clock, board, display, sent };
}

describe('a pole display', () => {
  test('shows number and window, honestly unconfirmed, and leaves a Chinese name out', async () => {
    const { display, board } = await inHall();
    expect(display.state).toBe('online');
    expect(board.cursor).toBe(false);
    const call = { number: 'A012', place: '3号窗口', placeLatin: 'WINDOW 3', maskedName: new Secret('测*甲') };
    expect(await display.call(call, SOON)).toEqual({ done: true, value: { proof: 'unconfirmed', name: 'leftOut' } });
    expect(board.text()).toEqual(['A012 WINDOW 3', '']);
    expect(display.capabilities()).toMatchObject({ profile: 'cd5220', confirms: false, cells: 20, rows: 2 });
    await display.close();
  });

  test('a window that it has no letters for is refused before a byte is sent', async () => {
    const { display, board, sent } = await inHall();
    const before = sent.length;
    expect(await display.call({ number: 'A012', place: '3号窗口' }, SOON)).toMatchObject({ fault: 'unsupportedText' });
    expect([sent.length, board.text()]).toEqual([before, []]);
    await display.close();
  });

  test('a number whose window does not fit beside it takes both rows', async () => {
    const { display, board } = await inHall();
    await display.call({ number: 'A0123456', place: 'PRICE OFFICE W 12' }, SOON);
    expect(board.text()).toEqual(['A0123456', 'PRICE OFFICE W 12']);
    await display.close();
  });

  test('after a power cut it is dark for half a minute at most', async () => {
    const { display, board, clock } = await inHall();
    await display.call({ number: 'A012', place: 'W3' }, SOON);
    board.cutPower();
    board.powerUp();
    expect(board.text()).toEqual([]);
    await clock.pass(30_000);
    expect(board.text()).toEqual(['A012 W3', '']);
    await display.close();
    expect(clock.waiting).toBe(0);
  });
});

describe('the bytes', () => {
  // CD5220 user's manual (Partner Tech), 6.1 standard mode command list: ESC Q A [n]x20 CR, ESC Q B [n]x20 CR, CLR 0C.
  test('of a call are those of the manual’s command list', async () => {
    const { display, sent } = await inHall();
    sent.length = 0;
    await display.call({ number: 'A012', place: 'W3' }, SOON);
    expect(Buffer.from(sent).toString('hex')).toBe(
      `0d0c1b5141${Buffer.from('A012 W3'.padEnd(20)).toString('hex')}0d1b5142${Buffer.from(' '.repeat(20)).toString('hex')}0d`,
    );
    sent.length = 0;
    await display.clear(SOON);
    expect(Buffer.from(sent).toString('hex')).toBe('0d0c');
    await display.close();
  });

  // The same list: HOM 0B, LF 0A; and what a public program for this display sends (batzlerg/cd5220: clear, both lines).
  test('that other people’s programs send are read by the twin', async () => {
    const board = new SimVfdDisplay();
    const link = await board.openByteLink(new AbortController().signal);
    const send = (text: string) => link.write(Buffer.from(text, 'latin1'), new AbortController().signal);
    await send('\x0c\x1bQAITEM: COFFEE\r\x1bQBPRICE: $3.50\r');
    expect(board.text()).toEqual(['ITEM: COFFEE', 'PRICE: $3.50']);
    await send('ignored in string mode\x0c\x0bTOTAL DUE\r\n$24.50');
    expect(board.text()).toEqual(['TOTAL DUE', '$24.50']);
  });

  test('whatever noise came before, the twin shows the next frame whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), async (noise) => {
        const board = new SimVfdDisplay();
        const link = await board.openByteLink(new AbortController().signal);
        const signal = new AbortController().signal;
        await link.write(noise, signal);
        const row = (text: string): string => text.padEnd(20);
        const frame = `\r\x0c\x1bQA${row('A012 W3')}\r\x1bQB${row('')}\r`;
        await link.write(Buffer.from(frame, 'latin1'), signal);
        await link.write(Buffer.from(frame, 'latin1'), signal);
        expect(board.text()).toEqual(['A012 W3', '']);
      }),
    );
  });
});
