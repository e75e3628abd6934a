/** A member of staff vouches with their own key: for the paper of a proxy, and that person and card match. */
import { beforeAll, describe, expect, it } from 'vitest';
import { StaffCardAuthority, TEST_STAFF } from '../../hardware-sim/devices/piv-card/staff-card-authority.ts';
import { expectExplained, expectFree, expectUntouched } from './endings.ts';
import type { Deed, Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const PIN = '471100';
type Card = Awaited<ReturnType<StaffCardAuthority['issue']>>['card'];
let authority: StaffCardAuthority;
let stranger: StaffCardAuthority;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([StaffCardAuthority.create(), StaffCardAuthority.create()]);
});

function kioskWith(setting: Setting = {}): VirtualKiosk {
  const roots = [authority.certificate.toString()];
  return new VirtualKiosk({
    ...setting,
    deviceRows: { personToken: { id: 'staff-token', address: 'sim:staff-token', roots } },
  });
}

const issued = async (by = authority, options = {}): Promise<Card> =>
  (await by.issue(TEST_STAFF.supervisor, { algorithm: 'eccP256', ...options })).card;

/** Puts the key in, then types these PINs one after the other. */
const vouches =
  (card: Card, ...pins: readonly string[]): Deed =>
  ({ hall, patient }) => {
    hall.staffSlot.insert(card);
    pins.forEach((text, place) => {
      hall.clock.timer(3_000 * (place + 1), () => patient.touch({ do: 'typed', text }));
    });
  };

const takesKey = ({ hall }: VirtualKiosk): void => {
  if (hall.staffSlot.card) hall.staffSlot.remove();
};

const acting = (plan: Plan): Plan => ({
  'S-HOME': ({ patient }) => patient.open('proxy'),
  'S-ID-HELP': [
    'insertCard',
    (its) => {
      its.hand('removeCard');
      its.hand('insertCardOf', 'li');
    },
  ],
  'S-BILL': (its) => {
    takesKey(its);
    its.hand('removeCard');
    its.patient.touch({ do: 'confirm' });
  },
  'S-STOP': (its) => {
    takesKey(its);
    its.hand('removeCard');
    its.patient.touch({ do: 'confirm' });
  },
  ...plan,
});

describe('a proxy whom nobody registered, with a paper', () => {
  it('[part of Y4-12b] is let through by a staff key once, by name of the key’s holder, and the slip names both', async () => {
    const kiosk = kioskWith();
    await kiosk.visit(acting({ 'S-STAFF': vouches(await issued(), PIN) }));
    expect(kiosk.ended).toEqual(['settled']);
    expect(bodyOf(kiosk.patient.bodies, 'S-STAFF').purpose).toBe('paperProxy');
    expect(kiosk.slips.at(-1)).toMatch(/姓名\s+张\*一\n代办人\s+李\*二/);
    expect(JSON.parse(kiosk.audited('staff.vouched')[0]?.fields ?? '{}')).toMatchObject({
      ...{ choice: 'paperProxy', by: TEST_STAFF.supervisor.staffNumber, state: 'supervise' },
    });
    expect(kiosk.audited('proxy.accepted')[0]?.fields).toContain('paper');
    // Of the paper's right nothing is left for the next time, and of the PIN nothing at all.
    expect(kiosk.diskText()).not.toContain(PIN);
    expect(JSON.stringify(kiosk.patient.bodies)).not.toContain(PIN);
    await kiosk.visit(acting({ 'S-STAFF': 'decline' }));
    expectExplained(kiosk, 'S-STOP', 'proxyNotAuthorised');
    expectFree(kiosk);
  });

  it('has three tries at the PIN, then nothing of the patient is shown', async () => {
    const kiosk = kioskWith();
    await kiosk.visit(acting({ 'S-STAFF': vouches(await issued(), '000000', '111111', '222222') }));
    expectExplained(kiosk, 'S-STOP', 'proxyNotAuthorised');
    expect(kiosk.audited('staff.refused').map(({ fields }) => JSON.parse(fields).reason)).toEqual([
      'pinWrong',
      'pinWrong',
      'pinBlocked',
    ]);
    expect(kiosk.patient.screens).not.toContain('S-BILL');
    expectUntouched(kiosk);
  });

  it.each([
    ['of another house', () => issued(stranger)],
    ['that ran out', () => issued(authority, { notAfter: Date.UTC(2026, 1, 1) })],
    [
      'without a duty here',
      async () => (await authority.issue({ ...TEST_STAFF.engineer, duty: 'cleaning' }, { algorithm: 'eccP256' })).card,
    ],
  ])('is not let through by a key %s, and no PIN is shown to it', async (_, key) => {
    const kiosk = kioskWith();
    const card = await key();
    await kiosk.visit(
      acting({
        'S-STAFF': ({ hall, patient }) => {
          hall.staffSlot.insert(card);
          hall.clock.timer(3_000, () => patient.touch({ do: 'typed', text: PIN }));
          hall.clock.timer(6_000, () => patient.touch({ do: 'decline' }));
        },
      }),
    );
    expect(bodyOf(kiosk.patient.bodies, 'S-STAFF').problem).toBe('unknown');
    expectExplained(kiosk, 'S-STOP', 'proxyNotAuthorised');
    expectUntouched(kiosk);
  });

  it('is at the window where the kiosk trusts nobody’s key', async () => {
    const kiosk = new VirtualKiosk({ deviceRows: { personToken: { id: 'staff-token', address: 'sim:staff-token' } } });
    await kiosk.visit(acting({}));
    expect(kiosk.patient.screens).not.toContain('S-STAFF');
    expectExplained(kiosk, 'S-STOP', 'proxyNotAuthorised');
  });

  it('a key that is pulled before its PIN vouches for nothing', async () => {
    const kiosk = kioskWith();
    const card = await issued();
    await kiosk.visit(
      acting({
        'S-STAFF': ({ hall, patient }) => {
          hall.staffSlot.insert(card);
          hall.clock.timer(2_000, () => void hall.staffSlot.remove());
          hall.clock.timer(4_000, () => patient.touch({ do: 'typed', text: PIN }));
          hall.clock.timer(6_000, () => patient.touch({ do: 'decline' }));
        },
      }),
    );
    expect(kiosk.audited('staff.vouched')).toEqual([]);
    expectUntouched(kiosk);
  });
});

