/** 不用医保: offered after a refusal that is about insurance, chosen on a page of its own, written down, and settled. */
import { describe, expect, it } from 'vitest';
import { DOCTOR } from '../../hardware-sim/parties/bills/hospital-staff.ts';
import { expectFree, expectUntouched } from './endings.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const OWN = { 'S-STOP': 'ownExpense', 'S-HELD': 'ownExpense', 'S-OWN-EXPENSE': 'confirm' } as const;
const chosen = (kiosk: VirtualKiosk) => kiosk.audited('ownExpense.chosen').map(({ fields }) => JSON.parse(fields));

async function refused(before: (kiosk: VirtualKiosk) => void, setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ bills: ['small'], ...setting });
  await kiosk.run(() => kiosk.atRest);
  before(kiosk);
  await kiosk.visit(OWN);
  return kiosk;
}

describe('a doctor whom the centre has not on file', () => {
  const unfile = (kiosk: VirtualKiosk): void => {
    const { register } = kiosk.hall.parties.insurance;
    register.unfile(DOCTOR.code);
  };

  it('[Z-4.1.3] is refused as DOC_NOT_FILED, with own expense and the window, and an audit entry', async () => {
    const kiosk = await refused(unfile);
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).toMatchObject({
      reason: 'doctorNotFiled',
      staffCode: 'DOC_NOT_FILED',
      offers: ['ownExpense'],
    });
    expect(kiosk.patient.screen?.help.window).toBe('1号人工窗口');
    expect(kiosk.audited('gate.doctorNotFiled')).toHaveLength(1);
    expect(kiosk.count('2206') + kiosk.count('2207')).toBe(0);
    expect(kiosk.books).toEqual({ claims: 0, chargedFen: 6_480, confirmed: 1 });
    expect(chosen(kiosk)).toMatchObject([{ bill: 'B000001' }]);
    expectFree(kiosk);
  });
});

describe('a filing that is taken back', () => {
  it('[part of SZ-63] stops that doctor’s bills within one refresh of five minutes, also when the state was known', async () => {
    const kiosk = new VirtualKiosk({ profile: 'shenzhen', bills: ['allCovered', 'small'], visitDrivenBy: 'kiosk' });
    await kiosk.visit({ 'S-BILL': 'cancel' });
    kiosk.hall.parties.insurance.register.unfile(DOCTOR.code);
    await kiosk.pass(300_000);
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('doctorNotFiled');
    expect(kiosk.count('2207')).toBe(0);
  });
});

describe('the choice', () => {
  it('[SZ-231] no covered line becomes own expense unless the patient chose it on its own page, and that is recorded', async () => {
    const stop = (kiosk: VirtualKiosk): void => kiosk.hand('suspendDepartment', 'D0101');
    const paid = await refused(stop);
    const page = bodyOf(paid.patient.bodies, 'S-OWN-EXPENSE');
    expect(page).toMatchObject({ totalFen: 6_480, department: '演示内科' });
    expect(paid.books).toEqual({ claims: 0, chargedFen: 6_480, confirmed: 1 });
    expect(chosen(paid)).toHaveLength(1);
    expect(paid.slips.join('\n')).toMatch(/自费结算单[\s\S]*未使用医保/);

    // Who turns back is at the refusal again, and nothing has happened.
    const back = new VirtualKiosk({ bills: ['small'] });
    await back.run(() => back.atRest);
    stop(back);
    await back.visit({ 'S-STOP': ['ownExpense', 'confirm'], 'S-OWN-EXPENSE': 'decline' });
    expect(back.ended).toEqual(['stopped']);
    expect(chosen(back)).toEqual([]);
    expectUntouched(back);

    // No screen of the insured way offers it.
    const insured = new VirtualKiosk();
    await insured.visit({});
    expect(insured.patient.bodies.some((body) => 'offers' in body)).toBe(false);
    expect(chosen(insured)).toEqual([]);
  });

  it('nobody who walks away from the page has chosen', async () => {
    const kiosk = new VirtualKiosk({ bills: ['small'] });
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('suspendDepartment', 'D0101');
    await kiosk.visit({ 'S-STOP': 'ownExpense', 'S-OWN-EXPENSE': 'nothing' });
    expect(kiosk.ended).toEqual(['timeOut']);
    expect(chosen(kiosk)).toEqual([]);
    expectUntouched(kiosk);
  });

  it('a phone that does not pay leaves the bill open and nothing claimed', async () => {
    const kiosk = new VirtualKiosk({ bills: ['small'] });
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('suspendDepartment', 'D0101');
    await kiosk.visit({ ...OWN, 'S-PAY': 'cancel' });
    expect(kiosk.ended).toEqual(['notSettled']);
    expectUntouched(kiosk);
  });
});

describe('a paused insurance', () => {
  it('[Z-8.3.2] gets a plain page 参保暂停, own expense by choice, and a phone number', async () => {
    const kiosk = new VirtualKiosk({ person: 'zhao', bills: ['small'] });
    await kiosk.visit(OWN);
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).toMatchObject({ reason: 'insurancePaused', offers: ['ownExpense'] });
    expect(kiosk.patient.screen?.help.insurancePhone).toMatch(/^\d+$/);
    expect(kiosk.books).toEqual({ claims: 0, chargedFen: 6_480, confirmed: 1 });
    expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual([]);
  });

  it('what is wrong with the charge itself holds the bill also without insurance', async () => {
    const kiosk = new VirtualKiosk({ person: 'zhao', bills: ['notOnList'] });
    await kiosk.visit({ ...OWN, 'S-HELD': 'nothing' });
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').reason).toBe('itemNotPublished');
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').offers).toEqual(['ticket']);
    expectUntouched(kiosk);
  });
});

describe('where it is never offered', () => {
  it('[part of SZ-213d] on the bill of another person than the card’s', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('answerOtherName');
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).not.toHaveProperty('offers');
    expectUntouched(kiosk);
  });

  for (const bill of ['notOnList', 'duplicateOrder', 'foreignInstitution'] as const) {
    it(`on a bill that is itself in doubt: ${bill}`, async () => {
      const kiosk = new VirtualKiosk({ bills: [bill], visitDrivenBy: 'kiosk' });
      await kiosk.visit({});
      expect(bodyOf(kiosk.patient.bodies, 'S-HELD').offers ?? []).not.toContain('ownExpense');
    });
  }
});
