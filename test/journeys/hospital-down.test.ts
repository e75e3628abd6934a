/** The hospital's system does not answer: the home screen offers what works without it, before anybody pays anything. */
import { describe, expect, it } from 'vitest';
import { expectFree, expectUntouched } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

const EVERYTHING = ['settleOutpatient', 'registration', 'inpatient', 'papers', 'more', 'guides'];

function home(kiosk: VirtualKiosk) {
  const { body } = kiosk.patient;
  return body?.name === 'S-HOME' ? body : undefined;
}

async function down(minutes = 1): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk();
  await kiosk.run(() => kiosk.atRest);
  expect(home(kiosk)?.jobs).toEqual(EVERYTHING);
  kiosk.hand('cutHospitalLine');
  await kiosk.pass(minutes * 60_000);
  return kiosk;
}

describe('while the hospital does not answer', () => {
  it('the menu shrinks within a minute to what works without it, and says so with nobody there', async () => {
    const kiosk = await down();
    expect(home(kiosk)).toMatchObject({ hospital: 'closed', jobs: ['papers', 'complaint', 'guides'] });
    expect(kiosk.audited('hospital.silent')).toHaveLength(1);
    const seen: unknown[] = [];
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.touch({ do: 'menu', menu: 'papers' }),
      'S-MENU': ({ patient }) => {
        seen.push(patient.body?.name === 'S-MENU' && patient.body.jobs);
        patient.touch({ do: 'cancel' });
      },
    });
    expect(seen).toEqual([['records', 'findMoney']]);
  });

  it('what is offered can be done: guides, a complaint with its number, one’s own insurance', async () => {
    const kiosk = await down();
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('guides'),
      'S-GUIDES': ({ patient }) => patient.touch({ do: 'cancel' }),
    });
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('complaint'),
      'S-CHOOSE': ({ patient }) => patient.touch({ do: 'choose', id: 'fee' }),
    });
    await kiosk.visit({ 'S-HOME': ({ patient }) => patient.open('records'), 'S-ID-HELP': 'insertCard' });
    expect(kiosk.ended).toEqual(['guidesRead', 'complained', 'recordsShown']);
    expect(bodyOf(kiosk.patient.bodies, 'S-RECORDS').rows).not.toEqual([]);
  });

  it('who puts a card down all the same is told before any money, and nothing was taken', async () => {
    const kiosk = await down();
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('hospitalUnreachable');
    expectUntouched(kiosk);
  });
});

describe('when it answers again', () => {
  it('all tiles are back by themselves within half a minute, and a bill is paid', async () => {
    const kiosk = await down(10);
    kiosk.hand('restoreHospitalLine');
    await kiosk.pass(31_000);
    expect(home(kiosk)?.jobs).toEqual(EVERYTHING);
    expect(home(kiosk)).not.toHaveProperty('hospital');
    expect(kiosk.audited('hospital.answersAgain')).toHaveLength(1);
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled']);
    expectFree(kiosk);
  });
});

it('one lost message closes nothing', async () => {
  const kiosk = new VirtualKiosk();
  await kiosk.run(() => kiosk.atRest);
  kiosk.hall.parties.wires.hospital.mischief.loseRequest(1, { path: '/v1/calls' });
  await kiosk.pass(90_000);
  expect(home(kiosk)?.jobs).toEqual(EVERYTHING);
  expect(kiosk.audited('hospital.silent')).toEqual([]);
});
