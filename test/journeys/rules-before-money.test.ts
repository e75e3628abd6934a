/** The rule pack before money: each bill that a rule holds gets a page, a case with a number, a slip and a task. */
import { describe, expect, it } from 'vitest';
import { riskView } from '../../firmware/audit/risk-view.ts';
import type { ReasonId } from '../../firmware/reasons.ts';
import { withMember } from '../../hardware-sim/parties/bad-answers.ts';
import type { Transform } from '../../hardware-sim/parties/mischief.ts';
import { EXAMPLE_PAID, expectFree, expectRefused } from './endings.ts';
import { bodyOf, type Profile, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

interface Entry {
  readonly [name: string]: string;
}
const entries = (kiosk: VirtualKiosk, event: string): readonly Entry[] =>
  kiosk.audited(event).map(({ fields }) => JSON.parse(fields) as Entry);

/** Refused, with a number that stands on the page, in the audit trail and on the slip; nothing was asked of the fund. */
function expectCase(
  kiosk: VirtualKiosk,
  reason: ReasonId,
  rule: string | undefined,
  ...paper: readonly string[]
): void {
  expectRefused(kiosk, 'S-HELD', reason);
  expect(kiosk.count('2204') + kiosk.count('2206')).toBe(0);
  const { slip } = bodyOf(kiosk.patient.bodies, 'S-HELD');
  const number = slip?.number ?? 'none';
  expect(number).toMatch(/^held_[a-z2-9]{12}$/);
  expect(slip?.paper).toBe('ready');
  const [entry] = entries(kiosk, 'bill.held');
  expect(entry).toMatchObject({ case: number, reason, bill: 'B000001', ...(rule === undefined ? {} : { rule }) });
  const spoken = number
    .slice(5)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');
  expect(kiosk.slips).toHaveLength(1);
  for (const text of ['问题处理单', spoken, 'B000001', '没有扣您的钱', ...paper])
    expect(kiosk.slips[0]).toContain(text);
  expect(kiosk.diskText()).toContain(`${number} heldBill`);
}

/** What the hospital's office has received from the kiosk, with the facts of each. */
const told = (kiosk: VirtualKiosk): readonly object[] =>
  [...kiosk.hall.parties.hospital.office.events.values()]
    .map((event) => event as Record<string, unknown>)
    .filter(({ kind }) => kind === 'staffTask' || kind === 'authorityNotice')
    .map((event) => ({ ...event, ...JSON.parse(String(event['facts'])) }));

/** Someone who stays for the slip. */
const READS = { 'S-HELD': 'nothing' } as const;

async function visited(bill: string, setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: [bill], ...setting });
  await kiosk.visit(READS);
  return kiosk;
}

describe('prices', () => {
  it('[Z-6.1.4, SZ-141] an item that is not published cannot be paid; the slip sends the patient to the price office', async () => {
    const kiosk = await visited('notOnList');
    expectCase(kiosk, 'itemNotPublished', 'PRICE-1', '项目未公示价格', '价格咨询处', '新开展项目');
  });

  it('[Z-5.3.1] another price or unit without a stated reason is held with both values for the clerk; with a lawful one it passes, and the reason is printed', async () => {
    for (const [bill, reason] of [
      ['abovePublishedPrice', 'priceAbovePublished'],
      ['belowPublished', 'priceDiffers'],
      ['otherUnit', 'unitDiffers'],
    ] as const) {
      const kiosk = await visited(bill);
      expectRefused(kiosk, 'S-HELD', reason);
      await kiosk.pass(1_000);
      const [task] = told(kiosk) as readonly { readonly prices?: readonly string[] }[];
      if (reason !== 'unitDiffers')
        expect(task?.prices).toEqual([expect.stringMatching(/ charged \d+\.\d+ published \d+\.\d+/)]);
    }
    for (const [bill, words] of [
      ['reducedPrice', '价格依据 减免'],
      ['childPrice', '价格依据 儿童加收'],
    ] as const) {
      const kiosk = await visited(bill);
      expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
      expect(kiosk.slips.join('\n')).toContain(words);
    }
  });

  it('[part of Z-6.2.1, SZ-185] one fen above the published price is not payable; below it is', async () => {
    expectCase(await visited('abovePublishedPrice'), 'priceAbovePublished', 'PRICE-3', '超标准收费', '演示血常规');
    const below = await visited('reducedPrice');
    expect(below.books).toMatchObject({ claims: 1, confirmed: 1 });
  });

  it('another unit than the published one is held', async () => {
    expectCase(await visited('otherUnit'), 'unitDiffers', 'PRICE-4', '计价单位');
  });

  it('[SZ-176] a special and the basic item of one service are not both charged', async () => {
    expectCase(await visited('specialAndBasic'), 'specialAndBasic', 'PRICE-5', '特需项目与基本项目');
  });

  it('[Z-9.2.1, SZ-282] an old code is refused after its last day, with the name of the list and the day', async () => {
    expectCase(await visited('oldCode'), 'itemOutOfForce', 'PRICE-2', '医疗服务价格项目目录', '2026-01-01');
  });
});

