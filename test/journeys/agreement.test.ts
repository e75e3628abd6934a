/** The hospital's own agreement with the insurance: stopped in the middle of the day, back again, near its end. */
import { expect, it } from 'vitest';
import { contingencyPlans } from '../../firmware/upload/contingency-plans.ts';
import { zhReasons } from '../../kiosk-ui/text/zh-reasons.ts';
import { expectFree, expectRefused, NOTHING } from './endings.ts';
import type { Plan } from './patient.ts';
import { bodyOf, type Setting, VirtualKiosk } from './virtual-kiosk.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

const tasks = (kiosk: VirtualKiosk, task: string): readonly Record<string, unknown>[] =>
  [...kiosk.hall.parties.hospital.office.events.values()]
    .map((event) => event as Record<string, unknown>)
    .filter((event) => event['kind'] === 'staffTask' && event['task'] === task)
    .map((event) => JSON.parse(String(event['facts'])) as Record<string, unknown>);

const registerOf = (kiosk: VirtualKiosk) => kiosk.hall.parties.insurance.register;

function turn(kiosk: VirtualKiosk, standing: 'active' | 'paused' | 'ended'): void {
  const register = registerOf(kiosk);
  register.set(register.institution.code, standing);
}

async function opened(setting: Setting = {}): Promise<VirtualKiosk> {
  const kiosk = new VirtualKiosk(setting);
  await kiosk.run(() => kiosk.atRest);
  return kiosk;
}

const discharges: Plan = {
  'S-HOME': ({ patient }) => patient.touch({ do: 'start', journey: 'inpatient' }),
  'S-ID-HELP': 'insertCard',
  'S-STAY': ({ patient }) => patient.touch({ do: 'choose', id: 'discharge' }),
};

it('[Z-10.2.2, N-38(6)] suspended in the middle of the day: who is about to pay is told before, the next are offered own expense, who lies in a ward is told the plan', async () => {
  const running = new VirtualKiosk();
  await running.visit({
    'S-SPLIT': (its) => {
      turn(its, 'paused');
      its.patient.pay();
    },
  });
  expectRefused(running, 'S-STOP', 'institutionStopped');
  expect(tasks(running, 'agreementStopped')).toMatchObject([{ state: 'paused', plan: 'agreementSuspended' }]);
  expect(contingencyPlans).toHaveProperty('agreementSuspended');

  const next = new VirtualKiosk();
  // Nobody has asked yet since: the card is read before the home screen knows.
  await next.run(() => next.atRest);
  turn(next, 'paused');
  await next.visit({ 'S-STOP': 'ownExpense', 'S-OWN-EXPENSE': 'confirm' });
  expect(bodyOf(next.patient.bodies, 'S-STOP')).toMatchObject({ offers: ['ownExpense'] });
  expect(next.books).toEqual({ claims: 0, chargedFen: 55_740, confirmed: 1 });
  expectFree(next);

  const ward = await opened({ bills: [], stays: ['ready'] });
  await ward.visit({
    ...discharges,
    'S-STAY': (its) => {
      turn(its, 'paused');
      its.patient.touch({ do: 'choose', id: 'discharge' });
    },
  });
  expect(bodyOf(ward.patient.bodies, 'S-STOP').reason).toBe('stayByPlan');
  expect(zhReasons.stayByPlan.act).toMatch(/应急预案.*治疗照常/);
  expect(ward.books).toMatchObject({ claims: 0, confirmed: 0 });
});

it('[N-42] what was charged while it was suspended is not covered when it is back; however long it lasts, the platform’s word decides, and staff are told', async () => {
  const kiosk = await opened({ bills: [] });
  turn(kiosk, 'paused');
  await kiosk.pass(3 * MINUTE);
  kiosk.hall.parties.hospital.addBill('zhang', 'small');
  await kiosk.pass(60 * MINUTE);
  expect(tasks(kiosk, 'agreementStopped')).toHaveLength(1);
  // The kiosk asks on and infers nothing.
  await kiosk.pass(DAY);
  expect(kiosk.patient.body).toMatchObject({ insurance: 'closed' });
  turn(kiosk, 'active');
  await kiosk.pass(3 * MINUTE);
  expect(kiosk.patient.body).toMatchObject({ insurance: 'open' });
  expect(tasks(kiosk, 'agreementBack')).toHaveLength(1);
  await kiosk.visit({});
  const split = bodyOf(kiosk.patient.bodies, 'S-SPLIT');
  expect(split.uncovered).toContainEqual({ part: 'outOfScope', amountFen: split.totalFen });
  expect(kiosk.hall.parties.ledger.liveClaims().reduce((sum, claim) => sum + claim.fundFen, 0)).toBe(0);
});

it('[N-41] ninety days before its end the insurance office is reminded, once; at the end the platform’s answer opens or closes, whatever the date says', async () => {
  const kiosk = await opened({ bills: [] });
  const nowMs = kiosk.hall.clock.wallMs();
  registerOf(kiosk).agreementEndsMs = nowMs + 91 * DAY;
  await kiosk.pass(3 * MINUTE);
  expect(tasks(kiosk, 'agreementEnds')).toEqual([]);
  registerOf(kiosk).agreementEndsMs = nowMs + 89 * DAY;
  await kiosk.pass(10 * MINUTE);
  expect(tasks(kiosk, 'agreementEnds')).toHaveLength(1);
  // Not renewed.
  registerOf(kiosk).agreementEndsMs = kiosk.hall.clock.wallMs() + 2 * MINUTE;
  await kiosk.pass(5 * MINUTE);
  expect(kiosk.patient.body).toMatchObject({ insurance: 'closed', plate: undefined });
  // Renewed.
  registerOf(kiosk).agreementEndsMs = kiosk.hall.clock.wallMs() + 365 * DAY;
  await kiosk.pass(3 * MINUTE);
  expect(kiosk.patient.body).toMatchObject({ insurance: 'open' });
  expect(kiosk.books).toEqual(NOTHING);
});
