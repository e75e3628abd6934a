/** The sign's own words, and none that somebody made up beside them, wherever a patient can read. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProfileError, parseProfile } from '../../firmware/region/profile-schema.ts';
import { selfMadeSign } from '../../firmware/region/sign-words.ts';
import { sourceFiles } from '../support/source-files.ts';

const folder = new URL('../../firmware/region/profiles/', import.meta.url);
const profiles = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

describe('the copy linter', () => {
  test('[SZ-71] knows self-made forms of the sign, and leaves the sign and plain sentences alone', () => {
    for (const words of [
      '医保定点',
      '医保定点医院',
      '定点医保单位',
      '医保指定医院',
      '国家医保定点机构',
      '医保合作单位',
      '医保协议医院',
    ]) {
      expect(selfMadeSign(`欢迎来到${words}`), words).toBeDefined();
    }
    for (const words of [
      '医疗保障定点医疗机构',
      '医保暂时不能结算',
      '定点医院',
      '医保码',
      '本院是医疗保障定点医疗机构',
    ]) {
      expect(selfMadeSign(words), words).toBeUndefined();
    }
  });

  test('[SZ-71] finds none in any text, style, picture or profile that the kiosk shows or prints', () => {
    const shown = sourceFiles(['kiosk-ui', 'firmware/documents'], ['.ts', '.tsx', '.css', '.html', '.svg']);
    const found = [
      ...shown.map(({ path, text }) => ({ path, text })),
      ...profiles.map((text) => ({ path: 'profile', text })),
    ]
      .map(({ path, text }) => ({ path, words: selfMadeSign(text) }))
      .filter(({ words }) => words !== undefined);
    expect(found).toEqual([]);
    expect(shown.length).toBeGreaterThan(150);
  });

  test('[SZ-71] a profile whose notice, guide, slogan or sign has one is refused', () => {
    const profile = JSON.parse(profiles[0] ?? '{}') as {
      guides: { title: { zh: string } }[];
      texts: { slogan: string };
    };
    expect(() => parseProfile(profile)).not.toThrow();
    const [first, ...others] = profile.guides;
    const titled = {
      ...profile,
      guides: [{ ...first, title: { ...first?.title, zh: '医保定点看病流程' } }, ...others],
    };
    expect(() => parseProfile(titled)).toThrow(ProfileError);
    expect(() => parseProfile({ ...profile, texts: { ...profile.texts, slogan: '医保定点 欢迎您' } })).toThrow(
      ProfileError,
    );
    expect(() => parseProfile({ ...profile, texts: { ...profile.texts, plate: '医保定点医院' } })).toThrow(
      ProfileError,
    );
  });
});