describe('care and scope', () => {
  it('[Z-6.2.2] one order twice: the second line is held as 疑似重复收费, with a case number on paper', async () => {
    const kiosk = await visited('duplicateOrder');
    expectCase(kiosk, 'duplicateCharge', undefined, '疑似重复收费', '演示血常规');
    expect(entries(kiosk, 'bill.held')[0]?.['lines']).toBe('B000001-1-3');
  });

  it('a whole service and its part are held', async () => {
    expectCase(await visited('splitCharge'), 'splitCharge', 'CARE-4', '疑似分解收费');
  });

  it('[SZ-207] a line outside the list is held with its reason and goes back as it is; the account pays for none unless the profile says so', async () => {
    const held = await visited('outsideScope');
    expectCase(held, 'outsideScope', 'POLICY-1', '目录外项目', '自费营养片');
    expect(told(held)).toMatchObject([{ task: 'heldBill', reason: 'outsideScope', lineNumbers: ['B000001-1-2'] }]);
    expect(held.wire.filter((call) => /^22/.test(call))).toEqual([]);

    // 557.40 of which 45.60 is outside the list; a centre that takes all of the person's part from the account.
    const fromAccount: Transform = (answer, request) =>
      withMember('psn_cash_pay', '0.00')(withMember('acct_pay', '360.60')(answer, request), request);
    const splitOf = async (rules?: (profile: Profile) => void) => {
      const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', ...(rules && { rules }) });
      kiosk.insurance.answer(1, fromAccount, { transaction: '2206' });
      await kiosk.visit({ 'S-SPLIT': 'cancel' });
      return { kiosk, split: bodyOf(kiosk.patient.bodies, 'S-SPLIT') };
    };
    const barred = await splitOf();
    expect(barred.split).toMatchObject({ ownFen: 36_060, account: { used: false, mayChange: false } });
    expect(barred.kiosk.count('2206')).toBe(2);
    expect(entries(barred.kiosk, 'account.outOfScope')).toHaveLength(1);
    const allowed = await splitOf((profile) => {
      profile.money['accountPaysOutOfScope'] = true;
    });
    expect(allowed.split).toMatchObject({ ownFen: 0, account: { used: true } });
    expect(allowed.kiosk.count('2206')).toBe(1);
  });

  it('[part of SZ-207] what the list says is outside the scope is never charged as covered, and never reclassified', async () => {
    const kiosk = await visited('outsideScope');
    expectCase(kiosk, 'outsideScope', 'POLICY-1', '目录外项目', '自费营养片');
    // The task goes back to the hospital with the reason and the line.
    expect(told(kiosk)).toMatchObject([
      { kind: 'staffTask', task: 'heldBill', reason: 'outsideScope', lineNumbers: ['B000001-1-2'], bill: 'B000001' },
    ]);
  });

  it('[part of Y4-25] an item for newborns is not charged to a grown-up', async () => {
    expectCase(await visited('otherAge'), 'itemForOtherAge', 'VISIT-2', '年龄');
  });

  it('[part of Z-9.1.3] a reminder is shown before paying, is written down, and stops nobody', async () => {
    const kiosk = await visited('tooMuchAtOnce');
    expect(bodyOf(kiosk.patient.bodies, 'S-REMIND').reasons).toEqual(['tooMuchAtOnce']);
    expect(entries(kiosk, 'bill.reminded')).toMatchObject([{ rule: 'DRUG-3', bill: 'B000001' }]);
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 1 });
  });

  it('[Z-9.1.3] a reminder before, a block during and a case afterwards stand in one view, each with its rule and where its task is', async () => {
    const rules = (profile: Profile): void => {
      profile.checks['traceCodes'] = 'atDispensing';
      Object.assign(profile, { upload: { traceLimitMs: 600_000 } });
    };
    const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: ['tooMuchAtOnce'], rules });
    await kiosk.visit(READS);
    kiosk.hall.parties.hospital.addBill('zhang', 'traceMissing');
    await kiosk.visit(READS);
    await kiosk.pass(900_000);
    kiosk.hall.parties.hospital.addBill('zhang', 'duplicateOrder');
    await kiosk.visit(READS);
    await kiosk.pass(60_000);
    const store = kiosk.database();
    const view = riskView(store);
    expect(view.map(({ phase, event, rule }) => [phase, event, rule])).toEqual([
      ['before', 'bill.reminded', 'DRUG-3'],
      ['after', 'trace.overdue', undefined],
      ['during', 'bill.held', undefined],
    ]);
    expect(view[1]?.bill).toBe('B000002');
    const number = bodyOf(kiosk.patient.bodies, 'S-HELD').slip?.number;
    expect(view[2]).toMatchObject({ bill: 'B000003', reason: 'duplicateCharge', case: number, task: 'delivered' });
    expect(riskView(store, 'B000001')).toHaveLength(1);
    expect(JSON.stringify(view)).not.toMatch(/张|990\d{14}[\dX]/);
  });

  it('who goes away from a reminder has agreed to nothing', async () => {
    const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: ['tooMuchAtOnce'] });
    await kiosk.visit({ 'S-REMIND': 'cancel' });
    expect(entries(kiosk, 'bill.reminded')).toEqual([]);
    expect(kiosk.books.confirmed).toBe(0);
    expectFree(kiosk);
  });

  it('a clean bill passes all rules without a page of its own', async () => {
    const kiosk = await visited('example');
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expect(entries(kiosk, 'bill.held')).toEqual([]);
    expect(kiosk.patient.screens).not.toContain('S-REMIND');
  });
});

