/** What stops an insurance settlement before any money: the bill, the person, the four-part gate. */
import { describe, expect, it } from 'vitest';
import type { ReasonId } from '../../firmware/reasons.ts';
import { withMember, withoutMember } from '../../hardware-sim/parties/bad-answers.ts';
import { DOCTOR } from '../../hardware-sim/parties/bills/hospital-staff.ts';
import { enReasons } from '../../kiosk-ui/text/en-reasons.ts';
import { zhReasons } from '../../kiosk-ui/text/zh-reasons.ts';
import { EXAMPLE_PAID, expectFree, expectRefused } from './endings.ts';
import { bodyOf, VirtualKiosk } from './virtual-kiosk.ts';

describe('the bill', () => {
  const held: readonly [what: string, bill: string, reason: ReasonId][] = [
    ['one order charged twice is held', 'duplicateOrder', 'duplicateCharge'],
    ['a bill of another institution is held', 'foreignInstitution', 'foreignInstitution'],
  ];
  for (const [what, bill, reason] of held) {
    it(`${what}, and nothing is asked of the centre`, async () => {
      const kiosk = new VirtualKiosk({ bills: [bill] });
      await kiosk.visit({});
      expectRefused(kiosk, 'S-HELD', reason);
      expect(kiosk.count('2206')).toBe(0);
    });
  }

  for (const visitDrivenBy of ['hospital', 'kiosk'] as const) {
    it(`[Z-8.3.3] a bill without a diagnosis never reaches 2206 (visit driven by the ${visitDrivenBy})`, async () => {
      const kiosk = new VirtualKiosk({ bills: ['noDiagnosis'], visitDrivenBy });
      await kiosk.visit({});
      expectRefused(kiosk, 'S-HELD', 'diagnosisMissing');
      expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual([]);
    });
  }

  it('[Z-8.3.3] visit, diagnosis and fees are at the centre, in this order, before 2206', async () => {
    const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk' });
    await kiosk.visit({});
    expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual(['2201', '2203A', '2204', '2206', '2207']);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('nothing to pay is said, not shown as an error of the insurance', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit({});
    await kiosk.visit({});
    expect(kiosk.ended).toEqual(['settled', 'noBill']);
    expect(bodyOf(kiosk.patient.bodies, 'S-MENU').jobs).toEqual(['registration', 'refund', 'reprint', 'findMoney']);
    expect(kiosk.audited('bill.none')).toHaveLength(1);
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expectFree(kiosk);
  });

  it('a visit that the hospital should have brought to the centre, and has not, is the hospital’s to bring', async () => {
    const kiosk = new VirtualKiosk();
    kiosk.hall.parties.wires.hospital.mischief.answer(1, withMember('uploaded', null), { path: '/bills/search' });
    await kiosk.visit({});
    expectRefused(kiosk, 'S-HELD', 'hospitalAnswerBroken');
    expect(kiosk.count('2201')).toBe(0);
  });
});

describe('the person', () => {
  it('[Z-8.1.3] the centre names another person than the card: stopped, audited, no settlement call', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('answerOtherName');
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'personDiffers');
    expect(kiosk.wire.filter((call) => /^22|bills/.test(call))).toEqual([]);
  });

  for (const field of ['psn_no', 'psn_name', 'certno', 'age', 'insuplc_admdvs']) {
    it(`[Z-8.1.3] the centre’s answer lacks ${field}: 信息不完整, audited, no settlement call`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.run(() => kiosk.atRest);
      kiosk.insurance.answer(1, withoutMember(field), { transaction: '1101' });
      await kiosk.visit({});
      expectRefused(kiosk, 'S-STOP', 'personIncomplete');
      expect(kiosk.wire.filter((call) => /^22|bills/.test(call))).toEqual([]);
    });
  }

  it('[part of Z-8.3.2] a paused insurance gets a plain page, own expense at the window, and a phone number', async () => {
    const kiosk = new VirtualKiosk({ person: 'zhao', bills: ['small'] });
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'insurancePaused');
    expect(zhReasons.insurancePaused.what).toContain('暂停');
    expect(zhReasons.insurancePaused.act).toMatch(/窗口.*自费/);
    expect(enReasons.insurancePaused.act.length).toBeGreaterThan(10);
    expect(kiosk.patient.screen?.help.insurancePhone).toMatch(/^\d+$/);
  });

  it('an entitlement that 2001 denies stops before the bill is paid', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    kiosk.insurance.answer(1, withMember('trt_enjymnt_flag', '0'), { transaction: '2001' });
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'notEntitled');
  });
});

