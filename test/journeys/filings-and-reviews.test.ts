/** What the centre knows of a person and a bill before money moves: filings, stays, reviews; and marks of the hospital. */
import { describe, expect, it } from 'vitest';
import type { ReasonId } from '../../firmware/reasons.ts';
import { withMember } from '../../hardware-sim/parties/bad-answers.ts';
import type { ReviewRule } from '../../hardware-sim/parties/insurance/review-desk.ts';
import { patientByKey } from '../../hardware-sim/parties/people/patients.ts';
import { DEMO_INSTITUTION } from '../../hardware-sim/parties/virtual-world.ts';
import { simulatedSite } from '../../hardware-sim/world/simulated-site.ts';
import { enReasons } from '../../kiosk-ui/text/en-reasons.ts';
import { zhReasons } from '../../kiosk-ui/text/zh-reasons.ts';
import { expectFree, expectRefused, expectUntouched } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const numberOf = (person = 'zhang'): string => patientByKey(person).personNumber;
const STAYS = { 'S-HELD': 'nothing', 'S-STOP': 'nothing' } as const;
const facts = (kiosk: VirtualKiosk, event: string) =>
  kiosk.audited(event).map(({ fields }) => JSON.parse(fields) as Record<string, string>);

function of(bill: string, setting: Setting = {}): VirtualKiosk {
  return new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: [bill], ...setting });
}

async function visited(bill: string, plan: Plan = STAYS, setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = of(bill, setting);
  await kiosk.visit(plan);
  return kiosk;
}

function expectSlip(kiosk: VirtualKiosk, ...texts: readonly string[]): void {
  for (const text of ['问题处理单', ...texts]) expect(kiosk.slips.join('\n')).toContain(text);
}

const tell = (cause: 'self' | 'work' | 'other') => (kiosk: VirtualKiosk) =>
  kiosk.patient.touch({ do: 'injury', cause });

describe('an injury', () => {
  it('[part of Z-8.1.8] without a filing the insurance path is closed, with the filing window on page and slip', async () => {
    const kiosk = await visited('injuryUnfiled');
    expectRefused(kiosk, 'S-STOP', 'injuryNotFiled');
    expect(zhReasons.injuryNotFiled.act).toContain('备案窗口');
    expectSlip(kiosk, '外伤未备案', '备案窗口');
    expect(kiosk.count('2206')).toBe(0);
  });

  it('[Z-8.1.8] a queue ticket for the filing window is offered, one for each who asks, and stands on the page', async () => {
    const kiosk = of('injuryUnfiled');
    await kiosk.visit({ 'S-STOP': ['takeTicket', 'nothing'] });
    expectRefused(kiosk, 'S-STOP', 'injuryNotFiled');
    const first = kiosk.patient.bodies.find((body) => body.name === 'S-STOP');
    expect(first).toMatchObject({ offers: ['ticket', 'ownExpense'] });
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).toMatchObject({ ticket: 'B001', offers: ['ownExpense'] });
    expect(kiosk.hall.parties.hospital.queue.tickets).toEqual(['B001']);
    expect(facts(kiosk, 'ticket.taken')).toMatchObject([{ choice: 'filingWindow' }]);
    expectSlip(kiosk, '外伤未备案', '备案窗口');
  });

  it('a queue that gives no numbers leaves the window’s name and the slip', async () => {
    const kiosk = of('injuryUnfiled');
    kiosk.hall.parties.hospital.queue.closed.add('filingWindow');
    await kiosk.visit({ 'S-STOP': ['takeTicket', 'nothing'] });
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP')).not.toHaveProperty('ticket');
    expectRefused(kiosk, 'S-STOP', 'injuryNotFiled');
  });

  it('a filing at the centre opens it as well as one that the hospital names', async () => {
    const filed = of('injuryUnfiled');
    filed.hall.parties.insurance.filings.file(numberOf(), { kind: '02', begunOn: '2026-03-01' });
    await filed.visit({ 'S-INJURY': tell('self') });
    expect(filed.books.confirmed).toBe(1);
    expect((await visited('injuryFiled', { 'S-INJURY': tell('self') })).books.confirmed).toBe(1);
  });

  it('[SZ-221] without the five facts it goes to the window', async () => {
    const kiosk = await visited('injuryUntold');
    expectRefused(kiosk, 'S-STOP', 'injuryFactsMissing');
    expect(zhReasons.injuryFactsMissing.act).toContain('窗口');
    expectSlip(kiosk, '外伤时间、地点、原因');
  });

  it('[SZ-258] three plain choices are asked; 工伤 or 他人 goes to the window, and what was said is kept for later', async () => {
    for (const cause of ['work', 'other'] as const) {
      const kiosk = await visited('injuryFiled', { ...STAYS, 'S-INJURY': tell(cause) });
      expectRefused(kiosk, 'S-STOP', 'injuryOfOthers');
      expect(facts(kiosk, 'injury.told')).toMatchObject([{ bill: 'B000001', choice: cause }]);
      expectSlip(kiosk, '工伤保险或第三人');
    }
    const own = await visited('injuryFiled', { 'S-INJURY': tell('self') });
    expect(own.books).toMatchObject({ claims: 1, confirmed: 1 });
    expect(facts(own, 'injury.told')).toMatchObject([{ choice: 'self' }]);
  });

  it('no choice is made for a patient who touches none', async () => {
    const kiosk = await visited('injuryFiled', { 'S-INJURY': 'nothing' });
    expect(kiosk.ended).toEqual(['timeOut']);
    expectUntouched(kiosk);
  });
});

