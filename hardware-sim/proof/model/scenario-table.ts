/**
 * The bills of the model check: every flow, both orders of money, each way of collecting, and what patients mean to do.
 */
import type { Collecting, MoneyOrder } from '../../../firmware/settlement/flows.ts';
import { COLLECTED_FEN, type Patient, type Scenario } from './scenario.ts';

const PLAIN: Omit<Scenario, 'name' | 'flow' | 'plan' | 'collect' | 'patient'> = {
  isWhole: false,
  isInsured: true,
  isOffSite: false,
  totalFen: 10_000,
  ownFen: COLLECTED_FEN,
  paidBeforeFen: 0,
  former: undefined,
  ways: [],
};

const PLANS: readonly MoneyOrder[] = ['payThenSettle', 'settleThenPay'];
/** How it is collected, and what a patient may then mean to do instead of paying. */
const COLLECTING: readonly (readonly [Collecting, readonly Patient[]])[] = [
  ['code', ['shows', 'quits', 'waits']],
  ['card', []],
  ['cash', ['quits', 'waits']],
];
const DEPOSITS = [
  { by: 'code', fen: 2_500 },
  { by: 'cash', fen: 500 },
] as const;

type Part = Pick<Scenario, 'flow'> & Partial<Scenario>;

/** The main way of a kind is walked with the whole budget. */
const whole = { isWhole: true } as const;

function scenario(part: Part): Scenario {
  const all = { ...PLAIN, plan: 'payThenSettle', collect: 'code', patient: 'pays', ...part } as const;
  const words = [all.flow, all.plan, all.collect, all.patient, part.name ?? ''];
  return { ...all, name: words.filter((word) => word !== '').join(' ') };
}

const ONE: readonly MoneyOrder[] = ['payThenSettle'];
const uninsured = { isInsured: false, ownFen: COLLECTED_FEN, totalFen: COLLECTED_FEN } as const;
const more = { ownFen: 3_000 + COLLECTED_FEN, paidBeforeFen: 3_000, ways: DEPOSITS } as const;
const less = { ownFen: 1_000, paidBeforeFen: 3_000, ways: DEPOSITS, name: 'with a remainder' } as const;
/** Three ways by which a refund goes back. */
const EARLIER = [
  { by: 'code', fen: 2_000 },
  { by: 'card', fen: 1_500 },
  { by: 'cash', fen: 500 },
] as const;
const back = { paidBeforeFen: 4_000, ways: EARLIER } as const;

function inEveryWay(part: Part, plans: readonly MoneyOrder[], isWhole: (collect: Collecting) => boolean) {
  return plans.flatMap((plan) =>
    COLLECTING.map(([collect]) => scenario({ ...part, plan, collect, isWhole: isWhole(collect) })),
  );
}

function otherPatients(part: Part, plans: readonly MoneyOrder[]): readonly Scenario[] {
  return plans.flatMap((plan) =>
    COLLECTING.flatMap(([collect, others]) => others.map((patient) => scenario({ ...part, plan, collect, patient }))),
  );
}

export const SCENARIOS: readonly Scenario[] = [
  ...inEveryWay({ flow: 'outpatient' }, PLANS, () => true),
  ...otherPatients({ flow: 'outpatient' }, PLANS),
  ...PLANS.flatMap((plan) => [
    scenario({ flow: 'outpatient', plan, isOffSite: true, name: 'off-site' }),
    scenario({ flow: 'outpatient', plan, ownFen: 0, name: 'nothing to pay' }),
  ]),
  ...inEveryWay({ flow: 'registration' }, PLANS, (collect) => collect === 'card'),
  ...inEveryWay({ flow: 'deposit', ...uninsured }, ONE, (collect) => collect !== 'card'),
  ...otherPatients({ flow: 'deposit', ...uninsured }, ONE),
  ...inEveryWay({ flow: 'selfPay', ...uninsured }, ONE, (collect) => collect === 'card'),
  ...inEveryWay({ flow: 'discharge', ...more }, PLANS, (collect) => collect === 'cash'),
  ...PLANS.map((plan) => scenario({ flow: 'discharge', plan, ...less, ...(plan === 'payThenSettle' && whole) })),
  scenario({ flow: 'refund', former: 'insured', isInsured: false, ownFen: 0, ...back, name: 'whole', ...whole }),
  scenario({ flow: 'refund', former: 'insured', ownFen: 1_000, ...back, name: 'in part', ...whole }),
  scenario({ flow: 'refund', former: 'insured', ownFen: 4_000, ...back, name: 'nothing back at first' }),
  scenario({ flow: 'refund', former: 'selfPaid', isInsured: false, ownFen: 0, ...back, name: 'own expense' }),
  scenario({ flow: 'conversion', former: 'selfPaid', ownFen: 1_000, ...back, ...whole }),
  scenario({ flow: 'parked', ...uninsured, patient: 'waits', ...whole }),
];
