/** 智能核卡: who holds the credential is looked at once more where a bill or the place wants it, and nowhere else. */
import { describe, expect, it } from 'vitest';
import { issueIdCard } from '../../hardware-sim/devices/id-card-reader/virtual-id-cards.ts';
import { EXAMPLE_PAID, expectExplained, expectFree, expectRefused, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const kioskFor = (setting: Setting = {}): VirtualKiosk =>
  new VirtualKiosk({ bills: ['repeatedDrug'], face: true, ...setting });

/** Who stands before the camera when the face check is agreed to. */
const lookedAt = (who: string | undefined, plan: Plan = {}): Plan => ({
  'S-FACE-ASK': (its) => {
    its.hall.faceTerminal.before = who === undefined ? undefined : { patient: its.hall.parties.patient(who) };
    its.patient.touch({ do: 'confirm' });
  },
  ...plan,
});

const asked = ({ patient }: VirtualKiosk): boolean => patient.screens.includes('S-FACE-ASK');
const helped = ({ hall }: VirtualKiosk) => hall.parties.hospital.guides.calls;

describe('a bill with repeated or over-quantity drugs', () => {
  it('[SZ-213c] [part of SZ-268c] is settled after the face of its patient was matched; without the flag there is no step more', async () => {
    const flagged = kioskFor();
    await flagged.visit(lookedAt('zhang'));
    expect(asked(flagged)).toBe(true);
    // Before anything of the bill is shown.
    expect(flagged.patient.screens.indexOf('S-FACE-ASK')).toBeLessThan(flagged.patient.screens.indexOf('S-BILL'));
    expect(flagged.ended).toEqual(['settled']);
    expect(flagged.audited('face.matched')).toHaveLength(1);
    expectFree(flagged);

    const plain = kioskFor({ bills: ['example'] });
    await plain.visit(lookedAt('zhang'));
    expect(asked(plain)).toBe(false);
    expect(plain.audited('person.checkDue')).toEqual([]);
    expect(plain.ended).toEqual(['settled']);
    expect(plain.books).toEqual(EXAMPLE_PAID);
    expectFree(plain);
  });

  it('[SZ-213d] [part of Y3-5a, N-15a] with another face on the patient’s card is stopped: own expense is not offered, staff are called, nothing reaches 2207', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(lookedAt('li'));
    expectRefused(kiosk, 'S-STOP', 'personDiffers');
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').offers ?? []).not.toContain('ownExpense');
    expect(kiosk.patient.screens).not.toContain('S-BILL');
    expect(helped(kiosk)).toMatchObject([{ screen: 'S-STOP', staffCode: 'ID-09' }]);
    expect(JSON.stringify(helped(kiosk))).not.toMatch(/张|李|990000/);
    expect(kiosk.audited('face.differs')).toHaveLength(1);
    expect(kiosk.audited('help.called')).toHaveLength(1);
    expect([kiosk.count('2206'), kiosk.count('2207')]).toEqual([0, 0]);
  });

  it('is not asked twice of somebody who came by identity card and face', async () => {
    const kiosk = kioskFor();
    kiosk.patient.come({
      'S-HOME': (its) => its.hall.idCards.present(issueIdCard(its.hall.parties.patient('zhang'))),
      ...lookedAt('zhang', { 'S-WHO': (its) => its.hall.idCards.takeAway() }),
    });
    await kiosk.run(() => kiosk.ended.length > 0 && kiosk.atRest);
    expect(kiosk.patient.screens.filter((name) => name === 'S-FACE-ASK')).toHaveLength(1);
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });

  it.each([
    ['would rather not be looked at', {}, (its: VirtualKiosk) => its.patient.touch({ do: 'decline' }), 'face.declined'],
    ['finds no face check at the kiosk', { face: false }, () => undefined, 'face.unavailable'],
  ] as const)('who %s is sent to a person, and pays nothing', async (_, setting, deed, audit) => {
    const kiosk = kioskFor(setting);
    await kiosk.visit({ 'S-FACE-ASK': deed });
    expectRefused(kiosk, 'S-STOP', 'personUnchecked');
    expect(kiosk.audited(audit)).toHaveLength(1);
    expect(helped(kiosk)).toEqual([]);
  });

  it('a proxy is sent to a person: the face at the kiosk is not the patient’s', async () => {
    const kiosk = kioskFor();
    kiosk.hand('registerProxy', 'li');
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('proxy'),
      'S-ID-HELP': [
        'insertCard',
        (its) => {
          its.hand('removeCard');
          its.hand('insertCardOf', 'li');
        },
      ],
      'S-STOP': (its) => {
        its.hand('removeCard');
        its.patient.touch({ do: 'confirm' });
      },
    });
    expectExplained(kiosk, 'S-STOP', 'personUnchecked');
    expect(asked(kiosk)).toBe(false);
    expectUntouched(kiosk);
  });
});

