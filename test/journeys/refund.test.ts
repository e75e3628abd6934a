/** 退费 at the kiosk: what comes back is shown before, goes back by the way it came, and a half is never called a whole. */
import { describe, expect, it } from 'vitest';
import { expectFree } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const MINUTE = 60_000;

/** Someone who wants money back, with a card. */
const wanting = (plan: Plan = {}): Plan => ({
  'S-HOME': ({ patient }) => patient.open('refund'),
  'S-ID-HELP': 'insertCard',
  ...plan,
});

/** A bill of several lines (only the examination is done) that was settled and paid here. */
async function settled(setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk({ bills: ['severalLines'], ...setting });
  await kiosk.visit({});
  expect(kiosk.ended).toEqual(['settled']);
  await kiosk.pass(MINUTE);
  return kiosk;
}

const numberOf = (kiosk: VirtualKiosk): string =>
  kiosk.hall.parties.ledger.confirmedBills()[0]?.settlementNumber ?? 'not settled';

describe('a refund', () => {
  it('[Z-6.2.3] of what is not done shows old, new and difference, then sends the difference back by its route', async () => {
    const kiosk = await settled();
    const before = kiosk.books;
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('refunded');
    const shown = bodyOf(kiosk.patient.bodies, 'S-REFUND');
    expect(shown.oldOwnFen).toBe(before.chargedFen);
    expect(shown.backFen).toBe(shown.oldOwnFen - shown.newOwnFen);
    expect(shown.ways).toEqual([{ by: 'code', amountFen: shown.backFen, state: 'planned' }]);
    const result = bodyOf(kiosk.patient.bodies, 'S-RESULT');
    expect(result).toMatchObject({ progress: 'done', paper: 'ready', returns: [{ by: 'code', state: 'done' }] });
    // To the fen, in the others' books: what the patient is out of pocket is what the page says.
    const ownFen = result.amounts.find(({ label }) => label === 'ownAfter')?.amountFen ?? -1;
    expect(kiosk.books).toEqual({ claims: 1, chargedFen: ownFen, confirmed: 2 });
    expect(result.big).toEqual({ label: 'back', amountFen: before.chargedFen - ownFen });
    const slip = kiosk.slips.at(-1) ?? '';
    for (const words of ['退费凭条', '张*一', '退回手机付款账户', '已退回']) expect(slip).toContain(words);
    expect(slip).not.toContain('张演一');
    expectFree(kiosk);
  });

  it('needs five touches at most, and the money has not moved before the last of them', async () => {
    const kiosk = await settled();
    const calls = () => [kiosk.count('2208'), kiosk.count('POST /v1/orders/N/refund')];
    const before = calls();
    await kiosk.visit(
      wanting({
        'S-REFUND': (its) => {
          expect(calls()).toEqual(before);
          its.patient.touch({ do: 'confirm' });
        },
        // Once the slip is out. Until here: two tiles, lines, reason, yes (4.5).
        'S-RESULT': ({ patient, hall }) => {
          expect(patient.touches).toBeLessThanOrEqual(5);
          hall.clock.timer(8_000, () => patient.touch({ do: 'confirm' }));
        },
        'S-RATE': ({ patient }) => patient.touch({ do: 'rate', stars: 5 }),
      }),
    );
    expect(kiosk.patient.screens).toContain('S-RESULT');
    expect(kiosk.audited('service.rated').map(({ fields }) => JSON.parse(fields).choice)).toEqual(['5']);
    expect(kiosk.patient.screens.filter((name) => name !== 'S-BUSY')).toEqual([
      'S-HOME',
      'S-MENU',
      'S-ID-HELP',
      'S-WHO',
      'S-REFUND-LINES',
      'S-CHOOSE',
      'S-REFUND',
      'S-CONFIRMING',
      'S-RESULT',
      'S-RATE',
      'S-HOME',
    ]);
  });

  it('of one line that the patient picks takes that one alone', async () => {
    const kiosk = await settled();
    await kiosk.visit(
      wanting({
        'S-REFUND-LINES': ({ patient, hall }) => {
          const { lines } = bodyOf(patient.bodies, 'S-REFUND-LINES');
          const [, ...others] = lines.filter(({ off }) => off === undefined);
          for (const [place, { id }] of others.entries()) {
            hall.clock.timer(300 * place, () => patient.touch({ do: 'choose', id }));
          }
          hall.clock.timer(300 * others.length, () => patient.touch({ do: 'confirm' }));
        },
      }),
    );
    const { lines } = bodyOf(kiosk.patient.bodies, 'S-REFUND-LINES');
    expect(lines.filter(({ taken }) => taken)).toHaveLength(1);
    expect(lines.filter(({ off }) => off === 'performed')).toHaveLength(1);
    expect(kiosk.ended.at(-1)).toBe('refunded');
    const [claim] = kiosk.hall.parties.ledger.liveClaims();
    const kept = lines.filter(({ taken }) => !taken).reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(claim?.totalFen).toBe(kept);
    expectFree(kiosk);
  });

  it('of the whole leaves no claim and none of the patient’s money', async () => {
    const kiosk = await settled({ bills: ['nothingDone'] });
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('refunded');
    expect(bodyOf(kiosk.patient.bodies, 'S-REFUND').newOwnFen).toBe(0);
    expect(kiosk.books).toMatchObject({ claims: 0, chargedFen: 0 });
    expectFree(kiosk);
  });

  it('is the first thing on the menu of somebody without an open bill', async () => {
    const kiosk = await settled();
    await kiosk.visit({ 'S-MENU': ({ patient }) => patient.touch({ do: 'start', journey: 'refund' }) });
    expect(kiosk.ended.at(-1)).toBe('refunded');
    expectFree(kiosk);
  });
});

