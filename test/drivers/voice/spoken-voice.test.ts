/** The voice on a loudspeaker that hears: one sentence after the other, the newest count, and nobody ever waits for it. */
import { describe, expect, test } from 'vitest';
import { SpokenVoice } from '../../../drivers/voice/spoken-voice.ts';
import { type Sentence, type SpeechMaker, VoiceMissingError } from '../../../drivers/voice/voice.ts';
import { SimLoudspeaker, soundIn } from '../../../hardware-sim/devices/voice/sim-loudspeaker.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { toneOf } from '../../support/tone.ts';

const LIMIT = { timeoutMs: 8_000 };
const zh = (text: string): readonly Sentence[] => [{ language: 'zh', text }];

/** A tone as long as its text: a tenth of a second a character. */
const toneMaker: SpeechMaker = {
  make: ({ text }) => Promise.resolve(toneOf(text.length * 100, 8_000)),
};

function inHall(maker: SpeechMaker = toneMaker) {
  const clock = new ManualClock();
  const loudspeaker = new SimLoudspeaker({ clock });
  const voice = new SpokenVoice({ id: 'voice', clock, maker, loudspeaker });
  return { clock, loudspeaker, voice };
}

describe('a voice', () => {
  test('says one sentence after the other, and is done when the last one was heard', async () => {
    const { clock, loudspeaker, voice } = inHall();
    const both: readonly Sentence[] = [...zh('请到三号窗口'), { language: 'en', text: 'go to window 3' }];
    const said = voice.say(both, LIMIT);
    await clock.pass(599);
    expect(loudspeaker.heard).toEqual([]);
    await clock.pass(1_500);
    expect(await said).toEqual({ done: true, value: 'heard' });
    expect(loudspeaker.heard.map(({ ms }) => ms)).toEqual([600, 1_400]);
    await voice.close();
    expect(clock.waiting).toBe(0);
  });

  test('a hall that is far behind hears the newest numbers: the oldest waiting ones are overtaken', async () => {
    const { clock, loudspeaker, voice } = inHall();
    const said = Array.from({ length: 7 }, (_, at) => voice.say(zh('号'.repeat(10 + at)), LIMIT));
    await clock.pass(8_000);
    const words = (await Promise.all(said)).map((one) => (one.done ? one.value : one.fault));
    expect(words).toEqual(['heard', 'overtaken', 'overtaken', 'overtaken', 'heard', 'heard', 'heard']);
    expect(loudspeaker.heard.map(({ ms }) => ms)).toEqual([1_000, 1_400, 1_500, 1_600]);
    await voice.close();
  });

  test('a loudspeaker pulled out in mid-sentence is deviceNotReady, what waited is not said later, and back it speaks', async () => {
    const { clock, loudspeaker, voice } = inHall();
    const said = voice.say(zh('请到三号窗口'), LIMIT);
    const waiting = voice.say(zh('请到四号窗口'), LIMIT);
    await clock.pass(200);
    loudspeaker.unplug();
    await clock.pass(100);
    expect(await said).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(await waiting).toMatchObject({ done: false, fault: 'deviceNotReady' });
    expect(voice.state).toBe('powerOff');
    expect(await voice.say(zh('没有人'), LIMIT)).toMatchObject({ fault: 'deviceNotReady' });
    loudspeaker.plugIn();
    await clock.pass(20_000);
    expect(loudspeaker.heard).toEqual([]);
    expect(voice.state).toBe('online');
    const again = voice.say(zh('请到五号窗口'), LIMIT);
    await clock.pass(1_000);
    expect(await again).toEqual({ done: true, value: 'heard' });
    await voice.close();
  });

  test('a stuck sound card is timeOut at the limit, and the next sentence is spoken', async () => {
    const { clock, loudspeaker, voice } = inHall();
    loudspeaker.stick();
    const said = voice.say(zh('请到三号窗口'), LIMIT);
    await clock.pass(8_100);
    expect(await said).toMatchObject({ fault: 'timeOut' });
    loudspeaker.free();
    const next = voice.say(zh('请到四号窗口'), LIMIT);
    await clock.pass(1_000);
    expect(await next).toEqual({ done: true, value: 'heard' });
    await voice.close();
    expect(clock.waiting).toBe(0);
  });

  test('where no speech can be made the word is voiceMissing, at once', async () => {
    const { voice } = inHall({ make: () => Promise.reject(new VoiceMissingError('espeak-ng is not installed')) });
    expect(await voice.say(zh('请到三号窗口'), LIMIT)).toMatchObject({ fault: 'voiceMissing' });
    expect(voice.lastFault?.fault).toBe('voiceMissing');
    await voice.close();
  });

  test('whoever gives up is canceled, not overtaken', async () => {
    const { voice } = inHall();
    const stop = new AbortController();
    const said = voice.say(zh('请到三号窗口'), { ...LIMIT, signal: stop.signal });
    stop.abort();
    expect(await said).toMatchObject({ fault: 'canceled' });
    expect(await voice.say([], LIMIT)).toMatchObject({ fault: 'invalidData' });
    await voice.close();
  });
});

test('the twin’s ears hear no silence and take nothing for sound that is none', () => {
  expect(soundIn(toneOf(100, 0))).toEqual({ ms: 100, loudness: 0 });
  expect(soundIn(toneOf(100, 16_384))?.loudness).toBeCloseTo(0.5);
  expect(soundIn(Uint8Array.of(1, 2, 3))).toBeUndefined();
  expect(soundIn(toneOf(100, 9).subarray(0, 200))).toBeUndefined();
});
