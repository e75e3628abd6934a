import { describe, expect, test } from 'vitest';
import { ProfileError, parseProfile, parseProfileBytes } from '../../../firmware/region/profile-schema.ts';
import { profile } from '../kiosk-fixture.ts';

const national = profile();

function troubles(value: unknown): readonly string[] {
  try {
    parseProfile(value);
    return [];
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return error.troubles.map((trouble) => trouble.split(':')[0] ?? '');
  }
}

describe('the profile schema', () => {
  test('the four example profiles fit and differ in what their places say', () => {
    const rules = ['national', 'zhejiang', 'shenzhen', 'hunan'].map((id) => profile(id).consent);
    expect(rules.map((rule) => [rule.unitPriceFen, rule.signature])).toEqual([
      [0, 'none'],
      [20_000, 'none'],
      [0, 'required'],
      [0, 'required'],
    ]);
  });

  test('every field that is left out is told by its path', () => {
    const paths = (value: object, path = ''): string[] =>
      Object.entries(value).flatMap(([name, member]) =>
        member !== null && typeof member === 'object' && !Array.isArray(member)
          ? paths(member, `${path}${name}.`)
          : [`${path}${name}`],
      );
    for (const path of paths(national).filter((one) => one !== 'guides')) {
      const copy = structuredClone(national) as unknown as Record<string, unknown>;
      const names = path.split('.');
      const last = names.pop() ?? '';
      let place = copy;
      for (const name of names) place = place[name] as Record<string, unknown>;
      delete place[last];
      expect(troubles(copy)).toEqual([path]);
    }
  });

  test('a field that nobody reads is refused, not ignored', () => {
    expect(troubles({ ...national, consent: { ...national.consent, treshold: 1 } })).toEqual(['consent']);
  });

  test('elderly time under the floor, or shorter than standard time, is refused', () => {
    const idle = { standardMs: 60_000, elderlyMs: 119_999 };
    expect(troubles({ ...national, timers: { ...national.timers, idle } })).toEqual(['timers.idle.elderlyMs']);
    const done = { standardMs: 90_000, elderlyMs: 60_000 };
    expect(troubles({ ...national, timers: { ...national.timers, done } })).toEqual(['timers.done.elderlyMs']);
  });

  test('a quarantine under 120 s and less than two years of keeping are refused', () => {
    const insurance = { ...national.insurance, quarantineMs: 119_999 };
    expect(troubles({ ...national, insurance, retentionYears: 1 })).toEqual([
      'insurance.quarantineMs',
      'retentionYears',
    ]);
  });

  test('money with a fraction of a fen is refused', () => {
    expect(troubles({ ...national, consent: { ...national.consent, sumFen: 0.5 } })).toEqual(['consent.sumFen']);
  });

  test('bytes that are no JSON, or say a field twice, are refused', () => {
    for (const text of ['', '<html>', '{"id":"a","id":"b"}', '['.repeat(100)]) {
      expect(() => parseProfileBytes(new TextEncoder().encode(text))).toThrow(ProfileError);
    }
  });
});