describe('a mark on the bill', () => {
  it('[SZ-257] a dispute closes the insurance path, in words that say nothing of it', async () => {
    const kiosk = await visited('disputed');
    expectRefused(kiosk, 'S-HELD', 'caseInTalks');
    expect(kiosk.count('2204') + kiosk.count('2206')).toBe(0);
    const said = [zhReasons, enReasons].map(({ caseInTalks }) => `${caseInTalks.what} ${caseInTalks.act}`).join(' ');
    expect(said).not.toMatch(/纠纷|争议|事故|损害|dispute|damage/i);
  });

  it('[SZ-230, Y3-7] somebody who lies in a hospital is not settled as an outpatient, and is sent to a person', async () => {
    const kiosk = of('example');
    kiosk.hall.parties.insurance.filings.admitElsewhere(numberOf(), {
      institution: { code: 'H99000200002', name: '别院' },
      admittedAt: '2026-03-01 08:00:00',
    });
    await kiosk.visit(STAYS);
    expectRefused(kiosk, 'S-HELD', 'inHospitalNow');
    expectSlip(kiosk, '住院处', '住院期间');
    expect(kiosk.count('5303')).toBe(1);
    expect(kiosk.count('2206')).toBe(0);
  });

  it('a stay that has ended holds nothing, and an emergency is not asked', async () => {
    const over = of('example');
    const { filings } = over.hall.parties.insurance;
    const institution = { code: 'H99000200002', name: '别院' };
    filings.admitElsewhere(numberOf(), { institution, admittedAt: '2026-02-01 08:00:00' });
    filings.dischargeElsewhere(numberOf(), '2026-02-11 08:00:00');
    await over.visit({});
    expect(over.books.confirmed).toBe(1);
    const emergency = await visited('emergencyOwn', {}, { person: 'wang' });
    expect(emergency.count('5303')).toBe(0);
  });

  it('[Y3-13] above its quota a bill costs what it costs below it; what the quota would shift to the patient is held', async () => {
    const same = await visited('aboveQuota', {});
    const plain = await visited('allCovered', {});
    expect(same.books).toEqual(plain.books);
    const split = (kiosk: VirtualKiosk) => bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    expect(split(same)).toEqual(split(plain));

    const shifted = await visited('quotaShifted');
    expectRefused(shifted, 'S-HELD', 'aboveQuota');
    expect(facts(shifted, 'bill.held')).toMatchObject([{ rule: 'POLICY-2', reason: 'aboveQuota' }]);
  });

  it('[Y3-11a] a repeated, excess, split or swapped charge is held, and money goes to no account but the one that was signed', async () => {
    for (const bill of ['duplicateOrder', 'tooManyCharged', 'splitCharge', 'swapped', 'borrowed']) {
      const kiosk = await visited(bill);
      expect(kiosk.books).toEqual({ claims: 0, chargedFen: 0, confirmed: 0 });
      expect(kiosk.patient.screens).toContain('S-HELD');
    }
    const merchants = (merchantId: string) => (profile: { money: Record<string, unknown> }) => {
      profile.money['merchants'] = [{ institutionCode: DEMO_INSTITUTION.code, merchantId }];
    };
    const { merchantId } = simulatedSite.paymentGateway;
    expect((await visited('example', {}, { rules: merchants(merchantId) })).books.confirmed).toBe(1);
    // Another account in the site file than the signed one: the kiosk does not start.
    expect(() => of('example', { rules: merchants('M-OTHER') })).toThrow('account');
  });

  it('[SZ-178] [part of Y3-11a] repeated, too many, split and swapped charges are all held; the clean bill passes', async () => {
    const held: readonly (readonly [bill: string, reason: ReasonId])[] = [
      ['duplicateOrder', 'duplicateCharge'],
      ['tooManyCharged', 'tooManyCharged'],
      ['splitCharge', 'splitCharge'],
      ['swapped', 'notAsOrdered'],
      ['borrowed', 'notAsExecuted'],
    ];
    for (const [bill, reason] of held) {
      const kiosk = await visited(bill);
      expectRefused(kiosk, 'S-HELD', reason);
      expectSlip(kiosk);
    }
    expect((await visited('example', {})).books.confirmed).toBe(1);
  });

  it('[N-5] an internet hospital’s bill settles under the parent’s code; a stranger’s is refused', async () => {
    const own = await visited('internetVisit', {});
    expect(own.books).toMatchObject({ claims: 1, confirmed: 1 });
    const stranger = await visited('strangersInternetVisit');
    expectRefused(stranger, 'S-HELD', 'foreignInstitution');
    expect(facts(stranger, 'authority.alarm')).toMatchObject([{ choice: 'highest' }]);
  });

  it('[Z-5.1.6] a restricted drug: covered with its basis on the list, own expense with the reason without one, held when both are claimed', async () => {
    const held = await visited('restrictedWithoutBasis');
    expectRefused(held, 'S-HELD', 'restrictedUse');
    expectSlip(held, '诊室');
    const covered = (kiosk: VirtualKiosk) =>
      [...kiosk.hall.parties.insurance.settlements.settlements.values()].flatMap(({ rows }) =>
        rows.map(({ split }) => split.inScopeFen > 0),
      );
    for (const visitDrivenBy of ['kiosk', 'hospital'] as const) {
      const basis = await visited('restrictedWithBasis', {}, { visitDrivenBy });
      expect(covered(basis)).toEqual([true]);
      expect(basis.slips.join('\n')).toContain('限定支付 依据号 JC990001');
      const own = await visited('restrictedOwnExpense', {}, { visitDrivenBy });
      expect(covered(own)).toEqual([false]);
      expect(own.books).toMatchObject({ chargedFen: 12_880, confirmed: 1 });
      expect(own.slips.join('\n')).toContain('自费:限定支付药品,没有用药依据');
    }
  });

  it('[part of SZ-273] where codes are due at settlement a line without one is held; when dispensed, it settles', async () => {
    const due = (profile: { checks: Record<string, unknown> }): void => {
      profile.checks['traceCodes'] = 'atSettlement';
    };
    const held = await visited('traceMissing', STAYS, { rules: due });
    expectRefused(held, 'S-HELD', 'traceCodeMissing');
    expectSlip(held, '药房');
    expect((await visited('traceHeld', {}, { rules: due })).books.confirmed).toBe(1);
    expect((await visited('traceMissing', {})).books.confirmed).toBe(1);
  });
});

