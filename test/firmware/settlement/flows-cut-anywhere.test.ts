/**
 * Every flow but the outpatient's, with the power off at any point and every trouble of the wire at any call: refund,
 * discharge, deposit, own expense, conversion, and money by card and in notes.
 */
import { expect, test } from 'vitest';
import { countedFen } from '../../../firmware/settlement/cash-count.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import { BenchKiosk } from './bench-kiosk.ts';
import { type InsuredOrder, orderFor } from './bench-order.ts';
import { type Trouble, troubles } from './model-line.ts';
import { FORMER } from './model-parties.ts';

const LIFE = { payOrderLifeMs: 8_000 };

interface Situation {
  readonly order: InsuredOrder;
  readonly arrange: (bench: BenchKiosk) => void;
  /** How it ends when nothing goes wrong, and what the cashier owes then, fen; settled and nothing unless said. */
  readonly ends?: readonly ['settled' | 'notSettled', number];
}

const withoutInsurance = (flow: 'deposit' | 'selfPay', collect: InsuredOrder['collect'] = 'code'): InsuredOrder => ({
  ...orderFor(0, 'payThenSettle', { flow, collect, ...LIFE }),
  agreed: ownExpense(5_000),
});

const leg = (amountFen: number, nth = 1) => ({
  ...{ orderNumber: `before-${nth}`, refundNumber: `back-${nth}`, amountFen, mostFen: amountFen, by: 'code' as const },
});

/** What a patient had paid and the centre had settled before a refund begins. */
function formerly(bench: BenchKiosk, paidFen: number, keptFen: number): void {
  const former = orderFor(paidFen, 'payThenSettle');
  bench.insurance.settledBefore(former.agreed);
  bench.payment.paidBefore('before-1', paidFen);
  bench.insurance.splits = orderFor(keptFen, 'payThenSettle').agreed;
  bench.ends = {
    settled: () => ({ takenFen: keptFen, claims: keptFen > 0 ? 1 : 0 }),
    notSettled: () => ({ takenFen: paidFen, claims: 1 }),
  };
}

const refund = (more: Partial<InsuredOrder>): InsuredOrder => ({
  ...orderFor(1_500, 'payThenSettle', { flow: 'refund', paidBeforeFen: 4_000, anew: true, ...LIFE }),
  former: { settlementNumber: 'set_former', settlementId: FORMER },
  returns: [leg(2_500)],
  ...more,
});

const noClaim = (bench: BenchKiosk): void => {
  bench.ends = { settled: (takenFen) => ({ takenFen, claims: 0 }), notSettled: () => ({ takenFen: 0, claims: 0 }) };
};

const byCash = (bench: BenchKiosk): void => {
  noClaim(bench);
  let given = 0;
  const giveNotes = (): void => {
    bench.clock.timer(500, giveNotes);
    const [number] = bench.openNumbers();
    if (!number || given >= 3 || bench.cash.escrowFen > 0) return;
    bench.cash.escrowFen = 2_000;
    bench.settlements.insertNote(number, 2_000, countedFen(bench.cash.counters())).then(
      () => {
        given += 1;
      },
      () => {
        bench.cash.escrowFen = 0;
      },
    );
  };
  giveNotes();
};

