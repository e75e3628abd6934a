/** The headset on its own loudspeaker: heard there and nowhere else, silent the moment it is pulled. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CabinetEvent, CabinetStatus, HeadsetKey } from '../../../drivers/cabinet/cabinet.ts';
import { SpokenVoice } from '../../../drivers/voice/spoken-voice.ts';
import type { FromPage, ScreenBody, SpokenPart, ToPage } from '../../../firmware/screen/messages.ts';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { openHeadsetRoom } from '../../../firmware/voice/headset-room.ts';
import { sampleHelp } from '../../../kiosk-ui/gallery.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { TextLoudspeaker, textMaker } from '../../support/text-speech.ts';

const who: ScreenBody = { name: 'S-HELP', call: 'none' };
const home: ScreenBody = { name: 'S-TAKE-CARD', removeCard: true };

class SocketInHand {
  socket: CabinetStatus['enhancedAudioSensor'] = 'notPresent';
  readonly #events = new Set<(event: CabinetEvent) => void>();
  readonly #keys = new Set<(key: HeadsetKey) => void>();

  status = (): CabinetStatus => ({ enhancedAudioSensor: this.socket }) as CabinetStatus;
  onCabinetEvent = (listener: (event: CabinetEvent) => void) => {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  };
  onKeyPressed = (listener: (key: HeadsetKey) => void) => {
    this.#keys.add(listener);
    return () => this.#keys.delete(listener);
  };
  is(socket: CabinetStatus['enhancedAudioSensor']): void {
    this.socket = socket;
    for (const listener of this.#events) listener({ event: 'statusChanged', changed: { enhancedAudioSensor: socket } });
  }
  press(key: HeadsetKey): void {
    for (const listener of this.#keys) listener(key);
  }
}

function atTheSocket() {
  const clock = new ManualClock();
  const screen = new ScreenHub({ clock, help: sampleHelp });
  const loudspeaker = new TextLoudspeaker(clock);
  const voice = new SpokenVoice({ id: 'headset', clock, maker: textMaker({ msPerLetter: 100 }), loudspeaker });
  const cabinet = new SocketInHand();
  onTestFinished(openHeadsetRoom({ screen, cabinet, voice }));
  screen.show(who);
  const told: ToPage[] = [];
  const page = screen.connect((message) => told.push(message));
  let turn = 0;
  const readOut = (...texts: readonly (string | SpokenPart)[]): void => {
    turn += 1;
    const parts = texts.map((text): SpokenPart => (typeof text === 'string' ? { language: 'zh', text } : text));
    page.send({ type: 'speak', screenId: screen.current?.id ?? '', turn, parts } satisfies FromPage);
  };
  const spoken = () => told.flatMap((message) => (message.type === 'spoken' ? [message] : []));
  return { clock, screen, loudspeaker, cabinet, told, readOut, spoken };
}

describe('a headset', () => {
  test('hears what the page reads, and the page is told when it was heard to its end', async () => {
    const { clock, cabinet, readOut, loudspeaker, spoken, screen } = atTheSocket();
    cabinet.is('present');
    expect(screen.current?.voice.headset).toBe(true);
    readOut('您要付', { language: 'en', text: 'fifty' });
    await clock.pass(299);
    expect(loudspeaker.heard).toEqual([]);
    await clock.pass(600);
    expect(loudspeaker.heard).toEqual(['您要付', 'fifty']);
    expect(spoken()).toEqual([{ type: 'spoken', turn: 1, heard: true }]);
  });

  test('pulled in the middle of a word it is silent in that very moment, and the rest is said nowhere', async () => {
    const { clock, cabinet, readOut, loudspeaker, spoken, screen } = atTheSocket();
    cabinet.is('present');
    readOut('一二三四五六七八九十', '张某三');
    await clock.pass(450);
    expect(loudspeaker.playing).toBe(true);
    cabinet.is('notPresent');
    expect(loudspeaker.playing, 'in the same turn, without any wait').toBe(false);
    await clock.pass(60_000);
    expect(loudspeaker.heard).toEqual([]);
    expect(loudspeaker.cut).toEqual(['一二三四']);
    expect(spoken()).toEqual([]);
    expect(screen.current?.voice.headset).toBe(false);
  });

  test.each(['notPresent', 'unknown', 'notAvailable'] as const)(
    'with a socket that is %s nothing is made to speech',
    async (socket) => {
      const { clock, cabinet, readOut, loudspeaker, spoken } = atTheSocket();
      cabinet.is('present');
      cabinet.is(socket);
      readOut('张某三');
      await clock.pass(5_000);
      expect(loudspeaker.asked).toBe(0);
      expect(spoken()).toEqual([{ type: 'spoken', turn: 1, heard: false }]);
    },
  );

  test('what is read next takes the place of what is being readOut, and an empty list is silence', async () => {
    const { clock, cabinet, readOut, loudspeaker } = atTheSocket();
    cabinet.is('present');
    readOut('一二三四五六七八九十');
    await clock.pass(250);
    readOut('下一项');
    await clock.pass(1_000);
    expect(loudspeaker.heard).toEqual(['下一项']);
    readOut('一二三四五六七八九十');
    await clock.pass(250);
    readOut();
    await clock.pass(5_000);
    expect(loudspeaker.heard).toEqual(['下一项']);
    expect(loudspeaker.cut).toEqual(['一二', '一二']);
  });

  test('a page that died is not read on when its screen is gone', async () => {
    const { clock, cabinet, readOut, loudspeaker, screen } = atTheSocket();
    cabinet.is('present');
    readOut('一二三四五六七八九十');
    await clock.pass(250);
    screen.show(home);
    expect(loudspeaker.playing).toBe(false);
    await clock.pass(5_000);
    expect(loudspeaker.heard).toEqual([]);
  });

  test('the five keys reach the page while a headset is in, and only then', () => {
    const { cabinet, told } = atTheSocket();
    cabinet.press('ok');
    cabinet.is('present');
    for (const key of ['previous', 'next', 'ok', 'back', 'repeat'] as const) cabinet.press(key);
    expect(told.flatMap((message) => (message.type === 'key' ? [message.key] : []))).toEqual([
      ...(['previous', 'next', 'ok', 'back', 'repeat'] as const),
    ]);
  });

  test('volume, pace and tongue are what the patient chose', async () => {
    const { clock, cabinet, readOut, loudspeaker, screen } = atTheSocket();
    cabinet.is('present');
    screen.hears({ dialect: 'yue' });
    const page = screen.connect(() => undefined);
    const choose = (intent: Extract<FromPage, { type: 'intent' }>['intent']): void =>
      page.send({ type: 'intent', screenId: screen.current?.id ?? '', intent });
    choose({ do: 'setVolume', volume: 5 });
    choose({ do: 'setSpeed', speed: 1.2 });
    choose({ do: 'setTongue', tongue: 'yue' });
    readOut('你好');
    await clock.pass(1_000);
    expect(loudspeaker.manners).toEqual([{ volume: 5 / 6, speed: 1.2, tongue: 'yue' }]);
    choose({ do: 'setVolume', volume: 0 });
    readOut('你好');
    await clock.pass(1_000);
    expect(loudspeaker.asked).toBe(1);
  });
});
