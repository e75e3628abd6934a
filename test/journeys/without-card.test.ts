/** Somebody without insurance from the home screen to a bill paid at own expense: hospital card, wristband, passport. */
import { describe, expect, it } from 'vitest';
import { expectExplained, expectFree, expectUntouched } from './endings.ts';
import type { Deed, Plan } from './patient.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const types =
  (text: string): Deed =>
  ({ patient }) =>
    patient.touch({ do: 'typed', text });

const chooses =
  (id: string): Deed =>
  ({ patient }) =>
    patient.touch({ do: 'choose', id });

/** By the tile, the button under the three pictures, and the number. */
const without = (id: string, number: string, birthday: string, plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('settleOutpatient'),
  'S-ID-HELP': ({ patient }) => patient.touch({ do: 'withoutCard' }),
  'S-CHOOSE': chooses(id),
  'S-TYPE': [types(number), types(birthday)],
  'S-STOP': ({ patient }) => patient.touch({ do: 'ownExpense' }),
  'S-OWN-EXPENSE': 'confirm',
  ...plan,
});

const kioskFor = (person: string): VirtualKiosk => {
  const kiosk = new VirtualKiosk({ bills: [] });
  kiosk.hall.parties.hospital.addBill(person, 'small');
  return kiosk;
};

const PAID = { claims: 0, chargedFen: 6_480, confirmed: 1 };

describe('finds the way from the home screen to the own-expense bill', () => {
  it.each([
    ['a hospital card', 'cardOnly', 'visitCard', 'JZ99000000903', '19900909', 'noCredential'],
    ['a newborn’s wristband', 'newborn', 'newborn', 'JZ99000000902', '20260227', 'noCredential'],
    ['a passport', 'visitor', 'passport', 'XX9900017', '19940217', 'noInsurance'],
  ] as const)('with %s whose number is typed', async (_, person, id, number, birthday, reason) => {
    const kiosk = kioskFor(person);
    await kiosk.visit(without(id, number, birthday));
    expect(kiosk.ended).toEqual(['settled']);
    expectExplained(kiosk, 'S-STOP', reason);
    expect(kiosk.books).toEqual(PAID);
    const slip = kiosk.slips.join('\n');
    expect(slip).toContain('自费结算单');
    expect(slip).not.toContain(number);
    // Nobody's number is asked of the insurance.
    expect(kiosk.count('1101')).toBe(0);
    expectFree(kiosk);
  });

  it.each([
    ['a hospital card', 'cardOnly', 'JZ99000000903'],
    ['a newborn’s wristband', 'newborn', 'JZ99000000902'],
    ['the hospital card of somebody with a passport', 'visitor', 'JZ99000000901'],
  ] as const)('with %s held up at the home screen, without typing anything', async (_, person, code) => {
    const kiosk = kioskFor(person);
    await kiosk.visit({
      'S-HOME': ({ hall }) => void hall.scanner.show(code),
      'S-STOP': ({ patient }) => patient.touch({ do: 'ownExpense' }),
      'S-OWN-EXPENSE': 'confirm',
    });
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toEqual(PAID);
    expect(kiosk.patient.touches).toBeLessThanOrEqual(4);
    expectFree(kiosk);
  });

  it('a wristband may be held up on the page where its number is asked for', async () => {
    const kiosk = kioskFor('newborn');
    await kiosk.visit(without('newborn', '', '', { 'S-TYPE': ({ hall }) => void hall.scanner.show('JZ99000000902') }));
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.books).toEqual(PAID);
    expectFree(kiosk);
  });
});

describe('a number alone', () => {
  it('opens nothing with another birthday, and says only that they differ', async () => {
    const kiosk = kioskFor('visitor');
    await kiosk.visit(
      without('passport', 'XX9900017', '19940218', {
        'S-ID-HELP': [({ patient }) => patient.touch({ do: 'withoutCard' }), 'cancel'],
      }),
    );
    expectExplained(kiosk, 'S-ID-HELP', 'numberDiffers');
    expect(kiosk.patient.screens).not.toContain('S-OWN-EXPENSE');
    expectUntouched(kiosk);
  });

  it('of nobody is told the same, so that no number can be tried out', async () => {
    const kiosk = kioskFor('visitor');
    await kiosk.visit(
      without('passport', 'XX0000000', '19940217', {
        'S-ID-HELP': [({ patient }) => patient.touch({ do: 'withoutCard' }), 'cancel'],
      }),
    );
    expectExplained(kiosk, 'S-ID-HELP', 'numberDiffers');
    expectUntouched(kiosk);
  });

  it('can be tried three times, then a person helps', async () => {
    const kiosk = kioskFor('visitor');
    const wrong = types('19940218');
    const number = types('XX9900017');
    await kiosk.visit(without('passport', '', '', { 'S-TYPE': [number, wrong, number, wrong, number, wrong] }));
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('personNotFound');
    expectUntouched(kiosk);
  });

  it('opens nothing private: one’s own insurance wants a card of one’s own', async () => {
    const kiosk = kioskFor('cardOnly');
    await kiosk.visit(
      without('visitCard', 'JZ99000000903', '19900909', {
        'S-HOME': ({ patient }) => patient.open('reprint'),
        'S-STOP': 'confirm',
      }),
    );
    expectExplained(kiosk, 'S-STOP', 'ownCardNeeded');
    expectUntouched(kiosk);
  });
});

it('who turns back from the number is at the three pictures again, and a card still works', async () => {
  const kiosk = new VirtualKiosk({ bills: ['small'] });
  await kiosk.visit({
    'S-HOME': ({ patient }) => patient.open('settleOutpatient'),
    'S-ID-HELP': [({ patient }) => patient.touch({ do: 'withoutCard' }), 'insertCard'],
    'S-CHOOSE': chooses('passport'),
    'S-TYPE': 'decline',
  });
  expect(kiosk.ended).toEqual(['settled']);
  expectFree(kiosk);
});