const situations: Readonly<Record<string, Situation>> = {
  'a deposit by phone': { order: withoutInsurance('deposit'), arrange: noClaim },
  'a bill at own expense by card': { order: withoutInsurance('selfPay', 'card'), arrange: noClaim },
  'a card that its bank refuses': {
    order: withoutInsurance('selfPay', 'card'),
    arrange: (bench) => {
      noClaim(bench);
      bench.card.bank = 'insufficientFunds';
    },
    ends: ['notSettled', 0],
  },
  'an insured bill whose own part a card pays': {
    order: orderFor(4_000, 'settleThenPay', { collect: 'card', ...LIFE }),
    arrange: () => undefined,
  },
  'a deposit in notes': { order: withoutInsurance('deposit', 'cash'), arrange: byCash, ends: ['settled', 1_000] },
  'a discharge whose deposits are too much': {
    order: orderFor(4_000, 'payThenSettle', {
      flow: 'discharge',
      paidBeforeFen: 10_000,
      returns: [leg(5_000), leg(1_000, 2)],
      ...LIFE,
    }),
    arrange: (bench) => {
      bench.payment.paidBefore('before-1', 5_000);
      bench.payment.paidBefore('before-2', 5_000);
      bench.ends = {
        settled: () => ({ takenFen: 4_000, claims: 1 }),
        notSettled: () => ({ takenFen: 10_000, claims: 0 }),
      };
    },
  },
  'a discharge whose deposits are too little': {
    order: orderFor(4_000, 'settleThenPay', { flow: 'discharge', paidBeforeFen: 1_500, ...LIFE }),
    arrange: (bench) => {
      bench.payment.paidBefore('before-1', 1_500);
      bench.ends = {
        settled: () => ({ takenFen: 4_000, claims: 1 }),
        notSettled: () => ({ takenFen: 1_500, claims: 0 }),
      };
    },
  },
  'a refund of some lines': { order: refund({}), arrange: (bench) => formerly(bench, 4_000, 1_500) },
  'a refund whose kept lines cost less than rehearsed, because undoing freed a deductible': {
    order: refund({ returns: [{ ...leg(2_500), mostFen: 4_000 }] }),
    arrange: (bench) => formerly(bench, 4_000, 1_000),
  },
  'a refund of the whole': {
    order: refund({ agreed: ownExpense(0), anew: false, returns: [leg(4_000)] }),
    arrange: (bench) => formerly(bench, 4_000, 0),
  },
  'a refund that a later settlement blocks': {
    order: refund({}),
    arrange: (bench) => {
      formerly(bench, 4_000, 1_500);
      bench.insurance.blocksVoid = true;
    },
    ends: ['notSettled', 0],
  },
  'a bill at own expense that insurance takes over': {
    order: orderFor(4_000, 'payThenSettle', {
      flow: 'conversion',
      paidBeforeFen: 30_000,
      former: { settlementNumber: 'set_before', settlementId: null },
      returns: [leg(26_000)],
      ...LIFE,
    }),
    arrange: (bench) => {
      bench.payment.paidBefore('before-1', 30_000);
      bench.ends = {
        settled: () => ({ takenFen: 4_000, claims: 1 }),
        notSettled: () => ({ takenFen: 30_000, claims: 0 }),
      };
    },
  },
};

async function run(
  { order, arrange }: Situation,
  cuts: readonly number[],
  script: readonly (readonly [number, Trouble])[] = [],
): Promise<BenchKiosk> {
  const bench = new BenchKiosk();
  arrange(bench);
  for (const [call, trouble] of script) bench.line.script.set(call, trouble);
  for (const cut of cuts) bench.cuts.add(cut);
  bench.settlements.begin(order).then(
    ({ number }) => bench.watch(number),
    () => undefined,
  );
  await bench.clock.drain();
  await bench.untilEnded();
  return bench;
}

/** Of these troubles only one needs a person: a settlement that was undone and whose rest the centre then reversed. */
async function problems(bench: BenchKiosk): Promise<string> {
  const cases = bench.database
    .prepare("SELECT json_extract(body, '$.reason') AS reason FROM outbox WHERE kind = 'settlementCase'")
    .all()
    .map((row) => String(row['reason']))
    .filter((reason) => reason !== 'refundHalfDone');
  return [...cases, ...(await bench.violations())].join('; ');
}

test.each(Object.entries(situations))('I1–I6, I9: a power cut at any point of "%s"', async (_title, situation) => {
  const whole = await run(situation, []);
  expect(await problems(whole)).toBe('');
  expect(whole.openNumbers()).toEqual([]);
  const status = await whole.settlements.status(whole.numbers()[0] ?? '');
  expect([status?.view.state, status?.owedFen]).toEqual(situation.ends ?? ['settled', 0]);
  const bad: string[] = [];
  for (let cut = 0; cut < whole.points.length; cut += 1) {
    const found = await problems(await run(situation, [cut]));
    if (found) bad.push(`cut at ${cut} (${whole.points[cut]}): ${found}`);
  }
  expect(bad).toEqual([]);
});

test.each(Object.entries(situations))(
  'I1–I6, I9: any trouble of the wire at any call of "%s"',
  async (_title, situation) => {
    const calls = (await run(situation, [])).line.calls.length;
    const bad: string[] = [];
    for (let call = 0; call < calls + 4; call += 1) {
      for (const trouble of troubles) {
        const bench = await run(situation, [], [[call, trouble]]);
        const found = await problems(bench);
        if (found) bad.push(`${trouble} at call ${call}: ${found} [${bench.line.calls.join(' ')}]`);
      }
    }
    expect(bad).toEqual([]);
  },
);

test.each(Object.entries(situations))(
  'I1–I6, I9: a trouble of the wire, and then a cut, "%s"',
  async (_title, situation) => {
    const { line } = await run(situation, []);
    const bad: string[] = [];
    for (let call = 0; call < line.calls.length; call += 1) {
      for (const trouble of ['answerLost', 'requestLate'] as const) {
        const { points } = await run(situation, [], [[call, trouble]]);
        for (let cut = 1; cut < Math.min(points.length, 40); cut += 3) {
          const found = await problems(await run(situation, [cut], [[call, trouble]]));
          if (found) bad.push(`${trouble} at call ${call}, cut at ${cut}: ${found}`);
        }
      }
    }
    expect(bad).toEqual([]);
  },
);
