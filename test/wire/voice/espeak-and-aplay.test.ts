/** The real programs: espeak-ng makes the speech, aplay plays it, and what reached the sound card is looked at. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../drivers/system-clock.ts';
import { aplayLoudspeaker } from '../../../drivers/voice/aplay-transport.ts';
import { espeakMaker } from '../../../drivers/voice/espeak-transport.ts';
import { SpokenVoice } from '../../../drivers/voice/spoken-voice.ts';
import { type Manner, VoiceMissingError } from '../../../drivers/voice/voice.ts';
import { callSentences } from '../../../firmware/calling/call-words.ts';
import { soundIn } from '../../../hardware-sim/devices/voice/sim-loudspeaker.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const espeak = has('espeak-ng');
const aplay = has('aplay');
const skipped = (program: string, there: boolean): string => (there ? '' : ` (skipped: apt-get install ${program})`);
const LIMIT = (): AbortSignal => AbortSignal.timeout(20_000);
const sentences = callSentences({ number: 'A012', place: '3号窗口', placeLatin: 'WINDOW 3' });

describe.skipIf(!espeak)(`espeak-ng${skipped('espeak-ng', espeak)}`, () => {
  test('makes a sentence in Chinese and one in English: sound, of a sentence’s length, with a true WAV head', async () => {
    for (const sentence of sentences) {
      const sound = soundIn(await espeakMaker().make(sentence, LIMIT()));
      expect(sound?.ms).toBeGreaterThan(1_500);
      expect(sound?.ms).toBeLessThan(8_000);
      expect(sound?.loudness).toBeGreaterThan(0.01);
    }
  });

  test('says the tones of Mandarin, not English letters', () => {
    // `-x` writes the phonemes down: 请 is tɕʰiŋ in the third tone, and no syllable is switched to English.
    const told = spawnSync('espeak-ng', ['-q', '-x', '-v', 'cmn-latn-pinyin', '请到三号窗口'], { encoding: 'utf8' });
    expect(told.stdout).not.toContain('(en)');
    expect(told.stdout).toContain('tS;h');
  });

  test('speaks slower, louder and in Cantonese for who wants it so', async () => {
    const said = async (manner: Manner) =>
      soundIn(await espeakMaker().make({ language: 'zh', text: '您要付二百零三元五角。', manner }, LIMIT()));
    const usual = await said({ speed: 1, volume: 0.5, tongue: 'mandarin' });
    const slow = await said({ speed: 0.8, volume: 0.5, tongue: 'mandarin' });
    const loud = await said({ speed: 1, volume: 5 / 6, tongue: 'mandarin' });
    const cantonese = await said({ speed: 1, volume: 0.5, tongue: 'yue' });
    expect(slow?.ms).toBeGreaterThan((usual?.ms ?? 0) * 1.1);
    expect(loud?.loudness).toBeGreaterThan((usual?.loudness ?? 0) * 1.2);
    expect(cantonese?.ms).toBeGreaterThan(1_000);
    // 二百: er4 bai3 in Mandarin, ji6 baak3 in Cantonese.
    const told = spawnSync('espeak-ng', ['-q', '-x', '-v', 'yue', '二百'], { encoding: 'utf8' });
    expect(told.stdout).toMatch(/j'?i6.*b'?aa3k/);
  });
});

test('a program that is not there, or is no voice, is VoiceMissingError and nothing hangs', async () => {
  const [sentence] = sentences;
  if (!sentence) throw new Error('no sentence');
  await expect(espeakMaker('/nowhere/espeak-ng').make(sentence, LIMIT())).rejects.toThrow(VoiceMissingError);
  await expect(espeakMaker('/bin/false').make(sentence, LIMIT())).rejects.toThrow(VoiceMissingError);
  const stop = new AbortController();
  const hung = espeakMaker('/usr/bin/yes').make(sentence, stop.signal);
  stop.abort(new Error('enough'));
  await expect(hung).rejects.toThrow('enough');
});

describe.skipIf(!espeak || !aplay)(`aplay${skipped('alsa-utils espeak-ng', espeak && aplay)}`, () => {
  let folder = '';
  afterEach(() => {
    delete process.env['ALSA_CONFIG_PATH'];
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  test('plays to the sound card exactly the samples that were made, and then the call was heard', async () => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-voice-'));
    const card = join(folder, 'card.raw');
    const config = join(folder, 'asound.conf');
    // ALSA's own file plugin: a card that writes down what it is given.
    writeFileSync(config, `pcm.card { type file slave.pcm { type null } file "${card}" format raw }\n`);
    process.env['ALSA_CONFIG_PATH'] = config;
    const made: Uint8Array[] = [];
    const maker = espeakMaker();
    const voice = new SpokenVoice({
      id: 'voice',
      clock: systemClock,
      maker: {
        make: async (sentence, signal) => {
          const wav = await maker.make(sentence, signal);
          made.push(wav);
          return wav;
        },
      },
      loudspeaker: aplayLoudspeaker('card'),
    });
    expect(await voice.say(sentences.slice(0, 1), { timeoutMs: 30_000 })).toEqual({ done: true, value: 'heard' });
    const [wav] = made;
    expect(
      readFileSync(card)
        .subarray(0, 40_000)
        .equals(Buffer.from(wav?.subarray(44, 40_044) ?? [])),
    ).toBe(true);
    await voice.close();
  });

  test('a card that is not there is notHeard', async () => {
    const voice = new SpokenVoice({
      ...{ id: 'voice', clock: systemClock, maker: espeakMaker() },
      loudspeaker: aplayLoudspeaker('no-such-card'),
    });
    expect(await voice.say(sentences, { timeoutMs: 20_000 })).toMatchObject({ done: false, fault: 'notHeard' });
    await voice.close();
  });
});