describe('the end of a stay where the place wants the person looked at', () => {
  const inWard: Setting = {
    ...{ bills: [], stays: ['ready'] },
    rules: (profile) => {
      profile.checks['person'] = { inpatient: true };
    },
  };
  const leaves = (plan: Plan): Plan => ({
    'S-HOME': ({ patient }) => patient.open('inpatient'),
    'S-ID-HELP': 'insertCard',
    'S-STOP': (its) => {
      takesKey(its);
      its.patient.touch({ do: 'confirm' });
    },
    'S-SPLIT': (its) => {
      takesKey(its);
      its.patient.pay();
    },
    ...plan,
  });

  it('[part of SZ-213b] with no face check 人卡相符 is a staff key’s word, with its number in the trail before 2304', async () => {
    const kiosk = kioskWith(inWard);
    await kiosk.visit(leaves({ 'S-STAFF': vouches(await issued(), PIN) }));
    expect(kiosk.ended).toEqual(['settled']);
    expect(bodyOf(kiosk.patient.bodies, 'S-STAFF').purpose).toBe('personMatches');
    const [vouched] = kiosk.audited('staff.vouched');
    const [begun] = kiosk.audited('settlement.begun');
    expect(vouched?.fields).toContain(TEST_STAFF.supervisor.staffNumber);
    expect(vouched?.seq).toBeLessThan(begun?.seq ?? 0);
    expectFree(kiosk);
  });

  it('[part of SZ-213b] where the place asks for it the confirmation is printed for the ward’s signature, and not kept', async () => {
    const kiosk = kioskWith({
      ...inWard,
      rules: (profile) => {
        profile.checks['person'] = { inpatient: true, sheet: true };
      },
    });
    await kiosk.visit(leaves({ 'S-STAFF': vouches(await issued(), PIN) }));
    expect(kiosk.ended).toEqual(['settled']);
    const [sheet = ''] = kiosk.slips;
    for (const words of ['人卡相符确认单', '张*一', TEST_STAFF.supervisor.staffNumber, '签名']) {
      expect(sheet).toContain(words);
    }
    expect(sheet).not.toContain('张演一');
    expect(kiosk.diskText()).not.toContain('人卡相符确认单');
    expectFree(kiosk);
  });

  it('[part of SZ-213b] without it nothing reaches the centre', async () => {
    const kiosk = kioskWith(inWard);
    await kiosk.visit(leaves({ 'S-STAFF': 'decline' }));
    expectExplained(kiosk, 'S-STOP', 'personUnchecked');
    expect(kiosk.count('2304')).toBe(0);
    expectFree(kiosk);
  });
});