describe('the slip', () => {
  it('does not come without paper, and the number on the page is enough', async () => {
    const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: ['notOnList'] });
    await kiosk.run(() => kiosk.atRest);
    kiosk.hand('takePaperOut');
    await kiosk.visit(READS);
    expect(bodyOf(kiosk.patient.bodies, 'S-HELD').slip).toMatchObject({ paper: 'none' });
    expect(kiosk.slips).toEqual([]);
    expectFree(kiosk);
  });

  it('names nobody', async () => {
    const kiosk = await visited('notOnList');
    expect(kiosk.slips[0]).not.toMatch(/张|990\d{14}[\dX]/);
  });

  it('speaks both languages to who reads English', async () => {
    const kiosk = new VirtualKiosk({ visitDrivenBy: 'kiosk', bills: ['notOnList'] });
    await kiosk.visit({
      ...READS,
      'S-WHO': (its) => {
        its.patient.touch({ do: 'setLanguage', language: 'en' });
        its.hand('removeCard');
      },
    });
    expect(kiosk.slips[0]).toContain('Price office');
    expect(kiosk.slips[0]).toContain('价格咨询处');
  });
});

describe('the authority', () => {
  it('[SZ-248, N-43(4)] [part of N-14] a foreign institution’s bill is refused, and the highest alarm waits for the authority', async () => {
    const kiosk = await visited('foreignInstitution');
    expectRefused(kiosk, 'S-HELD', 'foreignInstitution');
    expect(kiosk.wire.filter((call) => /^22/.test(call))).toEqual([]);
    expect(entries(kiosk, 'authority.alarm')).toMatchObject([{ reason: 'foreignInstitution', choice: 'highest' }]);
    await kiosk.pass(1_000);
    expect(told(kiosk)).toContainEqual(
      expect.objectContaining({
        kind: 'authorityNotice',
        stage: 'alarm',
        class: 'highest',
        reason: 'foreignInstitution',
      }),
    );
  });
});

describe('the pack', () => {
  it('[Y3-20b] its edition stands on the slip and in the audit trail; an old one is told', async () => {
    const kiosk = await visited('notOnList', {
      rulePack: (pack) => {
        pack.issuedOn = '2025-01-01';
        pack.freshForDays = 90;
      },
    });
    expect(kiosk.slips[0]).toContain('PRICE-1 990100-demo/7');
    expect(kiosk.kiosk.rulePack()).toMatchObject({ edition: '990100-demo/7', old: true });
    expect(entries(kiosk, 'rules.old')).toEqual([{ version: '990100-demo/7' }]);
    expect(told(kiosk)).toContainEqual(expect.objectContaining({ task: 'oldRulePack', edition: '990100-demo/7' }));
  });
});
