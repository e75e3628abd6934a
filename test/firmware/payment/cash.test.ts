/** Notes, by their rules and with the real settlement core over the virtual acceptor. */
import { describe, expect, test } from 'vitest';
import type { CashCounters } from '../../../firmware/payment/cash-acceptor.ts';
import { facesFor, isFenced, judgeNote, payable, settledCounters } from '../../../firmware/payment/cash-rules.ts';
import { judgeClearing } from '../../../firmware/payment/clearing.ts';
import { countedFen } from '../../../firmware/settlement/cash-count.ts';
import { ownExpense } from '../../../firmware/settlement/own-expense.ts';
import {
  type MidStack,
  VirtualCashAcceptor,
} from '../../../hardware-sim/devices/cash-acceptor/virtual-cash-acceptor.ts';
import { acceptorOver } from '../../support/money-devices.ts';
import { BenchKiosk } from '../settlement/bench-kiosk.ts';
import { orderFor } from '../settlement/bench-order.ts';

const FACES = [100, 500, 1_000, 2_000, 5_000, 10_000];
const NOTE = 2_000;

const counters = (notes: Readonly<Record<number, number>>, box = 1): CashCounters => ({
  box,
  notes: new Map(Object.entries(notes).map(([face, count]) => [Number(face), count])),
});

describe('the rules of notes', () => {
  test('no note is taken that is more than what is left, because no machine gives change', () => {
    expect([...facesFor(2_000, FACES)]).toEqual([100, 500, 1_000, 2_000]);
    expect([...facesFor(1_999, FACES)]).toEqual([]);
    expect([...facesFor(6_000, [2_000, 5_000])]).toEqual([2_000]);
    expect([...facesFor(7_000, [2_000, 5_000])]).toEqual([2_000, 5_000]);
  });

  test('an amount that no notes add up to cannot be paid in cash here', () => {
    expect(payable(0, [])).toBe(true);
    expect(payable(3_000, [2_000])).toBe(false);
    expect(payable(8_000, [2_000, 5_000])).toBe(true);
    expect(payable(123_456_700, FACES)).toBe(true);
    expect(payable(190_25, FACES)).toBe(false);
  });

  test('a note counts when its own counter grew by one and no other moved', () => {
    const before = counters({ 2000: 3, 5000: 1 });
    expect(judgeNote(before, counters({ 2000: 4, 5000: 1 }), NOTE)).toBe('stacked');
    expect(judgeNote(before, before, NOTE)).toBe('notStacked');
    for (const after of [
      counters({ 2000: 5, 5000: 1 }),
      counters({ 2000: 4, 5000: 2 }),
      counters({ 2000: 3, 5000: 2 }),
      counters({ 2000: 2, 5000: 1 }),
      counters({ 2000: 3, 5000: 1, 100: 20 }),
      counters({ 2000: 4, 5000: 1 }, 2),
    ]) {
      expect(judgeNote(before, after, NOTE)).toBe('mismatch');
    }
  });

  test('at power-up cash stays fenced when the box is not the one that the journal knows', () => {
    const known = counters({ 2000: 3 });
    expect(isFenced(known, counters({ 2000: 3 }))).toBe(false);
    expect(isFenced(known, counters({ 2000: 4 }))).toBe(true);
    expect(isFenced(known, counters({}, 2))).toBe(true);
  });

  test('counters are read with an empty escrow, or not at all', async () => {
    const virtual = new VirtualCashAcceptor();
    const acceptor = acceptorOver(virtual);
    await acceptor.accept(new Set([NOTE]));
    expect(virtual.insert(5_000)).toBe('cameBack');
    expect(virtual.insert(NOTE)).toBe('taken');
    expect(await settledCounters(acceptor)).toMatchObject({ outcome: 'ok' });
    expect(virtual.takeNotes()).toEqual([5_000, NOTE]);
    virtual.insert(NOTE);
    const stuck = { counters: acceptor.counters, giveBack: async () => 'unknown' as const };
    expect(await settledCounters(stuck)).toMatchObject({ outcome: 'unknown' });
  });
});

