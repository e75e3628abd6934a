/** Every command of the bank terminal but the sale, disturbed at every byte that passes. */
import { describe, expect, test } from 'vitest';
import { DISTURBANCES, type Disturbance } from '../../support/disturbed-line.ts';
import { ORDER, onBench, SALE_MS } from './terminal-bench.ts';

const ASK = { timeoutMs: 45_000 };
type Bench = Awaited<ReturnType<typeof onBench>>;

/** An order of yesterday stands in the bank's book. */
async function afterSale(): Promise<Bench> {
  const bench = await onBench();
  bench.acquirer.takenBefore(ORDER.orderNumber, bench.card, ORDER.amountFen, bench.clock.wallMs());
  return bench;
}

describe('the unplug matrix of what is not a sale', () => {
  const refund = { ...ORDER, refundNumber: 'ref_1', amountFen: 1_000, as: 'refund' } as const;
  const commands: readonly (readonly [string, (bench: Bench) => Promise<{ readonly done: boolean }>])[] = [
    ['lookUp', ({ driver }) => driver.lookUp(ORDER.orderNumber, ASK)],
    ['reverse', ({ driver }) => driver.reverse('pay_other', ASK)],
    ['giveBack', ({ driver }) => driver.giveBack(refund, ASK)],
    ['giveBackState', ({ driver }) => driver.giveBackState('ref_1', ASK)],
    ['totals', ({ driver }) => driver.totals(ASK)],
    ['settleBatch', ({ driver }) => driver.settleBatch('000001', ASK)],
  ];
  const cases = commands.flatMap(([name, run]) =>
    DISTURBANCES.map((kind): [string, Disturbance, typeof run] => [name, kind, run]),
  );

  test.each(cases)(
    '%s, %s along its bytes: it ends with a word, what waited is never sent, and all is well again',
    async (_name, kind, run) => {
      const sold = await afterSale();
      const before = sold.line.passed;
      await sold.ended(run(sold));
      await sold.clock.pass(5_000);
      const bytes = sold.line.passed - before;
      await sold.driver.close();
      for (let cut = 0; cut <= bytes; cut += 1) {
        const bench = await afterSale();
        const { driver, line, clock, ended, acquirer } = bench;
        line.disturb(kind, cut);
        const first = run(bench);
        const offer = new AbortController();
        const order = { orderNumber: 'pay_waiting', amountFen: 100 };
        const waiting = driver.sale(order, { timeoutMs: SALE_MS, signal: offer.signal });
        const word = await ended(first);
        const at = `${kind} after ${cut} of ${bytes} bytes`;
        if (!word.done) expect(word, at).toMatchObject({ fault: expect.any(String), detail: expect.any(String) });
        if (kind === 'pulled' || kind === 'replugged') {
          expect(await ended(waiting), at).toMatchObject({ fault: 'deviceNotReady', effect: 'none' });
        }
        line.mend();
        offer.abort();
        await ended(waiting);
        await clock.pass(20_000);
        expect(driver.state, at).toBe('online');
        if (kind === 'pulled' || kind === 'replugged') expect(acquirer.sales.has('pay_waiting'), at).toBe(false);
        // Asked again under the same number, it is done once.
        await ended(driver.giveBack(refund, ASK));
        expect(acquirer.keptFen(ORDER.orderNumber), at).toBe(2_000);
        await driver.close();
        expect(clock.waiting, at).toBe(0);
      }
    },
  );
});
