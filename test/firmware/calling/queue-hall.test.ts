/** One call in the whole hall: every display at once, the voice three times, and none waits for another. */
import { describe, expect, test } from 'vitest';
import { BoardPages, type BoardView } from '../../../drivers/queue-display/board-pages.ts';
import { LedQueueDisplay } from '../../../drivers/queue-display/led-queue-display.ts';
import { PageQueueDisplay } from '../../../drivers/queue-display/page-queue-display.ts';
import { Secret } from '../../../drivers/secret.ts';
import { SpokenVoice } from '../../../drivers/voice/spoken-voice.ts';
import { type Sentence, VoiceMissingError } from '../../../drivers/voice/voice.ts';
import { callSentences, spelled } from '../../../firmware/calling/call-words.ts';
import { QueueHall } from '../../../firmware/calling/queue-hall.ts';
import { SimLedDisplay } from '../../../hardware-sim/devices/queue-display/sim-led-display.ts';
import { SimLoudspeaker } from '../../../hardware-sim/devices/voice/sim-loudspeaker.ts';
import { busWith } from '../../support/bench-bus.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const CALL = { number: 'A012', place: '3号窗口', placeLatin: 'WINDOW 3', maskedName: new Secret('测*甲') };

async function inHall(voiceThere = true) {
  const clock = new ManualClock();
  const led = new SimLedDisplay({ clock, cells: 24, rows: 2 });
  const bus = busWith({ openByteLink: (_address, signal) => led.openByteLink(signal) });
  const text = new LedQueueDisplay({ id: 'led', address: 'sim:led', bus, clock, cells: 24, rows: 2 });
  const pages = new BoardPages();
  const screen = new PageQueueDisplay({ id: 'second-screen', clock, pages });
  const views: BoardView[] = [];
  const page = pages.attach((message) => {
    if (message.type !== 'view') return;
    views.push(message.view);
    queueMicrotask(() => page.hear({ type: 'drawn', viewId: message.view.id }));
  });
  const spoken: Sentence[] = [];
  const loudspeaker = new SimLoudspeaker({ clock });
  const voice = new SpokenVoice({
    ...{ id: 'voice', clock, loudspeaker },
    maker: {
      make: (sentence) => {
        if (!voiceThere) return Promise.reject(new VoiceMissingError('no espeak-ng'));
        spoken.push(sentence);
        return Promise.resolve(quiet());
      },
    },
  });
  const audited: string[] = [];
  const audit = {
    write: (event: string, fields?: object) => {
      audited.push(`${event} ${JSON.stringify(fields ?? {})}`);
    },
  };
  const hall = new QueueHall({ displays: [text, screen], voice, audit });
  await clock.pass(500);
  async function close(): Promise<void> {
    hall.close();
    for (const device of [text, screen, voice]) await device.close();
    await clock.pass(10_000);
    expect(clock.waiting).toBe(0);
  }
  return { clock, led, page, views, spoken, loudspeaker, audited, hall, close };
}

describe('a call', () => {
  test('stands on every display, and is said three times in both languages, without the name', async () => {
    const { clock, led, views, spoken, audited, hall, close } = await inHall();
    const called = hall.call(CALL);
    await clock.pass(1_000);
    expect(await called).toEqual({ shown: 2, of: 2 });
    expect(led.text()).toEqual(['A012 3号窗口', '测*甲']);
    expect(views.at(-1)?.call).toEqual({ number: 'A012', place: '3号窗口', maskedName: '测*甲', time: 1 });
    await clock.pass(60_000);
    expect(spoken.map(({ text }) => text)).toEqual([
      ...['请 A 零 一 二 号，到 3号窗口。', 'Number A 0 1 2, please go to window 3.'],
      ...['请 A 零 一 二 号，到 3号窗口。', 'Number A 0 1 2, please go to window 3.'],
      ...['请 A 零 一 二 号，到 3号窗口。', 'Number A 0 1 2, please go to window 3.'],
    ]);
    expect(JSON.stringify(spoken)).not.toContain('测');
    expect(audited).toEqual([]);
    await close();
  });

  test('without any voice it is shown all the same, and the journal says so', async () => {
    const { clock, led, audited, hall, close } = await inHall(false);
    const called = hall.call(CALL);
    await clock.pass(1_000);
    expect(await called).toEqual({ shown: 2, of: 2 });
    expect(led.text()[0]).toBe('A012 3号窗口');
    expect(audited).toEqual(['queue.notSaid {"reason":"voiceMissing"}']);
    await close();
  });

  test('a loudspeaker that is pulled out holds up no display', async () => {
    const { clock, loudspeaker, audited, hall, close } = await inHall();
    loudspeaker.unplug();
    const called = hall.call(CALL);
    await clock.pass(200);
    expect(await called).toEqual({ shown: 2, of: 2 });
    expect(audited).toEqual(['queue.notSaid {"reason":"deviceNotReady"}']);
    await close();
  });

  test('a display that is gone is a word in the journal, and the other one shows it', async () => {
    const { clock, led, views, audited, spoken, hall, close } = await inHall();
    led.unplug();
    const called = hall.call(CALL);
    await clock.pass(1_000);
    expect(await called).toEqual({ shown: 1, of: 2 });
    expect(views.at(-1)?.call?.number).toBe('A012');
    expect(spoken.length).toBeGreaterThan(0);
    expect(audited).toEqual(['queue.notShown {"device":"led","choice":"call","reason":"deviceNotReady"}']);
    await close();
  });

  test('the person has come: no more is said; a notice ends it too', async () => {
    const { clock, led, spoken, hall, close } = await inHall();
    hall.call(CALL).catch(() => undefined);
    await clock.pass(1_000);
    hall.answered('A012');
    await clock.pass(30_000);
    expect(spoken).toHaveLength(2);
    const told = hall.notice(['暂停服务', '请到2号机']);
    await clock.pass(1_000);
    expect(await told).toEqual({ shown: 2, of: 2 });
    expect(led.text()[0]?.trim()).toBe('暂停服务');
    await close();
  });
});

test('digits are said one by one, and the English sentence only where the site gave the place', () => {
  expect(spelled('A012', 'zh')).toBe('A 零 一 二');
  expect(callSentences({ number: 'B9', place: '收费处' })).toEqual([
    { language: 'zh', text: '请 B 九 号，到 收费处。' },
  ]);
});

/** A tenth of a second of a low tone. */
function quiet(): Uint8Array {
  const wav = Buffer.alloc(44 + 1_600);
  wav.write('RIFF');
  wav.writeUInt32LE(36 + 1_600, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(1_600, 40);
  for (let at = 44; at < wav.length; at += 2) wav.writeInt16LE(at % 8 < 4 ? 900 : -900, at);
  return wav;
}