/** A deposit of one note, begun, with the note in the escrow and the settlement told of it. */
async function oneNote() {
  const bench = new BenchKiosk();
  const virtual = new VirtualCashAcceptor();
  bench.cash.acceptor = () => acceptorOver(virtual);
  const settlements = bench.start();
  const { number } = await settlements.begin({
    ...orderFor(0, 'payThenSettle', { flow: 'deposit', collect: 'cash', payOrderLifeMs: 600_000 }),
    agreed: ownExpense(NOTE),
  });
  await bench.clock.pass(2_000);
  virtual.accept([NOTE]);
  const { line } = virtual;
  const present = await acceptorOver(virtual).counters();
  if (present.outcome !== 'ok') throw new Error(present.detail);
  const put = async () => {
    expect(virtual.insert(NOTE)).toBe('taken');
    await settlements.insertNote(number, NOTE, countedFen(present.counters));
  };
  const view = async () => (await settlements.status(number))?.view;
  return { bench, virtual, line, put, view };
}

describe('one note, with the real settlement', () => {
  test('counts when it lies in the box', async () => {
    const { bench, virtual, put, view } = await oneNote();
    await put();
    await bench.untilEnded(60_000);
    expect(await view()).toMatchObject({ state: 'settled' });
    expect(virtual.countByHand()).toEqual([NOTE]);
  });

  test('that the rollers give back is the patient’s again, and nothing is counted', async () => {
    const { bench, virtual, put, view } = await oneNote();
    virtual.givesBack = true;
    await put();
    await bench.clock.pass(5_000);
    expect(virtual.takeNotes()).toEqual([NOTE]);
    expect(await view()).toMatchObject({ state: 'awaitingCash', insertedFen: 0 });
  });

  test.each([false, true])(
    'cut after every byte (the plug too: %s), it is in the box and counted, or in the hand and not',
    async (plug) => {
      const whole = await oneNote();
      const before = whole.line.passed;
      await whole.put();
      await whole.bench.clock.pass(1_000);
      const bytes = whole.line.passed - before;
      expect(bytes).toBeGreaterThan(20);
      const ends = new Set<string>();
      for (let cut = 0; cut < bytes; cut += 1) {
        const { bench, virtual, line, put, view } = await oneNote();
        line.cutAfter = line.passed + cut;
        if (plug) line.onCut = () => virtual.pullPlug();
        await put();
        await bench.clock.pass(3_000);
        expect(await view(), `while the acceptor is silent, cut after ${cut}`).toMatchObject({ state: 'resolving' });
        line.mend();
        virtual.plugIn();
        await bench.clock.pass(120_000);
        const inBox = virtual.countByHand().length;
        const inHand = virtual.takeNotes().length;
        expect(inBox + inHand, `cut after ${cut}`).toBe(1);
        const seen = await view();
        ends.add(seen?.state ?? 'none');
        expect(seen?.state, `cut after ${cut}`).toBe(inBox === 1 ? 'settled' : 'awaitingCash');
      }
      expect(ends).toEqual(new Set(['settled', 'awaitingCash']));
    },
  );

  test.each<[MidStack, string]>([
    ['fallsIn', 'settled'],
    ['comesBack', 'awaitingCash'],
    ['uncounted', 'awaitingCash'],
  ])('the power fails while it moves and it %s: %s', async (midStack, end) => {
    const { bench, virtual, put, view } = await oneNote();
    virtual.failsMidStack = midStack;
    await put();
    await bench.clock.pass(3_000);
    virtual.plugIn();
    await bench.clock.pass(60_000);
    expect((await view())?.state).toBe(end);
  });

  test('a box that holds what no counter saw is found when two people count it', async () => {
    const { bench, virtual, put } = await oneNote();
    virtual.failsMidStack = 'uncounted';
    await put();
    await bench.clock.pass(3_000);
    virtual.plugIn();
    const byHand = virtual.countByHand();
    const counted = { count: byHand.length, fen: byHand.reduce((sum, face) => sum + face, 0) };
    const nothing = { count: 0, fen: 0 };
    const money = [{ what: 'cash.2000', journal: nothing, device: nothing, counted }];
    expect(judgeClearing({ by: ['key-1', 'key-2'], openOrders: 0, money })).toMatchObject({
      outcome: 'differs',
      differences: [{ counted: { count: 1, fen: NOTE } }],
    });
  });

  test('a box that was changed meanwhile is never guessed at: a person looks', async () => {
    const { bench, virtual, line, put, view } = await oneNote();
    line.cutAfter = line.passed;
    await put();
    await bench.clock.pass(3_000);
    virtual.changeBox();
    line.mend();
    await bench.clock.pass(60_000);
    expect(await view()).toMatchObject({ state: 'handedToPerson', reason: 'cashMismatch' });
  });
});
