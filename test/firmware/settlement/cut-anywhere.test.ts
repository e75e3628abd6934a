/**
 * The power goes off before and after every transaction and every call, and
 * every call meets every trouble of the wire. Whatever happens, the ledgers of
 * the three parties agree with each other and with what the patient was told.
 */
import { expect, test } from 'vitest';
import type { SettlementOrder } from '../../../firmware/settlement/settlements.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';
import { type Trouble, troubles } from './model-line.ts';

/** Short, so that there are not too many polls to cut at. */
const ORDER_LIFE_MS = 8_000;

interface Situation {
  readonly plan: SettlementOrder['plan'];
  readonly own: number;
  readonly arrange: (bench: BenchKiosk) => void;
}

const situations: Readonly<Record<string, Situation>> = {
  'paid, then settled': { plan: 'payThenSettle', own: 4_000, arrange: () => undefined },
  'settled, then paid': { plan: 'settleThenPay', own: 4_000, arrange: () => undefined },
  'nothing to pay': { plan: 'payThenSettle', own: 0, arrange: () => undefined },
  'nobody pays for what was settled': {
    plan: 'settleThenPay',
    own: 4_000,
    arrange: (bench) => {
      bench.payment.paysAfterMs = undefined;
    },
  },
  'paid in the last moment': {
    plan: 'payThenSettle',
    own: 4_000,
    arrange: (bench) => {
      bench.payment.paysAfterMs = ORDER_LIFE_MS + 500;
    },
  },
  'refused by the hospital': {
    plan: 'payThenSettle',
    own: 4_000,
    arrange: (bench) => {
      bench.hospital.refuses = true;
    },
  },
  'one fen off at the centre': {
    plan: 'settleThenPay',
    own: 4_000,
    arrange: (bench) => {
      bench.insurance.differsByFen = 1;
    },
  },
};

async function run(
  situation: Situation,
  cuts: readonly number[],
  script: readonly (readonly [number, Trouble])[] = [],
): Promise<BenchKiosk> {
  const bench = new BenchKiosk();
  situation.arrange(bench);
  for (const [call, trouble] of script) bench.line.script.set(call, trouble);
  for (const cut of cuts) bench.cuts.add(cut);
  const begun = bench.settlements
    .begin(orderFor(situation.own, situation.plan, { payOrderLifeMs: ORDER_LIFE_MS }))
    .then(
      ({ number }) => bench.watch(number),
      // Cut off before the order was on the disk: nothing has begun.
      () => undefined,
    );
  await bench.clock.drain();
  await bench.untilEnded();
  if (!bench.dead) await begun;
  return bench;
}

/** None of these troubles is one that only a person could clear. */
async function problems(bench: BenchKiosk): Promise<string> {
  const handed = bench.database.prepare("SELECT count(*) AS n FROM outbox WHERE kind = 'settlementCase'").get();
  const cases = Number(handed?.['n']) > 0 ? ['handed to a person'] : [];
  return [...cases, ...(await bench.violations())].join('; ');
}

test.each(Object.entries(situations))('I1–I6, I9: a power cut at any point of "%s"', async (_title, situation) => {
  const whole = await run(situation, []);
  expect(await problems(whole)).toBe('');
  const points = whole.points.length;
  expect(points).toBeGreaterThan(8);
  const bad: string[] = [];
  for (let cut = 0; cut < points; cut += 1) {
    const found = await problems(await run(situation, [cut]));
    if (found) bad.push(`cut at ${cut} (${whole.points[cut]}): ${found}`);
  }
  expect(bad).toEqual([]);
});

test.each(Object.entries(situations))(
  'I1–I6, I9: a second power cut while the first is looked after, "%s"',
  async (_t, situation) => {
    const points = (await run(situation, [])).points.length;
    const bad: string[] = [];
    for (let cut = 0; cut < points; cut += 1) {
      for (const again of [1, 3, 6]) {
        const found = await problems(await run(situation, [cut, cut + again]));
        if (found) bad.push(`cuts at ${cut} and ${cut + again}: ${found}`);
      }
    }
    expect(bad).toEqual([]);
  },
);

test.each(Object.entries(situations))(
  'I1–I6, I9: any trouble of the wire at any call of "%s"',
  async (_t, situation) => {
    const calls = (await run(situation, [])).line.calls.length;
    const bad: string[] = [];
    for (let call = 0; call < calls + 6; call += 1) {
      for (const trouble of troubles) {
        const found = await problems(await run(situation, [], [[call, trouble]]));
        if (found) bad.push(`${trouble} at call ${call}: ${found}`);
      }
    }
    expect(bad).toEqual([]);
  },
);

test.each(Object.entries(situations))(
  'I1–I6, I9: any trouble of the wire, and then a cut, "%s"',
  async (_t, situation) => {
    const whole = await run(situation, []);
    const bad: string[] = [];
    for (let call = 0; call < whole.line.calls.length; call += 1) {
      for (const trouble of ['answerLost', 'requestLate'] as const) {
        const points = (await run(situation, [], [[call, trouble]])).points.length;
        for (let cut = 0; cut < Math.min(points, 40); cut += 2) {
          const found = await problems(await run(situation, [cut], [[call, trouble]]));
          if (found) bad.push(`${trouble} at call ${call}, cut at ${cut}: ${found}`);
        }
      }
    }
    expect(bad).toEqual([]);
  },
);
