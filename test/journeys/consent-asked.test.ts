/** Who is asked before something that no fund pays is charged: by amount, by place, by emergency. */
import { describe, expect, it } from 'vitest';
import { formatYuan } from '../../firmware/money.ts';
import { withMember } from '../../hardware-sim/parties/bad-answers.ts';
import { expectFree, expectRefused, expectUntouched, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const asked = (kiosk: VirtualKiosk): boolean => kiosk.patient.screens.includes('S-CONSENT');
const auditOf = (kiosk: VirtualKiosk, event: string) =>
  kiosk.audited(event).map((entry) => JSON.parse(entry.fields) as Record<string, string>);

function of(bill: string, setting: Setting = {}): VirtualKiosk {
  return new VirtualKiosk({ person: 'wang', bills: [bill], ...setting });
}

describe('Zhejiang: from 200.00 yuan on', () => {
  it('[Z-6.2.4] 199.99 passes, 200.00 asks, so do sums over lines, bills and a stay; what was done untold goes to the desk; yes and no are kept', async () => {
    for (const [bill, due] of [
      ['consent19999', false],
      ['consent20000', true],
      ['consentSum', true],
      ['consentMany', true],
    ] as const) {
      const kiosk = of(bill);
      await kiosk.visit({ 'S-CONSENT': 'decline' });
      expect(asked(kiosk)).toBe(due);
      if (due) expectRefused(kiosk, 'S-STOP', 'consentDeclined');
    }
    const leaves: Plan = {
      'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
      'S-ID-HELP': 'insertCard',
      'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'discharge' }),
    };
    // What the ward asked about counts towards the sum, and is not asked again.
    const stay = new VirtualKiosk({ person: 'wang', bills: [], stays: ['ownAddsUp'] });
    await stay.visit(leaves);
    expect(bodyOf(stay.patient.bodies, 'S-CONSENT')).toMatchObject({ totalFen: 9_120, items: [{ quantity: '2' }] });
    expect(stay.ended).toEqual(['settled']);
    const [given] = auditOf(stay, 'consent.given');
    const id = given?.['consent'] ?? 'none';
    expect(stay.journalText()).toContain(id);
    expect(stay.slips.join('\n')).toContain(id);
    const declined = new VirtualKiosk({ person: 'wang', bills: [], stays: ['ownAddsUp'] });
    await declined.visit({ ...leaves, 'S-CONSENT': 'decline' });
    expect(declined.books).toMatchObject({ claims: 0, confirmed: 0 });

    const untold = new VirtualKiosk({ person: 'wang', bills: [], stays: ['notAsked'] });
    await untold.visit(leaves);
    expect(asked(untold)).toBe(false);
    expect(bodyOf(untold.patient.bodies, 'S-HELD').reason).toBe('notToldBefore');
    expect(untold.books).toMatchObject({ claims: 0, confirmed: 0 });
    const told = of('consent20000');
    told.hall.parties.wires.hospital.mischief.answer(1, withMember('performed', true), { path: '/bills/search' });
    await told.visit({});
    expectRefused(told, 'S-HELD', 'notToldBefore');
  });

  const cases: readonly [what: string, bill: string, due: boolean, ownFen: number, itemsFen: number][] = [
    ['one item of 199.99', 'consent19999', false, 24_999, 0],
    ['one item of exactly 200.00', 'consent20000', true, 25_000, 20_000],
    ['one item of 200.01', 'consent20001', true, 25_001, 20_001],
    ['120.00 and 80.00', 'consentSum', true, 25_000, 20_000],
    ['30.00 seven times', 'consentMany', true, 26_000, 21_000],
  ];
  for (const [what, bill, due, ownFen, itemsFen] of cases) {
    it(`[part of Z-6.2.4] ${what} ${due ? 'asks for' : 'does not ask for'} consent before anything is paid`, async () => {
      const kiosk = of(bill);
      await kiosk.visit({});
      expect(asked(kiosk)).toBe(due);
      if (due) expect(bodyOf(kiosk.patient.bodies, 'S-CONSENT').totalFen).toBe(itemsFen);
      expect(kiosk.books).toEqual({ claims: 1, chargedFen: ownFen, confirmed: 1 });
    });
  }

  it('[part of Z-6.2.4] two bills of one visit are added up before they are judged', async () => {
    const kiosk = new VirtualKiosk({ person: 'wang', bills: ['consent19999', 'consent19999'] });
    kiosk.hall.parties.wires.hospital.mischief.answer(1, withMember('outpatientNumber', 'OB000001'), {
      path: '/bills/search',
    });
    await kiosk.visit({});
    expect(asked(kiosk)).toBe(true);
    expect(bodyOf(kiosk.patient.bodies, 'S-CONSENT').items).toHaveLength(2);
  });

  it('two bills of two visits of 199.99 each do not ask', async () => {
    const kiosk = new VirtualKiosk({ person: 'wang', bills: ['consent19999', 'consent19999'] });
    await kiosk.visit({});
    expect(asked(kiosk)).toBe(false);
    expect(kiosk.books).toMatchObject({ claims: 2, confirmed: 2 });
  });

  it('[part of Z-6.2.4] items performed without asking go to the desk and are not consented to afterwards', async () => {
    const kiosk = of('consent20000');
    kiosk.hall.parties.wires.hospital.mischief.answer(1, withMember('performed', true), { path: '/bills/search' });
    await kiosk.visit({});
    expect(asked(kiosk)).toBe(false);
    expectRefused(kiosk, 'S-HELD', 'notToldBefore');
  });

  it('[part of Z-6.2.4] who agrees has the consent’s number in the journal and on the slip', async () => {
    const kiosk = of('consent20000');
    await kiosk.visit({});
    const [given] = auditOf(kiosk, 'consent.given');
    const id = given?.['consent'] ?? 'none';
    expect(id).toMatch(/^con_[0-9a-f]{16}$/);
    expect(kiosk.journalText()).toContain(id);
    expect(kiosk.slips.join('\n')).toContain(id);
  });

  for (const visitDrivenBy of ['hospital', 'kiosk'] as const) {
    it(`[part of Z-6.2.4] who declines is charged nothing when the ${visitDrivenBy} drove the visit`, async () => {
      const kiosk = of('consent20000', { visitDrivenBy });
      await kiosk.visit({ 'S-CONSENT': 'decline' });
      expectRefused(kiosk, 'S-STOP', 'consentDeclined');
      expect(kiosk.ended).toEqual(['declined']);
      await kiosk.pass(5_000);
      // Fee lines that we brought leave the platform again; those of the hospital are the hospital's.
      expect(kiosk.count('2205')).toBe(visitDrivenBy === 'kiosk' ? 1 : 0);
      expect(kiosk.count('2206')).toBe(0);
    });
  }

  it('only the bill with the items carries the consent’s number', async () => {
    const kiosk = new VirtualKiosk({ person: 'wang', bills: ['consent20000', 'small'] });
    await kiosk.visit({});
    expect(kiosk.books).toMatchObject({ claims: 2, confirmed: 2 });
    expect(kiosk.slips.map((slip) => slip.includes('con_'))).toEqual([true, false]);
  });
});

describe('other places', () => {
  it('[N-15b] under the national rules any amount asks, and a touch is enough', async () => {
    const kiosk = new VirtualKiosk({ profile: 'national' });
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-CONSENT')).toMatchObject({ signature: 'none', totalFen: 4_560 });
    expect(kiosk.books.confirmed).toBe(1);
    expect(auditOf(kiosk, 'consent.given')).toHaveLength(1);
  });

  for (const profile of ['national', 'zhejiang', 'shenzhen', 'hunan'] as const) {
    it(`[N-15b] ${profile}: an emergency is not asked about, and that is noted`, async () => {
      const kiosk = of('emergencyOwn', { profile });
      await kiosk.visit({});
      expect(asked(kiosk)).toBe(false);
      expect(kiosk.books.confirmed).toBe(1);
      expect(auditOf(kiosk, 'consent.exempted')).toMatchObject([{ reason: 'B000001' }]);
      expect(auditOf(kiosk, 'consent.given')).toEqual([]);
    });
  }

  for (const [profile, id] of [
    ['shenzhen', 'part of SZ-255'],
    ['hunan', 'part of Y3-14a'],
  ] as const) {
    it(`[${id}] ${profile}: the patient takes home a copy of what was signed: items, amounts, who and when`, async () => {
      const kiosk = new VirtualKiosk({ profile });
      await kiosk.visit({ 'S-CONSENT': ({ patient }) => patient.touch({ do: 'sign', signer: 'guardian' }) });
      const { items, totalFen } = bodyOf(kiosk.patient.bodies, 'S-CONSENT');
      const [copy = ''] = kiosk.slips.flatMap((slip) => slip.match(/自费项目知情同意书[\s\S]*/) ?? []);
      for (const { name, amountFen } of items) {
        expect(copy).toContain(name);
        expect(copy).toMatch(new RegExp(` ${formatYuan(amountFen)}\\n`));
      }
      expect(copy).toMatch(new RegExp(`自费合计 +${formatYuan(totalFen)}`));
      expect(copy).toMatch(/签字人 +监护人\n签字时间 +20\d\d-\d\d-\d\d \d\d:\d\d:\d\d/);
      expect(copy).toContain(auditOf(kiosk, 'consent.given')[0]?.['consent'] ?? 'none');
    });
  }

  it('where a touch is enough nothing was signed, and no copy says so', async () => {
    const kiosk = new VirtualKiosk({ profile: 'national' });
    await kiosk.visit({});
    expect(kiosk.slips.join('\n')).not.toContain('知情同意书');
    expect(kiosk.slips.join('\n')).toContain('con_');
  });

  it('Shenzhen: nothing is paid before somebody signed, and who it was is kept', async () => {
    const kiosk = new VirtualKiosk({ profile: 'shenzhen', visitDrivenBy: 'kiosk', money: 'settleThenPay' });
    await kiosk.visit({
      'S-CONSENT': ({ patient, hall }) => {
        // No touch of another kind is a signature.
        patient.touch({ do: 'confirm' });
        hall.clock.timer(1_000, () => {
          expect(patient.body?.name).toBe('S-CONSENT');
          patient.touch({ do: 'sign', signer: 'relative' });
        });
      },
    });
    expect(kiosk.books.confirmed).toBe(1);
    expect(auditOf(kiosk, 'consent.given')).toMatchObject([{ signer: 'relative' }]);
  });

  it('Hunan: a signature of somebody whom the rules do not name is no consent', async () => {
    const kiosk = new VirtualKiosk({ profile: 'hunan' });
    await kiosk.visit({ 'S-CONSENT': ({ patient }) => patient.touch({ do: 'sign', signer: 'relative' }) });
    expect(bodyOf(kiosk.patient.bodies, 'S-CONSENT').signers).toEqual(['patient', 'guardian']);
    expect(kiosk.books).toEqual(NOTHING);
    expect(kiosk.ended).toEqual(['timeOut']);
    expectFree(kiosk);
  });

  it('nobody who walks away from the question has agreed', async () => {
    const kiosk = of('consent20000');
    await kiosk.visit({ 'S-CONSENT': 'nothing' });
    expect(kiosk.ended).toEqual(['timeOut']);
    expectUntouched(kiosk);
    expect(kiosk.count('2206')).toBe(0);
  });
});