describe('a bill that changed on its way', () => {
  it('[Z-5.2.5] what was swapped is held and told as 疑似串换; a code altered on its way stops it before 2204, with an alarm', async () => {
    for (const [bill, reason, words] of [
      ['swapped', 'notAsOrdered', '疑似串换'],
      ['borrowed', 'notAsExecuted', '疑似套用'],
    ] as const) {
      const swapped = await visited(bill);
      expectRefused(swapped, 'S-HELD', reason);
      expectSlip(swapped, words);
      expect(facts(swapped, 'bill.held')).toMatchObject([{ reason, lines: 'B000001-1-1' }]);
    }
    const kiosk = of('example');
    const { mischief } = kiosk.hall.parties.wires.hospital;
    mischief.answer(1, withMember('catalogueCode', '990304000030000'), { path: '/bills/search' });
    await kiosk.visit(STAYS);
    expectRefused(kiosk, 'S-HELD', 'billTampered');
    expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual([]);
    expect(facts(kiosk, 'authority.alarm')).toMatchObject([{ reason: 'billTampered', choice: 'high' }]);
    expect(kiosk.diskText()).toMatch(/authorityAlarm.*billTampered/);
  });
});

describe('a chronic filing', () => {
  const DIABETES = { code: 'M01600', name: '糖尿病', begunOn: '2025-01-01' };
  const PRESSURE = { code: 'M03900', name: '高血压病', begunOn: '2025-01-01' };
  const settledAs = (kiosk: VirtualKiosk): readonly string[] =>
    [...kiosk.hall.parties.insurance.settlements.settlements.values()].map(({ request }) => request.medicalType);
  const choose = (code?: string) => (kiosk: VirtualKiosk) => {
    const { chosen } = bodyOf(kiosk.patient.bodies, 'S-CATEGORY');
    kiosk.patient.touch({ do: 'category', code: code ?? chosen });
  };

  it('[Z-8.3.4] is asked about with the treated disease chosen; another disease, or none treated, is an ordinary visit', async () => {
    const kiosk = of('chronic');
    for (const filing of [PRESSURE, DIABETES]) kiosk.hall.parties.insurance.filings.fileChronic(numberOf(), filing);
    await kiosk.visit({ 'S-CATEGORY': choose() });
    expect(bodyOf(kiosk.patient.bodies, 'S-CATEGORY')).toMatchObject({ chosen: 'M01600' });
    expect(settledAs(kiosk)).toEqual(['14']);
    expect(facts(kiosk, 'category.chosen')).toMatchObject([{ choice: 'M01600' }]);

    const wrong = of('chronic');
    for (const filing of [PRESSURE, DIABETES]) wrong.hall.parties.insurance.filings.fileChronic(numberOf(), filing);
    await wrong.visit({ 'S-CATEGORY': choose('M03900') });
    expect(bodyOf(wrong.patient.bodies, 'S-REMIND').reasons).toEqual(['otherDisease']);
    expect(settledAs(wrong)).toEqual(['11']);

    const untreated = of('small');
    untreated.hall.parties.insurance.filings.fileChronic(numberOf(), DIABETES);
    await untreated.visit({ 'S-CATEGORY': choose() });
    expect(bodyOf(untreated.patient.bodies, 'S-CATEGORY').chosen).toBe('ordinary');
    expect(settledAs(untreated)).toEqual(['11']);
  });

  it('[part of Y3-6] that has ended is not offered, and a chronic bill without a filing counts as ordinary', async () => {
    const kiosk = of('chronic');
    kiosk.hall.parties.insurance.filings.fileChronic(numberOf(), { ...DIABETES, endsOn: '2026-01-31' });
    await kiosk.visit({});
    expect(kiosk.patient.screens).not.toContain('S-CATEGORY');
    expect(settledAs(kiosk)).toEqual(['11']);
  });

  it('[Y3-6] 两病: a resident with a filing for high blood pressure or diabetes is asked and settles in that category', async () => {
    const kiosk = of('chronic', { person: 'wang' });
    kiosk.hall.parties.insurance.filings.fileChronic(numberOf('wang'), { ...DIABETES, name: '糖尿病(两病)' });
    await kiosk.visit({ 'S-CATEGORY': choose() });
    expect(settledAs(kiosk)).toEqual(['14']);
    expect(kiosk.books.confirmed).toBe(1);
  });
});

