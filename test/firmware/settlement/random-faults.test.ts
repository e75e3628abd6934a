/** Scripts of troubles, cuts and hands that nobody thought of. Bounded in runs and in time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BenchKiosk } from './bench-kiosk.ts';
import { orderFor } from './bench-order.ts';
import { troubles } from './model-line.ts';

const script = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  plan: fc.constantFrom('payThenSettle', 'settleThenPay'),
  own: fc.constantFrom(0, 1, 4_000),
  troubles: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...troubles)), { maxLength: 6 }),
  cuts: fc.array(fc.nat(80), { maxLength: 4 }),
  paysAfterMs: fc.option(fc.constantFrom(0, 3_000, 7_999, 8_000, 8_001, 9_000), { nil: undefined }),
  leaves: fc.option(
    fc.record({ atMs: fc.nat(12_000), reason: fc.constantFrom('patientGaveUp', 'patientGone', 'payOrderExpired') }),
    { nil: undefined },
  ),
  hospitalRefuses: fc.boolean(),
  canFind: fc.boolean(),
});

test('I1–I6, I9: no script of troubles, cuts and hands makes the parties disagree', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (given) => {
      const bench = new BenchKiosk(given.seed);
      bench.payment.paysAfterMs = given.paysAfterMs;
      bench.hospital.refuses = given.hospitalRefuses;
      bench.insurance.canFind = given.canFind;
      for (const [call, trouble] of given.troubles) bench.line.script.set(call, trouble);
      for (const cut of given.cuts) bench.cuts.add(cut);
      const { leaves } = given;
      if (leaves) {
        bench.clock.timer(leaves.atMs, () => {
          const [number] = bench.openNumbers();
          if (number) bench.settlements.giveUp(number, leaves.reason).catch(() => undefined);
        });
      }
      bench.settlements.begin(orderFor(given.own, given.plan, { payOrderLifeMs: 8_000 })).then(
        ({ number }) => bench.watch(number),
        () => undefined,
      );
      await bench.untilEnded();
      expect(await bench.violations()).toEqual([]);
    }),
    { numRuns: 1_500, interruptAfterTimeLimit: 15_000, seed: 20_261_122 },
  );
}, 25_000);
