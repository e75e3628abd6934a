/** The journal of arrays beside the one on a database: the same ledger cannot tell them apart. */
import { expect, test } from 'vitest';
import { Journal } from '../../../firmware/settlement/journal.ts';
import type { JournalPort } from '../../../firmware/settlement/journal-port.ts';
import { openLedgerOn } from '../../../firmware/settlement/ledger.ts';
import { Seal } from '../../../firmware/settlement/seal.ts';
import type { Ledger, Step } from '../../../firmware/settlement/settlement-ledger.ts';
import { openSqliteStore } from '../../../firmware/world/sqlite-store.ts';
import { MemoryJournal } from '../../../hardware-sim/proof/memory-journal.ts';
import { kiosk, orderFor, sealingKey, seededRandom } from '../../firmware/settlement/bench-order.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const order = orderFor(4_000, 'payThenSettle');

function openOn(journal: JournalPort): Ledger {
  return openLedgerOn(() => journal, { random: seededRandom(5), clock: new ManualClock() });
}

/** Both forms, each with a ledger on it. */
function pair() {
  const store = openSqliteStore(':memory:');
  return { memory: new MemoryJournal(), real: new Journal(store, new Seal(sealingKey)), store };
}

/** Lock granted, order paid, 2207 without an answer: one settlement in the middle. */
function half(ledger: Ledger): Step {
  ledger.resume(kiosk);
  const { status } = ledger.begin(order);
  const { number } = status;
  ledger.report(number, { step: 'hospital.lock', attempt: 1, finding: { verdict: 'ok', value: null } });
  ledger.report(number, {
    step: 'pay.create',
    attempt: 1,
    finding: { verdict: 'ok', value: { payCode: 'weixin://x' } },
  });
  const paid = { state: 'paid', paidFen: 4_000, route: 'wechat' } as const;
  ledger.report(number, { step: 'pay.query', attempt: 0, finding: { verdict: 'ok', value: paid } });
  return ledger.report(number, { step: 'ins.settle', attempt: 1, finding: { verdict: 'unknown', detail: 'time-out' } });
}

test('the same steps write the same facts, and the ledger does the same next', () => {
  const { memory, real, store } = pair();
  // The first question about the order comes at once on both, so no time passes.
  const steps = [memory, real].map((journal) => half(openOn(journal)));
  const [first] = steps;
  expect(steps[1]).toEqual(first);
  const number = first?.status.number ?? '';
  const withoutSeal = (entries: readonly unknown[]): unknown =>
    JSON.parse(JSON.stringify(entries).replace(/"sealed":"[0-9a-f]*"/, '"sealed":""'));
  expect(withoutSeal(memory.entries(number))).toEqual(withoutSeal(real.entries(number)));
  expect(memory.length).toBe(real.length);
  expect(memory.openNumbers()).toEqual(real.openNumbers());
  expect(memory.hasOpen(order.billId)).toBe(true);
  expect(memory.counter('moneyMessage')).toBe(real.counter('moneyMessage'));
  store.close();
});

test('a ledger opened again resumes on both with the order and the same question', () => {
  const { memory, real, store } = pair();
  const resumed = [memory, real].map((journal) => {
    half(openOn(journal));
    return openOn(journal).resume(kiosk)[0];
  });
  expect(resumed[0]?.step).toEqual(resumed[1]?.step);
  expect(resumed[0]?.order.question?.personNumber.reveal()).toBe(order.question?.personNumber.reveal());
  store.close();
});

test('what is thrown at a commit stops the ledger: before it nothing is kept, after it everything', () => {
  for (const when of ['before', 'after'] as const) {
    const journal = new MemoryJournal();
    const ledger = openOn(journal);
    ledger.resume(kiosk);
    journal.atCommit = (at) => {
      if (at === when) throw new Error('the power is off');
    };
    expect(() => ledger.begin(order)).toThrow('stopped');
    expect(() => ledger.open()).toThrow('stopped');
    expect(journal.length).toBe(when === 'before' ? 0 : 2);
    journal.atCommit = () => undefined;
    expect(openOn(journal).resume(kiosk)).toHaveLength(when === 'before' ? 0 : 1);
  }
});

test('a copy has the same past and a future of its own', () => {
  const journal = new MemoryJournal();
  const ledger = openOn(journal);
  const { status } = half(ledger);
  const copy = journal.copy();
  const before = copy.length;
  ledger.report(status.number, { step: 'ins.find', attempt: 0, finding: { verdict: 'ok', value: { centre: null } } });
  expect(journal.length).toBeGreaterThan(before);
  expect(copy.length).toBe(before);
  expect(openOn(copy).resume(kiosk)[0]?.step.status.number).toBe(status.number);
});

test('what the tables of the real journal refuse is refused here', () => {
  const journal = new MemoryJournal();
  const batch = { entries: [], projection: undefined, shred: false, messageIds: ['M1'], counters: {}, outbox: [] };
  journal.append({ ...batch, saga: 'set_1' });
  expect(() => journal.append({ ...batch, saga: 'set_2' })).toThrow('a message id twice');
  const projection = { bill: 'bil_1', plan: 'payThenSettle', state: 'preparing', ended: false };
  journal.append({ ...batch, saga: 'set_1', messageIds: [], projection });
  expect(() => journal.append({ ...batch, saga: 'set_2', messageIds: [], projection })).toThrow('two live');
});