describe('a refund that is not for the kiosk says why, and changes nothing', () => {
  const cases: readonly (readonly [string, string, (kiosk: VirtualKiosk) => void])[] = [
    ['everything is done', 'refundPerformed', performAll],
    [
      'a later settlement blocks it',
      'refundBlocked',
      (its) => its.hall.parties.hospital.refunds.block(numberOf(its), 'set_other'),
    ],
    [
      'a doctor has to say yes first',
      'refundWaits',
      (its) => its.hall.parties.hospital.refunds.needsDoctor(numberOf(its)),
    ],
    ['the hospital is away', 'insuranceUnreachable', (its) => its.hall.insuranceLine.cut()],
  ];
  it.each(cases)('%s', async (_, reason, trouble) => {
    const kiosk = await settled();
    const before = kiosk.books;
    trouble(kiosk);
    kiosk.patient.come(wanting());
    await kiosk.run(() => kiosk.ended.length > 1);
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe(reason);
    expect(kiosk.books).toEqual(before);
    expect(kiosk.troubles).toEqual([]);
    expect(kiosk.hall.slot.card).toBeUndefined();
  });

  it('nothing was ever paid here', async () => {
    const kiosk = new VirtualKiosk();
    await kiosk.visit(wanting());
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('nothingToRefund');
    expect(kiosk.ended).toEqual(['noBill']);
    expectFree(kiosk);
  });

  it('the doctor’s yes comes meanwhile: the second time it goes through', async () => {
    const kiosk = await settled();
    const { refunds } = kiosk.hall.parties.hospital;
    refunds.needsDoctor(numberOf(kiosk));
    await kiosk.visit(wanting());
    for (const application of refunds.approvals.waiting) refunds.approvals.say(application, 'approved');
    await kiosk.visit(wanting());
    expect(kiosk.ended.slice(-2)).toEqual(['stopped', 'refunded']);
    expectFree(kiosk);
  });
});

describe('a disturbed refund', () => {
  const AWAY: readonly (readonly [string, Plan])[] = [
    ['gives up at the lines', { 'S-REFUND-LINES': 'cancel' }],
    ['gives up at the reason', { 'S-CHOOSE': 'cancel' }],
    ['gives up at the difference', { 'S-REFUND': 'cancel' }],
    ['goes away from the difference', { 'S-REFUND': 'nothing' }],
    ['is somebody else', { 'S-WHO': 'decline' }],
  ];
  it.each(AWAY)('who %s has lost nothing, and can refund afterwards', async (_, plan) => {
    const kiosk = await settled();
    const before = kiosk.books;
    await kiosk.visit(wanting({ 'S-TAKE-CARD': 'removeCard', ...plan }));
    expect(kiosk.books).toEqual(before);
    expectFree(kiosk);
    await kiosk.visit(wanting());
    expect(kiosk.ended.at(-1)).toBe('refunded');
    expectFree(kiosk);
  });

  const CUTS = ['2208', '2206', '2207', 'POST /v1/bills'] as const;
  it.each(CUTS)('the plug is pulled at %s: after the boot it is finished, not left half', async (call) => {
    const kiosk = await settled();
    kiosk.patient.come(
      wanting({
        'S-REFUND': (its) => {
          its.when(call, 'after', () => its.hall.cutPower());
          its.patient.touch({ do: 'confirm' });
        },
      }),
    );
    await kiosk.run(() => !kiosk.hall.hasPower);
    kiosk.patient.leave();
    kiosk.hand('removeCard');
    kiosk.hall.restorePower();
    await kiosk.run(() => kiosk.atRest);
    expect(kiosk.troubles).toEqual([]);
    const { claims, confirmed } = kiosk.books;
    // Undone and settled anew with its money back, or as if it had never been begun.
    expect([claims, confirmed]).toEqual(call === 'POST /v1/bills' ? [1, confirmed] : [1, 2]);
    expectFree(kiosk);
  });

  it('an answer that is lost in the middle is found out, and the page does not say that it is done before', async () => {
    const kiosk = await settled();
    kiosk.insurance.loseAnswer(1, { transaction: '2208' });
    await kiosk.visit(wanting());
    expect(['refunded', 'resolving']).toContain(kiosk.ended.at(-1));
    expect(kiosk.books).toMatchObject({ claims: 1, confirmed: 2 });
    expectFree(kiosk);
  });

  it('a route that refuses leaves that part open: the page and the slip say so', async () => {
    const kiosk = await settled();
    kiosk.hall.parties.wires.payment.mischief.loseAnswer(3, { path: '/refund' });
    await kiosk.visit(wanting());
    const [first] = kiosk.patient.bodies.filter((body) => body.name === 'S-RESULT');
    expect(first).toMatchObject({ progress: 'underWay' });
    expect(kiosk.slips.at(-1)).toMatch(/正在退回,还没有到账\n最迟到账 +2026-03-12/);
    await kiosk.run(() => kiosk.atRest);
    expectFree(kiosk);
  });

  it('without paper the number stays on the page', async () => {
    const kiosk = await settled();
    kiosk.hand('takePaperOut');
    await kiosk.visit(wanting());
    expect(bodyOf(kiosk.patient.bodies, 'S-RESULT').paper).toBe('none');
    expectFree(kiosk);
  });
});

function performAll(kiosk: VirtualKiosk): void {
  const { hospital } = kiosk.hall.parties;
  for (const { bill } of hospital.book.entries.values()) {
    for (const { orderId } of bill.lines) hospital.refunds.perform(orderId);
  }
}
