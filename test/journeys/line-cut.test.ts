/**
 * A network line is cut at every call that goes over it, before it arrives and before its answer is heard.
 *
 * Whatever was cut: the patient is never left on a page without a way on, nothing is settled or charged twice, and ten
 * minutes after the line is back no settlement is open.
 */
import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAID, expectFree, expectUntouched, NOTHING } from './endings.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const TEN_MINUTES_MS = 600_000;
/** Longer than a 2207 waits for its answer. */
const CUT_MS = 90_000;

/** Order, two quarantines and half an hour: what the kiosk asks for. */
const LOCK_LIFE_MS = 2_400_000;

const SETTINGS: readonly Setting[] = (['hospital', 'kiosk'] as const).flatMap((visitDrivenBy) =>
  (['payThenSettle', 'settleThenPay'] as const).map((money) => ({ visitDrivenBy, money })),
);

const overInsuranceLine = (call: string): boolean => /^\d|fsi/.test(call);

for (const setting of SETTINGS) {
  describe(`visit driven by the ${setting.visitDrivenBy}, ${setting.money}`, async () => {
    const undisturbed = new VirtualKiosk(setting);
    await undisturbed.visit({});
    const calls = undisturbed.wire;

    for (const [index, call] of calls.entries()) {
      const line = overInsuranceLine(call) ? 'insuranceLine' : 'hospitalLine';
      // What was asked before anybody came is no patient's trouble: see the start of the kiosk below.
      if (index < 2) continue;
      for (const moment of ['before', 'after'] as const) {
        it(`the ${line} is cut ${moment} ${call} (call ${index + 1}): known in the end, and once`, async () => {
          const kiosk = new VirtualKiosk(setting);
          const { hall } = kiosk;
          let backMs = 0;
          kiosk.when(index + 1, moment, () => {
            hall[line].cut();
            hall.clock.timer(CUT_MS, () => {
              backMs = hall.clock.monotonicMs();
              hall[line].restore();
            });
          });
          await kiosk.visit({});
          expect(kiosk.stillWaiting).toBe(0);
          expect(hall.clock.monotonicMs() - backMs).toBeLessThanOrEqual(TEN_MINUTES_MS);
          expect([NOTHING, EXAMPLE_PAID]).toContainEqual(kiosk.books);
          if (backMs === 0) await kiosk.pass(CUT_MS);
          // A lock that could not be given back while the line was away ends by its own time.
          if (call.endsWith('/lock') && moment === 'after') await kiosk.pass(LOCK_LIFE_MS);
          expectFree(kiosk);
          const settled = kiosk.books.confirmed === 1;
          await kiosk.visit({});
          expect(kiosk.ended.at(-1)).toBe(settled ? 'noBill' : 'settled');
          expect(kiosk.books).toEqual(EXAMPLE_PAID);
        });
      }
    }
  });
}

describe('a line that stays away', () => {
  it('the insurance line away at the start: the path is closed on the home screen and opens by itself', async () => {
    const kiosk = new VirtualKiosk();
    kiosk.hall.insuranceLine.cut();
    await kiosk.run(() => kiosk.atRest);
    expect(kiosk.patient.body).toMatchObject({ insurance: 'closed', plate: undefined });
    await kiosk.visit({});
    expect(bodyOf(kiosk.patient.bodies, 'S-STOP').reason).toBe('insuranceUnreachable');
    expectUntouched(kiosk);
    kiosk.hall.insuranceLine.restore();
    await kiosk.pass(120_000);
    expect(kiosk.patient.body).toMatchObject({ insurance: 'open' });
    await kiosk.visit({});
    expect(kiosk.books).toEqual(EXAMPLE_PAID);
  });

  it('the patient is not kept: after a while the page gives a number, and the kiosk finds it out alone', async () => {
    for (const money of ['payThenSettle', 'settleThenPay'] as const) {
      const kiosk = new VirtualKiosk({ money });
      const { hall } = kiosk;
      kiosk.when('2207', 'after', () => hall.insuranceLine.cut());
      kiosk.patient.come({});
      await kiosk.run(() => kiosk.ended.length > 0);
      expect(kiosk.ended).toEqual(['resolving']);
      const { number } = bodyOf(kiosk.patient.bodies, 'S-RECOVER');
      expect(kiosk.openSettlements).toEqual([number]);
      expect(kiosk.audited('settlement.resolving')).toHaveLength(1);
      // The next patient is served meanwhile, as far as the line lets.
      await kiosk.pass(240_000);
      expect(kiosk.patient.body?.name).toBe('S-HOME');
      hall.insuranceLine.restore();
      const backMs = hall.clock.monotonicMs();
      await kiosk.run(() => kiosk.atRest);
      expect(hall.clock.monotonicMs() - backMs).toBeLessThanOrEqual(TEN_MINUTES_MS);
      expect([NOTHING, EXAMPLE_PAID]).toContainEqual(kiosk.books);
      expectFree(kiosk);
    }
  });

  it('the same patient who comes back while it is being found out is told so, and cannot pay twice', async () => {
    const kiosk = new VirtualKiosk();
    const { hall } = kiosk;
    kiosk.when('2207', 'after', () => hall.insuranceLine.cut());
    kiosk.patient.come({});
    await kiosk.run(() => kiosk.ended.length > 0);
    // Only this answer of the centre stays away: the line is back, the look-up is not heard.
    hall.insuranceLine.restore();
    kiosk.insurance.loseAnswer(50, { transaction: '5201' });
    kiosk.insurance.loseAnswer(50, { transaction: '2601' });
    await kiosk.run(() => kiosk.patient.body?.name === 'S-HOME');
    kiosk.patient.come({});
    await kiosk.run(() => kiosk.ended.length > 1);
    expect(['S-HELD', 'S-STOP']).toContain(kiosk.patient.bodies.findLast((body) => 'reason' in body)?.name);
    expect(kiosk.count('POST /v1/orders')).toBe(1);
    kiosk.insurance.calm();
    await kiosk.run(() => kiosk.atRest);
    expect([NOTHING, EXAMPLE_PAID]).toContainEqual(kiosk.books);
    expectFree(kiosk);
  });

  it('a hospital that never answers the confirmation gets it again until it has it', async () => {
    for (const money of ['payThenSettle', 'settleThenPay'] as const) {
      const kiosk = new VirtualKiosk({ money });
      kiosk.hall.parties.wires.hospital.mischief.loseAnswer(4, { path: '/confirm' });
      await kiosk.visit({});
      expect(kiosk.books).toEqual(EXAMPLE_PAID);
      expectFree(kiosk);
    }
  });
});