describe('the centre’s review', () => {
  const rule = (severity: string, more: Partial<ReviewRule> = {}): ReviewRule => ({
    ...{ id: 'R-1', name: '重复用药', content: '十四日内重复开药', severity, when: '3101' },
    ...more,
  });
  async function reviewed(one: ReviewRule, plan: Plan = STAYS): Promise<VirtualKiosk> {
    const kiosk = of('example');
    kiosk.hall.parties.insurance.reviews.add(one);
    await kiosk.visit(plan);
    return kiosk;
  }

  it('blocks before the fees are at the centre', async () => {
    const kiosk = await reviewed(rule('1'));
    expectRefused(kiosk, 'S-HELD', 'reviewBlocked');
    expect(kiosk.count('2204')).toBe(0);
  });

  it('[SZ-275] that wants an explanation parks the bill and asks the doctor side; the patient is asked nothing', async () => {
    for (const when of ['3101', '3102'] as const) {
      const kiosk = await reviewed(rule('2', { when }));
      expectRefused(kiosk, 'S-HELD', 'doctorAsked');
      expect(facts(kiosk, 'doctor.asked')).toMatchObject([{ rule: 'R-1', bill: 'B000001' }]);
      expect(kiosk.diskText()).toMatch(/staffTask.*"reason":"doctorAsked".*"office":"doctor"/);
      expectSlip(kiosk, '诊室', '医师说明');
      expect(kiosk.patient.screens).not.toContain('S-REMIND');
      expect(zhReasons.doctorAsked.act).toContain('不用您解释');
    }
  });

  it('[part of Z-9.1.3] that reminds is shown in the centre’s words and stops nobody', async () => {
    const kiosk = await reviewed(rule('3'), {});
    expect(bodyOf(kiosk.patient.bodies, 'S-REMIND').says).toEqual(['十四日内重复开药']);
    expect(kiosk.books.confirmed).toBe(1);
    expect(facts(kiosk, 'bill.reminded')).toMatchObject([{ rule: 'R-1' }]);
  });

  it('that cannot be heard stops nobody, and that is written down', async () => {
    const kiosk = of('example');
    await kiosk.run(() => kiosk.atRest);
    kiosk.insurance.answer(1, withMember('infcode', -1), { transaction: '3101' });
    await kiosk.visit({});
    expect(kiosk.books.confirmed).toBe(1);
    expect(facts(kiosk, 'review.unheard')).toHaveLength(1);
    expectFree(kiosk);
  });
});

describe('prices that the law allows and the fund does not pay in full', () => {
  it('[Z-6.2.1, N-18] above the published price is blocked; above 支付标准 is shown apart, and all adds up to the fen', async () => {
    expectRefused(await visited('abovePublishedPrice'), 'S-HELD', 'priceAbovePublished');
    const kiosk = await visited('abovePayStandard', {});
    const split = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
    expect(split.uncovered).toEqual([{ part: 'overLimit', amountFen: 880 }]);
    expect(split.parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(split.totalFen);
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
    expect(kiosk.slips.join('\n')).toMatch(/超支付标准\s+8\.80/);
  });
});
