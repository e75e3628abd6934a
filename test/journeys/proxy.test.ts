/** 亲友代办: the patient's own credential, then the proxy's, then the right to act; both stand on every page and the slip. */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectExplained, expectFree, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const acting = (proxy: string, plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('proxy'),
  'S-ID-HELP': [
    'insertCard',
    (its) => {
      its.hand('removeCard');
      its.hand('insertCardOf', proxy);
    },
  ],
  'S-BILL': (its) => {
    its.hand('removeCard');
    its.patient.touch({ do: 'confirm' });
  },
  'S-STOP': (its) => {
    its.hand('removeCard');
    its.patient.touch({ do: 'confirm' });
  },
  ...plan,
});

function kioskFor(setting: Setting = {}, registered = 'li'): VirtualKiosk {
  const kiosk = new VirtualKiosk(setting);
  if (registered !== 'nobody') kiosk.hand('registerProxy', registered);
  return kiosk;
}

describe('somebody with a registered right', () => {
  it('[Y4-12b] settles for the patient; every page and the slip name both, masked', async () => {
    const kiosk = kioskFor();
    const heads = new Set<string>();
    await kiosk.visit(
      acting('li', {
        'S-SPLIT': (its) => {
          heads.add(JSON.stringify(its.patient.screen?.actingFor));
          its.patient.pay();
        },
      }),
    );
    expect(kiosk.ended).toEqual(['settled']);
    expect([...heads]).toEqual(['{"maskedPatient":"张*一","maskedProxy":"李*二"}']);
    expect(kiosk.slips.at(-1)).toMatch(/姓名\s+张\*一\n代办人\s+李\*二/);
    // The bill, the claim and the money are the patient's.
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expect(kiosk.audited('proxy.accepted')[0]?.fields).toContain('registered');
    // The next person is nobody's proxy.
    expect(kiosk.patient.screen?.actingFor).toBeUndefined();
    expectFree(kiosk);
  });

  it('[part of SZ-215] says whose credential is wanted, the patient’s first', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(acting('li'));
    const asked = kiosk.patient.bodies.flatMap((body) => (body.name === 'S-ID-HELP' ? [body.whose] : []));
    expect([...new Set(asked)]).toEqual(['patient', 'proxy']);
    expectFree(kiosk);
  });

  it('the guardian of a child needs no registration', async () => {
    const kiosk = kioskFor({ person: 'zhou' }, 'nobody');
    const { hospital } = kiosk.hall.parties;
    hospital.proxies.registerGuardian(hospital.person('zhou'), hospital.person('wang'));
    await kiosk.visit(acting('wang', { 'S-BILL': ['removeCard', 'cancel'] }));
    expect(kiosk.audited('proxy.accepted')[0]?.fields).toContain('guardian');
    expectFree(kiosk);
  });
});

describe('what else is done for a patient', () => {
  it.each([
    ['a discharge', 'ready', 'discharge'],
    ['a deposit', 'noDischargeOrder', 'deposit'],
  ] as const)('[part of Y4-12b] %s: the slip names both', async (_, stay, offer) => {
    const kiosk = kioskFor({ bills: [], stays: [stay] });
    const inpatient: Plan = {
      'S-MENU': [
        ({ patient }) => patient.openWanted(),
        ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
      ],
      'S-STAY': (its) => {
        its.hand('removeCard');
        its.patient.touch({ do: 'choose', id: offer });
      },
    };
    await kiosk.visit(acting('li', inpatient));
    expect(kiosk.ended).toEqual(['settled']);
    expect(kiosk.slips.at(-1)).toMatch(/姓名\s+张\*一\n代办人\s+李\*二/);
    expectFree(kiosk);
  });
});

describe('who has no right', () => {
  it('[Y4-12b] sees nothing of the patient and is told reason and window', async () => {
    const kiosk = kioskFor({}, 'nobody');
    await kiosk.visit(acting('li'));
    expectExplained(kiosk, 'S-STOP', 'proxyNotAuthorised');
    const shown = JSON.stringify(kiosk.patient.bodies);
    for (const words of ['S-BILL', 'S-WHO', '张*']) expect(shown).not.toContain(words);
    expectUntouched(kiosk);
  });

  it('whose right has run out is told so', async () => {
    const kiosk = kioskFor({}, 'nobody');
    const { hospital } = kiosk.hall.parties;
    hospital.proxies.register(hospital.person('zhang'), hospital.person('li'), '2026-01-31');
    await kiosk.visit(acting('li'));
    expectExplained(kiosk, 'S-STOP', 'proxyExpired');
    expectUntouched(kiosk);
  });

  it('who puts the same card down twice acts for nobody', async () => {
    const kiosk = kioskFor();
    await kiosk.visit(acting('zhang'));
    expectExplained(kiosk, 'S-STOP', 'proxyIsPatient');
    expectUntouched(kiosk);
  });

  it('cannot be known while the hospital does not answer', async () => {
    const kiosk = kioskFor();
    kiosk.hall.parties.wires.hospital.mischief.loseRequest(1, { path: '/v1/proxies' });
    await kiosk.visit(acting('li'));
    expectExplained(kiosk, 'S-STOP', 'hospitalUnreachable');
    expectUntouched(kiosk);
  });
});

it.each([
  ['gives up before the second card', ['insertCard', 'cancel'], 'canceled'],
  ['walks away before the second card', ['removeCard', 'nothing'], 'timeOut'],
] as const)('who %s has settled nothing', async (_, deeds, end) => {
  const kiosk = kioskFor();
  const plan: Plan =
    deeds[1] === 'cancel'
      ? {
          'S-ID-HELP': [
            'insertCard',
            (its) => {
              its.hand('removeCard');
              its.patient.touch({ do: 'cancel' });
            },
          ],
        }
      : { 'S-ID-HELP': ['insertCard', 'removeCard'] };
  await kiosk.visit(acting('li', plan));
  expect(kiosk.ended).toEqual([end]);
  expect(kiosk.patient.bodies.some(({ name }) => name === 'S-BILL')).toBe(false);
  expectUntouched(kiosk);
});

it('a fault of the insurance line opens no way to a bill before the right is known', async () => {
  const kiosk = kioskFor({}, 'nobody');
  kiosk.insurance.loseRequest(1, { transaction: '1101' });
  await kiosk.visit(acting('li'));
  expectExplained(kiosk, 'S-STOP', 'insuranceUnreachable');
  expect(bodyOf(kiosk.patient.bodies, 'S-STOP').offers ?? []).toEqual([]);
  expectUntouched(kiosk);
});

it('a visit card is no credential of a proxy', async () => {
  const kiosk = kioskFor();
  await kiosk.visit(
    acting('li', {
      'S-ID-HELP': [
        'insertCard',
        (its) => {
          its.hand('removeCard');
          its.hand('showText', 'JZ99000000102');
        },
      ],
    }),
  );
  expectExplained(kiosk, 'S-STOP', 'ownCardNeeded');
  expect(bodyOf(kiosk.patient.bodies, 'S-STOP').offers ?? []).toEqual([]);
  expectUntouched(kiosk);
});
