/** Rule packs: signed like region packs and never mistaken for one; fresh until they say they are old. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PackRefusedError } from '../../../firmware/region/pack-signatures.ts';
import { verifyPack } from '../../../firmware/region/packs.ts';
import { parseRules, RulesError } from '../../../firmware/region/rule-pack-schema.ts';
import { RulePackWatch } from '../../../firmware/region/rule-pack-watch.ts';
import { loadRulePack, verifyRulePack } from '../../../firmware/region/signed-rules.ts';
import { demoRulePack, demoRulePackBytes } from '../../../hardware-sim/parties/catalogue/rule-pack.ts';
import { createTestAuthority, seedPack, signByBoth } from '../../../provisioning/test-authority.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { profileBytes } from '../kiosk-fixture.ts';

const SIGNED_AT = '2026-11-22T09:00:00+08:00';
const authority = createTestAuthority();
const rules = demoRulePackBytes();

function refusal(deed: () => unknown): string {
  try {
    deed();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PackRefusedError)) throw error;
    return error.refusal;
  }
}

describe('a rule pack', () => {
  test('is read when two people of different duties signed it', () => {
    const signatures = signByBoth(rules, authority, SIGNED_AT, 'rules');
    expect(verifyRulePack(rules, signatures, authority.trust)).toMatchObject({ id: '990100-demo', version: 7 });
  });

  test('is not one because a region pack is: a signature is for one kind', () => {
    const asRegion = signByBoth(rules, authority, SIGNED_AT, 'region');
    expect(refusal(() => verifyRulePack(rules, asRegion, authority.trust))).toBe('changed');
    const profile = profileBytes('zhejiang');
    const asRules = signByBoth(profile, authority, SIGNED_AT, 'rules');
    expect(refusal(() => verifyPack(profile, asRules, authority.trust))).toBe('changed');
  });

  test('without signatures, or with one price changed, is refused', () => {
    const signatures = signByBoth(rules, authority, SIGNED_AT, 'rules');
    const changed = new TextEncoder().encode(new TextDecoder().decode(rules).replace('"18.00"', '"18.01"'));
    expect(changed).not.toEqual(rules);
    expect(refusal(() => verifyRulePack(rules, undefined, authority.trust))).toBe('unsigned');
    expect(refusal(() => verifyRulePack(changed, signatures, authority.trust))).toBe('changed');
  });

  test('lies in a folder of the data folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    try {
      expect(refusal(() => loadRulePack(folder, authority.trust))).toBe('unreadable');
      seedPack(folder, rules, authority, SIGNED_AT, 'rules');
      expect(loadRulePack(folder, authority.trust).rules.length).toBeGreaterThan(5);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the form of a rule pack', () => {
  const troubles = (change: (pack: ReturnType<typeof demoRulePack>) => void): string => {
    const pack = demoRulePack();
    change(pack);
    try {
      parseRules(new TextEncoder().encode(JSON.stringify(pack)));
      return 'fits';
    } catch (error) {
      if (!(error instanceof RulesError)) throw error;
      return error.troubles.join('; ');
    }
  };

  for (const kind of ['drugs', 'care', 'policy', 'price', 'visitTruth']) {
    test(`a pack without a rule about ${kind} does not fit`, () => {
      expect(
        troubles((pack) => {
          pack.rules = pack.rules.filter((rule) => rule['kind'] !== kind);
        }),
      ).toMatch(/has no rule of one of the kinds/);
    });
  }

  test('an id twice, a rule that nobody knows, an age that ends before it begins: none fits', () => {
    expect(troubles((pack) => pack.rules.push({ ...pack.rules[0] }))).toMatch(/names one id twice/);
    expect(troubles((pack) => pack.rules.push({ id: 'X-1', kind: 'drugs', check: 'magic', does: 'hold' }))).toMatch(
      /^rules\.\d+/,
    );
    expect(
      troubles((pack) =>
        pack.rules.push({ id: 'X-1', kind: 'visitTruth', check: 'age', does: 'hold', code: 'A', from: 2, to: 1 }),
      ),
    ).toMatch(/ends before it begins/);
  });
});

describe('the age of a rule pack', () => {
  test('[part of Y3-20b] it is said once when the pack has grown older than it may be, with its edition', async () => {
    const clock = new ManualClock();
    const written: string[] = [];
    const issuedOn = new Date(clock.wallMs() + 8 * 3_600_000).toISOString().slice(0, 10);
    const pack = { ...parseRules(rules), issuedOn, freshForDays: 2 };
    const audit = {
      write: (event: string, fields = {}) => written.push(`${event} ${JSON.stringify(fields)}`),
    };
    const notices = { staffTask: (number: string, task: string) => written.push(`task ${task} ${number}`) };
    const watch = new RulePackWatch({ pack, audit, clock, notices });
    expect(watch.state()).toMatchObject({ edition: '990100-demo/7', ageDays: 0, old: false });
    await clock.pass(2 * 86_400_000);
    expect(written).toEqual(['rules.loaded {"version":"990100-demo/7"}']);
    await clock.pass(2 * 86_400_000);
    expect(watch.state().old).toBe(true);
    expect(written.slice(1)).toEqual(['rules.old {"version":"990100-demo/7"}', 'task oldRulePack 990100-demo/7']);
    watch.close();
  });
});
