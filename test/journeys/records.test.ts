/** 我的医保: covered until the eye is touched, and what is covered is not on the page. */
import { describe, expect, it } from 'vitest';
import type { PresenceWord } from '../../firmware/session/presence.ts';
import { patientByKey } from '../../hardware-sim/parties/people/patients.ts';
import { expectExplained, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const kioskFor = (setting: Setting = {}): VirtualKiosk => new VirtualKiosk({ bills: [], ...setting });
const looking = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('records'),
  'S-ID-HELP': 'insertCard',
  ...plan,
});
const show = (kiosk: VirtualKiosk): void => kiosk.patient.touch({ do: 'choose', id: 'show' });
const pages = (kiosk: VirtualKiosk) =>
  kiosk.patient.bodies.flatMap((body) => (body.name === 'S-RECORDS' ? [body] : []));

describe('what the centre knows of a person', () => {
  it('[part of SZ-261] is not on the page until the eye is touched, and is covered again after ten seconds', async () => {
    const kiosk = kioskFor();
    const { filings } = kiosk.hall.parties.insurance;
    const { personNumber } = patientByKey('zhang');
    filings.fileChronic(personNumber, { code: 'M00500', name: '高血压', begunOn: '2025-01-01' });
    filings.file(personNumber, { kind: '03', begunOn: '2025-01-01' });
    const seen: string[] = [];
    await kiosk.visit(
      looking({
        'S-RECORDS': (its) => {
          show(its);
          its.hall.clock.timer(12_000, () => its.patient.touch({ do: 'confirm' }));
        },
      }),
    );
    for (const page of pages(kiosk)) seen.push(page.open ? 'open' : 'covered');
    expect(seen).toEqual(['covered', 'open', 'covered']);
    for (const page of pages(kiosk).filter(({ open }) => !open)) {
      expect(page.rows.flatMap(({ values }) => values)).toEqual([]);
    }
    const open = pages(kiosk).find((page) => page.open);
    expect(open?.rows).toMatchObject([
      { label: 'insurance', values: [{ insuranceType: '310', active: true }] },
      { label: 'balance', values: [{ amountFen: 12_035 }] },
      { label: 'chronic', values: [{ text: '高血压' }] },
      { label: 'inHospital', values: [{ kind: 'none' }] },
      { label: 'designated', values: [{ text: '医站演示医院' }] },
    ]);
    expect(open?.maskedName).toBe('张*一');
    expect(kiosk.ended).toEqual(['recordsShown']);
    expect(kiosk.audited('records.shown')[0]?.fields).toContain('"count":1');
    expectUntouched(kiosk);
  });

  it('is covered at once when somebody comes or goes', async () => {
    const listeners = new Set<(word: PresenceWord) => void>();
    const presenceSensor = {
      now: (): PresenceWord => 'here',
      onChanged: (listener: (word: PresenceWord) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const kiosk = kioskFor({ presenceSensor });
    await kiosk.visit(
      looking({
        'S-RECORDS': (its) => {
          show(its);
          its.hall.clock.timer(2_000, () => {
            for (const listener of [...listeners]) listener('here');
          });
          its.hall.clock.timer(3_000, () => its.patient.touch({ do: 'confirm' }));
        },
      }),
    );
    expect(pages(kiosk).map(({ open }) => open)).toEqual([false, true, false]);
    expectUntouched(kiosk);
  });

  it('says of each thing that cannot be asked that it cannot, and shows the others', async () => {
    const kiosk = kioskFor();
    kiosk.insurance.loseAnswer(1, { transaction: '5302' });
    await kiosk.visit(looking({ 'S-RECORDS': [(its) => show(its)], 'S-STILL-THERE': 'nothing' }));
    const open = pages(kiosk).find((page) => page.open);
    expect(open?.rows.map(({ values }) => values[0]?.kind)).toEqual(['insurance', 'money', 'none', 'none', 'unknown']);
    expectUntouched(kiosk);
  });

  it.each([
    ['has seen enough', 'confirm', 'recordsShown'],
    ['walks away', 'nothing', 'timeOut'],
  ] as const)('who %s leaves nothing behind', async (_, deed, end) => {
    const kiosk = kioskFor();
    await kiosk.visit(looking({ 'S-RECORDS': deed }));
    expect(kiosk.ended).toEqual([end]);
    expect(kiosk.diskText()).not.toMatch(/张演一|99000019/);
    expectUntouched(kiosk);
  });

  it('cannot be had with the line cut, and that is said', async () => {
    const kiosk = kioskFor();
    kiosk.patient.come(
      looking({
        'S-ID-HELP': (its) => {
          its.hand('cutInsuranceLine');
          its.hand('insertCard');
        },
      }),
    );
    await kiosk.run(() => kiosk.patient.hasCome && kiosk.atRest);
    expectExplained(kiosk, 'S-STOP', 'insuranceUnreachable');
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').offers ?? []).toEqual([]);
    expectUntouched(kiosk);
  });
});