describe('a 医保码 that was sent on as a picture', () => {
  const relayed: Plan = { 'S-HOME': 'showCode' };

  it('[SZ-217b] fresh, with somebody else at the kiosk, is caught by the person check of a flagged bill and of a sum that the place names; used, expired, or with nobody there it is refused; each is audited', async () => {
    const fromSum = (profile: { checks: Record<string, unknown> }): void => {
      profile.checks['person'] = { fromFen: 50_000 };
    };
    const caught: readonly Setting[] = [{}, { bills: ['example'], rules: fromSum }];
    for (const setting of caught) {
      const kiosk = kioskFor(setting);
      await kiosk.visit({ ...relayed, ...lookedAt('li') });
      expectRefused(kiosk, 'S-STOP', 'personDiffers');
      expect(kiosk.audited('face.differs')).toHaveLength(1);
    }
    // Below the sum nobody is looked at.
    const below = kioskFor({ bills: ['small'], rules: fromSum });
    await below.visit({ ...relayed, ...lookedAt('zhang') });
    expect([asked(below), ...below.ended]).toEqual([false, 'settled']);

    const refusals: readonly [string, (its: VirtualKiosk) => void, 'codeExpiredOrUsed' | 'nobodyThere'][] = [
      [
        'used at a window',
        (its) => its.hall.parties.eCredentials.decode(code(its), '339900', '01301'),
        'codeExpiredOrUsed',
      ],
      ['a minute old', () => undefined, 'codeExpiredOrUsed'],
      ['nobody there', () => undefined, 'nobodyThere'],
    ];
    for (const [what, before, reason] of refusals) {
      const presenceSensor = {
        now: () => (what === 'nobody there' ? 'gone' : 'here'),
        onChanged: () => () => undefined,
      } as const;
      const kiosk = kioskFor({ presenceSensor });
      shown.delete(kiosk);
      code(kiosk);
      before(kiosk);
      if (what === 'a minute old') await kiosk.pass(60_500);
      await kiosk.visit({ 'S-HOME': (its) => its.hall.scanner.show(code(its)), 'S-ID-HELP': 'cancel' });
      expectExplained(kiosk, 'S-ID-HELP', reason);
      expectUntouched(kiosk);
    }
    // The same code twice at this kiosk: the second is not even asked about.
    const twice = kioskFor({ bills: ['example'] });
    await twice.visit({ ...relayed, 'S-WHO': 'decline' });
    await twice.pass(5_000);
    await twice.visit({ 'S-HOME': 'showSameCode', 'S-ID-HELP': 'cancel' });
    expectExplained(twice, 'S-ID-HELP', 'codeExpiredOrUsed');
    expect(twice.hall.parties.eCredentials.uses).toHaveLength(1);
  });
});

const shown = new Map<VirtualKiosk, string>();
/** One code a kiosk, shown on the phone when it is first asked for. */
function code(kiosk: VirtualKiosk): string {
  const text = shown.get(kiosk) ?? kiosk.hall.parties.showECredential('zhang');
  shown.set(kiosk, text);
  return text;
}

describe('the end of a stay', () => {
  const leaving = (plan: Plan): Plan => ({
    'S-HOME': ({ patient }) => patient.open('inpatient'),
    'S-ID-HELP': 'insertCard',
    'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'discharge' }),
    ...plan,
  });

  it('[part of SZ-213b] where the place wants it the patient’s face is matched before anything is figured; another face, or none, settles nothing', async () => {
    const wants = {
      bills: [],
      stays: ['ready'],
      person: 'huang',
      rules: (profile: { checks: Record<string, unknown> }) => {
        profile.checks['person'] = { inpatient: true };
      },
    } as const;
    const matched = kioskFor(wants);
    await matched.visit(leaving(lookedAt('huang')));
    expect([asked(matched), ...matched.ended]).toEqual([true, 'settled']);

    const other = kioskFor(wants);
    await other.visit(leaving(lookedAt('li')));
    expectExplained(other, 'S-STOP', 'personDiffers');
    const none = kioskFor({ ...wants, face: false });
    await none.visit(leaving({}));
    expectExplained(none, 'S-STOP', 'personUnchecked');
    for (const kiosk of [other, none]) expect([kiosk.count('2303'), kiosk.count('2304')]).toEqual([0, 0]);

    const elsewhere = kioskFor({ ...wants, rules: () => undefined });
    await elsewhere.visit(leaving(lookedAt('huang')));
    expect([asked(elsewhere), ...elsewhere.ended]).toEqual([false, 'settled']);
  });
});
