/** 补打: one's own slips once more, marked and counted, and nobody else's. */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectExplained, expectFree, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const wanting = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('reprint'),
  'S-ID-HELP': 'insertCard',
  ...plan,
});

async function settled(setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk(setting);
  await kiosk.visit({});
  return kiosk;
}

const lastSlip = (kiosk: VirtualKiosk): string => kiosk.slips.at(-1) ?? '';

describe('a slip of one’s own', () => {
  it('[SZ-233] comes out again with mark, number and time, in three touches, and nothing is settled anew', async () => {
    const kiosk = await settled();
    const [first = ''] = kiosk.slips;
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('reprinted');
    expect(kiosk.patient.touches).toBe(3);
    expect(bodyOf(kiosk.patient.bodies, 'S-REPRINT')).toMatchObject({ copy: 2, paper: 'ready', problem: '' });
    const copy = lastSlip(kiosk);
    for (const words of ['补打 第2份', '补打时间', '张*一', '门诊费用明细清单', '12345']) expect(copy).toContain(words);
    expect(first).not.toContain('补打 第');
    // The same figures, to the fen, on both.
    const figures = (text: string, row: string): string | undefined =>
      text.split('\n').find((line) => line.startsWith(row));
    for (const row of ['费用合计', '您付的钱', '个人账户支付', '交易编号']) {
      expect(figures(copy, row)).toBe(figures(first, row));
    }
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
    expect(kiosk.audited('slip.reprinted')).toHaveLength(1);
    expectFree(kiosk);
  });

  it('is counted over all copies, three a day, as far back as the place says', async () => {
    const kiosk = await settled({ rules: (profile) => Object.assign(profile, { reprint: { days: 1 } }) });
    for (const copy of [2, 3, 4]) {
      await kiosk.visit(wanting());
      expect(lastSlip(kiosk)).toContain(`补打 第${copy}份`);
    }
    await kiosk.visit(wanting({ 'S-CHOOSE': 'cancel' }));
    expect(bodyOf(kiosk.patient.bodies, 'S-CHOOSE').choices).toMatchObject([{ off: 'printedEnough' }]);
    expect(kiosk.slips).toHaveLength(4);
    await kiosk.pass(24 * 3_600_000);
    await kiosk.visit(wanting());
    expect(lastSlip(kiosk)).toContain('补打 第5份');
    await kiosk.pass(24 * 3_600_000);
    await kiosk.visit(wanting());
    expectExplained(kiosk, 'S-STOP', 'nothingToReprint');
    expectFree(kiosk);
  });

  it('shows the e-invoice once it is issued', async () => {
    const kiosk = await settled();
    const { papers, office, book } = kiosk.hall.parties.hospital;
    expect(papers).toBeDefined();
    const number = [...book.entries.values()].flatMap(({ settled: ended }) =>
      ended?.by === 'kiosk' ? [ended.confirmation.settlementNumber] : [],
    )[0];
    office.issueInvoice(number ?? '', 'test');
    await kiosk.visit(wanting());
    expect(bodyOf(kiosk.patient.bodies, 'S-REPRINT').invoiceLink).toMatch(/^https:\/\/invoice\.example\//);
    expectFree(kiosk);
  });

  it('can be had while the insurance line is down', async () => {
    const kiosk = await settled();
    kiosk.hand('cutInsuranceLine');
    await kiosk.pass(60_000);
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('reprinted');
    expectFree(kiosk);
  });

  it('that was given back cannot be had: its slip would claim what is not so any more', async () => {
    const kiosk = await settled({ bills: ['severalLines'] });
    await kiosk.visit({
      'S-HOME': ({ patient }) => patient.open('refund'),
      'S-ID-HELP': 'insertCard',
    });
    expect(kiosk.ended.at(-1)).toMatch(/^refund/);
    await kiosk.visit(wanting());
    const { choices } = bodyOf(kiosk.patient.bodies, 'S-CHOOSE');
    expect(choices.map(({ off }) => off)).toEqual([undefined, 'undone']);
    expect(lastSlip(kiosk)).toContain('退费凭条');
    expect(lastSlip(kiosk)).toContain('补打 第2份');
    expectFree(kiosk);
  });
});

describe('nobody else’s papers', () => {
  it('are in the list: another person finds none', async () => {
    const kiosk = await settled();
    kiosk.hall.person = 'li';
    await kiosk.visit(wanting());
    expectExplained(kiosk, 'S-STOP', 'nothingToReprint');
    expect(kiosk.slips).toHaveLength(1);
    expectFree(kiosk);
  });

  it('can be had with the number of a hospital card, which anybody can copy', async () => {
    const kiosk = await settled();
    await kiosk.visit(wanting({ 'S-ID-HELP': (its) => its.hand('showText', 'JZ99000000101') }));
    expectExplained(kiosk, 'S-STOP', 'ownCardNeeded');
    expect(kiosk.slips).toHaveLength(1);
    expectFree(kiosk);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['gives up at the list', { 'S-CHOOSE': 'cancel' }, 'canceled'],
    ['walks away from the list', { 'S-CHOOSE': 'nothing' }, 'timeOut'],
    ['gives up at the tiles', { 'S-MENU': 'cancel' }, 'canceled'],
  ] as const)('who %s has printed nothing', async (_, plan, end) => {
    const kiosk = await settled();
    await kiosk.visit(wanting(plan));
    expect(kiosk.ended.at(-1)).toBe(end);
    expect(kiosk.slips).toHaveLength(1);
    expectFree(kiosk);
  });

  it('a card that is pulled early changes nothing: it has given what it had', async () => {
    const kiosk = await settled();
    await kiosk.visit(wanting({ 'S-WHO': 'removeCard', 'S-CHOOSE': ({ patient }) => patient.choose(0) }));
    expect(kiosk.ended.at(-1)).toBe('reprinted');
    expectFree(kiosk);
  });

  it('a hospital that does not answer is named, and the slip can be had later', async () => {
    const kiosk = await settled();
    kiosk.hand('cutHospitalLine');
    await kiosk.visit(wanting());
    expectExplained(kiosk, 'S-STOP', 'hospitalUnreachable');
    kiosk.hand('restoreHospitalLine');
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('reprinted');
    expectFree(kiosk);
  });

  it('no paper is said with the number, and costs no copy of the day', async () => {
    const kiosk = await settled();
    kiosk.hand('takePaperOut');
    await kiosk.visit(wanting({ 'S-REPRINT': 'confirm' }));
    expect(kiosk.ended.at(-1)).toBe('papersShown');
    expect(bodyOf(kiosk.patient.bodies, 'S-REPRINT')).toMatchObject({ paper: 'none', problem: 'paperOut' });
    kiosk.hand('loadPaper');
    await kiosk.visit(wanting());
    expect(lastSlip(kiosk)).toContain('补打 第2份');
    expect(kiosk.books).not.toEqual(NOTHING);
    expectFree(kiosk);
  });

  it('the plug is pulled while a copy is printed: the next slip does not continue it', async () => {
    const kiosk = await settled();
    kiosk.patient.come(wanting());
    await kiosk.run(() => kiosk.hall.printing && kiosk.patient.body?.name === 'S-REPRINT');
    kiosk.hall.cutPower();
    kiosk.patient.leave();
    kiosk.hall.restorePower();
    await kiosk.run(() => kiosk.atRest);
    await kiosk.visit(wanting());
    expect(lastSlip(kiosk)).toContain('补打 第3份');
    expect(lastSlip(kiosk).match(/补打 第/g)).toHaveLength(1);
    expectFree(kiosk);
  });
});
