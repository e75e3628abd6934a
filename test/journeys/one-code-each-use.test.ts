/** 医保电子凭证 for whatever somebody came for: a fresh code each time, and the centre hears what it was shown for. */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectExplained, expectFree, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { VirtualKiosk } from './virtual-kiosk.ts';

const REGISTERING = '01101';
const SETTLING = '01301';

const from = (job: 'registration' | 'records' | 'reprint' | 'refund', plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open(job),
  'S-ID-HELP': 'showCode',
  ...plan,
});

describe('one 医保电子凭证', () => {
  it('[Z-8.1.11] books, checks in, asks and settles, with a fresh code and its own 用码业务类型 each time; one that was used is refused by the platform', async () => {
    const kiosk = new VirtualKiosk({ bills: ['example'] });
    const { eCredentials, hospital } = kiosk.hall.parties;
    const usesOf = async (plan: Plan): Promise<readonly string[]> => {
      const before = eCredentials.uses.length;
      await kiosk.visit(plan);
      await kiosk.pass(5_000);
      return eCredentials.uses.slice(before);
    };
    // 挂号
    expect(await usesOf(from('registration'))).toEqual([REGISTERING]);
    expect(kiosk.ended.at(-1)).toBe('checkedIn');
    // 取号: the appointment of another day.
    hospital.registration.booked(hospital.person('zhang'), 'surgery');
    expect(await usesOf(from('registration'))).toEqual([REGISTERING]);
    expect(kiosk.ended.at(-1)).toBe('checkedIn');
    // 查询 has no type of its own.
    expect(await usesOf(from('records'))).toEqual([SETTLING]);
    expect(kiosk.ended.at(-1)).toBe('recordsShown');
    // 结算
    expect(await usesOf({ 'S-HOME': 'showCode' })).toEqual([SETTLING]);
    expect(kiosk.ended.at(-1)).toBe('settled');
    expect(kiosk.books.chargedFen).toBeGreaterThanOrEqual(EXAMPLE_PAID.chargedFen);

    // The window has used this one a moment ago: it is young, and this kiosk has never seen it.
    const code = kiosk.hall.parties.showECredential('zhang');
    eCredentials.decode(code, '339900', SETTLING);
    expect(await usesOf({ 'S-HOME': ({ hall }) => hall.scanner.show(code), 'S-ID-HELP': 'cancel' })).toEqual([]);
    expectExplained(kiosk, 'S-ID-HELP', 'codeExpiredOrUsed');
    expectFree(kiosk);
  });

  it('[part of SZ-217b] that the platform says was used elsewhere is refused with the word to refresh it, and audited', async () => {
    const kiosk = new VirtualKiosk();
    const code = kiosk.hall.parties.showECredential('zhang');
    kiosk.hall.parties.eCredentials.decode(code, '339900', SETTLING);
    await kiosk.visit({ 'S-HOME': ({ hall }) => hall.scanner.show(code), 'S-ID-HELP': 'cancel' });
    expectExplained(kiosk, 'S-ID-HELP', 'codeExpiredOrUsed');
    expect(kiosk.audited('code.refused')).toHaveLength(1);
    expectUntouched(kiosk);
  });
});
