/** The money rule of the bank terminal: whatever is cut, at whatever byte, the driver's word is the bank's ledger. */
import { describe, expect, test } from 'vitest';
import { DISTURBANCES } from '../../support/disturbed-line.ts';
import { BALANCE_FEN, ORDER, onBench, SALE_MS } from './terminal-bench.ts';

const ASK = { timeoutMs: 45_000 };
type Bench = Awaited<ReturnType<typeof onBench>>;

/** Bytes that pass, both ways together, from the sale's first byte to the ACK of its answer. */
async function bytesOf(work: (bench: Bench) => Promise<unknown>): Promise<number> {
  const bench = await onBench();
  const before = bench.line.passed;
  await work(bench);
  await bench.clock.pass(5_000);
  await bench.driver.close();
  return bench.line.passed - before;
}

/** Repairs the line and asks what became of the order until the driver knows. */
async function foundOut({ driver, line, ended, clock }: Bench): Promise<'approved' | 'none'> {
  line.mend();
  for (let turn = 0; turn < 10; turn += 1) {
    await clock.pass(10_000);
    const seen = await ended(driver.lookUp(ORDER.orderNumber, ASK));
    if (seen.done && seen.value?.state !== 'open') return seen.value?.state === 'approved' ? 'approved' : 'none';
  }
  throw new Error('nobody ever says what became of the order');
}

describe('every byte boundary of a sale', () => {
  test.each(DISTURBANCES)(
    '%s: the bank’s ledger is what the driver says, and the order is asked for first',
    async (kind) => {
      const bytes = await bytesOf((bench) => bench.pay());
      expect(bytes).toBeGreaterThan(150);
      const ends = new Map<string, number>();
      for (let cut = 0; cut <= bytes; cut += 1) {
        const bench = await onBench();
        const { driver, line, acquirer, card, pay, clock } = bench;
        line.disturb(kind, cut);
        const said = await pay();
        const at = `${kind} after ${cut} of ${bytes} bytes`;
        if (said.done) expect(acquirer.keptFen(ORDER.orderNumber), at).toBe(3_000);
        else if (said.effect === 'none') expect(acquirer.keptFen(ORDER.orderNumber), at).toBe(0);
        else if (driver.owed === undefined) {
          // It was asked and found out already, by the new link.
          expect(bench.events.at(-1), at).toMatchObject({ event: 'outcomeFound', number: ORDER.orderNumber });
        } else expect(driver.owed, at).toBe(ORDER.orderNumber);
        const end = await foundOut(bench);
        expect(acquirer.keptFen(ORDER.orderNumber), at).toBe(end === 'approved' ? 3_000 : 0);
        expect(card.balanceFen, at).toBe(BALANCE_FEN - (end === 'approved' ? 3_000 : 0));
        if (said.done) expect(end, at).toBe('approved');
        expect(driver.owed, at).toBeUndefined();
        // Nothing of the old sale comes later, and the terminal serves the next patient.
        await clock.pass(70_000);
        expect(await pay({ orderNumber: 'pay_next', amountFen: 700 }), at).toMatchObject({ done: true });
        expect(acquirer.keptFen(ORDER.orderNumber), at).toBe(end === 'approved' ? 3_000 : 0);
        expect(driver.state, at).toBe('online');
        await driver.close();
        expect(clock.waiting, at).toBe(0);
        ends.set(
          `${said.done ? 'done' : said.fault}/${end}`,
          (ends.get(`${said.done ? 'done' : said.fault}/${end}`) ?? 0) + 1,
        );
      }
      if (kind === 'pulled') {
        expect(ends.get('deviceNotReady/none') ?? 0).toBeGreaterThan(50);
        expect(ends.get('deviceNotReady/approved') ?? 0).toBeGreaterThan(50);
      }
    },
  );

  test('cut, the first thing the terminal hears on the new line is the question for that order', async () => {
    const bench = await onBench();
    bench.line.disturb('replugged', 160);
    const heard: string[] = [];
    const { openByteLink } = bench.pos;
    bench.pos.openByteLink = async (signal) => {
      const link = await openByteLink.call(bench.pos, signal);
      const write = link.write.bind(link);
      link.write = (bytes, to) => {
        heard.push(String.fromCharCode(...bytes));
        return write(bytes, to);
      };
      return link;
    };
    expect(await bench.pay()).toMatchObject({ done: false, effect: 'unknown' });
    await bench.clock.pass(2_000);
    expect(heard[0]?.slice(15, 17)).toBe('LT');
    expect(heard[0]).toContain(ORDER.orderNumber);
    await bench.driver.close();
  });

  test('the late answer of an older question is nobody’s: “nobody knows it” does not end another order', async () => {
    const bench = await onBench();
    const { pos, driver, ended, clock } = bench;
    const { openByteLink } = pos;
    const said: Uint8Array[] = [];
    let sayAgain = false;
    pos.openByteLink = async (signal) => {
      const link = await openByteLink.call(pos, signal);
      const hears: ((bytes: Uint8Array) => void)[] = [];
      link.onData((bytes) => said.push(bytes));
      const { onData, write } = link;
      link.onData = (listener) => {
        hears.push(listener);
        return onData.call(link, listener);
      };
      link.write = (bytes, to) => {
        // A serial server delivers, behind the next question, what it still held back.
        if (sayAgain && bytes.length > 5) for (const old of said.slice(0, 12)) for (const hear of hears) hear(old);
        return write.call(link, bytes, to);
      };
      return link;
    };
    pos.unplug();
    pos.plugIn();
    await clock.pass(3_000);
    await bench.pay();
    said.length = 0;
    expect(await ended(driver.lookUp('pay_0', ASK))).toEqual({ done: true, value: undefined });
    sayAgain = true;
    expect(await ended(driver.lookUp(ORDER.orderNumber, ASK))).toMatchObject({ value: { state: 'approved' } });
    await driver.close();
  });

  test('the plug of the module itself, pulled before and after the bank has heard', async () => {
    for (const [hand, end] of [
      ['beforeCard', 'none'],
      ['duringAnswer', 'approved'],
    ] as const) {
      const bench = await onBench();
      const { driver, pos, clock, card, ended, acquirer } = bench;
      const selling = driver.sale(ORDER, { timeoutMs: SALE_MS });
      await clock.pass(100);
      if (hand === 'beforeCard') pos.cutPower();
      else {
        bench.line.disturb('hung', 0);
        pos.tap(card);
        await clock.drain();
        pos.cutPower();
        bench.line.mend();
      }
      expect(await ended(selling)).toMatchObject({ fault: 'timeOut', effect: 'unknown' });
      await clock.pass(60_000);
      expect(driver.state).toBe('powerOff');
      pos.powerUp();
      expect(await foundOut(bench)).toBe(end);
      expect(acquirer.keptFen(ORDER.orderNumber)).toBe(end === 'approved' ? 3_000 : 0);
      await driver.close();
    }
  });
});
