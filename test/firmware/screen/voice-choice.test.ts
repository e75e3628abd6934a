/** What somebody chose about the voice: within its steps, for one session, slower for the old. */
import { describe, expect, test } from 'vitest';
import type { Intent, ToPage, VoiceOnScreen } from '../../../firmware/screen/messages.ts';
import { readFromPage } from '../../../firmware/screen/read-from-page.ts';
import { ScreenHub } from '../../../firmware/screen/screen-hub.ts';
import { sampleHelp } from '../../../kiosk-ui/gallery.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function onBench() {
  const hub = new ScreenHub({ clock: new ManualClock(), help: sampleHelp });
  hub.show({ name: 'S-HELP', call: 'none' });
  const voices: VoiceOnScreen[] = [];
  const page = hub.connect((message: ToPage) => {
    if (message.type === 'screen') voices.push(message.screen.voice);
  });
  const choose = (intent: Intent): void => page.send({ type: 'intent', screenId: hub.current?.id ?? '', intent });
  return { hub, choose, voice: (): VoiceOnScreen | undefined => voices.at(-1), pushes: () => voices.length };
}

const said = (message: object) => readFromPage(JSON.stringify({ screenId: 'scr_1', ...message }));

describe('the voice', () => {
  test('starts in the middle of five steps at the usual pace, in Mandarin', () => {
    expect(onBench().voice()).toEqual({ volume: 3, speed: 1, tongue: 'mandarin', dialect: undefined, headset: false });
  });

  test('is slower with large print, unless another pace was chosen', () => {
    const { hub, choose, voice } = onBench();
    hub.proposeTextSize('large');
    expect(voice()?.speed).toBe(0.8);
    choose({ do: 'setSpeed', speed: 1.2 });
    expect(voice()?.speed).toBe(1.2);
  });

  test('what was chosen is told to the page on the same screen, and is over with the session', () => {
    const { hub, choose, voice } = onBench();
    const screen = hub.current?.id;
    choose({ do: 'setVolume', volume: 5 });
    choose({ do: 'setSpeed', speed: 0.8 });
    expect(voice()).toMatchObject({ volume: 5, speed: 0.8 });
    expect(hub.current?.id).toBe(screen);
    hub.resetSettings();
    hub.show({ name: 'S-HELP', call: 'none' });
    expect(voice()).toMatchObject({ volume: 3, speed: 1, tongue: 'mandarin' });
  });

  test('a dialect is spoken where the region’s pack has it, and nowhere else', () => {
    const { hub, choose, voice } = onBench();
    choose({ do: 'setTongue', tongue: 'yue' });
    expect(voice()?.tongue).toBe('mandarin');
    hub.hears({ dialect: 'yue' });
    choose({ do: 'setTongue', tongue: 'yue' });
    expect(voice()).toMatchObject({ tongue: 'yue', dialect: 'yue' });
  });
});

describe('what the page may say', () => {
  test('the choices are read word by word', () => {
    const intent = { do: 'setVolume', volume: 0 };
    expect(said({ type: 'intent', intent })).toEqual({ type: 'intent', screenId: 'scr_1', intent });
    expect(said({ type: 'intent', intent: { do: 'setSpeed', speed: 0.8 } })).toBeDefined();
    expect(said({ type: 'intent', intent: { do: 'setTongue', tongue: 'yue' } })).toBeDefined();
  });

  test.each([
    { do: 'setVolume', volume: 6 },
    { do: 'setVolume', volume: -1 },
    { do: 'setVolume', volume: 2.5 },
    { do: 'setVolume', volume: 3, speed: 1 },
    { do: 'setSpeed', speed: 2 },
    { do: 'setTongue', tongue: 'klingon' },
  ])('%o is nothing', (intent) => {
    expect(said({ type: 'intent', intent })).toBeUndefined();
  });

  const parts = [{ language: 'zh', text: '您要付二百零三元五角' }];
  test('a reading is a turn with a few runs of words', () => {
    expect(said({ type: 'speak', turn: 7, parts })).toEqual({ type: 'speak', screenId: 'scr_1', turn: 7, parts });
    expect(said({ type: 'speak', turn: 7, parts: [] })).toBeDefined();
  });

  test.each([
    ['no turn', { parts }],
    ['a turn below nothing', { turn: -1, parts }],
    ['no list', { turn: 1, parts: 'all' }],
    ['more runs than anybody needs', { turn: 1, parts: Array.from({ length: 13 }, () => parts[0]) }],
    ['a run that is too long', { turn: 1, parts: [{ language: 'zh', text: '长'.repeat(121) }] }],
    [
      'too much at once',
      { turn: 1, parts: Array.from({ length: 6 }, () => ({ language: 'zh', text: '长'.repeat(110) })) },
    ],
    ['an empty run', { turn: 1, parts: [{ language: 'zh', text: '' }] }],
    ['a language nobody speaks', { turn: 1, parts: [{ language: 'la', text: 'vale' }] }],
    ['a run with more in it', { turn: 1, parts: [{ language: 'zh', text: '好', file: '/etc/passwd' }] }],
    ['more than a message', { turn: 1, parts, loud: true }],
  ])('%s is nothing', (_what, message) => {
    expect(said({ type: 'speak', ...message })).toBeUndefined();
  });
});