describe('the four-part gate', () => {
  const suspend: readonly [what: string, (kiosk: VirtualKiosk) => void, ReasonId][] = [
    ['doctor', (kiosk) => kiosk.hand('suspendDoctor', DOCTOR.code), 'doctorStopped'],
    ['department', (kiosk) => kiosk.hand('suspendDepartment', 'D0101'), 'departmentStopped'],
    ['institution', (kiosk) => kiosk.hand('suspendInstitution'), 'institutionStopped'],
  ];
  for (const [what, switchOff, reason] of suspend) {
    it(`a ${what} that is suspended before the visit stops it, with a way to a person`, async () => {
      const kiosk = new VirtualKiosk();
      await kiosk.run(() => kiosk.atRest);
      switchOff(kiosk);
      await kiosk.visit({});
      expectRefused(kiosk, 'S-STOP', reason);
      expect(kiosk.count('2206')).toBe(0);
    });

    for (const money of ['payThenSettle', 'settleThenPay'] as const) {
      it(`[SZ-246] a ${what} that is suspended between 2206 and 2207 (${money}): 2207 is never sent`, async () => {
        const kiosk = new VirtualKiosk({ money });
        await kiosk.visit({
          'S-SPLIT': (its) => {
            switchOff(its);
            its.patient.pay();
          },
        });
        expect(kiosk.count('2206')).toBe(1);
        expectRefused(kiosk, 'S-STOP', reason);
      });
    }
  }

  it('[N-38(5), SZ-329] a switched-off department stops its own bills and no other’s', async () => {
    const own = new VirtualKiosk();
    await own.run(() => own.atRest);
    own.hand('suspendDepartment', 'D0101');
    await own.visit({});
    expectRefused(own, 'S-STOP', 'departmentStopped');

    const other = new VirtualKiosk();
    await other.run(() => other.atRest);
    other.hand('suspendDepartment', 'D0201');
    other.hand('suspendDoctor', 'D990001000002');
    await other.visit({});
    expect(other.books).toEqual(EXAMPLE_PAID);
  });

  it('[N-45] a stopped doctor stops the own bills and nobody else’s', async () => {
    const stopped = new VirtualKiosk();
    await stopped.run(() => stopped.atRest);
    stopped.hand('suspendDoctor', DOCTOR.code);
    await stopped.visit({});
    expectRefused(stopped, 'S-STOP', 'doctorStopped');
    const other = new VirtualKiosk();
    await other.run(() => other.atRest);
    other.hand('suspendDoctor', 'D990001000002');
    await other.visit({});
    expect(other.books).toEqual(EXAMPLE_PAID);
  });

  it('[N-44] an agreement that is suspended here stops people insured elsewhere, too', async () => {
    const kiosk = new VirtualKiosk({ person: 'chen', bills: ['small'] });
    await kiosk.visit({
      'S-SPLIT': (its) => {
        its.hand('suspendInstitution');
        its.patient.pay();
      },
    });
    expectRefused(kiosk, 'S-STOP', 'institutionStopped');
    const before = new VirtualKiosk({ person: 'chen', bills: ['small'] });
    await before.run(() => before.atRest);
    before.hand('suspendInstitution');
    await before.visit({});
    expectRefused(before, 'S-STOP', 'institutionStopped');
  });

  it('[SZ-277] the age of each state can be seen; older than its limit it is unknown, and unknown settles nothing', async () => {
    const lifeMs = 300_000;
    const kiosk = new VirtualKiosk({
      rules: (profile) => {
        profile.insurance['eligibilityLifeMs'] = lifeMs;
      },
    });
    await kiosk.visit({ 'S-BILL': 'cancel' });
    await kiosk.pass(2_000);
    const ages = kiosk.kiosk.standings();
    for (const part of ['institution', 'department D0101', `doctor ${DOCTOR.code}`]) {
      expect(ages.get(part)).toBeGreaterThan(1_000);
    }
    await kiosk.pass(lifeMs);
    kiosk.when('5101', 'before', () => kiosk.hand('cutInsuranceLine'));
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'eligibilityUnknown');
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').knownMinutesAgo).toBe(5);
    expect(kiosk.count('2206')).toBe(0);
  });

  it('[SZ-65] a doctor paused by points is the same stop, in words that say nothing about points', async () => {
    const kiosk = new VirtualKiosk({ bills: ['pausedDoctor'], visitDrivenBy: 'kiosk' });
    await kiosk.visit({});
    expectRefused(kiosk, 'S-STOP', 'doctorStopped');
    const words = [zhReasons, enReasons].map(({ doctorStopped }) => `${doctorStopped.what} ${doctorStopped.act}`);
    expect(words.join(' ')).not.toMatch(/记分|扣分|违规|处罚|暂停|points|penalt|suspend/i);
  });

  it('a suspended institution takes its sign down within two minutes, and puts it up again', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.run(() => kiosk.atRest);
    expect(kiosk.patient.body).toMatchObject({ insurance: 'open', plate: '医疗保障定点医疗机构' });
    kiosk.hand('suspendInstitution');
    await kiosk.pass(120_000);
    expect(kiosk.patient.body).toMatchObject({ name: 'S-HOME', insurance: 'closed', plate: undefined });
    const { register } = kiosk.hall.parties.insurance;
    register.set(register.institution.code, 'active');
    await kiosk.pass(120_000);
    expect(kiosk.patient.body).toMatchObject({ insurance: 'open', plate: '医疗保障定点医疗机构' });
  });
});
