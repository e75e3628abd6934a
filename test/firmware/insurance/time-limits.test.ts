/** The client gives up before the desk does: for each call of a settlement, at the slowest that a platform may be. */
import { describe, expect, test } from 'vitest';
import type { InsurancePlatform, PlatformAnswer } from '../../../firmware/insurance/insurance-platform.ts';
import { isOffSite } from '../../../firmware/insurance/time-limits.ts';
import { insuranceDeadlines } from '../../../firmware/settlement/deadlines.ts';
import { amounts, question, setlinfo } from '../kiosk-fixture.ts';
import { done, MSGID, platformThat, refused } from './platform-bench.ts';

const timeouts = { settleMs: 60_000, otherMs: 30_000, offSiteSettleMs: 150_000 };
const awayFromHome = { ...question, insuredArea: '330100' };

/** Every call takes all its time, and the sign-in has lapsed whenever a call can be asked again. */
async function slowest(call: (platform: InsurancePlatform) => Promise<PlatformAnswer<unknown>>): Promise<number> {
  let lapsed = true;
  const { platform, http } = platformThat(
    ({ json }) => {
      lapsed = !lapsed;
      if (!lapsed) return refused('签到流水号无效或已过期，请重新签到');
      if (json.infno === '5201') return done({ mdtrtinfo: [{ mdtrt_id: 'V1', setl_id: 'S1' }] });
      if (json.infno === '2204') return done({ result: [] });
      return done({ setlinfo: { ...setlinfo, medins_setl_id: MSGID, refd_setl_flag: '0' } });
    },
    { timeouts },
  );
  await call(platform);
  // A sign-in is needed before the first call of the day too.
  return http.sent.reduce((sum, { timeoutMs = 0 }) => sum + timeoutMs, 0);
}

describe('at its slowest', () => {
  const deadlines = insuranceDeadlines(timeouts);
  const calls = {
    'ins.settle': (platform) => platform.settle(MSGID, awayFromHome, amounts),
    'ins.void': (platform) => platform.voidSettlement(MSGID, awayFromHome, 'S1'),
    'ins.undo': (platform) => platform.voidSettlement(MSGID, { ...awayFromHome, care: 'inpatient' }, 'S1'),
    'ins.reverse': (platform) => platform.reverse({ messageId: MSGID, transaction: '2207' }, awayFromHome),
    'ins.find': (platform) => platform.findSettlement(MSGID, awayFromHome),
    'ins.findFormer': (platform) => platform.findSettlementById('S1', awayFromHome),
    'ins.prepare': async (platform) => {
      const batch = { chargeBatch: 'B2', occurredAt: '', departmentCode: '', departmentName: '', lines: [] };
      await platform.cancelFees(awayFromHome, '0000');
      await platform.uploadFees(awayFromHome, batch);
      return platform.preSettle(awayFromHome);
    },
  } satisfies Record<string, Parameters<typeof slowest>[0]>;

  for (const [step, call] of Object.entries(calls)) {
    test(`${step} has ended before its deadline`, async () => {
      const deadline = deadlines[step as keyof typeof calls];
      const took = await slowest(call);
      expect(took).toBeGreaterThan(timeouts.otherMs);
      expect(took).toBeLessThan(deadline ?? 0);
    });
  }
});

test('another city is off-site; the same city, and an area that nobody has said yet, are not', () => {
  expect(isOffSite('330100', '990001')).toBe(true);
  expect(isOffSite('990100', '990001')).toBe(true);
  expect(isOffSite('990099', '990001')).toBe(false);
  expect(isOffSite('', '990001')).toBe(false);
});
