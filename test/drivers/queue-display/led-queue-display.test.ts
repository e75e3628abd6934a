/** The queue display's driver on the twin of an LED display: what people in the hall read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areasData, clearData, pingData } from '../../../drivers/queue-display/bx-commands.ts';
import { BxReader, encodeBxFrame } from '../../../drivers/queue-display/bx-frame.ts';
import { rowsOfCall } from '../../../drivers/queue-display/display-rows.ts';
import { LedQueueDisplay } from '../../../drivers/queue-display/led-queue-display.ts';
import type { QueueDisplayEvent } from '../../../drivers/queue-display/queue-display.ts';
import { Secret } from '../../../drivers/secret.ts';
import { areasIn, CardEar, cardAnswer } from '../../../hardware-sim/devices/queue-display/led-card.ts';
import { SimLedDisplay } from '../../../hardware-sim/devices/queue-display/sim-led-display.ts';
import { DISTURBANCES, DisturbedLine } from '../../support/disturbed-line.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const SOON = { timeoutMs: 10_000 };
const CALL = { number: 'A012', place: '3号窗口', maskedName: new Secret('测*甲') };

async function inHall(cells = 24, rows = 2) {
  const clock = new ManualClock();
  const board = new SimLedDisplay({ clock, cells, rows });
  const line = new DisturbedLine(board, clock);
  const display = new LedQueueDisplay({ id: 'queue-display', address: 'sim:led', bus: line, clock, cells, rows });
  const events: QueueDisplayEvent[] = [];
  display.onQueueEvent((event) => events.push(event));
  await clock.pass(500);
  async function ended<Value>(work: Promise<Value>): Promise<Value> {
    let done = false;
    work.then(
      () => {
        done = true;
      },
      () => {
        done = true;
      },
    );
    for (let step = 0; step < 400 && !done; step += 1) await clock.pass(100);
    return work;
  }
  return { clock, board, line, display, events, ended };
}

describe('a call', () => {
  test('[part of Z-8.3.1] shows the number first, then the window, and of the name its mask', async () => {
    const { display, board, ended } = await inHall();
    expect(display.state).toBe('online');
    expect(display.identity).toBe('BX 61');
    expect(await ended(display.call(CALL, SOON))).toEqual({ done: true, value: { proof: 'shown', name: 'shown' } });
    expect(board.text()).toEqual(['A012 3号窗口', '测*甲']);
    await display.close();
  });

  test('[part of Z-8.2.1.1] is called three times by voice, and no more once the person has come', async () => {
    const { display, clock, events, ended } = await inHall();
    await ended(display.call(CALL, SOON));
    await clock.pass(40_000);
    expect(events).toEqual([
      { event: 'voiceWanted', number: 'A012', place: '3号窗口', time: 1 },
      { event: 'voiceWanted', number: 'A012', place: '3号窗口', time: 2 },
      { event: 'voiceWanted', number: 'A012', place: '3号窗口', time: 3 },
      { event: 'callEnded', number: 'A012' },
    ]);
    expect(JSON.stringify(events)).not.toContain('测');
    events.length = 0;
    await ended(display.call({ ...CALL, number: 'A013' }, SOON));
    display.answered('A012');
    await clock.pass(8_000);
    display.answered('A013');
    await clock.pass(60_000);
    expect(events.map((event) => event.event)).toEqual(['voiceWanted', 'voiceWanted']);
    await display.close();
    expect(clock.waiting).toBe(0);
  });

  test('is heard even when the display is gone, and the next number ends it', async () => {
    const { display, board, clock, events, ended } = await inHall();
    board.unplug();
    expect(await ended(display.call(CALL, SOON))).toMatchObject({ done: false, fault: 'deviceNotReady' });
    await ended(display.call({ ...CALL, number: 'B001' }, SOON));
    await clock.pass(8_000);
    expect(events.map((event) => event.number)).toEqual(['A012', 'B001', 'B001']);
    await display.close();
  });

  test.each([
    ['a window too far for its row', 8, 1, { number: 'A012', place: '门诊楼三层8号窗口' }, 'textTooWide'],
    ['a number that is none', 24, 2, { number: 'A 12', place: '3号窗口' }, 'invalidData'],
    ['a name without a mask', 24, 2, { ...CALL, maskedName: new Secret('测试甲') }, 'invalidData'],
    ['a character that the font lacks', 24, 2, { number: 'A012', place: '𠮷号窗口' }, 'unsupportedText'],
    ['a control code of the card', 24, 2, { number: 'A012', place: '\\FO000' }, 'unsupportedText'],
  ])('%s is refused before anything is sent, and nobody is called', async (_what, cells, rows, call, fault) => {
    const { display, board, line, events, ended } = await inHall(cells, rows);
    const before = line.passed;
    expect(await ended(display.call(call, SOON))).toMatchObject({ done: false, fault });
    expect([line.passed, board.text(), events]).toEqual([before, [], []]);
    await display.close();
  });

  test('a number never loses a character and a name never half of itself, whatever the sizes', () => {
    const han = fc.constantFrom('窗', '口', '号', '楼', '层', '3', 'B', ' ');
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.stringMatching(/^[0-9A-Z]{1,8}$/),
        fc.array(han, { minLength: 1, maxLength: 14 }),
        fc.option(fc.constantFrom('测*', '测*甲', '欧阳**甲'), { nil: undefined }),
        (cells, rows, number, place, name) => {
          const where = place.join('');
          const call = { number, place: where, ...(name === undefined ? {} : { maskedName: new Secret(name) }) };
          const laid = rowsOfCall(call, { cells, rows, charset: 'gbk' });
          if (!laid.done) {
            expect(laid.fault).toBe('textTooWide');
            return;
          }
          const wide = (text: string): number =>
            [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 0x7f ? 2 : 1), 0);
          expect(laid.rows.length).toBeLessThanOrEqual(rows);
          for (const row of laid.rows) expect(wide(row)).toBeLessThanOrEqual(cells);
          expect(laid.rows[0]?.startsWith(number)).toBe(true);
          expect(laid.rows.join('\n')).toContain(where);
          expect(laid.rows.join('\n').includes(name ?? '')).toBe(laid.name !== 'leftOut');
        },
      ),
    );
  });
});

describe('a notice', () => {
  test('[part of SZ-106] says 暂停服务 and where to go, in the middle of each row, and ends a call', async () => {
    const { display, board, clock, events, ended } = await inHall();
    await ended(display.call(CALL, SOON));
    expect(await ended(display.notice(['暂停服务', '请到2号机'], SOON))).toMatchObject({ done: true });
    expect(board.text()).toEqual(['        暂停服务', '       请到2号机']);
    await clock.pass(60_000);
    expect(events).toHaveLength(1);
    await display.close();
  });

  test('[part of Y1-30] the slogan fits a row of 24 cells whole, and is refused by a narrower one', async () => {
    const { display, board, ended } = await inHall();
    await ended(display.notice(['中国医保 一生守护'], SOON));
    expect(board.text()[0]?.trim()).toBe('中国医保 一生守护');
    await display.close();
    const narrow = await inHall(16, 2);
    expect(await narrow.ended(narrow.display.notice(['中国医保 一生守护'], SOON))).toMatchObject({
      fault: 'textTooWide',
    });
    expect(await narrow.ended(narrow.display.notice(['中国医保', '一生守护'], SOON))).toMatchObject({ done: true });
    await narrow.display.close();
  });

  test('[part of Y1-25] the zone stands there until it is cleared', async () => {
    const { display, board, ended } = await inHall();
    await ended(display.notice(['自助服务区'], SOON));
    expect(board.text()[0]?.trim()).toBe('自助服务区');
    await ended(display.clear(SOON));
    expect(board.text()).toEqual([]);
    await display.close();
  });
});

describe('a display that is lost', () => {
  test('shows its text again after a power cut, by itself', async () => {
    const { display, board, clock, ended } = await inHall();
    await ended(display.call(CALL, SOON));
    board.cutPower();
    expect(board.text()).toEqual([]);
    await clock.pass(60_000);
    expect(display.state).toBe('powerOff');
    board.powerUp();
    await clock.pass(60_000);
    expect(display.state).toBe('online');
    expect(board.text()).toEqual(['A012 3号窗口', '测*甲']);
    await display.close();
  });

  test.each(DISTURBANCES)(
    '%s at every byte of a call: it ends with a word, what waited is never shown, and the next call is',
    async (kind) => {
      const whole = await inHall();
      const from = whole.line.passed;
      await whole.ended(whole.display.call(CALL, SOON));
      const bytes = whole.line.passed - from;
      await whole.display.close();
      for (let cut = 0; cut < bytes; cut += 1) {
        const { display, line, board, clock, ended } = await inHall();
        const at = `${kind} after ${cut} of ${bytes} bytes`;
        line.disturb(kind, cut);
        const called = display.call(CALL, SOON);
        const waiting = display.call({ number: 'B002', place: '9号窗口' }, SOON);
        const word = await ended(called);
        if (word.done) expect(word.value.proof, at).toBe('shown');
        else expect(word, at).toMatchObject({ fault: expect.any(String) });
        if (kind === 'pulled' || kind === 'replugged') {
          expect(await ended(waiting), at).toMatchObject({ fault: 'deviceNotReady' });
        }
        line.mend();
        await ended(waiting);
        await clock.pass(30_000);
        expect(display.state, at).toBe('online');
        if (kind === 'pulled' || kind === 'replugged') expect(board.text().join(), at).not.toContain('B002');
        expect(await ended(display.call({ number: 'C003', place: '1号窗口' }, SOON)), at).toMatchObject({ done: true });
        expect(board.text()[0], at).toBe('C003 1号窗口');
        await display.close();
        expect(clock.waiting, at).toBe(0);
      }
    },
  );
});

describe('the card’s frames', () => {
  const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
  const hexOf = (frame: Uint8Array): string => Buffer.from(frame).toString('hex').toUpperCase();
  // From a public driver for this card (C, comments quote the maker's protocol) …
  const PING = 'A5A5A5A5A5A5A5A5 0100008000000000 0000FE020500 A200010000 68F8 5A';
  const CLEAR = 'A5A5A5A5A5A5A5A5 0100008000000000 0000FE020500 A310010000 51F8 5A';
  const TEXT = `A5A5A5A5A5A5A5A5 0100008000000000 0000FE023200 A306012D000001 2900 00 0000 0000 1800 2000 00 00 00 0200 00 0000
    02 02 03 00 04 05 0E000000 303132333435515253545456 2742 A87D 5A`;
  // … and from another one (Python) that shows a temperature in GB2312.
  const TEMPER = `A5A5A5A5A5A5A5A5 0100008000000000 0000FE023500 A30602000000 01 2C00 00 0000 0C00 4000 0C00 01 0A 01 0200 000000
    01 01 01 00 17 02 11000000 5C464F303030 54454D5045523A3231A1E6 82DA 5A`;

  test('ping and clear are the frames that other people’s programs send', () => {
    expect(hexOf(encodeBxFrame(1, pingData))).toBe(PING.replace(/\s/g, ''));
    expect(hexOf(encodeBxFrame(1, clearData))).toBe(CLEAR.replace(/\s/g, ''));
  });

  test('the maker’s own example of a text comes out of the encoder byte for byte', () => {
    const area = {
      id: 0,
      y: 0,
      width: 0x18,
      height: 0x20,
      mode: 3,
      speed: 4,
      stay: 5,
      lines: 2,
      breaks: 2,
      timeoutS: 2,
    } as const;
    const text = new TextEncoder().encode("012345QRSTTV'B");
    expect(hexOf(encodeBxFrame(1, areasData([{ ...area, text }], [0x2d, 0])))).toBe(TEXT.replace(/\s/g, ''));
  });

  test('the twin reads them too, and the temperature in its own charset', () => {
    const [frame] = new CardEar().hear(bytes(TEMPER));
    const [area] = areasIn(frame?.data ?? new Uint8Array()) ?? [];
    expect(new TextDecoder('gb18030').decode(area?.text)).toBe('\\FO000TEMPER:21℃');
    expect(new CardEar().hear(bytes(PING + TEXT + CLEAR)).map(({ data }) => data[1])).toEqual([0x00, 0x06, 0x10]);
  });

  test('any noise is survived, and a whole answer behind it is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), fc.boolean(), (noise, good) => {
        const reader = new BxReader();
        expect(() => reader.push(noise)).not.toThrow();
        expect(reader.push(cardAnswer(1, 0x61, good)).map(({ group, command }) => [group, command])).toEqual([
          [0xa0, good ? 0 : 1],
        ]);
      }),
    );
  });

  test('a text full of frame marks arrives as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0xa5, 0xa6, 0x5a, 0x5b, 0x01, 0x02, 0x41), { maxLength: 60 }), (marks) => {
        const area = {
          id: 1,
          y: 16,
          width: 8,
          height: 16,
          mode: 1,
          speed: 4,
          stay: 2,
          lines: 1,
          breaks: 1,
          timeoutS: 2,
        } as const;
        const frames = new CardEar().hear(
          encodeBxFrame(0x5aa5, areasData([{ ...area, text: Uint8Array.from(marks) }])),
        );
        expect(frames.map(({ station }) => station)).toEqual([0x5aa5]);
        expect([...(areasIn(frames[0]?.data ?? new Uint8Array())?.[0]?.text ?? [])]).toEqual(marks);
      }),
    );
  });
});
