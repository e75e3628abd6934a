/** What the loudspeaker may say: short, of every screen, and never a word of anybody. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gallery } from '../../kiosk-ui/gallery.ts';
import { prompts, VOICES } from '../../kiosk-ui/voice/prompts.ts';
import { root } from '../support/source-files.ts';

const clips = join(root, 'kiosk-ui', 'voice', 'clips');
const sentences = VOICES.flatMap((voice) => Object.values(prompts[voice]));
/** Money, numbers, and words of illness, insurance against it, or of what somebody takes. */
const PRIVATE = {
  numbers: /[\d零〇二三四五六七八九十百千万]|元|角|分钱|yuan|fen\b/i,
  illness:
    /病|症|癌|炎|糖尿|血压|受伤|工伤|手术|诊断|药|精神|传染|产检|illness|disease|cancer|injur|diagnos|medicine|drug|surgery/i,
};

describe('prompts', () => {
  test('[Y4-12a] every screen has one, at most twenty characters long, and short in English', () => {
    const long = Object.values(prompts.zh).filter((text) => [...text].length > 20);
    const wordy = Object.values(prompts.en).filter((text) => text.length > 50);
    expect([...long, ...wordy, ...sentences.filter((text) => text === '')]).toEqual([]);
    const shown = new Set(gallery.map(({ body }) => body.name));
    expect([...shown].filter((name) => !(name in prompts.zh))).toEqual([]);
  });

  test('0 private words on the speaker: no number, no amount, no illness, and no value of any screen', () => {
    const found = sentences.filter((text) => PRIVATE.numbers.test(text) || PRIVATE.illness.test(text));
    // Whatever the firmware can put on a screen: names, departments, items, numbers, codes.
    const values = gallery.flatMap(({ body }) => valuesIn(body)).filter((value) => !/^[A-Za-z-]+$/.test(value));
    const spoken = values.filter((value) => sentences.some((text) => text.includes(value)));
    expect({ private: found.length + spoken.length, found, spoken }).toEqual({ private: 0, found: [], spoken: [] });
    expect(values.length).toBeGreaterThan(100);
    expect(PRIVATE.numbers.test('您要付二百零三元五角') && PRIVATE.illness.test('高血压病')).toBe(true);
  });

  test('each clip says the sentence of the table (or: bin/make-clips.ts has to be run)', () => {
    const said = JSON.parse(readFileSync(join(clips, 'texts.json'), 'utf8')) as object;
    expect(said).toEqual(prompts);
    for (const voice of VOICES) {
      const missing = Object.keys(prompts[voice]).filter((name) => !existsSync(join(clips, voice, `${name}.opus`)));
      expect(missing, voice).toEqual([]);
    }
  });

  test('all clips together are under five megabytes', () => {
    const files = readdirSync(clips, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
    expect(bytes).toBeLessThan(5_000_000);
  });
});

/** Every word and number of a body, at any depth. */
function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return value > 9 ? [String(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}
